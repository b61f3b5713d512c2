"""The catalogue: what a list shows of each practice, cached until one of the files changes.

Reading every sequence and the whole pose library takes longer than everything else a list needs.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.durations import whole_minutes
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.resources import IS_ONE_FILE, bundled, is_ours
from psoas_cli.storage import paths
from psoas_cli.storage.sealed_file import keep_lines, lines_kept, program
from psoas_cli.storage.sequence_files import POSES, SequenceFile, entries, poses_file

_WRITTEN = 7  # the version of the cached format


class Listed(NamedTuple):
    """What a list shows of a practice; if its file has problems, only the first of them.

    Args:
        id: Its name in commands.
        whose: Whether it is built in or yours.
        title: Its name on the screen.
        seconds: Its usual length.
        bounds: The shortest and the longest length that it can be fitted to, in whole seconds.
        level: How deep it goes, if the file says so.
        props: The props to have at hand.
        problem: The first problem of its file.
        in_place: Whether it is yours and replaces a built-in one of the same name.
        summary: What it is for.
    """

    id: str
    whose: str
    title: Text = Text()
    seconds: float = 0.0
    bounds: tuple[int, int] = (0, 0)
    level: str | None = None
    props: tuple[Text, ...] = ()
    problem: str = ""
    in_place: bool = False
    summary: Text = Text()

    @property
    def minutes(self) -> tuple[int, int]:
        """The shortest and the longest length that it can be fitted to, in whole minutes."""
        return whole_minutes(*self.bounds)


def listed(lang: Lang, steps: str = "") -> list[Listed]:
    """All practices, in the order of a list; plain texts are in *lang* unless their file names a language.

    First come those whose name in commands is `yin` or begins with `yin-`, then the others, each from short to long; a
    person's own stand among them in the same way. Those with problems come last.

    Args:
        lang: The language.
        steps: A practice without a file to list last, as it is named by its steps; empty for none.
    """
    there = list(entries().values())
    stamp = _stamp(there, lang)
    remembered = _remembered(stamp)
    found = _read(there, lang) if remembered is None else remembered
    found = [each for each in found if each.id == steps or not each.id.startswith(STEPS)]
    unread = steps and steps not in {each.id for each in found}
    if unread:
        found += [each for each in _read([SequenceFile(steps, Path(), "yours")], lang) if each.id == steps]
    if remembered is None or unread:
        _remember(stamp, found)
    return found


def _stamp(there: list[SequenceFile], lang: Lang) -> list[object]:
    """A value that changes with any of the files, and with the code that reads them."""
    libraries = [poses_file(folder) for folder in (bundled("sequences"), paths.sequences_folder())]
    files = [*(entry.path for entry in there), *libraries]
    return [_WRITTEN, lang, program(), *(_mark(path) for path in files)]


def _mark(path: Path) -> list[object]:
    if IS_ONE_FILE and is_ours(str(path)):  # it is unpacked anew each time, and elsewhere
        return [path.name, path.stat().st_size]
    try:
        status = path.stat()
    except OSError:
        return [str(path)]
    return [str(path), status.st_mtime_ns, status.st_size]


def _read(there: list[SequenceFile], lang: Lang) -> list[Listed]:
    from psoas_cli.practice.score.fitting import feasible_seconds, own_seconds
    from psoas_cli.practice.score.plan import segments_of
    from psoas_cli.storage.library import Library

    library, found = Library(lang), []
    try:
        _ = library.poses
    except PsoasError as error:  # the user's own poses: their problems hide nothing else
        found.append(Listed(Path(POSES).stem, "yours", problem=_first(error)))
        library = Library(lang, own_poses=False)
    for entry in there:
        try:
            sequence = library.sequence(entry.id)
        except PsoasError as error:
            found.append(Listed(entry.id, entry.whose, problem=_first(error), in_place=entry.in_place))
            continue
        segments = segments_of(sequence)
        seconds, bounds = own_seconds(segments), feasible_seconds(sequence, segments)
        listing = Listed(entry.id, entry.whose, sequence.title, seconds, bounds, sequence.level, tuple(sequence.props))
        found.append(listing._replace(in_place=entry.in_place, summary=sequence.summary))
    return sorted(found, key=_place)


def _place(row: Listed) -> tuple[bool, bool, float, str]:
    """What the order of a list goes by."""
    return bool(row.problem), not f"{row.id}-".startswith("yin-"), row.seconds, row.id


def _first(error: PsoasError) -> str:
    """The first problem of *error*."""
    return error.message.splitlines()[0]


def _remembered(stamp: list[object]) -> list[Listed] | None:
    """The practices cached for *stamp*; None if there are none, or they cannot be read."""
    with suppress(ValueError, TypeError, RecursionError):
        lines = lines_kept(paths.catalogue_file(), stamp)
        return None if lines is None else [_listed(*json.loads(line)) for line in lines]
    return None


def _listed(*row: object) -> Listed:
    name, whose, title, seconds, bounds, level, props, problem, in_place, summary = row
    texts = tuple(Text(*each) for each in props)  # type: ignore[attr-defined] # as _remember wrote it
    found = Listed(name, whose, Text(*title), seconds, tuple(bounds), level, texts, problem, in_place)  # type: ignore[misc,arg-type]
    return found._replace(summary=Text(*summary))  # type: ignore[misc]


def _remember(stamp: list[object], practices: list[Listed]) -> None:
    """Cache *practices*."""

    def rows() -> list[object]:
        return [
            [*each[:2], _said(each.title), *each[3:6], [*map(_said, each.props)], *each[7:-1], _said(each.summary)]
            for each in practices
        ]

    keep_lines(paths.catalogue_file(), stamp, rows)


def _said(text: Text) -> list[str]:
    return [getattr(text, lang) for lang in LANGS]
