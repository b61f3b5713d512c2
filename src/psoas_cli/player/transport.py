"""The transport: where the practice is on its timeline."""

from collections.abc import Callable


class Transport:
    """The position, in seconds from the start, as a clock moves it.

    Args:
        clock: Any monotonic seconds.
        speed: How many seconds of practice go by in one of the clock.
        position: Where to begin; it stands still until `play`.
    """

    def __init__(self, clock: Callable[[], float], *, speed: float = 1.0, position: float = 0.0) -> None:
        self._clock = clock
        self._speed = speed
        self._held = position
        self._since: float | None = None

    @property
    def playing(self) -> bool:
        """Whether time goes on."""
        return self._since is not None

    @property
    def position(self) -> float:
        """Seconds from the start of the practice."""
        if self._since is None:
            return self._held
        return self._held + (self._clock() - self._since) * self._speed

    def when(self, position: float) -> float:
        """The clock's time at which *position* is reached, or was, if time goes on as it does."""
        since = self._clock() if self._since is None else self._since
        return since + (position - self._held) / self._speed

    def play(self, at: float | None = None) -> None:
        """Let time go on, from now or from the clock's time *at*."""
        if self._since is None:
            self._since = self._clock() if at is None else at

    def pause(self) -> None:
        """Let the position stand still."""
        self._held, self._since = self.position, None

    def seek(self, position: float) -> None:
        """Go to *position*; whether time goes on stays as it was."""
        self._held = max(0.0, position)
        if self._since is not None:
            self._since = self._clock()
