from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.sound.mixer import BELLS, Mixer

if TYPE_CHECKING:
    from psoas_cli.sound.samples import Samples

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
