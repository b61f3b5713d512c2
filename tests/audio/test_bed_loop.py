"""The bed of sound in the mixer: it has no seam, only ever changes gradually, and gives way to bells and speech."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.audio.bed_loop import leaving
from psoas_cli.audio.bed_samples import Recorded
from psoas_cli.audio.buffer import PlainBuffer
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from psoas_cli.audio.buffer import Buffer
    from psoas_cli.audio.samples import Samples

STEADY = 10_000


def level(value: int, frames: int) -> Samples:
    return array("h", [value]) * frames


def over_a_bed(samples: Samples | None = None, *, gain: float = 1.0) -> Mixer:
    """A mixer in which a bed, a steady one unless it is given, is heard from the first frame on."""
    mixer = Mixer(gain)
    mixer.lay(Recorded(level(STEADY, 7 * RATE) if samples is None else samples))
    mixer.fade_loop(1.0, 0)
    mixer.render(1)  # the shortest fade takes a frame
    return mixer


def largest_step(samples: Samples) -> int:
    return max(abs(b - a) for a, b in pairwise(samples))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-3000, 3000), min_size=1, max_size=90), st.lists(st.integers(1, 120), max_size=20))
def test_a_bed_goes_round_and_round_however_the_device_pulls(loop: list[int], pulls: list[int]) -> None:
    mixer = over_a_bed(array("h", loop))
    heard: list[int] = []
    for frames in pulls:
        heard.extend(mixer.render(frames))
    assert heard == [loop[(1 + i) % len(loop)] for i in range(sum(pulls))]


def test_it_comes_in_and_goes_out_without_a_step() -> None:
    mixer = Mixer()
    mixer.lay(Recorded(level(STEADY, 777)))
    assert not any(mixer.render(RATE))
    mixer.fade_loop(1.0, 1.0)
    heard = mixer.render(RATE + 10)
    assert heard[RATE // 2] == pytest.approx(STEADY / 2, abs=1)
    assert set(heard[RATE:]) == {STEADY}
    mixer.fade_loop(0.0, 1.0)
    heard.extend(mixer.render(RATE // 2))
    mixer.fade_loop(1.0, 1.0)  # turned back half way
    heard.extend(mixer.render(RATE))
    assert heard[-1] == pytest.approx(STEADY, abs=1)
    assert min(heard[RATE:]) == pytest.approx(STEADY / 2, abs=1)
    assert largest_step(heard) <= 1


def test_one_that_is_ready_late_comes_in_just_as_slowly() -> None:
    mixer = Mixer()
    mixer.fade_loop(1.0, 2.0)
    mixer.render(5 * RATE)
    assert not mixer.loop_is_heard
    mixer.lay(Recorded(level(STEADY, 777)))
    heard = mixer.render(2 * RATE + 1)
    assert heard[RATE] == pytest.approx(STEADY / 2, abs=1)
    assert heard[-1] == STEADY
    assert largest_step(heard) <= 1


def test_hushing_the_rest_leaves_it_alone() -> None:
    mixer = over_a_bed()
    mixer.place(level(100, RATE), 0, kind="breath")
    mixer.hush(0.01)
    assert set(mixer.render(RATE)[1000:]) == {STEADY}


def test_after_another_device_it_comes_in_again_and_in_a_pause_it_does_not() -> None:
    mixer = over_a_bed()
    mixer.fade_loop(1.0, 2.0)
    mixer.start_over()
    heard = mixer.render(2 * RATE + 1)
    assert heard[0] == 0
    assert heard[-1] == STEADY
    mixer.fade_loop(0.0, 0.5)
    mixer.render(RATE)
    mixer.start_over()
    assert not any(mixer.render(RATE))


def test_muted_it_is_not_heard_and_unmuted_it_comes_back_without_a_step() -> None:
    mixer = over_a_bed(gain=0.0)
    assert not any(mixer.render(RATE))
    mixer.gain = 1.0
    heard = mixer.render(4800)
    assert largest_step(heard) <= 6
    assert heard[-1] == pytest.approx(STEADY, abs=3)


def test_under_a_bell_it_is_six_decibels_softer_and_comes_back_while_the_bell_dies_away() -> None:
    mixer = over_a_bed()
    mixer.place(level(0, 4 * RATE), RATE, kind="bell")
    heard = mixer.render(8 * RATE)
    assert set(heard[: RATE - 9601]) == {STEADY}
    assert set(heard[RATE : 3 * RATE - 1]) == {5011}
    assert heard[4 * RATE + RATE // 2] == pytest.approx((5011 + STEADY) / 2, abs=1)
    assert set(heard[6 * RATE :]) == {STEADY}
    assert largest_step(heard) <= 1


def test_under_speech_it_is_ten_decibels_softer_and_takes_its_time_to_come_back() -> None:
    mixer = over_a_bed()
    mixer.place(level(0, RATE), RATE, kind="speech")
    mixer.place(level(0, RATE), 2 * RATE + 14_400, kind="speech")  # the next part of it
    heard = mixer.render(7 * RATE)
    assert set(heard[RATE : 2 * RATE - 1]) == {3162}
    assert max(heard[RATE : 3 * RATE]) < STEADY / 2  # no swell between the two
    assert heard[5 * RATE] < STEADY
    assert set(heard[6 * RATE :]) == {STEADY}
    assert largest_step(heard) <= 1


def test_a_bell_that_is_called_off_does_not_leave_it_soft() -> None:
    mixer = over_a_bed()
    mixer.place(level(0, 20 * RATE), RATE, kind="bell")
    mixer.hush(0.2)
    assert set(mixer.render(5 * RATE)[4 * RATE :]) == {STEADY}
    mixer.place(level(0, 20 * RATE), 0, kind="bell")
    mixer.render(RATE)
    mixer.hush(0.2)
    assert set(mixer.render(5 * RATE)[4 * RATE :]) == {STEADY}


def tape(block: int, strip: Callable[[], Buffer] = PlainBuffer) -> Samples:
    """Three seconds of a bed, with bells, breath and speech over it."""
    mixer = Mixer(strip=strip)
    mixer.lay(Recorded(array("h", [(i * 37) % 5000 - 2500 for i in range(30_011)])))
    mixer.fade_loop(1.0, 0.7)
    for start, frames, kind in ((5000, 40_000, "bell"), (9000, 60_000, "breath"), (60_000, 30_000, "speech")):
        mixer.place(level(700, frames), start, kind=kind)  # type: ignore[arg-type]
    heard: Samples = array("h")
    while len(heard) < 3 * RATE:
        heard.extend(mixer.render(min(block, 3 * RATE - len(heard))))
    return heard


def test_in_whatever_blocks_it_is_pulled_it_is_the_same() -> None:
    assert tape(1000) == tape(4800) == tape(3 * RATE)


def test_with_numpy_a_bed_is_the_same() -> None:
    strips = pytest.importorskip("psoas_cli.audio.export.numpy_buffer", reason="numpy is not installed")
    plain, quick = tape(4800), tape(4800, strips.NumpyBuffer)
    assert max(abs(a - b) for a, b in zip(plain, quick, strict=True)) <= 1


@pytest.mark.parametrize(
    ("tail", "begin", "seconds"), [(26.0, 600.0, 26.0), (20.0, 600.0, 20.0), (4.5, 584.5, 20.0), (0.0, 580.0, 20.0)]
)
def test_it_is_gone_when_the_last_bell_has_died_away(tail: float, begin: float, seconds: float) -> None:
    assert leaving(600.0, tail) == (begin, seconds)


def test_of_a_practice_of_a_few_seconds_it_goes_out_from_the_start() -> None:
    assert leaving(6.0, 2.0) == (0.0, 8.0)
