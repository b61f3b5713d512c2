"""The names of sequences: what a file is called is what it is called in commands."""

from pathlib import Path

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths
from psoas_cli.storage.sequence_files import POSES

_LONGEST = 64


def place_of(name: str) -> Path:
    """Where the person's own sequence *name* is kept.

    Raises:
        PsoasError: It is no name for one.
    """
    letters = name.replace("-", "")
    if not letters.isalnum() or name.startswith("-") or len(name) > _LONGEST:
        raise PsoasError(
            f'a name has letters, digits and hyphens, and begins with no hyphen; got "{_quoted(name)}"',
            "for instance my-evening; the title in the file can be anything",
        )
    if f"{name}.yaml".lower() == POSES:
        raise PsoasError(f"{POSES} is for poses of your own", "choose another name")
    return paths.sequences_folder() / f"{name}.yaml"


def _quoted(name: str) -> str:
    """*name* as a message can show it."""
    shown = "".join(char if char.isprintable() else "�" for char in name)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
