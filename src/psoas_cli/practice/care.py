"""Care for a person: what is true of them changes the poses of a practice, and the changes can be told."""

from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from psoas_cli.practice import words
from psoas_cli.practice.cautions import CAUTIONS
from psoas_cli.practice.forms import Form, suiting
from psoas_cli.practice.needs import cautions_in, props_of, unique
from psoas_cli.practice.poses import Hold, Pose, as_done
from psoas_cli.practice.positions import Position
from psoas_cli.practice.sequence import (
    Between,
    PoseStep,
    RestStep,
    Sequence,
    Step,
    TransitionStep,
)  # fmt: skip
from psoas_cli.practice.text import Lang, Side, Text

T = TypeVar("T")

_BOTH: tuple[Side, ...] = ("right", "left")


class Change(NamedTuple):
    """A pose that is done *softer*, or has another in its place, or is left out (None), and for which cautions."""

    was: Text
    now: Text | None
    cautions: tuple[str, ...]
    softer: bool = False


class Cared(NamedTuple):
    """A practice with care taken, and what that changed, each change once."""

    sequence: Sequence
    changes: tuple[Change, ...]


def with_care(sequence: Sequence, care: tuple[str, ...]) -> Cared:
    """*sequence* without poses that carry a caution in *care*.

    Each of them is done in its softer variation where that is free of them, else what it names instead, else it is
    left out. Its length may be another one then: fit it to the one it had.
    """
    changing = _Changing(care, sequence)
    steps = tuple(changing.steps(sequence.steps))
    if not changing.changes:
        return Cared(sequence, ())
    before, after = sequence.steps, steps
    return Cared(
        replace(
            sequence,
            steps=steps,
            props=_kept(sequence.props, props_of(before), props_of(after)),
            cautions=_kept(sequence.cautions, cautions_in(before), cautions_in(after)),
        ),
        unique(changing.changes),
    )


class _Changing:
    """Takes care of *care* in the steps of *sequence*, and notes what that changes."""

    def __init__(self, care: tuple[str, ...], sequence: Sequence) -> None:
        self.changes: list[Change] = []
        self._care = frozenset(care)
        self._poses = sequence.poses
        self._moves_itself = sequence.transition != 0

    def steps(self, steps: tuple[Step, ...]) -> list[Step]:
        """The steps with care taken; a move from or to another pose than was written is not told in its own words."""
        found: list[Step] = []
        here = written = None  # the poses that one is in, and would be in as it was written
        for step in steps:
            if isinstance(step, TransitionStep):
                if here != written and found and isinstance(found[-1], TransitionStep):
                    found.pop()  # what lay between the two is left out
                found.append(step if here == written else _without_words(step))
                continue
            new = self._step(step)
            another = _begin(new) != _begin(step)
            if here != written or another:
                if new and _stays(found, new, here):
                    new = None
                elif found and new:
                    self._move_to(new, found, here, another=another)
            found += [new] if new else []
            if isinstance(step, PoseStep | RestStep):
                here, written = (_end(new) if new else here), _end(step)
        return found

    def _move_to(self, new: Step, found: list[Step], here: "_Here", *, another: bool) -> None:
        """Let there be time to move from *here* to *new* after *found*; what *another* step needs is not fetched."""
        elsewhere = _is_elsewhere(_begin(new), here)
        if isinstance(move := found[-1], TransitionStep):
            before = found[-2] if len(found) > 1 else None
            text = Text() if _tells(new, before) else words.MOVE_ON
            seconds = None if move.seconds == 0 and elsewhere else move.seconds
            found[-1] = TransitionStep(seconds, text, Text() if another else move.fetch)
        elif elsewhere and not self._moves_itself:
            found.append(TransitionStep())

    def _step(self, step: Step) -> Step | None:
        if isinstance(step, PoseStep):
            return self._pose_step(step)
        if isinstance(step, RestStep) and step.pose and Form(step.pose).against(self._care):
            form = self._suiting(Form(step.pose))
            self._note(Form(step.pose), form, words.REST)
            say = step.say if form and form.pose.id == step.pose.id else ()
            return replace(step, pose=form.whole if form else None, text=Text(), say=say)
        return step

    def _pose_step(self, step: PoseStep) -> PoseStep | None:
        was = Form(step.pose, step.variation)
        if not was.against(self._care):
            return self._around(step)
        form = self._suiting(was)
        self._note(was, form)
        if form is None:
            return None
        if form.pose.id == step.pose.id:
            return self._around(replace(step, pose=form.whole, variation=None, text=Text()))
        pose = form.whole
        return replace(
            step,
            pose=pose,
            variation=None,
            hold=_held(step.hold, pose.hold),
            sides=(step.sides or _BOTH) if pose.sides else (),
            between=Between(),
            rebound=None,  # what the other pose asked for afterwards, this one does not
            text=Text(),
            props=(),
            say=(),
        )

    def _around(self, step: PoseStep) -> PoseStep:
        """*step* with care taken of what lies between its sides, and of its rebound."""
        between, rebound = step.between, step.rebound
        if between.pose and Form(between.pose).against(self._care):
            pose = self._between(between.pose)
            between = between._replace(pose=pose) if pose else Between(back=between.back)
        if rebound and rebound.pose and Form(rebound.pose).against(self._care):
            form = self._suiting(Form(rebound.pose))
            self._note(Form(rebound.pose), form)
            rebound = rebound._replace(pose=form.whole) if form else None
        return replace(step, between=between, rebound=rebound)

    def _between(self, pose: Pose) -> Pose | None:
        """*pose* between two sides, softer or left out: nobody comes into quite another one, and back again."""
        form = self._suiting(Form(pose))
        if form and form.pose.id == pose.id:
            self._note(Form(pose), form)
            return form.whole
        was = words.CARE_BETWEEN.filled(pose=pose.name)
        self.changes.append(Change(was, None, Form(pose).against(self._care)))
        return None

    def _suiting(self, form: Form) -> Form | None:
        return suiting(form, self._care, self._poses)

    def _note(self, was: Form, now: Form | None, otherwise: Text | None = None) -> None:
        softer = now is not None and now.pose.id == was.pose.id
        self.changes.append(Change(was.name, now.name if now else otherwise, was.against(self._care), softer))


def told(changes: tuple[Change, ...], lang: Lang) -> list[str]:
    """*changes* in words: a sentence for each set of cautions."""
    groups: dict[tuple[str, ...], dict[tuple[Text | None, bool], list[Text]]] = {}
    for change in changes:
        groups.setdefault(change.cautions, {}).setdefault((change.now, change.softer), []).append(change.was)
    return [
        words.CARE_TAKEN.filled(
            why=", ".join(CAUTIONS[name].name.said(lang) for name in cautions).lower(),
            changes="; ".join(_said(*how, were, lang) for how, were in group.items()),
        ).said(lang)
        for cautions, group in groups.items()
    ]


def _said(now: Text | None, softer: bool, were: list[Text], lang: Lang) -> str:  # noqa: FBT001 - as a change has it
    said = words.CARE_SOFTER if softer else words.CARE_INSTEAD if now else words.CARE_WITHOUT
    return said.filled(was=", ".join(each.said(lang) for each in were), now=now or Text()).said(lang)


def _without_words(move: TransitionStep) -> TransitionStep:
    """*move* from another pose than was written: how to come from there is told as it is told anywhere."""
    return replace(move, text=Text())


def _tells(new: Step, before: Step | None) -> bool:
    """Whether there is something to tell of the way to *new*: how to come in, or how to put away what one lies on."""
    pose = new.pose if isinstance(new, PoseStep | RestStep) else None
    puts_away = isinstance(before, PoseStep) and not before.rebound and bool(before.pose.props)
    return puts_away or pose is None or bool(pose.text or pose.position)


def _stays(found: list[Step], new: Step, here: "_Here") -> bool:
    """Whether *new* goes on with the pose that one is in after *found*: that lasts longer then, without a move."""
    if here is None or _begin(new) != here or not found:
        return False
    last = len(found) - (2 if isinstance(found[-1], TransitionStep) else 1)
    longer = _longer(found[last], new) if last >= 0 else None
    if longer:
        found[last:] = [longer]
    return longer is not None


def _longer(last: Step, new: Step) -> Step | None:
    """*last*, made longer by *new*, which is the same pose; None where the two are no one hold."""
    if not (isinstance(last, PoseStep) and isinstance(new, PoseStep)) or new.sides or new.rebound:
        return None
    hold = _sum(last.rebound.hold if last.rebound else last.hold, new.hold)
    if new.pose.hold and hold.typical > new.pose.hold.max:
        return None  # longer than is good in one go
    if last.rebound:
        return replace(last, rebound=last.rebound._replace(hold=hold))
    return None if last.sides else replace(last, hold=hold)


def _sum(one: Hold, other: Hold) -> Hold:
    return Hold(one.typical + other.typical, one.min + other.min, one.max + other.max)


_Here: TypeAlias = tuple[str, Position | None] | None
"""A pose, by its id, and the position in which it begins."""


def _begin(step: Step | None) -> _Here:
    """The pose that one comes into for *step*."""
    if isinstance(step, PoseStep):
        return step.pose.id, as_done(step.pose, step.variation).position
    return (step.pose.id, step.pose.position) if isinstance(step, RestStep) and step.pose else None


def _is_elsewhere(there: _Here, here: _Here) -> bool:
    """Whether one moves from *here* to *there*: to a pose of the library in another position, or in none known."""
    if there is None or not there[0] or there == here:
        return False
    return here is None or there[1] is None or there[1] != here[1]


def _end(step: Step | None) -> _Here:
    """The pose that one is in after *step*."""
    if isinstance(step, PoseStep) and step.rebound and (pose := step.rebound.pose):
        return pose.id, pose.position
    return _begin(step)


def _held(hold: Hold, own: Hold | None) -> Hold:
    """As long as *hold*, within the bounds of the pose that takes its place: so as a file would have it."""
    typical = hold.typical
    if own is None:
        return hold
    return Hold(typical, min(own.min, typical), max(own.max, typical))


def _kept(listed: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """What is *listed*, without what only the poses *before* asked for, and with what those *after* do."""
    return unique((*(each for each in listed if each in after or each not in before), *after))
