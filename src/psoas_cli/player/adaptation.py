"""A practice as it is for this person: fitted, and with the care taken that their settings ask for."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.sequence import PoseStep, RestStep, Sequence
from psoas_cli.practice.model.text import Lang, Text, uncapitalised
from psoas_cli.practice.score import request
from psoas_cli.practice.score.care import Change, told, with_care
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
    "With these changes it lasts {time}: the nearest that it can.",
    "Met deze aanpassingen duurt het {time}: dichterbij kan niet.",
)

_GENTLE = ("constructive-rest", "breathing", "body-scan")
"""Practices that may suit where another one does not."""


class Adaptation(NamedTuple):
    """A practice and its timeline, with what care changed.

    Args:
        sequence: The practice, changed where care asked for it.
        timeline: As long as was asked for, where it can be.
        changes: What was changed.
        as_long: Whether it is as long as was asked for.
        mostly: What more than half of its poses become, where that is one.
        better: A practice that suits better then.
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
        """What was changed and why, in sentences."""
        notes = told(self.changes, lang)
        if self.mostly:
            notes.append(_CARE_MOSTLY.filled(pose=uncapitalised(self.mostly.said(lang))).said(lang))
        if self.better:
            notes.append(_CARE_BETTER.filled(title=self.better.title, name=self.better.id).said(lang))
        if not self.as_long:
            notes.append(_CARE_LENGTH.filled(time=clock_text(self.timeline.duration)).said(lang))
        return notes


def _better(sequence: Sequence, care: tuple[str, ...]) -> Sequence | None:
    """The practice that *care* changes least, of those that may suit where *sequence* does not."""
    from psoas_cli.storage.library import Library

    library = Library("en")
    with suppress(PsoasError):  # a file of the person's own by that name may have problems
        return least_changed([library.sequence(name) for name in _GENTLE if name != sequence.id], care)
    return None


def _led_in(sequence: Sequence, seconds: float | None, lead_in: float) -> tuple[Sequence, float | None]:
    """*sequence* with a *lead_in* of the person's own, and how long it is to last: as long as before, where it can."""
    own = sum(as_written(sequence).lengths)
    changed = replace(sequence, lead_in=lead_in)
    if seconds is None:
        try:
            fit(changed, own)
        except FitError:
            return changed, None
    return changed, seconds or own


def adapted(
    sequence: Sequence, seconds: float | None, care: tuple[str, ...], lead_in: float | None = None
) -> Adaptation:
    """*sequence* at its own length or made to last *seconds*, with *care* taken; it keeps that length.

    A *lead_in* of the person's own, in seconds, takes the place of the sequence's.

    Raises:
        PsoasError: Where it cannot be made to last so long, or care leaves nothing of it.
    """
    if lead_in is not None:
        sequence, seconds = _led_in(sequence, seconds, lead_in)
    timeline = request.fitted(sequence, seconds)
    changed, changes = with_care(sequence, care)
    if not changes:
        return Adaptation(sequence, timeline)
    wanted = sum(as_written(sequence).lengths) if seconds is None else seconds
    if not any(segment.stop for segment in segments_of(changed)):
        names = ", ".join(CAUTIONS[name].name.en.lower() for name in care)
        raise PsoasError(
            f"nothing of {sequence.id} is left with care for {names}",
            "psoas list shows the other practices; care is in the settings",
        )
    mostly = main_substitute(sequence, care)
    better = _better(sequence, care) if mostly else None
    try:
        return Adaptation(changed, compile_sequence(changed, wanted), changes, mostly=mostly, better=better)
    except FitError as error:
        if error.min_minutes > error.max_minutes:  # no whole minute is among those that it can last
            return Adaptation(changed, compile_sequence(changed), changes, as_long=False, mostly=mostly, better=better)
        minutes = max(error.min_minutes, min(error.max_minutes, round(wanted / 60)))
        timeline = compile_sequence(changed, minutes * 60.0)
        return Adaptation(changed, timeline, changes, as_long=False, mostly=mostly, better=better)


def main_substitute(sequence: Sequence, care: tuple[str, ...]) -> Text | None:
    """What takes the place of more than half of the holds of *sequence* with *care*; None where nothing does."""
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    found = [(was, suiting(was, care, sequence.poses)) for was in held]
    others = Counter(form.pose.name for was, form in found if form and form.pose.id != was.pose.id)
    name, times = max(others.items(), key=lambda each: each[1], default=(None, 0))
    return name if times > len(held) / 2 else None


def least_changed(sequences: Iterable[Sequence], care: tuple[str, ...]) -> Sequence | None:
    """The first of *sequences* of which *care* changes the fewest poses."""
    return min(sequences, key=lambda each: _changed(each, care), default=None)


def _changed(sequence: Sequence, care: tuple[str, ...]) -> int:
    rests = [Form(step.pose) for step in sequence.steps if isinstance(step, RestStep) and step.pose]
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    return sum(bool(form.against(care)) for form in (*held, *rests))
