"""The painter: whatever was shown before, the screen looks as if it were painted anew."""

from collections.abc import Hashable

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cached_cell_len, cell_len

from psoas_cli.tui.painter import Painter, Region, Rows

COLUMNS, LINES = 30, 7
LAYOUT = [Region("left", 0, 0, 12, 5), Region("right", 14, 1, 16, 4), Region("bottom", 0, 5, 30, 2)]
WORDS = [
    "",
    "hips",
    "a longer line of text that wraps",
    "漢字 kanji",
    "🙂 smile",
    "cafe\u0301",
    "▟█▙",
    "é",
    "x\x1b[2Jy\x07",
    "wide: 漢字漢字漢字",
]
CODES = {"plain": "", "strong": "1", "alert": "31;44", "faint": "2"}


def build(_name: str, key: Hashable, _width: int, _height: int) -> Rows:
    assert isinstance(key, tuple)
    return [((WORDS[word], [*CODES][style]),) for word, style in key]


class Screen:
    """A painter on an emulated terminal."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.Stream(self.screen)
        self.sent: list[str] = []
        self.painter = Painter(build, self.write, CODES)
        self.painter.reset(LAYOUT)

    def write(self, text: str) -> None:
        self.sent.append(text)
        self.stream.feed(text)

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        return [[self.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(LINES)]


region_states = st.lists(st.tuples(st.integers(0, len(WORDS) - 1), st.integers(0, 3)), max_size=4).map(tuple)
states = st.fixed_dictionaries({}, optional={region.name: region_states for region in LAYOUT})


@settings(max_examples=60, deadline=None)
@given(st.lists(states, min_size=1, max_size=8))
def test_incremental_output_equals_a_full_repaint(history: list[dict[str, Hashable]]) -> None:
    stepwise, at_once = Screen(), Screen()
    final: dict[str, Hashable] = {}
    for keys in history:
        stepwise.painter.paint(keys)
        final |= keys
    at_once.painter.paint(final)
    assert stepwise.cells == at_once.cells


def test_one_write_when_something_changed_and_none_otherwise() -> None:
    screen = Screen()
    screen.painter.paint({"left": ((1, 0),), "right": ((1, 0),)})
    screen.painter.paint({"left": ((1, 0),), "right": ((1, 0),)})
    screen.painter.paint({"left": ((6, 0),), "right": ((2, 1),)})
    assert len(screen.sent) == 2
    assert all(text.startswith("\x1b[?2026h") and text.endswith("\x1b[?2026l") for text in screen.sent)


def test_a_new_layout_leaves_nothing_of_the_old_one() -> None:
    screen = Screen()
    screen.painter.paint({"left": ((1, 0),), "right": ((2, 0),)})
    screen.painter.reset([Region("left", 20, 3, 10, 1)])
    screen.painter.paint({"left": ((1, 0),)})
    assert [line.strip() for line in screen.screen.display] == ["", "", "", "hips", "", "", ""]


def test_an_hour_of_seconds_leaves_little_behind() -> None:
    cached_cell_len.cache_clear()
    painter = Painter(lambda _name, key, _width, _height: [((str(key), "plain"),)], lambda _: None, CODES)
    painter.reset(LAYOUT)
    for second in range(3600):
        painter.paint({"left": second})
    assert cached_cell_len.cache_info().currsize < 600


def test_text_from_a_file_cannot_command_the_terminal() -> None:
    screen = Screen()
    screen.painter.paint({"bottom": ((1, 0),), "left": ((8, 0),)})
    assert screen.screen.display[0].startswith("x[2Jy")
    assert screen.screen.display[5].startswith("hips")


@pytest.mark.parametrize("title", ["\u0915\u094d\u0937", "e\u0301\u0302\u0303", "👩\u200d👩\u200d👧\u200d👦"])
def test_where_a_terminal_makes_a_text_wider_nothing_of_it_stays_and_what_is_beside_it_is_in_its_place(
    title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(__name__ + ".WORDS", [*WORDS, f"{title}  2:55"])
    screen = Screen()
    screen.painter.paint({"left": ((1, 0), (len(WORDS) - 1, 0)), "right": ((1, 0),)})
    placed = next(text for text in screen.sent[0].split("\x1b[2;") if "2:55" in text)
    assert placed.partition("H")[0] == str(1 + cell_len(f"{title}  "))
    screen.screen.cursor_position(2, 13)
    screen.screen.draw("55")  # what such a terminal has pushed out of the region
    screen.painter.paint({"left": ((1, 0),)})
    assert screen.screen.display[1].split() == ["hips"]
    assert screen.screen.display[1].startswith(" " * 14 + "hips")
