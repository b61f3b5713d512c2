"""The files of all practices, found without reading any of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.resources import bundled
from psoas_cli.storage import paths

POSES = "poses.yaml"
"""The file that holds poses in a folder of sequences."""

Whose = Literal["built in", "yours"]
_LONGEST = 64


class SequenceFile(NamedTuple):
    """The file of a practice: its id, its path, whose it is, and whether it replaces a built-in one."""

    id: str
    path: Path
    whose: Whose
    in_place: bool = False


def entries() -> Mapping[str, SequenceFile]:
    """The practices by id; the user's own replace built-in ones of the same name."""
    places: tuple[tuple[Whose, Path], ...] = (("built in", bundled("sequences")), ("yours", paths.sequences_folder()))
    found: dict[str, SequenceFile] = {}
    for whose, folder in places:
        for path in _yaml_in(folder):
            if path.name != POSES and not path.name.startswith("."):
                found[path.stem] = SequenceFile(path.stem, path, whose, in_place=path.stem in found)
    return found


def _yaml_in(folder: Path) -> list[Path]:
    """The YAML files in *folder*, by their names; none if it cannot be looked into."""
    try:
        return sorted(folder.glob("*.yaml"))
    except OSError:
        return []


def place_of(name: str) -> Path:
    """The path of the user's own sequence *name*.

    Raises:
        PsoasError: *name* is not allowed.
    """
    letters = name.replace("-", "")
    if not letters.isalnum() or name.startswith("-") or len(name) > _LONGEST:
        raise PsoasError(
            f'expected a name of letters, digits and hyphens, not starting with a hyphen, got "{_quoted(name)}"',
            "for instance my-evening (the title in the file can be anything)",
        )
    if f"{name}.yaml".lower() == POSES:
        raise PsoasError(f"{POSES} is reserved for your own poses", "choose another name")
    return paths.sequences_folder() / f"{name}.yaml"


def _quoted(name: str) -> str:
    """*name* as a message can show it: printable, and not too long."""
    shown = "".join(char if char.isprintable() else "�" for char in name)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
