from __future__ import annotations

import wave
from array import array
from pathlib import Path
from typing import Never

import pytest

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.sequence import SOUNDS
from psoas_cli.resources import bundled


def wav(path: Path, frames: int, *, rate: int = RATE, channels: int = 1) -> str:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(array("h", [1000]) * frames * channels)
    return str(path)


def test_the_built_in_bells_are_there_and_ring() -> None:
    assert set(decode.builtin_bells()) == set(SOUNDS)
    for name in decode.builtin_bells():
        assert 2 <= len(decode.load(name)) / RATE <= 18
    assert len({len(band) for band in decode.load_air()}) == 1


def test_any_rate_and_channels_become_one_channel_of_48_kilohertz(tmp_path: Path) -> None:
    file = Path(wav(tmp_path / "bell.wav", 22_050, rate=44_100, channels=2))
    samples = decode.decode(file.read_bytes(), "bell")
    assert len(samples) == pytest.approx(RATE / 2, abs=48)
    assert all(abs(sample - 1000) < 5 for sample in samples[1000:-1000])


@pytest.mark.parametrize("kept", [0, 3, 60, 2000, 15_000])
def test_what_is_empty_or_cut_off_is_an_error_that_names_the_file(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "cut.flac"
    file.write_bytes((bundled("sounds") / "wood-block.flac").read_bytes()[:kept])
    with pytest.raises(PsoasError) as caught:
        decode.load(str(file))
    assert str(file) in caught.value.message
    assert caught.value.hint


def test_junk_is_no_sound(tmp_path: Path) -> None:
    file = tmp_path / "junk.wav"
    file.write_bytes(b"no sound at all " * 100)
    with pytest.raises(PsoasError, match=r"junk\.wav"):
        decode.load(str(file))


def test_of_a_quarter_of_an_hour_two_minutes_are_read(tmp_path: Path) -> None:
    file = Path(wav(tmp_path / "long.wav", 15 * 60 * 8000, rate=8000))
    assert len(decode.decode(file.read_bytes(), "long")) == 120 * RATE


@pytest.mark.parametrize("sound", ["missing.wav", ".", "gong"])
def test_what_is_not_there_is_said(sound: str) -> None:
    with pytest.raises(PsoasError) as caught:
        decode.load(sound)
    assert sound in caught.value.message


def test_what_is_no_sound_is_told_as_what_it_is() -> None:
    with pytest.raises(PsoasError, match=r"a\.wav is a web page, not a sound file"):
        decode.decode(b"<!DOCTYPE html>\n<html>", "a.wav")


@pytest.mark.parametrize(
    ("rate", "good"), [(1, False), (3_999, False), (4_000, True), (384_000, True), (384_001, False)]
)
def test_a_rate_that_no_sound_has_is_damage_told_at_once(tmp_path: Path, rate: int, *, good: bool) -> None:
    file = wav(tmp_path / "bell.wav", 20_000, rate=rate)
    if good:
        assert decode.recording(file)
    else:
        with pytest.raises(PsoasError, match=r"bell\.wav is not a readable sound file"):
            decode.recording(file)


def test_too_little_memory_for_a_sound_is_told_of_that_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Never:
        raise MemoryError

    monkeypatch.setattr("miniaudio.stream_memory", refuse)
    with pytest.raises(PsoasError, match=r"not enough memory for .*bell\.wav"):
        decode.recording(wav(tmp_path / "bell.wav", 100))
