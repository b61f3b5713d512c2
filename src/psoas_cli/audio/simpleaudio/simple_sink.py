"""A sink that plays through simpleaudio: bells only, for systems where it works better than the usual sink."""

import atexit
import math
import time
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache, partial
from heapq import heapify, heappop, heappush
from itertools import count, repeat
from operator import mul
from threading import Condition, Lock, Thread
from typing import Literal

from psoas_cli.audio import decode
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.prefetch import Prefetch
from psoas_cli.audio.samples import COMFORTABLE, FULL, RATE
from psoas_cli.audio.simpleaudio.simple_stream import SimpleStream
from psoas_cli.audio.sink import LATEST, PhaseSound, gain_of
from psoas_cli.audio.stream import State
from psoas_cli.audio.strike import strike_of
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.sequence import STRIKE_GAP, Bell
from psoas_cli.threads import begun

_CLOSING = 0.4  # seconds to wait for the child to end


class SimpleSink:
    """Plays bells at given clock times, to within 60 ms, in a child process that runs simpleaudio.

    The methods are those of `Sink`, and none of them waits for the child or fails because of it. simpleaudio has
    limits: only bells are heard, the volume changes from the next strike on, hushing and muting cut sounds off instead
    of fading them, and a bell that started while muted is not heard after unmuting.

    Args:
        clock: Returns monotonic seconds; every time passed to the sink is a time of this clock.
        volume: 0 is silent, 70 as the sounds were made, 100 is 6 dB louder.
        muted: Start muted. The child is then not started until the sink is unmuted.
        quiet: Play 12 dB softer.
        line: The stream to the child.
    """

    speaks: Literal[False] = False

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        volume: int = COMFORTABLE,
        muted: bool = False,
        quiet: bool = False,
        line: SimpleStream | None = None,
    ) -> None:
        self._clock = clock
        self._volume = volume
        self._muted = muted
        self._quiet = quiet
        self._stream = line or SimpleStream()
        self._post = _Post(clock)
        self._started = False
        self._until = -math.inf
        self._hushes = 0  # what was requested before a hush must not be played after it
        self._loaded: dict[Bell, tuple[int, float]] = {}  # for each single strike: the child that has it, and its gain
        self._lock = Lock()
        self._prefetch = Prefetch()

    def start(self) -> None:
        """Start the child in the background, or, if muted, once unmuted. Returns at once."""
        self._started = True
        atexit.register(self._stream.close, _CLOSING)
        if not self._muted:
            self._stream.start()

    def close(self) -> None:
        """Cut off what is sounding and end the child, within half a second even if it hangs."""
        self._post.clear()
        self._stream.close(_CLOSING)
        atexit.unregister(self._stream.close)

    @property
    def state(self) -> State:
        """The state of the child: `lost` if it died, found no device or found no simpleaudio."""
        return self._stream.state

    @property
    def missing(self) -> bool:
        """Whether simpleaudio is known to be missing."""
        return self._stream.missing

    @property
    def volume(self) -> int:
        """The volume, 0..100."""
        return self._volume

    @volume.setter
    def volume(self, volume: int) -> None:
        self._volume = max(0, min(100, volume))

    @property
    def muted(self) -> bool:
        """Whether the sink is muted."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._post.put(-math.inf, self._stop)
        elif self._started:
            self._stream.start()

    def bell(self, bell: Bell, at: float) -> None:
        """Ring *bell* at the clock time *at*, its strikes 4 s apart.

        Does nothing unless the state is `on`, or if the bell cannot be played; strikes that are too late are dropped.
        """
        if self.state != "on":
            return
        with suppress(PsoasError):  # reported before the practice, and no reason to end it
            self._until = max(self._until, at + (bell.strikes - 1) * STRIKE_GAP + self.length(bell.sound))
        asked, child = self._hushes, self._stream.children

        def serve() -> None:
            once = bell._replace(strikes=1)
            self._load(once, child)
            with self._lock:
                for strike in range(bell.strikes if asked == self._hushes else 0):
                    when = at + strike * STRIKE_GAP
                    self._post.put(when, partial(self._strike, once, when, child))

        self._prefetch.want(serve, urgent=True)

    def breath(
        self, phase: PhaseKind, seconds: float, style: BreathSound, at: float, fill: tuple[float, float]
    ) -> None:
        """Not heard."""

    def speech(self, clip: Clip, at: float, softer: float = 0.0) -> None:
        """Not heard."""

    def bed(self, *, heard: bool, seconds: float) -> None:
        """Not heard."""

    def prepare(self, bells: Iterable[Bell], phases: Iterable[PhaseSound]) -> None:  # noqa: ARG002 - the signature of Sink
        """Decode *bells* in the background, and scale them to the current volume."""
        gain = gain_of(self._volume, quiet=self._quiet)
        for once in dict.fromkeys(bell._replace(strikes=1) for bell in bells):
            self._prefetch.want(partial(_scaled, once, gain))

    def hush(self, seconds: float = 0.2) -> None:  # noqa: ARG002 - the signature of Sink
        """Drop everything planned, and cut off what is sounding."""
        with self._lock:
            self._hushes += 1
            self._until = -math.inf
            self._post.clear()
            self._post.put(-math.inf, self._stop)

    def hush_breath(self, seconds: float = 0.2) -> None:
        """Silent already."""

    def hush_speech(self, seconds: float = 0.2) -> None:
        """Silent already."""

    def length(self, sound: str) -> float:
        """How long *sound* rings, in seconds.

        Raises:
            PsoasError: The sound cannot be played.
        """
        return len(decode.load(sound)) / RATE

    def sounding_until(self) -> float:
        """The clock time at which everything planned is over; -inf if nothing can be heard now."""
        return self._until if self.state == "on" and self._volume and not self._muted else -math.inf

    def _load(self, once: Bell, child: int) -> None:
        """Send one strike of a bell to the *child* at the current volume, unless it already has it."""
        gain = gain_of(self._volume, quiet=self._quiet)
        if self._loaded.get(once) != (child, gain):
            frames = _scaled(once, gain)
            self._loaded[once] = (child, gain)
            self._post.put(
                -math.inf, partial(self._stream.send, b"load %s %d\n%s" % (_name(once), len(frames), frames))
            )

    def _strike(self, once: Bell, at: float, child: int) -> None:
        """Strike now, unless *at* is too long ago or the *child* that has the sound is gone."""
        if self._muted or not self._volume or child != self._stream.children or self._clock() - at > LATEST:
            return
        self._stream.send(b"play %s\n" % _name(once), answered=True)

    def _stop(self) -> None:
        self._stream.send(b"stop\n")


class _Post:
    """A thread that carries out orders at their times, so that a child that reads nothing blocks only this thread."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._orders: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._changed = Condition()
        self._carrier: Thread | None = None

    def put(self, when: float, order: Callable[[], None]) -> None:
        """Have *order* called at the clock time *when*, those for the same time as they came; not without a thread."""
        with self._changed:
            if self._carrier is None:
                self._carrier = begun(self._carry, name="psoas-simpleaudio-post")
            if self._carrier:
                heappush(self._orders, (when, next(self._numbers), order))
                self._changed.notify()

    def clear(self) -> None:
        """Drop all orders except those that are due at once."""
        with self._changed:
            self._orders = [order for order in self._orders if order[0] == -math.inf]
            heapify(self._orders)

    def _carry(self) -> None:
        while True:
            with self._changed:
                while not self._orders or self._orders[0][0] > self._clock():
                    self._changed.wait(self._orders[0][0] - self._clock() if self._orders else None)
                _, _, order = heappop(self._orders)
            order()


@lru_cache(maxsize=8)
def _scaled(once: Bell, gain: float) -> bytes:
    """One strike of a bell, its samples multiplied by *gain*, as bytes for the child."""
    samples = strike_of(once)
    if gain != 1:
        samples = array("h", [max(-FULL, min(FULL, int(s))) for s in map(mul, samples, repeat(gain))])
    return samples.tobytes()


def _name(once: Bell) -> bytes:
    """The name of one strike in orders: a single word, whatever its path contains; each softness has its own."""
    name = f"{once.sound} {once.softer:g} dB softer" if once.softer else once.sound
    return name.encode("utf-8", "surrogatepass").hex().encode()
