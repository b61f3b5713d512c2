"""What is tortured: a short practice, every stage that a person can be at, and what has to be left of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from tests.program import Window, home, window  # noqa: F401 - fixtures of these tests, too

from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

PSOAS = (sys.executable, "-m", "psoas_cli")
RAN = "import sys; {}; from psoas_cli.main import main; main()"
Open = Callable[..., Window]

SHORT = """
title: Short
language: en
lead-in: 60s
transition: 0s
steps:
  - {name: Lie, hold: 5m}
  - {name: Roll, hold: 5m}
"""
BEGUN = "practice short.yaml -y"
LEAD_IN = r"(11:00|10:5\d) left"
HOLD = r"(10:00|9:5\d) left"
STOPPED = "in the background"


@dataclass(frozen=True)
class Stage:
    """Where a person can be in the program.

    Args:
        command: What is typed after psoas.
        shown: What is seen there.
        way: Keys to press on the way there, each where its pattern is seen.
        back: Keys to press to leave, likewise.
        stopped: What is seen there after it was stopped.
        kept: How the journal calls a session that is ended there by a signal; empty where none has begun.
        patch: What is done to the program first.
    """

    command: str
    shown: str
    way: tuple[tuple[str, str], ...] = ()
    back: tuple[tuple[str, str], ...] = (("", "qqq"),)
    stopped: str = STOPPED
    kept: str = "interrupted"
    patch: str = ""


_N = (LEAD_IN, " ")
STAGES = {
    "home": Stage("", "▸ Yin for the psoas", back=(("", "q"),), stopped="▸ Yin for the psoas", kept=""),
    "preview": Stage("practice short.yaml", "Enter begin", back=(("", "q"),), stopped="Enter begin", kept=""),
    "asking": Stage(
        "practice short.yaml",
        "How tense",
        way=(("Enter begin", "\r"),),
        back=(("", "\x1b"), (LEAD_IN, "qqq"), ("How tense", "\x1b")),
        stopped="How tense",
        kept="",
    ),
    "lead-in": Stage(BEGUN, LEAD_IN),
    "hold": Stage(BEGUN, HOLD, way=(_N,)),
    "paused": Stage(BEGUN, "space to resume", way=(_N, (HOLD, " "))),
    "grounding": Stage(BEGUN, "there is no hurry", way=(_N, (HOLD, "g")), stopped="there is no hurry"),
    "ending": Stage(BEGUN, "stay a while longer", way=(_N, (HOLD, "q")), stopped="stay a while longer"),
    "closing": Stage(
        BEGUN,
        "before you get up",
        way=(_N, (HOLD, "qq")),
        back=(("", "q"),),
        # its bell rings on and on
        patch="import psoas_cli.audio.silent_sink as sink; sink.SilentSink.sounding_until = lambda _: float('inf')",
    ),
    "breathe": Stage("breathe -y", r"5:0\d left"),
    "lines": Stage(f"{BEGUN} --plain", "Lie starts in"),
}


@pytest.fixture(autouse=True)
def short(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811 - it is the fixture
    """The practice, silent, and asked about before and after."""
    (home / "short.yaml").write_text(SHORT, "utf-8")
    (home / "config.yaml").write_text("audio: none\ncheck-in: true\n", "utf-8")
    monkeypatch.delenv("COLORTERM", raising=False)


def at(stage: Stage, window: Open) -> Window:  # noqa: F811 - what the fixture gives
    """A window with the program at *stage*."""
    program = (sys.executable, "-c", RAN.format(stage.patch)) if stage.patch else PSOAS
    seen = window(*program, *stage.command.split())
    press(seen, stage.way)
    seen.see(stage.shown)
    return seen


def press(seen: Window, keys: tuple[tuple[str, str], ...]) -> None:
    """Press *keys*, each where its pattern is seen."""
    for shown, key in keys:
        seen.see(shown)
        seen.send(key)


def ended(seen: Window) -> int:
    """The exit code as a shell tells it, of a program that has left the terminal whole and told of no bug."""
    code = seen.end()
    assert "Traceback" not in seen.output
    return code if code >= 0 else 128 - code


def kept() -> list[str]:
    """How the sessions in the journal ended."""
    return [entry.state for entry in Journal(paths.journal_file()).read().entries]
