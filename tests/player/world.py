"""A world in which time passes only while a session waits: its clock, its keys, its sound, and who looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from psoas_cli.player.fader import Fader
from psoas_cli.player.loop import perform
from psoas_cli.player.session import Session
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.sequence import STRIKE_GAP
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from psoas_cli.audio.clip import Clip
    from psoas_cli.audio.tts.narration import Narration
    from psoas_cli.practice.model.breath_sound import BreathSound
    from psoas_cli.practice.model.patterns import PhaseKind
    from psoas_cli.practice.model.sequence import Bell, Sequence
    from psoas_cli.tui.status import Status

START = 1000.0
"""The clock's seconds when a session begins: not 0, as no monotonic clock is."""

RING = 6.0
"""Seconds that a bell of this world rings."""

LATEST = 0.25
"""Seconds that a sound may be handed over late and still be heard, as with the real player."""


def sequence_of(
    steps: str, settings: str = "lead-in: 10s\ntransition: 0s\nbreath: none", *, with_poses: bool = False
) -> Sequence:
    """A practice from YAML; with the built-in poses, where it is made of these."""
    content = f"title: Test\nlanguage: en\n{settings}\nsteps:\n{steps}"
    poses = Library("en", own_poses=False).poses if with_poses else {}
    return read_sequence(Source("test", "test.yaml", content), Shelf("en", poses, lambda _: None))


@dataclass
class Heard:
    """Sound that is written down instead: strikes, phases of breath and clips, each with the clock's seconds.

    Of the strikes that are softer than usual also by how much, in dB.
    """

    world: World
    state: str = "on"
    muted: bool = False
    volume: int = 70
    strikes: list[tuple[float, str]] = field(default_factory=list)
    soft: list[tuple[float, float]] = field(default_factory=list)
    breaths: list[tuple[float, PhaseKind, float]] = field(default_factory=list)
    spoken: list[tuple[float, float]] = field(default_factory=list)
    softly: list[tuple[float, float]] = field(default_factory=list)
    late: list[tuple[float, str]] = field(default_factory=list)
    hushed: list[float] = field(default_factory=list)
    beds: list[tuple[float, bool, float]] = field(default_factory=list)
    until: float = 0.0

    def bed(self, *, heard: bool, seconds: float) -> None:
        self.beds.append((self.world.at, heard, seconds))

    def bell(self, bell: Bell, at: float) -> None:
        for i in range(bell.strikes):
            when = at + i * STRIKE_GAP
            if self.world.now - when > LATEST:
                self.late.append((when, bell.sound))
            self.strikes.append((when, bell.sound))
            self.soft += [(when, bell.softer)] if bell.softer else []
            self.until = max(self.until, when + RING)

    def breath(
        self, phase: PhaseKind, seconds: float, style: BreathSound, at: float, fill: tuple[float, float]
    ) -> None:
        assert style != "none"
        assert 0 <= min(fill) <= max(fill) <= 1
        self.breaths.append((at, phase, seconds))

    def speech(self, clip: Clip, at: float, softer: float = 0.0) -> None:
        self.spoken.append((at, clip.seconds))
        self.softly += [(at, softer)] if softer else []

    def hush_speech(self, seconds: float = 0.2) -> None:
        now = self.world.now
        self.spoken = [(at, min(length, now + seconds - at)) for at, length in self.spoken if at < now]

    def hush_breath(self, seconds: float = 0.2) -> None:  # noqa: ARG002 - the same call as a player's
        self.breaths = [each for each in self.breaths if each[0] < self.world.now]

    def hush(self, seconds: float = 0.2) -> None:
        now = self.world.now
        self.strikes = [each for each in self.strikes if each[0] < now]
        self.breaths = [each for each in self.breaths if each[0] < now]
        self.hush_speech(seconds)
        self.hushed.append(now)
        self.until = min(self.until, now + seconds)

    def sounding_until(self) -> float:
        return self.until if self.state == "on" and not self.muted else -1.0


class World:
    """Leads a session through *sequence*; *script* says which keys are pressed when, in seconds from the start."""

    dirty = True
    size = (80, 24)
    breath_steps = 20

    def __init__(
        self,
        sequence: Sequence,
        *script: tuple[float, str],
        timeline: Timeline | None = None,
        position: float = 0.0,
        frame: float = 1.0,
        delivery: Delivery | None = None,
        narration: Narration | None = None,
        bed: bool = False,
        **sound: Any,
    ) -> None:
        self.now = START
        self.asleep = 0.0
        self.sound = Heard(self, **sound)
        self.alarms: list[float] = []
        self.seen: list[tuple[float, Status, float, Timeline]] = []
        self._fader = Fader(self.sound, sequence.bells.close, 1.0) if bed else None
        self._script = sorted(((START + at, key) for at, key in script), key=lambda each: each[0])
        self._frame = frame
        self._idle = 0
        self.session = Session(
            sequence,
            timeline or compile_sequence(sequence),
            self.sound,
            delivery or Delivery(),
            clock=lambda: self.now,
            wall=lambda: datetime(2024, 1, 1, 20) + timedelta(seconds=self.now - START),  # noqa: DTZ001 - any day
            alarm=lambda: self.alarms.append(self.at),
            position=position,
            narration=narration,
        )

    @property
    def at(self) -> float:
        """Seconds since the start."""
        return self.now - START

    def run(self) -> Self:
        self.session.begin()
        perform(
            self.session,
            self,
            self,
            clock=lambda: self.now,
            asleep=lambda: self.asleep,
            frame=self._frame,
            watch_over=self._watch_over,
        )
        return self

    def _watch_over(self, session: Session) -> None:
        if self._fader:
            self._fader.follow(session.mode, session.position, session.timeline.duration)

    # -- the place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def events(self, timeout: float | None) -> list[str]:
        """Time passes, up to the next key of the script; `lid` and `load` are a sleep and a late tick of a minute."""
        assert timeout is not None
        self._idle = self._idle + 1 if timeout == 0 else 0
        assert self._idle < 10, f"it spins {self.at} s after the start"
        until = self.now + timeout
        if not self._script or self._script[0][0] > until:
            self.now = until
            return []
        self.now = max(self.now, self._script[0][0])
        keys = []
        while self._script and self._script[0][0] <= self.now:
            keys.append(self._script.pop(0)[1])
        if "lid" in keys:
            self.asleep += 60
        if "load" in keys:
            self.now += 60
        return [key for key in keys if key not in ("lid", "load")]

    # -- the display

    def resize(self, width: int, height: int) -> None:
        assert (width, height) == self.size

    def turn(self) -> bool:
        return False

    def show(self, status: Status) -> None:
        self.seen.append((self.at, status, self.session.position, self.session.timeline))

    # -- what was noticed, in seconds from the start

    @property
    def bells(self) -> list[tuple[float, str]]:
        """The strikes that were heard."""
        return [(round(at - START, 3), sound) for at, sound in self.sound.strikes]

    def status_at(self, at: float) -> Status:
        """What was shown at the moment *at*."""
        return [status for when, status, _, _ in self.seen if when <= at + 1e-6][-1]

    def position_at(self, at: float) -> float:
        """Where the practice was when it was shown last up to the moment *at*."""
        return round([position for when, _, position, _ in self.seen if when <= at + 1e-6][-1], 3)

    @property
    def messages(self) -> list[str]:
        """Each message once, in the order in which they were shown."""
        shown = [status.message for _, status, _, _ in self.seen]
        return [each for i, each in enumerate(shown) if each and (i == 0 or shown[i - 1] != each)]
