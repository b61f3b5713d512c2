"""The loop under all other sounds: it has no end, and its level only ever changes gradually."""

from array import array
from typing import NamedTuple

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


class Loop:
    """Samples that are played over and over, unless there are none. All frames are those of the tape."""

    def __init__(self) -> None:
        self._samples: Samples = array("h")
        self._begin = 0
        self._ramp = _Ramp(0, 0, 0.0, 0.0)

    def lay(self, samples: Samples, at: int) -> None:
        """Play *samples* over and over from the frame *at*; if the loop is wanted already, it comes in from there."""
        self._samples, self._begin = samples, at
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
        return bool(self._samples) and (begin < self._ramp.end or self._ramp.high > 0)

    def points(self, begin: int, end: int) -> list[int]:
        """The frames between *begin* and *end* at which the slope of its level changes or it starts anew."""
        length = len(self._samples)
        seams = range(begin + (self._begin - begin) % length, end, length)
        return [self._ramp.begin, self._ramp.end, *seams]

    def level(self, first: int, last: int) -> Gain:
        """Its level from *first* up to *last*, both between the same two points."""
        return self._ramp.over(first, last)

    def samples(self, first: int, last: int) -> Samples:
        """Its samples from *first* up to *last*, both between the same two points."""
        begin = (first - self._begin) % len(self._samples)
        return self._samples[begin : begin + last - first]
