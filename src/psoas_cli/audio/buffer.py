"""Buffers, which sum the sounds of one stretch of the tape: without numpy, a whole slice at a time."""

import math
from array import array
from itertools import repeat
from operator import add, mul
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from psoas_cli.audio.samples import FULL, Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

KNEE = 24_000
"""2.7 dB below full scale: softer samples pass unchanged, louder ones are bent smoothly towards full scale."""

Gain: TypeAlias = "float | array[float]"
"""A factor on samples: one number for all of them, or an `array('d')` with one for each."""


class Fade(NamedTuple):
    """The place of a stretch in a fade-out of *whole* frames: it starts *past* frames after the fade did."""

    past: int
    whole: int


class Buffer(Protocol):
    """The sum of sounds over a stretch of the tape. Everything added has the same length, at least one frame."""

    def add(self, samples: Samples, fade: Fade | None = None, gain: Gain = 1.0) -> None:
        """Add *samples*, fading out if *fade* is given, and multiplied by *gain*."""

    def scale(self, gain: Gain) -> None:
        """Multiply everything added so far by *gain*."""

    def samples(self) -> Samples:
        """The sum in 16 bits: above the knee it is bent towards full scale."""


class PlainBuffer:
    """A buffer in pure Python. Two sounds cost about one per cent of a core."""

    def __init__(self) -> None:
        self._total: Sequence[int] = ()

    def add(self, samples: Samples, fade: Fade | None = None, gain: Gain = 1.0) -> None:
        """Add *samples*, fading out if *fade* is given, and multiplied by *gain*; the first are kept without a copy."""
        part: Sequence[int] = samples if fade is None else _faded(samples, fade)
        part = _scaled(part, gain) if gain != 1 else part
        self._total = list(map(add, self._total, part)) if self._total else part

    def scale(self, gain: Gain) -> None:
        """Multiply everything added so far by *gain*."""
        self._total = _scaled(self._total, gain)

    def samples(self) -> Samples:
        """The sum in 16 bits; a single sound that needs no change is returned as it was added."""
        total = self._total
        if min(total) < -KNEE or max(total) > KNEE:
            total = list(map(bent, total))
        return total if isinstance(total, array) else array("h", total)


def _scaled(samples: "Sequence[int]", gain: Gain) -> list[int]:
    gains = gain if isinstance(gain, array) else repeat(gain)
    return list(map(math.trunc, map(mul, samples, gains)))  # a third faster than int, up to Python 3.12


def _faded(samples: Samples, fade: Fade) -> list[int]:
    left = range(fade.whole - fade.past, fade.whole - fade.past - len(samples), -1)
    return [sample * still // fade.whole for sample, still in zip(samples, left, strict=True)]


def bent(sample: float) -> int:
    """Limit *sample* to 16 bits: above the knee it is bent smoothly towards full scale."""
    if -KNEE <= sample <= KNEE:
        return int(sample)
    room = FULL - KNEE
    return int(math.copysign(KNEE + room * math.tanh((abs(sample) - KNEE) / room), sample))
