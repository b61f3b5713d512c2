"""Segments: the spans of a practice to come, each with how its length may change until it is settled."""

from dataclasses import field, replace
from typing import Literal, NamedTuple

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.poses import INTO, Hold, Pose
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sequence import Bells, BreatheStep, Pacer, Say
from psoas_cli.practice.model.text import LANGS, Lang, Side, Text, capitalised, uncapitalised
from psoas_cli.practice.score.breathing import Course, course_of, course_within, whole_breaths
from psoas_cli.practice.score.passage import Passage

BREATHING = Text("Breathing", "Ademen")
SCAN = Text("Body scan", "Bodyscan")
REST = Text("Rest", "Rust")
RETURN = Text("Coming back", "Terugkomen")
_FIRST_OF_TWO = Text("first of two sides", "eerste van twee kanten")
_SECOND_OF_TWO = Text("second of two sides", "tweede van twee kanten")
SIDE = Text("[right] side", "[rechter]kant")
_SCAN_ROUND = Text("{scan}: {round}", "{scan}: {round}")
_ON_A_SIDE = Text("{title}, {side}", "{title}, {side}")

SpanKind = Literal["lead-in", "hold", "transition", "between", "back", "rebound", "breathe", "scan", "rest", "quiet"]

MOVING: frozenset[SpanKind] = frozenset({"lead-in", "transition", "back"})
"""Kinds of span in which one moves to what comes next; `back` is the move to the second side."""

_HOLD_GRAIN = 5.0  # seconds
_LONGEST_ROUND = 40  # letters of the name of a scan's round


class Flex(NamedTuple):
    """How a segment's length may change when a practice is fitted, in seconds.

    Lengths are rounded down to a multiple of the grain; with a grain of 0 the length is fixed.
    """

    typical: float
    min: float
    max: float
    grain: float = 0.0

    def at(self, k: float) -> float:
        """The typical length scaled by *k*, within its bounds."""
        if not self.grain:
            return self.typical
        low = max(self.grain, -(-self.min // self.grain) * self.grain)
        high = self.max // self.grain * self.grain
        if low > max(high, self.grain):
            return self.typical  # no multiple of the grain lies within its bounds
        scaled = (k * self.typical + 1e-6) // self.grain * self.grain
        return max(low, min(high, scaled))


def fixed(seconds: float) -> Flex:
    """A length that fitting does not change."""
    return Flex(seconds, seconds, seconds)


def flexible(hold: Hold, grain: float = _HOLD_GRAIN) -> Flex:
    """A length that fitting may change within the bounds of *hold*."""
    return Flex(hold.typical, hold.min, hold.max, grain)


class Open(NamedTuple):
    """How a hold is open, which lasts until the person goes on.

    Args:
        since: Seconds from its start at which it was opened.
        planned: Seconds that it would have lasted.
    """

    since: float
    planned: float


@record(frozen=True)
class Segment:
    """A span of the practice to come.

    Args:
        kind: What happens in it.
        flex: Its length, and how that may change.
        title: The name of its pose, region or breathing.
        pose: The pose, if there is one.
        figure: The picture of the pose, for its side.
        side: The side that it is on.
        turn: 1 on the first of two sides, 2 on the second, otherwise 0.
        auto: For a move: whether it lasts as long as it takes, rather than as long as the file says.
        takes: For a move: how long it takes to say what is told in it and to do it, in seconds.
        told: What is told in it, in order.
        fetch: For a move: which props the file says to have ready.
        text: For a move: how to move, in the file's own words.
        way_in: How to come into it.
        second: How to come into it on the second side, if that takes fewer words.
        way_out: How to leave it.
        position: The position in which its way in begins, also taken as the position during it; None if unknown.
        leaves: The position that one is in after leaving it, if that is another one.
        into: How long coming into it takes once that is told, in seconds.
        stays: Whether it goes on in the position that one is already in.
        notice: What it offers to notice.
        pacer: The breath that is paced in it.
        breathe: The breathing step, if it is one.
        settled: The breaths in it, if they do not follow from its length alone: those of a breathing step, and of a
            hold that keys changed while it ran.
        bells: Its bells.
        say: Its cues.
        pair: A number that the two sides of one pose share; they last equally long.
        stop: Whether its start is a stop: a place that keys go to.
        opens: Whether the `hold` bell begins it.
        closes: Whether a bell ends it: `side` before the second of two sides, otherwise `end`.
        sides_next: Whether the second side comes next.
        own_min: For the rest: whether the file itself says how short it may become.
        step: The number of its step in the sequence; -1 if it belongs to none.
        until_key: Seconds that it lasts at most if the file has it open until a key; None if it does not.
        open: How it is open; None while it is not.
        plain: The same as it was before a key made it softer; None if none did.
        from_here: What to change for that; empty if the key was not pressed in it.
        changed_at: Seconds from its start at which it was pressed.
    """

    kind: SpanKind
    flex: Flex
    title: Text = Text()
    pose: Pose | None = None
    figure: Figure | None = None
    side: Side | None = None
    turn: int = 0
    auto: bool = False
    takes: float = 0.0
    told: tuple[Passage, ...] = ()
    fetch: Text = Text()
    text: Text = Text()
    way_in: Text = Text()
    second: Text = Text()
    way_out: Text = Text()
    position: Position | None = None
    leaves: Position | None = None
    into: float = INTO
    stays: bool = False
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
    sides_next: bool = False
    own_min: bool = False
    step: int = -1
    until_key: float | None = None
    open: Open | None = None
    plain: "Segment | None" = None
    from_here: Text = Text()
    changed_at: float = 0.0

    @property
    def moving(self) -> bool:
        """Whether one moves in it to what comes next."""
        return self.kind in MOVING

    @property
    def sound(self) -> BreathSound:
        """How its breath sounds."""
        return self.breathe.sound if self.breathe else self.pacer.sound

    def length(self, k: float) -> float:
        """Seconds at scale *k*; breathing lasts for whole breaths."""
        return self._breathing(self.breathe, k).seconds if self.breathe else self.flex.at(k)

    def at_scale(self, k: float) -> "Segment":
        """The same segment at scale *k*, with the breaths of a breathing step settled."""
        return replace(self, settled=self._breathing(self.breathe, k)) if self.breathe else self

    def _breathing(self, step: BreatheStep, k: float) -> Course:
        if step.cycles:
            return course_of(step.pattern, step.cycles, step.ramp)
        seconds = max(self.flex.min, min(self.flex.max, k * self.flex.typical))
        return course_within(step.pattern, seconds, step.ramp)

    def course(self, seconds: float) -> Course | None:
        """The whole breaths in it when it lasts *seconds*; None if no breath is paced."""
        if self.settled or self.pacer.pattern is None:
            return self.settled
        breaths = whole_breaths(self.pacer.pattern, self.paced(seconds))
        return Course(((self.pacer.pattern, breaths),)) if breaths else None

    def paced(self, seconds: float) -> float:
        """For how many seconds the breath is paced when it lasts *seconds*."""
        return min(seconds, self.pacer.limit or seconds)


def side_of(segment: Segment) -> Text:
    """The side of *segment* in the pose's own words, such as `Right foot forward`; empty if it has none."""
    if segment.side is None:
        return Text()
    label = (segment.pose.side_label if segment.pose else None) or SIDE
    return label.changed(capitalised, segment.side)


def turn_of(segment: Segment, lang: Lang) -> str:
    """Which of two sides *segment* is, in words; empty if it is not one of two."""
    turns = {1: _FIRST_OF_TWO, 2: _SECOND_OF_TWO}
    return turns[segment.turn].said(lang) if segment.turn else ""


def name_of(segment: Segment) -> Text:
    """The title of *segment* with its side, on one line."""
    side = side_of(segment)
    title = segment.title.changed(str, segment.side)
    return _ON_A_SIDE.filled(title=title, side=side.changed(uncapitalised)) if side else title


def place_name(segment: Segment) -> Text:
    """The name of the place that begins with *segment*; a scan is called by what announces its round, if that is short.

    A region is a word or two; an announcement is a sentence.
    """
    if segment.kind != "scan":
        return name_of(segment)
    announces = all(text.endswith(".") and len(text) <= _LONGEST_ROUND for text in map(segment.title.said, LANGS))
    round_ = segment.title.changed(lambda said: uncapitalised(said.removesuffix(".")))
    return _SCAN_ROUND.filled(scan=SCAN, round=round_) if announces else SCAN


def plan_name(segment: Segment, lang: Lang) -> str:
    """The name of *segment* in a plan, with which of two sides it is; all of a scan goes by one name."""
    name = place_name(segment).said(lang)
    turn = turn_of(segment, lang)
    return f"{name} · {turn}" if turn else name
