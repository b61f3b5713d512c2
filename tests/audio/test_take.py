"""Takes: what is left of a recording, and what is said about it."""

from array import array
from itertools import starmap
from operator import mul

import pytest
from tests.audio.speech import babble, click, mixed, room

from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence
from psoas_cli.audio.take import CLEAR, NOISY, Take, room_level, take_of, words_a_minute

QUIET = room_level(room(2.0))


def kept(samples: Samples, level: float = QUIET) -> Take:
    made = take_of(samples, level)
    assert isinstance(made, Take)
    return made


@pytest.mark.parametrize("level", [-35.0, -20.0, -6.0])
def test_a_voice_is_trimmed_and_as_loud_as_the_set_however_it_was_recorded(level: float) -> None:
    take = kept(mixed(room(4.0, level - 45), (1.0, babble(2.0, level))), room_level(room(2.0, level - 45)))
    assert integrated(take.clip) == pytest.approx(-20, abs=1)
    assert 2.0 <= take.seconds <= 2.4
    assert (take.clip[0], take.clip[-1]) == (0, 0)
    assert not take.cut_short


def test_what_was_spoken_is_what_is_kept() -> None:
    voice = babble(2.0)
    clip = kept(mixed(room(4.0), (1.0, voice))).clip
    lag = max(
        range(0, frames_of(0.2), 8), key=lambda lag: sum(starmap(mul, zip(clip[lag::48], voice[::48], strict=False)))
    )
    pairs = list(zip(clip[lag:], voice, strict=False))
    alike = sum(starmap(mul, pairs)) / (sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)) ** 0.5
    assert alike > 0.99


def test_a_constant_from_the_sound_card_is_taken_away() -> None:
    recorded = mixed(room(4.0), (1.0, babble(2.0)))
    off = array("h", [sample + 900 for sample in recorded])
    assert room_level(array("h", [sample + 900 for sample in room(2.0)])) == pytest.approx(QUIET, abs=0.5)
    assert kept(off).seconds == pytest.approx(kept(recorded).seconds, abs=0.05)


def test_a_noisy_room_does_not_keep_the_silence_around_the_voice() -> None:
    loud = room(5.0, -42)
    take = kept(mixed(loud, (2.0, babble(1.5, -12))), room_level(loud))
    assert take.seconds == pytest.approx(1.5 + 0.32, abs=0.1)
    assert take.over_room < CLEAR


def test_a_room_is_quiet_or_too_loud() -> None:
    assert room_level(room(2.0, -65)) < NOISY < room_level(room(2.0, -42))
    assert room_level(silence(2 * RATE)) == float("-inf")


@pytest.mark.parametrize("recorded", [array("h"), silence(RATE), room(2.0), mixed(room(2.0), (1.0, click()))])
def test_where_nobody_speaks_there_is_no_take(recorded: Samples) -> None:
    assert take_of(recorded, QUIET) == "silent"


def test_a_voice_that_was_too_loud_for_the_microphone_is_refused() -> None:
    shouted = array("h", [max(-32768, min(32767, sample * 4)) for sample in babble(1.0, -6)])
    assert take_of(mixed(room(2.0), (0.5, shouted)), QUIET) == "clipped"


def test_a_voice_that_still_speaks_at_the_end_is_noticed() -> None:
    recorded = mixed(room(2.0), (0.5, babble(1.5)))
    assert kept(recorded).cut_short
    assert not kept(recorded + room(0.3)).cut_short


def test_words_are_counted_by_the_minute() -> None:
    assert words_a_minute("Ga liggen wanneer je wilt.", 2 * RATE) == 150
