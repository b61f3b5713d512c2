"""Every signal at every stage: the exit code is as promised, and the terminal is as it was."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import PSOAS

if TYPE_CHECKING:
    from tests.cli.conftest import Window

PRACTICE = (*PSOAS, "practice", "tried.yaml", "--lang", "en")

Open = Callable[..., "Window"]

# How each stage is come to: the command, and then what is seen and which keys are pressed; last what is seen there.
_HELD = (PRACTICE, "Enter begins", "\r", "ends ", "n", "(10:00|9:5[0-9]) left")
STAGES: dict[str, tuple[tuple[str, ...], *tuple[str, ...]]] = {
    "home": (PSOAS, "Enter begin"),
    "preview": (PRACTICE, "Enter begins"),
    "lead-in": (PRACTICE, "Enter begins", "\r", "ends "),
    "hold": _HELD,
    "breathing": ((*PSOAS, "breathe", "--lang", "en"), "ends "),
    "lines": ((*PRACTICE, "--plain", "--yes"), "0:00"),
    "help": (*_HELD, "?", "end gently"),
    "looking": (*_HELD, "i", "The way in"),
    "paused": (*_HELD, " ", "space to go on"),
    "grounding": (*_HELD, "g", "there is no hurry"),
    "ending": (*_HELD, "q", "space"),
    "closing": (*_HELD, "qq", "Take your time"),
}
CODES = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGQUIT: 131, signal.SIGTERM: 143}


def at_stage(window: Open, stage: str) -> Window:
    """A window in which psoas is at *stage*."""
    command, *steps = STAGES[stage]
    seen = window(*command)
    for i, step in enumerate(steps):
        if i % 2:
            seen.send(step)
        else:
            seen.see(step)
    return seen


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
@pytest.mark.parametrize("stage", STAGES)
def test_it_ends_as_the_signal_says(window: Open, stage: str, number: signal.Signals) -> None:
    seen = at_stage(window, stage)
    seen.child.kill(signal.SIGWINCH)
    seen.child.kill(number)
    assert seen.end() == CODES[number]
    assert "Traceback" not in seen.output


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in {"lines", "closing"}])
def test_stopped_and_continued_it_shows_itself_again(window: Open, stage: str) -> None:
    seen = at_stage(window, stage)
    seen.screen.reset()
    seen.child.kill(signal.SIGTSTP)  # nobody could continue it here, so it is not stopped for long
    seen.see("Enter begin|space|end gently|The way in")
    seen.child.kill(signal.SIGTERM)
    assert seen.end() == 143


@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
def test_while_it_says_goodbye_the_terminal_stays_whole(window: Open, number: signal.Signals) -> None:
    seen = at_stage(window, "hold")
    seen.send("qqq")
    seen.see("Tried: You practised")
    if seen.child.isalive():
        seen.child.kill(number)
    assert seen.end() in {0, CODES[number], -number}
    assert "Traceback" not in seen.output


def test_several_at_once(window: Open) -> None:
    seen = at_stage(window, "hold")
    for number in (signal.SIGWINCH, signal.SIGINT, signal.SIGWINCH, signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        os.kill(seen.child.pid, number)
    assert seen.end() in CODES.values()
    assert "Traceback" not in seen.output


@pytest.mark.parametrize("shell", [("bash", "--norc", "--noprofile", "-i"), ("zsh", "-f", "-i")], ids=["bash", "zsh"])
def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_goes_on(
    window: Open, shell: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not shutil.which(shell[0]):
        pytest.skip(f"{shell[0]} is not installed")
    monkeypatch.setenv("PS1", "prompt$ ")
    seen = window(*shell)
    seen.see(r"prompt\$\s*$")
    seen.send(" ".join(PRACTICE) + " --yes; echo code=$?\r")
    seen.see("ends ")
    seen.send("n")
    seen.see("(10:00|9:5[0-9]) left")
    seen.send("\x1a")
    seen.see(r"(?i)(stopped|suspended)[^$]*prompt\$\s*$")
    seen.send("echo $((6 * 7))\r")  # the shell hears its keys, and shows them
    seen.see(r"42\s+prompt\$\s*$")
    seen.send("fg\r")
    seen.see("space to go on")
    seen.send(" ")
    seen.see("Breathe in|0:[0-5][0-9]")
    seen.send("qqq")
    seen.see(r"You practised[^$]*prompt\$\s*$")
    seen.send("exit\r")
    assert seen.end() == 0


def test_hung_up_while_it_is_stopped_it_ends(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PS1", "prompt$ ")
    seen = window("bash", "--norc", "--noprofile", "-i")
    seen.see(r"prompt\$\s*$")
    seen.send(" ".join(PRACTICE) + " --yes\r")
    seen.see("ends ")
    seen.send("\x1a")
    seen.see(r"Stopped[^$]*prompt\$\s*$")
    # a shell that has not seen the end yet says once more that the job is stopped (148)
    seen.send("kill -HUP %1; s=148; while [ $s = 148 ]; do wait %1; s=$?; done; echo status=$s\r")
    seen.see("status=129")
    seen.send("exit\r")
    assert seen.end() == 0
