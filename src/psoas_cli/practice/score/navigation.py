"""Stops: where keys go on a timeline, and the chapters of a practice rendered to a file."""

from typing import NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import plan_name
from psoas_cli.practice.score.timeline import Timeline

SAME_STOP = 3.0
"""Seconds into a stop during which going back means the stop before it."""

_INSTANT = 1e-6


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


def next_stop(timeline: Timeline, here: float) -> float:
    """The next stop after *here*; after the last stop the end of its span, then the end of the practice."""
    ahead = [stop for stop in timeline.stops if stop > here + _INSTANT]
    if ahead:
        return ahead[0]
    span = timeline.span_at(here)
    return span.end if span.stop else timeline.duration


def stop_again(timeline: Timeline, here: float) -> float:
    """The start of the stop at *here*, or of the one before it if this one has just begun."""
    behind = [stop for stop in timeline.stops if stop <= here + _INSTANT]
    if not behind:
        return 0.0
    if here - behind[-1] <= SAME_STOP:
        return behind[-2] if len(behind) > 1 else 0.0
    return behind[-1]


def rest_ahead(timeline: Timeline, here: float) -> float | None:
    """When the final rest, or the quiet time in its place, begins; None once it has begun, or if there is none."""
    starts = (span.start for span in timeline.spans if span.segment.kind in ("rest", "quiet"))
    return next((start for start in starts if start > here), None)
