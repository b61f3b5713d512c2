from __future__ import annotations

import time
from array import array
from threading import Event
from threading import enumerate as enumerate_threads
from typing import TYPE_CHECKING

from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.stream import Feed, Pace, Stream

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from tests.audio.conftest import Card

QUICK = Pace(look=0.005, looks=3, opening=3.0, retry=0.005)


def becomes(true: Callable[[], object]) -> bool:
    """Whether it is so within five seconds; other threads are on it."""
    until = time.monotonic() + 5
    while not true() and time.monotonic() < until:
        time.sleep(0.001)
    return bool(true())


def test_a_card_that_stops_pulling_is_lost_and_opened_anew(card: Card) -> None:
    mixer = Mixer()
    line = Stream(mixer, card.open, card.clock, Pace(look=0.05, looks=3, retry=0.005))
    line.start()
    assert card.opened.wait(5)
    assert line.state == "opening"
    card.play(0.5)
    assert becomes(lambda: line.state == "on")
    mixer.place(array("h", [1000]) * 480_000, 0, kind="bell")
    assert becomes(lambda: line.state == "lost")
    assert becomes(lambda: len(card.pulls) > 1)
    assert becomes(lambda: card.closed)
    assert not any(card.pulls[0](480)), "a card that was given up plays no more"
    heard = card.play(0.5)
    assert not any(heard[480:]), "what was lost does not come later"
    assert becomes(lambda: line.state == "on")
    line.close(5)


def test_no_card_is_tried_again_and_nothing_is_raised(card: Card) -> None:
    attempts = []

    def fail(_pull: object) -> Card:
        attempts.append(1)
        raise OSError("no sound device")

    line = Stream(Mixer(), fail, card.clock, QUICK)
    line.start()
    assert becomes(lambda: len(attempts) > 2)
    assert line.state == "lost"
    line.close(5)


def test_a_server_that_hangs_holds_nobody_up(card: Card) -> None:
    freed = Event()

    def hang(pull: Callable[[int], array[int]]) -> Card:
        freed.wait(30)
        return card.open(pull)

    line = Stream(Mixer(), hang, card.clock, QUICK)
    states = [line.state]
    line.start()
    states.append(line.state)
    card.now += 3.1
    states.append(line.state)
    line.close(0.01)
    states.append(line.state)
    assert states == ["off", "opening", "lost", "off"]
    freed.set()
    assert becomes(lambda: card.closed), "what opened after all is closed"


def test_closing_a_lost_card_that_hangs_does_not_keep_the_next_from_opening(card: Card) -> None:
    freed = Event()
    card.close = lambda: freed.wait(30)  # type: ignore[method-assign, assignment]
    line = Stream(Mixer(), card.open, card.clock, QUICK)
    line.start()
    assert becomes(lambda: len(card.pulls) > 1)
    freed.set()
    line.close(5)


def test_a_card_that_is_lost_again_and_again_is_let_go_each_time(card: Card) -> None:
    before = set(enumerate_threads())
    line = Stream(Mixer(), card.open, card.clock, QUICK)
    line.start()
    assert becomes(lambda: len(card.pulls) > 5)
    line.close(5)
    assert becomes(lambda: card.closed == len(card.pulls))
    assert becomes(lambda: not set(enumerate_threads()) - before)


def test_a_mistake_in_the_mixer_is_a_moment_of_silence(monkeypatch: pytest.MonkeyPatch, card: Card) -> None:
    mixer = Mixer()
    feed = Feed(mixer, card.clock)
    monkeypatch.setattr(mixer, "render", lambda _frames: 1 / 0)
    assert feed.pull(480) == array("h", bytes(960))
