"""What a bed of sound is made of: one of the shipped loops, or a recording of one's own."""

from __future__ import annotations

import math
import random
import wave
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.audio.conftest import level_of

from psoas_cli.audio.bed_samples import prepared
from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.bed import BEDS, Bed

if TYPE_CHECKING:
    from pathlib import Path

    from psoas_cli.audio.samples import Samples


def written(path: Path, samples: Samples) -> str:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples)
    return str(path)


def hiss(seconds: float, peak: int = 8000) -> Samples:
    rng = random.Random(1)
    return array("h", [rng.randint(-peak, peak) for _ in range(round(seconds * RATE))])


def tone(seconds: float) -> Samples:
    return array("h", [round(5000 * math.sin(2 * math.pi * 173.3 * i / RATE)) for i in range(round(seconds * RATE))])


def played(sound: str, seconds: float, level: float = -38.0, *, block: int = 4800) -> Samples:
    """The first *seconds* of a bed, as a device pulls it."""
    source = prepared(Bed(sound, level))()
    heard: Samples = array("h")
    while len(heard) < seconds * RATE:
        heard.extend(source.take(block))
    return heard[: round(seconds * RATE)]


def largest_bend(samples: Samples) -> int:
    return max(abs(a - 2 * b + c) for a, b, c in zip(samples, samples[1:], samples[2:], strict=False))


@pytest.mark.parametrize("name", BEDS)
def test_a_shipped_one_is_as_loud_as_it_is_to_be(name: str) -> None:
    loop = played(name, 60)
    assert integrated(loop) == pytest.approx(-38, abs=0.5)
    softer = played(name, 60, -44.0)
    assert level_of(loop) - level_of(softer) == pytest.approx(6, abs=0.1)


def test_a_shipped_one_goes_round_without_a_click_and_in_whatever_blocks_it_is_pulled() -> None:
    twice = played("brown", 130)
    again = twice[64 * RATE : 128 * RATE]
    assert again[4800:] == twice[4800 : 64 * RATE]  # but for the seam itself, it is the same again
    assert largest_bend(twice[64 * RATE - 100 : 64 * RATE + 4900]) <= largest_bend(twice[: 20 * RATE])
    assert played("brown", 130, block=RATE) == twice


def test_a_recording_is_levelled_as_a_whole(tmp_path: Path) -> None:
    file = written(tmp_path / "rain.wav", hiss(9))
    assert integrated(played(file, 9)) == pytest.approx(-38, abs=0.3)
    assert integrated(played(file, 9, -30.0)) == pytest.approx(-30, abs=0.3)


def test_its_end_fades_into_its_beginning(tmp_path: Path) -> None:
    hum = played(written(tmp_path / "hum.wav", tone(12)), 18, -26.0)
    assert hum[: 9 * RATE] == hum[9 * RATE :]  # a quarter of it lies over its beginning
    assert abs(hum[9 * RATE] - hum[9 * RATE - 1]) <= max(abs(b - a) for a, b in pairwise(hum[:RATE]))
    noise = played(written(tmp_path / "rain.wav", hiss(12)), 9, -26.0)
    around = [level_of(noise[begin : begin + RATE]) for begin in range(0, 8 * RATE, RATE)]
    assert max(around) - min(around) < 0.5  # no dip and no swell where the two lie over each other


def test_a_soft_one_with_a_loud_moment_is_not_distorted_for_its_level(tmp_path: Path) -> None:
    sound = hiss(8, 300)
    sound[4 * RATE : 4 * RATE + 40] = array("h", [30_000]) * 40
    assert max(played(written(tmp_path / "drop.wav", sound), 6, -20.0)) == 32_767


def test_what_cannot_be_a_bed_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "junk.ogg").write_bytes(b"no sound at all" * 100)
    wrong = {
        "oceaan": "no bed called",
        str(tmp_path / "not-there.ogg"): "cannot be read",
        str(tmp_path / "junk.ogg"): "not a readable sound file",
        written(tmp_path / "short.wav", hiss(4)): "too short for a bed: 4.0 seconds",
    }
    for sound, said in wrong.items():
        with pytest.raises(PsoasError, match=said) as error:
            prepared(Bed(sound))
        assert error.value.hint


def test_a_silent_recording_is_no_bed(tmp_path: Path) -> None:
    make = prepared(Bed(written(tmp_path / "still.wav", array("h", [3]) * (8 * RATE))))
    with pytest.raises(PsoasError, match="silent"):
        make()
