"""A sequence laid out as pieces: every span to come, with what is told in it, before its length is settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, islice
from typing import Literal, NamedTuple, assert_never

from psoas_cli.practice import words
from psoas_cli.practice.breathing import BreathSound, Course, course_of, course_within, whole_breaths
from psoas_cli.practice.figure import Figure, mirrored
from psoas_cli.practice.poses import Hold, Pose, Variation
from psoas_cli.practice.sequence import (
    Bells,
    BreatheStep,
    Pacer,
    PoseStep,
    RestStep,
    Say,
    ScanStep,
    Sequence,
    Step,
    TransitionStep,
)  # fmt: skip
from psoas_cli.practice.text import Side, Text

SpanKind = Literal["lead-in", "hold", "transition", "between", "rebound", "breathe", "scan", "rest", "quiet"]

MOVING: frozenset[SpanKind] = frozenset({"lead-in", "transition", "between"})
"""Kinds of span in which one moves to what comes."""

_HOLD_GRAIN = 5.0
_SCAN_GRAIN = 1.0


class Told(NamedTuple):
    """A text as it is told for a side, or for none."""

    text: Text
    side: Side | None = None


class Flex(NamedTuple):
    """How a piece's length may change when a practice is fitted, all in seconds.

    Without a grain it is fixed. A grain is what lengths are rounded down to.
    """

    typical: float
    min: float
    max: float
    grain: float = 0.0

    def at(self, k: float) -> float:
        """The length at scale *k* of its typical one."""
        if not self.grain:
            return self.typical
        low = max(self.grain, -(-self.min // self.grain) * self.grain)
        high = self.max // self.grain * self.grain
        if low > max(high, self.grain):
            return self.typical  # no multiple of the grain lies within its bounds
        scaled = (k * self.typical + 1e-6) // self.grain * self.grain
        return max(low, min(high, scaled))


def fixed(seconds: float) -> Flex:
    """A length that fitting leaves alone."""
    return Flex(seconds, seconds, seconds)


def flexible(hold: Hold, grain: float = _HOLD_GRAIN) -> Flex:
    """A length that fitting may change within the bounds of *hold*."""
    return Flex(hold.typical, hold.min, hold.max, grain)


@dataclass(frozen=True)
class Piece:
    """A span of the practice to come.

    Args:
        kind: What happens in it.
        flex: How long it is, and may become.
        title: What it is called: the pose, the region, the breathing.
        pose: The pose that one is in, where there is one.
        figure: Its picture, for its side.
        side: The side that it is on.
        turn: 1 on the first of two sides, 2 on the second, else 0.
        told: What is told in it, in order.
        way_in: What is told of it beforehand.
        way_out: What is told when one leaves it.
        notice: What it offers to attention, spread over it.
        pacer: The breath beside it.
        breathe: The breathing that it is, for a breathing step.
        settled: The breaths in it, once they do not follow from its length alone: those of a breathing step, and of a
            hold that keys changed while it ran.
        bells: The bells of it.
        say: Its cues.
        pair: The same number for the two sides of one pose: they last equally long.
        stop: Whether its start is a stop: a place that keys go to.
        opens: Whether the `hold` bell begins it.
        closes: Whether a bell ends it: `side` on the first of two sides, else `end`.
        own_min: For the rest, whether the file itself says how short it may become.
    """

    kind: SpanKind
    flex: Flex
    title: Text = Text()
    pose: Pose | None = None
    figure: Figure | None = None
    side: Side | None = None
    turn: int = 0
    told: tuple[Told, ...] = ()
    way_in: Told = Told(Text())
    way_out: Told = Told(Text())
    notice: tuple[Text, ...] = ()
    pacer: Pacer = Pacer(None)
    breathe: BreatheStep | None = None
    settled: Course | None = None
    bells: Bells = field(default_factory=Bells)
    say: tuple[Say, ...] = ()
    pair: int | None = None
    stop: bool = False
    opens: bool = False
    closes: bool = False
    own_min: bool = False

    @property
    def moving(self) -> bool:
        """Whether one moves in it to what comes."""
        return self.kind in MOVING

    @property
    def sound(self) -> BreathSound:
        """How its breath is heard."""
        return self.breathe.sound if self.breathe else self.pacer.sound

    def length(self, k: float) -> float:
        """Seconds at scale *k*; breathing comes in whole breaths."""
        return self._breathing(self.breathe, k).seconds if self.breathe else self.flex.at(k)

    def at_scale(self, k: float) -> "Piece":
        """The same piece at scale *k*: the breaths of a breathing step are settled."""
        return replace(self, settled=self._breathing(self.breathe, k)) if self.breathe else self

    def _breathing(self, step: BreatheStep, k: float) -> Course:
        if step.cycles:
            return course_of(step.pattern, step.cycles, step.ramp)
        seconds = max(self.flex.min, min(self.flex.max, k * self.flex.typical))
        return course_within(step.pattern, seconds, step.ramp)

    def course(self, seconds: float) -> Course | None:
        """The whole breaths in it when it lasts *seconds*; none where no breath is paced."""
        if self.settled or self.pacer.pattern is None:
            return self.settled
        breaths = whole_breaths(self.pacer.pattern, self.paced(seconds))
        return Course(((self.pacer.pattern, breaths),)) if breaths else None

    def paced(self, seconds: float) -> float:
        """For how long a breath is paced in it when it lasts *seconds*."""
        return min(seconds, self.pacer.limit or seconds)


def optional_steps(sequence: Sequence) -> int:
    """How many steps a short practice may leave out."""
    return sum(isinstance(step, PoseStep) and step.optional for step in sequence.steps)


def pieces_of(sequence: Sequence, left_out: int = 0) -> tuple[Piece, ...]:
    """The pieces of *sequence* in order, without its last *left_out* optional steps."""
    pieces = untold_pieces(sequence, left_out)
    return tuple(_with_told(pieces, i) for i in range(len(pieces)))


def untold_pieces(sequence: Sequence, left_out: int = 0, most: int | None = None) -> tuple[Piece, ...]:
    """The same, *most* of them, without what is told in them from before and after: enough for lengths, and faster."""
    return tuple(islice(_pieces(sequence, _kept(sequence.steps, left_out)), most))


def quiet_piece(seconds: float, bells: Bells) -> Piece:
    """Quiet time at the end, for what a fitted practice without a rest has left."""
    told = (Told(words.QUIET_TEXT),)
    return Piece("quiet", fixed(seconds), title=words.QUIET, told=told, bells=bells, stop=True, opens=True)


def _kept(steps: tuple[Step, ...], left_out: int) -> list[Step]:
    kept: list[Step] = []
    for step in reversed(steps):
        if left_out and isinstance(step, PoseStep) and step.optional:
            left_out -= 1
        else:
            kept.append(step)
    return kept[::-1]


def _pieces(sequence: Sequence, steps: list[Step]) -> Iterator[Piece]:
    if sequence.lead_in:
        yield Piece("lead-in", fixed(sequence.lead_in), title=words.LEAD_IN, bells=sequence.bells)
    pairs = count()
    before: Step | None = None
    for step in steps:
        moves_itself = before is None or isinstance(before, TransitionStep)
        if isinstance(step, PoseStep | RestStep) and not moves_itself and sequence.transition:
            yield Piece("transition", fixed(sequence.transition), title=words.MOVING, bells=sequence.bells)
        yield from _of_step(step, sequence, next(pairs))
        before = step


def _of_step(step: Step, sequence: Sequence, pair: int) -> Iterator[Piece]:
    match step:
        case PoseStep():
            yield from _of_pose(step, sequence, pair)
        case TransitionStep():
            if step.seconds:
                told = (Told(step.text),) if step.text else ()
                piece = Piece("transition", fixed(step.seconds), words.MOVING, told=told, bells=sequence.bells)
                yield piece
        case BreatheStep():
            yield _of_breathe(step, sequence)
        case ScanStep():
            yield from _of_scan(step, sequence)
        case RestStep():
            yield _of_rest(step, sequence)
        case _:
            assert_never(step)


def _of_pose(step: PoseStep, sequence: Sequence, pair: int) -> Iterator[Piece]:
    bells = sequence.bells.changed(step.bells) if step.bells else sequence.bells
    variation = step.variation
    text = step.text or (variation.text if variation else Text()) or step.pose.text
    turns = step.sides or (None,)
    for i, side in enumerate(turns):
        turn = i + 1 if len(turns) == 2 else 0
        if turn == 2:
            yield from _between(step, bells)
        yield Piece(
            "hold",
            flexible(step.hold),
            title=variation.name if variation else step.pose.name,
            pose=step.pose,
            figure=figure_of(step.pose, variation, side),
            side=side,
            turn=turn,
            way_in=Told(text, side),
            way_out=Told(step.pose.leave, side),
            notice=step.pose.notice,
            pacer=sequence.pacer if step.pacer is None else step.pacer,
            bells=bells,
            say=tuple(say for say in step.say if say.side in ("each", _TURN_NAMES[turn or 1])),
            pair=pair,
            stop=True,
            opens=True,
            closes=True,
        )
    if step.rebound:
        yield from _rebound(step, bells)


_TURN_NAMES = {1: "first", 2: "second"}


def figure_of(pose: Pose | None, variation: Variation | None = None, side: Side | None = None) -> Figure | None:
    """The picture of *pose*, done as *variation* where one is given, on *side*."""
    figure = (variation and variation.figure) or (pose and pose.figure)
    return mirrored(figure) if figure and side == "left" else figure or None


def main_figure(sequence: Sequence) -> Figure | None:
    """The picture of the pose that *sequence* stays in for longest; one that is held comes before one rested in."""
    seen = [piece for piece in untold_pieces(sequence) if piece.figure and not piece.moving]
    held = [piece for piece in seen if piece.kind == "hold"]
    return max(held or seen, key=lambda piece: piece.flex.typical).figure if seen else None


def _between(step: PoseStep, bells: Bells) -> Iterator[Piece]:
    between = step.between
    if between.leave:
        yield Piece("transition", fixed(between.leave), title=words.MOVING, bells=bells)
    pose = between.pose
    if between.hold:
        way_in = Told(pose.text) if pose else Told(Text())
        title = pose.name if pose else words.OTHER_SIDE
        yield Piece(
            "between", fixed(between.hold), title=title, pose=pose, figure=figure_of(pose), way_in=way_in, bells=bells
        )


def _rebound(step: PoseStep, bells: Bells) -> Iterator[Piece]:
    rebound = step.rebound
    assert rebound is not None
    if rebound.leave:
        yield Piece("transition", fixed(rebound.leave), title=words.MOVING, bells=bells)
    pose = rebound.pose
    yield Piece(
        "rebound",
        flexible(rebound.hold),
        title=pose.name if pose else words.REBOUND,
        pose=pose,
        figure=figure_of(pose),
        way_in=Told(pose.text if pose else words.REBOUND_TEXT),
        way_out=Told(pose.leave) if pose else Told(Text()),
        bells=bells,
        opens=True,
        closes=True,
    )


def _of_breathe(step: BreatheStep, sequence: Sequence) -> Piece:
    if step.hold:
        flex = Flex(step.hold.typical, step.hold.min, step.hold.max)
    else:
        flex = fixed(course_of(step.pattern, step.cycles or 1, step.ramp).seconds)
    return Piece(
        "breathe",
        flex,
        title=words.BREATHING,
        way_in=Told(step.text),
        breathe=step,
        bells=sequence.bells,
        say=step.say,
        stop=True,
        opens=True,
        closes=True,
    )


def _of_scan(step: ScanStep, sequence: Sequence) -> Iterator[Piece]:
    last = len(step.entries) - 1
    for i, entry in enumerate(step.entries):
        yield Piece(
            "scan",
            flexible(entry.hold, _SCAN_GRAIN),
            title=entry.text,
            way_in=Told(step.text) if i == 0 else Told(Text()),
            bells=sequence.bells,
            stop=i == 0,
            opens=i == 0,
            closes=i == last,
        )


def _of_rest(step: RestStep, sequence: Sequence) -> Piece:
    return Piece(
        "rest",
        flexible(step.hold),
        title=step.pose.name if step.pose else words.REST,
        pose=step.pose,
        figure=figure_of(step.pose),
        way_in=Told(step.text or (step.pose.text if step.pose else Text())),
        way_out=Told(step.pose.leave) if step.pose else Told(Text()),
        notice=step.pose.notice if step.pose else (),
        pacer=step.pacer or Pacer(None),
        bells=sequence.bells,
        say=step.say,
        stop=True,
        opens=True,
        closes=True,
        own_min=step.own_min,
    )


def _with_told(pieces: tuple[Piece, ...], i: int) -> Piece:
    """The piece at *i* with all that is told in it: the way out of what was, its own, the way into what comes."""
    piece = pieces[i]
    told = [*piece.told, piece.way_in]
    if not piece.told and i and (piece.moving or piece.kind == "rebound"):
        told.insert(0, pieces[i - 1].way_out)
    if piece.moving and i + 1 < len(pieces):
        told.append(pieces[i + 1].way_in)
    return replace(piece, told=tuple(each for each in told if each.text))
