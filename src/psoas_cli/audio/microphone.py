"""The microphone: opened in the background, and heard block by block."""

import atexit
import time
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from threading import Lock
from typing import Literal, NamedTuple, TypeAlias

from psoas_cli.audio.device import Hear, InputDevice, open_microphone
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.threads import begun

MicrophoneState = Literal["opening", "on", "refused", "lost"]
"""`opening`: expected soon. `on`: blocks come. `refused`: none came, or they come faster than time passes, as from a
device that stands in for a missing one. `lost`: they came, and no longer do."""

MicrophoneOpener: TypeAlias = Callable[[Hear], InputDevice]
"""Opens the device. May raise any exception if there is none; may block forever, as closing may."""

_OPENING = 8.0  # seconds for the first block, which usually takes 1.2 to 1.7; a system may ask the person first
_MISSING = 2.0  # seconds without a block after which the device is lost; nothing else shows that it was unplugged
_AHEAD = 2.0  # seconds by which what is heard may run ahead of the clock: a device may have kept some
_CLOSING = 0.5  # seconds to wait for the device to close


class Block(NamedTuple):
    """What was heard in the last 100 ms before the clock time *at*, at which it was handed over."""

    at: float
    samples: Samples


class Microphone:
    """A microphone on threads of its own, as opening and closing one may take forever.

    Args:
        opener: Opens the device.
        clock: Returns monotonic seconds.
    """

    def __init__(self, opener: MicrophoneOpener = open_microphone, clock: Callable[[], float] = time.monotonic) -> None:
        self._opener = opener
        self._clock = clock
        self._lock = Lock()
        self._heard: SimpleQueue[Block] | None = None
        self._device: InputDevice | None = None
        self._began = 0.0
        self._first = 0.0  # the clock time of the first block
        self._frames = 0  # heard since then
        self._latest: float | None = None
        self._failed = False

    def start(self) -> None:
        """Open the device in the background, instead of the one before. Returns at once."""
        self.close()
        heard: SimpleQueue[Block] = SimpleQueue()
        self._heard, self._began, self._latest, self._failed = heard, self._clock(), None, False
        self._frames = 0
        atexit.register(self.close)  # a program that exits with a device open may hang
        if not begun(self._open, heard, name="psoas-microphone"):
            self._failed = True

    @property
    def state(self) -> MicrophoneState:
        """The state of the device."""
        now = self._clock()
        if self._failed:
            return "refused"
        if self._latest is None:
            return "refused" if now - self._began > _OPENING else "opening"
        return "lost" if now - self._latest > _MISSING else "on"

    def blocks(self) -> list[Block]:
        """What was heard since the last call."""
        heard = self._heard
        return [] if heard is None else [heard.get_nowait() for _ in range(heard.qsize())]

    def close(self) -> None:
        """Close the device; if that takes longer than half a second, leave it to its thread."""
        with self._lock:
            device, self._device, self._heard = self._device, None, None
        if device is not None:
            if closer := begun(device.close, name="psoas-microphone-close"):
                closer.join(_CLOSING)
            else:
                device.close()
        atexit.unregister(self.close)

    def _open(self, heard: "SimpleQueue[Block]") -> None:
        try:
            device = self._opener(partial(self._hear, heard))
        except Exception:  # noqa: BLE001 - whatever the reason, there is none
            self._failed = self._failed or heard is self._heard
            return
        with self._lock:
            wanted = heard is self._heard
            if wanted:
                self._device = device
        if not wanted:
            device.close()

    def _hear(self, heard: "SimpleQueue[Block]", samples: Samples) -> None:
        """Take over *samples*, on the device's own thread."""
        now = self._clock()
        if heard is not self._heard or self._failed:  # one that was given up may wake up again
            return
        self._first = self._first if self._frames else now
        self._frames += len(samples)
        if self._frames / RATE > now - self._first + _AHEAD:
            self._failed = True
            begun(self.close, name="psoas-microphone-close")  # not on its own thread
            return
        self._latest = now
        heard.put(Block(now, samples))
