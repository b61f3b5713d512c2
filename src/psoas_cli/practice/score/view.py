"""Everything that a person sees at one instant of a practice, in words and figures: a pure function of the timeline."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil, inf

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.segments import RETURN, Segment, SpanKind, name_of, side_of, turn_of
from psoas_cli.practice.score.timeline import OFFERS, Span, Timeline

_INHALE = Text("Breathe in", "Adem in")
_EXHALE = Text("Breathe out", "Adem uit")
_RETENTION = Text("Pause", "Pauze")

NAME_FIRST = 10.0
"""Seconds at the start of a hold in which the pose's name is still the largest thing to see."""

_INSTANT = 1e-3
_CLOCK_TOLERANCE = 1e-6  # seconds; that of `clock_text`

_PHASE_WORDS: dict[PhaseKind, Text] = {
    "inhale": _INHALE,
    "exhale": _EXHALE,
    "retention": _RETENTION,
}


@dataclass(frozen=True, slots=True)
class BreathView:
    """The breath at an instant: its phase in a word, the count in it, and how full the lungs are (0..1)."""

    kind: PhaseKind
    word: str
    count: int
    fill: float
    number: int
    breaths: int


@dataclass(frozen=True, slots=True)
class View:
    """One instant of a practice.

    Args:
        kind: The kind of the span.
        name_first: Whether the name is the largest thing to see, instead of the countdown.
        title: The pose that comes while one moves, else what one is in.
        figure: The picture of that, for its side.
        side: The side, in the pose's own words; empty where there are none.
        turn: Which of two sides this is, in words; empty where there are none.
        remaining: Seconds until the span ends.
        lines: What is told in the span; where nothing is, how one came into what one is in.
        offer: What was last offered to notice, or said by a cue.
        breath: The breath, where one is paced.
        next: What comes after what *title* names; empty at the end.
        progress: How much of the practice is done, 0..1.
        left: Seconds until the practice ends.
        stop: The number of the stop that one is in, or moves to (from 1; 0 before the first).
        stops: How many stops there are.
    """

    kind: SpanKind
    name_first: bool
    title: str
    figure: Figure | None
    side: str
    turn: str
    remaining: float
    lines: tuple[str, ...]
    offer: str
    breath: BreathView | None
    next: str
    progress: float
    left: float
    stop: int
    stops: int


def view_at(timeline: Timeline, t: float, lang: Lang) -> View:
    """What is true *t* seconds into *timeline*, in *lang*."""
    index = timeline.index_at(t)
    span = timeline.spans[index]
    ahead = tuple(ahead_of(timeline, index))
    subject, *following = ahead if span.segment.moving and ahead else (span, *ahead)
    returning = span.segment.moving and not ahead
    return View(
        kind=span.segment.kind,
        name_first=_name_first(span, t),
        title=RETURN.said(lang) if returning else subject.segment.title.said(lang, subject.segment.side),
        figure=None if returning else subject.segment.figure,
        side=side_of(subject.segment, lang),
        turn=turn_of(subject.segment, lang),
        remaining=max(0.0, span.end - t),
        lines=_lines(span.segment, lang),
        offer=_offer(timeline, index, t, lang),
        breath=breath_at(span, t, lang),
        next=name_of(following[0].segment, lang) if following else "",
        progress=min(1.0, max(0.0, t / timeline.duration)),
        left=max(0.0, timeline.duration - t),
        stop=bisect_right(timeline.stops, subject.start),
        stops=len(timeline.stops),
    )


def still_until(timeline: Timeline, t: float, steps: int) -> float:
    """Until when what is seen at *t* stays as it is, in seconds from the start; after the end for ever.

    The bar of progress, which creeps, does not count; the fill of a breath counts in so many *steps* (0: not at all).
    """
    span = timeline.span_at(t)
    changes = [_next_second(span.end, t), _next_second(timeline.duration, t)]
    if t < span.end:
        changes.append(span.end)
    if span.segment.kind == "hold" and t < span.start + NAME_FIRST:
        changes.append(span.start + NAME_FIRST)
    if span.course:
        changes.append(span.start + span.course.still_until(t - span.start, steps))
    changes += [cue.at for cue in timeline.cues_in(t + _INSTANT, span.end)[:1]]  # it may offer something to notice
    return min(changes)


def _next_second(end: float, t: float) -> float:
    """When a clock that counts down to *end* shows another second than at *t*."""
    shown = ceil(end - t - _CLOCK_TOLERANCE)
    return end - (shown - 1) if shown > 0 else inf


def _name_first(span: Span, t: float) -> bool:
    """While one moves, as a hold begins, and all through a scan, whose regions are its names."""
    if span.segment.kind == "hold":
        return t - span.start < NAME_FIRST
    return span.segment.moving or span.segment.kind == "scan"


def breath_at(span: Span, t: float, lang: Lang) -> BreathView | None:
    """The breath at *t*; none where none is paced."""
    breath = span.course.at(t - span.start) if span.course else None
    if span.course is None or breath is None:
        return None
    word = _PHASE_WORDS[breath.phase.kind].said(lang)
    return BreathView(breath.phase.kind, word, breath.count, breath.fill, breath.number, span.course.breaths)


def ahead_of(timeline: Timeline, index: int) -> Iterator[Span]:
    """The next two spans after *index* in which one stays."""
    spans = (span for span in timeline.spans[index + 1 :] if not span.segment.moving)
    return islice(spans, 2)


def _lines(segment: Segment, lang: Lang) -> tuple[str, ...]:
    told = tuple(line for told in segment.told for line in told.shown(lang))
    return told or ((segment.way_in.said(lang, segment.side),) if segment.way_in and not segment.moving else ())


def _offer(timeline: Timeline, index: int, t: float, lang: Lang) -> str:
    """The last text offered in the span up to *t*."""
    start = timeline.spans[index].start
    cues = timeline.cues_in(start, t + _INSTANT)
    if timeline.spans[index].segment.kind == "scan":
        return ""  # its cues are its names
    said = [cue for cue in cues if cue.role in OFFERS and cue.span == index]
    return " ".join(said[-1].shown(lang)) if said else ""
