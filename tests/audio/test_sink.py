from __future__ import annotations

import time
import wave
from array import array
from itertools import pairwise
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.conftest import PERIOD, level_of

from psoas_cli.audio import breath, decode
from psoas_cli.audio.bed_samples import Recorded
from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.samples import LATENCY, RATE
from psoas_cli.audio.silent_sink import SilentSink
from psoas_cli.audio.sink import Sink
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.patterns import parse_pattern
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.score.breathing import Course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.audio.conftest import Card

    from psoas_cli.audio.samples import Samples

LOUD = 8000


@pytest.fixture
def beep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A sound of half a second that is equally loud throughout, played as it is."""
    monkeypatch.setattr(decode, "fitted_bell", lambda samples, _: samples)
    path = tmp_path / "beep.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(array("h", [LOUD]) * (RATE // 2))
    return str(path)


class Players:
    """Makes players on the card, and closes them."""

    def __init__(self, card: Card) -> None:
        self._card = card
        self.made: list[Sink] = []

    def __call__(self, **how: Any) -> Sink:
        player = Sink(clock=self._card.clock, opener=self._card.open, **how)
        self.made.append(player)
        player.start()
        return player

    def on(self, **how: Any) -> Sink:
        """A player whose card pulls."""
        player = self(**how)
        assert self._card.opened.wait(5)
        self._card.play(0.5)
        until = time.monotonic() + 5
        while player.state != "on" and time.monotonic() < until:
            time.sleep(0.001)
        assert player.state == "on"
        return player


@pytest.fixture
def players(card: Card) -> Iterator[Players]:
    players = Players(card)
    yield players
    for player in players.made:
        player.close()


def begin(heard: Samples) -> float | None:
    """Seconds until something is heard."""
    return next((i / RATE + LATENCY for i, sample in enumerate(heard) if sample), None)


def test_a_bell_is_heard_at_its_moment_and_until_it_is_over(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    at = card.now + 0.512
    player.bell(Bell(beep), at)
    assert player.sounding_until() == pytest.approx(at + player.length(beep), abs=0.001)
    heard = card.play(2)
    assert begin(heard) == pytest.approx(0.512, abs=0.001)
    assert sum(1 for sample in heard if sample) == RATE // 2
    assert player.sounding_until() <= card.now


def test_strikes_are_four_seconds_apart(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    player.bell(Bell(beep, 3), card.now + 0.5)
    heard = card.play(10)
    onsets = [i for i, (a, b) in enumerate(pairwise(heard)) if not a and b]
    assert [b - a for a, b in pairwise(onsets)] == [4 * RATE, 4 * RATE]


def test_a_bell_is_struck_as_softly_as_it_is_asked_for_and_another_beside_it_as_ever(
    card: Card, players: Players
) -> None:
    player = players.on()
    bells = [Bell("wood-block", softer=8.0), Bell("wood-block"), Bell("wood-block", 2, softer=8.0)]
    player.prepare(bells, [])
    heard = []
    for bell in bells:
        player.bell(bell, card.now + 0.2)
        heard.append(card.play(3))
        card.play(4)
    assert level_of(heard[1]) - level_of(heard[0]) == pytest.approx(8, abs=0.2)
    assert heard[2] == heard[0]


@pytest.mark.parametrize(("late", "heard"), [(0.2, True), (0.3, False)])
def test_a_bell_is_rung_late_by_a_quarter_second_at_most(
    card: Card, players: Players, beep: str, *, late: float, heard: bool
) -> None:
    players.on().bell(Bell(beep), card.now - late)
    assert any(card.play(1)) is heard


def test_hush_fades_what_sounds_and_forgets_the_rest(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    player.bell(Bell(beep, 2), card.now + 0.1)
    card.play(0.3)
    player.hush(0.2)
    assert player.sounding_until() < card.now + 0.3
    heard = card.play(6)
    assert max(abs(b - a) for a, b in pairwise(heard)) < 10
    assert not any(heard[RATE // 4 :])


@pytest.mark.parametrize(("volume", "factor"), [(100, 2.0), (70, 1.0), (35, 0.26), (10, 0.023), (0, 0.0)])
def test_the_volume_is_the_ear_s(card: Card, players: Players, beep: str, *, volume: int, factor: float) -> None:
    player = players.on(volume=volume)
    player.bell(Bell(beep), card.now)
    assert max(card.play(0.3)) == pytest.approx(LOUD * factor, abs=40)


def test_the_volume_stays_within_its_range(players: Players) -> None:
    player = players(volume=98)
    player.volume += 5
    assert player.volume == 100
    player.volume = -3
    assert player.volume == 0


def test_muting_fades_at_once_and_what_passes_meanwhile_is_gone(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    player.bell(Bell(beep), card.now)
    card.play(0.2)
    player.muted = True
    heard = card.play(0.5)
    assert max(abs(b - a) for a, b in pairwise(heard)) < 10
    assert not any(heard[RATE // 10 :])
    player.bell(Bell(beep), card.now)
    assert player.sounding_until() <= card.now
    card.play(1)
    player.muted = False
    assert not any(card.play(1))
    player.bell(Bell(beep), card.now)
    assert max(card.play(0.5)) == LOUD


def test_a_player_that_begins_muted_opens_no_device_before_it_is_wanted(card: Card, players: Players) -> None:
    player = players(muted=True)
    assert (player.state, card.pulls) == ("off", [])
    player.muted = False
    assert card.opened.wait(5)


def test_quiet_is_twelve_decibels_softer_and_breathless(card: Card, players: Players, beep: str) -> None:
    player = players.on(quiet=True)
    player.bell(Bell(beep), card.now)
    player.breath("inhale", 1.0, "tick", card.now + 1, (0.0, 1.0))
    heard = card.play(2.5)
    assert max(heard) == pytest.approx(LOUD / 4, rel=0.02)
    assert not any(heard[RATE:])


def placed(player: Sink) -> None:
    """Wait until all that was asked for is rendered."""
    done = Event()
    player._prefetch.want(done.set)
    assert done.wait(5)


def test_a_breath_is_heard_at_its_moment(card: Card, players: Players) -> None:
    player = players.on()
    player.prepare([Bell("tingsha")], [("inhale", 1.0, "air", (0.0, 1.0))])
    player.breath("inhale", 1.0, "air", card.now + 0.5, (0.0, 1.0))
    placed(player)
    heard = card.play(2)
    assert begin(heard) == pytest.approx(0.5, abs=0.005)
    first = round((0.5 - LATENCY) * RATE)
    assert heard[first : first + RATE] == breath.render("inhale", 1.0, "air", (0.0, 1.0))


def test_at_half_the_speed_a_breath_fills_its_time(card: Card, players: Players) -> None:
    player = players.on(speed=0.5)
    player.prepare([], [("inhale", 1.0, "tone", (0.0, 1.0))])
    player.breath("inhale", 1.0, "tone", card.now + 0.5, (0.0, 1.0))
    player.breath("exhale", 0.5, "tone", card.now + 2.5, (1.0, 0.0))
    placed(player)
    heard = card.play(5)[round((0.5 - LATENCY) * RATE) :]
    loud = [any(heard[at : at + RATE // 10]) for at in range(0, 4 * RATE, RATE // 10)]
    assert loud == [True] * 30 + [False] * 10


def test_a_breath_that_is_still_being_made_does_not_come_after_a_hush(
    card: Card, players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = players.on()
    going = Event()

    def slowly(*_phase: object) -> Samples:
        going.wait(5)
        return array("h", [LOUD]) * RATE

    monkeypatch.setattr(breath, "render", slowly)
    player.breath("inhale", 1.0, "air", card.now + 0.5, (0.0, 1.0))
    player.hush()
    going.set()
    placed(player)
    assert not any(card.play(2))


def test_what_is_asked_for_without_a_device_is_not_heard_later(card: Card, players: Players, beep: str) -> None:
    player = players()
    player.bell(Bell(beep, 3), card.now)
    player.breath("inhale", 1.0, "air", card.now, (0.0, 1.0))
    assert card.opened.wait(5)
    assert not any(card.play(6))


def test_a_sound_that_cannot_be_played_is_told_before_and_missing_later(
    card: Card, players: Players, tmp_path: Path
) -> None:
    gone = str(tmp_path / "gone.wav")
    with pytest.raises(PsoasError, match=r"gone\.wav"):
        decode.check_sounds([gone])
    player = players.on()
    player.prepare([Bell(gone)], [])
    player.bell(Bell(gone), card.now)
    assert not any(card.play(0.5))


def test_closing_fades_and_lets_the_device_go(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    player.bell(Bell(beep), card.now + 0.1)
    player.close()
    assert (player.state, card.closed) == ("off", 1)


def test_a_silent_player_takes_every_call_and_stays_off() -> None:
    player = SilentSink()
    player.start()
    player.prepare([Bell("deep-bowl")], [])
    player.bell(Bell("deep-bowl"), 0.0)
    player.breath("inhale", 1.0, "air", 0.0, (0.0, 1.0))
    player.hush()
    player.close()
    assert (player.state, player.length("deep-bowl")) == ("off", 0.0)
    assert player.sounding_until() < 0


def test_after_an_hour_of_breath_the_last_sample_is_where_the_pattern_says(
    card: Card, players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course(((parse_pattern("5.5-5.5"), 327),))
    phases = list(course.phases_in(0.0, 3600.0))
    last = phases[-1][0]
    silence = bytes(2 * PERIOD)

    def marked(_kind: str, seconds: float, *_: Any) -> Samples:
        """A click at the beginning of a phase; the last one sounds all through."""
        return array("h", [LOUD]) * (1 if phases else round(seconds * RATE))

    monkeypatch.setattr(breath, "render", marked)
    player = players.on()
    zero = card.now + 1
    begun, ended = [], 0
    while card.now < zero + last + 6:
        while phases and zero + phases[0][0] < card.now + 0.5:  # as a session does it
            at, phase = phases.pop(0)
            player.breath(phase.kind, phase.seconds, "air", zero + at, (phase.begin, phase.end))
            placed(player)
        frame = round(card.now * RATE)
        heard = card.pulls[-1](PERIOD)
        card.now += PERIOD / RATE
        if bytes(heard) != silence:
            begun.append(frame + next(i for i, sample in enumerate(heard) if sample))
            ended = frame + max(i for i, sample in enumerate(heard) if sample) + 1
    first = round((zero - LATENCY) * RATE)
    assert [frame - first for frame in begun[:654]] == [
        pytest.approx(at * RATE, abs=1) for at, _ in course.phases_in(0.0, 3600.0)
    ]
    assert ended - first == pytest.approx(3597 * RATE, abs=1)


# A bed of sound


def laid(player: Sink, value: int = 3000) -> None:
    """Give *player* a steady bed, and wait until it has it."""
    ready = Event()

    def make() -> Recorded:
        ready.set()
        return Recorded(array("h", [value]) * RATE)

    player.lay(make)
    assert ready.wait(5)


def heard_in_time(card: Card) -> Samples:
    """Two seconds of sound, once anything is heard; a bed may be ready a moment late."""
    until = time.monotonic() + 5
    while not any(heard := card.play(2)):
        assert time.monotonic() < until, "the bed is never heard"
    return heard


def test_a_bed_is_heard_and_keeps_nobody_waiting(card: Card, players: Players) -> None:
    player = players.on()
    player.bed(heard=True, seconds=1)
    laid(player)
    assert heard_in_time(card)[-1] == 3000
    assert player.sounding_until() < card.now
    player.hush()
    assert set(card.play(1)) == {3000}
    player.bed(heard=False, seconds=1)
    assert not any(card.play(3)[2 * RATE :])


def test_a_bed_that_cannot_be_made_is_not_heard_and_all_else_is(card: Card, players: Players, beep: str) -> None:
    player = players.on()
    asked = Event()

    def make() -> Recorded:
        asked.set()
        raise PsoasError("it is gone")

    player.lay(make)
    assert asked.wait(5)
    player.bed(heard=True, seconds=0.1)
    player.bell(Bell(beep), card.now + 0.5)
    assert sum(1 for sample in card.play(2) if sample) == RATE // 2


def test_a_bed_is_as_loud_as_the_volume_and_not_heard_while_muted(card: Card, players: Players) -> None:
    player = players.on(volume=100)
    player.bed(heard=True, seconds=0.1)
    laid(player)
    assert heard_in_time(card)[-1] == 6000
    player.muted = True
    assert not any(card.play(1)[RATE // 2 :])


def test_closing_fades_a_bed_before_the_device_is_closed(
    card: Card, players: Players, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = players.on()
    player.bed(heard=True, seconds=0.1)
    laid(player)
    heard_in_time(card)
    last: list[Samples] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: last.append(card.play(seconds)))
    player.close()
    assert last[0][0] > 2900
    assert last[0][-1] == 0
    assert max(abs(b - a) for a, b in pairwise(last[0])) < 10


def test_a_clip_is_waited_for_from_the_moment_it_is_handed_over(players: Players, card: Card) -> None:
    """It is decoded on another thread, and who waits for silence must not take that time for silence."""
    player = players.on()
    at = card.now + 0.4
    player.speech(in_memory(array("h", [LOUD]) * RATE), at)
    assert player.sounding_until() >= at + 1
    player.hush(0.1)
    assert player.sounding_until() < at
