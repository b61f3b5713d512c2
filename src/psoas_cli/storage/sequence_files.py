"""Which practices there are, by their files; none of them is read for that."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.files import is_there

POSES = "poses.yaml"
"""The file in a folder of sequences that holds poses instead."""

Whose = Literal["built in", "yours"]
_LONGEST = 64


class SequenceFile(NamedTuple):
    """A practice that is there: its id, its file, whose it is, and whether it stands before a built-in one."""

    id: str
    path: Path
    whose: Whose
    in_place: bool = False


def entries() -> Mapping[str, SequenceFile]:
    """The practices by id; the person's own stand before built-in ones of the same name."""
    places: tuple[tuple[Whose, Path], ...] = (("built in", bundled("sequences")), ("yours", paths.sequences_folder()))
    found: dict[str, SequenceFile] = {}
    for whose, folder in places:
        for path in sorted(folder.glob("*.yaml")) if is_there(folder) else ():
            if path.name != POSES and not path.name.startswith("."):
                found[path.stem] = SequenceFile(path.stem, path, whose, in_place=path.stem in found)
    return found


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
