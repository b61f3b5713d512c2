"""What is spoken, as it comes: soft, clipped, late, uneven; it is heard as loud as the bowls, and at once."""

from __future__ import annotations

import math
import random
from array import array
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.audio import loudness, normalize
from psoas_cli.audio.loudness import integrated, near_peak
from psoas_cli.audio.samples import RATE, changed, silence
from psoas_cli.errors import PsoasError

if TYPE_CHECKING:
    from collections.abc import Callable

    from psoas_cli.audio.samples import Samples


def speech(seconds: float, peak: float, *, uneven: float = 1.0, sharp: int = 5) -> Samples:
    """Syllables of a buzzing noise, clipped where they must be; every fifth is *uneven* times as loud."""
    chance = random.Random(1)
    samples = array("h")
    for number in range(round(seconds * 4)):
        loud = peak * chance.uniform(0.4, 1) * (uneven if number % 5 == 0 else 1)
        for i in range(RATE // 4):
            shape = math.sin(math.pi * min(1, i / (RATE * 0.18))) if i < RATE * 0.18 else 0
            tone = math.sin(2 * math.pi * 150 * i / RATE) ** sharp + 0.1 * chance.uniform(-1, 1)
            samples.append(max(-32768, min(32767, round(loud * shape * tone))))
    return samples


def noise(seconds: float, peak: int) -> Samples:
    chance = random.Random(2)
    return array("h", [chance.randint(-peak, peak) for _ in range(round(seconds * RATE))])


def silent_for(samples: Samples) -> float:
    """Seconds until something is heard."""
    loudest = max(map(abs, samples))
    return next(i for i, sample in enumerate(samples) if abs(sample) > loudest / 100) / RATE


SOUNDS: dict[str, Callable[[], Samples]] = {
    "soft": lambda: speech(1.5, 300),
    "clipped": lambda: speech(1.5, 100_000),
    "two seconds late": lambda: silence(2 * RATE) + speech(1.5, 8000) + silence(RATE),
    "in a room that hums": lambda: noise(0.5, 20) + speech(1.5, 8000) + noise(0.5, 20),
    "uneven": lambda: speech(2.5, 1500, uneven=12),
    "with sharp peaks": lambda: speech(1.5, 8000, sharp=101),
    "one syllable": lambda: speech(0.25, 8000),
    "very soft": lambda: speech(1.5, 220),
}


@cache
def fitted(name: str) -> Samples:
    return normalize.fitted_speech(SOUNDS[name](), "my.wav")


@pytest.mark.parametrize("name", [*SOUNDS][:-1])
def test_however_it_was_recorded_it_is_as_loud_as_the_bowls_and_begins_at_once(name: str) -> None:
    clip = fitted(name)
    assert integrated(clip) == pytest.approx(-20, abs=1)
    assert silent_for(clip) <= 0.1
    assert clip[0] == clip[-1] == 0
    assert len(clip) / RATE < 2.7


def test_peaks_are_bent_and_not_cut() -> None:
    clip = fitted("with sharp peaks")
    assert 24_000 < max(map(abs, clip)) < 32_767


def test_what_breaks_off_does_not_click() -> None:
    clip = normalize.fitted_speech(speech(1, 8000)[: RATE // 10], "my.wav")
    assert max(map(abs, clip[-24:])) < 0.1 * max(map(abs, clip))


@pytest.mark.parametrize("sound", [silence(RATE), noise(1, 3), array("h", [5])], ids=["silence", "hiss", "a click"])
def test_silence_says_nothing(sound: Samples) -> None:
    with pytest.raises(PsoasError, match=r"my\.wav is silent"):
        normalize.fitted_speech(sound, "my.wav")
    with pytest.raises(PsoasError, match=r"my\.wav is silent"):
        normalize.length_of_speech(sound, "my.wav")


@pytest.mark.parametrize("name", SOUNDS)
def test_how_long_it_will_be_is_known_before_it_is_fitted(name: str) -> None:
    assert normalize.length_of_speech(SOUNDS[name](), "my.wav") == len(fitted(name))


def test_two_minutes_are_looked_at_without_listening_to_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed = []

    def watched(samples: Samples, *rest: Any) -> list[float]:
        weighed.append(len(samples))
        return power(samples, *rest)

    power = loudness._weighted_power
    monkeypatch.setattr(loudness, "_weighted_power", watched)
    long = (speech(2.5, 8000) * 48)[: 118 * RATE]
    assert normalize.length_of_speech(long, "my.wav") == pytest.approx(118 * RATE, abs=RATE)
    normalize.check_bell(long, "my.wav")
    assert sum(weighed) <= 10 * RATE / 3 + RATE
    silent = silence(60 * RATE) + noise(1, 3)
    for check in (normalize.length_of_speech, normalize.check_bell):
        with pytest.raises(PsoasError, match=r"my\.wav is silent"):
            check(silent, "my.wav")


@settings(max_examples=5)
@given(st.lists(st.integers(-32_768, 32_767), min_size=1), st.floats(-2.0, 2.0))
def test_a_long_sound_is_changed_as_a_short_one(values: list[int], gain: float) -> None:
    def change(sample: int) -> float:
        return max(-32_767.0, min(32_767.0, sample * gain))

    few = array("h", values)
    many = array("h", values) * (200_000 // len(values) + 1)
    assert changed(many, change)[: len(few)] == changed(few, change)


@given(st.lists(st.integers(-32_768, 32_767), min_size=1))
def test_a_peak_is_found_to_within_a_decibel(values: list[int]) -> None:
    bound, at = near_peak(array("h", values))
    peak = max(map(abs, values))
    assert peak <= bound <= peak * 10 ** (1.1 / 20) + 1
    assert abs(values[at]) * 10 ** (1.1 / 20) + 1 >= bound
