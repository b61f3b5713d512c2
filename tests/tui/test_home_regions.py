"""The home screen, as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tui.test_screen import SIZES, Terminal

from psoas_cli.practice.model.patterns import NAMED, TITLES
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.storage.library import Library
from psoas_cli.tui.home_regions import hints_of, menu_of, picture_of
from psoas_cli.tui.home_state import Choice, Home, Last, home_at

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.figure import Figure

LAST = Last(30, 1790, 1)
YIN = Text("Yin for the psoas", "Yin voor de psoas")
CHOICES = (
    Choice("practice", "body-scan", Text("Body scan", "Bodyscan"), 600, 6, 43),
    Choice("practice", "yin", YIN, 2700, 24, 84, props=(Text("blanket", "deken"),), last=LAST),
    Choice("practice", "evening", Text("Legs up 🌙 夜の練習", "Legs up 🌙 夜の練習"), 4500, 31, 103),
    Choice("practice", "torn", problem="3:5: steps[0].pose: expected a pose, got draggon"),
    *(Choice("breathe", name, TITLES[name], 300, 1, 1440, NAMED[name].counts) for name in NAMED),
)
PAGES = (
    Choice("page", "history", Text("History", "Terugkijken"), purpose=Text("Look back.", "Kijk terug."), key="h"),
    Choice("page", "poses", Text("Poses", "Houdingen"), purpose=Text("Every pose.", "Elke houding."), key="p"),
)
GO_ON = Choice(
    "resume",
    "practice yin",
    YIN,
    1440,
    purpose=Text("You were interrupted today at 7:30.", "Je werd vandaag om 7:30 onderbroken."),
    stop=Text("Sphinx", "Sfinx"),
)


def home(*keys: str, lang: Lang = "en") -> Home:
    choices = (GO_ON, *CHOICES, *PAGES) if keys[:1] == ("home",) else (*CHOICES, *PAGES)
    state = home_at(choices, lang, ("practice", "yin"))
    for key in keys:
        state = state.key(key)
    return state


def show(terminal: Terminal, state: Home, picture: Figure | None = None) -> None:
    terminal.screen.menu(menu_of(state), hints_of(state), picture_of(state, picture))


@pytest.fixture(scope="module")
def picture() -> Figure | None:
    return Library("en").poses["sphinx"].figure


STATES = {
    "opened": (),
    "refused": ("5", "enter"),
    "broken": ("down", "down"),
    "breathing": ("down", "down", "down", "7"),
    "gone on with": ("home",),
    "page": ("end",),
    "search": ("/", *"ex"),
    "nothing found": ("/", *"zz"),
    "help": ("?",),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_looks_as_it_should(
    snapshot: SnapshotAssertion, picture: Figure, size: str, state: str, lang: Lang
) -> None:
    terminal = Terminal(*SIZES[size])
    show(terminal, home(*STATES[state], lang=lang), picture)
    assert terminal.frame == snapshot


def test_without_block_characters_everything_is_still_there(snapshot: SnapshotAssertion, picture: Figure) -> None:
    terminal = Terminal(80, 24, ascii_only=True)
    show(terminal, home(), picture)
    assert terminal.frame == snapshot
    show(terminal, home("end", "up", "up"))
    assert "> Cyclic sigh" in terminal.frame
    assert "#####" in terminal.frame


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
def test_practices_of_the_same_name_are_told_apart(size: tuple[int, int]) -> None:
    twins = tuple(Choice("practice", name, YIN, 600, 5, 20) for name in ("yin", "yin-of-my-own"))
    terminal = Terminal(*size)
    show(terminal, home_at((*twins, *CHOICES[:1]), "en", ("practice", "yin")))
    rows = terminal.frame.splitlines()
    assert sum("yin-of-my-own" in row for row in rows) == 1
    assert any("Body scan" in row and "body-scan" not in row for row in rows)


@pytest.mark.parametrize(
    ("low", "high", "told", "refused"),
    [
        (6, 6, "No other length is possible", "No other length is possible"),
        (5.5, 5.5, "No other length is possible", "No other length is possible"),
        (310 / 60, 350 / 60, "Can last 5:10–5:50 minutes", "Choose 5:10–5:50 minutes"),  # noqa: RUF001 - a dash
        (5, 6, "Can last 5–6 minutes", "Choose 5–6 minutes"),  # noqa: RUF001
    ],
)
def test_what_leaves_little_choice_says_what_choice_there_is(low: float, high: float, told: str, refused: str) -> None:
    terminal = Terminal(80, 24)
    state = home_at((Choice("practice", "own", Text("Own"), 330, low, high),), "en", ("practice", "own"))
    show(terminal, state)
    assert told in terminal.frame
    show(terminal, state.key("9"))
    assert refused in terminal.frame


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40)])
def test_of_many_the_chosen_one_is_always_seen(size: tuple[int, int]) -> None:
    many = tuple(Choice("practice", f"own-{i}", Text(f"Own {i}"), 600, 5, 20) for i in range(100))
    state = home_at(many, "en", ("practice", "own-0"))
    terminal = Terminal(*size)
    for i in range(100):
        show(terminal, state)
        assert f"▸ Own {i} " in terminal.frame
        state = state.key("down")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["up", "down", "end", "1", "enter", "l", "/", "x", "esc", "?"]), max_size=8),
    st.tuples(st.integers(1, 130), st.integers(1, 45)),
)
def test_every_frame_fits_whatever_came_before(picture: Figure, keys: list[str], size: tuple[int, int]) -> None:
    terminal = Terminal(*size)
    state = home()
    for key in keys:
        show(terminal, state, picture)
        state = state.key(key)
    fresh = Terminal(*size)
    for each in (terminal, fresh):
        show(each, state)
    assert terminal.frame == fresh.frame
