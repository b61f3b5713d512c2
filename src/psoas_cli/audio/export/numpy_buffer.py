"""Buffers that use numpy, if it is installed: they make a file several times as fast, with the same result.

Nothing imports this during a practice: summing two sounds is cheap without numpy, and importing numpy is not.
"""

from array import array
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from psoas_cli.audio.buffer import KNEE, Fade, Gain
from psoas_cli.audio.samples import FULL, Samples

_Wave: TypeAlias = NDArray[np.signedinteger[Any]]


class NumpyBuffer:
    """A buffer whose sum is a numpy array, rounded as in `PlainBuffer`."""

    def __init__(self) -> None:
        self._total: _Wave = np.zeros(0, np.int16)

    def add(self, samples: Samples, fade: Fade | None = None, gain: Gain = 1.0) -> None:
        """Add *samples*, fading out if *fade* is given, and multiplied by *gain*; the first are kept without a copy."""
        part: _Wave = np.frombuffer(samples, np.int16)
        if fade is not None:
            still = fade.whole - fade.past - np.arange(len(part))
            part = part * still // fade.whole
        if gain != 1:
            part = _scaled(part, gain)
        self._total = np.add(self._total, part, dtype=np.int32) if len(self._total) else part

    def scale(self, gain: Gain) -> None:
        """Multiply everything added so far by *gain*."""
        self._total = _scaled(self._total, gain)

    def samples(self) -> Samples:
        """The sum in 16 bits: above the knee it is bent towards full scale."""
        total = self._total
        if total.min() < -KNEE or total.max() > KNEE:
            total = np.where(np.abs(total) > KNEE, _bent(total), total)
        return array("h", total.astype(np.int16).tobytes())


def _scaled(wave: _Wave, gain: Gain) -> _Wave:
    return (wave * np.asarray(gain, np.float64)).astype(np.int32)


def _bent(total: _Wave) -> _Wave:
    room = FULL - KNEE
    bent = KNEE + (room * np.tanh((np.abs(total.astype(np.int32)) - KNEE) / room)).astype(np.int32)
    return np.where(total > 0, bent, -bent)
