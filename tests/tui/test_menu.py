"""A list on the full screen: what its keys do, and what is seen of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.tui.test_screen import SIZES, Terminal

from psoas_cli.practice.model.text import Text
from psoas_cli.tui.menu import MOVE_KEYS, Menu, Row
from psoas_cli.tui.menu_regions import opening

if TYPE_CHECKING:
    from psoas_cli.tui.regions import Block

HINTS = ("← → change", "q back", "? keys")
ABOUT: Block = (("Voice", "name"), ("Whether and by whom the texts are spoken.", "plain"), ("psoas voices", "faint"))
ROWS = (
    Row("Voice", "on", "Sound", "Whether the texts are spoken.", ABOUT, adjustable=True),
    Row("Volume", "70", "Sound", adjustable=True),
    Row("Knees", "off", "Care", "夜の練習 🌙", adjustable=True),
    *(Row(f"Row {number}", heading="More", faint=True) for number in range(20)),
)
MENU = Menu("Settings", ROWS, "en", keys=(("← →", Text("change")), *MOVE_KEYS), empty="Nothing here")


def pressed(*keys: str, menu: Menu = MENU) -> Menu:
    for key in keys:
        menu = menu.key(key)
    return menu


def frame(menu: Menu, size: str = "80x24", *, ascii_only: bool = False) -> str:
    terminal = Terminal(*SIZES[size], ascii_only=ascii_only)
    terminal.screen.menu(menu, HINTS)
    return terminal.frame


@given(st.lists(st.sampled_from(["up", "down", "pageup", "pagedown", "home", "end", "j", "k", "x"])), st.integers(0, 9))
def test_the_cursor_is_always_on_a_row_whatever_becomes_of_the_rows(keys: list[str], left: int) -> None:
    menu = pressed(*keys)
    assert menu.chosen is ROWS[menu.at]
    fewer = replace(menu, rows=ROWS[:left])
    assert fewer.chosen is (ROWS[min(menu.at, left - 1)] if left else None)
    assert fewer.key("up").at == max(0, fewer.at - 1)


def test_it_is_closed_by_q_and_esc_and_its_keys_are_shown_by_a_question_mark() -> None:
    assert pressed("q").closed
    assert pressed("esc").closed
    assert "← →   change" in frame(pressed("?"))
    assert not pressed("?", "q").closed
    assert pressed("?", "q", "q").closed
    assert not pressed("?", menu=replace(MENU, keys=())).help


def test_a_note_takes_the_place_of_the_hints_until_the_next_key() -> None:
    noted = replace(MENU, note="Kept.")
    assert frame(noted).splitlines()[-1].strip() == "Kept."
    assert frame(noted.key("x")).splitlines()[-1].strip() == " · ".join(HINTS)


def test_the_value_of_the_chosen_row_shows_that_it_can_be_changed() -> None:
    assert "▸ Voice" in frame(MENU)
    assert "‹ on ›" in frame(MENU)  # noqa: RUF001 - as it is seen
    assert "> Voice" in frame(MENU, ascii_only=True)
    assert "< on >" in frame(MENU, ascii_only=True)
    assert "‹ 70 ›" in frame(pressed("down"))  # noqa: RUF001 - as it is seen


@pytest.mark.parametrize("size", ["40x12", "80x24", "120x40"])
def test_the_chosen_row_is_seen_with_what_is_told_of_it(size: str) -> None:
    menu = MENU
    for row in ROWS:
        assert f"▸ {row.label}" in frame(menu, size)
        menu = menu.key("down")
    assert "Whether and by whom" in frame(MENU, size)
    assert ("Whether the texts are spoken" in frame(MENU, size)) is (size == "120x40")


def test_without_rows_it_says_so() -> None:
    for size in SIZES:
        assert "Nothing here" in frame(replace(MENU, rows=()), size)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(Row, *[st.text("ab 夜🌙é", max_size=90)] * 4, adjustable=st.booleans()), max_size=30),
    st.tuples(st.integers(1, 160), st.integers(1, 50)),
    st.integers(0, 40),
)
def test_no_row_is_wider_than_the_screen_whatever_is_in_it(rows: list[Row], size: tuple[int, int], at: int) -> None:
    terminal = Terminal(*size)
    terminal.screen.menu(Menu("夜" * 80, tuple(rows), "en", at, empty="Nothing"), HINTS)
    assert all(cell_len(line) <= size[0] for line in terminal.frame.splitlines())


def test_an_opening_ends_where_it_means_something() -> None:
    said = "A quiet practice on the floor: long, supported holds, each with a rest after it."
    assert opening(said, 200) == said[:-1]
    assert opening(said, 60) == "A quiet practice on the floor"
    assert opening("Small, slow movements on your back, and rests.", 40) == "Small, slow movements on your back"
    assert opening("Small, slow movements on your back", 25) == "Small, slow movements…"
    assert opening("Laatste keer: een week geleden, 20 minuten", 36) == "Laatste keer: een week geleden"
    assert opening("A fixed time has passed (only on request)", 34) == "A fixed time has passed"
    assert opening("Nauwelijksafgebrokenebeweging", 20) == "Nauwelijksafgebroke…"
