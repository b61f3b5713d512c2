"""An open hold, which lasts until the person goes on: what is told of it and what rings in it, and when."""

from collections.abc import Iterable, Iterator

from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.passage import AFTER_BELL, APART, calmly
from psoas_cli.practice.score.segments import Segment, SpanKind

OPEN = Text("Stay as long as you like. Enter goes on.", "Blijf zolang je wilt. Met Enter ga je verder.")
"""What is told of an open hold."""

IS_OPEN = Text("open", "open")
"""That a hold is open, in a word."""

OPENABLE: frozenset[SpanKind] = frozenset({"hold", "rebound", "rest"})
"""The kinds of stay that may be open."""

_AFTER_START = 8.0  # seconds from the start of a hold that is open from then on, so that one has settled in
_AFTER_STROKE = 1.5  # seconds after the stroke of one that a key opened
_LASTING = 6.0  # seconds that the line takes at most, with silence after it
_BEFORE_THE_END = 20.0  # seconds left in the hold after the line: for what is said as it ends
_MINUTE = 60.0
_LAST = 15.0  # seconds before the end of a hold without a stroke
_INSTANT = 1e-3


def planned_length(segment: Segment, length: float) -> float:
    """The length that *segment*, which lasts *length*, would have if it were not open."""
    return segment.open.planned if segment.open else length


def is_open(segment: Segment, elapsed: float) -> bool:
    """Whether *segment* is open *elapsed* seconds into it."""
    return segment.open is not None and elapsed > segment.open.since - _INSTANT


def strokes(segment: Segment, length: float) -> Iterator[tuple[int, float]]:
    """The minutes of *segment*, which lasts *length*, while it is open: the number of each, and when it is over.

    The minute 0 is over as a key opens the hold: a stroke is the answer.
    """
    if segment.open is None:
        return
    since = segment.open.since
    if since > _INSTANT:
        yield 0, since
    number = int(since // _MINUTE) + 1
    while (at := number * _MINUTE) < length - _LAST:
        yield number, at
        number += 1


def line_at(segment: Segment, length: float, said: Iterable[tuple[float, float]]) -> float | None:
    """When it is told that *segment*, which lasts *length*, is open; None if there is no time, or it is not.

    It comes once the way in has been told, and not while the file speaks.

    Args:
        segment: The hold.
        length: The length of the hold, in seconds.
        said: When the file speaks in it, each with the seconds that this takes.
    """
    if segment.open is None:
        return None
    since = segment.open.since
    at = since + (_AFTER_STROKE if since > _INSTANT else _AFTER_START)
    if segment.told:
        at = max(at, AFTER_BELL + calmly(segment.told) + APART)
    for begin, seconds in sorted(said):
        if begin - _LASTING < at < begin + seconds + APART:
            at = begin + seconds + APART
    return at if at + _BEFORE_THE_END < length else None
