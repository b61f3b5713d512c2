"""The overview of a practice: what its plan lists, in full and at a glance."""

from collections.abc import Iterator
from dataclasses import replace

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.open_hold import IS_OPEN
from psoas_cli.practice.score.segments import SCAN, Segment, name_of
from psoas_cli.practice.score.timeline import Span, Timeline

PLAN = Text("The plan", "Het plan")
_MOVING = Text("Moving", "Bewegen")
_MOVING_AND_RESTS = Text("Moving and short rests", "Bewegen en even rusten")


@record(frozen=True)
class PlanItem:
    """A pose with its sides, or another part of the plan at a glance.

    Args:
        name: What it is called.
        start: Where its first side begins, in seconds from the start of the practice.
        lengths: The length of each side, in seconds; one length if it has no sides.
        open: Whether it is open until a key; it may become shorter or longer.
    """

    name: str
    start: float
    lengths: tuple[float, ...]
    open: bool = False

    @property
    def is_even(self) -> bool:
        """Whether all its sides last equally long, to a second."""
        return len(set(map(clock_text, self.lengths))) == 1

    @property
    def measure(self) -> str:
        """Its length in figures: `4:40`, `2 × 2:45`, or `2:45 + 3:15`."""  # noqa: RUF002 - the sign is meant
        if len(self.lengths) > 1 and self.is_even:
            return f"{len(self.lengths)} × {clock_text(self.lengths[0])}"  # noqa: RUF001 - the sign is meant
        return " + ".join(map(clock_text, self.lengths))

    def measured(self, lang: Lang) -> str:
        """Its length in figures, with a word before it if that is open."""
        return f"{IS_OPEN.said(lang)} {self.measure}" if self.open else self.measure


def listed(timeline: Timeline) -> Iterator[int]:
    """Yield the numbers of the spans that have a row in the plan: all, but of a scan only its stops."""
    return (i for i, span in enumerate(timeline.spans) if span.segment.kind != "scan" or span.stop)


def whole_of(timeline: Timeline, index: int) -> list[Span]:
    """Span number *index* alone, or all spans of the scan that begins with it."""
    whole = [timeline.spans[index]]
    for following in timeline.spans[index + 1 :]:
        if whole[0].segment.kind != "scan" or following.segment.kind != "scan" or following.stop:
            break
        whole.append(following)
    return whole


def length_of(timeline: Timeline, index: int) -> float:
    """Length of span number *index* in seconds, or of the whole scan that begins with it."""
    return sum(map(timeline.lasting, whole_of(timeline, index)))


def at_a_glance(timeline: Timeline, lang: Lang) -> tuple[PlanItem, ...]:
    """The stops of *timeline*: the two sides of a pose are one of them, and so is all of a scan."""
    found: list[PlanItem] = []
    before: Span | None = None
    for index in listed(timeline):
        span = timeline.spans[index]
        if not span.stop:
            continue
        length = length_of(timeline, index)
        segment = span.segment
        if before and segment.turn == 2 and segment.pair == before.segment.pair:
            found[-1] = replace(found[-1], lengths=(*found[-1].lengths, length))
        elif before and segment.kind == before.segment.kind == "scan":
            found[-1] = replace(found[-1], lengths=(found[-1].lengths[0] + length,))
        else:
            found.append(PlanItem(_called(span, lang), span.start, (length,), _is_open(segment)))
        before = span
    return tuple(found)


def _is_open(segment: Segment) -> bool:
    return segment.until_key is not None or segment.open is not None


def between_stops(timeline: Timeline, lang: Lang) -> PlanItem | None:
    """What lies before, between and after the stops of *timeline*, as one more row of its plan; None if nothing."""
    others = [timeline.spans[index] for index in listed(timeline) if not timeline.spans[index].stop]
    length = sum(span.length for span in others)
    name = _MOVING if all(span.segment.moving for span in others) else _MOVING_AND_RESTS
    return PlanItem(name.said(lang), timeline.duration, (length,)) if length else None


def _called(span: Span, lang: Lang) -> str:
    """The name of the stop that *span* is; without its side where the other side follows."""
    if span.segment.kind == "scan":
        return SCAN.said(lang)
    if span.segment.turn:
        return span.segment.title.said(lang, span.segment.side)
    return name_of(span.segment).said(lang)
