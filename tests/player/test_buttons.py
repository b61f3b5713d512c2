"""Buttons of headphones and media keys: they pause and go on, go to the next stop, and tell where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.player.test_verbosity import PRACTICE, Told
from tests.player.world import World, sequence_of

from psoas_cli.player.buttons import BUTTONS, PAUSED_BY_BUTTON, REMINDER, STILL_PAUSED, STROKE, TWICE
from psoas_cli.player.wishes import Delivery

if TYPE_CHECKING:
    from psoas_cli.practice.model.verbosity import Verbosity

# The lead-in to 15 s, One to 135 s, a move to 165 s, Two to 225 s, a move to 245 s, the rest to 305 s.
LEAVE = [(250.0, "q"), (251.0, "q"), (253.0, "enter")]
PAUSING = ["media-pause", "media-play-pause"]
GOING_ON = ["media-play", "media-play-pause"]


def led(*script: tuple[float, str]) -> World:
    return World(PRACTICE, *script, *LEAVE).run()


def strokes(world: World) -> list[float]:
    return [round(at) for at, sound in world.bells if sound == STROKE.sound]


@pytest.mark.parametrize("pause", PAUSING)
@pytest.mark.parametrize("go_on", GOING_ON)
def test_a_button_pauses_and_goes_on(pause: str, go_on: str) -> None:
    world = led((30, pause), (33, go_on))
    assert [world.status_at(at).mode for at in (29.9, 31, 33.5)] == ["playing", "paused", "playing"]
    assert world.position_at(40) == pytest.approx(37, abs=0.3)


@pytest.mark.parametrize("at", [10.0, 30.0, 150.0], ids=["lead-in", "hold", "move"])
@pytest.mark.parametrize("button", PAUSING)
def test_a_pause_is_a_pause_wherever_it_comes(at: float, button: str) -> None:
    world = led((at, button))
    assert world.status_at(at + 50).mode == "paused"
    assert world.position_at(at + 50) == pytest.approx(at, abs=0.3)


def test_it_is_a_pause_too_while_there_is_time_to_come_back() -> None:
    world = led((30, "space"), (50, "space"), (53, "media-play-pause"))
    assert [world.status_at(at).mode for at in (52, 54, 120)] == ["returning", "paused", "paused"]


def test_to_play_what_plays_and_to_pause_what_is_paused_is_nothing() -> None:
    world = led((5, "media-play"), (30, "media-play"), (50, "media-pause"), (52, "media-pause"), (70, "media-play"))
    assert world.status_at(6).view.kind == "lead-in"
    assert world.status_at(14.5).view.kind == "lead-in"
    assert [world.status_at(at).mode for at in (31, 60)] == ["playing", "paused"]
    assert strokes(world) == [50]
    assert world.status_at(71).mode == "returning"
    assert led((30, "space"), (50, "space"), (53, "media-play")).status_at(54).mode == "returning"


def test_a_pause_by_a_button_is_heard_and_once_more_after_a_minute() -> None:
    told = Told((30, "media-pause"), (400, "media-play"))
    after = [each for each in told.said if 30 < each[0] < 400]
    assert [text for _, text in after] == [PAUSED_BY_BUTTON.en, STILL_PAUSED.en]
    assert [round(at) for at, _ in after] == [32, 32 + round(REMINDER)]
    assert strokes(told.world) == [30, 90]
    assert all(spoken > stroke + 1 for (spoken, _), stroke in zip(after, strokes(told.world), strict=True))


def test_a_pause_by_a_key_stays_silent() -> None:
    told = Told((30, "space"), (200, "space"))
    assert strokes(told.world) == []
    assert not {PAUSED_BY_BUTTON.en, STILL_PAUSED.en} & set(told.texts)


@pytest.mark.parametrize("end", ["media-play", "space", "g"])
def test_what_ends_the_pause_ends_the_reminder(end: str) -> None:
    told = Told((30, "media-pause"), (80, end), (85, "space"))
    assert strokes(told.world) == [30]
    assert STILL_PAUSED.en not in told.texts


@pytest.mark.parametrize("verbosity", ["moves", "names", "none"])
def test_it_is_said_however_little_is_said_but_for_nothing(verbosity: Verbosity) -> None:
    told = Told((30, "media-pause"), (400, "media-play"), verbosity=verbosity)
    said = [] if verbosity == "none" else [PAUSED_BY_BUTTON.en, STILL_PAUSED.en]
    assert [text for at, text in told.said if 30 < at < 400] == said
    assert strokes(told.world) == [30, 90]


def test_without_a_voice_the_stroke_is_heard_and_without_a_device_the_terminal_rings() -> None:
    assert strokes(led((30, "media-pause"))) == [30, 90]
    deaf = World(PRACTICE, (30, "media-pause"), *LEAVE, state="lost").run()
    assert {30, 90} <= {round(at) for at in deaf.alarms}


def test_after_more_than_half_a_minute_the_way_in_is_told_again() -> None:
    short = Told((30, "media-pause"), (50, "media-play"))
    long = Told((30, "media-pause"), (70, "media-play"))
    assert "Lie down" not in [text for at, text in short.said if 50 < at < 70]
    assert [text for at, text in long.said if 70 < at < 90] == ["One.", "Lie down"]


def test_next_is_the_next_stop() -> None:
    world = led((30, "media-next"))
    assert world.position_at(31) == 165
    assert world.status_at(31).mode == "returning"
    assert led((30, "n")).position_at(31) == world.position_at(31)


def test_previous_tells_where_one_is_and_twice_it_is_this_stop_again() -> None:
    world = led((60, "media-previous"))
    assert world.status_at(61).where is not None
    assert world.position_at(70) == pytest.approx(70, abs=0.3)
    again = led((60, "media-previous"), (60 + TWICE, "media-previous"))
    assert again.position_at(66) == 15
    assert again.status_at(66).mode == "returning"  # there is time to move there
    assert again.status_at(66).where is None  # the way in is what matters now


def test_two_that_are_far_apart_both_ask_and_so_do_two_with_another_button_between() -> None:
    apart = led((60, "media-previous"), (60.5 + TWICE, "media-previous"))
    assert apart.position_at(67) == pytest.approx(67, abs=0.3)
    between = led((60, "media-previous"), (61, "media-pause"), (62, "media-previous"))
    assert between.status_at(63).where is not None
    assert between.position_at(63) == pytest.approx(61, abs=0.3)


def test_the_third_asks_where_one_is_then() -> None:
    world = led((60, "media-previous"), (61, "media-previous"), (62, "media-previous"))
    assert world.status_at(63).where is not None
    assert world.position_at(63) == 15


@pytest.mark.parametrize(
    ("at", "again"), [(8.0, 0.0), (16.0, 15.0), (134.0, 15.0), (140.0, 165.0), (166.0, 165.0), (230.0, 245.0)]
)
def test_this_stop_is_the_one_that_one_is_in_or_moves_to(at: float, again: float) -> None:
    world = led((at - 1, "media-previous"), (at, "media-previous"))
    assert world.session.leap == (1, again)


def test_while_grounding_play_goes_on_and_previous_tells_where_one_is() -> None:
    world = led((30, "g"), (40, "media-next"), (41, "media-pause"), (42, "media-previous"), (50, "media-play"))
    assert [world.status_at(at).mode for at in (40.5, 41.5, 43, 51)] == ["grounding"] * 3 + ["returning"]
    assert world.status_at(43).where is not None
    assert strokes(world) == []


def test_an_end_is_taken_back_by_play_alone_and_no_button_leaves() -> None:
    world = led((30, "q"), (31, "media-pause"), (31.2, "media-next"), (32, "media-play"))
    assert [world.status_at(at).mode for at in (31.5, 32.5)] == ["ending", "playing"]
    closing = World(PRACTICE, (30, "q"), (30.5, "q"), *((32, button) for button in BUTTONS), (33, "enter")).run()
    assert closing.at == pytest.approx(33, abs=0.3)
    assert not closing.session.finished


def test_behind_help_and_cards_they_do_what_keys_do() -> None:
    world = led((30, "?"), (31, "media-pause"))
    assert (world.status_at(30.5).help, world.status_at(32).help) == (True, False)
    with_poses = sequence_of("  - {pose: sphinx, hold: 2m}\n  - {pose: saddle, hold: 2m}", with_poses=True)
    cards = [(30.0, "i"), (32.0, "media-next"), (34.0, "media-pause"), (36.0, "media-play")]
    looking = World(with_poses, *cards, *LEAVE).run()
    shown = [looking.status_at(at).card for at in (31, 33, 35, 37)]
    assert [card.number if card else 0 for card in shown] == [1, 2, 2, 0]
    assert looking.status_at(37).mode == "returning"


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from(sorted(BUTTONS - {"media-next"}))), max_size=12))
def test_whatever_is_pressed_play_leads_to_the_end_of_the_practice(script: list[tuple[float, str]]) -> None:
    world = World(PRACTICE, *script, (310.0, "media-play")).run()
    assert world.session.finished
    assert world.sound.late == []


@pytest.mark.parametrize("any_key", [False, True])
def test_buttons_mean_the_same_where_any_key_pauses(any_key: bool) -> None:
    script = [(10, "media-pause"), (12, "media-play"), (60, "media-previous"), (64, "media-previous")]
    script += [(66, "media-next"), (90, "g"), (92, "media-play")]
    world = World(PRACTICE, *script, *LEAVE, delivery=Delivery(any_key=any_key)).run()
    modes = [world.status_at(at).mode for at in (11, 13, 61, 65, 67, 91, 93)]
    assert modes == ["paused", "playing", "playing", "returning", "returning", "grounding", "returning"]
    assert [world.position_at(at) for at in (65, 67)] == [15, 165]
