"""The loop of a session: waits for a key until the next frame, and brings time, screen and sound together."""

import gc
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from psoas_cli.live.awake import Awake
from psoas_cli.live.session import Session
from psoas_cli.live.sleep import SleepWatch, boot_clock
from psoas_cli.practice import words
from psoas_cli.screen.status import Status

FRAME = 1 / 20
"""Seconds from one picture to the next while something moves."""

_STILL = 0.5  # seconds between looks while nothing moves but a message that goes


class Place(AbstractContextManager["Place"], Protocol):
    """Where keys come from: a terminal."""

    dirty: bool

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""

    def events(self, timeout: float | None) -> list[str]:
        """Wait for keys and signals until the timeout."""


class Display(Protocol):
    """Where statuses go."""

    def resize(self, width: int, height: int) -> None:
        """Fit to another size."""

    def show(self, status: Status) -> None:
        """Show one instant."""


def perform(
    session: Session,
    place: Place,
    display: Display,
    *,
    clock: Callable[[], float] = time.monotonic,
    outer: Callable[[], float] = boot_clock,
    awake: Awake | None = None,
    frame: float = FRAME,
    watch_over: Callable[[Session], None] = lambda _: None,
) -> None:
    """Lead through *session* until it is over. The place is entered already.

    Frames lie on a grid of absolute times, so that nothing adds up; a frame that would be late is left out.
    """
    watch = SleepWatch(clock, outer)
    gc.collect()
    gc.freeze()
    gc.enable()  # the entry switched it off, for the start
    start = clock()
    while True:
        session.tick()
        watch_over(session)
        if session.done:
            return
        if place.dirty:
            place.dirty = False
            display.resize(*place.size)
        display.show(session.status())
        if awake:
            awake.want(session.mode in ("playing", "returning", "grounding"))
        number = int((clock() - start) / frame + 1e-6) + 1
        planned = session.next_change(_wait(session, start + number * frame - clock()))
        events = place.events(max(0.0, planned - clock()))
        if watch.slept(planned):
            session.interrupted()
        if "stopped" in events or "continued" in events:
            session.pause(words.STOPPED)
            watch.reset()
        for name in events:
            session.key(name)


def _wait(session: Session, until_frame: float) -> float:
    return max(until_frame, _STILL) if session.mode in ("paused", "grounding") else until_frame
