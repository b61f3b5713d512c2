"""From stop to stop: where keys go on a timeline, and the chapters of a practice that is listened to as a file."""

from typing import NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import plan_name
from psoas_cli.practice.score.timeline import Timeline

SAME_STOP = 3.0
"""Seconds into a stop in which going back means the stop before it."""

_INSTANT = 1e-6


class Chapter(NamedTuple):
    """A part of a file, [start, end) in seconds, and what it is called."""

    start: float
    end: float
    name: str


def chapters_of(timeline: Timeline, seconds: float, lang: Lang) -> list[Chapter]:
    """The chapters of a file of *seconds*: one from its beginning, and one from every stop, called as in its plan."""
    starts = [span for i, span in enumerate(timeline.spans) if i == 0 or span.stop]
    ends = [*(span.start for span in starts[1:]), seconds]
    return [Chapter(span.start, end, plan_name(span.segment, lang)) for span, end in zip(starts, ends, strict=True)]


def next_stop(timeline: Timeline, here: float) -> float:
    """The next stop after *here*; after the last one the end of what one is in, then the end of all."""
    ahead = [stop for stop in timeline.stops if stop > here + _INSTANT]
    if ahead:
        return ahead[0]
    span = timeline.span_at(here)
    return span.end if span.stop else timeline.duration


def stop_again(timeline: Timeline, here: float) -> float:
    """The start of the stop at *here*, or of the one before it where this one has just begun."""
    behind = [stop for stop in timeline.stops if stop <= here + _INSTANT]
    if not behind:
        return 0.0
    if here - behind[-1] <= SAME_STOP:
        return behind[-2] if len(behind) > 1 else 0.0
    return behind[-1]


def rest_ahead(timeline: Timeline, here: float) -> float | None:
    """Where the final rest begins, or the quiet time in its place, while it is still to come."""
    starts = (span.start for span in timeline.spans if span.segment.kind in ("rest", "quiet"))
    return next((start for start in starts if start > here), None)
