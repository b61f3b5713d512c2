"""Beds of sound: loops without a seam. Everything is made in the frequency domain of the whole loop, so it is circular.

A bed lies under a practice for an hour: nothing in it begins, ends or stands out.
"""

import numpy as np
from numpy.typing import NDArray

from synthesis import RATE, Signal, gain_of

Levels = NDArray[np.float64]

_DARK, _MIDDLE, _BRIGHT = (60.0, 380.0), (300.0, 1100.0), (900.0, 2600.0)  # hertz


def ocean() -> Signal:
    """Swells of filtered noise, about six a minute and no two alike, in 80 s.

    Each rises in about four seconds and goes back in six, from a sea that is never silent. The brighter the band, the
    more it follows the swell, and the later: that is the wave that runs out on the sand. It is 10 dB from trough to
    crest, so that no wave startles.
    """
    frames, rng = 80 * RATE, np.random.default_rng(17)
    starts = np.cumsum([0, 9.2, 11.4, 8.1, 10.6, 12.3, 7.9, 9.8])
    heights = (0.80, 1.0, 0.62, 0.90, 0.72, 1.0, 0.66, 0.86)
    sea = np.zeros(frames)
    for (low, high), floor, swing, late in (
        (_DARK, 0.52, 0.55, 0.0),
        (_MIDDLE, 0.30, 0.85, 0.5),
        (_BRIGHT, 0.13, 0.62, 1.1),
    ):
        swell = _swells(frames, [(float(at) + late, height) for at, height in zip(starts, heights, strict=True)])
        sea += _noise(frames, low, high, rng) * (floor + swing * swell)
    return sea


def brown() -> Signal:
    """Soft brown noise in 64 s: 6 dB less an octave, without the rumble below 45 Hz and the hiss above 3 kHz."""
    frames = 64 * RATE
    hertz = _hertz(frames)
    shape = 1 / hertz / np.sqrt(1 + (45 / hertz) ** 6) / np.sqrt(1 + (hertz / 3000) ** 4)
    return _of_spectrum(shape, frames, np.random.default_rng(19))


def drone() -> Signal:
    """A calm chord on D and A, as of a tanpura whose strings are never heard to be plucked, in 72 s.

    Each string is a row of harmonics. Each of these is two frequencies that beat within four to twenty seconds, and
    swells and sinks at its own pace, so that the colour turns slowly.
    """
    seconds = 72
    frames, rng = seconds * RATE, np.random.default_rng(23)
    spectrum = np.zeros(frames // 2 + 1, np.complex128)
    for hertz, level in ((73.42, -5.0), (110.13, -4.0), (146.83, 0.0), (220.25, -5.0)):
        for harmonic in range(1, 9):
            pitch = round(hertz * harmonic * seconds)  # in turns a loop, so that the loop closes
            loud = gain_of(level - 7.0 * np.log2(harmonic) - max(0.0, hertz * harmonic - 500) / 60)
            turns = int(rng.integers(4, 18))  # of the beat in a loop
            pace = int(rng.integers(2, 7))  # of the swell in a loop
            for at, part in ((pitch, 1.0), (pitch + turns, 0.45)):
                phase, swell = rng.uniform(0, 2 * np.pi, 2)
                voice = loud * part * np.exp(1j * phase)
                spectrum[at] += voice
                spectrum[at - pace] += 0.22 * voice * np.exp(-1j * swell)
                spectrum[at + pace] += 0.22 * voice * np.exp(1j * swell)
    return np.asarray(np.fft.irfft(spectrum, frames) * frames)


def _swells(frames: int, swells: list[tuple[float, float]]) -> Levels:
    """The height of the sea (0..1) at each frame, from the start (seconds) and the height (0..1) of each swell."""
    length = frames / RATE
    t = np.arange(0, length, 0.05)
    sea = np.zeros(len(t))
    for start, height in swells:
        past = (t - start) % length
        rise, back = np.clip(past / 4.2, 0, 1), np.clip((past - 4.2) / 6.4, 0, 1)
        sea = np.maximum(sea, height * np.sin(np.pi / 2 * rise) ** 2 * np.cos(np.pi / 2 * back) ** 2)
    around = np.exp(-0.5 * (np.fft.fftfreq(len(t), 0.05) / 0.22) ** 2)  # without corners: they would be heard
    smooth = np.fft.irfft(np.fft.rfft(sea) * around[: len(t) // 2 + 1], len(t))
    return np.asarray(np.interp(np.arange(frames) / RATE, t, smooth, period=length))


def _noise(frames: int, low: float, high: float, rng: np.random.Generator) -> Signal:
    """Pink noise between *low* and *high* hertz, 12 dB less an octave outside, with a mean power of 1."""
    hertz = _hertz(frames)
    shape = 1 / np.sqrt(hertz) / (1 + (low / hertz) ** 2) / (1 + (hertz / high) ** 2)
    return _of_spectrum(shape, frames, rng)


def _of_spectrum(shape: Levels, frames: int, rng: np.random.Generator) -> Signal:
    """Noise with a spectrum of that *shape* and a mean power of 1."""
    noise = np.fft.irfft(shape * np.exp(2j * np.pi * rng.random(len(shape))), frames)
    return np.asarray(noise / np.sqrt((noise**2).mean()))


def _hertz(frames: int) -> Levels:
    """The frequencies of the spectrum of a loop of *frames*; the lowest is raised to 1 Hz."""
    return np.asarray(np.maximum(np.fft.rfftfreq(frames, 1 / RATE), 1.0))
