"""What starting costs: psoas's short commands against a Typer app with nothing in it.

    python bench/startup.py [-n 15]

The programs take turns, so that a busy machine is busy for all of them; a ratio is that of two runs in the same
turn. CPU is user and system time of the process, which holds where the wall clock does not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_BARE = [sys.executable, str(Path(__file__).with_name("bare_typer.py"))]
_PSOAS = [sys.executable, "-m", "psoas_cli"]

# What runs, and the number of the bare run that it is compared with.
_RUNS = (
    ("bare list", [*_BARE, "list"], 0),
    ("bare --help", [*_BARE, "--help"], 1),
    ("psoas list", [*_PSOAS, "list"], 0),
    ("psoas --help", [*_PSOAS, "--help"], 1),
    ("psoas --version", [*_PSOAS, "--version"], 0),
)

_UNWANTED = {"PYTHONDONTWRITEBYTECODE", "PSOAS_HOME"}


class Cost(NamedTuple):
    """What one process cost, in seconds."""

    cpu: float
    wall: float


def run(command: list[str], env: dict[str, str]) -> Cost:
    """Run *command* to its end.

    Raises:
        RuntimeError: Where it fails: it would have no cost to compare.
    """
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall)


def measure(turns: int) -> list[list[Cost]]:
    """The costs of each of the runs, turn by turn."""
    costs: list[list[Cost]] = [[] for _ in _RUNS]
    with tempfile.TemporaryDirectory() as folder:
        # Compiled as an installed program is, whatever the environment says, and no files of the person's own.
        env = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
        env |= {f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "STATE")} | {"PYTHONPYCACHEPREFIX": folder}
        for turn in range(turns + 1):
            for found, (_, command, _) in zip(costs, _RUNS, strict=True):
                cost = run(command, env)
                if turn:  # the first one compiles
                    found.append(cost)
    return costs


def _print_table(costs: list[list[Cost]]) -> None:
    print(f"{'':16}{'CPU ms':>8}{'wall ms':>9}{'CPU / bare':>12}{'(range)':>14}{'wall / bare':>13}{'(range)':>14}")
    for (name, _, bare), found in zip(_RUNS, costs, strict=True):
        middle = Cost(*map(statistics.median, zip(*found, strict=True)))
        line = f"{name:16}{middle.cpu * 1000:8.0f}{middle.wall * 1000:9.0f}"
        for field, width in ((0, 12), (1, 13)):
            ratios = [each[field] / other[field] for each, other in zip(found, costs[bare], strict=True)]
            line += f"{statistics.median(ratios):{width}.2f}{f'({min(ratios):.2f}-{max(ratios):.2f})':>14}"
        print(line)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, default=15, help="how many turns (15)")
    _print_table(measure(max(1, parser.parse_args().n)))


if __name__ == "__main__":
    main()
