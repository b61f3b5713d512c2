"""Sounds for recordings: something like speech, a room, and the click of a key."""

import math
import random
from array import array
from functools import lru_cache

from psoas_cli.audio.samples import RATE, Samples, frames_of


@lru_cache
def babble(seconds: float, level: float = -20.0, pitch: float = 150.0) -> Samples:
    """A voice without words: harmonics that glide, in syllables of a quarter of a second.

    Its peak is at *level* dB of full scale; above that it is cut off.
    """
    frames = frames_of(seconds)
    phase, sound = 0.0, []
    for i in range(frames):
        phase += 2 * math.pi * pitch * (1 + 0.3 * math.sin(2 * math.pi * i / RATE / 1.7)) / RATE
        syllable = 0.2 + 0.8 * math.sin(math.pi * (i / RATE * 4 % 1)) ** 2
        sound.append(syllable * (math.sin(phase) + 0.6 * math.sin(3 * phase) + 0.4 * math.sin(7 * phase)))
    full = 32767 * 10 ** (level / 20) / max(map(abs, sound))
    return array("h", [max(-32768, min(32767, int(sample * full))) for sample in sound])


@lru_cache
def room(seconds: float, level: float = -65.0, seed: int = 1) -> Samples:
    """Noise whose RMS is at *level* dB of full scale."""
    rng, deviation = random.Random(seed), 32768 * 10 ** (level / 20)
    return array("h", [round(rng.gauss(0, deviation)) for _ in range(frames_of(seconds))])


def click(level: float = -20.0) -> Samples:
    """The click of a key, 10 ms, its peak at *level* dB of full scale."""
    noise = room(0.01, -20.0, seed=2)
    full = 32767 * 10 ** (level / 20) / max(map(abs, noise))
    return array("h", [int(sample * full) for sample in noise])


def mixed(base: Samples, *sounds: tuple[float, Samples]) -> Samples:
    """*base* with *sounds* on top, each from so many seconds on."""
    total = array("h", base)
    for at, sound in sounds:
        first = frames_of(at)
        for i, sample in enumerate(sound, first):
            total[i] = max(-32768, min(32767, total[i] + sample))
    return total
