"""Any key as a pause: whichever is hit with closed eyes stops time or lets it go on, and skips nothing."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.player.test_session import LEAVE, PRACTICE
from tests.player.world import World

from psoas_cli.player.any_key import KEPT, STOP_OR_GO, meant_by
from psoas_cli.player.wishes import Delivery
from psoas_cli.tui.hints import fitting_hints, hints_of
from psoas_cli.tui.status import Mode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Window

    from psoas_cli.practice.model.text import Lang

ORDINARY = ("space", "x", "?", "+", "-", "i", "m", "b", "v", "e", "p", "up", "left", "right", "pageup", "esc", "1", "é")
MODES: tuple[Mode, ...] = get_args(Mode)
NAMES = st.one_of(st.sampled_from([*ORDINARY, *KEPT]), st.characters(categories=["L", "N", "P", "S"]))


def world(*script: tuple[float, str], lang: Lang = "en") -> World:
    """A practice with these keys, led through where any key pauses."""
    return World(PRACTICE, *script, *LEAVE, delivery=Delivery(lang, any_key=True)).run()


def modes(seen: World, *moments: float) -> list[Mode]:
    return [seen.status_at(at).mode for at in moments]


@given(NAMES, st.sampled_from(MODES))
def test_without_the_setting_every_key_is_itself(name: str, mode: Mode) -> None:
    assert meant_by(name, mode, any_key=False) == name


@given(NAMES, st.sampled_from(["playing", "paused", "returning"]))
def test_in_a_practice_a_key_keeps_its_meaning_or_stops_time_or_lets_it_go_on(name: str, mode: Mode) -> None:
    assert meant_by(name, mode, any_key=True) == (name if name in KEPT else STOP_OR_GO)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["stopped", "continued"])
def test_what_is_no_key_is_never_one(name: str, mode: Mode) -> None:
    assert meant_by(name, mode, any_key=True) == name


@pytest.mark.parametrize("key", ORDINARY)
def test_any_key_pauses_and_any_key_goes_on(key: str) -> None:
    seen = world((20, key), (22, key))
    assert modes(seen, 19, 21, 23) == ["playing", "paused", "playing"]
    assert seen.position_at(23) == 21.0
    assert seen.session.finished
    assert seen.session.changes == []
    assert not any(status.help or status.card or status.muted for _, status, _, _ in seen.seen)


@pytest.mark.parametrize("key", ["space", "x"])
def test_before_the_practice_it_pauses_too_and_skips_nothing(key: str) -> None:
    seen = world((5, key), (7, key))
    assert modes(seen, 6, 8) == ["paused", "playing"]
    assert seen.position_at(8) == 6.0


def test_in_the_time_to_come_back_it_pauses_and_that_time_begins_again() -> None:
    seen = world((20, "x"), (60, "x"), (62, "y"), (70, "z"))
    assert modes(seen, 61, 65, 71) == ["returning", "paused", "returning"]
    assert seen.status_at(71).count_in > seen.status_at(61).count_in - 2


@pytest.mark.parametrize("key", ["n", "pagedown"])
def test_what_leads_on_leads_on(key: str) -> None:
    assert world((20, key)).position_at(21) == 70.0
    assert world((5, key)).position_at(6) >= 10.0  # also out of the time before the practice


@pytest.mark.parametrize("key", ["w", "enter"])
def test_one_can_ask_where_one_is(key: str) -> None:
    seen = world((20, key))
    assert seen.status_at(21).where is not None
    assert seen.status_at(21).mode == "playing"


@pytest.mark.parametrize("key", [*ORDINARY, "n", "w", "enter"])
def test_any_key_but_q_takes_an_end_back(key: str) -> None:
    assert modes(world((20, "q"), (21, key)), 20.5, 22) == ["ending", "playing"]


def test_q_ends_and_g_grounds_in_an_end_too() -> None:
    assert modes(world((20, "q"), (21, "q")), 20.5, 21.3) == ["ending", "closing"]
    assert modes(world((20, "q"), (21, "g")), 20.5, 22) == ["ending", "grounding"]


@pytest.mark.parametrize(
    ("key", "mode"),
    [
        *((key, "returning") for key in ("x", "space", "enter", "r", "+", "esc")),
        *((key, "grounding") for key in ("n", "left", "pageup", "w", "v", "m", "g")),
        ("q", "ending"),
    ],
)
def test_in_grounding_its_own_keys_keep_their_meaning_and_others_go_on(key: str, mode: Mode) -> None:
    assert modes(world((20, "g"), (30, key)), 29, 31) == ["grounding", mode]


def test_buttons_of_headphones_mean_what_they_always_do() -> None:
    seen = world((20, "media-pause"), (21, "media-pause"), (23, "media-play"), (25, "media-play"), (30, "media-next"))
    assert modes(seen, 22, 24, 26) == ["paused", "playing", "playing"]
    assert seen.position_at(31) == 70.0


def test_being_stopped_is_no_key() -> None:
    seen = world((20, "stopped"), (21, "continued"), (30, "x"))
    assert modes(seen, 22, 29) == ["paused", "paused"]


def test_when_it_is_over_keys_for_sound_do_not_leave_and_others_do() -> None:
    ended = ((20.0, "q"), (21.0, "q"))
    louder = world(*ended, (23, "up"), (25, "x"))
    assert louder.status_at(23.5).message == "Volume 75"
    assert 25 <= louder.at < 26


@pytest.mark.parametrize(
    ("at", "lang", "shown"),
    [
        (5.5, "en", "any key: pause"),
        (5.5, "nl", "elke toets: pauze"),
        (15.0, "en", "any key: pause"),
        (21.0, "en", "any key: resume"),
        (21.0, "nl", "elke toets: verder"),
        (61.0, "en", "any key: pause"),
    ],
)
@pytest.mark.parametrize("width", [20, 40, 80])
def test_the_foot_of_the_screen_says_what_any_key_does(at: float, lang: Lang, shown: str, width: int) -> None:
    status = world((20, "x"), (60, "x"), lang=lang).status_at(at)
    line = fitting_hints(hints_of(status), width)
    assert line.startswith(shown)
    assert not re.search(r"\?|\bi |\+|spa(ce|tie)", line)


def test_an_end_says_that_any_key_takes_it_back() -> None:
    status = world((20, "q"), (21, "x")).status_at(20.5)
    assert fitting_hints(hints_of(status), 80).startswith("any key to stay a while longer · q end now")


def test_in_a_window_any_key_pauses_and_a_pasted_text_does_not(home: Path, window: Callable[..., Window]) -> None:
    (home / "config.yaml").write_text("audio: none\nany-key: pause\n", "utf-8")
    (home / "short.yaml").write_text(
        "title: Short\nlanguage: en\nlead-in: 60s\ntransition: 0s\nsteps:\n  - {name: Lie, hold: 5m}\n", "utf-8"
    )
    seen = window(sys.executable, "-m", "psoas_cli", "practice", "short.yaml", "-y")
    assert "space" not in seen.see("any key: pause")
    seen.send("\x1b[200~x\x1b[201~n")
    assert "any key: pause" in seen.see(r"(5:00|4:5\d) left")
    seen.send("j")
    seen.see("any key to resume when you like")
    seen.send("\x1b[5~")
    seen.see("any key: pause")
    seen.send("qq")
    seen.see("any key leaves")
    seen.send("q")
    assert seen.end() == 0
