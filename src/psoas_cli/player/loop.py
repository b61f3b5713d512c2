"""The loop of a session: waits for a key until the next frame, and brings time, screen and sound together."""

import gc
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from psoas_cli.player.awake import Awake
from psoas_cli.player.session import Session
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.status import Status

_STOPPED = Text("Paused: the program was put aside", "Gepauzeerd: het programma stond even stil")

FRAME = 1 / 20
"""Seconds from one picture to the next, at least."""

NOTICED = 2.0
"""Seconds that have to be missing before a gap counts as sleep; load on the machine stays below it."""


class Window(AbstractContextManager["Window"], Protocol):
    """Where keys come from: a terminal."""

    dirty: bool

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""

    def events(self, timeout: float | None) -> list[str]:
        """Wait for keys and signals until the timeout."""


class Display(Protocol):
    """Where statuses go."""

    @property
    def breath_steps(self) -> int:
        """How many steps the breath's shape has that is shown."""

    def resize(self, width: int, height: int) -> None:
        """Fit to another size."""

    def show(self, status: Status) -> None:
        """Show one instant."""


def boot_clock() -> float:
    """Seconds of a clock that goes on while the computer sleeps; `time.monotonic` stands still on Linux and macOS."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.time()


class SleepWatch:
    """Tells at each tick whether the computer slept since the one before.

    Args:
        clock: The monotonic clock that the practice runs by.
        outer: A clock that goes on during sleep.
    """

    def __init__(self, clock: Callable[[], float], outer: Callable[[], float] = boot_clock) -> None:
        self._clock = clock
        self._outer = outer
        self.reset()

    def reset(self) -> None:
        """Begin anew: what was before is known."""
        self._tick, self._outer_tick = self._clock(), self._outer()

    def slept(self, planned: float) -> bool:
        """Whether time is missing since the last tick, after which the next was *planned* (clock seconds)."""
        now, outer = self._clock(), self._outer()
        late = now - max(planned, self._tick)
        asleep = (outer - self._outer_tick) - (now - self._tick)
        self._tick, self._outer_tick = now, outer
        # A wall clock, where there is no better one, is also set by hand: it counts only together with a late tick.
        trusted = hasattr(time, "CLOCK_BOOTTIME")
        return late > NOTICED or (asleep > NOTICED and (trusted or late > 0))


def perform(
    session: Session,
    window: Window,
    display: Display,
    *,
    clock: Callable[[], float] = time.monotonic,
    outer: Callable[[], float] = boot_clock,
    awake: Awake | None = None,
    frame: float = FRAME,
    watch_over: Callable[[Session], None] = lambda _: None,
) -> None:
    """Lead through *session* until it is over. The window is entered already.

    It sleeps until there is something new to see, or sounds are to be handed over; both are absolute times, so that
    nothing adds up.
    """
    watch = SleepWatch(clock, outer)
    gc.collect()
    gc.freeze()
    gc.enable()  # the entry switched it off, for the start
    seen_until = clock()
    while True:
        session.tick()
        watch_over(session)
        if session.done:
            return
        if window.dirty:
            window.dirty = False
            display.resize(*window.size)
            seen_until = clock()
        if clock() >= seen_until:
            display.show(session.status())
            seen_until = session.next_picture(frame, display.breath_steps)
        if awake:
            awake.want(session.mode in ("playing", "returning", "grounding"))
        planned = min(seen_until, session.next_due)
        events = window.events(max(0.0, planned - clock()))
        if watch.slept(planned):
            session.interrupted()
            seen_until = clock()
        if "stopped" in events or "continued" in events:
            session.pause(_STOPPED)
            watch.reset()
        for name in events:
            session.key(name)
            seen_until = clock()
