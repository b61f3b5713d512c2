"""Measure the time from pressing a key to reading its effect from the terminal."""

import tempfile
import time
from collections.abc import Callable
from random import Random
from statistics import median, quantiles

from pty_meter import Program
from seen import Screen
from session import PSOAS
from tables import Goal, number, print_goals, print_table

_PATIENCE = 5.0  # seconds
_REST = (0.1, 0.2)  # seconds between keys, at random: any moment of a frame
_SIZE = (80, 24)


class _Session:
    """A session whose screen can be read after each piece of output."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._screen = Screen(_SIZE)
        self._fed = 0
        self._random = Random(1)

    def look(self) -> list[str]:
        """The rows of the screen as it is now."""
        for _, data in self._program.shown[self._fed :]:
            self._screen.feed(data)
        self._fed = len(self._program.shown)
        return self._screen.rows()

    def wait_for(self, seen: Callable[[list[str]], bool]) -> float:
        """Wait until *seen* is true of the screen's rows, and return the clock's time of that.

        Raises:
            RuntimeError: It is not true in time.
        """
        if not self._program.read(time.monotonic() + _PATIENCE, lambda: seen(self.look())):
            raise RuntimeError("\n".join(self.look()))
        return self._program.shown[-1][0]

    def answered(self, key: str, seen: Callable[[list[str]], bool]) -> float:
        """Press *key* at a random moment, and return the seconds until *seen* is true of the screen's rows."""
        self._program.read(time.monotonic() + self._random.uniform(*_REST))
        self.look()
        pressed = self._program.press(key)
        return self.wait_for(seen) - pressed


def compare(times: int) -> None:
    """Press each key *times* times, and print tables."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*PSOAS, "breathe", "-m", "10", "--mute", "--lang", "en"]
        with Program(command, {"PSOAS_HOME": folder}, _SIZE) as program:
            session = _Session(program)
            session.wait_for(lambda rows: any("Breathe in" in row for row in rows))
            muted = [session.answered("m", _muted if i % 2 else _sounding) for i in range(times)]
            opened, closed = [], []
            for _ in range(times):
                opened.append(session.answered("?", _helping))
                closed.append(session.answered("\x1b", lambda rows: not _helping(rows)))
    found = {"m: mute on or off": muted, "?: show the keys": opened, "Esc: hide the keys": closed}
    rows = [(name, *(number(each * 1000) for each in (median(x), _p95(x), max(x)))) for name, x in found.items()]
    print_table((f"80x24, n {times}", "median ms", "95th percentile, ms", "max ms"), rows)
    print_goals([Goal(f"{name}, median ms", median(x) * 1000, 3) for name, x in found.items()][:2])


def _muted(rows: list[str]) -> bool:
    return "muted" in rows[0]


def _sounding(rows: list[str]) -> bool:
    return "muted" not in rows[0]


def _helping(rows: list[str]) -> bool:
    return "? back" in rows[-1]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
