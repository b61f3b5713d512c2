"""Ducking: while someone speaks, all else is softer, and nobody hears when that begins or ends.

How soft it is follows from the frame alone, so that it does not matter in which blocks a tape is pulled.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat

from psoas_cli.audio.buffer import Gain
from psoas_cli.audio.samples import frames_of

DOWN = frames_of(0.2)
"""Frames before speech in which all else becomes softer, evenly."""

BACK = frames_of(0.5)
"""Frames after speech in which all else comes back."""

SOFTER = 10 ** (-10 / 20)
"""How loud all else is meanwhile: 10 dB less."""


@dataclass(slots=True, eq=False)
class Duck:
    """What one speech asks of the others.

    Args:
        begin: The frame from which they become softer: before the speech, or now where that has gone by.
        end: The frame from which they come back.
    """

    begin: int
    end: int

    @property
    def points(self) -> tuple[int, ...]:
        """The frames at which it turns; between them it is even."""
        return self.begin, self.begin + DOWN, self.end, self.end + BACK

    def give_up(self, at: int) -> None:
        """There will be no speech after all: come back from the frame *at* on, from how soft it is by then."""
        down = max(0.0, min(1.0, (at - self.begin) / DOWN))
        self.end = min(self.end, at - round(BACK * (1 - down)))

    def gain(self, first: int, last: int) -> Gain:
        """How loud the others are in the frames from *first* up to *last*, which lie between two of its points."""
        return _either(max, self._down(first, last), self._back(first, last))

    def _down(self, first: int, last: int) -> Gain:
        if first < self.begin:
            return 1.0
        if first >= self.begin + DOWN:
            return SOFTER
        gone = range(first - self.begin, last - self.begin)
        return array("d", [1 - (1 - SOFTER) * past / DOWN for past in gone])

    def _back(self, first: int, last: int) -> Gain:
        if first < self.end:
            return SOFTER
        if first >= self.end + BACK:
            return 1.0
        gone = range(first - self.end, last - self.end)
        return array("d", [SOFTER + (1 - SOFTER) * past / BACK for past in gone])


def ducked(ducks: Iterable[Duck], first: int, last: int) -> Gain:
    """How loud all but speech is from *first* up to *last*, between two points of every duck: as the lowest says."""
    lowest: Gain = 1.0
    for duck in ducks:
        lowest = _either(min, lowest, duck.gain(first, last))
    return lowest


def _either(choose: Callable[[float, float], float], one: Gain, other: Gain) -> Gain:
    """Of two gains the one that *choose* takes, frame by frame."""
    if not isinstance(one, array) and not isinstance(other, array):
        return choose(one, other)
    ones, others = (each if isinstance(each, array) else repeat(each) for each in (one, other))
    return array("d", map(choose, ones, others))
