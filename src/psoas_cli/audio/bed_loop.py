"""The loop under all other sounds: it has no end, and its level only ever changes gradually."""

from array import array
from typing import NamedTuple, Protocol

from psoas_cli.audio.buffer import Gain
from psoas_cli.audio.samples import Samples, frames_of

RISE = 8.0
"""Seconds over which it comes in at the beginning of a practice."""

AGAIN = 3.0
"""Seconds over which it comes back after a pause."""

PAUSE = 1.0
"""Seconds over which it goes out in a pause."""

LEAVE = 20.0
"""Seconds over which it goes out at the end of a practice, at least."""


def leaving(duration: float, tail: float) -> tuple[float, float]:
    """The position at which the loop begins to go out, and how many seconds that takes.

    It is gone once the last bell has died away.

    Args:
        duration: Seconds of the practice.
        tail: Seconds that the last bell rings on after it.
    """
    begin = max(0.0, duration - max(0.0, LEAVE - tail))
    return begin, duration + tail - begin


class _Ramp(NamedTuple):
    """A level that goes from *low* to *high* between two frames, linearly, and stays there. It may also fall."""

    begin: int
    end: int
    low: float
    high: float

    def at(self, frame: int) -> float:
        """The level at *frame*."""
        if frame >= self.end:
            return self.high
        return self.low + (self.high - self.low) * max(0, frame - self.begin) / (self.end - self.begin)

    def over(self, first: int, last: int) -> Gain:
        """The levels from *first* up to *last*."""
        if first >= self.end or self.low == self.high:
            return self.high
        step = (self.high - self.low) / (self.end - self.begin)
        return array("d", [self.low + step * past for past in range(first - self.begin, last - self.begin)])


class Endless(Protocol):
    """Sound that never ends."""

    def take(self, frames: int) -> Samples:
        """The next *frames* of it."""


class Loop:
    """A source and its level. All frames are those of the tape; while it is not heard, the source stands still."""

    def __init__(self) -> None:
        self._source: Endless | None = None
        self._ramp = _Ramp(0, 0, 0.0, 0.0)

    def lay(self, source: Endless, at: int) -> None:
        """Play *source* from the frame *at*; if the loop is wanted already, it comes in from there."""
        self._source = source
        self.come_again(at)

    def fade(self, level: float, at: int, seconds: float) -> None:
        """Go from the level at the frame *at* to *level* (0..1) over *seconds*."""
        self._ramp = _Ramp(at, at + max(1, frames_of(seconds)), self._ramp.at(at), level)

    def come_again(self, at: int) -> None:
        """Be silent at the frame *at*, and come back from there as slowly as the level last changed."""
        begin, end, _, level = self._ramp
        self._ramp = _Ramp(at, at + end - begin, 0.0, level)

    def is_heard(self, begin: int) -> bool:
        """Whether it is heard at the frame *begin* or comes in from there."""
        return self._source is not None and (begin < self._ramp.end or self._ramp.high > 0)

    @property
    def points(self) -> tuple[int, int]:
        """The frames at which the slope of its level changes."""
        return self._ramp.begin, self._ramp.end

    def level(self, first: int, last: int) -> Gain:
        """Its level from *first* up to *last*, both between the same two points."""
        return self._ramp.over(first, last)

    def take(self, frames: int) -> Samples:
        """Its next *frames*. Call only if it is heard."""
        assert self._source is not None
        return self._source.take(frames)
