"""`psoas record` as a person starts it: where it cannot run, and what it says in a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

RECORD = (sys.executable, "-m", "psoas_cli", "record", "yin-short")


def test_in_a_pipe_it_says_that_it_needs_a_terminal(psoas: Psoas, home: Path) -> None:
    result = psoas("record", "yin-short")
    assert (result.code, result.out) == (1, "")
    assert result.err.splitlines()[0] == "psoas: recording needs a terminal with a screen"
    assert not list(home.iterdir())


def test_over_ssh_it_says_whose_microphone_that_would_be(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22")
    result = psoas("record")
    assert result.code == 1
    assert "the microphone of the other computer" in result.err


def test_without_a_microphone_it_says_where_it_is_allowed_and_leaves_nothing(
    window: Callable[..., Window], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere")
    seen = window(*RECORD, "-l", "nl")
    text = seen.see("Er is geen microfoon")
    assert "pavucontrol" in text
    assert "Enter probeert opnieuw · q later" in text
    seen.resize(40, 12)
    seen.see("Er is geen microfoon")
    seen.resize(20, 5)
    seen.see("Er is geen")
    seen.resize(80, 24)
    seen.send("q")
    assert seen.end() == 0
    assert seen.text.strip() == "Er is niets opgenomen."
    assert not (home / "voices").exists()


@pytest.mark.parametrize(("key", "code"), [("\x03", 130), ("q", 0)])
def test_whoever_leaves_reads_what_there_is_and_ctrl_c_is_told_to_the_shell(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, key: str, code: int
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere")
    seen = window(*RECORD)
    seen.see("No microphone answers")
    seen.send(key)
    assert seen.end() == code
    assert seen.text.strip() == "Nothing was recorded."
