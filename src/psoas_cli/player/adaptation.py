"""Adapting a practice to a person: it is fitted to a length, and changed for their cautions and what they avoid."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.wishes import NOTHING_AVOIDED, Avoided
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import length_in_words, whole_minutes
from psoas_cli.practice.model.poses import Pose, id_called, nearest_pose
from psoas_cli.practice.model.sequence import PoseStep, RestStep, Sequence
from psoas_cli.practice.model.text import Lang, Text, uncapitalised
from psoas_cli.practice.score import request
from psoas_cli.practice.score.change import Change, told
from psoas_cli.practice.score.fitting import FitError, as_written, fit
from psoas_cli.practice.score.forms import Form, suiting
from psoas_cli.practice.score.plan import segments_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

_CARE_MOSTLY = Text("More than half of the poses become {pose}.", "Meer dan de helft van de houdingen wordt {pose}.")
_CARE_BETTER = Text(
    "{title} may suit you better now: psoas practice {name}.",
    "{title} past nu misschien beter bij je: psoas practice {name}.",
)
_CARE_LENGTH = Text(
    "With these changes it lasts {time}, the closest possible.",
    "Met deze aanpassingen duurt het {time}: dichterbij kan niet.",
)

_GENTLE = ("constructive-rest", "breathing", "body-scan")
"""Practices to suggest when care would change too much of another one."""


class Adaptation(NamedTuple):
    """A practice adapted to a person, with its timeline and the changes.

    Args:
        sequence: The practice with the changes made.
        timeline: Its timeline, as close as possible to the length asked for.
        changes: The changes.
        as_long: Whether it has the length asked for.
        mostly: The pose that replaces more than half of the holds, if any.
        better: A practice that may suit better in that case.
    """

    sequence: Sequence
    timeline: Timeline
    changes: tuple[Change, ...] = ()
    as_long: bool = True
    mostly: Text | None = None
    better: Sequence | None = None

    @property
    def adapted(self) -> tuple[str, ...]:
        """The cautions for which something was changed."""
        return tuple(dict.fromkeys(name for change in self.changes for name in change.cautions))

    def notes(self, lang: Lang) -> list[str]:
        """The changes and their reasons, in sentences."""
        return [*told(self.changes, lang), *self.others(lang)]

    def others(self, lang: Lang) -> list[str]:
        """What else to know of the changes, in sentences."""
        notes = []
        if self.mostly:
            notes.append(_CARE_MOSTLY.filled(pose=uncapitalised(self.mostly.said(lang))).said(lang))
        if self.better:
            notes.append(_CARE_BETTER.filled(title=self.better.title, name=self.better.id).said(lang))
        if not self.as_long:
            notes.append(_CARE_LENGTH.filled(time=length_in_words(self.timeline.duration)).said(lang))
        return notes


def _better(sequence: Sequence, care: tuple[str, ...], avoid: Collection[str]) -> Sequence | None:
    """Return the gentle practice other than *sequence* that changes least; None if one cannot be read."""
    from psoas_cli.storage.library import Library

    library = Library("en")
    with suppress(PsoasError):  # the person may have a faulty file of that name
        return least_changed([library.sequence(name) for name in _GENTLE if name != sequence.id], care, avoid)
    return None


def _led_in(sequence: Sequence, seconds: float | None, lead_in: float) -> tuple[Sequence, float | None]:
    """Give *sequence* a lead-in of *lead_in* seconds, and choose the length to fit it to.

    That is *seconds*, or if None the length it had before, or None if it cannot have that.
    """
    own = sum(as_written(sequence).lengths)
    changed = replace(sequence, lead_in=lead_in)
    if seconds is None:
        try:
            fit(changed, own)
        except FitError:
            return changed, None
    return changed, seconds or own


def adapted(
    sequence: Sequence,
    seconds: float | None,
    care: tuple[str, ...],
    lead_in: float | None = None,
    avoid: tuple[str, ...] = (),
) -> Adaptation:
    """Fit *sequence* to a length and adapt it to a person, keeping that length if possible.

    Args:
        sequence: The practice.
        seconds: The length to fit it to; None for its usual length.
        care: The cautions to adapt it to.
        lead_in: The person's own lead-in in seconds, instead of the practice's.
        avoid: The ids of the poses to leave out.

    Raises:
        PsoasError: It cannot last that long, or nothing is left of it.
    """
    if lead_in is not None:
        sequence, seconds = _led_in(sequence, seconds, lead_in)
    timeline = request.fitted(sequence, seconds)
    if not (care or avoid):
        return Adaptation(sequence, timeline)
    from psoas_cli.practice.score.care import with_care

    changed, changes = with_care(sequence, care, avoid)
    if not changes:
        return Adaptation(sequence, timeline)
    wanted = sum(as_written(sequence).lengths) if seconds is None else seconds
    if not any(segment.stop for segment in segments_of(changed)):
        raise _nothing_left(sequence, care, avoid)
    mostly = main_substitute(sequence, care, avoid)
    better = _better(sequence, care, avoid) if mostly else None
    try:
        return Adaptation(changed, compile_sequence(changed, wanted), changes, mostly=mostly, better=better)
    except FitError as error:
        low, high = whole_minutes(error.least, error.most)
        if low > high:
            return Adaptation(changed, compile_sequence(changed), changes, as_long=False, mostly=mostly, better=better)
        minutes = max(low, min(high, round(wanted / 60)))
        timeline = compile_sequence(changed, minutes * 60.0)
        return Adaptation(changed, timeline, changes, as_long=False, mostly=mostly, better=better)


def practice_for(
    context: Context,
    name: str,
    minutes: float | None,
    *,
    breath: str | None = None,
    sound: BreathSound | None = None,
    quiet: bool = False,
    avoid: Avoided = NOTHING_AVOIDED,
) -> Adaptation:
    """Read the practice *name*, with the breath, sound and length asked for, and adapt it to the person.

    What the settings leave out is left out as well as what *avoid* names.

    Raises:
        PsoasError: There is no such practice or pose, or it cannot be as asked for.
    """
    sequence = request.with_breath(context.library.sequence(name), breath, sound)
    sequence = _closed(sequence, context, quiet=quiet)
    config = context.config
    left_out = _poses_named(avoid.names, sequence.poses)
    if not avoid.only:
        left_out = (*config.avoid, *(name for name in left_out if name not in config.avoid))
    return adapted(sequence, request.seconds_of(minutes), config.care, config.lead_in, left_out)


def _closed(sequence: Sequence, context: Context, *, quiet: bool) -> Sequence:
    """Give *sequence* one closing stroke if everything is to be *quiet*, and a soft one if the settings ask for it."""
    softly = context.config.closes_softly
    return replace(sequence, bells=sequence.bells.closed_once(softly=softly)) if quiet or softly else sequence


def _poses_named(names: Iterable[str], poses: Mapping[str, Pose]) -> tuple[str, ...]:
    """Return the ids of the poses that a person calls *names*.

    Raises:
        PsoasError: One of them is not among *poses*.
    """
    found: dict[str, None] = {}
    for name in names:
        known = id_called(name, poses)
        if known is None:
            raise PsoasError(f'--avoid: there is no pose "{name}"{nearest_pose(name, poses)}', "psoas poses lists them")
        found[known] = None
    return tuple(found)


def _nothing_left(sequence: Sequence, care: tuple[str, ...], avoid: tuple[str, ...]) -> PsoasError:
    """The error that says that nothing is left of *sequence*, and why."""
    names = ", ".join(CAUTIONS[name].name.en.lower() for name in care)
    why = [f"with care for {names}"] if care else []
    why += [f"without {', '.join(avoid)}"] if avoid else []
    kept = " and ".join(name for name, given in (("care", care), ("avoid", avoid)) if given)
    return PsoasError(
        f"nothing is left of {sequence.id} {' and '.join(why)}",
        f"choose another practice (psoas list), or change {kept} in the settings (psoas config --edit)",
    )


def breathing_for(
    context: Context,
    pattern: str,
    minutes: float | None,
    cycles: int | None,
    *,
    ramp: bool,
    sound: BreathSound | None,
    quiet: bool,
) -> Adaptation:
    """Build a practice of breathing alone, with the sound and bells of the settings where none are asked for.

    Raises:
        PsoasError: *pattern* is not one, or cannot last that long.
    """
    config = context.config
    sound = sound or config.breath_sound
    sequence = request.breathing(pattern, minutes, cycles, ramp=ramp, sound=sound, bells=config.bells)
    sequence = _closed(sequence, context, quiet=quiet)
    return Adaptation(sequence, request.fitted(sequence, None))


def main_substitute(sequence: Sequence, care: Collection[str], avoid: Collection[str] = ()) -> Text | None:
    """Return the pose that replaces more than half of the holds of *sequence* with *care*, without *avoid*, if any."""
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    found = [(was, suiting(was, care, sequence.poses, avoid=avoid)) for was in held]
    others = Counter(form.pose.name for was, form in found if form and form.pose.id != was.pose.id)
    name, times = max(others.items(), key=lambda each: each[1], default=(None, 0))
    return name if times > len(held) / 2 else None


def least_changed(sequences: Iterable[Sequence], care: Collection[str], avoid: Collection[str] = ()) -> Sequence | None:
    """Return the first of *sequences* in which *care* and *avoid* change the fewest poses."""
    return min(sequences, key=lambda each: _changed(each, care, avoid), default=None)


def _changed(sequence: Sequence, care: Collection[str], avoid: Collection[str]) -> int:
    rests = [Form(step.pose) for step in sequence.steps if isinstance(step, RestStep) and step.pose]
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    return sum(form.pose.id in avoid or bool(form.against(care)) for form in (*held, *rests))
