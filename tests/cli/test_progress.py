"""While a voice speaks, a person sees how far it is, and may go on without the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.audio.programs import Programs
from tests.tui.windows_console import DEVICE, Console, Stream, streams

from psoas_cli.cli.progress import progress
from psoas_cli.tty import escape_codes_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

PYTHON = sys.executable
PRACTICE = """
title: Told
language: en
lead-in: 0s
steps:
  - name: Lying
    hold: 1m
    say: [{at: 10s, text: One}, {at: 15s, text: Two}, {at: 20s, text: Three}, {at: 25s, text: Four}]
"""


@pytest.fixture
def slow(home: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """A piper that says two texts, and then nothing for a long time."""
    programs = Programs(home / "bin", monkeypatch)
    programs.add("piper", lines=2, seconds=60)
    (home / "en.onnx").write_bytes(b"a model")
    (home / "en.onnx.json").write_text('{"espeak": {"voice": "en-us"}}')
    (home / "config.yaml").write_text("voice: {en: en.onnx}\n")
    (home / "told.yaml").write_text(PRACTICE)
    return programs


RENDER = (PYTHON, "-m", "psoas_cli", "render", "./told.yaml", "-o", "told.wav")


def test_esc_goes_on_with_what_is_ready(slow: Programs, home: Path, window: Callable[..., Window]) -> None:
    shown = window(*RENDER)
    shown.see(r"Voice \(Esc: only show the rest\) .* \d+%")
    shown.send("\x1b")
    assert shown.end() == 0
    assert "as the voice was not ready yet: " in " ".join(shown.text.split())
    assert "Created told.wav" in shown.text
    assert 1 <= len(list((home / "speech").iterdir())) <= 2
    assert slow.calls("piper") == []  # it is not waited for


def test_another_key_does_not(slow: Programs, home: Path, window: Callable[..., Window]) -> None:
    shown = window(*RENDER)
    shown.see("Esc")
    shown.send(" \rq")
    shown.send("\x03")
    assert shown.end() == 130
    assert not (home / "told.wav").exists()
    assert slow.calls("piper") == []


def test_a_practice_in_lines_says_which_key(slow: Programs, window: Callable[..., Window]) -> None:
    shown = window(PYTHON, "-m", "psoas_cli", "practice", "./told.yaml", "--plain", "--yes")
    shown.see(r"Esc goes on without the\s+rest\.")
    shown.send("\x1b")
    shown.see(r"the voice was not\s+ready yet: ")
    shown.send("\x03")
    shown.end()
    assert slow.calls("piper") == []


def test_without_a_terminal_there_is_no_key(slow: Programs, psoas: Psoas) -> None:
    slow.add("piper")
    result = psoas("render", "./told.yaml", "-o", "told.wav")
    assert (result.code, result.err) == (0, "")
    assert "Esc" not in result.out
    assert len(slow.calls("piper")) == 1


def test_on_windows_the_bar_stays_on_its_line_where_the_output_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Console.opened(monkeypatch)
    windows.handles[1] = DEVICE
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: True)  # as Rich asks standard output alone
    streams(monkeypatch)
    with escape_codes_on(), progress("yin.wav") as told:
        told(1, 2)
    assert isinstance(sys.stderr, Stream)
    assert "━" in sys.stderr.shown  # Rich would draw another, with the functions of the console that is not there
