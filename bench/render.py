"""What it costs to make a file of a practice: how many times as fast as it lasts, and how much memory at most.

    python bench/render.py                  60 minutes into each format, WAV with numpy and without
    python bench/render.py --minutes 10 wav

The practice has breath all through, which is what costs, and a bell every half minute. Each file is made by a process
of its own, by `psoas render`, and all of that counts, from its start to its end. Needs the extra `export`; Linux and
macOS, as it asks what a process used.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_PRACTICE = """
title: Breath all through, and a bell every half minute
lead-in: 4s
bells: {{every: {{interval: 30s, sound: deep-bowl}}}}
steps:
  - breathe: 4-6
    hold: {minutes}m
"""

_PSOAS = ("-m", "psoas_cli")
_WITHOUT_NUMPY = ("-c", "import sys; sys.modules['numpy'] = None; from psoas_cli.main import main; main()")

# What is made, how it is called in the table, and how psoas is begun for it.
_RUNS = (
    ("wav", "WAV, without numpy", _WITHOUT_NUMPY),
    ("wav", "WAV, with numpy", _PSOAS),
    ("flac", "FLAC", _PSOAS),
    ("ogg", "OGG Vorbis", _PSOAS),
    ("mp3", "MP3", _PSOAS),
)
_MEGABYTE = 1e6


class Cost(NamedTuple):
    """What one file cost: seconds by the clock and of the processor, and bytes of memory and of the file."""

    wall: float
    cpu: float
    memory: float
    size: int


def run(begin: tuple[str, ...], suffix: str, minutes: int, folder: Path) -> Cost:
    """Make a file of *minutes*.

    Raises:
        RuntimeError: It fails: it would have no cost.
    """
    practice, out = folder / f"{minutes}.yaml", folder / f"out.{suffix}"
    practice.write_text(_PRACTICE.format(minutes=minutes), "utf-8")
    command = [sys.executable, *begin, "render", str(practice), "--output", str(out), "--force"]
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"PSOAS_HOME": str(folder)})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory, out.stat().st_size)


def main() -> None:
    """Make each, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    suffixes = sorted({suffix for suffix, _, _ in _RUNS})
    parser.add_argument("formats", nargs="*", choices=[[], *suffixes], help="which; all without one")
    parser.add_argument("--minutes", type=int, default=60)
    asked = parser.parse_args()
    print(f"{'':<20} {'x real time':>11} {'wall s':>8} {'CPU s':>8} {'file MB':>8} {'peak MB':>8} {'at 10 min':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, name, begin in _RUNS:
            if asked.formats and suffix not in asked.formats:
                continue
            short = run(begin, suffix, 10, Path(folder))
            cost = run(begin, suffix, asked.minutes, Path(folder))
            print(
                f"{name:<20} {asked.minutes * 60 / cost.wall:>11.0f} {cost.wall:>8.2f} {cost.cpu:>8.2f} "
                f"{cost.size / _MEGABYTE:>8.1f} {cost.memory / _MEGABYTE:>8.1f} {short.memory / _MEGABYTE:>10.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
