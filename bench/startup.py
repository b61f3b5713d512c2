"""Measure starting: psoas's short commands, and a session's first picture, against a bare Typer app and the peers.

Each runs on a terminal. The programs take turns, so that a busy machine is busy for all of them; each ratio compares
two runs of the same turn. CPU is user and system time of the process, which is steadier than the wall clock.
"""

import sys
import tempfile
from collections.abc import Callable
from operator import sub
from statistics import median
from typing import NamedTuple

from peers import Peer
from pty_meter import Program
from seen import first_text
from session import HERE, PSOAS
from tables import Goal, number, print_goals, print_table, span

_BARE = [sys.executable, str(HERE / "bare_typer.py")]
_PATIENCE = 30.0  # seconds
_PICTURE = b"\x1b[?2026l"  # ends each whole picture of psoas


class Cost(NamedTuple):
    """The cost of one process, in seconds."""

    cpu: float
    wall: float


class Start(NamedTuple):
    """A command to start.

    Args:
        command: The program and its arguments.
        bare: The name of the start that it is compared with.
        there: Whether it has started; None if it is measured to its end.
    """

    command: list[str]
    bare: str
    there: Callable[[Program], bool] | None = None


def _pictured(program: Program) -> bool:
    return any(_PICTURE in data for _, data in program.shown)


def _readable(program: Program) -> bool:
    return first_text(program.shown) is not None


_YIN, _UNSPOKEN = "psoas practice yin, first picture", "the same without a voice"
_OWN = {
    "bare Typer list": Start([*_BARE, "list"], "bare Typer list"),
    "bare Typer --help": Start([*_BARE, "--help"], "bare Typer --help"),
    "psoas list": Start([*PSOAS, "list"], "bare Typer list"),
    "psoas --help": Start([*PSOAS, "--help"], "bare Typer --help"),
    "psoas breathe --help": Start([*PSOAS, "breathe", "--help"], "bare Typer --help"),
    "psoas --version": Start([*PSOAS, "--version"], "bare Typer list"),
    "psoas, first picture": Start(PSOAS, "bare Typer list", _pictured),
    "psoas breathe, first picture": Start([*PSOAS, "breathe", "--mute"], "bare Typer list", _pictured),
    _YIN: Start([*PSOAS, "practice", "yin", "-y", "--mute"], "bare Typer list", _pictured),
    _UNSPOKEN: Start([*PSOAS, "practice", "yin", "-y", "--mute", "--no-voice"], "bare Typer list", _pictured),
}
_GOALS = {
    "psoas list": 1.4,
    "psoas --help": 1.1,
    "psoas breathe --help": 1.1,
    "psoas --version": 1.1,
    "psoas, first picture": 1.7,
    "psoas breathe, first picture": 1.75,
    _YIN: 2.0,
}


def compare(peers: dict[Peer, str], turns: int) -> None:
    """Measure each start *turns* times, and print tables."""
    starts = dict(_OWN)
    for peer, command in peers.items():
        starts[f"{peer.name} --help"] = Start([command, "--help"], "bare Typer --help")
        starts[f"{peer.name}, first text"] = Start([command, *peer.lasting(60)], "bare Typer list", _readable)
    costs: dict[str, list[Cost]] = {name: [] for name in starts}
    with tempfile.TemporaryDirectory() as folder:
        # Compiled like an installed program, whatever the environment says, and without user files.
        env = {"PSOAS_HOME": folder, "HOME": folder, "PYTHONPYCACHEPREFIX": folder}
        for turn in range(turns + 1):
            for name, start in starts.items():
                cost = _cost(start, env)
                if turn:  # the first one compiles
                    costs[name].append(cost)
    _print(starts, costs, turns)


def _cost(start: Start, env: dict[str, str]) -> Cost:
    """Run *start* until it has started, or to its end.

    Raises:
        RuntimeError: It failed or did not get that far, so its cost means nothing.
    """
    with Program(start.command, env) as program:
        there = start.there
        if there and program.read(program.begun + _PATIENCE, lambda: there(program)):
            return Cost(sum(program.used().values()), program.shown[-1][0] - program.begun)
        if there is None:
            program.read(program.begun + _PATIENCE)
        if there or program.ended is None or program.code:
            raise RuntimeError(f"{' '.join(start.command)}: exit code {program.code}\n{program.text()[-500:]}")
        return Cost(program.cpu, program.ended - program.begun)


def _print(starts: dict[str, Start], costs: dict[str, list[Cost]], turns: int) -> None:
    rows, ratio = [], {}
    for name, found in costs.items():
        pairs = list(zip(found, costs[starts[name].bare], strict=True))
        cpu, wall = [each.cpu / bare.cpu for each, bare in pairs], [each.wall / bare.wall for each, bare in pairs]
        ratio[name] = Cost(median(cpu), median(wall))
        milliseconds = [number(median(each[i] for each in found) * 1000) for i in (0, 1)]
        rows.append(
            (name, *milliseconds, f"{median(cpu):.2f} ({span(cpu)})", f"{median(wall):.2f} ({span(wall)})"),
        )
    print_table((f"n {turns}", "CPU ms", "wall ms", "CPU / bare (range)", "wall / bare (range)"), rows)
    spoken, silent = ([each.cpu for each in costs[name]] for name in (_YIN, _UNSPOKEN))
    print_goals(
        [
            *(Goal(f"{name}: CPU / bare", ratio[name].cpu, most) for name, most in _GOALS.items()),
            Goal("a voice: CPU ms more", median(map(sub, spoken, silent)) * 1000, 60),
        ]
    )
