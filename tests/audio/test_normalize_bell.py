"""A person's own bell, as files come: soft, clipped, late, long, in stereo; it rings as the set does."""

from __future__ import annotations

import math
import wave
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio import decode
from psoas_cli.audio.loudness import momentary
from psoas_cli.audio.samples import RATE
from psoas_cli.errors import PsoasError

if TYPE_CHECKING:
    from pathlib import Path

    from psoas_cli.audio.samples import Samples

LOUDEST = 16_422  # -6 dBFS


def bell(seconds: float, peak: float, *, rate: int = RATE, t60: float = 3.0) -> list[float]:
    """A struck tone."""
    return [
        peak * math.exp(-6.9 * i / rate / t60) * math.sin(2 * math.pi * 440 * i / rate)
        for i in range(round(seconds * rate))
    ]


def saved(path: Path, sound: list[float], *, rate: int = RATE, channels: int = 1) -> str:
    """*sound*, clipped where it must be, as a WAV file."""
    samples = array("h", [max(-32768, min(32767, int(each))) for each in sound for _ in range(channels)])
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(samples)
    return str(path)


def lufs(samples: Samples) -> float:
    """The loudness by the measure of tools/, where that can be had, else by psoas' own."""
    try:
        import numpy as np

        from synthesis import loudness
    except ImportError:
        return momentary(samples)
    return loudness(np.array(samples) / 32768)


def frames_before(samples: Samples) -> int:
    """How many frames pass before something is heard."""
    return next(i for i, sample in enumerate(samples) if abs(sample) > max(samples) / 300)


@pytest.mark.parametrize(
    ("sound", "shape"),
    [
        (bell(3, 300), {}),
        (bell(3, 300_000), {}),
        ([0.0] * 2 * RATE + bell(3, 8000) + [0.0] * RATE, {}),
        (bell(3, 8000, rate=44_100), {"rate": 44_100, "channels": 2}),
    ],
    ids=["soft", "clipped", "two seconds late", "stereo 44.1 kHz"],
)
def test_however_it_was_recorded_it_is_as_loud_as_the_bowls_and_begins_at_once(
    tmp_path: Path, sound: list[float], shape: dict[str, int]
) -> None:
    samples = decode.load(saved(tmp_path / "my bell.wav", sound, **shape))
    assert lufs(samples) == pytest.approx(-20, abs=1)
    assert max(map(abs, samples)) <= LOUDEST
    assert frames_before(samples) <= RATE * 0.012
    assert len(samples) == pytest.approx(3 * RATE, abs=0.6 * RATE)
    assert samples[0] == samples[-1] == 0


def test_what_breaks_off_is_faded(tmp_path: Path) -> None:
    samples = decode.load(saved(tmp_path / "cut.wav", bell(2, 8000, t60=60)))
    loud = [max(map(abs, samples[begin : begin + 480])) for begin in range(0, len(samples), 480)]
    assert loud[148] > 0.6 * max(loud)  # half a second before its end it is still whole
    assert all(later < earlier for earlier, later in pairwise(loud[155:]))


def test_a_knock_is_held_below_full_scale_and_so_stays_softer(tmp_path: Path) -> None:
    samples = decode.load(saved(tmp_path / "knock.wav", bell(0.2, 20_000, t60=0.05)))
    assert LOUDEST - 20 <= max(map(abs, samples)) <= LOUDEST
    assert lufs(samples) < -21


def test_a_minute_of_a_long_one_rings(tmp_path: Path) -> None:
    samples = decode.load(saved(tmp_path / "long.wav", ([8000.0] * 4 + [-8000.0] * 4) * 70_000, rate=8000))
    assert len(samples) == 60 * RATE
    assert samples[-1] == 0


def test_silence_is_no_bell(tmp_path: Path) -> None:
    for i, sound in enumerate(([0.0] * RATE, bell(1, 3), [5.0])):
        with pytest.raises(PsoasError, match="silent"):
            decode.load(saved(tmp_path / f"{i}.wav", sound))


@pytest.mark.parametrize("content", [b"", b"This is my bell: ding\n" * 50], ids=["empty", "text"])
def test_no_sound_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bell.wav"
    file.write_bytes(content)
    with pytest.raises(PsoasError, match=r"bell\.wav") as caught:
        decode.load(str(file))
    assert caught.value.exit_code == 2
