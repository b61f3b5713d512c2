"""Loudness as the standard has it: sines of a known level, pauses that do not count, silence."""

from __future__ import annotations

import math
from array import array
from random import Random
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio.loudness import integrated, integrated_speech, momentary
from psoas_cli.audio.samples import RATE, silence

if TYPE_CHECKING:
    from psoas_cli.audio.samples import Samples

FULL = -3.01  # BS.1770: a sine of 1 kHz at 0 dBFS, in one channel


def sine(seconds: float, dbfs: float = 0.0) -> Samples:
    peak = 32767 * 10 ** (dbfs / 20)
    return array("h", [round(peak * math.sin(2 * math.pi * 997 * i / RATE)) for i in range(round(seconds * RATE))])


def test_the_loudest_moment_is_the_standard_s() -> None:
    assert momentary(sine(0.5)) == pytest.approx(FULL, abs=0.05)
    assert momentary(sine(1, -40) + sine(0.5, -20)) == pytest.approx(FULL - 20, abs=0.05)
    assert momentary(silence(RATE)) == -math.inf


@pytest.mark.parametrize(
    ("sound", "louder"),
    [
        (sine(2, -20), 0.0),
        (sine(2, -20) + silence(4 * RATE), 0.0),
        (sine(2, -20) + sine(4, -45), 0.0),
        (sine(2, -20) + sine(2, -26), -2.0),
    ],
    ids=["one level", "silence after it", "a soft pause after it", "softer, but no pause"],
)
def test_of_the_whole_only_pauses_do_not_count(sound: Samples, louder: float) -> None:
    # where a window lies across the end of a part, it counts in part
    assert integrated(sound) == pytest.approx(FULL - 20 + louder, abs=0.4)


def voiced(seconds: float, pitch: float, hiss: float) -> Samples:
    """Something like speech: syllables of a harmonic tone, each with some *hiss* up to 24 kHz at its end."""
    chance = Random(7)
    tones = [(pitch * number, 4000 / number**1.5) for number in range(1, 30)]
    clip = array("h")
    for i in range(round(seconds * RATE)):
        syllable = i / RATE % 0.3 / 0.3
        tone = sum(peak * math.sin(2 * math.pi * hertz * i / RATE) for hertz, peak in tones) if syllable < 0.7 else 0.0
        noise = hiss * chance.uniform(-1, 1) if 0.6 < syllable < 0.9 else 0.0
        clip.append(round(max(-32767.0, min(32767.0, tone * math.sin(math.pi * syllable) + noise))))
    return clip


@pytest.mark.parametrize("pitch", [85, 120, 210, 300])
@pytest.mark.parametrize("hiss", [0, 500, 3000])
def test_of_speech_it_is_measured_quickly_and_as_well(pitch: float, hiss: float) -> None:
    clip = voiced(0.9, pitch, hiss)
    assert integrated_speech(clip) == pytest.approx(integrated(clip), abs=0.2)


def test_what_is_shorter_than_a_window_is_measured_too() -> None:
    assert integrated(sine(0.1, -20)) == pytest.approx(FULL - 20 - 6.02, abs=0.2)
    assert integrated(silence(480)) == -math.inf
