"""Terminals that can do little, or that nobody knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import BEGUN, PSOAS, Open, ended, press

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Window

# From the home screen by the preview into a practice, and out of it.
THROUGH = (
    ("Yin for the psoas", "/4-7-8\r"),
    ("breathe 4-7-8", "\r"),
    ("b bell", "\r"),
    ("How tense", "\r\r"),
    ("left", "n"),
    ("Breathe in", "?"),
    ("end gently", "?"),
    ("Breathe in", "qqq"),
    ("How tense", "\r\r\r"),
)


def through(window: Open) -> Window:
    """All screens, seen from the first to the last."""
    seen = window(*PSOAS)
    press(seen, THROUGH)
    assert ended(seen) == 0
    return seen


def colours(output: str) -> set[str]:
    """The codes for colours that were sent."""
    sent = {code for codes in re.findall(r"\x1b\[([\d;]*)m", output) for code in codes.split(";")}
    return {code for code in sent if code.isdigit() and (30 <= int(code) <= 49 or 90 <= int(code) <= 107)}


@pytest.mark.parametrize("term", ["xterm", "nonsense"])
def test_where_256_colours_are_not_known_there_are_16(window: Open, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    sent = colours(through(window).output)
    assert sent
    assert not sent & {"38", "48"}


def test_no_color_sends_no_colour(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colours(through(window).output)


@pytest.mark.parametrize(("command", "keys"), [("", "q"), (BEGUN, "n?gqqq")], ids=["home", "practice"])
def test_a_window_of_one_cell(window: Open, command: str, keys: str) -> None:
    seen = window(*PSOAS, *command.split(), columns=1, lines=1)
    seen.see(r"\S")
    seen.send(keys)
    assert ended(seen) == 0


def test_without_term_there_are_lines_and_no_codes(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM")
    seen = window(*PSOAS, "practice", "short.yaml")
    press(seen, (("Press Enter to begin", "\r"), ("How tense", "\r\r"), ("Lie starts in", "qqq")))
    press(seen, (("(?s)How tense.*How tense", "\r\r\r"),))
    assert ended(seen) == 0
    assert "\x1b" not in seen.output
    assert "You practised for a moment" in seen.text


def test_without_utf8_there_is_ascii(window: Open, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(name, value)
    assert through(window).output.isascii()
    (home / "short.yaml").write_text("title: Één adem 🧘\nsteps: [{name: Liggen “zo”, hold: 5m}]\n", "utf-8")
    commands = {"list": 0, "show short.yaml": 0, f"{BEGUN} --plain --speed 1000": 0, "show één": 2}
    for command, code in commands.items():
        seen = window(*PSOAS, *command.split())
        assert ended(seen) == code
        assert seen.output.isascii()
