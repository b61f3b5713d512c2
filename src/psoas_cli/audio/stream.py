"""The stream to the device: opened in the background, watched, and opened again if the device is lost."""

import math
import time
from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Literal

from psoas_cli.audio.clock_fit import ClockFit
from psoas_cli.audio.device import Opener, OutputDevice
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import Samples, silence
from psoas_cli.practice.model.record import record
from psoas_cli.threads import begun

State = Literal["off", "opening", "on", "lost"]
"""`off`: not started, or closed. `opening`: expected soon. `on`: it pulls. `lost`: it failed or died; retrying."""

_FILLING = 0.25  # seconds in which a device may fill its buffer, pulling faster than it plays
_FIRST_PULLS = 2  # pulls that say nothing about the device's clock: it fills its buffer, or is still waking up


class Feed:
    """What one device pulls from: the mixer, until the feed is retired, with a fit of this device's clock."""

    def __init__(self, mixer: Mixer, clock: Callable[[], float]) -> None:
        self.fit = ClockFit()
        self.pulls = 0
        self._first = math.inf
        self.retired = False
        self._mixer = mixer
        self._clock = clock

    @property
    def settled(self) -> bool:
        """Whether the device has filled its buffer, so that the fit gives the time at which a frame is heard."""
        return self.fit.ready and self._clock() - self._first > _FILLING

    def pull(self, frames: int) -> Samples:
        """The next *frames*. Never raises, as that would silence the device for good."""
        if self.retired:  # a frozen server may wake up after its device was given up
            return silence(frames)
        try:
            now = self._clock()
            self._first = min(self._first, now)
            self.pulls += 1
            if self.pulls > _FIRST_PULLS:
                self.fit.report(self._mixer.position, now)
            return self._mixer.render(frames)
        except Exception:  # noqa: BLE001 - whatever it is, better a moment of silence than no more sound
            return silence(frames)


@record(frozen=True)
class Pace:
    """How patient a stream is.

    Attributes:
        look: Seconds between looks at the device.
        looks: Looks without a pull after which the device is lost; nothing else shows that a server was killed.
        opening: Seconds after which opening counts as failed, though it may still succeed.
        retry: Seconds between attempts.
    """

    look: float = 0.25
    looks: int = 10
    opening: float = 3.0
    retry: float = 2.0


CALM = Pace()
"""The pace in a practice."""


class Stream:
    """A device on threads of its own, as opening and closing one may take forever.

    Args:
        mixer: Where the frames come from.
        opener: Opens the device.
        clock: Returns monotonic seconds.
        pace: How patient to be.
    """

    def __init__(
        self,
        mixer: Mixer,
        opener: Opener,
        clock: Callable[[], float] = time.monotonic,
        pace: Pace = CALM,
    ) -> None:
        self._mixer = mixer
        self._opener = opener
        self._clock = clock
        self._pace = pace
        self._over = Event()
        self._lock = Lock()
        self._keeper: Thread | None = None
        self._started = 0.0
        self._failed = False
        self._feed: Feed | None = None

    def start(self) -> None:
        """Open the device in the background, and keep it open. Returns at once.

        If the system has no thread for that, the device is lost until it is started again.
        """
        if self._keeper is None:
            self._started = self._clock()
            self._keeper = begun(self._keep, name="psoas-sound")
            if self._keeper is None:
                self._failed = True

    @property
    def state(self) -> State:
        """The state of the device."""
        if self._over.is_set() or (self._keeper is None and not self._failed):
            return "off"
        if self.feed is not None:
            return "on"
        return "lost" if self._failed or self._clock() - self._started > self._pace.opening else "opening"

    @property
    def feed(self) -> Feed | None:
        """What the device pulls from; None until it does so steadily."""
        feed = self._feed
        return feed if feed is not None and feed.settled else None

    def close(self, limit: float) -> None:
        """Close the device; if that takes longer than *limit* seconds, leave it to its thread."""
        self._over.set()
        if self._keeper is not None:
            self._keeper.join(limit)

    def _keep(self) -> None:
        """The keeper's thread: open the device, watch it, and start again."""
        while not self._over.is_set():
            feed = Feed(self._mixer, self._clock)
            output = self._open(feed)
            if output is not None:
                self._feed = feed
                self._watch(feed)
                self._feed = None
                feed.retired = True
                self._mixer.start_over()
                self._let_go(output)
            self._failed = True
            self._over.wait(self._pace.retry)

    def _open(self, feed: Feed) -> OutputDevice | None:
        try:
            return self._opener(feed.pull)
        except Exception:  # noqa: BLE001 - whatever the reason, a practice can do without sound
            return None

    def _watch(self, feed: Feed) -> None:
        """Return once the device has stopped pulling or the stream is closed.

        Counts looks, not seconds, as the machine may have slept.
        """
        seen, idle = -1, 0
        while idle < self._pace.looks and not self._over.wait(self._pace.look):
            idle = idle + 1 if feed.pulls == seen else 0
            seen = feed.pulls

    def _let_go(self, output: OutputDevice) -> None:
        """Close *output*; while the practice goes on, in a thread of its own, as that may hang."""
        if self._over.is_set() or not begun(output.close, name="psoas-sound-close"):
            output.close()
