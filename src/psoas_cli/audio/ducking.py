"""Ducking: during speech everything else is softer, and a bed during bells, too, with changes too gradual to notice.

The gain depends on the frame alone, so it does not matter in which blocks the tape is pulled.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from psoas_cli.audio.buffer import Gain
from psoas_cli.audio.samples import frames_of

DOWN = frames_of(0.2)
"""Frames before a sound over which others become softer for it, linearly."""

BACK = frames_of(0.5)
"""Frames after speech over which everything else comes back, linearly."""

SOFTER = 10 ** (-10 / 20)
"""The gain of everything else during speech: -10 dB."""

BED_BACK = frames_of(2.0)
"""Frames after speech over which a bed comes back: it never stops, so that anything faster would be a swell."""

UNDER_BELLS = 10 ** (-6 / 20)
"""The gain of a bed during the first half of a bell: -6 dB."""

AFTER_BELLS = frames_of(3.0)
"""Frames over which a bed comes back, while the bell dies away."""


@dataclass(slots=True, eq=False)
class Duck:
    """The ducking of others for one sound, such as a clip of speech.

    Args:
        begin: The frame from which they become softer: `DOWN` before the sound, or now if that has passed.
        end: The frame from which they come back.
        softer: Their gain meanwhile.
        back: Frames over which they come back.
    """

    begin: int
    end: int
    softer: float = SOFTER
    back: int = BACK

    @property
    def points(self) -> tuple[int, ...]:
        """The frames at which the slope of the gain changes; between them it is linear."""
        return self.begin, self.begin + DOWN, self.end, self.over

    @property
    def over(self) -> int:
        """The frame from which the others are as loud as before."""
        return self.end + self.back

    def give_up(self, at: int) -> None:
        """Cancel the sound: come back from the frame *at*, starting at the gain reached by then."""
        down = max(0.0, min(1.0, (at - self.begin) / DOWN))
        self.end = min(self.end, at - round(self.back * (1 - down)))

    def gain(self, first: int, last: int) -> Gain:
        """The gain of the others from *first* up to *last*, both between the same two points."""
        if first >= self.begin + DOWN:
            return self._back(first, last)
        if last <= self.end:
            return self._down(first, last)
        return _either(max, self._down(first, last), self._back(first, last))

    def _down(self, first: int, last: int) -> Gain:
        if first < self.begin:
            return 1.0
        if first >= self.begin + DOWN:
            return self.softer
        return _ramp(1.0, self.softer, DOWN, range(first - self.begin, last - self.begin))

    def _back(self, first: int, last: int) -> Gain:
        if first < self.end:
            return self.softer
        if first >= self.over:
            return 1.0
        return _ramp(self.softer, 1.0, self.back, range(first - self.end, last - self.end))


def ducked(ducks: Iterable[Duck], first: int, last: int) -> Gain:
    """The gain of the others from *first* up to *last*, between two points of every duck: the lowest of theirs."""
    lowest: Gain = 1.0
    for duck in ducks:
        gain = duck.gain(first, last)
        lowest = gain if lowest == 1 else _either(min, lowest, gain)
    return lowest


def product(one: Gain, other: Gain) -> Gain:
    """Two gains in a row, as one."""
    if isinstance(one, array):
        if not isinstance(other, array):
            return one if other == 1 else array("d", map(mul, one, repeat(other)))
        return array("d", map(mul, one, other))
    return product(other, one) if isinstance(other, array) else one * other


def _ramp(one: float, other: float, frames: int, part: range) -> "array[float]":
    """The gains of *part* of what goes from *one* to *other* over *frames*."""
    step = (other - one) / frames
    return array("d", [one + step * past for past in part])


def _either(choose: Callable[[float, float], float], one: Gain, other: Gain) -> Gain:
    """Whichever of two gains *choose* picks, frame by frame."""
    if not isinstance(one, array) and not isinstance(other, array):
        return choose(one, other)
    ones, others = (each if isinstance(each, array) else repeat(each) for each in (one, other))
    return array("d", map(choose, ones, others))
