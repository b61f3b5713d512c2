"""The loop of a session: waits for a key until the next frame, and brings time, screen and sound together."""

import gc
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from psoas_cli.player.awake import Awake
from psoas_cli.player.session import Session
from psoas_cli.player.sleep import SleepWatch, boot_clock
from psoas_cli.practice import words
from psoas_cli.tui.status import Status

FRAME = 1 / 20
"""Seconds from one picture to the next, at least."""


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

    @property
    def breath_steps(self) -> int:
        """How many steps the breath's shape has that is shown."""

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
        if place.dirty:
            place.dirty = False
            display.resize(*place.size)
            seen_until = clock()
        if clock() >= seen_until:
            display.show(session.status())
            seen_until = session.next_picture(frame, display.breath_steps)
        if awake:
            awake.want(session.mode in ("playing", "returning", "grounding"))
        planned = min(seen_until, session.next_due)
        events = place.events(max(0.0, planned - clock()))
        if watch.slept(planned):
            session.interrupted()
            seen_until = clock()
        if "stopped" in events or "continued" in events:
            session.pause(words.STOPPED)
            watch.reset()
        for name in events:
            session.key(name)
            seen_until = clock()
