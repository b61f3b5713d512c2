"""Which practices there are, by their files; none of them is read for that."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.files import is_there

POSES = "poses.yaml"
"""The file in a folder of sequences that holds poses instead."""

Whose = Literal["built in", "yours"]


class Entry(NamedTuple):
    """A practice that is there: its id, its file, whose it is, and whether it stands before a built-in one."""

    id: str
    path: Path
    whose: Whose
    in_place: bool = False


def entries() -> Mapping[str, Entry]:
    """The practices by id; the person's own stand before built-in ones of the same name."""
    places: tuple[tuple[Whose, Path], ...] = (("built in", bundled("sequences")), ("yours", paths.sequences_folder()))
    found: dict[str, Entry] = {}
    for whose, folder in places:
        for path in sorted(folder.glob("*.yaml")) if is_there(folder) else ():
            if path.name != POSES and not path.name.startswith("."):
                found[path.stem] = Entry(path.stem, path, whose, in_place=path.stem in found)
    return found
