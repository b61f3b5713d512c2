"""The screens of a practice, as a terminal shows them: golden frames, and what holds for every frame."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from psoas_cli.player import cards
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.practice.score.transitions import told_again
from psoas_cli.practice.score.view import view_at
from psoas_cli.storage.library import Library
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import Mode, Status

SIZES = {"40x12": (40, 12), "80x24": (80, 24), "120x40": (120, 40), "20x5": (20, 5)}


class Terminal:
    """An emulated terminal with a screen on it."""

    def __init__(self, width: int, height: int, *, ascii_only: bool = False, motion: bool = True) -> None:
        self.emulated = pyte.Screen(width, height)
        self.stream = pyte.Stream(self.emulated)
        self.sent: list[str] = []
        console = Console(force_terminal=True, color_system="standard", highlight=False, _environ={})
        self.screen = Screen(console, self.write, ascii_only=ascii_only, motion=motion)
        self.screen.resize(width, height)

    def write(self, text: str) -> None:
        self.sent.append(text)
        self.stream.feed(text)

    @property
    def frame(self) -> str:
        return "\n".join(line.rstrip() for line in self.emulated.display)


@pytest.fixture(scope="module")
def yin() -> Timeline:
    return compile_sequence(Library("en").sequence("yin"))


def status(timeline: Timeline, t: float, lang: Lang = "en", mode: Mode = "playing", **more: object) -> Status:
    title = {"en": "Yin for the psoas", "nl": "Yin voor de psoas"}[lang]
    return Status(lang, title, mode, view_at(timeline, t, lang), ends_at="21:45", **more)  # type: ignore[arg-type]


MOMENTS = {
    "lead-in": (4.0, "playing"),
    "breathing hold": (131.4, "playing"),
    "leaving the first side": (970.0, "playing"),
    "resting between the sides": (1005.0, "playing"),
    "moving, second side": (1035.0, "playing"),
    "first seconds of a hold": (1058.0, "playing"),
    "rest": (2500.0, "playing"),
    "coming back": (2680.0, "playing"),
    "paused": (1058.0, "paused"),
    "returning": (1058.0, "returning"),
    "ending": (1058.0, "ending"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_looks_as_it_should(yin: Timeline, snapshot: SnapshotAssertion, size: str, moment: str) -> None:
    t, mode = MOMENTS[moment]
    terminal = Terminal(*SIZES[size])
    lang: Lang = "nl" if size == "120x40" else "en"
    stay = yin.stay_at(t)
    again = told_again(stay.segment).shown(lang) if stay and mode == "returning" else ()
    terminal.screen.show(status(yin, t, lang, mode, count_in=12.0, again=again))  # type: ignore[arg-type]
    assert terminal.frame == snapshot


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("what", ["help", "card", "closing", "message"])
def test_what_stands_around_a_practice_looks_as_it_should(
    yin: Timeline, snapshot: SnapshotAssertion, size: str, what: str
) -> None:
    more: dict[str, dict[str, object]] = {
        "help": {"help": True},
        "card": {"card": cards.cards_of(yin, "en")[5].card},
        "closing": {"mode": "closing", "practised": "You practised 45 minutes"},
        "message": {"message": "Sound muted", "muted": True},
    }
    terminal = Terminal(*SIZES[size])
    terminal.screen.show(status(yin, 1000.0, **more[what]))  # type: ignore[arg-type]
    assert terminal.frame == snapshot


def test_without_block_characters_everything_is_still_there(yin: Timeline, snapshot: SnapshotAssertion) -> None:
    terminal = Terminal(80, 24, ascii_only=True)
    terminal.screen.show(status(yin, 131.4))
    assert terminal.frame == snapshot


def test_without_motion_the_shape_stands_still_and_the_words_go_on(yin: Timeline) -> None:
    terminal = Terminal(80, 24, motion=False)
    terminal.screen.show(status(yin, 20.2))
    inhaling = terminal.frame
    terminal.screen.show(status(yin, 22.6))
    assert "Breathe in 2" not in terminal.frame
    shape = [line[:26] for line in inhaling.splitlines()[2:11]]
    assert shape == [line[:26] for line in terminal.frame.splitlines()[2:11]]


def test_without_numbers_no_clock_is_shown(yin: Timeline) -> None:
    terminal = Terminal(80, 24)
    terminal.screen.show(status(yin, 131.4, numbers=False))
    assert not any(char.isdigit() for line in terminal.frame.splitlines()[1:] for char in line)


def test_nothing_is_sent_when_nothing_changed(yin: Timeline) -> None:
    terminal = Terminal(80, 24)
    terminal.screen.show(status(yin, 131.4))
    before = len(terminal.sent)
    terminal.screen.show(status(yin, 131.4))
    assert len(terminal.sent) == before


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 2700), st.sampled_from(list(MOMENTS.values())), st.booleans()), max_size=5),
    st.tuples(st.integers(1, 130), st.integers(1, 45)),
)
def test_every_frame_fits_whatever_came_before(
    yin: Timeline, shown: list[tuple[float, tuple[float, str], bool]], size: tuple[int, int]
) -> None:
    terminal = Terminal(80, 24)
    for t, (_, mode), helped in shown:
        terminal.screen.show(status(yin, t, "nl", mode, help=helped))  # type: ignore[arg-type]
    terminal.emulated.resize(size[1], size[0])
    terminal.screen.resize(*size)
    fresh = Terminal(*size)
    for screen in (terminal, fresh):
        screen.screen.show(status(yin, 1000.0))
    assert terminal.frame == fresh.frame
    assert all(len(line) <= size[0] for line in fresh.frame.splitlines())


def test_of_a_window_without_end_a_large_one_is_drawn(yin: Timeline) -> None:
    largest, endless = Terminal(400, 200), Terminal(400, 200)
    endless.screen.resize(30_000, 30_000)
    for each in (largest, endless):
        each.screen.show(status(yin, 131.4))
    assert endless.sent == largest.sent
    assert sum(map(len, endless.sent)) < 500_000
