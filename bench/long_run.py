"""Ten hours by a clock that only counts, and one real hour: does memory stay, and does the practice keep its time."""

import io
import shutil
import tempfile
import time
from contextlib import ExitStack
from os import getpid
from pathlib import Path
from typing import Any

from rich.console import Console
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
_PHASES = (4.0, 6.0)
_STILL_BREATHING = r"^Breathe (in|out)"
_OVER = "let the sound fade"
_PATIENCE = 30.0  # seconds beyond its length


class _Tally(list[Any]):
    """Sounds that are counted and not kept: how many, and how long before their moments they came at the least."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self.handed = 0
        self.ahead = float("inf")

    def append(self, sound: tuple[Any, ...]) -> None:
        """Count a sound, which begins with its moment."""
        self.handed += 1
        self.ahead = min(self.ahead, sound[0] - self._world.now)


class _Hours(World):
    """A world in which hours go by, that is shown on the real screen and keeps nothing of it."""

    def __init__(self, sequence: Sequence, timeline: Timeline) -> None:
        super().__init__(sequence, timeline=timeline, frame=FRAME)
        self.strikes, self.breaths = _Tally(self), _Tally(self)
        self.sound.strikes, self.sound.breaths = self.strikes, self.breaths
        self.written = 0
        self.hours: list[tuple[float, float]] = []
        console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False)
        self._screen = Screen(console, self._write)

    def resize(self, width: int, height: int) -> None:
        """Fit the screen."""
        self._screen.resize(width, height)

    def show(self, status: Status) -> None:
        """Show it; once an hour, look at the memory, and at how far the practice is from the clock."""
        self._screen.show(status)
        if self.session.mode == "playing" and self.at >= (len(self.hours) + 1) * _HOUR:
            self.hours.append((memory(getpid()), self.session.position - self.at))

    def _write(self, text: str) -> None:
        self.written += len(text.encode())


def by_count(hours: int) -> None:
    """Lead through so many *hours* by a clock that only counts, and print tables."""
    sequence = sequence_of(_STEPS % hours, _SETTINGS)
    timeline = compile_sequence(sequence)
    begun = time.monotonic()
    world = _Hours(sequence, timeline).run()
    lasted = time.monotonic() - begun
    rings = sum(cue.bell.strikes for cue in timeline.cues if cue.bell)
    heard = sum(span.segment.sound != "none" for _, _, span in timeline.breaths_in(0, timeline.duration))
    drift = max(abs(strayed) for _, strayed in world.hours) * 1000
    rows = [
        ("frames drawn, a second of this machine", number(timeline.duration / FRAME / lasted)),
        ("written to the terminal, bytes/s", number(world.written / timeline.duration, 4)),
        ("memory at each hour, MiB", ", ".join(f"{each:.1f}" for each, _ in world.hours)),
        ("the practice against the clock, furthest, ms", number(drift)),
    ]
    for name, tally, planned in (("strikes of bells", world.strikes, rings), ("breaths", world.breaths, heard)):
        rows.append((f"{name} handed over, of those planned", f"{tally.handed:,} of {planned:,}"))
        rows.append((f"{name}: least time ahead of their moments, s", number(tally.ahead)))
    print_table((f"{hours} h by a clock that only counts, 80x24", ""), rows)
    grown = world.hours[-1][0] - world.hours[0][0]
    lost = abs(world.strikes.handed - rings) + abs(world.breaths.handed - heard)
    late = -min(world.strikes.ahead, world.breaths.ahead)
    print_goals(
        [
            Goal("memory grown after the first hour, MiB", grown, 1),
            Goal("drift, ms", drift, 5),
            Goal("sounds lost or doubled", lost, 0),
            Goal("latest hand-over, s after the moment", late, 0),
        ]
    )


def by_the_clock(minutes: int) -> None:
    """Run a practice of so many real *minutes*, and print tables; it plays into a sound server, where there is one."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        file = folder / "real.yaml"
        file.write_text(_REAL % minutes, "utf-8")
        command, env = ["practice", str(file), "--yes", "--lang", "en"], {"HOME": str(folder)}
        sounding = shutil.which("pulseaudio") is not None
        if sounding:
            from sound import rig

            env = stack.enter_context(rig(folder)).env
        program = stack.enter_context(Program([*command, *([] if sounding else ["--mute"])], env, folder))
        zero = program.zero()
        memories = []
        for minute in range(minutes):
            time.sleep(max(0.0, zero + 60 * minute + 30 - time.monotonic()))
            memories.append(program.memory())
        if program.ended_in(60 + _PATIENCE) is None:
            raise RuntimeError("it does not end:\n" + program.text()[-500:])
    _print_real(program, zero, memories, sounding=sounding)


def _print_real(program: Program, zero: float, memories: list[float], *, sounding: bool) -> None:
    words = when(program.shown, (80, 24), _STILL_BREATHING)
    turns = rhythm(alternating([at for at, _ in words], _PHASES))
    assert turns is not None
    lead_in = 3.0
    first = words[0][0] - zero - lead_in
    over = when(program.shown, (80, 24), _OVER)[0][0] - zero - lead_in - 60 * len(memories)
    rows = [
        ("memory, first, median, last and greatest of all minutes, MiB", _memories(memories)),
        ("turns of the breath; furthest from their grid, ms", f"{turns.times}; {number(turns.furthest * 1000)}"),
        ("drift from first to last, ms", number(turns.drift * 1000)),
        ("first turn seen, ms after its moment", number(first * 1000)),
        ("shown as over, s after its length", number(over)),
    ]
    heard = "with sound" if sounding else "muted"
    print_table((f"{len(memories)} min, {heard}, 80x24", ""), rows)
    settled = memories[min(1, len(memories) - 1) :]
    print_goals(
        [
            Goal("memory grown after the first minute, MiB", settled[-1] - settled[0], 1),
            Goal("furthest from the grid, ms", turns.furthest * 1000, 5),
            Goal("drift, ms", abs(turns.drift) * 1000, 5),
            Goal("shown as over, s off", abs(over), 0.1),
        ]
    )


def _memories(memories: list[float]) -> str:
    middle = sorted(memories)[len(memories) // 2]
    return ", ".join(f"{each:.1f}" for each in (memories[0], middle, memories[-1], max(memories)))
