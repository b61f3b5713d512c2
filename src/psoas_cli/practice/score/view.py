"""Everything shown at one instant of a practice, in words and figures: a pure function of the timeline."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from math import ceil, floor, inf

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.navigation import next_place
from psoas_cli.practice.score.open_hold import is_open
from psoas_cli.practice.score.segments import RETURN, Segment, SpanKind, place_name, side_of, turn_of
from psoas_cli.practice.score.timeline import OFFERS, Span, Timeline

_INHALE = Text("Breathe in", "Adem in")
_EXHALE = Text("Breathe out", "Adem uit")
_RETENTION = Text("Pause", "Pauze")

NAME_FIRST = 10.0
"""Seconds at the start of a hold during which its name comes before the countdown, and the way in is what matters."""

_INSTANT = 1e-3  # seconds
_CLOCK_TOLERANCE = 1e-6  # seconds; the same as in `clock_text`

PHASE_WORDS: dict[PhaseKind, Text] = {
    "inhale": _INHALE,
    "exhale": _EXHALE,
    "retention": _RETENTION,
}
"""What is shown in a phase of a breath."""


@record(frozen=True)
class BreathView:
    """The breath at one instant: its phase as a word, the count within it, and how full the lungs are (0..1)."""

    kind: PhaseKind
    word: str
    count: int
    fill: float
    number: int
    breaths: int


@record(frozen=True)
class View:
    """One instant of a practice.

    Args:
        kind: The kind of the span.
        name_first: Whether the name is the largest thing on screen, rather than the countdown.
        title: The name of the stay, or of the next one during a move.
        figure: The picture of that stay, for its side.
        side: Its side, in the pose's own words; empty if it has none.
        turn: Which of two sides it is, in words; empty if it is not one of two.
        remaining: Seconds until the span ends.
        open: Whether it lasts until the person goes on.
        lasted: Seconds since the span began.
        lines: What is told in the span; if nothing is, the way in to the stay; in its softer form, how it changed.
        offer: What was last offered to notice, or said by a cue.
        breath: The breath, if one is paced.
        paced: Whether a breath is paced in the stay that *title* names.
        settled: Whether one has been in that stay for a while.
        next: The name of the place that the key for the next one goes to; empty where nothing follows but the end.
        progress: How much of the practice is done, 0..1, as far as its end is to be expected.
        left: Seconds until the practice is expected to end.
        stop: The number of the stop that one is in or moves to (from 1; 0 before the first).
        stops: The number of stops.
    """

    kind: SpanKind
    name_first: bool
    title: str
    figure: Figure | None
    side: str
    turn: str
    remaining: float
    open: bool
    lasted: float
    lines: tuple[str, ...]
    offer: str
    breath: BreathView | None
    paced: bool
    settled: bool
    next: str
    progress: float
    left: float
    stop: int
    stops: int


def view_at(timeline: Timeline, t: float, lang: Lang) -> View:
    """The view *t* seconds into *timeline*, in *lang*."""
    index = timeline.index_at(t)
    span = timeline.spans[index]
    ahead = tuple(ahead_of(timeline, index))
    subject = ahead[0] if span.segment.moving and ahead else span
    returning = span.segment.moving and not ahead
    expected = timeline.expected(t)
    return View(
        kind=span.segment.kind,
        name_first=_name_first(span, t),
        title=RETURN.said(lang) if returning else subject.segment.title.said(lang, subject.segment.side),
        figure=None if returning else subject.segment.figure,
        side=side_of(subject.segment).said(lang),
        turn=turn_of(subject.segment, lang),
        remaining=max(0.0, span.end - t),
        open=is_open(span.segment, t - span.start),
        lasted=min(max(0.0, t - span.start), span.length),
        lines=_lines(span.segment, lang),
        offer=_offer(timeline, index, t, lang),
        breath=breath_at(span, t, lang),
        paced=subject.course is not None,
        settled=not span.segment.moving and t - span.start >= NAME_FIRST,
        next=_next(timeline, t).said(lang),
        progress=min(1.0, max(0.0, t / expected)),
        left=max(0.0, expected - t),
        stop=bisect_right(timeline.stops, subject.start),
        stops=len(timeline.stops),
    )


def _next(timeline: Timeline, t: float) -> Text:
    place = next_place(timeline, t)
    if place is None:
        return Text()
    return RETURN if place.segment.moving else place_name(place.segment)


def still_until(timeline: Timeline, t: float, steps: int) -> float:
    """When what is shown at *t* next changes, in seconds from the start; infinity after the end.

    The progress bar, which creeps, does not count; the fill of a breath counts in *steps* steps (0: not at all).
    """
    span = timeline.span_at(t)
    changes = [_next_second(span.end, t), _next_second(timeline.expected(t), t)]
    if is_open(span.segment, t - span.start):
        changes += [*_next_of_open(timeline, span, t)]
    if t < span.end:
        changes.append(span.end)
    if not span.segment.moving and t < span.start + NAME_FIRST:
        changes.append(span.start + NAME_FIRST)
    if span.course:
        changes.append(span.start + span.course.still_until(t - span.start, steps))
    coming = timeline.cues_in(t + _INSTANT, span.end)[:1]  # which may offer something to notice, shown that much sooner
    changes += [max(t, cue.at - _INSTANT) for cue in coming]
    return min(changes)


def next_change(timeline: Timeline, t: float, steps: int, grid: float) -> float:
    """When what is shown next changes after *t*, in seconds from the start, rounded up to a grid of *grid* seconds.

    The grid begins with the practice: so whole seconds are seen in time, and what changes in between is seen together.
    The end of a span does not wait for the grid. *steps* is the same as for `still_until`.
    """
    change = still_until(timeline, t, steps)
    number = max(ceil(change / grid - _CLOCK_TOLERANCE), floor(t / grid + _CLOCK_TOLERANCE) + 1)
    end = timeline.span_at(t).end
    return min(number * grid, end if end - t > _CLOCK_TOLERANCE else inf)


def _next_second(end: float, t: float) -> float:
    """When a clock that counts down to *end* next shows another second than at *t*."""
    shown = ceil(end - t - _CLOCK_TOLERANCE)
    return end - (shown - 1) if shown > 0 else inf


def _next_of_open(timeline: Timeline, span: Span, t: float) -> Iterator[float]:
    """When the clock of *span*, which is open, next shows another second than at *t*, or the time left grows by one."""
    yield span.start + floor(t - span.start + _CLOCK_TOLERANCE) + 1
    left = timeline.expected(t) - t
    yield t + max(0.0, ceil(left - _CLOCK_TOLERANCE) - left) + 2 * _CLOCK_TOLERANCE


def _name_first(span: Span, t: float) -> bool:
    """Whether the name comes first: during moves, as a hold begins, and throughout a scan, to name its regions."""
    if span.segment.kind == "hold":
        return t - span.start < NAME_FIRST
    return span.segment.moving or span.segment.kind == "scan"


def breath_at(span: Span, t: float, lang: Lang) -> BreathView | None:
    """The breath at *t*; None if none is paced."""
    breath = span.course.at(t - span.start) if span.course else None
    if span.course is None or breath is None:
        return None
    word = PHASE_WORDS[breath.phase.kind].said(lang)
    return BreathView(breath.phase.kind, word, breath.count, breath.fill, breath.number, span.course.breaths)


def ahead_of(timeline: Timeline, index: int) -> Iterator[Span]:
    """The next two stays after span *index*."""
    return islice(timeline.stays_from(index + 1), 2)


def _lines(segment: Segment, lang: Lang) -> tuple[str, ...]:
    if segment.from_here:
        return (segment.from_here.said(lang, segment.side),)
    told = tuple(line for told in segment.told for line in told.shown(lang))
    return told or ((segment.way_in.said(lang, segment.side),) if segment.way_in and not segment.moving else ())


def _offer(timeline: Timeline, index: int, t: float, lang: Lang) -> str:
    """The last text offered in the span up to *t*, or since a key made it softer."""
    span = timeline.spans[index]
    softer = span.start + span.segment.changed_at
    start = softer if t >= softer else span.start  # who went back hears it all again
    cues = timeline.cues_in(start, t + _INSTANT)
    if span.segment.kind == "scan":
        return ""  # its cues are the names of its regions
    said = [cue for cue in cues if cue.role in OFFERS and cue.span == index]
    return " ".join(said[-1].shown(lang)) if said else ""
