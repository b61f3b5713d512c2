"""Windows and terminals of every kind: all sizes at once, pastes, slow lines, few colours, no name, no UTF-8."""

from __future__ import annotations

import random
import re
import select
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import PSOAS

from psoas_cli.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Window

Open = Callable[..., "Window"]

PRACTICE = (*PSOAS, "practice", "tried.yaml", "--lang", "en", "--yes")


def held(window: Open, **size: int) -> Window:
    """A window with a hold of a practice in it."""
    seen = window(*PRACTICE, **size)
    seen.see("ends ")
    seen.send("n")
    seen.see("(10:00|9:5[0-9]) left")
    return seen


def leave(seen: Window) -> None:
    """End the practice gently, and see that all is whole."""
    seen.send("qqq")
    assert seen.end() == 0
    assert "Traceback" not in seen.output
    assert "Tried: You practised" in seen.text


def test_two_hundred_sizes_in_five_seconds(window: Open) -> None:
    seen = held(window)
    sizes = [(1, 1), (20, 5), (40, 12), (300, 100), (2, 50), (200, 1)]
    chosen = random.Random(7)
    for number in range(200):
        columns, lines = chosen.choice(sizes) if number % 3 else (chosen.randint(1, 200), chosen.randint(1, 60))
        seen.child.setwinsize(lines, columns)
        time.sleep(0.02)  # a hand that drags a corner
        while select.select([seen.child.child_fd], [], [], 0)[0]:
            seen.child.read_nonblocking(65_536, timeout=0)
    seen.resize(80, 24)
    seen.send(" ")
    text = seen.see("space to go on")
    assert text.count("Tried") == 1
    assert text.count(" left") == 1
    assert text.count("space go on") == 1  # of what was drawn for other sizes nothing remains
    leave(seen)


@pytest.mark.parametrize("columns", [1, 2, 7, 39])
def test_in_the_smallest_windows_it_runs_and_ends(window: Open, columns: int) -> None:
    seen = window(*PRACTICE, columns=columns, lines=1)
    seen.see(r"\S")
    seen.send("?gi \x1b qqq")
    assert seen.end() == 0
    assert "Traceback" not in seen.output


def test_what_is_pasted_is_no_keys(window: Open) -> None:
    seen = held(window)
    pasted = ("q \r\x03 ngi?" * 1112)[:10_000].replace("\x03", "")
    seen.send(f"\x1b[200~{pasted}\x1b[201~ ")
    seen.see("space to go on")
    leave(seen)


def test_keys_by_the_thousand_hold_up_nothing(window: Open) -> None:
    seen = held(window)
    seen.send("x[O~;" * 2000)  # as pasted where brackets are unknown
    seen.send(" ")
    seen.see("space to go on")
    leave(seen)


def test_over_a_slow_line_an_arrow_is_an_arrow_and_no_esc(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    seen = held(window)
    seen.send("i")
    seen.see("1 / 1")
    for byte in "\x1b[C":  # to the next pose, of which there is none: an Esc would close the picture
        seen.send(byte)
        time.sleep(0.3)
    seen.send("in")
    seen.see("2 of 2")
    leave(seen)


@pytest.mark.parametrize("term", ["nonsense", "vt100", "xterm", "linux", "screen", None])
def test_whatever_the_terminal_is_called(window: Open, monkeypatch: pytest.MonkeyPatch, term: str | None) -> None:
    if term is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", term)
    seen = window(*PRACTICE)
    seen.see("ends |lead|0:00")
    seen.send(" ")
    seen.see("space to go on|Paused")
    if term in {"xterm", "linux", "vt100"}:  # they have sixteen colours, or fewer
        assert not re.search(r"\x1b\[[0-9;]*[34]8[;:]", seen.output)
    leave(seen)


def test_without_colours_none_are_sent(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seen = held(window)
    seen.send("n")
    seen.see("2 of 2")
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m", seen.output)
    leave(seen)


def test_without_utf_8_all_that_is_sent_is_ascii(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(name, value)
    seen = held(window)
    seen.send("i")
    seen.see("The way in")
    seen.send("i?")
    seen.see("end gently")
    seen.send("?")
    assert seen.output.isascii()
    leave(seen)


def test_a_closed_window_ends_it_and_the_journal_has_it(window: Open, home: Path) -> None:
    seen = held(window)
    seen.child.close(force=False)
    assert seen.child.exitstatus == 129
    (entry,) = Journal(home / "journal.sqlite3").entries()
    assert (entry.state, entry.title) == ("interrupted", "Tried")
