"""Measure a running session, compared with the same scene in rich.live.Live, with its peers, and with an empty loop.

The programs run one after the other. Each warms up for a few seconds (start and lead-in), and is then measured for the
seconds asked for, from the first breath on, while nothing is cached yet. CPU is scaled to 60 seconds.
"""

import compileall
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from live_scene import scene
from peers import Peer
from pty_meter import Figures, measure
from seen import FRAME, Course, Expected, Rhythm, alternating, bursts, every_second, rhythm, when
from tables import Goal, number, print_goals, print_table

HERE = Path(__file__).parent
PSOAS = [sys.executable, "-m", "psoas_cli"]

_SIZES = ((80, 24), (120, 40))
_WARM = 3.0
_LASTING = 120  # seconds for which every program runs at least
_OWN = {
    "psoas": [*PSOAS, "breathe", "-m", "2", "--mute", "--lang", "en"],
    "rich.live": [sys.executable, str(HERE / "live_scene.py")],
    "empty loop": [sys.executable, str(HERE / "empty_loop.py")],
}
_ONCE = 0.3  # seconds at least between two updates of a program that counts seconds

# The goals by columns: CPU / empty loop, and bytes/s.
_MOST = {80: (4.0, 1500.0), 120: (7.0, 9000.0)}


class Run(NamedTuple):
    """One run: its cost, its rhythm if it has one, and how its breath was seen if it has one."""

    figures: Figures
    rhythm: Rhythm | None = None
    course: Course | None = None

    @property
    def cpu(self) -> float:
        """Seconds of CPU time in 60 seconds."""
        return self.figures.cpu / self.figures.seconds * 60

    @property
    def rate(self) -> float:
        """Bytes per second."""
        return self.figures.bytes / self.figures.seconds


def compare(peers: dict[Peer, str], seconds: float, turns: int) -> None:
    """Measure each program *turns* times for *seconds*, and print tables."""
    compileall.compile_dir(HERE.parent / "src", quiet=1)  # or the first run would be measured compiling
    commands = _OWN | {peer.name: [command, *peer.lasting(_LASTING)] for peer, command in peers.items()}
    for size in _SIZES:
        found: dict[str, list[Run]] = {name: [] for name in commands}
        expected = Expected(scene(), size, _WARM + seconds + 10)
        with tempfile.TemporaryDirectory() as folder:
            env = {"PSOAS_HOME": folder, "HOME": folder}
            for _ in range(turns):
                for name, command in commands.items():
                    found[name].append(_run(name, measure(command, size, _WARM, seconds, env), size, expected))
        _print(size, seconds, found)


def _run(name: str, figures: Figures, size: tuple[int, int], expected: Expected) -> Run:
    since, until = figures.begun, figures.begun + figures.seconds
    if name in ("psoas", "rich.live"):
        course = expected.course(figures.shown, since, until)
        return Run(figures, rhythm(course.turns), course)
    if name == "breathe-cli":
        turns = when(figures.shown, size, r"^(IN|OUT)$")
        grid = alternating([at for at, _ in turns], (4.0, 6.0))
        return Run(figures, rhythm([(due, at) for due, at in grid if since <= at <= until]))
    if name == "empty loop":
        return Run(figures)
    moments = [since]
    moments += [at for at, _ in bursts(figures.shown) if since <= at <= until]
    written = [at for before, at in pairwise(moments) if at - before > _ONCE]
    return Run(figures, rhythm(every_second(written)))


def _print(size: tuple[int, int], seconds: float, found: dict[str, list[Run]]) -> None:
    rows = [_row(name, runs, found) for name, runs in found.items()]
    print_table(
        (
            f"{size[0]}x{size[1]}, {seconds:.0f} s, n {len(found['psoas'])}",
            "CPU s in 60 s",
            "CPU / Live",
            "CPU / empty loop",
            "bytes/s",
            "peak MiB",
            f"dropped of {seconds / FRAME:.0f} (changes seen)",
            "furthest from the grid, ms",
            "drift, ms",
        ),
        rows,
    )
    loop, rate = _MOST[size[0]]
    name, psoas = f"psoas, {size[0]}x{size[1]}", found["psoas"]
    furthest, drift = _worst(psoas, lambda rhythm: rhythm.furthest), _worst(psoas, lambda rhythm: rhythm.drift)
    goals = [
        Goal(f"{name}: CPU / Live", _ratio(psoas, found["rich.live"]), 0.2),
        Goal(f"{name}: CPU / empty loop", _ratio(psoas, found["empty loop"]), loop),
        Goal(f"{name}: bytes/s", median(run.rate for run in psoas), rate),
        Goal(f"{name}: frames dropped", _dropped(psoas), 0),
    ]
    if furthest is not None and drift is not None:  # in a few seconds there may be no two turns
        goals += [
            Goal(f"{name}: furthest from the grid, ms", furthest * 1000, 5),
            Goal(f"{name}: drift, ms", abs(drift) * 1000, 5),
        ]
    print_goals(goals)


def _row(name: str, runs: list[Run], found: dict[str, list[Run]]) -> tuple[str, ...]:
    courses = [run.course for run in runs if run.course]
    furthest = _worst(runs, lambda rhythm: rhythm.furthest)
    drift = _worst(runs, lambda rhythm: rhythm.drift)
    return (
        name,
        number(median(run.cpu for run in runs)),
        number(_ratio(runs, found["rich.live"])),
        number(_ratio(runs, found["empty loop"])),
        number(median(run.rate for run in runs), 4),
        number(max(run.figures.peak for run in runs)),
        f"{_dropped(runs)} ({median(len(course.late) for course in courses):.0f})" if courses else "-",
        number(furthest and furthest * 1000),
        number(drift and drift * 1000),
    )


def _ratio(runs: list[Run], others: list[Run]) -> float:
    """The median of the CPU of *runs* divided by that of *others*, turn by turn."""
    return median(run.cpu / other.cpu for run, other in zip(runs, others, strict=True))


def _dropped(runs: list[Run]) -> int:
    """The most frames that any of *runs* dropped."""
    return max(run.course.dropped for run in runs if run.course)


def _worst(runs: Iterable[Run], of: Callable[[Rhythm], float]) -> float | None:
    return max((of(run.rhythm) for run in runs if run.rhythm), key=abs, default=None)
