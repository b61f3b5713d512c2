"""The files of all practices, found without reading any of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.errors import PsoasError, nearest
from psoas_cli.practice.model.names import composed, fault_in, lookalike, match
from psoas_cli.resources import bundled
from psoas_cli.storage import paths

POSES = "poses.yaml"
"""The file that holds poses in a folder of sequences."""

_SUFFIXES = (".yaml", ".yml")
"""What a sequence file ends in, in any case; of two files that differ by it alone, the first counts."""

Whose = Literal["built in", "yours"]


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
        for name, path in _by_id(folder).items():
            found[name] = SequenceFile(name, path, whose, in_place=name in found)
    if all(each.whose == "yours" for each in found.values()):
        raise PsoasError(
            f"the built-in practices are missing: {places[0][1]} is not there",
            "install psoas again; a program that was made of it needs its data too (sequences and sounds)",
            exit_code=1,
        )
    return found


def id_named(written: str, known: Mapping[str, SequenceFile], where: str = "") -> str:
    """The id among *known* that *written* means, in whatever capitals.

    Raises:
        PsoasError: There is no such practice; the message begins with *where* the name was given.
    """
    if found := match(written, known):
        return found
    told = f'{where}there is no practice "{written}"{nearest(written, known)}'
    raise PsoasError(told, f"choose one of {', '.join(known)}")


def remarks() -> list[str]:
    """What is to be said of the user's own files: those that are not read, and those that look like another."""
    folder, said = paths.sequences_folder(), []
    counted = _by_id(folder)
    for path in _files(folder):
        if is_sequence(path):
            if (other := counted.get(id_of(path))) and other != path:
                said.append(f"{path.name} is not read: {other.name} has the same name, and counts")
        elif (meant := _meant(path)) and id_of(folder / meant) not in counted:
            said.append(f"{path.name} is not read: rename it to {meant}")
    built_in = [each.id for each in entries().values() if each.whose == "built in"]
    for name in counted:
        said += remark_on(name, [*built_in, *counted])
    return said


def remark_on(name: str, known: Iterable[str]) -> list[str]:
    """A remark, if the practice *name* looks like another of *known*."""
    other = lookalike(name, known)
    return [f"{name} only looks like {other}: its letters are others, and it is another practice"] if other else []


def id_of(path: Path) -> str:
    """The id of the practice in the file at *path*."""
    return composed(path.stem)


def is_sequence(path: Path) -> bool:
    """Whether the file at *path* is a sequence by its name."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(".") and not is_poses(path)


def is_poses(path: Path) -> bool:
    """Whether the file at *path* is one of poses by its name."""
    return path.suffix.lower() in _SUFFIXES and path.stem.lower() == Path(POSES).stem


def poses_file(folder: Path) -> Path:
    """The file of poses in *folder*, whether it is there or not."""
    return next((path for path in _files(folder) if is_poses(path)), folder / POSES)


def _files(folder: Path) -> list[Path]:
    """What is in *folder*, in alphabetical order, but .yaml before .yml."""
    try:
        return sorted(folder.iterdir(), key=lambda path: (path.suffix.lower() == _SUFFIXES[1], path.name))
    except OSError:
        return []


def _by_id(folder: Path) -> dict[str, Path]:
    """The sequence files in *folder* by id."""
    found: dict[str, Path] = {}
    for path in filter(is_sequence, _files(folder)):
        found.setdefault(id_of(path), path)
    return dict(sorted(found.items(), key=lambda each: f"{each[0]}{_SUFFIXES[0]}"))


def _meant(path: Path) -> str:
    """The name under which the file at *path* would be read; empty if it is no sequence, or a backup of one."""
    name = path.name
    at = max(name.lower().find(suffix + ".") for suffix in _SUFFIXES)
    if name.startswith(".") or at < 0:
        return ""
    rest = name[at:].lower().split(".")[2:]
    return name[:at] + _SUFFIXES[0] if rest and set(rest) <= _ADDED else ""


_ADDED = {"txt", "text", "rtf", "doc", "docx", "md", "yaml", "yml"}
"""What an editor or a browser adds to a file's name; whatever else follows .yaml is taken for a backup."""


def place_of(name: str) -> Path:
    """The path of the user's own sequence *name*.

    Raises:
        PsoasError: *name* is not allowed.
    """
    if fault := fault_in(name):
        raise PsoasError(fault, "for instance my-evening (the title in the file can be anything)")
    path = paths.sequences_folder() / f"{composed(name)}.yaml"
    if is_poses(path):
        raise PsoasError(f"{POSES} is reserved for your own poses", "choose another name")
    return next((each for each in _files(path.parent) if is_sequence(each) and id_of(each) == path.stem), path)
