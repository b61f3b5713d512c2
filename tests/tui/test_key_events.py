"""Key events of a console of Windows, as names."""

from __future__ import annotations

import pytest

from psoas_cli.tui.key_events import INTERRUPT, KeyEvent, KeyEvents
from psoas_cli.tui.keys import PASTED, typed_by

RIGHT_ALT, LEFT_ALT, LEFT_CTRL, SHIFT = 0x1, 0x2, 0x8, 0x10
ALT = 0x12
UP, DOWN, LEFT, RIGHT = 0x26, 0x28, 0x25, 0x27


def down(char: str = "", key: int = 0, held: int = 0, repeats: int = 1) -> KeyEvent:
    return KeyEvent(down=True, repeats=repeats, key=key, char=char, held=held)


def up(char: str = "", key: int = 0, held: int = 0) -> KeyEvent:
    return KeyEvent(down=False, repeats=1, key=key, char=char, held=held)


def pressed(text: str) -> list[KeyEvent]:
    """Keys that type *text*, one after another."""
    return [event for char in text for event in (down(char, ord(char)), up(char, ord(char)))]


def names(*events: KeyEvent) -> list[str]:
    return KeyEvents().feed(events, 0.0)


def test_a_key_counts_when_it_goes_down() -> None:
    assert names(down("q", 0x51), up("q", 0x51)) == ["q"]
    assert names(down("Q", 0x51, SHIFT), up("Q", 0x51)) == ["q"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (UP, "up"), (DOWN, "down"), (LEFT, "left"), (RIGHT, "right"),
        (0x24, "home"), (0x23, "end"), (0x21, "pageup"), (0x22, "pagedown"),
    ],
)  # fmt: skip
def test_what_moves_is_known_by_its_place(key: int, name: str) -> None:
    assert names(down(key=key, held=0x100)) == [name]
    assert names(down(key=key, held=LEFT_CTRL)) == names(down(key=key, held=LEFT_ALT)) == []


@pytest.mark.parametrize(
    ("char", "name"),
    [(" ", "space"), ("\r", "enter"), ("\x1b", "esc"), ("\b", "backspace"), ("?", "?"), ("é", "é"), ("à", "à")],
)
def test_what_types_is_known_by_its_character(char: str, name: str) -> None:
    assert names(down(char, 0x41)) == [name]


@pytest.mark.parametrize("key", [0x10, 0x11, 0x12, 0x14, 0x70, 0x2E, 0x5B])
def test_shift_and_its_like_are_no_keys(key: int) -> None:
    assert names(down(key=key), up(key=key)) == []


def test_a_character_beyond_16_bits_comes_in_halves() -> None:
    high, low = "\ud83e", "\uddd8"
    keys = KeyEvents()
    assert keys.feed([down(high), up(high)], 0.0) == []
    assert keys.feed([down(low), up(low)], 0.1) == ["🧘"]
    assert names(down(low)) == names(down(high)) == []
    assert names(down(high), down("a")) == ["a"]


def test_alt_gr_types_and_alt_does_not() -> None:
    assert names(down("@", 0x51, RIGHT_ALT | LEFT_CTRL)) == ["@"]
    assert names(down("q", 0x51, LEFT_ALT)) == []
    assert names(down("\x11", 0x51, LEFT_CTRL)) == []


def test_a_number_on_the_keypad_with_alt_types_when_alt_goes_up() -> None:
    digits = [event(key=key, held=LEFT_ALT) for key in (0x25, 0x28, 0x60) for event in (down, up)]
    assert names(down(key=ALT, held=LEFT_ALT), *digits, up("é", ALT)) == ["é"]


def test_what_conhost_pastes_as_numbers_of_the_keypad_is_part_of_the_paste() -> None:
    told = names(*pressed("een adem "), down(key=ALT), down(key=0x61, held=LEFT_ALT), up("é", ALT), *pressed("n"))
    assert [(name, typed_by(name)) for name in told] == [(PASTED, "een adem én")]


def test_a_key_that_repeats_counts_as_often() -> None:
    assert names(down("+", 0xBB, repeats=3)) == ["+"] * 3
    assert names(down(key=UP, repeats=2)) == ["up"] * 2


def test_a_key_that_is_held_while_psoas_was_busy_is_no_paste() -> None:
    assert names(*[down("+", 0xBB)] * 20, up("+", 0xBB)) == ["+"] * 20
    assert names(down("+", 0xBB, repeats=20)) == ["+"] * 20


def test_ctrl_c_is_all_that_counts() -> None:
    assert names(down("q", 0x51), down("\x03", 0x43, LEFT_CTRL), *pressed("and much more")) == [INTERRUPT]


def test_pasted_text_is_no_keys_and_comes_whole() -> None:
    told = names(*pressed("q this is\rno typing"))
    assert [(name, typed_by(name)) for name in told] == [(PASTED, "q this is no typing")]


def test_a_long_paste_goes_on_for_as_long_as_it_comes() -> None:
    keys = KeyEvents()
    keys.feed(pressed("a paste in pieces, "), 1.0)
    assert keys.is_pasting(1.05)
    assert [typed_by(name) for name in keys.feed(pressed("q"), 1.05)] == ["q"]
    assert keys.feed(pressed("q"), 1.1) == [PASTED]
    assert not keys.is_pasting(1.5)
    assert keys.feed(pressed("q"), 1.5) == ["q"]


def test_arrows_pressed_quickly_are_no_paste() -> None:
    assert names(*[event(key=UP) for _ in range(20) for event in (down, up)]) == ["up"] * 20
