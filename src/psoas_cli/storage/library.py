"""All practices and poses: the built-in ones, and the user's.

What reads YAML is imported where something has to be read: mostly it was read before, and kept.
"""

from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.plain_form import plain_form
from psoas_cli.practice.model.names import STEPS, match
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sequence import Bells, Sequence, Step
from psoas_cli.practice.model.text import Lang
from psoas_cli.resources import IS_ONE_FILE, bundled, expanded, is_ours
from psoas_cli.storage import paths
from psoas_cli.storage.files import file_named, is_file, is_stream, is_there, read_text
from psoas_cli.storage.readings import Found, SequenceReading, mark_of, poses_read
from psoas_cli.storage.sealed_file import program
from psoas_cli.storage.sequence_files import POSES, SequenceFile, entries, hint_for, id_named, id_of, poses_file

if TYPE_CHECKING:
    from psoas_cli.practice.format.nodes import Notebook
    from psoas_cli.practice.format.reader import Shelf, Source


class Library:
    """All practices, each read when it is asked for.

    Args:
        lang: The language of plain texts in files that do not name one.
        bells: The bells for files that do not set any.
        own_poses: Whether to include the user's own poses.
    """

    def __init__(self, lang: Lang, bells: Bells = Bells(), *, own_poses: bool = True) -> None:
        self._lang = lang
        self._bells = bells
        self._own_poses = own_poses
        self._named: set[Path] = set()  # what a person named on the command line, which may be a pipe
        self._streamed: dict[Path, str] = {}  # what came from pipes, as that can be read only once

    @cached_property
    def entries(self) -> Mapping[str, SequenceFile]:
        """The practices by id."""
        return entries()

    @cached_property
    def poses(self) -> Mapping[str, Pose]:
        """The pose library, with the user's own poses.

        Raises:
            PsoasError: A library has problems.
        """
        if (written := self._own_poses_text) is None:
            return self.built_in_poses

        def read() -> Mapping[str, Pose]:
            from psoas_cli.practice.format.pose_reader import read_library

            poses = read_library(written, str(_own_poses_file()), self._lang, self.built_in_poses)
            return poses.maps[0] if isinstance(poses, ChainMap) else {}

        own = poses_read(f"own.{self._lang}", self._stamp_of_poses, read)
        return ChainMap(own, self.built_in_poses)  # type: ignore[arg-type] # only read

    @cached_property
    def built_in_poses(self) -> Mapping[str, Pose]:
        """The poses that come with psoas."""
        written = self._built_in_text

        def read() -> Mapping[str, Pose]:
            from psoas_cli.practice.format.pose_reader import pose_library

            return pose_library(written, str(_built_in_poses_file()), self._lang)

        return poses_read(f"built-in.{self._lang}", [program(), self._lang, mark_of(written)], read)

    @cached_property
    def _built_in_text(self) -> str:
        return read_text(_built_in_poses_file())

    @cached_property
    def _own_poses_text(self) -> str | None:
        path = _own_poses_file()
        return read_text(path, _POSES) if self._own_poses and is_there(path) else None

    @cached_property
    def _stamp_of_poses(self) -> list[object]:
        """A value that changes with any pose, and with the code that reads them."""
        texts = [self._built_in_text, *([] if self._own_poses_text is None else [self._own_poses_text])]
        return [program(), self._lang, *map(mark_of, texts)]

    @staticmethod
    def own_poses() -> "Source | None":
        """The file of the user's own poses, if there is one.

        Raises:
            PsoasError: It cannot be read.
        """
        path = _own_poses_file()
        return _source(path, read_text(path, _POSES)) if is_there(path) else None

    def source(self, name: str) -> "Source":
        """The file of the practice *name*: an id, or a file if it has a slash or ends in .yaml.

        Raises:
            PsoasError: There is none, or it cannot be read.
        """
        if name.startswith(STEPS):
            from psoas_cli.practice.format.draft import draft
            from psoas_cli.practice.format.reader import Source

            return Source(STEPS.strip(), STEPS.strip(), draft(self._steps(name), self.poses))
        path = self.path(name)
        return _source(path, self._text(path))

    @property
    def shelf(self) -> "Shelf":
        """What a practice may refer to.

        Raises:
            PsoasError: A library of poses has problems.
        """
        return self._shelf({})

    def _shelf(self, found: dict[str, Found]) -> "Shelf":
        """What a practice may refer to; whatever it includes is noted in *found*."""
        from psoas_cli.practice.format.reader import Shelf

        def find(name: str) -> "Source | None":
            if (path := self._included(name)) is None:
                return None
            source = _source(path, read_text(path))
            found[name] = Found(source.file, mark_of(source.content))
            return source

        return Shelf(self._lang, self.poses, find, self._bells, lambda: self.entries)

    def sequence(self, name: str) -> Sequence:
        """The practice *name*: an id, a file if it has a slash or ends in .yaml, or its steps after `STEPS`.

        Raises:
            PsoasError: There is none, or it has problems.
        """
        poses = self.poses  # a mistake in the person's own poses is none of the steps
        if name.startswith(STEPS):
            return self._of_steps(name)
        path = self.path(name)
        written = self._text(path)
        if is_file(name):
            return self._read(path, written, {})
        place = path.name if IS_ONE_FILE and is_ours(str(path)) else str(path)  # that is unpacked elsewhere each time
        stamp = [*self._stamp_of_poses, place, str(expanded("~")), mark_of(written), plain_form(self._bells, {})]
        reading = SequenceReading(f"{path.stem}.{self._lang}", stamp, poses, self._found)
        if kept := reading.kept():
            return kept
        found: dict[str, Found] = {}
        sequence = self._read(path, written, found)
        reading.keep(sequence, found)
        return sequence

    def _of_steps(self, name: str) -> Sequence:
        """The practice of the steps after `STEPS` in *name*.

        Raises:
            PsoasError: It has problems.
        """
        from psoas_cli.practice.format.problems import BadFileError
        from psoas_cli.practice.format.reader import read_sequence

        try:
            return read_sequence(self.source(name), self.shelf)
        except BadFileError as error:
            raise PsoasError(
                f"{STEPS.strip()}: {error.problems[0].message}", "fewer or shorter steps will do"
            ) from None

    def _read(self, path: Path, written: str, found: dict[str, Found]) -> Sequence:
        """The practice *written* in the file at *path*; whatever it includes is noted in *found*.

        Raises:
            BadFileError: It has problems.
        """
        from psoas_cli.practice.format.reader import read_sequence

        return read_sequence(_source(path, written), self._shelf(found))

    def path(self, name: str) -> Path:
        """The path of the practice *name*: an id, or a file, which need not exist.

        Raises:
            PsoasError: There is no practice with this id.
        """
        if is_file(name):
            path = file_named(name)
            self._named.add(path)
            return path
        return self.entries[id_named(name, self.entries)].path

    def id_of(self, name: str) -> str:
        """The id of the practice *name*, in whatever capitals; a file stays as it is, steps come in their usual form.

        Raises:
            PsoasError: There is no such practice.
        """
        if name.startswith(STEPS):
            from psoas_cli.practice.format.shorthand import shorthand_of

            return STEPS + shorthand_of(self._steps(name))
        return name if is_file(name) else id_named(name, self.entries)

    def check(self, path: Path) -> "tuple[Sequence, Notebook]":
        """The practice in the file at *path*, and the notebook with the warnings.

        Raises:
            PsoasError: There is no such file, or it has problems.
        """
        from psoas_cli.practice.format.reader import check_sequence

        return check_sequence(_source(path, self._text(path)), self.shelf)

    def check_poses(self, path: Path) -> "tuple[Mapping[str, Pose], Notebook]":
        """The poses in the file at *path*, which may refer to built-in ones, and the notebook with the warnings.

        Raises:
            PsoasError: There is no such file, or it has problems.
        """
        from psoas_cli.practice.format.pose_reader import check_library

        poses, notebook = check_library(self._text(path, _POSES), str(path), self._lang, self.built_in_poses)
        return {name: pose for name, pose in poses.items() if pose is not self.built_in_poses.get(name)}, notebook

    def _steps(self, name: str) -> tuple[Step, ...]:
        """The steps after `STEPS` in *name*."""
        from psoas_cli.practice.format.shorthand import read_steps

        return read_steps(name.removeprefix(STEPS), self.poses)

    def _included(self, name: str) -> Path | None:
        """The path of the practice *name* as an include means it, if there is one."""
        found = match(name, self.entries)
        return None if found is None else self.entries[found].path

    def _found(self, name: str) -> Found | None:
        """What an include of *name* finds now."""
        path = self._included(name)
        return None if path is None else Found(str(path), mark_of(read_text(path)))

    def _text(self, path: Path, what: str = "a sequence") -> str:
        """The text at *path*, which should be *what*."""
        if path in self._streamed:
            return self._streamed[path]
        named = path in self._named
        if named and not is_there(path) and (hint := hint_for(path, self.entries)):
            raise PsoasError(f"there is no file {path}", hint)
        content = read_text(path, what, named=named)
        if named and is_stream(path):
            self._streamed[path] = content
        return content


_POSES = "a library of poses"


def _built_in_poses_file() -> Path:
    return bundled("sequences") / POSES


def _own_poses_file() -> Path:
    return poses_file(paths.sequences_folder())


def _source(path: Path, content: str) -> "Source":
    """The sequence *content*, found at *path*; sounds lie beside it, or here if it came through a pipe."""
    from psoas_cli.practice.format.reader import Source

    folder = Path() if is_stream(path) else path.parent
    return Source(id_of(path), str(path), content, lambda written: str(folder / expanded(written)))
