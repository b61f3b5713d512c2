"""The home screen's state: what keys do to it, and what holds whatever is pressed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.practice.model.durations import parse_minutes
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.home_state import Choice, Home, Last, ago, home_at

CHOICES = (
    Choice("practice", "yin", Text("Yin for the psoas", "Yin voor de psoas"), 2700, 24, 84, last=Last(30, 1800, 1)),
    Choice("practice", "body-scan", Text("Body scan", "Bodyscan"), 600, 6, 43),
    Choice("practice", "torn", problem="3:5: no"),
    Choice("breathe", "4-7-8", Text("4-7-8 breath"), 76, 1, 2, last=Last(5, 120, 3)),
    Choice("breathe", "long-exhale", Text("Long exhale"), 300, 1, 1440),
)
PAGES = (
    Choice("page", "history", Text("History"), key="h"),
    Choice("page", "settings", Text("Settings"), key="s"),
)
GO_ON = Choice("resume", "practice yin", Text("Yin for the psoas"), 900, stop=Text("Sphinx"))
KEYS = [
    *"jkl?/q0123456789 yin:,.hums", "up", "down", "pageup", "pagedown", "home", "end", "enter", "esc", "space",
    "backspace", "left", "stopped", "continued",
]  # fmt: skip


def pressed(*keys: str, at: Home | None = None) -> Home:
    home = at or home_at(CHOICES, "en", ("practice", "yin"))
    for key in keys:
        home = home.key(key)
    return home


@pytest.mark.parametrize("way", [(), ("4",), ("/", "y"), (":",)])
def test_buttons_of_headphones_do_nothing_here(way: tuple[str, ...]) -> None:
    home = pressed(*way)
    assert pressed("media-pause", "media-play", "media-play-pause", "media-next", "media-previous", at=home) == home


def chosen(home: Home) -> str:
    return home.chosen.id if home.chosen else ""


def test_enter_alone_repeats_the_last() -> None:
    home = pressed("enter")
    assert (home.outcome, chosen(home), home.minutes) == ("begin", "yin", 30)


def test_a_length_that_can_no_longer_be_had_is_not_repeated() -> None:
    home = home_at(CHOICES, "en", ("breathe", "4-7-8")).key("enter")
    assert (home.outcome, chosen(home), home.minutes) == ("begin", "4-7-8", None)


def test_digits_are_the_minutes_until_another_is_chosen() -> None:
    assert pressed("4", "5", "enter").minutes == 45
    assert pressed("4", "5", "backspace", "0", "enter").minutes == 40
    assert pressed("0", "4", "5", "enter").minutes == 45
    assert pressed("backspace", "enter").minutes is None
    assert pressed("4", "5", "down", "enter").minutes is None
    assert pressed("4", "5", "down", "up", "enter").minutes == 30


def test_a_length_may_be_typed_with_its_units_as_in_a_command() -> None:
    for typed, minutes in (("1h15", 75), ("30m", 30), ("32,5", 32.5), ("1:15:00", 75), ("0:45:00", 45)):
        assert pressed(*typed, "enter").minutes == minutes
    half = pressed(*"1h1")
    assert (half.half_typed, half.key("enter").refused, pressed("5", "enter", at=half).minutes) == (True, True, 75)
    assert pressed("h").typed is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("459", "45"), ("10", "1"), ("9", None), ("2h", "2"), ("1h3", "1h3"), ("1h75", "1h7"), ("1h2x", "1h2"),
        ("1:9", "1:"), ("23:59", "25"), ("45mm", "45m"), ("45::", "45:"), ("45s", "45"), ("24,25", "24,25"),
    ],
)  # fmt: skip
def test_a_length_is_refused_as_soon_as_no_further_key_can_make_it_possible(typed: str, kept: str | None) -> None:
    home = pressed(*typed)
    assert home.typed == kept
    assert home.refused is (kept != typed and "x" not in typed)
    assert not home.key("backspace").refused


def test_the_zeros_of_a_refused_number_begin_no_other() -> None:
    home = pressed("9", "0", "0")
    assert (home.refused, home.typed) == (True, None)
    assert pressed("3", "0", "enter", at=home).minutes == 30


def test_a_length_that_is_not_possible_yet_is_refused_by_enter() -> None:
    home = pressed("1", "enter")
    assert (home.outcome, home.refused, home.typed) == (None, True, "1")
    home = pressed("backspace", "2", "5", "enter", at=home)
    assert (home.outcome, home.refused, home.minutes) == ("begin", False, 25)


LENGTHS = st.one_of(
    st.integers(0, 1500).map(str),
    st.tuples(st.integers(0, 99), st.sampled_from([".5", ",25", ",5", ".75"]), st.sampled_from(["", "h", "m"])).map(
        lambda parts: "".join(map(str, parts))
    ),
    st.tuples(st.integers(0, 24), st.sampled_from("hu"), st.integers(0, 59)).map(lambda p: f"{p[0]}{p[1]}{p[2]:02}"),
    st.tuples(st.integers(0, 24), st.integers(0, 59)).map(lambda p: f"{p[0]}h{p[1]}m"),
    st.tuples(st.integers(0, 99), st.integers(0, 59)).map(lambda p: f"{p[0]}m{p[1]}s"),
    st.tuples(st.integers(0, 99), st.integers(0, 59)).map(lambda p: f"{p[0]}:{p[1]:02}"),
    st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)).map(lambda p: f"{p[0]}:{p[1]:02}:{p[2]:02}"),
)
"""Lengths as people write them."""


@settings(max_examples=300)
@given(LENGTHS, st.tuples(st.integers(1, 3000), st.integers(0, 3000)), st.integers(1, 6000))
def test_a_possible_length_can_be_typed_and_no_other(written: str, bounds: tuple[int, int], own: int) -> None:
    low, longer = bounds
    choice = Choice("practice", "own", Text("Own"), own, low / 60, (low + longer) / 60)
    seconds = round(parse_minutes(written) * 60)
    possible = low <= seconds <= low + longer or seconds == own
    home = home_at((choice,), "en", ("practice", "own"))
    for number, key in enumerate(written):
        home = home.key(key)
        if home.refused:
            rest = written[number:]
            assert not possible, f"{rest} of {written} is refused"
            return
    begun = home.key("enter")
    assert (begun.outcome == "begin") is possible
    assert begun.refused is not possible
    assert not possible or begun.minutes == parse_minutes(written)


def test_a_broken_file_can_be_looked_at_but_not_begun() -> None:
    home = pressed("down", "down", "3", "0", "enter")
    assert (chosen(home), home.typed, home.outcome) == ("torn", None, None)


def test_the_arrows_end_at_the_ends() -> None:
    assert [chosen(pressed(*["down"] * n)) for n in range(6)] == [
        "yin", "body-scan", "torn", "4-7-8", "long-exhale", "long-exhale",
    ]  # fmt: skip
    assert chosen(pressed("end", "k")) == "4-7-8"
    assert chosen(pressed("end", "home")) == "yin"
    assert chosen(pressed("pagedown")) == "long-exhale"


def test_a_search_finds_by_id_and_by_title_in_either_language() -> None:
    assert chosen(pressed("/", *"exhale")) == "long-exhale"
    assert chosen(pressed("/", *"BODYS")) == "body-scan"
    assert chosen(pressed("/", *"4-7-8", "enter", "2")) == "4-7-8"
    home = pressed("/", *"jqx")
    assert (chosen(home), home.outcome, home.key("enter").key("enter").outcome) == ("", None, None)
    assert chosen(pressed("backspace", "backspace", "backspace", at=home)) == "yin"
    home = pressed("/", *"scan", "enter")
    assert not home.key("esc").search
    assert home.key("esc").key("esc").outcome == "leave"


def test_the_language_and_the_keys_are_a_key_away() -> None:
    assert pressed("l").lang == "nl"
    assert pressed("l", "l").lang == "en"
    assert pressed("?").help
    assert pressed("?", "q").outcome is None
    assert pressed("?", "q", "q").outcome == "leave"


def test_a_page_is_opened_by_its_key_or_by_enter_and_one_comes_back_to_the_same_row() -> None:
    home = home_at((GO_ON, *CHOICES, *PAGES), "en", ("practice", "body-scan"))
    for keys in ("h", "4h", "h"):
        assert pressed(*keys, at=home).outcome == (None if keys == "4h" else "open")
    opened = pressed("s", at=home)
    assert (opened.outcome, opened.page, chosen(opened)) == ("open", "settings", "body-scan")
    opened = pressed("end", "enter", at=home)
    assert (opened.outcome, opened.page, chosen(opened)) == ("open", "settings", "settings")
    back = opened.again(home_at((*CHOICES, *PAGES), "nl", ("practice", "yin")))
    assert (back.outcome, back.lang, chosen(back)) == (None, "nl", "settings")
    gone = pressed("home", "h", at=home).again(home_at(CHOICES, "en", ("practice", "yin")))
    assert (chosen(gone), gone.outcome) == ("yin", None)


def test_what_has_no_length_of_its_own_takes_none() -> None:
    for at in ("home", "end"):
        home = pressed(at, "3", "0", at=home_at((GO_ON, *CHOICES, *PAGES), "en", ("practice", "yin")))
        assert (home.typed, home.refused) == (None, False)
    assert pressed("home", "enter", at=home_at((GO_ON, *CHOICES), "en", ("practice", "yin"))).outcome == "begin"


@given(
    st.lists(st.sampled_from(KEYS)),
    st.sampled_from([CHOICES, (GO_ON, *CHOICES, *PAGES), CHOICES[2:4], CHOICES[2:3], PAGES, ()]),
)
def test_any_keys_leave_a_valid_state(keys: list[str], choices: tuple[Choice, ...]) -> None:
    home = home_at(choices, "en", ("practice", "yin"))
    for key in keys:
        home = home.key(key)
        assert bool(home.chosen) == bool(home.shown)
        assert home.minutes is None or home.minutes >= 0
        if home.outcome == "begin":
            assert home.chosen
            assert not home.chosen.problem
            assert home.minutes is None or home.chosen.lasts(home.minutes)
        if home.outcome:
            break


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, "vandaag"), (0, "vandaag"), (1, "gisteren"), (6, "6 dagen geleden"), (9, "een week geleden"),
        (20, "2 weken geleden"), (400, "een tijd geleden"),
    ],
)  # fmt: skip
def test_the_last_time_is_said_as_people_say_it(days: int, said: str) -> None:
    assert ago(days).said("nl") == said
