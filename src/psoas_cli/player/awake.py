"""Keeping the screen and the computer awake while a practice plays, and noticing that it slept all the same."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from psoas_cli.threads import begun

if TYPE_CHECKING:
    from queue import SimpleQueue
    from threading import Thread

NOTICED = 2.0
"""Seconds that must be missing before a gap counts as sleep; gaps caused by load stay below this."""

_PAIRS = (("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"), ("CLOCK_MONOTONIC_RAW", "CLOCK_UPTIME_RAW"))
"""Of Linux and macOS: a clock that runs on during sleep and its twin that stands still. Nobody can set either."""

_BUS = "DBUS_SESSION_BUS_ADDRESS"


class Awake:
    """Keeps the computer from sleeping on request; does nothing, silently, if the system does not support that.

    The requests are made in a thread, as a slow desktop must not hold up a frame.
    """

    def __init__(self) -> None:
        self._wanted = False
        self._thread: Thread | None = None

    @cached_property
    def _wishes(self) -> "SimpleQueue[bool | None]":
        from queue import SimpleQueue  # the first wish comes after the first picture

        return SimpleQueue()

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - the only argument
        """Keep the computer awake if *wanted*, else let it sleep again."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._wishes.put(wanted)
        if self._thread is None:
            self._thread = begun(self._serve, name="psoas-awake")

    def release(self) -> None:
        """Let the computer sleep again before the program ends; wait for that at most 0.5 s."""
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join(0.5)

    def _serve(self) -> None:
        """Carry out the requests, up to None; without a bus, a desktop or permission the screen may go dark."""
        mode: AbstractContextManager[object] | None = None
        while (wish := self._wishes.get()) is not None:
            with suppress(Exception):
                if wish and mode is None and _is_heard():
                    from wakepy import keep  # takes tens of milliseconds, and may be broken

                    mode = keep.presenting(on_fail="pass")
                    mode.__enter__()
                elif not wish and mode is not None:
                    ending, mode = mode, None
                    ending.__exit__(None, None, None)
        with suppress(Exception):
            if mode is not None:
                mode.__exit__(None, None, None)


def _is_heard() -> bool:
    """Whether there is anybody to ask: on Linux that is a desktop, whose bus wakepy knows by the environment alone.

    Over SSH or on a console there is none, and importing wakepy in vain takes two MiB.
    """
    return sys.platform != "linux" or _BUS in os.environ


def sleep_clock() -> Callable[[], float]:
    """Return a clock that runs only while this computer sleeps, in seconds; one that never runs if none is known.

    The clock on the wall is of no use for that, as it may be set.
    """
    if sys.platform == "win32":
        try:
            return _sleep_clock_of_windows()
        except (OSError, AttributeError):  # there is none before Windows 10
            return lambda: 0.0
    for on, off in _PAIRS:
        running, standing = getattr(time, on, None), getattr(time, off, None)
        if running is not None and standing is not None:
            with suppress(OSError):  # the kernel may be older than the interpreter's headers
                time.clock_gettime(running)
                return lambda: time.clock_gettime(running) - time.clock_gettime(standing)
    return lambda: 0.0


def _sleep_clock_of_windows() -> Callable[[], float]:
    """The difference of its two counts of 100 ns since the start.

    Raises:
        OSError, AttributeError: This Windows does not count both.
    """
    import ctypes

    from psoas_cli.windows import BOOL, function

    place = ctypes.POINTER(ctypes.c_ulonglong)
    running = function("QueryInterruptTime", place, result=None, library="kernelbase")
    standing = function("QueryUnbiasedInterruptTime", place, result=BOOL)

    def read(count: Callable[[object], object]) -> int:
        value = ctypes.c_ulonglong()
        count(ctypes.byref(value))
        return value.value

    return lambda: (read(running) - read(standing)) / 1e7


class SleepWatch:
    """Detects at each tick whether the computer slept since the last one, or whether psoas alone stood still.

    Args:
        clock: The monotonic clock of the practice, in seconds.
        asleep: A clock that runs only while the computer sleeps, in seconds.
    """

    def __init__(self, clock: Callable[[], float], asleep: Callable[[], float]) -> None:
        self._clock = clock
        self._asleep = asleep
        self.reset()

    def reset(self) -> None:
        """Start again from now."""
        self._tick, self._slept = self._clock(), self._asleep()

    def slept(self, planned: float) -> bool:
        """Whether the computer slept since the last tick, if this tick was *planned* for that clock time."""
        tick, slept = self._tick, self._slept
        self.reset()
        late = self._tick - max(planned, tick)
        return max(late, self._slept - slept) > NOTICED
