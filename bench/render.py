"""Measure what rendering a practice to a file costs: how many times faster than real time, and peak memory.

    python bench/render.py                  60 minutes in each format, WAV with and without numpy
    python bench/render.py --minutes 10 wav

The practice has breath throughout, which is the expensive part, and a bell every half minute; once it lies over a bed
of sound. Each file is made by a `psoas render` of its own, measured from its start to its end. Needs the extra
`export`, and Linux or macOS for the resource usage of a process.
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
title: Breath throughout, and a bell every half minute
lead-in: 4s
bells: {{every: {{interval: 30s, sound: deep-bowl}}}}
steps:
  - breathe: 4-6
    hold: {minutes}m
"""

_PSOAS = ("-m", "psoas_cli")
_WITHOUT_NUMPY = ("-c", "import sys; sys.modules['numpy'] = None; from psoas_cli.main import main; main()")

# The format, its name in the table, the arguments with which Python starts psoas, and the bed.
_RUNS = (
    ("wav", "WAV, without numpy", _WITHOUT_NUMPY, "none"),
    ("wav", "the same, over a bed", _WITHOUT_NUMPY, "ocean"),
    ("wav", "WAV, with numpy", _PSOAS, "none"),
    ("flac", "FLAC", _PSOAS, "none"),
    ("ogg", "OGG Vorbis", _PSOAS, "none"),
    ("mp3", "MP3", _PSOAS, "none"),
)
_MEGABYTE = 1e6


class Cost(NamedTuple):
    """The cost of one file: wall-clock and CPU seconds, and the bytes of peak memory and of the file."""

    wall: float
    cpu: float
    memory: float
    size: int


def run(begin: tuple[str, ...], suffix: str, bed: str, minutes: int, folder: Path) -> Cost:
    """Render a practice of *minutes* over *bed*, and measure it.

    Raises:
        RuntimeError: Rendering failed.
    """
    practice, out = folder / f"{minutes}.yaml", folder / f"out.{suffix}"
    practice.write_text(_PRACTICE.format(minutes=minutes), "utf-8")
    command = [sys.executable, *begin, "render", str(practice), "--output", str(out), "--force", "--bed", bed]
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
    """Render each format, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    suffixes = sorted({suffix for suffix, *_ in _RUNS})
    parser.add_argument("formats", nargs="*", choices=[[], *suffixes], help="default: all")
    parser.add_argument("--minutes", type=int, default=60)
    asked = parser.parse_args()
    print(f"{'':<20} {'x real time':>11} {'wall s':>8} {'CPU s':>8} {'file MB':>8} {'peak MB':>8} {'at 10 min':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, name, begin, bed in _RUNS:
            if asked.formats and suffix not in asked.formats:
                continue
            short = run(begin, suffix, bed, 10, Path(folder))
            cost = run(begin, suffix, bed, asked.minutes, Path(folder))
            print(
                f"{name:<20} {asked.minutes * 60 / cost.wall:>11.0f} {cost.wall:>8.2f} {cost.cpu:>8.2f} "
                f"{cost.size / _MEGABYTE:>8.1f} {cost.memory / _MEGABYTE:>8.1f} {short.memory / _MEGABYTE:>10.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
