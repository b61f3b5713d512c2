from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.audio.buffer import PlainBuffer
from psoas_cli.audio.mixer import BELLS, Mixer, VoiceKind
from psoas_cli.audio.samples import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from psoas_cli.audio.buffer import Buffer
    from psoas_cli.audio.samples import Samples

SOUNDS = st.lists(
    st.tuples(st.integers(0, 300), st.lists(st.integers(-3000, 3000), min_size=1, max_size=200)), max_size=6
)


def level(value: int, frames: int) -> Samples:
    return array("h", [value]) * frames


def largest_step(samples: Samples) -> int:
    return max(abs(b - a) for a, b in pairwise(samples))


@settings(max_examples=50, deadline=None)
@given(SOUNDS, st.lists(st.integers(1, 120), min_size=1, max_size=20))
def test_sounds_add_up_at_their_frames_however_the_device_pulls(
    sounds: list[tuple[int, list[int]]], pulls: list[int]
) -> None:
    mixer = Mixer()
    expected = [0] * sum(pulls)
    for start, sound in sounds:
        mixer.place(array("h", sound), start, kind="breath")
        for i, sample in enumerate(sound, start):
            if i < len(expected):
                expected[i] += sample
    heard: list[int] = []
    for frames in pulls:
        heard.extend(mixer.render(frames))
    assert heard == expected


def test_a_frame_that_has_gone_by_means_at_once() -> None:
    mixer = Mixer()
    mixer.render(1000)
    assert mixer.place(level(7, 10), 400, kind="bell") == 1010
    assert mixer.render(12).tolist() == [7] * 10 + [0, 0]


@pytest.mark.parametrize("sign", [1, -1])
def test_many_loud_sounds_saturate_and_keep_their_sign(sign: int) -> None:
    mixer = Mixer(gain=2.0)
    for _ in range(8):
        mixer.place(level(sign * 32_767, 100), 0, kind="breath")
    assert all(sign * sample >= 32_700 for sample in mixer.render(100))


def test_saturation_bends_without_a_corner_and_leaves_soft_sounds_alone() -> None:
    mixer = Mixer(gain=2.0)
    mixer.place(array("h", range(30_000)), 0, kind="breath")
    heard = mixer.render(30_000)
    assert heard[:12_001].tolist() == [2 * i for i in range(12_001)]
    assert all(0 <= b - a <= 2 for a, b in pairwise(heard))


def test_with_one_bell_too_many_the_oldest_fades_and_the_others_stay() -> None:
    mixer = Mixer()
    for i in range(BELLS + 1):
        mixer.place(level(1000 + i, 96_000), i * 4800, kind="bell")
    heard = [mixer.render(4800) for _ in range(11)]
    assert heard[BELLS - 1][-1] == sum(1000 + i for i in range(BELLS))
    assert heard[-1][-1] == sum(1000 + i for i in range(1, BELLS + 1))
    fading = [sample for block in heard[BELLS:] for sample in block]
    assert all(-1 <= b - a <= 0 for a, b in pairwise(fading))


def test_hush_fades_what_sounds_forgets_what_is_planned_and_lets_new_sounds_be() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 96_000), 0, kind="bell")
    mixer.place(level(5_000, 1000), 20_000, kind="bell")
    mixer.render(4800)
    mixer.hush(0.2)
    mixer.hush(0.05)  # no jump back up by a second one
    heard = mixer.render(24_000)
    assert largest_step(heard) <= 2
    assert heard[0] > 9_900
    assert not any(heard[9600:])
    mixer.place(level(3, 10), 0, kind="bell")
    assert mixer.render(10).tolist() == [3] * 10


def test_a_change_of_the_gain_is_heard_without_a_step() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 96_000), 0, kind="bell")
    heard = mixer.render(4800)
    for gain in (0.0, 2.0, 0.5):
        mixer.gain = gain
        for _ in range(11):
            heard.extend(mixer.render(480))
        assert heard[-1] == 10_000 * gain
    assert largest_step(heard) <= 6


def test_silence_stays_where_the_gain_is_nought_and_time_goes_on_unheard() -> None:
    mixer = Mixer(gain=0.0)
    mixer.place(level(10_000, 1000), 0, kind="bell")
    assert not any(mixer.render(600))
    mixer.gain = 1.0
    assert sum(1 for sample in mixer.render(600) if sample) <= 400


def test_hush_can_leave_the_bells_alone() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 96_000), 0, kind="bell")
    mixer.place(level(3, 10), 50_000, kind="bell")
    mixer.place(level(5_000, 96_000), 0, kind="breath")
    mixer.place(level(5_000, 96_000), 50_000, kind="breath")
    mixer.render(4800)
    mixer.hush(0.05, only="breath")
    heard = mixer.render(60_000)
    assert set(heard[2400:45_000]) == {10_000}
    assert heard[45_200:45_205].tolist() == [10_003] * 5


# Speech

SOFTER = 3162  # 10 dB below 10_000


def under_speech(start: int, frames: int, *, block: int = 4800, position: int = 0, seconds: int = 4) -> Samples:
    """A steady sound of 10_000 while someone speaks who cannot be heard, placed when *position* frames had gone by."""
    mixer = Mixer()
    mixer.place(level(10_000, seconds * RATE), 0, kind="breath")
    heard = mixer.render(position) if position else level(0, 0)
    mixer.place(level(0, frames), start, kind="speech")
    while len(heard) < seconds * RATE:
        heard.extend(mixer.render(block))
    return heard[: seconds * RATE]


def test_while_someone_speaks_all_else_is_ten_decibels_softer() -> None:
    heard = under_speech(RATE, RATE)
    assert set(heard[: RATE - 9600]) == {10_000}
    assert heard[RATE - 4800] == pytest.approx((10_000 + SOFTER) / 2, abs=1)
    assert set(heard[RATE : 2 * RATE]) == {SOFTER}
    assert heard[2 * RATE + 12_000] == pytest.approx((10_000 + SOFTER) / 2, abs=1)
    assert set(heard[2 * RATE + 24_000 :]) == {10_000}
    assert largest_step(heard) <= 1


def test_speech_itself_stays_as_loud_as_it_is() -> None:
    mixer = Mixer()
    mixer.place(level(1000, RATE), 0, kind="bell")
    mixer.place(level(5000, RATE), RATE // 2, kind="speech")
    heard = mixer.render(RATE + 24_000)
    assert heard[RATE // 2 + 100] == 5316
    assert set(heard[RATE:]) == {5000}


@pytest.mark.parametrize("position", [RATE, RATE - 100, RATE - 9000])
def test_for_speech_that_comes_late_the_others_give_way_without_a_step(position: int) -> None:
    heard = under_speech(RATE, RATE, position=position)
    assert heard[position - 1] == 10_000
    assert heard[position + 9600] == SOFTER
    assert largest_step(heard) <= 1


def test_between_two_sentences_it_does_not_come_back_at_once() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 4 * RATE), 0, kind="breath")
    for start in (RATE, 2 * RATE + 9600):
        mixer.place(level(0, RATE), start, kind="speech")
    heard = mixer.render(4 * RATE)
    assert max(heard[RATE : 3 * RATE + 9600]) < 6000
    assert largest_step(heard) <= 1


def test_speech_that_is_hushed_fades_and_the_others_fade_from_as_soft_as_they_are() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 4 * RATE), 0, kind="bell")
    mixer.place(level(5000, RATE), RATE, kind="speech")
    heard = mixer.render(RATE + 4800)
    mixer.hush(0.2)
    heard.extend(mixer.render(RATE))
    assert max(heard[RATE + 4800 :]) <= SOFTER + 5000
    assert largest_step(heard[RATE + 1 :]) <= 2
    assert not any(heard[RATE + 4800 + 9600 :])


def test_speech_that_is_forgotten_lets_the_others_come_back_without_a_step() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 4 * RATE), 0, kind="bell")
    mixer.place(level(5000, RATE), RATE, kind="speech")
    heard = mixer.render(RATE - 4800)
    mixer.hush(0.2, only="speech")
    heard.extend(mixer.render(RATE))
    assert min(heard) == pytest.approx((10_000 + SOFTER) / 2, abs=2)
    assert set(heard[RATE + 24_000 :]) == {10_000}
    assert largest_step(heard) <= 1


def test_the_breath_can_be_hushed_while_someone_speaks() -> None:
    mixer = Mixer()
    mixer.place(level(10_000, 2 * RATE), 0, kind="breath")
    mixer.place(level(5000, RATE), 0, kind="speech")
    mixer.render(9600)
    mixer.hush(0.1, only="breath")
    assert set(mixer.render(RATE - 9600)[4800:]) == {5000}


# Blocks, and what adds up

KINDS: list[VoiceKind] = ["bell", "breath", "speech"]
PLACED = st.lists(
    st.tuples(st.integers(0, 60_000), st.integers(1, 40_000), st.integers(-12_000, 12_000), st.sampled_from(KINDS)),
    max_size=12,
)


def tape(
    placed: list[tuple[int, int, int, VoiceKind]],
    block: int,
    strip: Callable[[], Buffer] = PlainBuffer,
    gain: float = 1.0,
) -> Samples:
    """Two seconds with all that is *placed*, hushed after one and a half."""
    mixer = Mixer(gain, strip)
    for start, frames, value, kind in placed:
        mixer.place(array("h", (value * (i % 50) // 50 for i in range(frames))), start, kind=kind)
    heard: Samples = array("h")
    while len(heard) < 2 * RATE:
        if len(heard) == 72_000:
            mixer.hush(0.2)
        heard.extend(mixer.render(min(block, (72_000 if len(heard) < 72_000 else 2 * RATE) - len(heard))))
    return heard


@settings(max_examples=12, deadline=None)
@given(PLACED, st.sampled_from([1.0, 0.5, 2.0]))
def test_in_whatever_blocks_it_is_pulled_a_tape_is_the_same(
    placed: list[tuple[int, int, int, VoiceKind]], gain: float
) -> None:
    heard = tape(placed, 4800, gain=gain)
    assert tape(placed, 1000, gain=gain) == heard
    assert tape(placed, 48_000, gain=gain) == heard


@settings(max_examples=12, deadline=None)
@given(PLACED, st.sampled_from([1.0, 0.5, 2.0]))
def test_with_numpy_it_is_the_same(placed: list[tuple[int, int, int, VoiceKind]], gain: float) -> None:
    strips = pytest.importorskip("psoas_cli.audio.export.numpy_buffer", reason="numpy is not installed")
    plain, quick = tape(placed, 4800, gain=gain), tape(placed, 4800, strips.NumpyBuffer, gain)
    assert max(abs(a - b) for a, b in zip(plain, quick, strict=True)) <= 1


def test_of_bells_that_begin_in_one_block_only_one_too_many_fades_from_when_it_begins() -> None:
    mixer = Mixer()
    for i in range(BELLS + 1):
        mixer.place(level(1000 + i, 96_000), i * 100, kind="bell")
    heard = mixer.render(48_000)
    assert heard[BELLS * 100 - 1] == sum(1000 + i for i in range(BELLS))
    assert heard[BELLS * 100] == sum(1000 + i for i in range(BELLS + 1))
    assert heard[-1] == sum(1000 + i for i in range(1, BELLS + 1))
