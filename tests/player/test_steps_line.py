"""The line on which a practice of one's own is typed: what its keys do, and what is told meanwhile."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.player.test_settings_editor import Keys
from tests.tui.test_screen import SIZES, Terminal

from psoas_cli.cli.context import Context
from psoas_cli.player.steps_line import Sketch, StepsLine, field_of, type_steps
from psoas_cli.practice.format.problems import BadStepsError
from psoas_cli.practice.format.shorthand import last_step_in, read_steps
from psoas_cli.practice.score.overview import PlanItem
from psoas_cli.storage.library import Library
from psoas_cli.tui.keys import Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from tests.program import Window

POSES = Library("en").poses
STATES = {
    "empty": "",
    "half typed": "constructive-rest 5m, baby draak 3m, adem 4-6 2m, sfi",
    "mistaken": "constructive-rest 5m, babi 3m, rest 4m, ",
}


def read(steps: str) -> Sketch:
    try:
        read_steps(steps, POSES)
    except BadStepsError as error:
        return Sketch(slips=tuple(error.slips))
    return Sketch(plan=(PlanItem(steps, 0.0, (60.0,)),))


def typed(*keys: str) -> StepsLine:
    """The state after *keys*, of which a longer text is pasted."""
    line = StepsLine("en", read, latest="sphinx 2m")
    for key in keys:
        line = line.key(Key.pasted(key) if " " in key else key)
    return line


def plan_of(line: StepsLine) -> list[str]:
    return [item.name for item in line.sketch.plan]


def carets_at(line: StepsLine, width: int = 76) -> list[str]:
    """What stands above the carets."""
    shown, carets = field_of(line, width)
    return "".join(char if mark == "^" else " " for char, mark in zip(shown, carets, strict=False)).split()


def shown(keys: list[str], size: tuple[int, int], lang: str = "en", written: str = "") -> tuple[list[str], str, str]:
    """The frames that *keys* lead through, the line as it is then, and the practice to begin."""
    terminal = Terminal(*size)
    window = Keys(terminal, size, [*keys, "esc"])
    line, name = type_steps(window, terminal.screen, Context(lang), written, "")
    return window.seen, line, name


def test_of_what_is_half_typed_at_the_end_no_mistake_is_told_until_enter() -> None:
    line = typed("sphinx 3m, babi")
    assert plan_of(line) == ["sphinx 3m"]
    assert carets_at(line) == []
    asked = line.key("enter")
    assert not asked.closed
    assert carets_at(asked) == ["babi"]
    assert carets_at(typed("sphinx 3m, babi", ",")) == ["babi"]
    assert carets_at(asked.key("backspace")) == []


def test_all_mistakes_are_told_at_their_places_wherever_the_cursor_is() -> None:
    line = typed("babi 3m, sphinx 3m, dragn 2m, r")
    assert carets_at(line) == ["babi", "dragn"]
    for _ in range(31):
        line = line.key("left")
        assert [each.replace("|", "") for each in carets_at(line)] == ["babi", "dragn"]


def test_a_decimal_comma_is_no_end_of_a_step() -> None:
    assert last_step_in("sphinx 3m, rest 4,") == last_step_in("sphinx 3m, rest 4,5m") == 10
    assert last_step_in("sphinx 3m,") == 10
    assert carets_at(typed("sphinx 3m, rest 4,")) == []


def test_enter_leads_on_with_what_can_be_read_and_with_nothing_else() -> None:
    done = typed("sphinx 3m, rest 4m, ", "enter")
    assert done.begun
    assert done.closed
    assert not typed("enter").closed
    wrong = typed("babi 3m, rest 4m", "enter")
    assert not wrong.closed
    assert wrong.cursor == len("babi")


def test_the_line_is_edited_where_the_cursor_is() -> None:
    assert typed("baby 3m", "home", "left", "backspace", "s", "end", "backspace", "s").written == "sbaby 3s"
    assert typed("baby 3m", "left", "left", "left", "space", "q").written == "baby q 3m"
    assert typed("baby 3m", "up").written == "sphinx 2m"
    assert typed("baby 3m", "down", "end", "x").written == "x"
    assert typed("a b " * 500).written == ("a b " * 500)[:1000]
    back = typed("baby 3m", "?", "q", "esc")
    assert back.written == "baby 3m"
    assert back.closed
    assert not back.begun


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*"ab3m,; 😀é", "left", "home", "end", "backspace", "enter", "sphinx 3m, ", "e 夜 3m"])),
    st.integers(3, 40),
)
def test_the_cursor_is_always_seen(keys: list[str], width: int) -> None:
    line = typed(*keys)
    field, carets = field_of(line, width)
    assert cell_len(field) <= width
    assert len(carets) <= width
    assert ("_" if line.cursor == len(line.written) else "|") in field


@pytest.mark.parametrize(("size", "lang"), [("80x24", "en"), ("40x12", "nl"), ("20x5", "en")])
@pytest.mark.parametrize("state", STATES)
def test_the_page_looks_as_it_should(snapshot: SnapshotAssertion, state: str, size: str, lang: str) -> None:
    frames, kept, name = shown([], SIZES[size], lang, STATES[state])
    assert frames == snapshot
    assert (kept, name) == (STATES[state], "")


def test_a_plan_that_is_too_long_for_the_screen_shows_what_is_typed_last() -> None:
    (frame,), _, _ = shown([], (40, 12), "en", "sphinx 1m, childs-pose 1m, " * 6 + "saddle 7m, rest 4m")
    assert "…\n" in frame
    assert "Saddle                          7:00" in frame
    assert " in all\n" in frame


def test_in_one_line_enter_tells_what_is_wrong() -> None:
    frames, _, _ = shown(["enter"], (30, 5), "en", "sphinx 3m, babi 3m")
    assert [frame.split("\n")[2].strip() for frame in frames] == ["sphinx 3m, babi 3m_", 'There is no pose "babi".']


def test_what_keeps_it_from_being_practised_is_told(home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "poses.yaml").write_text("log: [\n", "utf-8")
    frames, _, name = shown(["enter"], (80, 24), "en", "sphinx 3m")
    assert all("poses.yaml:1:" in "".join(frame.split()) for frame in frames)  # a long path wraps
    assert name == ""


def test_from_home_a_practice_is_typed_seen_and_led(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_MUTE", "1")
    seen = window(sys.executable, "-m", "psoas_cli")
    seen.see("Yin for the psoas")
    seen.send("o")
    seen.see("For example")
    seen.send("sphinx 2m, babi,")
    seen.see(r"sphinx 2m, babi,_\n +\^\^\^\^\n +There is no pose")
    seen.send("\x1b[D\x7f\x7f\x7f\x7fsaddle 1m\x1b")
    seen.see("▸ Yin for the psoas")
    seen.send("o")
    seen.see(r"sphinx 2m, saddle 1m,_(.*\n)*.*Saddle +1:00")
    seen.send("\r")
    seen.see("ends at")
    seen.send("q")
    seen.see("▸ Your own practice")
    seen.send("\r")
    seen.see("ends at")
    seen.send("\r")
    seen.see("space begin")
    seen.send("qqqq")
    assert seen.end() == 0
    assert "Your own practice" in seen.text
