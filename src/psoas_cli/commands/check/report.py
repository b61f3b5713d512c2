"""Checks files, and prints their problems and warnings."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from psoas_cli.audio import decode
from psoas_cli.audio.normalize import length_of_speech
from psoas_cli.audio.samples import RATE
from psoas_cli.cli.console import write, write_json
from psoas_cli.cli.context import Context
from psoas_cli.commands.check.tempo import Care, warn_of_haste
from psoas_cli.commands.check.truncation import warn_of_cuts
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import Unspoken, unspoken
from psoas_cli.practice.format.nodes import Notebook
from psoas_cli.practice.format.problems import BadFileError, Problem, in_order, path_text
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.sequence import PoseStep, Sequence
from psoas_cli.practice.score.speech import speech_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import is_poses

_EACH = tuple(Care((name,)) for name in CAUTIONS)
_AS_LONG = Hold(60.0, 30.0, 120.0)  # for a pose without a hold


class Checked(NamedTuple):
    """The problems and warnings of one file, in the order of its lines, and what the voice here cannot say of it."""

    file: str
    problems: list[Problem]
    warnings: list[Problem]
    unspoken: Unspoken | None = None


def report(context: Context, names: Iterable[str], *, all_cares: bool = False, as_json: bool) -> int:
    """Print the problems and warnings of the practices or files *names*.

    Practices are checked as written, with the care in the user's settings and without the poses left out there, and if
    *all_cares* with care for each caution in turn.

    Returns:
        The exit code: 1 if there are problems, otherwise 0.

    Raises:
        PsoasError: There is no such practice or file.
    """
    own = Care(context.config.care, context.config.avoid)
    cares = tuple(dict.fromkeys((*((own,) if any(own) else ()), *(_EACH if all_cares else ()))))
    checked = _by_file(_heard(context, examined(context.library, name, cares)) for name in names)
    if as_json:
        write_json({"files": list(map(_file_facts, checked))})
    else:
        write("\n".join(_as_lines(checked)))
    return 1 if any(each.problems for each in checked) else 0


def _heard(context: Context, checked: Checked) -> Checked:
    """Return *checked* with what the voice here cannot say, unless it is a file of poses or has problems."""
    if checked.problems or is_poses(Path(checked.file)):
        return checked
    timeline = compile_sequence(context.library.sequence(checked.file))
    try:
        return checked._replace(unspoken=unspoken(timeline, context.lang, context.config.voice))
    except PsoasError:  # a voice that is not there: psoas voices and the preview say so
        return checked


def examined(library: Library, name: str, cares: tuple[Care, ...] = ()) -> Checked:
    """Check the practice or file *name* as written, and with each of *cares*.

    Raises:
        PsoasError: There is no such practice or file.
    """
    path = library.path(name)
    try:
        if is_poses(path):
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
    """Note what shows only when *sequence* is laid out on a timeline."""
    timeline = compile_sequence(sequence)
    warn_of_cuts(notebook, sequence, timeline)
    warn_of_haste(notebook, sequence, cares)
    _note_sounds(notebook, timeline)


def _note_sounds(notebook: Notebook, timeline: Timeline) -> None:
    """Note the sounds in the file that cannot be played, and the recordings that are too long for their time."""
    recordings = {cue.audio for cue in timeline.cues if cue.audio}
    seconds: dict[str, float] = {}
    for sound, place in list(notebook.written.items()):
        if not isinstance(sound, str):
            continue
        try:
            if sound in recordings:
                seconds[sound] = length_of_speech(decode.recording(sound), sound) / RATE
            else:
                decode.check_sounds([sound])
        except PsoasError as error:
            notebook.bad(place, f"{error.message}: {error.hint}" if error.hint else error.message)
    for unsaid in speech_of(timeline, "en", lambda words: seconds.get(words.audio or "")).unsaid:
        audio = unsaid.words.audio or ""
        message = (
            f"the recording takes {seconds[audio]:.1f} s, which is {unsaid.over:.1f} s too long: "
            "it would run into what comes next, so it is left out"
        )
        notebook.warn(notebook.written[audio], message)


def _shown(pose: Pose) -> tuple[Sequence, Timeline]:
    """Return a practice that consists of *pose* alone."""
    step = PoseStep(pose, pose.hold or _AS_LONG, ("right", "left") if pose.sides else ())
    sequence = Sequence("", pose.name, (step,))
    return sequence, compile_sequence(sequence)


def _by_file(checked: Iterable[Checked]) -> list[Checked]:
    """Return *checked* with each problem under its own file, which may be an included one or that of a pose."""
    found: dict[str, Checked] = {}
    for each in checked:
        found.setdefault(each.file, Checked(each.file, [], []))
        for problem in each.problems:
            found.setdefault(problem.file, Checked(problem.file, [], [])).problems.append(problem)
        found[each.file].warnings.extend(each.warnings)
        found[each.file] = found[each.file]._replace(unspoken=each.unspoken)
    return [
        each._replace(problems=in_order(each.problems), warnings=in_order(each.warnings)) for each in found.values()
    ]


def _as_lines(checked: list[Checked]) -> Iterator[str]:
    for each in checked:
        yield from (problem.told for problem in each.problems)
        yield from map(_warning, each.warnings)
        if each.unspoken:
            voice, lacking, texts = each.unspoken
            yield f"{each.file}: the voice {voice} cannot say {lacking} of the {texts} texts here; they are only shown"
    problems = sum(len(each.problems) for each in checked)
    warnings = sum(len(each.warnings) for each in checked)
    counts = [_count(number, what) for number, what in ((problems, "problem"), (warnings, "warning")) if number]
    good = "1 file checked, no problems" if len(checked) == 1 else f"{len(checked)} files checked, no problems"
    yield ", ".join(counts) or good


def _warning(warning: Problem) -> str:
    """Return *warning* as a line, with the word `warning` where editors expect it."""
    return str(warning._replace(path=(), message=f"warning: {path_text(warning.path)}: {warning.message}"))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _file_facts(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.file,
        "problems": list(map(_facts, checked.problems)),
        "warnings": list(map(_facts, checked.warnings)),
        "unspoken": checked.unspoken.lacking if checked.unspoken else 0,
    }


def _facts(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "path": path_text(problem.path),
        "message": problem.message,
    }
