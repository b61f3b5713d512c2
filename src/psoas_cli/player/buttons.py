"""Buttons of headphones and media keys: what they mean in a session, and how a pause by one of them is heard."""

import sys
from collections.abc import Callable
from math import inf

from psoas_cli.player.playhead import Playhead
from psoas_cli.player.scheduler import Scheduler
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.passage import AFTER_BELL
from psoas_cli.tui.status import Mode

BUTTONS = frozenset({"media-play", "media-pause", "media-play-pause", "media-next", "media-previous"})
"""What comes among the names of keys when a button is pressed."""

MEDIA_KEYS = Text("Media keys", "Mediatoetsen")
"""What the buttons are called, in the settings and by the doctor."""

HAS_SESSION_BUS = sys.platform not in ("win32", "darwin")
"""Whether this system has the bus over which they come, which only desktops of Linux and the like have."""

PAUSED_BY_BUTTON = Text("Paused.", "Gepauzeerd.")
STILL_PAUSED = Text("Still paused.", "Nog steeds gepauzeerd.")

REMINDER = 60.0
"""Seconds of such a pause after which it is said once more: earbuds send it when they are taken out, or fall out."""

TWICE = 5.0
"""Seconds within which a second "previous" means the stop again, and not another "where am I?"."""

STROKE = Bell("soft-stroke")
"""What is heard of a pause by a button, also where nothing is said."""

_GOING = {"media-play", "media-play-pause"}


class Buttons:
    """Does what buttons mean, as the keys do, but skips nothing: who presses one does not look at the screen.

    Args:
        playhead: The position, and whether time passes.
        scheduler: Rings and speaks.
        clock: Returns monotonic time in seconds.
        key: Does what a key means.
        begin_anew: Goes to the start of the place that one is in, or moves to, with time to move there.
    """

    def __init__(
        self,
        playhead: Playhead,
        scheduler: Scheduler,
        clock: Callable[[], float],
        *,
        key: Callable[[str], None],
        begin_anew: Callable[[], None],
    ) -> None:
        self.due = inf
        """The clock time at which a pause is said once more; infinite if none is to be."""
        self._playhead = playhead
        self._scheduler = scheduler
        self._clock = clock
        self._key = key
        self._begin_anew = begin_anew
        self._asked_at = -inf  # the clock time of the last "previous", if no other button came after it

    def press(self, name: str, mode: Mode) -> None:
        """Do what the button *name* means in *mode*; nothing once the practice is over."""
        asked_at, self._asked_at = self._asked_at, -inf
        if mode == "grounding" and name == "media-previous":
            self._key("w")
        elif mode in ("grounding", "ending"):
            if name in _GOING:
                self._key("space")
        elif mode != "closing":
            self._press(name, asked_at, paused=mode == "paused")

    def tick(self, now: float, mode: Mode) -> None:
        """Say once more that it is paused, if that is due at the clock time *now*, and forget it once it goes on."""
        if mode != "paused":
            self.due = inf
        elif now >= self.due:
            self.due = inf
            self._say(STILL_PAUSED)

    def _press(self, name: str, asked_at: float, *, paused: bool) -> None:
        if name == "media-next":
            self._key("n")
        elif name == "media-previous" and self._clock() - asked_at <= TWICE:
            self._begin_anew()
        elif name == "media-previous":
            self._asked_at = self._clock()
            self._key("w")
        elif paused and name in _GOING:
            self._key("space")
        elif not paused and name != "media-play":
            self._playhead.pause()
            self._say(PAUSED_BY_BUTTON)
            self.due = self._clock() + REMINDER

    def _say(self, text: Text) -> None:
        """Ring the stroke, and speak *text* after it if words are wanted."""
        self._scheduler.bell(STROKE)
        if self._scheduler.verbosity != "none":
            self._scheduler.say(text, silence=AFTER_BELL)
