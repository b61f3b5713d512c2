from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.tui.test_screen import Terminal

from psoas_cli.player.check_in import AFTER, BEFORE, Answers, CheckIn, ask
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.tui.keys import KeyParser

KEYS = st.lists(st.sampled_from([*"0123456789ab ", "enter", "backspace", "esc", "space", "up", "f5"]), max_size=60)


def pressed(checkin: CheckIn, *keys: str) -> CheckIn:
    for key in keys:
        checkin = checkin.key(key)
    return checkin


def test_numbers_and_a_line_are_told_one_after_the_other() -> None:
    told = pressed(AFTER, "7", "enter", "1", "0", "enter", "w", "a", "r", "m", "space", "enter")
    assert (told.over, told.answers) == (True, Answers(7, 10, "warm"))


def test_a_line_keeps_the_case_in_which_it_was_typed() -> None:
    keys = KeyParser().feed("\r\rWarm in mijn Übung\r".encode(), 0)
    assert pressed(AFTER, *keys).answers.line == "Warm in mijn Übung"


def test_a_pasted_text_is_an_answer_and_where_a_number_is_asked_only_a_number() -> None:
    keys = KeyParser().feed(b"\x1b[200~warm\nand soft\x1b[201~", 0)
    assert pressed(BEFORE, *keys).typed == ""
    assert pressed(AFTER, "enter", "enter", *keys, "enter").answers.line == "warm and soft"
    assert pressed(BEFORE, *KeyParser().feed(b"\x1b[200~10\x1b[201~", 0)).typed == "10"


def test_nothing_has_to_be_said_and_one_key_skips_all() -> None:
    assert pressed(BEFORE, "enter", "enter").answers == Answers()
    skipped = pressed(AFTER, "3", "enter", "4", "esc")
    assert (skipped.over, skipped.answers) == (True, Answers(tension=3))


def test_what_is_on_no_scale_is_not_taken() -> None:
    assert pressed(BEFORE, "1", "1", "x").typed == "1"
    assert pressed(BEFORE, "1", "backspace", "5", "enter").answers == Answers(tension=5)


@given(KEYS)
def test_any_keys_leave_answers_on_their_scales(keys: list[str]) -> None:
    checkin = pressed(AFTER, *keys)
    assert all(number is None or 0 <= number <= 10 for number in checkin.answers[:2])
    assert checkin.over or all(text.en and text.nl for text in checkin.asked)


class Typist:
    """Someone who types in pieces; what comes before the first is asked was typed too early."""

    dirty = False

    def __init__(self, early: list[str], *pieces: list[str], size: tuple[int, int] = (80, 24)) -> None:
        self._early, self._pieces, self.size = [early], list(pieces), size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def events(self, timeout: float | None) -> list[str]:
        if timeout == 0:
            return self._early.pop(0) if self._early else []
        return self._pieces.pop(0)


def test_what_was_typed_before_it_asked_is_no_answer() -> None:
    typist = Typist(["9", "enter", "esc"], ["3", "enter"], ["4", "enter"])
    assert ask(BEFORE, typist, Terminal(80, 24).screen, "en") == Answers(3, 4)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [(60, 16), (40, 12), (39, 11), (20, 5), (8, 2)], ids=str)
def test_the_end_of_the_answer_stays_in_view_however_long_it_is_and_small_the_screen(
    size: tuple[int, int], lang: Lang
) -> None:
    terminal = Terminal(*size)
    seen: list[str] = []

    class Reader(Typist):
        def events(self, timeout: float | None) -> list[str]:
            if timeout != 0:
                seen.append(terminal.frame)
            return super().events(timeout)

    typed = [*"w" * 190, *" end"]
    ask(AFTER, Reader([], ["1", "0"], ["enter"], ["enter"], typed, ["esc"], size=size), terminal.screen, lang)
    assert "> 10" in seen[1]
    assert "end" in seen[4].split("> ")[1].replace("\n", "")
    assert all(cell_len(row) <= size[0] for row in seen[4].splitlines())
