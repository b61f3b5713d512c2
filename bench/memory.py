"""Measure the peak memory of sessions that are silent, that sound, and in which a voice speaks over a bed.

All run at the same time, each on a terminal of its own, into a private sound server; without PulseAudio only the silent
one does. What is imported and what sounds are made of is there after a minute and a half.
"""

import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from pty_meter import Program
from session import PSOAS
from tables import Goal, number, print_goals, print_table

_SILENT = "breathe --audio none"
_LINES = {_SILENT: 27, "breathe": 42, "practice yin --bed ocean": 50}
"""What is run, and the goal for its peak, in MiB."""


def measure(seconds: float) -> None:
    """Run each for *seconds*, and print tables."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        env, lines = {"HOME": str(folder)}, [_SILENT]
        if shutil.which("pulseaudio"):
            from sound import rig

            env, lines = stack.enter_context(rig(folder)).env, [*_LINES]
        programs = {}
        for place, line in enumerate(lines):
            home = {"PSOAS_HOME": str(folder / str(place))}
            programs[line] = stack.enter_context(Program([*PSOAS, *line.split(), "--yes", "--lang", "en"], env | home))
        until = time.monotonic() + seconds
        with ThreadPoolExecutor(len(programs)) as pool:
            list(pool.map(lambda program: program.read(until), programs.values()))
        found = {line: (program.memory(), program.memory(peak=True)) for line, program in programs.items()}
    rows = [(f"psoas {line}", number(now), number(peak)) for line, (now, peak) in found.items()]
    print_table((f"{seconds:.0f} s, 80x24", "MiB", "peak MiB"), rows)
    print_goals([Goal(f"psoas {line}: peak MiB", peak, _LINES[line]) for line, (_, peak) in found.items()])
