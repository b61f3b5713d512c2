"""Places: where keys go on a timeline, and the chapters of a practice rendered to a file."""

from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import plan_name
from psoas_cli.practice.score.timeline import Span, Timeline

SAME_PLACE = 3.0
"""Seconds into a stay during which going back means the one before it."""

_INSTANT = 1e-6
_start = attrgetter("start")


class Chapter(NamedTuple):
    """A part of a file, [start, end) in seconds, and its name."""

    start: float
    end: float
    name: str


def chapters_of(timeline: Timeline, seconds: float, lang: Lang) -> list[Chapter]:
    """The chapters of a file of *seconds*: one from its start and one from each stop, named as in the plan."""
    starts = [span for i, span in enumerate(timeline.spans) if i == 0 or span.stop]
    ends = [*(span.start for span in starts[1:]), seconds]
    return [Chapter(span.start, end, plan_name(span.segment, lang)) for span, end in zip(starts, ends, strict=True)]


def next_place(timeline: Timeline, here: float) -> Span | None:
    """What comes after the stay that one is in, or moves to, at *here*: the next place, or the way back at the end.

    None where nothing follows but the end of the practice.
    """
    stay = timeline.stay_at(here)
    if stay is None:
        return None
    number = bisect_right(timeline.places, stay.start + _INSTANT, key=_start)
    if number < len(timeline.places):
        return timeline.places[number]
    return next((span for span in timeline.spans if span.start > stay.start and span.segment.moving), None)


def place_again(timeline: Timeline, here: float) -> float:
    """The start of the place at *here*, or of the one before it if this one has just begun; at the first, the start."""
    behind = [place.start for place in timeline.places if place.start <= here + _INSTANT]
    if behind and here - behind[-1] <= SAME_PLACE:
        behind.pop()
    return behind[-1] if behind else 0.0


def place_anew(timeline: Timeline, here: float) -> float:
    """The start of the place that one is in, or moves to, at *here*: of the practice, while one still settles in."""
    stay = timeline.stay_at(here)
    if timeline.span_at(here).segment.kind == "lead-in" or stay is None:
        return place_again(timeline, here)
    return [place.start for place in timeline.places if place.start <= stay.start + _INSTANT][-1]


def rest_ahead(timeline: Timeline, here: float) -> float | None:
    """When the final rest, or the quiet time in its place, begins; None once it has begun, or if there is none."""
    starts = (span.start for span in timeline.spans if span.segment.kind in ("rest", "quiet"))
    return next((start for start in starts if start > here), None)
