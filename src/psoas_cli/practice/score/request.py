"""Turn what the user asked for into a sequence and its timeline."""

from dataclasses import replace

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.durations import bounds_text
from psoas_cli.practice.model.patterns import FEW, NAMED, USUAL_SECONDS, Pattern, parse_pattern, title_of
from psoas_cli.practice.model.poses import Hold, id_called, nearest_pose
from psoas_cli.practice.model.sequence import Bells, BreatheStep, Pacer, PoseStep, Sequence, Step
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.breathing import whole_breaths
from psoas_cli.practice.score.fitting import FitError
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

BREATHE_TEXT = Text(
    "Breathe along as much as you like. Your own rhythm is just as good.",
    "Adem mee zover het je goed doet. Je eigen ritme is net zo goed.",
)
_BREATHE_TITLE = Text("Breathing {counts}", "Ademen {counts}")

_BREATHE_LEAD_IN = 3.0
_RAMP = ("3-3", "3-4", "4-5")


def seconds_of(minutes: float | None) -> float | None:
    """*minutes* in whole seconds; None stays None.

    Raises:
        PsoasError: If *minutes* is not more than 0 and at most a day.
    """
    if minutes is None:
        return None
    if not 0 < minutes <= 24 * 60:
        raise PsoasError(f"--minutes: expected more than 0 and at most {24 * 60}, got {minutes:g}")
    return float(round(minutes * 60))


def fitted(sequence: Sequence, seconds: float | None) -> Timeline:
    """The timeline of *sequence*, at its usual length or fitted to *seconds*.

    Raises:
        PsoasError: If it cannot be fitted to *seconds*; the hint gives the lengths that it can have.
    """
    try:
        return compile_sequence(sequence, seconds)
    except FitError as error:
        assert seconds is not None
        low, high = bounds_text(error.least, error.most)
        hint = "leave out --minutes: it has one length alone" if low == high else f"choose {low} to {high} minutes"
        raise PsoasError(f"{sequence.id} cannot last {seconds / 60:g} minutes", hint) from None


def with_breath(sequence: Sequence, breath: str | None, sound: BreathSound | None) -> Sequence:
    """The same practice with another *breath* in its holds, or another *sound* for every paced breath.

    Raises:
        PsoasError: If *breath* is not a pattern.
    """
    if breath is None and sound is None:
        return sequence

    def changed(pacer: Pacer) -> Pacer:
        pattern = pacer.pattern
        if breath is not None:
            pattern = None if breath.lower() == "none" else pattern_of(breath, "--breath")
        return Pacer(pattern, sound or pacer.sound, pacer.limit)

    def step_changed(step: Step) -> Step:
        if isinstance(step, PoseStep) and step.pacer:
            return replace(step, pacer=changed(step.pacer))
        if isinstance(step, BreatheStep) and sound:
            return replace(step, sound=sound)
        return step

    return replace(sequence, pacer=changed(sequence.pacer), steps=tuple(map(step_changed, sequence.steps)))


def breathing(
    written: str, minutes: float | None, cycles: int | None, *, ramp: bool, sound: BreathSound | None, bells: Bells
) -> Sequence:
    """Breathing alone, as a sequence of one step: the pattern *written*, for *minutes* or for *cycles*.

    Raises:
        PsoasError: If *written* is not a pattern or not meant for that long, or if both lengths are given.
    """
    if minutes is not None and cycles is not None:
        raise PsoasError("expected --minutes or --cycles, got both", "leave out one of the two")
    pattern, seconds = pattern_of(written), seconds_of(minutes)
    breaths = breaths_of(pattern, seconds, cycles)
    title = title_of(pattern)
    if pattern.name in NAMED and pattern.name != pattern.counts:
        title = Text("{title} {counts}", "{title} {counts}").filled(title=title, counts=pattern.counts)
    elif pattern.name not in NAMED:
        title = _BREATHE_TITLE.filled(counts=pattern.counts)
    length = seconds or USUAL_SECONDS
    step = BreatheStep(
        pattern,
        hold=None if breaths else Hold(length, length, length),
        cycles=breaths,
        ramp=tuple(pattern_of(counts) for counts in _RAMP) if ramp else (),
        sound=sound or "air",
        text=BREATHE_TEXT,
    )
    return Sequence("breathe", title, (step,), lead_in=_BREATHE_LEAD_IN, bells=bells)


def pattern_of(written: str, where: str = "breathe") -> Pattern:
    """The pattern *written* as a name or as counts.

    Raises:
        PsoasError: If it is neither.
    """
    try:
        return parse_pattern(written)
    except ValueError as error:
        raise PsoasError(f"{where}: {error}", "psoas breathe --list shows the patterns") from None


def breaths_of(pattern: Pattern, seconds: float | None, cycles: int | None) -> int | None:
    """The number of breaths: *cycles*, or a few for a pattern meant for a few; None if time alone decides.

    Raises:
        PsoasError: If there are more than the pattern is meant for.
    """
    if pattern.name not in FEW:
        return cycles
    usual, most = FEW[pattern.name]
    breaths = cycles or (max(1, whole_breaths(pattern, seconds)) if seconds else usual)
    if breaths > most:
        raise PsoasError(
            f"{pattern.name} is meant for a few breaths: at most {most} at a time, not {breaths}",
            f"psoas breathe {pattern.name} has {usual}; for longer, choose long-exhale or coherent",
        )
    return breaths


def start_of(timeline: Timeline, stop: str | None) -> float:
    """The start of *stop*, in seconds; a stop is given by its number, or by its pose as one calls it.

    Raises:
        PsoasError: If there is no such stop.
    """
    if stop is None:
        return 0.0
    poses = {span.segment.pose.id: span.segment.pose for span in timeline.spans if span.stop and span.segment.pose}
    wanted = id_called(stop, poses)
    for span in timeline.spans:
        if span.stop and (
            stop.strip() == str(span.stop) or (wanted and span.segment.pose and span.segment.pose.id == wanted)
        ):
            return span.start
    numbers = f"choose 1 to {len(timeline.stops)}"
    raise PsoasError(
        f'--from: there is no stop "{stop}"{nearest_pose(stop, poses)}',
        f"{numbers}, or {', '.join(poses)}" if poses else numbers,
    )
