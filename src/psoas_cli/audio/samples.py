"""Samples: the format of every sound in psoas."""

from array import array
from collections.abc import Callable
from itertools import repeat
from operator import mul
from typing import TypeAlias

RATE = 48_000
"""Frames a second, of all sounds and of the device."""

FULL = 32_767
"""The largest sample."""

_MANY = 200_000  # samples from which on there are likely more than different ones

COMFORTABLE = 70
"""The volume (0..100) at which sounds are as loud as they were made."""

LATENCY = 0.060
"""Seconds from the time the clock fit gives for a frame until it is heard: constant, measured through PulseAudio."""

LONGEST = 120.0
"""The most seconds of a sound that are read, as a file may come from anywhere."""

Samples: TypeAlias = "array[int]"
"""One channel of 16-bit samples, an `array('h')`; a sample is a frame."""


def frames_of(seconds: float) -> int:
    """*seconds* in frames, to the nearest frame."""
    return round(seconds * RATE)


def silence(frames: int) -> Samples:
    """*frames* of silence."""
    return array("h", bytes(2 * frames))


def louder(samples: Samples, decibels: float) -> Samples:
    """*samples*, louder by *decibels* (softer if negative), within 16 bits: up to 20 ms a second without numpy."""
    factor = 10 ** (decibels / 20)
    if factor * max(max(samples, default=0), -min(samples, default=0)) > FULL:
        return array("h", [max(-FULL, min(FULL, int(sample * factor))) for sample in samples])
    return array("h", map(int, map(mul, samples, repeat(factor))))


def changed(samples: Samples, change: Callable[[int], float]) -> Samples:
    """*samples*, each as *change* makes it, which depends on its value alone and must give 16 bits.

    Of a long sound, each value is changed once, and then looked up: a third of the time.
    """
    if len(samples) < _MANY:
        return array("h", map(int, map(change, samples)))
    made = list(map(int, map(change, (*range(FULL + 1), *range(-FULL - 1, 0)))))  # negative ones count from the end
    result: Samples = array("h")
    for begin in range(0, len(samples), RATE):  # in pieces, as other threads wait for each
        result.extend(map(made.__getitem__, samples[begin : begin + RATE]))
    return result


def wav_of(samples: Samples) -> bytes:
    """*samples* as the content of a WAV file."""
    import io
    import wave

    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, RATE, len(samples), "NONE", ""))
        file.writeframes(samples)
    return written.getvalue()
