"""What a shell completes: the names of practices, patterns, poses and bells. Never fails: nothing is offered then."""

from collections.abc import Iterable
from pathlib import Path

from psoas_cli.errors import PsoasError


def practices(incomplete: str) -> list[str]:
    """Practices, and sequence files where a path is begun."""
    from psoas_cli.store.entries import entries

    return [*_beginning(incomplete, entries()), *files(incomplete)]


def files(incomplete: str) -> list[str]:
    """YAML files, and folders on the way to them, where a path is begun."""
    if "/" not in incomplete and not incomplete.startswith("."):
        return []
    begun, _, _ = incomplete.rpartition("/")
    try:
        there = sorted(Path(f"{begun}/" if begun or incomplete.startswith("/") else ".").expanduser().iterdir())
    except OSError:
        return []
    prefix = f"{begun}/" if "/" in incomplete else ""
    folders = [f"{prefix}{path.name}/" for path in there if path.is_dir()]
    return _beginning(incomplete, [*folders, *(f"{prefix}{each.name}" for each in there if each.suffix == ".yaml")])


def patterns(incomplete: str) -> list[str]:
    """The breathing patterns that have names."""
    from psoas_cli.practice.patterns import NAMED

    return _beginning(incomplete, NAMED)


def breaths(incomplete: str) -> list[str]:
    """What the breath in holds can be."""
    return [*patterns(incomplete), *_beginning(incomplete, ["none"])]


def poses(incomplete: str) -> list[str]:
    """The poses and movements."""
    from psoas_cli.store.library import Library

    try:
        return _beginning(incomplete, Library("en").poses)
    except PsoasError:
        return []


def bells(incomplete: str) -> list[str]:
    """The built-in bells."""
    from psoas_cli.practice.sequence import SOUNDS

    return _beginning(incomplete, SOUNDS)


def languages(incomplete: str) -> list[str]:
    """The languages."""
    from psoas_cli.practice.text import LANGS

    return _beginning(incomplete, LANGS)


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
