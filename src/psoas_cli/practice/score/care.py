"""Care for a person: adapt the poses of a practice to their cautions, and to what they leave out."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from psoas_cli.practice.model.needs import cautions_in, props_of, unique
from psoas_cli.practice.model.poses import Hold, Pose, as_done
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.sequence import (  # fmt: skip
    Between,
    PoseStep,
    Rebound,
    RestStep,
    Sequence,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import Side, Text
from psoas_cli.practice.score import rests
from psoas_cli.practice.score.change import Change
from psoas_cli.practice.score.forms import Form, suiting
from psoas_cli.practice.score.segments import REST

_HAVE_READY = Text("Have ready: {prop}.", "Leg klaar: {prop}.")
_ALSO_READY = Text("Also: {prop}.", "Ook: {prop}.")
_CARE_BETWEEN = Text("{pose} between the sides", "{pose} tussen de kanten")
_MOVE_ON = Text(
    "Move to what comes next in your own way. There is time.",
    "Ga op je eigen manier naar wat nu komt. Er is tijd voor.",
)

T = TypeVar("T")

_BOTH: tuple[Side, ...] = ("right", "left")

_AFTER_A_BACK_BEND = Hold(45.0, 30.0, 60.0)
"""Seconds of rest after a back bend that replaces a pose without a rebound; our own judgement."""


class Cared(NamedTuple):
    """An adapted practice, and the changes made, each of them once."""

    sequence: Sequence
    changes: tuple[Change, ...]


def with_care(sequence: Sequence, care: Collection[str], avoid: Collection[str] = ()) -> Cared:
    """*sequence* without poses that have a caution in *care*, and without the poses whose ids are in *avoid*.

    Each such pose is done in a variation without the caution, else replaced by the pose that it names instead, else
    left out. Steps that become the same rest are joined into one of at most ten minutes. The length may change: fit the
    result to the length that *sequence* had.
    """
    changing = _Changing(care, avoid, sequence)
    *_, found = ([], *changing.steps(sequence.steps))
    steps = tuple(_offering(step, care) for step in found)
    if not changing.changes:
        return Cared(replace(sequence, steps=steps), ())
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


def beginnings(
    sequence: Sequence, care: Collection[str], avoid: Collection[str] = ()
) -> Iterator[tuple[int, tuple[Change, ...]]]:
    """Yield how many steps `with_care` makes of the first one, the first two and so on, and what it newly changes."""
    changing, known, noted = _Changing(care, avoid, sequence), dict[Change, None](), 0
    for found in changing.steps(sequence.steps):
        new = tuple(change for change in unique(changing.changes[noted:]) if change not in known)
        known |= dict.fromkeys(new)
        noted = len(changing.changes)
        yield len(found), new


class _Changing:
    """Adapts the steps of *sequence* to the cautions in *care* and the poses in *avoid*, and records the changes."""

    def __init__(self, care: Collection[str], avoid: Collection[str], sequence: Sequence) -> None:
        self.changes: list[Change] = []
        self._care, self._avoid = frozenset(care), frozenset(avoid)
        self._poses = sequence.poses
        self._held: Pose | None = None  # the pose of the last pose step, whatever one rested in after it
        self._time_to_move = sequence.transition

    def steps(self, steps: tuple[Step, ...]) -> Iterator[list[Step]]:
        """Yield the steps adapted so far after each of *steps*, in one list that may also shrink.

        A move loses its own words if it now starts from or leads to another pose.
        """
        found: list[Step] = []
        here = written = None  # the pose that one is in, and the one in the steps as written
        for step in steps:
            if isinstance(step, TransitionStep):
                if here != written and found and isinstance(found[-1], TransitionStep):
                    found.pop()  # what lay between the two is left out
                found.append(step if here == written else _without_words(step))
                yield found
                continue
            noted = len(self.changes)
            new = self._step(step, here)
            if here != written or _begin(new) != _begin(step):
                new = self._placed(new, step, found, here, noted)
            elif new is not None and found:
                self._let_fetch(_to_fetch(new, step, found), found)
            found += [] if new is None else [new] if new is step else rests.in_turns(new)
            if isinstance(new, PoseStep):
                self._held = new.pose
            if isinstance(step, PoseStep | RestStep):
                here, written = (_end(found[-1]) if new else here), _end(step)
            yield found

    def _placed(self, new: Step | None, step: Step, found: list[Step], here: "_Here", noted: int) -> Step | None:
        """The step that comes after *found* for *new*, the adapted *step*; None if nothing does.

        If *new* is the pose that one is in already, that pose lasts longer, or *new* takes another form. *noted* is the
        number of changes before it.
        """
        if new is None:
            if found and isinstance(found[-1], TransitionStep):
                found[-1] = TransitionStep(found[-1].seconds)  # its words announced what is left out
            return None
        last = len(found) - (2 if found and isinstance(found[-1], TransitionStep) else 1)
        longer = rests.joined(found[last], new) if last >= 0 and here and _begin(new) == here else None
        if longer:
            other = None if rests.is_good(longer) else self._otherwise(step, here, found[last], noted)
            if other is None and (rests.is_good(longer) or rests.may_turn(longer)):
                del found[last:]
                return longer
            new = other or new
        if found:
            self._move_to(new, step, found, here)
        return new

    def _otherwise(self, step: Step, here: "_Here", last: Step, noted: int) -> Step | None:
        """*step* adapted in a form other than the one in which *last* ends; None if there is none."""
        changes, self.changes = self.changes, self.changes[:noted]
        other = self._step(step, here, _last_of(last))
        if other is None or _begin(other) is None:
            self.changes = changes
            return None
        return other

    def _move_to(self, new: Step, step: Step, found: list[Step], here: "_Here") -> None:
        """Make time after *found* to move from *here* to *new*, the adapted *step*."""
        elsewhere = _is_elsewhere(_begin(new), here)
        fetch = _to_fetch(new, step, found)
        if isinstance(move := found[-1], TransitionStep):
            before = found[-2] if len(found) > 1 else None
            text = Text() if _tells(new, before) else _MOVE_ON
            found[-1] = TransitionStep(None if move.seconds == 0 and elsewhere else move.seconds, text)
        elif elsewhere and self._time_to_move == 0:
            found.append(TransitionStep())
        self._let_fetch(fetch, found)

    def _let_fetch(self, fetch: Text, found: list[Step]) -> None:
        """Make the move at the end of *found* say what to *fetch*; a move is added, or given time, if needed."""
        if isinstance(move := found[-1], TransitionStep):
            found[-1] = replace(move, seconds=None if fetch and move.seconds == 0 else move.seconds, fetch=fetch)
        elif fetch:
            found.append(TransitionStep(self._time_to_move or None, fetch=fetch))

    def _step(self, step: Step, here: "_Here", without: Pose | None = None) -> Step | None:
        """*step* adapted for someone who is *here*, in a form other than *without*."""
        if isinstance(step, PoseStep):
            return self._pose_step(step, here, without)
        if isinstance(step, RestStep) and step.pose and self._asks(Form(step.pose), without):
            form = self._suiting(Form(step.pose), here, without) or self._lying(step.pose)
            self._note(Form(step.pose), form, REST)
            same = form is not None and form.pose.id == step.pose.id
            return replace(
                step,
                pose=_called(form, step.pose) if form else None,
                hold=step.hold if form is None or same else rests.at_most(step.hold, rests.most(form.pose)),
                text=step.text if same and _is_in(form, here) else Text(),
                say=step.say if same else (),
            )
        return step

    def _pose_step(self, step: PoseStep, here: "_Here", without: Pose | None) -> PoseStep | None:
        was = Form(step.pose, step.variation)
        if not self._asks(was, without):
            return self._around(step)
        form = self._suiting(was, here, without)
        if form and form.pose.id != step.pose.id:
            form = self._but_not_again(form, here)
        self._note(was, form)
        if form is None:
            return None
        if form.pose.id == step.pose.id:
            text = step.text if _is_in(form, here) else Text()
            hold = rests.at_most(step.hold, rests.LONGEST)
            return self._around(replace(step, pose=_called(form, step.pose), variation=None, hold=hold, text=text))
        pose = _called(form, step.pose)
        return replace(
            step,
            pose=pose,
            variation=None,
            hold=rests.held(step.hold, pose, 1 if pose.sides else len(step.sides)),
            sides=(step.sides or _BOTH) if pose.sides else (),
            between=Between(),
            rebound=self._rest_after(step, pose),
            text=Text(),
            props=(),
            say=(),
        )

    def _but_not_again(self, form: Form, here: "_Here") -> Form:
        """*form*, or what it names instead if it is a back bend that was held in the step before."""
        if not form.pose.back_bend or self._held is None or form.pose.id != self._held.id:
            return form
        others = (Form(self._poses[name]) for name in form.pose.instead.values() if name in self._poses)
        return next((found for other in others if (found := self._suiting(other, here))), form)

    def _rest_after(self, step: PoseStep, pose: Pose) -> Rebound | None:
        """The rest after *pose*, which replaces that of *step*: in a counterpose after a back bend, otherwise none."""
        counter = self._poses.get(pose.counter or "") if pose.back_bend else None
        form = counter and self._suiting(Form(counter), None)
        if not form:
            return None
        return Rebound(step.rebound.hold if step.rebound else _AFTER_A_BACK_BEND, pose=_called(form, form.pose))

    def _around(self, step: PoseStep) -> PoseStep:
        """*step* with the pose between its sides and its rebound adapted."""
        between, rebound, here = step.between, step.rebound, _begin(step)
        if between.pose and self._asks(Form(between.pose)):
            pose = self._between(between.pose, here)
            between = between._replace(pose=pose) if pose else Between(back=between.back)
        if rebound and rebound.pose and self._asks(Form(rebound.pose)):
            form = self._suiting(Form(rebound.pose), here)
            self._note(Form(rebound.pose), form)
            rebound = rebound._replace(pose=_called(form, rebound.pose)) if form else None
        return replace(step, between=between, rebound=rebound)

    def _between(self, pose: Pose, here: "_Here") -> Pose | None:
        """*pose* between two sides, softer or left out: nobody should move into quite another pose and back."""
        form = self._suiting(Form(pose), here)
        if form and form.pose.id == pose.id:
            self._note(Form(pose), form)
            return _called(form, pose)
        was = _CARE_BETWEEN.filled(pose=pose.name)
        self.changes.append(Change(was, None, Form(pose).against(self._care), avoided=pose.id in self._avoid))
        return None

    def _asks(self, form: Form, without: Pose | None = None) -> bool:
        """Whether *form* has to be replaced by another."""
        asked_for = form.pose.id in self._avoid or form.against(self._care)
        return bool(asked_for) or (without is not None and form.pose.id == without.id)

    def _lying(self, pose: Pose) -> Form | None:
        """A form for the final rest where nothing else can take the place of *pose*, which the person leaves out."""
        lying = [Form(self._poses[name]) for name in rests.LYING if name in self._poses and pose.id in self._avoid]
        return next((found for each in lying if (found := self._suiting(each, None))), None)

    def _suiting(self, form: Form, here: "_Here", without: Pose | None = None) -> Form | None:
        return suiting(form, self._care, self._poses, here and here[1], without, avoid=self._avoid)

    def _note(self, was: Form, now: Form | None, otherwise: Text | None = None) -> None:
        softer = now is not None and now.pose.id == was.pose.id
        said, avoided = now.name if now else otherwise, was.pose.id in self._avoid
        self.changes.append(Change(was.name, said, was.against(self._care), softer, avoided))


def _offering(step: Step, care: Collection[str]) -> Step:
    """*step*, without a softer or deeper form of its pose that goes against *care*."""
    if not isinstance(step, PoseStep | RestStep) or step.pose is None:
        return step
    pose = step.pose
    softer, deeper = (
        name if name and name in pose.variations and not Form(pose, pose.variations[name]).against(care) else None
        for name in (pose.softer, pose.deeper)
    )
    if (softer, deeper) == (pose.softer, pose.deeper):
        return step
    return replace(step, pose=replace(pose, softer=softer, deeper=deeper))


def _to_fetch(new: Step, step: Step, found: list[Step]) -> Text:
    """What to have within reach for *new*, the adapted *step*, after the steps *found*."""
    move = found[-1].fetch if isinstance(found[-1], TransitionStep) else Text()
    needed, written = props_of((new,)), props_of((step,))
    if _begin(new) is None or needed == written:
        return move
    at_hand = written
    if (there := _begin(step)) is None or (_begin(new) or there)[0] != there[0]:
        move, at_hand = Text(), props_of(found)
    elif not set(written) <= set(needed):
        move, at_hand = Text(), ()
    props = [prop for prop in needed if prop not in at_hand]
    if not props:
        return move
    ready = [(_ALSO_READY if number else _HAVE_READY).filled(prop=prop) for number, prop in enumerate(props)]
    return Text.each(lambda lang: " ".join(each.said(lang) for each in (move, *ready) if each))


def ready_ever(props: Iterable[Text]) -> tuple[Text, ...]:
    """Every sentence that may say to have one of *props* within reach."""
    return tuple(said.filled(prop=prop) for prop in props for said in (_HAVE_READY, _ALSO_READY))


def _without_words(move: TransitionStep) -> TransitionStep:
    """*move* without its own words, which are about another pose; how to move is then told as usual."""
    return replace(move, text=Text())


def _tells(new: Step, before: Step | None) -> bool:
    """Whether there is something to say on the way to *new*: how to come into it, or which props to put away."""
    pose = new.pose if isinstance(new, PoseStep | RestStep) else None
    puts_away = isinstance(before, PoseStep) and not before.rebound and bool(before.pose.props)
    return puts_away or pose is None or bool(pose.text or pose.position)


def _last_of(step: Step) -> Pose | None:
    """The pose in which *step* ends, as it is done; None if unknown."""
    if isinstance(step, PoseStep):
        return step.rebound.pose if step.rebound else as_done(step.pose, step.variation)
    return None


_Here: TypeAlias = tuple[str, Position | None] | None
"""The id of a pose, and the position in which it begins."""


def _begin(step: Step | None) -> _Here:
    """The pose in which *step* begins."""
    if isinstance(step, PoseStep):
        return step.pose.id, as_done(step.pose, step.variation).position
    return (step.pose.id, step.pose.position) if isinstance(step, RestStep) and step.pose else None


def _is_elsewhere(there: _Here, here: _Here) -> bool:
    """Whether one moves from *here* to *there*: a pose of the library whose position differs or is unknown."""
    if there is None or not there[0] or there == here:
        return False
    return here is None or there[1] is None or there[1] != here[1]


def _called(form: Form, was: Pose) -> Pose:
    """*form* in place of *was*: the softer variation keeps the name of the pose, another form has its name in full."""
    softer = form.variation is not None and form.pose.id == was.id and form.variation.id == was.softer
    return form.whole if softer else form.in_full


def _is_in(form: Form | None, here: _Here) -> bool:
    """Whether one is already in *form*."""
    return form is not None and here == (form.pose.id, form.whole.position)


def _end(step: Step | None) -> _Here:
    """The pose in which *step* ends."""
    if isinstance(step, PoseStep) and step.rebound and (pose := step.rebound.pose):
        return pose.id, pose.position
    return _begin(step)


def _kept(listed: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """What is *listed*, without what only the poses *before* needed, and with what those *after* need."""
    return unique((*(each for each in listed if each in after or each not in before), *after))
