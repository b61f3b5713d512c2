"""The chapters of a practice: its beginning and its stops, for whoever listens to it as a file."""

from typing import NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import plan_name
from psoas_cli.practice.score.timeline import Timeline


class Chapter(NamedTuple):
    """A part of a file, [start, end) in seconds, and what it is called."""

    start: float
    end: float
    name: str


def chapters_of(timeline: Timeline, seconds: float, lang: Lang) -> list[Chapter]:
    """The chapters of a file of *seconds*: one from its beginning, and one from every stop, called as in its plan."""
    starts = [span for i, span in enumerate(timeline.spans) if i == 0 or span.stop]
    ends = [*(span.start for span in starts[1:]), seconds]
    return [Chapter(span.start, end, plan_name(span.piece, lang)) for span, end in zip(starts, ends, strict=True)]
