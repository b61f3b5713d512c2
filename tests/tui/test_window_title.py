"""The window's title: what it says, how seldom it changes, and that the window gets its own back."""

from __future__ import annotations

import re
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.systems import NO_TERMINALS

pytest.importorskip("termios", reason=NO_TERMINALS)

from tests.program import Window, home, window  # noqa: F401 - fixtures of these tests, too
from tests.tui.test_screen import status
from tests.tui.test_terminal_posix import Session

from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.library import Library
from psoas_cli.tui.window_title import title_codes, title_of

if TYPE_CHECKING:
    from pathlib import Path

    from psoas_cli.practice.model.text import Lang
    from psoas_cli.tui.status import Mode

YIN = compile_sequence(Library("en", own_poses=False).sequence("yin"))
HOLD = next(span for span in YIN.spans if span.segment.kind == "hold" and span.length >= 180)
PSOAS = (sys.executable, "-m", "psoas_cli")
FILE = "title: Short\nlanguage: en\nlead-in: 60s\ntransition: 0s\nsteps:\n  - {name: Lie, hold: 5m}\n"
CODES = re.compile(r"\x1b\[(2[23]);2t|\x1b\]2;([^\x07\x1b]*)\x07")

Open = Callable[..., Window]


def titles(output: str, first: str = "bash") -> list[str]:
    """The titles that a window has shown, *first* before anything was sent: it keeps them as xterm does."""
    shown, kept = [first], list[str]()
    for what, title in CODES.findall(output):
        if what == "22":
            kept.append(shown[-1])
        else:
            shown.append(kept.pop() if what == "23" else title)
    assert kept == [], "one is still kept"
    return shown


@pytest.mark.parametrize(
    ("left", "lang", "title"),
    [
        (175.0, "en", "{} · 3 min"),
        (175.0, "nl", "{} · nog 3 min"),
        (100.0, "en", "{} · 2 min"),
        (61.0, "nl", "{} · nog 1 min"),
        (60.0, "en", "{} · 1 min"),
        (59.0, "en", "{}"),
        (0.5, "nl", "{}"),
    ],
)
def test_it_is_the_pose_and_its_minutes_and_in_the_last_one_the_pose_alone(left: float, lang: Lang, title: str) -> None:
    shown = status(YIN, HOLD.end - left, lang)
    assert title_of(shown) == title.format(shown.view.title)


@pytest.mark.parametrize(
    ("mode", "title"), [("paused", "{} · paused"), ("grounding", "{} · paused"), ("returning", "{}"), ("ending", "{}")]
)
def test_it_says_when_time_stands_still(mode: Mode, title: str) -> None:
    shown = status(YIN, HOLD.end - 170, "en", mode)
    assert title_of(shown) == title.format(shown.view.title)


def test_it_names_the_practice_once_that_is_over() -> None:
    assert title_of(status(YIN, YIN.duration, "en", "closing")) == "Yin for the psoas"


def test_without_numbers_it_has_none() -> None:
    shown = replace(status(YIN, HOLD.end - 170), numbers=False)
    assert title_of(shown) == shown.view.title


def test_of_a_hold_that_is_open_nobody_knows_how_long_it_lasts() -> None:
    shown = status(YIN, HOLD.end - 170)
    assert title_of(replace(shown, view=replace(shown.view, open=True))) == shown.view.title


def test_in_a_whole_practice_it_changes_no_more_than_its_minutes_do() -> None:
    for span in YIN.spans:
        shown = [title_of(status(YIN, span.start + t)) for t in range(int(span.length))]
        changes = [title for title, _ in groupby(shown)]
        assert len(changes) <= (1 if span.segment.moving else span.length / 60 + 2)
        assert len(set(changes)) == len(changes)


@given(st.text(max_size=300))
def test_whatever_is_in_a_name_it_is_one_line_without_a_code(name: str) -> None:
    shown = status(YIN, HOLD.end - 170)
    title = title_of(replace(shown, view=replace(shown.view, title=name)))
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", title)
    assert len(title) <= 62
    assert title.endswith(" · 3 min")
    assert titles(title_codes("", title) + title_codes(title, "")) == ["bash", title, "bash"]


# -- in a terminal

PROGRAM = """
import sys
from psoas_cli.tui.terminal_posix import PlainTerminal, Terminal
with (PlainTerminal if "plain" in sys.argv else Terminal)() as terminal:
    terminal.entitle("One")
    terminal.entitle("One")
    terminal.entitle("Two · 2")
    if "back" in sys.argv:
        terminal.entitle("")
    terminal.write("ready")
    while "q" not in terminal.events(None):
        pass
"""


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Session]:
    monkeypatch.setenv("TERM", "xterm-256color")

    def started(*words: str) -> Session:
        session = Session(sys.executable, "-c", PROGRAM, *words)
        session.expect("ready")
        return session

    return started


@pytest.mark.parametrize("ending", ["q", "\x03", signal.SIGTERM, signal.SIGHUP], ids=["q", "Ctrl-C", "TERM", "HUP"])
def test_however_it_ends_the_window_gets_its_own_back(
    there: Callable[..., Session], ending: str | signal.Signals
) -> None:
    session = there()
    if isinstance(ending, str):
        session.send(ending)
    else:
        session.child.kill(ending)
    session.end()
    assert titles(session.output) == ["bash", "One", "Two · 2", "bash"]


def test_one_that_is_given_back_is_not_given_back_again(there: Callable[..., Session]) -> None:
    session = there("back")
    session.send("q")
    session.end()
    assert titles(session.output) == ["bash", "One", "Two · 2", "bash"]


def test_lines_leave_it_alone(there: Callable[..., Session]) -> None:
    session = there("plain")
    session.send("q")
    session.end()
    assert titles(session.output) == ["bash"]


# -- the program


@pytest.fixture
def short(home: Path) -> Path:  # noqa: F811 - it is the fixture
    (home / "short.yaml").write_text(FILE, "utf-8")
    (home / "config.yaml").write_text("audio: none\n", "utf-8")
    return home


def led(window: Open, *keys: str) -> list[str]:  # noqa: F811 - what the fixture gives
    """The titles of a window in which a practice is begun, and these keys are pressed in its first hold."""
    seen = window(*PSOAS, "practice", "short.yaml", "-y")
    for shown, key in ((r"(6:00|5:5\d) left", " "), (r"(5:00|4:5\d) left", "".join(keys))):
        seen.see(shown)
        seen.send(key)
    seen.end()
    return titles(seen.output)


def test_a_practice_tells_where_it_is(window: Open, short: Path) -> None:  # noqa: ARG001, F811 - fixtures
    shown = led(window, "q", "q", "q")
    assert shown[:3] == ["bash", "Lie", "Lie · 5 min"]
    assert shown[-1] == "bash"


@pytest.mark.parametrize("term", ["linux", "vt220"])
def test_where_there_is_no_window_nothing_is_sent(
    window: Open,  # noqa: F811 - what the fixture gives
    short: Path,  # noqa: ARG001 - it is laid
    monkeypatch: pytest.MonkeyPatch,
    term: str,
) -> None:
    monkeypatch.setenv("TERM", term)
    assert led(window, "q", "q", "q") == ["bash"]


def test_the_settings_switch_it_off(window: Open, short: Path) -> None:  # noqa: F811 - what the fixture gives
    (short / "config.yaml").write_text("audio: none\ntitle: off\n", "utf-8")
    assert led(window, "q", "q", "q") == ["bash"]


def test_a_name_cannot_say_anything_to_the_terminal(window: Open, short: Path) -> None:  # noqa: F811 - as above
    hostile = FILE.replace("Lie", '"Lie\\x1b]2;owned\\a\\u202e\\x9c\\n"')
    (short / "short.yaml").write_text(hostile, "utf-8")
    seen = window(*PSOAS, "practice", "short.yaml", "-y")
    seen.see("left|psoas:")
    seen.send("qqq")
    seen.end()
    assert "owned" not in titles(seen.output)
    assert not re.search("\x1b]2;[^\x07]*[\x1b\x9c\u202e]", seen.output)


def test_stopped_it_is_the_shells_and_then_ones_own_again(short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(short)
    shell = Session("bash", "--norc", "--noprofile", "-i")
    try:
        shell.expect(r"prompt\$ ")
        shell.send(f"{sys.executable} -m psoas_cli practice short.yaml -y\r")
        shell.expect(r"left")
        shell.send(" ")
        shell.expect(r"Lie · 5 min")
        shell.send("\x1a")
        shell.expect("Stopped")
        assert titles(shell.output)[-2:] == ["Lie · paused", "bash"]
        shell.send("fg\r")
        shell.expect("Lie · paused")
        shell.send("qqq")
        shell.expect(r"Short: ")
        assert titles(shell.output)[-1] == "bash"
    finally:
        shell.child.close(force=True)
