"""Run ten hours on a simulated clock, and one real hour: does memory stay level, and the practice on time?

In the real hour two practices run side by side: breathing alone, of which each turn is looked at, and one in which
everything sounds: a voice, a bed, bells and breath.
"""

import shutil
import tempfile
import time
from contextlib import ExitStack
from os import getpid
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.player.world import World, sequence_of

from live_program import Program
from psoas_cli.player.loop import FRAME
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import Status
from pty_meter import memory
from seen import alternating, rhythm, when
from tables import Goal, number, print_goals, print_table

_HOUR = 3600.0
_SETTINGS = "lead-in: 3s\ntransition: 0s\nbells: {every: {interval: 5m, sound: wood-block}}"
_STEPS = """
  - repeat: %d
    steps:
      - breathe: 4-6
        hold: 40m
      - name: Rest
        hold: 20m
"""
_REAL = "title: Real\nlanguage: en\n" + _SETTINGS + "\nsteps:\n  - breathe: 4-6\n    hold: %dm\n"
_GUIDED = ("practice", "yin-long", "-m", "60", "--bed", "ocean")
_PHASES = (4.0, 6.0)
_STILL_BREATHING = r"^Breathe (in|out)"
_OVER = "let the sound fade"
_PATIENCE = 30.0  # seconds that a program may run beyond its length
_BEGINNING = slice(1, 11)  # the minutes that the end is compared with; in the first one, sounds are still being made
_END = slice(-10, None)


class _Tally(list[Any]):
    """A list that only counts the sounds appended to it, and notes the shortest time before one was due."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.handed = 0
        self.ahead = float("inf")

    def append(self, sound: tuple[Any, ...]) -> None:
        """Count *sound*, whose first item is the moment at which it is due."""
        self.handed += 1
        self.ahead = min(self.ahead, sound[0] - self._world.now)


class _Hours(World):
    """A world in which hours go by on the real screen, whose output is only counted."""

    def __init__(self, sequence: Sequence, timeline: Timeline) -> None:
        super().__init__(sequence, timeline=timeline, frame=FRAME)
        self.strikes, self.breaths = _Tally(self), _Tally(self)
        self.sound.strikes, self.sound.breaths = self.strikes, self.breaths
        self.written = 0
        self.hours: list[tuple[float, float]] = []
        self._screen = Screen("truecolor", self._write)

    def resize(self, width: int, height: int) -> None:
        """Resize the screen."""
        self._screen.resize(width, height)

    def show(self, status: Status) -> None:
        """Show *status*; once an hour, note the memory and the difference between practice and clock."""
        self._screen.show(status)
        if self.session.mode == "playing" and self.at >= (len(self.hours) + 1) * _HOUR:
            self.hours.append((memory(getpid()), self.session.position - self.at))

    def _write(self, text: str) -> None:
        self.written += len(text.encode())


def by_count(hours: int) -> None:
    """Run a practice of *hours* on a simulated clock, and print tables."""
    sequence = sequence_of(_STEPS % hours, _SETTINGS)
    timeline = compile_sequence(sequence)
    begun = time.monotonic()
    world = _Hours(sequence, timeline).run()
    lasted = time.monotonic() - begun
    rings = sum(cue.bell.strikes for cue in timeline.cues if cue.bell)
    heard = sum(span.segment.sound != "none" for _, _, span in timeline.breaths_in(0, timeline.duration))
    drift = max(abs(strayed) for _, strayed in world.hours) * 1000
    rows = [
        ("frames drawn, per second of real time", number(timeline.duration / FRAME / lasted)),
        ("written to the terminal, bytes/s", number(world.written / timeline.duration, 4)),
        ("memory at each hour, MiB", ", ".join(f"{each:.1f}" for each, _ in world.hours)),
        ("largest difference between practice and clock, ms", number(drift)),
    ]
    for name, tally, planned in (("bell strikes", world.strikes, rings), ("breaths", world.breaths, heard)):
        rows.append((f"{name} handed over, of those planned", f"{tally.handed:,} of {planned:,}"))
        rows.append((f"{name}: shortest time before they were due, s", number(tally.ahead)))
    print_table((f"{hours} h on a simulated clock, 80x24", ""), rows)
    grown = world.hours[-1][0] - world.hours[0][0]
    lost = abs(world.strikes.handed - rings) + abs(world.breaths.handed - heard)
    late = -min(world.strikes.ahead, world.breaths.ahead)
    print_goals(
        [
            Goal("memory growth after the first hour, MiB", grown, 1),
            Goal("drift, ms", drift, 5),
            Goal("sounds lost or doubled", lost, 0),
            Goal("latest hand-over, s after it was due", late, 0),
        ]
    )


class _Hour(NamedTuple):
    """What a program took in an hour: memory in the middle of each minute and at most (MiB), and CPU (% of a core)."""

    memories: list[float]
    peak: float
    cpu: float

    @property
    def grown(self) -> float:
        """By how much its memory was larger in the last ten minutes than in ten of the first, by their medians."""
        return median(self.memories[_END]) - median(self.memories[_BEGINNING] or self.memories)

    def row(self, name: str) -> tuple[str, ...]:
        """Its row in the table."""
        middle, last = median(self.memories), self.memories[-1]
        memories = ", ".join(f"{each:.1f}" for each in (self.memories[0], middle, last, self.peak))
        return (name, memories, number(self.grown), number(self.cpu))


def by_the_clock(minutes: int) -> None:
    """Run two practices for *minutes* in real time, with sound if there is a sound server, and print tables."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "real.yaml"
        file.write_text(_REAL % minutes, "utf-8")
        env = {"HOME": str(folder)}
        sounding = shutil.which("pulseaudio") is not None
        if sounding:
            from sound import rig

            env = stack.enter_context(rig(folder)).env
        programs = []
        for name, command in (("breathing", ("practice", str(file))), ("guided", _GUIDED)):
            home = folder / name
            home.mkdir()
            said = [*command, "--yes", "--lang", "en", *([] if sounding else ["--mute"])]
            programs.append(stack.enter_context(Program(said, env, home)))
        breathing, guided = programs
        zero, _ = (program.zero() for program in programs)
        hours = _watched(programs, zero, minutes)
        if breathing.ended_in(60 + _PATIENCE) is None:
            raise RuntimeError("psoas did not end:\n" + breathing.text()[-500:])
        guided.end()
    heard = "with sound" if sounding else "muted"
    _print_real(breathing, zero, minutes, heard)
    _print_cost(dict(zip(("breathing", "voice, bed, bells and breath"), hours, strict=True)), minutes, heard)


def _watched(programs: list[Program], zero: float, minutes: int) -> list[_Hour]:
    """Watch *programs*, the first of which began at the clock's time *zero*, for as many *minutes*."""
    begun = time.monotonic()
    before = [sum(program.spent()) for program in programs]
    memories: list[list[float]] = [[] for _ in programs]
    for minute in range(minutes):
        time.sleep(max(0.0, zero + 60 * minute + 30 - time.monotonic()))
        for program, found in zip(programs, memories, strict=True):
            found.append(program.memory())
    lasted = time.monotonic() - begun
    return [
        _Hour(found, program.memory(peak=True), 100 * (sum(program.spent()) - spent) / lasted)
        for program, found, spent in zip(programs, memories, before, strict=True)
    ]


def _print_real(program: Program, zero: float, minutes: int, heard: str) -> None:
    words = when(program.shown, (80, 24), _STILL_BREATHING)
    turns = rhythm(alternating([at for at, _ in words], _PHASES))
    assert turns is not None
    lead_in = 3.0
    first = words[0][0] - zero - lead_in
    over = when(program.shown, (80, 24), _OVER)[0][0] - zero - lead_in - 60 * minutes
    rows = [
        ("turns of the breath; furthest from the grid, ms", f"{turns.times}; {number(turns.furthest * 1000)}"),
        ("drift from first to last, ms", number(turns.drift * 1000)),
        ("first turn seen, ms after it was due", number(first * 1000)),
        ("shown as over, s after it was due", number(over)),
    ]
    print_table((f"{minutes} min, {heard}, 80x24", ""), rows)
    print_goals(
        [
            Goal("furthest from the grid, ms", turns.furthest * 1000, 5),
            Goal("drift, ms", abs(turns.drift) * 1000, 5),
            Goal("shown as over, s off", abs(over), 0.1),
        ]
    )


def _print_cost(hours: dict[str, _Hour], minutes: int, heard: str) -> None:
    headings = ("memory: first, median, last, peak, MiB", "grown to the last ten minutes, MiB", "CPU, % of a core")
    print_table((f"{minutes} min, {heard}, 80x24", *headings), [hour.row(name) for name, hour in hours.items()])
    breathing, guided = hours.values()
    print_goals(
        [
            Goal("breathing: peak MiB", breathing.peak, 42),
            Goal("voice, bed, bells and breath: peak MiB", guided.peak, 50),
            *(Goal(f"{name}: memory growth, MiB", hour.grown, 1) for name, hour in hours.items()),
            Goal("voice, bed, bells and breath: CPU, % of a core", guided.cpu, 2),
        ]
    )
