"""The line out: a device kept open while it can be, watched, and opened anew when it is lost."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Literal

from psoas_cli.audio.clock_fit import ClockFit
from psoas_cli.audio.device import Opener, OutputDevice
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import Samples, silence

State = Literal["off", "opening", "on", "lost"]
"""`off`: not asked for. `opening`: soon there. `on`: it pulls. `lost`: it failed or died, and is tried again."""

_FILLING = 0.25  # seconds in which a device may fill its buffer, faster than it is heard
_FIRST_PULLS = 2  # of its pulls say nothing about its clock: it fills, and a sink that slept takes its time to wake


class Feed:
    """What one device pulls from: the mixer, until it is retired, and the fit of this device's clock."""

    def __init__(self, mixer: Mixer, clock: Callable[[], float]) -> None:
        self.fit = ClockFit()
        self.pulls = 0
        self._first = math.inf
        self.retired = False
        self._mixer = mixer
        self._clock = clock

    @property
    def settled(self) -> bool:
        """Whether the device has filled its buffer, and it is known when a frame is heard."""
        return self.fit.ready and self._clock() - self._first > _FILLING

    def pull(self, frames: int) -> Samples:
        """The next *frames*. Never raises: the device would be silent for good."""
        if self.retired:  # a frozen server that woke up after its device was given up
            return silence(frames)
        try:
            now = self._clock()
            self._first = min(self._first, now)
            self.pulls += 1
            if self.pulls > _FIRST_PULLS:
                self.fit.report(self._mixer.position, now)
            return self._mixer.render(frames)
        except Exception:  # noqa: BLE001 - whatever it is, a moment of silence is better than no sound any more
            return silence(frames)


@dataclass(frozen=True)
class Pace:
    """How patient a line is.

    Attributes:
        look: Seconds between two looks at the device.
        looks: So many without a pull, and it is lost: nothing else tells that a server was killed.
        opening: Seconds after which an opening counts as failed, though it may still come through.
        retry: Seconds between two attempts.
    """

    look: float = 0.25
    looks: int = 10
    opening: float = 3.0
    retry: float = 2.0


CALM = Pace()
"""The pace of a practice."""


class Stream:
    """A device in the background: opening and closing may take forever, so nobody else waits for them.

    Args:
        mixer: What sounds.
        opener: Opens the device.
        clock: Seconds, monotonic.
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
        """Open the device in the background, and keep it open."""
        if self._keeper is None:
            self._started = self._clock()
            self._keeper = Thread(target=self._keep, name="psoas-sound", daemon=True)
            self._keeper.start()

    @property
    def state(self) -> State:
        """How it is with the device."""
        if self._keeper is None or self._over.is_set():
            return "off"
        if self.feed is not None:
            return "on"
        return "lost" if self._failed or self._clock() - self._started > self._pace.opening else "opening"

    @property
    def feed(self) -> Feed | None:
        """What the device pulls from, once it does so steadily."""
        feed = self._feed
        return feed if feed is not None and feed.settled else None

    def close(self, limit: float) -> None:
        """Let the device go; what takes longer than *limit* seconds is left to its thread."""
        self._over.set()
        if self._keeper is not None:
            self._keeper.join(limit)

    def _keep(self) -> None:
        """The keeper's thread: open, watch, and again."""
        while not self._over.is_set():
            feed = Feed(self._mixer, self._clock)
            output = self._open(feed)
            if output is not None:
                self._feed = feed
                self._watch(feed)
                self._feed = None
                feed.retired = True
                self._mixer.hush(0)
                self._let_go(output)
            self._failed = True
            self._over.wait(self._pace.retry)

    def _open(self, feed: Feed) -> OutputDevice | None:
        try:
            return self._opener(feed.pull)
        except Exception:  # noqa: BLE001 - for whatever reason there is none: no sound is no reason to fail
            return None

    def _watch(self, feed: Feed) -> None:
        """Come back when the device stopped pulling, or at the end.

        Counts looks, not seconds: the machine may have slept.
        """
        seen, idle = -1, 0
        while idle < self._pace.looks and not self._over.wait(self._pace.look):
            idle = idle + 1 if feed.pulls == seen else 0
            seen = feed.pulls

    def _let_go(self, output: OutputDevice) -> None:
        """Close *output*; with the practice going on, in a thread of its own, as it may hang."""
        if self._over.is_set():
            output.close()
        else:
            Thread(target=output.close, name="psoas-sound-close", daemon=True).start()
