"""The transport: turns a clock into a position on the timeline."""

from collections.abc import Callable


class Transport:
    """A position on the timeline, in seconds from its start, that follows a clock.

    Args:
        clock: Returns monotonic time in seconds.
        speed: Seconds of practice per second of the clock.
        position: Where to begin, in seconds; the position stands still until `play`.
    """

    def __init__(self, clock: Callable[[], float], *, speed: float = 1.0, position: float = 0.0) -> None:
        self._clock = clock
        self._speed = speed
        self._held = position
        self._since: float | None = None

    @property
    def playing(self) -> bool:
        """Whether the position moves."""
        return self._since is not None

    @property
    def position(self) -> float:
        """Seconds from the start of the practice."""
        if self._since is None:
            return self._held
        return self._held + (self._clock() - self._since) * self._speed

    def when(self, position: float) -> float:
        """Return the clock time at which *position* is or was reached, provided that nothing interrupts the clock."""
        since = self._clock() if self._since is None else self._since
        return since + (position - self._held) / self._speed

    def play(self, at: float | None = None) -> None:
        """Let the position move, from now or from the clock time *at*."""
        if self._since is None:
            self._since = self._clock() if at is None else at

    def pause(self) -> None:
        """Let the position stand still."""
        self._held, self._since = self.position, None

    def seek(self, position: float) -> None:
        """Go to *position*, and keep moving or standing still as before."""
        self._held = max(0.0, position)
        if self._since is not None:
            self._since = self._clock()
