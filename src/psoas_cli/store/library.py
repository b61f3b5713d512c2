"""The practices and poses there are: the built-in ones, and the person's own."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from psoas_cli.errors import PsoasError
from psoas_cli.practice.pose_reader import read_library
from psoas_cli.practice.poses import Pose
from psoas_cli.practice.problems import nearest
from psoas_cli.practice.reader import Checked, Shelf, Source, check_sequence, read_sequence
from psoas_cli.practice.sequence import Bells, Sequence
from psoas_cli.practice.text import Lang
from psoas_cli.resources import bundled
from psoas_cli.store import folders
from psoas_cli.store.entries import POSES, Entry, entries
from psoas_cli.store.files import is_there, read_text


class Library:
    """All practices, read when they are asked for.

    Args:
        lang: The language that plain texts are in where a file does not say.
        bells: The bells where a file does not say.
        own_poses: Whether the person's own poses are among the library's.
    """

    def __init__(self, lang: Lang, bells: Bells = Bells(), *, own_poses: bool = True) -> None:
        self._lang = lang
        self._bells = bells
        self._own_poses = own_poses

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The practices by id."""
        return entries()

    @cached_property
    def poses(self) -> Mapping[str, Pose]:
        """The pose library, with the person's own poses.

        Raises:
            PsoasError: Where a library has problems.
        """
        poses: dict[str, Pose] = {}
        own = (folders.sequences_folder(),) if self._own_poses else ()
        for folder in (bundled("sequences"), *own):
            path = folder / POSES
            if is_there(path):
                poses = read_library(read_text(path), str(path), self._lang, poses)
        return poses

    def source(self, name: str) -> Source:
        """The file of the practice *name*: an id, or a file where it has a slash or ends in .yaml.

        Raises:
            PsoasError: Where there is none, or it cannot be read.
        """
        if is_file(name):
            path = Path(name).expanduser()
            return _source(path.stem, path)
        if name not in self.entries:
            known = ", ".join(self.entries)
            raise PsoasError(f'there is no practice "{name}"{nearest(name, self.entries)}', f"there are {known}")
        return _source(name, self.entries[name].path)

    @property
    def shelf(self) -> Shelf:
        """What a practice may draw on.

        Raises:
            PsoasError: Where a library of poses has problems.
        """
        return Shelf(self._lang, self.poses, self._find, self._bells)

    def sequence(self, name: str) -> Sequence:
        """The practice *name*: an id, or a file where it has a slash or ends in .yaml.

        Raises:
            PsoasError: Where there is none, or it has problems.
        """
        return read_sequence(self.source(name), self.shelf)

    def checked(self, name: str) -> tuple[str, Checked]:
        """The file of the practice *name*, as in `sequence`, and all that can be said of it.

        Raises:
            PsoasError: Where there is none.
        """
        source = self.source(name)
        return source.file, check_sequence(source, self.shelf)

    def poses_in(self, path: Path) -> Mapping[str, Pose]:
        """The built-in poses, with those in the file at *path*.

        Raises:
            PsoasError: Where it has problems.
        """
        return read_library(read_text(path), str(path), self._lang, Library(self._lang, own_poses=False).poses)

    def _find(self, name: str) -> Source | None:
        entry = self.entries.get(name)
        return _source(name, entry.path) if entry else None


def is_file(name: str) -> bool:
    """Whether *name* means a file, and no id: where it has a slash or ends in .yaml."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def _source(name: str, path: Path) -> Source:
    content = read_text(path)
    return Source(name, str(path), content, lambda written: str(path.parent / Path(written).expanduser()))
