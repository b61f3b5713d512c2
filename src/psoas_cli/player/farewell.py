"""The end of a session: gentle, with one stroke of the bell, and for a while it can be taken back."""

from collections.abc import Callable
from typing import Literal

from psoas_cli.player.playhead import Playhead
from psoas_cli.player.scheduler import Scheduler
from psoas_cli.practice.model.sequence import Bell

TAKE_BACK = 3.0
"""Seconds in which ending can be taken back."""

_SEEN = 1.0  # seconds in which one sees that the practice is over, before any key leaves


class Farewell:
    """Ends the practice of *playhead*.

    Args:
        playhead: The position, and whether time passes.
        scheduler: Hands over the sounds.
        clock: Returns monotonic time in seconds.
        bell: The bell of the close, one stroke of which rings; None for none.
        speed: Seconds of practice per second.

    Attributes:
        state: Whether the practice is ending, which can be taken back, or closing; None while it goes on.
        until: The clock time at which that may be over.
    """

    def __init__(
        self, playhead: Playhead, scheduler: Scheduler, clock: Callable[[], float], bell: Bell | None, speed: float
    ) -> None:
        self.state: Literal["ending", "closing"] | None = None
        self.until = 0.0
        self._playhead = playhead
        self._scheduler = scheduler
        self._clock = clock
        self._bell = bell
        self._speed = speed
        self._before: Literal["paused", "playing", "returning"] = "paused"  # the mode if it is taken back

    def begin(self) -> None:
        """Let the clock stand still, ring one stroke, and leave a while to take it back."""
        self._before = self._playhead.mode
        self._playhead.pause()
        self._scheduler.hush(self._playhead.position)
        self.state = "ending"
        self.until = self._clock() + TAKE_BACK
        if self._bell:
            self._scheduler.bell(self._bell._replace(strikes=1))

    def take_back(self) -> None:
        """Go on as before."""
        self._scheduler.hush(self._playhead.position)
        self.state = None
        if self._before == "playing":
            self._playhead.play()
        elif self._before == "returning":
            self._playhead.come_back()

    def forget(self) -> None:
        """Take it back for something else, and leave the clock as it stands."""
        self.state = None

    def close(self) -> None:
        """End the practice; sounds play on to their end."""
        self._playhead.stop()
        self.state = "closing"
        self.until = self._clock() + (0.0 if self._speed > 1 else _SEEN)
