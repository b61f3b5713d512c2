"""A booth in which time passes by itself: a microphone, a person who presses keys, and what they get to hear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.audio.speech import babble, mixed, room

from psoas_cli.audio.microphone import Block, MicrophoneState
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence
from psoas_cli.audio.tts.pack import About
from psoas_cli.commands.record.desk import COUNT, Desk
from psoas_cli.commands.record.own_pack import OwnPack
from psoas_cli.commands.record.prompts import booth_of
from psoas_cli.commands.record.script import Script
from psoas_cli.practice.score.speech import Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from psoas_cli.practice.model.text import Lang
    from psoas_cli.practice.score.timeline import Timeline
    from psoas_cli.tui.booth_regions import Booth

TEXTS = ("Come onto your back.", "There is time.", "Rest here for a while.")
LOOK = 0.05
BLOCK = frames_of(0.1)


@dataclass
class Played:
    """A loudspeaker that writes down what it plays."""

    clips: list[Samples] = field(default_factory=list)
    signs: list[float] = field(default_factory=list)

    def play(self, clip: Samples) -> None:
        self.clips.append(clip)

    def sign(self, at: float) -> None:
        self.signs.append(at)

    def hush(self) -> None:
        pass


@dataclass
class Ear:
    """A microphone that is started, and lost, by the test."""

    state: MicrophoneState = "opening"
    starts: int = 0

    def start(self) -> None:
        self.state = "opening"
        self.starts += 1


class Session:
    """A desk and what is around it; `wait` lets time pass, in which the microphone hears `sounds`."""

    def __init__(
        self,
        folder: Path,
        texts: Sequence[str] = TEXTS,
        lang: Lang = "en",
        timelines: Sequence[Timeline] = (),
        level: float = -65.0,
    ) -> None:
        self.now = 1000.0
        self.played, self.ear = Played(), Ear()
        self.pack = opened(folder, lang)
        self.desk = Desk(Script(map(Words, texts), timelines, lang), self.pack, self.played, self.ear)
        self.lang = lang
        self._room = room(10.0, level) if level > -100 else silence(10 * RATE)
        self._sounds: list[tuple[int, Samples]] = []
        self._frames = 0
        self._begin: float | None = None

    def open(self) -> Session:
        """Let the microphone answer, and the room be measured."""
        self.wait(1.4)
        self.ear.state = "on"
        self.wait(2.6)
        return self

    def sound(self, sound: Samples, after: float = 0.0) -> None:
        """Let the microphone hear *sound*, from *after* seconds from now on."""
        assert self._begin is not None
        self._sounds.append((frames_of(self.now + after - self._begin), sound))

    def wait(self, seconds: float) -> None:
        """Let *seconds* pass."""
        until = self.now + seconds - 1e-6
        while self.now < until:
            self.now = round(self.now + LOOK, 6)
            self._listen()
            self.desk.tick(self.now)

    def press(self, *names: str) -> None:
        for name in names:
            self.desk.key(name, self.now)
            self.desk.tick(self.now)

    def begin(self) -> None:
        """Begin, and wait until one may speak."""
        self.press("enter")
        self.wait(COUNT + LOOK)

    def speak(self, seconds: float = 1.0, level: float = -20.0) -> None:
        """Speak the text at hand and press the key half a second later."""
        self.begin()
        self.sound(babble(seconds, level), 0.3)
        self.wait(0.3 + seconds + 0.5)
        self.press("enter")

    @property
    def shown(self) -> Booth:
        return booth_of(self.desk, self.lang)

    @property
    def said(self) -> str:
        """All that is shown, as one text."""
        shown = self.shown
        return "\n".join((shown.place, shown.before, shown.text, shown.sign, *shown.notes, *shown.hints))

    def _listen(self) -> None:
        """Hand over the blocks that are due."""
        if self.ear.state != "on":
            self._begin, self._frames = None, 0
            return
        if self._begin is None:
            self._begin = self.now - BLOCK / RATE
        while self._begin + (self._frames + BLOCK) / RATE <= self.now + 1e-6:
            self.desk.heard(Block(self.now, self._block()))
            self._frames += BLOCK

    def _block(self) -> Samples:
        first = self._frames
        at = first % (len(self._room) - BLOCK)
        parts = []
        for start, sound in self._sounds:
            offset = first - start
            part = sound[max(0, offset) : max(0, offset + BLOCK)]
            if part:
                parts.append((max(0, -offset) / RATE, part))
        return mixed(self._room[at : at + BLOCK], *parts)


def opened(folder: Path, lang: Lang = "en") -> OwnPack:
    """The pack in *folder* as the program would open it."""
    from psoas_cli.audio.tts.pack import is_pack, read_pack

    place = folder / "anna"
    if not is_pack(place):
        return OwnPack(place, About("anna", "Anna", lang, made="recorded with psoas"))
    pack = read_pack(place)
    return OwnPack(place, pack.about, pack.entries)
