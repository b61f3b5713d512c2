"""The desk at which a voice is recorded: keys, blocks of the microphone and the time go in; what to show comes out.

It has no clock and no device of its own: both are handed in, so that tests record an hour in a moment.
"""

import math
from array import array
from collections import deque
from typing import Literal, Protocol

from psoas_cli.audio.microphone import Block, MicrophoneState
from psoas_cli.audio.samples import LONGEST, RATE, Samples, frames_of
from psoas_cli.audio.take import NOISY, Flaw, Take, peak_level, room_level, take_of
from psoas_cli.commands.record.own_pack import OwnPack
from psoas_cli.commands.record.script import Script

Phase = Literal[
    "opening", "refused", "lost", "room", "noisy", "deaf",
    "ready", "countdown", "speaking", "fitting", "judging", "flawed", "done", "left",
]  # fmt: skip
"""`opening`: no block has come yet. `refused`, `lost`: there is no microphone, or no longer. `room`: nobody speaks, and
the room is measured. `noisy`: it is too loud; `deaf`: nothing at all is heard. `ready`: a text is shown. `countdown`,
`speaking`: it is about to be recorded, and is. `fitting`: the take is trimmed. `judging`: it is played, and kept or
not. `flawed`: it cannot be used. `done`: no text is left. `left`: the person has left."""

COUNT = 3.0
"""Seconds from the key that begins until the person speaks."""

CLICK = 0.2
"""Seconds before the key that ends a take that are not in it: the key itself is heard, and the hand on its way."""

_SIGN = 0.5  # seconds before the word at which its sign begins: it is over before the recording begins
_EARLY = 0.15  # seconds before the word from which a voice is recorded, as some are quick
_ROOM = 2.0  # seconds for which the room is measured
_SETTLING = 0.3  # seconds at the beginning in which a microphone may still crackle
_PEAKS = 10  # blocks over which a peak stays on the meter: a second
_KEPT_BLOCKS = 4  # the blocks before the word that may still be needed

_HEARS: frozenset[Phase] = frozenset({"opening", "room", "countdown", "speaking"})
_AT_A_TEXT: frozenset[Phase] = frozenset({"ready", "judging", "flawed"})


class Monitor(Protocol):
    """What the person hears."""

    def play(self, clip: Samples) -> None:
        """Play *clip*, instead of what is playing."""

    def sign(self, at: float) -> None:
        """Play the soft sign that the person may speak, at the clock time *at*."""

    def hush(self) -> None:
        """Play nothing more."""


class Ear(Protocol):
    """The microphone."""

    @property
    def state(self) -> MicrophoneState:
        """The state of the device."""

    def start(self) -> None:
        """Open the device, instead of the one before."""


class Desk:
    """The recording of a script.

    Args:
        script: The texts.
        pack: Where they are kept.
        monitor: Plays takes.
        ear: The microphone.

    Attributes:
        phase: What happens now.
        index: The number of the text, from 0.
        room: How loud the room is, in LUFS.
        take: The take to judge, if there is one.
        from_before: Whether that is from another time.
        flaw: Why the last take cannot be used.
        trouble: Why the last take could not be written; empty if it could.
        peak: The peak of the last second, in dB of full scale.
        left: How many seconds remain until the person speaks.
        spoken: How many seconds were spoken so far.
        allowed: How many seconds the text may last in its move; None if it is told in none.
        to_go: How many texts have not been recorded.
        is_new: Whether the room was found to be quiet, and nothing was recorded since.
    """

    def __init__(self, script: Script, pack: OwnPack, monitor: Monitor, ear: Ear) -> None:
        self.texts = script.texts
        self.phase: Phase = "opening"
        self.index = self._next_from(pack, -1)
        self.room = -math.inf
        self.take: Take | None = None
        self.from_before = False
        self.flaw: Flaw | None = None
        self.trouble = ""
        self.left = self.spoken = 0.0
        self.allowed: float | None = None
        self.to_go = 0
        self.is_new = False
        self._script = script
        self._pack = pack
        self._monitor = monitor
        self._ear = ear
        self._since = self._ended = 0.0
        self._peaks: deque[float] = deque(maxlen=_PEAKS)
        self._before: deque[Block] = deque(maxlen=_KEPT_BLOCKS)
        self._heard: list[Block] = []

    @property
    def voice(self) -> str:
        """What the voice is called."""
        return self._pack.about.name

    @property
    def text(self) -> str:
        """The text to speak; empty once none is left."""
        return self.texts[self.index] if self.index < len(self.texts) else ""

    @property
    def before(self) -> str:
        """The text before it; empty if there is none."""
        return self.texts[self.index - 1] if self.index else ""

    @property
    def peak(self) -> float:
        """The peak of the last second, in dB of full scale."""
        return max(self._peaks, default=-math.inf)

    def is_recorded(self) -> bool:
        """Whether this text has been recorded."""
        return bool(self.text) and self._pack.has(self.text)

    def tick(self, now: float) -> None:
        """Bring the desk up to the clock time *now*."""
        state = self._ear.state
        if self.phase in _HEARS and state in {"refused", "lost"}:
            self._heard = []
            self._monitor.hush()
            self.phase = "refused" if state == "refused" else "lost"
        elif self.phase == "countdown":
            self.left = self._since + COUNT - now
            if self.left <= 0:
                self._since += COUNT
                self._heard = [block for block in self._before if block.at > self._since - _EARLY]
                self.phase, self.spoken = "speaking", 0.0
        elif self.phase == "speaking":
            self.spoken = now - self._since
            if self.spoken >= LONGEST:
                self._end(now)
        elif self.phase == "fitting":
            self._fit()

    def heard(self, block: Block) -> None:
        """Take in a *block* of the microphone."""
        self._peaks.append(peak_level(block.samples))
        self._before.append(block)
        if self.phase == "opening":
            self.phase, self._heard = "room", []
        if self.phase in {"room", "speaking", "fitting"}:  # blocks may come a little late
            self._heard.append(block)
        if self.phase == "room":
            self._measure()

    def key(self, name: str, now: float) -> None:
        """Take in the key *name*, pressed at the clock time *now*."""
        match name:
            case "enter" | "space":
                self._enter(now)
            case "esc" | "stopped" if self.phase in {"countdown", "speaking"}:
                self._break_off()
            case "q" | "esc":
                self._monitor.hush()
                self.phase = "left"
            case "a" if self.phase in {"noisy", "deaf"}:
                self.phase, self._heard = "room", []
            case "a" if self.phase in {"judging", "flawed"}:
                self._pack.discard(self.text)
                self._begin(now)
            case "s" | "right" if self.phase in _AT_A_TEXT:
                self._go(self._next_from(self._pack, self.index))
            case "p" | "left" if self.phase in _AT_A_TEXT or self.phase == "done":
                self._go(max(0, self.index - 1))
            case "b" if self.phase in _AT_A_TEXT and self.index:
                self._hear(self._pack.recorded(self.before))
            case "r" if self.phase in _AT_A_TEXT:
                self._hear(self.take.clip if self.take else self._pack.recorded(self.text))

    def seconds_of(self, text: str) -> float | None:
        """How many seconds the clip of *text* lasts; None if there is none."""
        return self._pack.seconds(text)

    # -- what keys do

    def _enter(self, now: float) -> None:
        match self.phase:
            case "ready" | "flawed":
                self._begin(now)
            case "speaking":
                self._end(now)
            case "judging":
                self._keep()
            case "noisy" | "deaf":
                self._go(self.index)
            case "refused" | "lost":
                self._ear.start()
                self.phase = "opening"
            case "done":
                self._go(self._next_from(self._pack, -1))
                if self.phase == "done":
                    self.phase = "left"

    def _begin(self, now: float) -> None:
        self._monitor.hush()
        self._monitor.sign(now + COUNT - _SIGN)
        self.take, self.flaw, self.trouble, self.is_new = None, None, "", False
        self.phase, self._since, self.left = "countdown", now, COUNT

    def _break_off(self) -> None:
        self._monitor.hush()
        self._heard = []
        self.phase = "ready"

    def _end(self, now: float) -> None:
        self.phase, self._ended = "fitting", now

    def _keep(self) -> None:
        """Keep the take and go on; if it cannot be written it stays, and the person may try again."""
        if self.take is None:
            return
        self._monitor.hush()
        try:
            self._pack.keep(self.text, self.take.clip)
        except OSError as error:
            self.trouble = error.strerror or str(error)
        else:
            self._go(self._next_from(self._pack, self.index))

    def _go(self, index: int) -> None:
        """Go to the text *index*, and to the take of it that is not decided about, if there is one."""
        self._monitor.hush()
        self.index = index
        self.to_go = sum(not self._pack.has(text) for text in self.texts)
        self.take, self.flaw, self.trouble, self.from_before = None, None, "", False
        if not self.text:
            self.phase = "done"
            return
        self.allowed = self._script.time_for(self.text, self.seconds_of)
        self.phase = "ready"
        if clip := self._pack.undecided(self.text):
            self.take, self.from_before, self.phase = Take(clip, math.inf, cut_short=False), True, "judging"
            self._monitor.play(clip)

    def _hear(self, clip: "Samples | None") -> None:
        if clip:
            self._monitor.play(clip)

    def _next_from(self, pack: OwnPack, index: int) -> int:
        """The first text after *index* that has not been recorded; one after the last if there is none."""
        ahead = range(index + 1, len(self.texts))
        return next((i for i in ahead if not pack.has(self.texts[i])), len(self.texts))

    # -- what is heard

    def _measure(self) -> None:
        """Go on once the room was heard for long enough."""
        samples = _joined(self._heard)[frames_of(_SETTLING) :]
        if len(samples) < frames_of(_ROOM):
            return
        self._heard = []
        self.room = room_level(samples)
        if self.room == -math.inf:
            self.phase = "deaf"
        elif self.room > NOISY:
            self.phase = "noisy"
        else:
            self.is_new = True
            self._go(self.index)

    def _fit(self) -> None:
        """Make a take of what was heard, without the click of the key that ended it."""
        samples, heard = _joined(self._heard), self._heard
        self._heard = []
        if heard:
            begin = _begin_of(heard)
            edges = (self._since - _EARLY, self._ended - CLICK)
            first, last = (max(0, frames_of(edge - begin)) for edge in edges)
            samples = samples[first:last]
        made = take_of(samples, self.room)
        if not isinstance(made, Take):
            self.phase, self.flaw = "flawed", made
            return
        self.phase, self.take, self.from_before = "judging", made, False
        try:
            self._pack.put_aside(self.text, made.clip)
        except OSError as error:
            self.trouble = error.strerror or str(error)
        self._monitor.play(made.clip)


def _joined(blocks: list[Block]) -> Samples:
    samples: Samples = array("h")
    for block in blocks:
        samples.extend(block.samples)
    return samples


def _begin_of(blocks: list[Block]) -> float:
    """The clock time at which the first frame of *blocks* was heard: the block that waited least tells."""
    begin, frames = math.inf, 0
    for block in blocks:
        frames += len(block.samples)
        begin = min(begin, block.at - frames / RATE)
    return begin
