"""Ducking: during speech everything else is softer, with changes too gradual to notice.

The gain depends on the frame alone, so it does not matter in which blocks the tape is pulled.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat

from psoas_cli.audio.buffer import Gain
from psoas_cli.audio.samples import frames_of

DOWN = frames_of(0.2)
"""Frames before speech over which everything else becomes softer, linearly."""

BACK = frames_of(0.5)
"""Frames after speech over which everything else comes back, linearly."""

SOFTER = 10 ** (-10 / 20)
"""The gain of everything else during speech: -10 dB."""


@dataclass(slots=True, eq=False)
class Duck:
    """The ducking for one clip of speech.

    Args:
        begin: The frame from which the rest becomes softer: `DOWN` before the speech, or now if that has passed.
        end: The frame from which the rest comes back.
    """

    begin: int
    end: int

    @property
    def points(self) -> tuple[int, ...]:
        """The frames at which the slope of the gain changes; between them it is linear."""
        return self.begin, self.begin + DOWN, self.end, self.end + BACK

    def give_up(self, at: int) -> None:
        """Cancel the speech: come back from the frame *at*, starting at the gain reached by then."""
        down = max(0.0, min(1.0, (at - self.begin) / DOWN))
        self.end = min(self.end, at - round(BACK * (1 - down)))

    def gain(self, first: int, last: int) -> Gain:
        """The gain of the rest from *first* up to *last*, both between the same two points."""
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
    """The gain of all but speech from *first* up to *last*, between two points of every duck: the lowest of theirs."""
    lowest: Gain = 1.0
    for duck in ducks:
        lowest = _either(min, lowest, duck.gain(first, last))
    return lowest


def _either(choose: Callable[[float, float], float], one: Gain, other: Gain) -> Gain:
    """Whichever of two gains *choose* picks, frame by frame."""
    if not isinstance(one, array) and not isinstance(other, array):
        return choose(one, other)
    ones, others = (each if isinstance(each, array) else repeat(each) for each in (one, other))
    return array("d", map(choose, ones, others))
