"""The sink: a session's only interface to sound, in seconds of the session's clock."""

import atexit
import math
import time
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

from psoas_cli.audio.clip import Clip
from psoas_cli.audio.samples import COMFORTABLE, LATENCY, RATE, Samples, louder
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.sequence import STRIKE_GAP, Bell

if TYPE_CHECKING:
    from psoas_cli.audio.bed_loop import Endless
    from psoas_cli.audio.device import Opener
    from psoas_cli.audio.mixer import Mixer, VoiceKind
    from psoas_cli.audio.prefetch import Prefetch
    from psoas_cli.audio.stream import State, Stream

LATEST = 0.25
"""Seconds by which a sound may start late; anything later is dropped."""

PhaseSound: TypeAlias = tuple[PhaseKind, float, BreathSound, tuple[float, float]]
"""A phase to render: its kind, its seconds, its style, and the fill of the lungs (0..1) at its start and end."""

_CURVE = math.log(2) / math.log(100 / COMFORTABLE)  # so that 100 is 6 dB above the comfortable 70
_QUIET = 10 ** (-12 / 20)
_AT_THE_END = 0.05  # seconds over which sound fades before the device is closed
_PICTURE_FIRST = 0.3  # seconds that making a bed waits, so that the first picture does not
_CLOSING = 0.25  # seconds to wait for the device to close


def gain_of(volume: int, *, quiet: bool) -> float:
    """The factor on samples at a *volume* of 0..100: 1 at the comfortable 70, 2 at 100; 12 dB less if *quiet*."""
    return math.pow(volume / COMFORTABLE, _CURVE) * (_QUIET if quiet else 1.0)


def decibels_of(volume: int) -> float:
    """The dB by which a *volume* of 0..100 is louder than the comfortable 70; 0 is as good as silent."""
    return 20 * math.log10(max(gain_of(volume, quiet=False), 1e-5))


class Sink:
    """Plays bells, breath and speech at given clock times, through a device that it keeps open in the background.

    No call waits for the device or fails because of it; what cannot be played is dropped.

    Args:
        clock: Returns monotonic seconds; every time passed to the sink is a time of this clock.
        volume: 0 is silent, 70 as the sounds were made, 100 is 6 dB louder.
        voice_volume: The same for speech alone, on top of *volume*.
        muted: Start muted. The device is then not opened until the sink is unmuted.
        quiet: Play only bells, 12 dB softer.
        speed: Seconds of the practice, by which breath is measured, per second of the clock.
        opener: Opens the device; None for that of this system.

    Attributes:
        speaks: Whether this kind of sink plays speech.
    """

    speaks: Literal[True] = True

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        volume: int = COMFORTABLE,
        voice_volume: int = COMFORTABLE,
        muted: bool = False,
        quiet: bool = False,
        speed: float = 1.0,
        opener: "Opener | None" = None,
    ) -> None:
        self._clock = clock
        self._volume = volume
        self._voice_louder = decibels_of(voice_volume)
        self._muted = muted
        self._quiet = quiet
        self._speed = speed
        self._opener = opener
        self._started = False
        self._until = -math.inf
        self._hushes = 0  # what was requested before a hush must not be played after it
        self._hushed_speech = 0  # the same for speech
        self._lock = Lock()

    # What plays is made once something is to be played: the first picture does without.

    @cached_property
    def _mixer(self) -> "Mixer":
        from psoas_cli.audio.mixer import Mixer

        return Mixer(self._gain())

    @cached_property
    def _stream(self) -> "Stream":
        from psoas_cli.audio.device import open_device
        from psoas_cli.audio.stream import Stream

        return Stream(self._mixer, self._opener or open_device, self._clock)

    @cached_property
    def _prefetch(self) -> "Prefetch":
        from psoas_cli.audio.prefetch import Prefetch

        return Prefetch()

    @cached_property
    def _speech(self) -> "Prefetch":
        from psoas_cli.audio.prefetch import Prefetch

        return Prefetch()  # a clip must not wait for a breath that is being made

    def start(self) -> None:
        """Open the device in the background, or, if muted, once unmuted. Returns at once."""
        self._started = True
        atexit.register(self._stream.close, _CLOSING)  # a program that exits with the device open would hang
        if not self._muted:
            self._stream.start()

    def close(self) -> None:
        """Fade what is sounding and close the device, within half a second even if it hangs."""
        if self.sounding_until() > self._clock() or (self.state == "on" and self._mixer.loop_is_heard):
            self.hush(_AT_THE_END)
            self.bed(heard=False, seconds=_AT_THE_END)
            time.sleep(_AT_THE_END + LATENCY + 0.1)  # the fade starts with the next pull, up to a period away
        if self._started:
            self._stream.close(_CLOSING)
            atexit.unregister(self._stream.close)

    @property
    def state(self) -> "State":
        """The state of the device."""
        return self._stream.state if self._started else "off"

    @property
    def volume(self) -> int:
        """The volume, 0..100."""
        return self._volume

    @volume.setter
    def volume(self, volume: int) -> None:
        self._volume = max(0, min(100, volume))
        self._set_gain()

    @property
    def muted(self) -> bool:
        """Whether the sink is muted. Planned sounds still run, unheard."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        self._set_gain()
        if self._started and not muted:
            self._stream.start()

    def bell(self, bell: Bell, at: float) -> None:
        """Ring *bell* at the clock time *at*, its strikes 4 s apart.

        Does nothing unless the state is `on`, or if the bell cannot be played; strikes that are too late are dropped.
        """
        from psoas_cli.audio.strike import strike_of

        try:
            samples = strike_of(bell)
        except (PsoasError, MemoryError):  # what can be is reported before the practice; none is a reason to end it
            return
        with self._lock:
            for strike in range(bell.strikes):
                self._place(samples, at + strike * STRIKE_GAP, kind="bell")

    def breath(
        self, phase: PhaseKind, seconds: float, style: BreathSound, at: float, fill: tuple[float, float]
    ) -> None:
        """Play one phase of the breath.

        Does nothing unless the state is `on`, or if it is too late.

        Args:
            phase: The kind of phase.
            seconds: Its length in the practice.
            style: How it sounds.
            at: The clock time at which it starts.
            fill: How full the lungs are at its start and end, 0 (empty) to 1 (full).
        """
        from psoas_cli.audio import breath

        if self._quiet or self.state != "on" or not breath.is_heard(phase, style):
            return
        asked = self._hushes

        def serve() -> None:
            samples = breath.render(phase, seconds, style, fill, self._speed)
            with self._lock:
                if asked == self._hushes:
                    self._place(samples, at, kind="breath")

        self._prefetch.want(serve, urgent=True)

    def speech(self, clip: Clip, at: float, softer: float = 0.0) -> None:
        """Play *clip* from the clock time *at*, *softer* by some dB, with bells and breath softer meanwhile.

        Does nothing unless the state is `on`, or if it is too late.
        """
        if self._quiet or self.state != "on":
            return
        asked = self._hushed_speech
        decibels = softer - self._voice_louder

        def serve() -> None:
            samples = clip.decoded()
            samples = louder(samples, -decibels) if decibels else samples
            with self._lock:
                if asked == self._hushed_speech:
                    self._place(samples, at, kind="speech")

        with self._lock:  # from now on: who waits for silence waits for it, too
            self._until = max(self._until, at + clip.seconds)
        self._speech.want(serve)

    def lay(self, make: "Callable[[], Endless]") -> None:
        """Have *make* called in the background, and play what it returns once `bed` brings it in."""
        from psoas_cli.audio.prefetch import Prefetch

        mixer = self._mixer

        def lay() -> None:
            time.sleep(_PICTURE_FIRST)
            mixer.lay(make())

        Prefetch().want(lay)  # in a thread of its own: bells must not wait for it

    def bed(self, *, heard: bool, seconds: float) -> None:
        """Bring in what was laid, or fade it out, over *seconds*; `hush` leaves it alone.

        If it is not ready yet, or no device plays it, it comes in later, just as slowly.
        """
        self._mixer.fade_loop(1.0 if heard else 0.0, seconds)

    def prepare(self, bells: Iterable[Bell], phases: Iterable[PhaseSound]) -> None:
        """Decode *bells* and render *phases* in the background, so that they are ready in time."""
        from psoas_cli.audio import breath
        from psoas_cli.audio.strike import strike_of

        for bell in dict.fromkeys(bells):
            self._prefetch.want(partial(strike_of, bell))
        for phase, seconds, style, fill in dict.fromkeys(phases):
            if not self._quiet and breath.is_heard(phase, style):
                self._prefetch.want(partial(breath.render, phase, seconds, style, fill, self._speed))

    def hush(self, seconds: float = 0.2) -> None:
        """Drop everything planned, and fade what is sounding over *seconds*."""
        with self._lock:
            self._hushes += 1
            self._hushed_speech += 1
            self._mixer.hush(seconds)
            self._until = min(self._until, self._clock() + seconds + LATENCY)

    def hush_breath(self, seconds: float = 0.2) -> None:
        """Drop the planned breath, and fade the one sounding over *seconds*; bells and speech go on."""
        with self._lock:
            self._hushes += 1
            self._mixer.hush(seconds, only="breath")

    def hush_speech(self, seconds: float = 0.2) -> None:
        """Drop the planned speech, and fade the clip sounding over *seconds*; bells and breath go on."""
        with self._lock:
            self._hushed_speech += 1
            self._mixer.hush(seconds, only="speech")

    def length(self, sound: str) -> float:
        """How long *sound* rings, in seconds.

        Raises:
            PsoasError: The sound cannot be played.
        """
        from psoas_cli.audio import decode

        return len(decode.load(sound)) / RATE

    def sounding_until(self) -> float:
        """The clock time at which everything planned is over; -inf if nothing can be heard now."""
        return self._until if self.state == "on" and self._gain() else -math.inf

    def _set_gain(self) -> None:
        if "_mixer" in vars(self):
            self._mixer.gain = self._gain()

    def _gain(self) -> float:
        return 0.0 if self._muted else gain_of(self._volume, quiet=self._quiet)

    def _place(self, samples: Samples, at: float, *, kind: "VoiceKind") -> None:
        """Place *samples* so that they are heard at the clock time *at*, unless that is too long ago."""
        feed = self._stream.feed
        if feed is None or self._clock() - at > LATEST:
            return
        over = self._mixer.place(samples, feed.fit.frame_at(at - LATENCY), kind=kind)
        self._until = max(self._until, feed.fit.moment_of(over) + LATENCY)
