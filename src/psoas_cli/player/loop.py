"""The loop of a session: waits for keys until something is due, and keeps time, screen and sound together."""

import gc
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from psoas_cli.player.awake import Awake, SleepWatch, sleep_clock
from psoas_cli.player.session import Session
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.keys import PASTED, SIGNALS
from psoas_cli.tui.status import Status

_STOPPED = Text("Paused while in the background", "Gepauzeerd: psoas stond even stil")

FRAME = 1 / 20
"""Least seconds between two pictures on the screen."""


class Window(AbstractContextManager["Window"], Protocol):
    """A source of keys and signals: a terminal."""

    dirty: bool

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""

    def events(self, timeout: float | None) -> list[str]:
        """Return the names of keys and signals, waiting for them at most *timeout* seconds (None: forever)."""


class Display(Protocol):
    """Shows the status of a session."""

    @property
    def breath_steps(self) -> int:
        """In how many steps the shape of the breath is drawn; 0 if it is not shown."""

    def turn(self) -> bool:
        """Turn to the next page of what is shown, if it has several; return whether it has."""

    def resize(self, width: int, height: int) -> None:
        """Adapt to a new size, in columns and rows."""

    def show(self, status: Status) -> None:
        """Show *status*."""


def perform(
    session: Session,
    window: Window,
    display: Display,
    *,
    clock: Callable[[], float] = time.monotonic,
    asleep: Callable[[], float] | None = None,
    awake: Awake | None = None,
    frame: float = FRAME,
    watch_over: Callable[[Session], None] = lambda _: None,
    once_seen: Callable[[], None] = lambda: None,
    early: Sequence[str] = (),
) -> None:
    """Run *session* until it is over; *window* must have been entered.

    The loop sleeps until there is something new to show or there are sounds to hand over. Both are absolute times, so
    delays do not add up.

    Args:
        session: What is performed.
        window: Where keys come from.
        display: What shows it.
        clock: Returns monotonic seconds.
        asleep: Returns for how many seconds the computer has slept so far; None asks this system.
        awake: Keeps the computer awake.
        frame: Least seconds between two pictures.
        watch_over: Called at each turn, after the picture.
        once_seen: Called after the first picture: what can wait for it.
        early: Keys that were pressed before, for the session.
    """
    watch = SleepWatch(clock, asleep or sleep_clock())
    seen_until = clock()
    events, is_seen = early, False
    while True:
        if not SIGNALS.isdisjoint(events):
            session.pause(_STOPPED)
            watch.reset()
        session.tick()
        if events:  # they came after all that is past by now
            _take(events, session, display)
            session.tick()
            seen_until = clock()
        if session.done:
            watch_over(session)
            return
        if window.dirty:
            window.dirty = False
            display.resize(*window.size)
            seen_until = clock()
        if clock() >= seen_until:
            display.show(session.status())
            seen_until = session.next_picture(frame, display.breath_steps)
        watch_over(session)
        if not is_seen:
            is_seen = True
            once_seen()
            _collect()
            watch.reset()
        if awake:
            awake.want(session.mode in ("playing", "returning", "grounding"))
        planned = min(seen_until, session.next_due)
        events = window.events(max(0.0, planned - clock()))
        if watch.slept(planned):
            session.interrupted()
            seen_until = clock()


def _take(events: Sequence[str], session: Session, display: Display) -> None:
    """Pass the keys of *events* on to *session*, or to *display* what turns its pages."""
    for name in events:
        if name != PASTED and not (name == "space" and display.turn()):  # a pasted text is no command
            session.key(name)


def _collect() -> None:
    """Collect what starting left, once, and nothing of it again; from now on garbage is collected as usual."""
    gc.collect()
    gc.freeze()
    gc.enable()  # `psoas_cli.main` disables it to start faster
