"""`psoas check`: everything that is wrong in a file, and what may not be meant, each with its line and column."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.cli import language
from psoas_cli.cli.printing import write
from psoas_cli.errors import PsoasError
from psoas_cli.practice.problems import BadFileError, Problem
from psoas_cli.practice.reader import Checked
from psoas_cli.practice.sequence import SOUNDS, Sequence
from psoas_cli.practice.speech import Words, speech_of
from psoas_cli.practice.text import LANGS
from psoas_cli.practice.timeline import Timeline, compile_sequence
from psoas_cli.store import folders
from psoas_cli.store.config import read_config
from psoas_cli.store.entries import POSES
from psoas_cli.store.library import Library

if TYPE_CHECKING:
    from psoas_cli.sound.samples import Samples

_WARNING = "warning: "


class _Found(NamedTuple):
    """What was found in one file."""

    file: str
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(names: list[str], *, as_json: bool) -> int:
    """Print every problem and every warning of the files and practices *names*.

    Returns:
        The exit code: 1 where anything is wrong.
    """
    config = read_config(folders.config_file())
    library = Library(language.choose(None, config.lang), config.bells)
    found = [_examined(name, library) for name in dict.fromkeys(names)]
    write(_as_json(found) if as_json else _as_lines(found))
    return 1 if any(each.problems for each in found) else 0


def _examined(name: str, library: Library) -> _Found:
    """What there is to say of *name*, a practice or a file."""
    file = name
    try:
        if Path(name).name == POSES:
            library.poses_in(Path(name).expanduser())
            return _Found(file, (), ())
        file, checked = library.checked(name)
    except BadFileError as error:
        return _Found(file, tuple(error.problems), ())
    except PsoasError as error:  # a file that is not there, or no text
        said = ": ".join(filter(None, (error.message, error.hint)))
        return _Found(file, (Problem(file, 1, 1, (), said),), ())
    if checked.sequence is None:
        return _Found(file, checked.problems, checked.warnings)
    sounds = tuple(_unplayable(file, checked.sequence, checked))
    timeline = compile_sequence(checked.sequence)
    heard = () if sounds else tuple(_too_long(file, timeline, checked))
    return _Found(file, sounds, tuple(sorted({*checked.warnings, *heard, *_too_much(file, timeline, checked)})))


def _unplayable(file: str, sequence: Sequence, checked: Checked) -> Iterator[Problem]:
    """The sounds and recordings that cannot be played."""
    from psoas_cli.sound import decode

    says = (say for step in sequence.steps for say in getattr(step, "say", ()))
    bells = (getattr(step, "bells", {}).values() for step in sequence.steps)
    own = sequence.bells.sounds() | {bell.sound for each in bells for bell in each if hasattr(bell, "sound")}
    tries: list[tuple[Callable[[str], Samples], str]] = [(decode.load, sound) for sound in sorted(own - set(SOUNDS))]
    tries += [(decode.recording, audio) for audio in sorted({say.audio for say in says if say.audio})]
    for load, path in tries:
        try:
            load(path)
        except PsoasError as error:
            yield _at(file, checked, path, error.message)


def _too_long(file: str, timeline: Timeline, checked: Checked) -> Iterator[Problem]:
    """The recordings that run into what comes next, and by how much."""
    from psoas_cli.sound import decode, spoken
    from psoas_cli.sound.samples import RATE

    def seconds(words: Words) -> float | None:
        return len(spoken.fitted(decode.recording(words.audio), words.audio)) / RATE if words.audio else None

    recorded = any(cue.audio for cue in timeline.cues)
    for each in speech_of(timeline, "en", seconds).unsaid if recorded else ():
        message = f"the recording {Path(each.words.audio or '').name} is {each.over:.1f} s too long: it is not heard"
        yield _at(file, checked, each.words.audio or "", message)


def _too_much(file: str, timeline: Timeline, checked: Checked) -> Iterator[Problem]:
    """The texts of this file that an 80x24 screen cannot show whole."""
    from psoas_cli.screen.fullness import cut_texts

    for lang in LANGS:
        for text in cut_texts(timeline, lang):
            if text in checked.written:
                yield _at(file, checked, text, "at 80x24 there is no room for all of this text: make it shorter")


def _at(file: str, checked: Checked, text: str, message: str) -> Problem:
    """A warning at the place where *text* is written; at the top where it is not."""
    place = checked.written.get(text)
    if place is None:
        return Problem(file, 1, 1, (), message)
    return Problem(file, place.mark.line + 1, place.mark.column + 1, place.path, message)


def _as_lines(found: list[_Found]) -> str:
    lines = []
    for each in found:
        lines += [problem.said() for problem in each.problems]
        lines += [warning.said(_WARNING) for warning in each.warnings]
    return "\n".join([*lines, _summary(found)])


def _summary(found: list[_Found]) -> str:
    problems, warnings = (sum(map(len, each)) for each in zip(*((f.problems, f.warnings) for f in found), strict=True))
    told = [_count(problems, "problem")] if problems else []
    told += [_count(warnings, "warning")] if warnings else []
    return ", ".join(told) or f"{_count(len(found), 'file')} checked, all good"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _as_json(found: list[_Found]) -> str:
    import json

    files = [
        {
            "file": each.file,
            "problems": [_told(problem) for problem in each.problems],
            "warnings": [_told(warning) for warning in each.warnings],
        }
        for each in found
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=2)


def _told(problem: Problem) -> dict[str, object]:
    from psoas_cli.practice.problems import path_text

    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": path_text(problem.path),
        "message": problem.message,
    }
