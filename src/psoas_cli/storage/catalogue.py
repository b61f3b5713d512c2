"""The catalogue: what a list says of each practice, remembered until one of their files changes.

Reading every sequence and the whole pose library takes longer than all the rest of a list.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.resources import bundled
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import keep
from psoas_cli.storage.sequence_files import POSES, SequenceFile, entries

_WRITTEN = 2  # counts up when what is remembered takes another form


class Listed(NamedTuple):
    """What a list says of a practice; where its file has problems, only the first of these.

    Args:
        id: What it is called in commands.
        whose: Whose it is.
        title: What it is called on the screen.
        seconds: Its own length.
        minutes: The shortest and the longest whole minutes that it can be fitted to.
        level: How deep it goes, if the file says so.
        props: What to have within reach.
        problem: The first problem of its file.
        in_place: Whether it is the person's own, in place of the built-in one of that name.
    """

    id: str
    whose: str
    title: Text = Text()
    seconds: float = 0.0
    minutes: tuple[int, int] = (0, 0)
    level: str | None = None
    props: tuple[Text, ...] = ()
    problem: str = ""
    in_place: bool = False


def listed(lang: Lang) -> list[Listed]:
    """Every practice there is, in the order of a list; *lang* is what plain texts are in where a file does not say."""
    there = list(entries().values())
    stamp = _stamp(there, lang)
    remembered = _remembered(stamp)
    if remembered is None:
        remembered = _read(there, lang)
        _remember(stamp, remembered)
    return remembered


def _stamp(there: list[SequenceFile], lang: Lang) -> list[object]:
    """What changes when any of the files does, or what psoas makes of them."""
    libraries = [folder / POSES for folder in (bundled("sequences"), paths.sequences_folder())]
    files = [*(entry.path for entry in there), *libraries]
    return [_WRITTEN, lang, _program(), *(_mark(path) for path in files)]


def _program() -> int:
    """When what reads and lays out sequences last changed: with a new version, or while somebody works on it."""
    folders = [folder for folder, *_ in os.walk(Path(__file__).parents[1] / "practice")]
    modules = (module for folder in folders for module in os.scandir(folder) if module.name.endswith(".py"))
    return max((module.stat().st_mtime_ns for module in modules), default=0)  # none where the program is frozen


def _mark(path: Path) -> list[object]:
    try:
        status = path.stat()
    except OSError:
        return [str(path)]
    return [str(path), status.st_mtime_ns, status.st_size]


def _read(there: list[SequenceFile], lang: Lang) -> list[Listed]:
    from psoas_cli.practice.score.fitting import feasible_minutes, own_seconds
    from psoas_cli.practice.score.plan import segments_of
    from psoas_cli.storage.library import Library

    library, found = Library(lang), []
    try:
        _ = library.poses
    except PsoasError as error:  # the person's own poses: nothing else is hidden for them
        found.append(Listed(Path(POSES).stem, "yours", problem=_first(error)))
        library = Library(lang, own_poses=False)
    for entry in there:
        try:
            sequence = library.sequence(entry.id)
        except PsoasError as error:
            found.append(Listed(entry.id, entry.whose, problem=_first(error), in_place=entry.in_place))
            continue
        segments = segments_of(sequence)
        seconds, minutes = own_seconds(segments), feasible_minutes(sequence, segments)
        listing = Listed(entry.id, entry.whose, sequence.title, seconds, minutes, sequence.level, tuple(sequence.props))
        found.append(listing._replace(in_place=entry.in_place))
    return found


def _first(error: PsoasError) -> str:
    """The first problem of several."""
    return error.message.splitlines()[0]


def _remembered(stamp: list[object]) -> list[Listed] | None:
    """What was remembered for *stamp*; None where that is nothing, or not to be made out."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(paths.catalogue_file().read_text("utf-8"))
        if kept["stamp"] == stamp:
            return [_listed(*row) for row in kept["practices"]]
    return None


def _listed(*row: object) -> Listed:
    name, whose, title, seconds, minutes, level, props, problem, in_place = row
    texts = [Text(*each) for each in props]  # type: ignore[attr-defined] # as _remember wrote it
    return Listed(name, whose, Text(*title), seconds, tuple(minutes), level, tuple(texts), problem, in_place)  # type: ignore[misc,arg-type]


def _remember(stamp: list[object], practices: list[Listed]) -> None:
    """Keep *practices*; where nothing can be written nothing is."""
    rows = [[*each[:2], _said(each.title), *each[3:6], [*map(_said, each.props)], *each[7:]] for each in practices]
    content = json.dumps({"stamp": stamp, "practices": rows}).encode("utf-8")
    with suppress(OSError):
        keep(paths.catalogue_file(), content, made_anew=True)


def _said(text: Text) -> list[str]:
    return [getattr(text, lang) for lang in LANGS]
