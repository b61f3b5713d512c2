"""A player that plays through simpleaudio: bells only, for whom it serves better than the usual one."""

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

from psoas_cli.audio import decode
from psoas_cli.audio.prefetch import Prefetch
from psoas_cli.audio.samples import COMFORTABLE, RATE, Samples
from psoas_cli.audio.simpleaudio.simple_stream import SimpleStream
from psoas_cli.audio.sink import LATEST, PhaseSound, gain_of
from psoas_cli.audio.stream import State
from psoas_cli.audio.strike import strike_of
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.patterns import BreathSound, PhaseKind
from psoas_cli.practice.model.sequence import STRIKE_GAP, Bell

_CLOSING = 0.4  # seconds to wait for the child to end
_FULL = 32_767


class SimpleSink:
    """Plays bells at moments of the clock, give or take 60 ms, in a child process that has simpleaudio.

    The same calls as a Player's, and nothing in here waits or fails either. What simpleaudio cannot do: the breath
    is not heard; a change of the volume is heard from the next strike on; what is hushed or muted breaks off where
    it would fade; and a bell that began while muted is not heard after it.

    Args:
        clock: Seconds, monotonic; all moments are its.
        volume: 0 silent, 70 as the sounds were made, 100 6 dB more.
        muted: Begin without sound. The child is not even started before it is wanted.
        quiet: 12 dB softer.
        line: Where orders go.
    """

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
        self._hushes = 0  # what was asked for before a hush must not come after it
        self._loaded: dict[Bell, tuple[int, float]] = {}  # by one strike: which child has it, and how loud
        self._lock = Lock()
        self._prefetch = Prefetch()

    def start(self) -> None:
        """Start the child in the background, or, while muted, when it is first wanted. Returns at once."""
        self._started = True
        atexit.register(self._stream.close, _CLOSING)
        if not self._muted:
            self._stream.start()

    def close(self) -> None:
        """Break off what sounds and end the child, within half a second whatever it does."""
        self._post.clear()
        self._stream.close(_CLOSING)
        atexit.unregister(self._stream.close)

    @property
    def state(self) -> State:
        """How it is with the child: `lost` where it died, found no device, or has no simpleaudio to play with."""
        return self._stream.state

    @property
    def missing(self) -> bool:
        """Whether simpleaudio is known not to be installed."""
        return self._stream.missing

    @property
    def volume(self) -> int:
        """How loud, 0..100."""
        return self._volume

    @volume.setter
    def volume(self, volume: int) -> None:
        self._volume = max(0, min(100, volume))

    @property
    def muted(self) -> bool:
        """Whether all is silent."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self._post.put(-math.inf, self._stop)
        elif self._started:
            self._stream.start()

    def bell(self, bell: Bell, at: float) -> None:
        """Ring *bell* at the moment *at*; more strikes come 4 s apart.

        Nothing happens while the state is not `on`, where it cannot be played, and for what is too late.
        """
        if self.state != "on":
            return
        with suppress(PsoasError):  # told before the practice by check; no reason to end one
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

    def speech(self, clip: Samples, at: float) -> None:
        """Not heard."""

    def prepare(self, bells: Iterable[Bell], phases: Iterable[PhaseSound]) -> None:  # noqa: ARG002 - a player's call
        """Decode *bells* in the background, and make them as loud as they will ring."""
        gain = gain_of(self._volume, quiet=self._quiet)
        for once in dict.fromkeys(bell._replace(strikes=1) for bell in bells):
            self._prefetch.want(partial(_scaled, once, gain))

    def hush(self, seconds: float = 0.2) -> None:  # noqa: ARG002 - the same call as a player's
        """Forget all that is planned, and break off what sounds."""
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
            PsoasError: It cannot be played.
        """
        return len(decode.load(sound)) / RATE

    def sounding_until(self) -> float:
        """The moment when all that was planned is over: long ago while nothing is heard anyway."""
        return self._until if self.state == "on" and self._volume and not self._muted else -math.inf

    def _load(self, once: Bell, child: int) -> None:
        """Give one strike of a bell to the *child*, unless it has it, as loud as it is wanted."""
        gain = gain_of(self._volume, quiet=self._quiet)
        if self._loaded.get(once) != (child, gain):
            frames = _scaled(once, gain)
            self._loaded[once] = (child, gain)
            self._post.put(
                -math.inf, partial(self._stream.send, b"load %s %d\n%s" % (_name(once), len(frames), frames))
            )

    def _strike(self, once: Bell, at: float, child: int) -> None:
        """Strike now, unless *at* is too long ago or the *child* that knew it is gone."""
        if self._muted or not self._volume or child != self._stream.children or self._clock() - at > LATEST:
            return
        self._stream.send(b"play %s\n" % _name(once), answered=True)

    def _stop(self) -> None:
        self._stream.send(b"stop\n")


class _Post:
    """One thread that does what is to be done at its moment. A child that takes nothing holds up it alone."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._orders: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._changed = Condition()
        self._carrier: Thread | None = None

    def put(self, when: float, order: Callable[[], None]) -> None:
        """Have *order* called at the moment *when*; those for one moment in the order they came."""
        with self._changed:
            heappush(self._orders, (when, next(self._numbers), order))
            self._changed.notify()
            if self._carrier is None:
                self._carrier = Thread(target=self._carry, name="psoas-simpleaudio-post", daemon=True)
                self._carrier.start()

    def clear(self) -> None:
        """Forget what is to come, but for what is due anyway."""
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
    """The frames of one strike of a bell, *gain* times as loud, as the child takes them."""
    samples = strike_of(once)
    if gain != 1:
        samples = array("h", [max(-_FULL, min(_FULL, int(s))) for s in map(mul, samples, repeat(gain))])
    return samples.tobytes()


def _name(once: Bell) -> bytes:
    """One strike of a bell as a word of a line, whatever is in a path; a softer one is a sound of its own."""
    name = f"{once.sound} {once.softer:g} dB softer" if once.softer else once.sound
    return name.encode("utf-8", "surrogatepass").hex().encode()
