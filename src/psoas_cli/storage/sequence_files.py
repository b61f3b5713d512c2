"""The files of all practices, found without reading any of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from psoas_cli.errors import PsoasError, nearest
from psoas_cli.practice.model.names import composed, fault_in, lookalike, match
from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.files import is_file, is_there
from psoas_cli.storage.yaml_names import SUFFIXES, files_in, is_called, is_yaml, meant

POSES = "poses.yaml"
"""The file that holds poses in a folder of sequences."""

Whose = Literal["built in", "yours"]


class SequenceFile(NamedTuple):
    """The file of a practice: its id, its path, whose it is, and whether it replaces a built-in one."""

    id: str
    path: Path
    whose: Whose
    in_place: bool = False


def entries() -> Mapping[str, SequenceFile]:
    """The practices by id; the user's own replace built-in ones of the same name.

    Raises:
        PsoasError: The built-in ones are missing.
    """
    places: tuple[tuple[Whose, Path], ...] = (("built in", bundled("sequences")), ("yours", paths.sequences_folder()))
    found: dict[str, SequenceFile] = {}
    for whose, folder in places:
        for name, path in _by_id(folder).items():
            found[name] = SequenceFile(name, path, whose, in_place=name in found)
    return found


def id_named(written: str, known: Mapping[str, SequenceFile], where: str = "") -> str:
    """The id among *known* that *written* means, in whatever capitals.

    Raises:
        PsoasError: There is no such practice; the message begins with *where* the name was given.
    """
    if found := match(written, known):
        return found
    told = f'{where}there is no practice "{written}"'
    if unread := _unread(written):
        raise PsoasError(f"{told}: {unread.path.name} is not read", f"rename it to {unread.name}")
    plain = [name for name in known if not lookalike(name, known)]  # who types cannot see the difference
    raise PsoasError(f"{told}{nearest(written, plain)}", f"choose one of {', '.join(known)}")


def hint_for(missing: Path, known: Mapping[str, SequenceFile]) -> str:
    """What to do where the file *missing* was named and the practice of that name was meant; empty if none was."""
    if len(missing.parts) > 1:
        return ""
    if unread := _unread(missing.name):
        return f"{unread.path.name} is not read: rename it to {unread.name}"
    found = match(id_of(missing), known)
    return f"a practice is called by its name alone: {found}" if found else ""


def remarks() -> list[str]:
    """What is to be said of the user's own files: those that are not read, and those that look like another."""
    folder, said = paths.sequences_folder(), []
    counted = _by_id(folder)
    poses = poses_file(folder)
    for path in files_in(folder):
        if name := _to_be_called(path):
            if id_of(folder / name) not in counted and not (is_poses(folder / name) and is_there(poses)):
                said.append(f"{path.name} is not read: rename it to {name}")
        elif is_yaml(path):
            other = poses if is_poses(path) else counted[id_of(path)]
            if other != path:
                said.append(f"{path.name} is not read: {other.name} has the same name, and counts")
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
    return is_yaml(path) and not is_poses(path)


def is_poses(path: Path) -> bool:
    """Whether the file at *path* is one of poses by its name."""
    return is_called(path, POSES)


def poses_file(folder: Path) -> Path:
    """The file of poses in *folder*, whether it is there or not."""
    return next((path for path in files_in(folder) if is_poses(path)), folder / POSES)


def _is_read(path: Path) -> bool:
    """Whether the file at *path* is read as a practice that can be called by its name."""
    return is_sequence(path) and not _to_be_called(path)


def _to_be_called(path: Path) -> str:
    """The name under which the file at *path* would be read; empty if it is, or is no sequence and no poses."""
    if name := meant(path):
        return name
    if is_yaml(path) and is_file(path.stem):  # on the command line it would mean another file
        return f"{path.stem.replace(chr(92), '-').strip('-') or 'practice'}{SUFFIXES[0]}"
    return ""


class _Unread(NamedTuple):
    """A file that is not read, and the name under which it would be."""

    path: Path
    name: str


def _unread(written: str) -> _Unread | None:
    """The file that would be the practice *written*, an id or with .yaml, if it had another name."""
    wanted = Path(written).stem if is_yaml(Path(written)) else written
    each = (_Unread(path, _to_be_called(path)) for path in files_in(paths.sequences_folder()))
    return next((found for found in each if found.name and match(wanted, [id_of(Path(found.name))])), None)


def _by_id(folder: Path) -> dict[str, Path]:
    """The sequence files in *folder* by id."""
    found: dict[str, Path] = {}
    for path in filter(_is_read, files_in(folder)):
        found.setdefault(id_of(path), path)
    return dict(sorted(found.items(), key=lambda each: f"{each[0]}{SUFFIXES[0]}"))


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
    return next((each for each in files_in(path.parent) if is_sequence(each) and id_of(each) == path.stem), path)
