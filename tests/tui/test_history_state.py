"""Looking back on the full screen: what its keys do, and that nothing is deleted by one of them alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.tui.history_state import HOUR_KEYS, PRACTICE_KEYS, SESSION_KEYS, Past, hints_of
from psoas_cli.tui.menu import Menu, Row

ROWS = tuple(Row(f"Session {number}") for number in range(4))
PAST = Past(
    (
        Menu("Sessions", ROWS, "en", keys=SESSION_KEYS),
        Menu("Practices", ROWS[:2], "en", keys=PRACTICE_KEYS),
        Menu("Hours", ROWS[:1], "en", keys=HOUR_KEYS),
    ),
    ("a", "b", "c", "d"),
    (("practice yin", "", "breathe 4-6", "practice yin"), ("practice yin", "breathe 4-6"), ()),
)
NOTHING = Past(tuple(replace(menu, rows=()) for menu in PAST.views), (), ((), (), ()))


def pressed(*keys: str, past: Past = PAST) -> Past:
    for key in keys:
        past = past.key(key)
    return past


def test_each_list_keeps_its_place_while_another_is_shown() -> None:
    past = pressed("down", "down", "right", "down")
    assert (past.menu.title, past.menu.at) == ("Practices", 1)
    assert (pressed("left", past=past).menu.title, pressed("left", past=past).menu.at) == ("Sessions", 2)
    assert pressed("left").menu.title == "Hours"
    assert pressed("right", "right", "right").menu.title == "Sessions"
    assert "← → sessions, hours" in hints_of(past)[2]


def test_a_session_is_deleted_by_two_keys_the_second_of_which_says_so() -> None:
    asked = pressed("down", "d")
    assert asked.menu.title.startswith("Delete this session")
    assert "y delete for good" in hints_of(asked)[0]
    for yes in "yj":
        assert (pressed(yes, past=asked).outcome, asked.menu.at) == ("delete", 1)
    for other in ("d", "enter", "esc", "q", "down", "space", "n", "?"):
        kept = pressed(other, past=asked)
        assert (kept.outcome, kept.asking, kept.menu.at) == (None, False, 1)


@given(st.lists(st.sampled_from(["up", "down", "left", "right", "d", "enter", "esc", "q", "?", "space", "x"])))
def test_without_a_yes_nothing_is_ever_deleted(keys: list[str]) -> None:
    for past in (PAST, NOTHING):
        state = past
        for key in keys:
            state = state.key(key)
            assert state.outcome in (None, "leave", "choose")
            if state.closed:
                break


def test_sums_and_an_empty_list_have_nothing_to_delete() -> None:
    assert not pressed("right", "d").asking
    assert not pressed("d", past=NOTHING).asking
    assert "d delete" not in [*hints_of(pressed("right")), *hints_of(NOTHING)]
    assert "d delete" in hints_of(PAST)


def test_q_and_esc_lead_back_and_a_question_mark_shows_the_keys() -> None:
    assert pressed("q").outcome == pressed("right", "esc").outcome == "leave"
    assert pressed("?").help
    assert pressed("?", "d", "left").help
    assert not pressed("?", "q").closed


def test_enter_chooses_a_practice_again_where_it_can_be_begun() -> None:
    assert (pressed("enter").outcome, pressed("enter").again) == ("choose", "practice yin")
    assert pressed("right", "down", "enter").again == "breathe 4-6"
    assert "Enter again" in hints_of(PAST)
    for nowhere in (pressed("down"), pressed("left"), NOTHING):
        assert pressed("enter", past=nowhere).outcome is None
        assert "Enter again" not in hints_of(nowhere)
