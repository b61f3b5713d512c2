from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.tui.test_screen import Terminal

from psoas_cli.player.buttons import BUTTONS
from psoas_cli.player.check_in import AFTER, AFTER_REST, BEFORE, Answers, CheckIn, ask, ask_in_lines
from psoas_cli.practice.model.sensations import OF_THE_BODY, OF_THE_BREATH
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.tui.keys import KeyParser

KEYS = st.lists(
    st.sampled_from([*"0123456789ab ", "enter", "backspace", "esc", "space", "up", "down", "j", "f5"]), max_size=60
)


def pressed(checkin: CheckIn, *keys: str) -> CheckIn:
    for key in keys:
        checkin = checkin.key(key)
    return checkin


def test_numbers_and_a_line_are_told_one_after_the_other() -> None:
    told = pressed(AFTER, "7", "enter", "1", "0", "enter", "w", "a", "r", "m", "space", "enter")
    assert (told.over, told.answers) == (True, Answers(7, 10, "warm"))


@pytest.mark.parametrize("answered", [(), ("7",), ("7", "enter", "3", "enter", "w")])
def test_buttons_of_headphones_answer_nothing(answered: tuple[str, ...]) -> None:
    asked = pressed(AFTER, *answered)
    assert pressed(asked, *sorted(BUTTONS)) == asked


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


def after_rest(*keys: str) -> Answers:
    return pressed(AFTER_REST, "enter", "enter", *keys).answers


def test_after_a_rest_answers_are_chosen_by_number_or_by_arrows_and_none_is_needed() -> None:
    assert after_rest("3", "enter", "down", "down", "enter", "up", "2", "up", "j", "enter") == Answers(
        breathing="lower", belly="softer", hips="softer"
    )
    assert after_rest("enter", "4", "up", "up", "up", "up", "enter", "7", "backspace", "enter", "enter") == Answers()
    assert after_rest("9", "x", "down", "6", "down", "enter", "esc") == Answers(breathing="unsure")
    assert after_rest("enter", "enter", "1", "enter", "o", "k", "enter") == Answers(hips="same", line="ok")


@given(KEYS)
def test_any_keys_leave_answers_on_their_scales(keys: list[str]) -> None:
    for checkin in (pressed(AFTER, *keys), pressed(AFTER_REST, *keys)):
        assert all(number is None or 0 <= number <= 10 for number in checkin.answers[:2])
        assert checkin.over or all(text.en and text.nl for text in (*checkin.asked, *checkin.choices))


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


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", [(80, 24), (60, 16), (40, 12)], ids=str)
def test_after_a_rest_every_choice_is_in_view_and_the_chosen_one_marked(size: tuple[int, int], lang: Lang) -> None:
    terminal = Terminal(*size)
    seen: list[str] = []

    class Reader(Typist):
        def events(self, timeout: float | None) -> list[str]:
            if timeout != 0:
                seen.append(terminal.frame)
            return super().events(timeout)

    keys = [["enter"], ["enter"], ["2"], ["enter"], ["7"], ["enter"], ["enter"], ["esc"]]
    ask(AFTER_REST, Reader([], *keys, size=size), terminal.screen, lang)
    for frame, question, marked in ((2, "breathing", 0), (3, "breathing", 2), (5, "belly", 7), (6, "hips", 0)):
        asked = CheckIn((question,))  # type: ignore[arg-type] # one of the questions
        rows = [row.strip() for row in seen[frame].splitlines()]
        assert asked.asked[0].said(lang) in " ".join(rows)
        for number, choice in enumerate(asked.choices, 1):
            mark = "> " if number == marked else ""
            assert f"{mark}{number}  {choice.said(lang)}" in rows


@pytest.mark.parametrize("size", [(39, 11), (20, 5), (8, 2)], ids=str)
def test_in_one_line_the_chosen_answer_is_said(size: tuple[int, int]) -> None:
    terminal = Terminal(*size)

    class Reader(Typist):
        def events(self, timeout: float | None) -> list[str]:
            if self._pieces == [["esc"]] and timeout != 0:
                assert "> slower and lower" in terminal.frame or size[0] < 20
            return super().events(timeout)

    ask(AFTER_REST, Reader([], ["enter"], ["enter"], ["4"], ["esc"], size=size), terminal.screen, "en")


@pytest.mark.parametrize("lang", LANGS)
def test_in_lines_each_question_and_each_answer_is_told(lang: Lang) -> None:
    told: list[str] = []
    typist = Typist(["3"], ["7"], ["enter"], ["enter"], ["3"], ["down", "enter"], ["1", "enter"], ["esc"])
    answers = ask_in_lines(AFTER_REST, typist, lambda *lines: told.extend(lines), lang)
    assert answers == Answers(tension=7, breathing=[*OF_THE_BREATH][3], belly=next(iter(OF_THE_BODY)))
    assert sum(line.endswith((" 7.", ": 7.")) for line in told) == 1
    for question in (question for question, _ in (pressed(AFTER_REST, *["enter"] * i).asked for i in range(5))):
        assert sum(question.said(lang) in line for line in told) == 1
    assert not any(sign in line for line in told for sign in "↑↓>=")
