"""A sequence laid out as segments: every span to come, before its length is settled."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import count, islice
from typing import assert_never

from psoas_cli.practice.model.figure import Figure, mirrored
from psoas_cli.practice.model.poses import INTO, Hold, Pose, Variation, as_done
from psoas_cli.practice.model.positions import mirrored as mirrored_position
from psoas_cli.practice.model.sequence import (  # fmt: skip
    Bells,
    Between,
    BreatheStep,
    Pacer,
    PoseStep,
    RestStep,
    ScanStep,
    Sequence,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import Side, Text
from psoas_cli.practice.score.breathing import course_of
from psoas_cli.practice.score.passage import AFTER_BELL, Part, Passage, calmly
from psoas_cli.practice.score.segments import BREATHING, REST, Flex, Segment, SpanKind, fixed, flexible
from psoas_cli.practice.score.transitions import with_told

_LEAD_IN = Text("Settling in", "Aankomen")
_REBOUND = Text("Rebound", "Navoelen")
_REBOUND_TEXT = Text("Rest, and notice what lingers.", "Rust even en voel na.")
_QUIET = Text("Quiet time", "Stille tijd")
_QUIET_TEXT = Text(
    "The steps are done. What is left of the time is quiet: stay as long as it suits you.",
    "De stappen zijn klaar. De tijd die overblijft is stil: blijf zolang het je goed doet.",
)
_MOVING = Text("Moving", "Bewegen")

_SCAN_GRAIN = 1.0  # seconds


def optional_steps(sequence: Sequence) -> int:
    """The number of steps that a short practice may leave out."""
    return sum(isinstance(step, PoseStep) and step.optional for step in sequence.steps)


def segments_of(sequence: Sequence, left_out: int = 0, most: int | None = None) -> tuple[Segment, ...]:
    """The first *most* segments of *sequence* (None: all), without its last *left_out* optional steps."""
    if most is None:
        return _laid_out(_Itself(sequence), left_out)
    return tuple(islice(with_told(_segments(sequence, _kept(sequence.steps, left_out))), most))


class _Itself:
    """A sequence that is equal to itself alone, as to compare all of two takes longer than to lay one out."""

    def __init__(self, sequence: Sequence) -> None:
        self.sequence = sequence

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.sequence is self.sequence

    def __hash__(self) -> int:
        return id(self.sequence)


@lru_cache(2)  # one as written, and one with care
def _laid_out(which: _Itself, left_out: int) -> tuple[Segment, ...]:
    sequence = which.sequence
    return tuple(with_told(_segments(sequence, _kept(sequence.steps, left_out))))


def quiet_segment(seconds: float, bells: Bells) -> Segment:
    """Quiet time at the end: the *seconds* that a fitted practice has left over, beyond its rest if it has one."""
    text = Passage((Part(_QUIET_TEXT),))
    told = (text,) if calmly((text,)) + AFTER_BELL <= seconds else ()
    return Segment("quiet", fixed(seconds), title=_QUIET, told=told, bells=bells, stop=True, opens=True)


def figure_of(pose: Pose | None, variation: Variation | None = None, side: Side | None = None) -> Figure | None:
    """The picture of *pose* on *side*, in *variation* if given."""
    figure = (variation and variation.figure) or (pose and pose.figure)
    return mirrored(figure) if figure and side == "left" else figure or None


def main_figure(sequence: Sequence) -> Figure | None:
    """The picture of the pose that is held longest in *sequence*; of the longest rest only if nothing is held."""
    seen = [segment for segment in segments_of(sequence) if segment.figure and not segment.moving]
    held = [segment for segment in seen if segment.kind == "hold"]
    return max(held or seen, key=lambda segment: segment.flex.typical).figure if seen else None


def _kept(steps: tuple[Step, ...], left_out: int) -> list[tuple[int, Step]]:
    """The steps with their numbers, without the last *left_out* optional ones."""
    kept: list[tuple[int, Step]] = []
    for number, step in reversed([*enumerate(steps)]):
        if left_out and isinstance(step, PoseStep) and step.optional:
            left_out -= 1
        else:
            kept.append((number, step))
    return kept[::-1]


def _segments(sequence: Sequence, steps: list[tuple[int, Step]]) -> Iterator[Segment]:
    yield from _move("lead-in", sequence.lead_in, sequence.bells, title=_LEAD_IN)
    pairs = count()
    before: Step | None = None
    for number, step in steps:
        moves_itself = before is None or isinstance(before, TransitionStep)
        if isinstance(step, PoseStep | RestStep) and not moves_itself:
            for segment in _move("transition", sequence.transition, sequence.bells):
                yield replace(segment, step=number)
        for segment in _of_step(step, sequence, next(pairs)):
            yield replace(segment, step=number)
        before = step


def _move(
    kind: SpanKind,
    seconds: float | None,
    bells: Bells,
    *,
    title: Text = _MOVING,
    text: Text = Text(),
    fetch: Text = Text(),
) -> Iterator[Segment]:
    """A move of *seconds*; None lasts as long as the move takes, and 0 means no move."""
    if seconds != 0:
        yield Segment(kind, fixed(seconds or 0.0), title, auto=seconds is None, text=text, fetch=fetch, bells=bells)


def _of_step(step: Step, sequence: Sequence, pair: int) -> Iterator[Segment]:
    match step:
        case PoseStep():
            yield from _of_pose(step, sequence, pair)
        case TransitionStep():
            yield from _move("transition", step.seconds, sequence.bells, text=step.text, fetch=step.fetch)
        case BreatheStep():
            yield _of_breathe(step, sequence)
        case ScanStep():
            yield from _of_scan(step, sequence)
        case RestStep():
            yield _of_rest(step, sequence)
        case _:
            assert_never(step)


def _until_key(hold: Hold) -> float | None:
    """Seconds that *hold* lasts at most if it is open until a key; None if it is not."""
    return hold.max if hold.until_key else None


def _posed(kind: SpanKind, flex: Flex, pose: Pose, bells: Bells, side: Side | None = None) -> Segment:
    """A stay in *pose* on *side*, with its ways in and out and their positions."""
    return in_pose(Segment(kind, flex, side=side, bells=bells, opens=True, closes=True), pose)


def in_pose(segment: Segment, pose: Pose) -> Segment:
    """*segment* as a stay in *pose* on its side, with its ways in and out and their positions."""
    side = segment.side
    return replace(
        segment,
        title=pose.name,
        pose=pose,
        figure=figure_of(pose, side=side),
        way_in=pose.text,
        second=pose.second,
        way_out=pose.leave,
        position=pose.position and mirrored_position(pose.position, side),
        leaves=pose.leaves_in and mirrored_position(pose.leaves_in, side),
        into=INTO if pose.into is None else pose.into,
    )


def _of_pose(step: PoseStep, sequence: Sequence, pair: int) -> Iterator[Segment]:
    bells = sequence.bells.changed(step.bells) if step.bells else sequence.bells
    pose = as_done(step.pose, step.variation)
    turns = step.sides or (None,)
    for i, side in enumerate(turns):
        turn = i + 1 if len(turns) == 2 else 0
        if turn == 2:
            yield from _between(step.between, bells)
        held = _posed("hold", flexible(step.hold), pose, bells, side)
        yield replace(
            held,
            title=step.variation.name if step.variation else pose.name,
            turn=turn,
            way_in=step.text or held.way_in,
            second=Text() if step.text else held.second,
            notice=pose.notice,
            pacer=sequence.pacer if step.pacer is None else step.pacer,
            say=tuple(say for say in step.say if say.side in ("each", _TURN_NAMES[turn or 1])),
            pair=pair,
            stop=True,
            sides_next=turn == 1 and not step.between.pose,
            until_key=None if turn == 2 else _until_key(step.hold),  # the second side lasts as long as the first
        )
    if step.rebound:
        yield from _rebound(step, bells)


_TURN_NAMES = {1: "first", 2: "second"}


def _between(between: Between, bells: Bells) -> Iterator[Segment]:
    if between.pose:
        yield from _move("transition", between.leave, bells)
        yield replace(_posed("between", fixed(between.hold), between.pose, bells), sides_next=True)
    elif between.leave:
        yield from _move("transition", between.leave, bells)
    yield from _move("back", between.back, bells)


def _rebound(step: PoseStep, bells: Bells) -> Iterator[Segment]:
    rebound = step.rebound
    assert rebound is not None
    if rebound.pose:
        yield from _move("transition", rebound.leave, bells)
        rest = _posed("rebound", flexible(rebound.hold), rebound.pose, bells)
        yield replace(rest, until_key=_until_key(rebound.hold))
        return
    if rebound.leave or (rebound.leave is None and step.pose.kind == "pose"):
        yield from _move("transition", rebound.leave, bells)
    yield Segment(
        "rebound",
        flexible(rebound.hold),
        title=_REBOUND,
        way_in=_REBOUND_TEXT,
        stays=True,
        bells=bells,
        opens=True,
        closes=True,
        until_key=_until_key(rebound.hold),
    )


def _of_breathe(step: BreatheStep, sequence: Sequence) -> Segment:
    if step.hold:
        flex = Flex(step.hold.typical, step.hold.min, step.hold.max)
    else:
        flex = fixed(course_of(step.pattern, step.cycles or 1, step.ramp).seconds)
    return Segment(
        "breathe",
        flex,
        title=BREATHING,
        way_in=step.text,
        breathe=step,
        bells=sequence.bells,
        say=step.say,
        stop=True,
        opens=True,
        closes=True,
    )


def _of_scan(step: ScanStep, sequence: Sequence) -> Iterator[Segment]:
    last = len(step.entries) - 1
    for i, entry in enumerate(step.entries):
        yield Segment(
            "scan",
            flexible(entry.hold, _SCAN_GRAIN),
            title=entry.text,
            way_in=step.text if i == 0 else Text(),
            bells=sequence.bells,
            stop=i == 0,
            opens=i == 0,
            closes=i == last,
        )


def _of_rest(step: RestStep, sequence: Sequence) -> Segment:
    rest = _posed("rest", flexible(step.hold), step.pose or Pose(id="", name=REST), sequence.bells)
    return replace(
        rest,
        pose=step.pose,
        way_in=step.text or rest.way_in,
        notice=step.pose.notice if step.pose else (),
        pacer=step.pacer or Pacer(None),
        say=step.say,
        stop=True,
        own_min=step.own_min,
        until_key=_until_key(step.hold),
    )
