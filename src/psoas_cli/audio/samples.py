"""Samples: the format of every sound in psoas."""

from array import array
from typing import TypeAlias

RATE = 48_000
"""Frames a second, of all sounds and of the device."""

COMFORTABLE = 70
"""The volume (0..100) at which sounds are as loud as they were made."""

Samples: TypeAlias = "array[int]"
"""One channel of 16-bit samples, an `array('h')`; a sample is a frame."""


def frames_of(seconds: float) -> int:
    """*seconds* in frames, to the nearest frame."""
    return round(seconds * RATE)


def silence(frames: int) -> Samples:
    """*frames* of silence."""
    return array("h", bytes(2 * frames))
