"""`psoas check`: what is wrong in files, and what might be meant otherwise."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts import clips
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.commands.check.tempo import Care, warn_of_haste
from psoas_cli.commands.check.truncation import warn_of_cuts
from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.nodes import Notebook
from psoas_cli.practice.format.problems import BadFileError, Problem, in_order, path_text
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.sequence import PoseStep, Sequence
from psoas_cli.practice.score.speech import Words, speech_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage import paths
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import POSES

_EACH: tuple[Care, ...] = tuple((name,) for name in CAUTIONS)
_AS_LONG = Hold(60.0, 30.0, 120.0)  # a pose that does not say


class Checked(NamedTuple):
    """What was noted of one file, in the order of its lines."""

    file: str
    problems: list[Problem]
    warnings: list[Problem]


def report(context: Context, names: Iterable[str], *, all_cares: bool = False, as_json: bool) -> int:
    """Print what is wrong in the practices or files *names*, and what might be meant otherwise.

    Practices are looked at as they are written, with the care that the person's settings ask for, and with
    *all_cares* with care for each caution alone.

    Returns:
        The exit code: 1 where anything is wrong.

    Raises:
        PsoasError: Where there is no such practice or file.
    """
    own = context.config.care
    cares = tuple(dict.fromkeys((*((own,) if own else ()), *(_EACH if all_cares else ()))))
    checked = _by_file(examined(context.library, name, cares) for name in names)
    write(_as_json(checked) if as_json else "\n".join(_as_lines(checked)))
    return 1 if any(each.problems for each in checked) else 0


def examined(library: Library, name: str, cares: tuple[Care, ...] = ()) -> Checked:
    """What is noted of the practice or file *name*, and of what it becomes with each of *cares*.

    Raises:
        PsoasError: Where there is no such practice or file.
    """
    path = library.path(name)
    try:
        if path.name == POSES:
            poses, notebook = library.check_poses(path)
            for pose in poses.values():
                warn_of_cuts(notebook, *_shown(pose))
        else:
            sequence, notebook = library.check(path)
            _look_into(sequence, notebook, cares)
    except BadFileError as error:
        return Checked(str(path), error.problems, error.warnings)
    return Checked(str(path), in_order(notebook.problems), in_order(notebook.warnings))


def _look_into(sequence: Sequence, notebook: Notebook, cares: tuple[Care, ...]) -> None:
    """Note what only shows when *sequence* is seen and heard."""
    timeline = compile_sequence(sequence)
    warn_of_cuts(notebook, sequence, timeline)
    warn_of_haste(notebook, sequence, cares)
    _note_sounds(notebook, timeline)


def _note_sounds(notebook: Notebook, timeline: Timeline) -> None:
    """Note in *notebook* the sounds of its file that cannot be played, and the recordings that have too little time."""
    recordings = {cue.audio for cue in timeline.cues if cue.audio}
    seconds: dict[str, float] = {}
    for sound, place in list(notebook.written.items()):
        if not isinstance(sound, str):
            continue
        try:
            if sound in recordings:
                seconds[sound] = _length(sound)
            else:
                decode.load(sound)
        except PsoasError as error:
            notebook.bad(place, f"{error.message}: {error.hint}" if error.hint else error.message)
    for unsaid in speech_of(timeline, "en", lambda words: seconds.get(words.audio or "")).unsaid:
        audio = unsaid.words.audio or ""
        message = (
            f"the recording takes {seconds[audio]:.1f} s, which is {unsaid.over:.1f} s too long: "
            "it would run into what comes next, and is left out"
        )
        notebook.warn(notebook.written[audio], message)


def _length(recording: str) -> float:
    """Seconds of *recording*, as it is heard."""
    words = Words("", recording)
    made = clips.ready([words], None, 0, paths.speech_folder(), lambda _done, _all: None)
    return len(made.clips[words]) / RATE


def _shown(pose: Pose) -> tuple[Sequence, Timeline]:
    """A practice of *pose* alone."""
    step = PoseStep(pose, pose.hold or _AS_LONG, ("right", "left") if pose.sides else ())
    sequence = Sequence("", pose.name, (step,))
    return sequence, compile_sequence(sequence)


def _by_file(checked: Iterable[Checked]) -> list[Checked]:
    """*checked*, with what was found in other files, which they include or whose poses they use, under these."""
    found: dict[str, Checked] = {}
    for each in checked:
        found.setdefault(each.file, Checked(each.file, [], []))
        for problem in each.problems:
            found.setdefault(problem.file, Checked(problem.file, [], [])).problems.append(problem)
        found[each.file].warnings.extend(each.warnings)
    return [Checked(file, in_order(problems), in_order(warnings)) for file, problems, warnings in found.values()]


def _as_lines(checked: list[Checked]) -> Iterator[str]:
    for each in checked:
        yield from (problem.told for problem in each.problems)
        yield from map(_warning, each.warnings)
    problems = sum(len(each.problems) for each in checked)
    warnings = sum(len(each.warnings) for each in checked)
    counts = [_count(number, what) for number, what in ((problems, "problem"), (warnings, "warning")) if number]
    good = "1 file is good" if len(checked) == 1 else f"{len(checked)} files are good"
    yield ", ".join(counts) or good


def _warning(warning: Problem) -> str:
    """*warning* as a line, marked where editors look for the mark."""
    return str(warning._replace(path=(), message=f"warning: {path_text(warning.path)}: {warning.message}"))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _as_json(checked: list[Checked]) -> str:
    import json

    files = [
        {"file": file, "problems": list(map(_facts, problems)), "warnings": list(map(_facts, warnings))}
        for file, problems, warnings in checked
    ]
    return json.dumps({"files": files}, ensure_ascii=False, indent=2)


def _facts(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "path": path_text(problem.path),
        "message": problem.message,
    }
