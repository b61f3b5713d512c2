"""A window that changes its size over and over."""

from __future__ import annotations

import random
import re
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from tests.systems import NO_TERMINALS

pytest.importorskip("termios", reason=NO_TERMINALS)

import pexpect
from tests.torture.conftest import BEGUN, LEAD_IN, PSOAS, Open, ended

if TYPE_CHECKING:
    from tests.program import Window

SIZES = ((1, 1), (20, 5), (40, 12), (300, 100), (80, 24))


def test_200_sizes_leave_no_remains(window: Open) -> None:
    seen = window(*PSOAS, *BEGUN.split(), "--breath", "5-5", "--audio", "miniaudio", "--mute")  # no note that goes
    seen.see(LEAD_IN)
    seen.send(" ")
    seen.see("Breathe in")
    dice = random.Random(200)
    for _ in range(200):
        columns, lines = dice.choice((*SIZES, (dice.randint(1, 200), dice.randint(1, 60))))
        seen.child.setwinsize(lines, columns)
        with suppress(pexpect.TIMEOUT):  # sometimes the next size comes before this one is painted
            seen.output += seen.child.read_nonblocking(65_536, timeout=dice.choice((0, 0.005, 0.02)))
    seen.screen.resize(24, 80)
    seen._feed("\x1b[0m\x1b[H" + "X" * 24 * 80)  # what a terminal may show after all that
    seen.child.setwinsize(24, 80)
    seen.send(" ")
    seen.see("space to resume")
    seen.look(lambda: "X" not in seen.text and seen.output.endswith("\x1b[?2026l"), "a whole screen without remains")
    after = cells(seen)
    seen.screen.reset()
    seen.child.kill(signal.SIGWINCH)
    seen.look(lambda: cells(seen) == after, f"the same screen, painted anew:\n{after}")
    seen.send("qqq")
    assert ended(seen) == 0


def cells(seen: Window) -> list[list[Any]]:
    """What the screen shows, with its colours, whatever time it is."""
    rows = [[seen.screen.buffer[y][x] for x in range(80)] for y in range(24)]
    return [[cell._replace(data=re.sub(r"\d", "0", cell.data)) for cell in row] for row in rows]
