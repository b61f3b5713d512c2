"""What a session costs while it runs, against the same scene in rich.live.Live and against an empty loop.

    python bench/session.py [--seconds 60]

The programs run one after the other, each at 80x24 and at 120x40, for a few seconds of warming up (start and
lead-in; the first breath, when nothing is remembered yet, is measured) and then for the seconds asked for. CPU is
scaled to 60 seconds.
"""

import argparse
import compileall
import sys
import tempfile
from pathlib import Path

from pty_meter import Figures, measure

_HERE = Path(__file__).parent
_SIZES = ((80, 24), (120, 40))
_WARM = 3.0
_FRAMES = 20  # a second
_LONGEST = 100.0  # seconds; the breathing lasts two minutes

_PROGRAMS = {
    "psoas": [sys.executable, "-m", "psoas_cli", "breathe", "-m", "2", "--mute", "--lang", "en"],
    "rich.live": [sys.executable, str(_HERE / "live_scene.py")],
    "empty loop": [sys.executable, str(_HERE / "empty_loop.py")],
}


def _figures(size: tuple[int, int], seconds: float) -> dict[str, Figures]:
    with tempfile.TemporaryDirectory() as folder:
        env = {"PSOAS_HOME": folder}
        return {name: measure(command, size, _WARM, seconds, env) for name, command in _PROGRAMS.items()}


def _print_table(size: tuple[int, int], found: dict[str, Figures]) -> None:
    print(f"\n{size[0]}x{size[1]}       CPU s/60 s  / rich.live  / empty loop    bytes/s  / rich.live  frames missed")
    for name, figures in found.items():
        cpu = figures.cpu / figures.seconds * 60
        over = [cpu / (found[other].cpu / found[other].seconds * 60) for other in ("rich.live", "empty loop")]
        rate = figures.bytes / figures.seconds
        bytes_over = figures.bytes / found["rich.live"].bytes
        missed = max(0, round(figures.seconds * _FRAMES) - figures.waits)
        print(
            f"{name:12}{cpu:12.3f}{over[0]:13.3f}{over[1]:14.2f}{rate:11.0f}{bytes_over:13.3f}"
            f"{missed:8} of {figures.seconds * _FRAMES:.0f}"
        )


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to measure each, at most 100 (60)")
    seconds = min(_LONGEST, parser.parse_args().seconds)
    compileall.compile_dir(_HERE.parent / "src", quiet=1)  # or the first start would run on into the window
    for size in _SIZES:
        _print_table(size, _figures(size, seconds))


if __name__ == "__main__":
    main()
