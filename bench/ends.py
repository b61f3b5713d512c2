"""Measure how punctually a practice ends, compared with its peers, and its peak memory.

All programs run at the same time, each on a terminal of its own. Time counts from when it first shows on the screen.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from peers import Peer
from pty_meter import Program
from seen import when
from session import PSOAS
from tables import Goal, number, print_goals, print_table

_BREATH = 10  # seconds of 4-6
_PATIENCE = 20.0  # seconds that a program may run beyond its length
_LOOK = 0.25  # seconds between readings of the memory
_SIZE = (80, 24)

# What the screen shows when time begins to count, and when it is over. Peers are over when they exit.
_BEGINS = {"breathe-cli": "^IN$"}
_OWN = "Breathe in 1"
_OVER = "let the sound fade"


class End(NamedTuple):
    """How long after it was due a run was shown as over, and exited (seconds), and its peak memory (MiB)."""

    over: float | None
    ended: float
    peak: float


def compare(peers: dict[Peer, str], seconds: int) -> None:
    """Run a practice of *seconds* to its end alongside the peers, and print tables.

    A peer that takes only whole minutes is left out if *seconds* is not a whole number of them.
    """
    own = [*PSOAS, "breathe", "-c", str(seconds // _BREATH), "--lang", "en"]
    commands = {"psoas --mute": [*own, "--mute"], "psoas --audio none": [*own, "--audio", "none"]}
    commands |= {
        peer.name: [command, *peer.lasting(seconds)]
        for peer, command in peers.items()
        if seconds % 60 == 0 or "minutes" not in peer.arguments
    }
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(commands)) as pool:
        env = {"PSOAS_HOME": folder, "HOME": folder}
        running = {name: pool.submit(_run, name, command, seconds, env) for name, command in commands.items()}
        found = {name: each.result() for name, each in running.items()}
    rows = [(name, *(number(each) for each in end)) for name, end in found.items()]
    headings = ("shown as over, s after it was due", "exited, s after it was due", "peak MiB")
    print_table((f"{seconds} s, 80x24, n 1", *headings), rows)
    print_goals(
        [
            Goal("psoas: shown as over, s off", abs(found["psoas --mute"].over or _PATIENCE), 0.1),
            Goal("psoas without sound: peak MiB", found["psoas --audio none"].peak, 27),
        ]
    )


def _run(name: str, command: list[str], seconds: int, env: dict[str, str]) -> End:
    peak = 0.0
    with Program(command, env, _SIZE) as program:
        until = program.begun + seconds + _PATIENCE
        while program.ended is None and time.monotonic() < until:
            program.read(time.monotonic() + _LOOK)
            peak = program.memory(peak=True) or peak  # the latest: before exec it is the bench's own
        if program.ended is None:
            raise RuntimeError(f"{' '.join(command)} did not end:\n{program.text()[-500:]}")
        due = _first(program, _BEGINS.get(name, _OWN if name.startswith("psoas") else r"\S")) + seconds
        over = _first(program, _OVER) - due if name.startswith("psoas") else None
        return End(over, program.ended - due, peak)


def _first(program: Program, pattern: str) -> float:
    """The clock's time at which *pattern* first appeared.

    Raises:
        RuntimeError: It never did.
    """
    seen = when(program.shown, _SIZE, pattern)
    if not seen:
        raise RuntimeError(f"{pattern} did not appear:\n{program.text()[-500:]}")
    return seen[0][0]
