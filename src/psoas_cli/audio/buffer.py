"""Strips: stretches of the tape on which sounds are added up, without numpy, by whole slices of arrays."""

import math
from array import array
from itertools import repeat
from operator import add, mul
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from psoas_cli.audio.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = 32_767
"""The loudest sample."""

KNEE = 24_000
"""2.7 dB below full scale: what is softer passes untouched, what is louder bends towards it, without a corner."""

Gain: TypeAlias = "float | array[float]"
"""What samples are multiplied by: one figure for all of them, or one for each, an `array('d')`."""


class Fade(NamedTuple):
    """Where a stretch is in a fade: *past* frames after its begin, *whole* frames of it in all."""

    past: int
    whole: int


class Buffer(Protocol):
    """A stretch of the tape as it comes to be. All that is added to one is equally long, at least a frame."""

    def add(self, samples: Samples, fade: Fade | None = None) -> None:
        """Let *samples* sound too, softer from frame to frame where they *fade*."""

    def scale(self, gain: Gain) -> None:
        """Make all that was added so far as loud as *gain* says."""

    def samples(self) -> Samples:
        """The sum, within 16 bits: above the knee it bends towards full scale."""


class PlainBuffer:
    """A strip that needs nothing but Python: two sounds cost about one per cent of a core."""

    def __init__(self) -> None:
        self._total: Sequence[int] = ()

    def add(self, samples: Samples, fade: Fade | None = None) -> None:
        """Let *samples* sound too; the first ones are the sum themselves."""
        segment: Sequence[int] = samples if fade is None else _faded(samples, fade)
        self._total = list(map(add, self._total, segment)) if self._total else segment

    def scale(self, gain: Gain) -> None:
        """Make it as loud as *gain* says."""
        gains = gain if isinstance(gain, array) else repeat(gain)
        self._total = list(map(int, map(mul, self._total, gains)))

    def samples(self) -> Samples:
        """The sum; what was added alone and untouched is given back as it is."""
        total = self._total
        if min(total) < -KNEE or max(total) > KNEE:
            total = list(map(bent, total))
        return total if isinstance(total, array) else array("h", total)


def _faded(samples: Samples, fade: Fade) -> list[int]:
    left = range(fade.whole - fade.past, fade.whole - fade.past - len(samples), -1)
    return [sample * still // fade.whole for sample, still in zip(samples, left, strict=True)]


def bent(sample: float) -> int:
    """*sample* within 16 bits: above the knee it bends towards full scale, without a corner."""
    if -KNEE <= sample <= KNEE:
        return int(sample)
    room = FULL - KNEE
    return int(math.copysign(KNEE + room * math.tanh((abs(sample) - KNEE) / room), sample))
