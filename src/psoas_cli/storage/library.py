"""All practices and poses: the built-in ones, and the user's."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.nodes import Notebook
from psoas_cli.practice.format.pose_reader import PoseLibrary, check_library, read_library
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Shelf, Source, check_sequence, read_sequence
from psoas_cli.practice.model.names import STEPS, match
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sequence import Bells, Sequence, Step
from psoas_cli.practice.model.text import Lang
from psoas_cli.resources import bundled, expanded
from psoas_cli.storage import paths
from psoas_cli.storage.files import file_named, is_file, is_stream, is_there, read_text
from psoas_cli.storage.sequence_files import POSES, SequenceFile, entries, hint_for, id_named, id_of, poses_file


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
        own = self.own_poses() if self._own_poses else None
        return read_library(own.content, own.file, self._lang, self.built_in_poses) if own else self.built_in_poses

    @cached_property
    def built_in_poses(self) -> Mapping[str, Pose]:
        """The poses that come with psoas."""
        path = bundled("sequences") / POSES
        return PoseLibrary(read_text(path), str(path), self._lang)

    @staticmethod
    def own_poses() -> Source | None:
        """The file of the user's own poses, if there is one.

        Raises:
            PsoasError: It cannot be read.
        """
        path = poses_file(paths.sequences_folder())
        return _source(path, read_text(path, _POSES)) if is_there(path) else None

    def source(self, name: str) -> Source:
        """The file of the practice *name*: an id, or a file if it has a slash or ends in .yaml.

        Raises:
            PsoasError: There is none, or it cannot be read.
        """
        if name.startswith(STEPS):
            from psoas_cli.practice.format.draft import draft

            return Source(STEPS.strip(), STEPS.strip(), draft(self._steps(name), self.poses))
        path = self.path(name)
        return _source(path, self._text(path))

    @property
    def shelf(self) -> Shelf:
        """What a practice may refer to.

        Raises:
            PsoasError: A library of poses has problems.
        """
        return Shelf(self._lang, self.poses, self._find, self._bells, lambda: self.entries)

    def sequence(self, name: str) -> Sequence:
        """The practice *name*: an id, a file if it has a slash or ends in .yaml, or its steps after `STEPS`.

        Raises:
            PsoasError: There is none, or it has problems.
        """
        shelf = self.shelf  # a mistake in the person's own poses is none of the steps
        try:
            return read_sequence(self.source(name), shelf)
        except BadFileError as error:
            if not name.startswith(STEPS):
                raise
            raise PsoasError(
                f"{STEPS.strip()}: {error.problems[0].message}", "fewer or shorter steps will do"
            ) from None

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

    def check(self, path: Path) -> tuple[Sequence, Notebook]:
        """The practice in the file at *path*, and the notebook with the warnings.

        Raises:
            PsoasError: There is no such file, or it has problems.
        """
        return check_sequence(_source(path, self._text(path)), self.shelf)

    def check_poses(self, path: Path) -> tuple[Mapping[str, Pose], Notebook]:
        """The poses in the file at *path*, which may refer to built-in ones, and the notebook with the warnings.

        Raises:
            PsoasError: There is no such file, or it has problems.
        """
        poses, notebook = check_library(self._text(path, _POSES), str(path), self._lang, self.built_in_poses)
        return {name: pose for name, pose in poses.items() if pose is not self.built_in_poses.get(name)}, notebook

    def _steps(self, name: str) -> tuple[Step, ...]:
        """The steps after `STEPS` in *name*."""
        from psoas_cli.practice.format.shorthand import read_steps

        return read_steps(name.removeprefix(STEPS), self.poses)

    def _find(self, name: str) -> Source | None:
        found = match(name, self.entries)
        if found is None:
            return None
        path = self.entries[found].path
        return _source(path, read_text(path))

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


def _source(path: Path, content: str) -> Source:
    """The sequence *content*, found at *path*; sounds lie beside it, or here if it came through a pipe."""
    folder = Path() if is_stream(path) else path.parent
    return Source(id_of(path), str(path), content, lambda written: str(folder / expanded(written)))
