"""Samples: what every sound here is made of."""

from array import array
from typing import TypeAlias

RATE = 48_000
"""Frames a second, everywhere: what the sounds are written in and the device is opened with."""

COMFORTABLE = 70
"""The volume, 0..100, at which sounds are as loud as they were made."""

Samples: TypeAlias = "array[int]"
"""One channel of 16-bit samples, an `array('h')`; a sample is a frame."""


def frames_of(seconds: float) -> int:
    """The length in frames of *seconds*, to the nearest frame."""
    return round(seconds * RATE)


def silence(frames: int) -> Samples:
    """*frames* of nothing."""
    return array("h", bytes(2 * frames))
