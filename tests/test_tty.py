"""What a terminal is, on each system."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from types import SimpleNamespace

import pytest
from tests.systems import NO_TERMINALS, WINDOWS
from tests.tui.windows_console import DEVICE, ESCAPE_CODES, OUTPUT, Console, streams

from psoas_cli.cli import console
from psoas_cli.main import run
from psoas_cli.tty import colours, escape_codes_on, is_reader_gone, is_terminal, lacks_signs, obeys
from psoas_cli.tui.terminal import has_screen


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Console:
    return Console.opened(monkeypatch)


@pytest.mark.skipif(WINDOWS, reason=NO_TERMINALS)
@pytest.mark.parametrize(("term", "obeyed"), [("xterm", True), ("dumb", False), ("", False), (None, False)])
def test_a_terminal_obeys_unless_it_is_dumb_or_nobody_knows_it(
    term: str | None, monkeypatch: pytest.MonkeyPatch, *, obeyed: bool
) -> None:
    monkeypatch.delenv("TERM", raising=False)
    if term is not None:
        monkeypatch.setenv("TERM", term)
    ends = os.openpty()
    assert (is_terminal(ends[1]), obeys(ends[1]), lacks_signs(ends[1])) == (True, obeyed, False)
    for end in ends:
        os.close(end)


@pytest.mark.skipif(WINDOWS, reason=NO_TERMINALS)
def test_a_pipe_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    ends = os.pipe()
    assert (is_terminal(ends[1]), obeys(ends[1])) == (False, False)
    for end in ends:
        os.close(end)


@pytest.mark.skipif(WINDOWS, reason=NO_TERMINALS)
@pytest.mark.parametrize(
    ("told", "drawn"),
    [
        ({"TERM": "xterm"}, "standard"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-kitty"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "TrueColor "}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "24bit", "TERM_PROGRAM": "Apple_Terminal"}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, None),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "256"),
        ({"TERM": "unknown"}, None),
    ],
)
def test_a_terminal_is_drawn_in_the_colours_that_it_says_it_has(
    told: dict[str, str], drawn: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("COLORTERM", "NO_COLOR", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert colours() == drawn


@pytest.mark.usefixtures("windows")
@pytest.mark.parametrize(("build", "drawn"), [(14393, "256"), (15063, "truecolor"), (26100, "truecolor")])
def test_consoles_of_windows_have_all_colours_since_2017(
    build: int, drawn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    monkeypatch.setattr(sys, "getwindowsversion", lambda: SimpleNamespace(major=10, build=build), raising=False)
    assert colours() == drawn


def test_on_windows_only_a_console_is_a_terminal(windows: Console) -> None:
    windows.handles[0] = DEVICE  # NUL, of which Python says that it is a terminal
    assert [is_terminal(number) for number in (0, 1, 2, 3)] == [False, True, True, False]


def test_a_console_without_term_obeys_as_long_as_its_escape_codes_are_on(
    windows: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams(monkeypatch)
    before = dict(windows.modes)
    assert not obeys(1)
    with suppress(KeyboardInterrupt), escape_codes_on():
        assert (obeys(1), obeys(2)) == (True, True)
        raise KeyboardInterrupt
    assert windows.modes == before


def test_a_console_too_old_for_escape_codes_is_left_as_it_is(windows: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    streams(monkeypatch)
    windows.obeys = False
    before = dict(windows.modes)
    with escape_codes_on():
        assert (is_terminal(1), obeys(1), has_screen()) == (True, False, False)
        assert windows.modes == before


def test_only_what_is_a_console_has_its_escape_codes_switched_on(
    windows: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams(monkeypatch)
    windows.handles = {1: DEVICE, 2: OUTPUT}
    with escape_codes_on():
        assert (obeys(1), obeys(2)) == (False, True)


def test_dumb_is_dumb_on_windows_too(windows: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    windows.modes[OUTPUT] |= ESCAPE_CODES
    assert obeys(1)
    monkeypatch.setenv("TERM", "dumb")
    assert not obeys(1)


@pytest.mark.usefixtures("windows")
def test_bold_is_bold_where_it_is_obeyed_and_else_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    output = streams(monkeypatch)
    assert not console.styled()
    console.write(console.bold("psoas"))
    with escape_codes_on():
        assert has_screen()
        console.write(console.bold("psoas"))
    assert output.shown == "psoas\n\x1b[1mpsoas\x1b[0m\n"


def test_without_escape_codes_home_is_the_list_and_nothing_is_bold(
    windows: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = streams(monkeypatch)
    windows.obeys = False
    assert run([]) == 0
    assert "constructive-rest" in output.shown
    assert "\x1b" not in output.shown


@pytest.mark.parametrize(
    ("variable", "window", "old"),
    [
        ("", "ConsoleWindowClass", True),
        ("", "PseudoConsoleWindow", False),
        ("WT_SESSION", "ConsoleWindowClass", False),
        ("TERM_PROGRAM", "ConsoleWindowClass", False),
    ],
)
def test_the_old_console_gets_pictures_of_signs_that_it_has(
    variable: str,
    window: str,
    windows: Console,
    monkeypatch: pytest.MonkeyPatch,
    *,
    old: bool,
) -> None:
    output = streams(monkeypatch)
    windows.window = window
    if variable:
        monkeypatch.setenv(variable, "1")
    assert lacks_signs(1) is old
    assert run(["poses", "sphinx"]) == 0
    assert any("\u2800" < char <= "\u28ff" for char in output.shown) is not old


def test_a_file_has_all_signs_on_windows_too(windows: Console) -> None:
    windows.handles[1] = DEVICE
    assert not lacks_signs(1)


@pytest.mark.usefixtures("windows")
def test_windows_calls_a_reader_that_is_gone_an_invalid_argument() -> None:
    assert [is_reader_gone(OSError(number, "")) for number in (errno.EPIPE, errno.EINVAL, errno.ENOSPC)] == [
        True,
        True,
        False,
    ]


@pytest.mark.skipif(WINDOWS, reason="it is one on Windows")
def test_elsewhere_an_invalid_argument_is_no_reader_that_is_gone() -> None:
    assert [is_reader_gone(OSError(number, "")) for number in (errno.EPIPE, errno.EINVAL)] == [True, False]


@pytest.mark.skipif(not WINDOWS, reason="it is about Windows")
def test_nul_is_no_terminal() -> None:
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - it has no path
        assert os.isatty(nothing.fileno())
        assert not is_terminal(nothing.fileno())
