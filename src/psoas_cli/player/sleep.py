"""Noticing that the computer slept: a closed lid, or a program that was stopped from outside."""

import time
from collections.abc import Callable

NOTICED = 2.0
"""Seconds that have to be missing before a gap counts as sleep; load on the machine stays below it."""


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
