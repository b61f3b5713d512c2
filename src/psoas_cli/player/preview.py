"""The preview of a practice: what a person reads and tries before it begins."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol

from psoas_cli.player.cards import CardViewer, cards_of
from psoas_cli.player.introduction import Facts, facts_of, introduction_of
from psoas_cli.player.loop import Window
from psoas_cli.player.narrator import Narrator
from psoas_cli.player.scheduler import Sound
from psoas_cli.player.sound_keys import turned
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sequence import SOUNDS, Bell
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.model.verbosity_texts import IN_SHORT
from psoas_cli.practice.score.facts import SOUND
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.tui.status import PoseCard
from psoas_cli.tui.terminal import forget_typed

if TYPE_CHECKING:
    from psoas_cli.player.run import Run

_SOUND_ON = Text("on, volume {volume}", "aan, volume {volume}")
_SOUND_OPENING = Text("starting", "komt zo")
_SOUND_LOST = Text("no device answers; the terminal's bell rings", "geen apparaat; de bel van de terminal klinkt")
_SOUND_MUTED = Text("muted", "gedempt")
_LESS_BY = Text("v: less, or none", "v: minder, of niets")
_SPEAK_BY = Text("v: everything", "v: alles")

_LEAVE = {False: Text("quit", "afsluiten"), True: Text("back", "terug")}  # by whether it leads back to a page

SOUND_KEYS = frozenset({"b", "m", "up", "down", "v"})
"""The keys for what is heard."""

Page = Literal["facts", "cautions", "keys"]
"""What is read: the facts, the precautions with what to do instead, or the keys."""

_LOOK = 0.5  # seconds between updates: the state of the sound and the time of day change by themselves
_CLOSES_KEYS = {"?", "q", "esc", "enter", "space"}


@record(frozen=True)
class Now:
    """What changes by itself, or by keys, while a preview is read.

    Args:
        ends_at: The time of day at which the practice ends if it begins now.
        sound: Whether there is sound, or why there is none.
        voice: Who speaks, and how much; empty if nobody does.
    """

    ends_at: str
    sound: str
    voice: str = ""


class Reader(Protocol):
    """Shows a preview, or tells it."""

    def resize(self, width: int, height: int) -> None:
        """Adapt to a new size, in columns and rows."""

    def turn(self) -> bool:
        """Turn to the next page of what is shown, if it has several; return whether it has."""

    def read(self, preview: "Preview") -> None:
        """Show *preview* as it is now."""


def keys_of(*, leads_back: bool = False) -> tuple[tuple[str, Text], ...]:
    """The keys of a preview and what they do, the most needed first; *leads_back*: to the page that it came from."""
    return (
        ("Enter", Text("begin", "beginnen")),
        ("q  Esc", _LEAVE[leads_back]),
        ("i", Text("look at the poses", "de houdingen bekijken")),
        ("c", Text("precautions, and what you can do instead", "waar je op let, en wat er dan kan")),
        ("b", Text("hear the bell", "de bel horen")),
        ("m ↑ ↓", Text("mute, louder, softer", "dempen; harder, zachter")),
        ("v", Text("voice: less, or none", "stem: minder, of niets")),
        ("space ← →", Text("turn the page, if there are several", "een andere bladzijde, als die er is")),
        ("?", Text("these keys", "deze toetsen")),
    )


class Preview:
    """The preview of a practice.

    Args:
        facts: What to show.
        timeline: The practice, for its pose cards.
        sound: Plays the bell.
        bell: The sound of the bell to try.
        spoken: Who speaks, and what; None if nobody does.
        sound_note: Why sound is off; empty if it is on.
        ends_at: Returns the time of day at which the practice ends if it begins now.
        clock: Returns monotonic time in seconds.

    Attributes:
        facts: What to show.
        page: What is read.
        number: The number of its page, modulo their count.
        last_key: The last key, and how many there were so far.
    """

    def __init__(
        self,
        facts: Facts,
        timeline: Timeline,
        sound: Sound,
        bell: str,
        *,
        spoken: Narrator | None,
        sound_note: str,
        ends_at: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self.facts = facts
        self.page: Page = "facts"
        self.number = 0
        self.last_key = ("", 0)
        self._sound = sound
        self._bell = bell
        self._spoken = spoken
        self._sound_note = sound_note
        self._ends_at = ends_at
        self._clock = clock
        self._timeline = timeline
        self._cards = CardViewer(facts.lang)

    @property
    def card(self) -> PoseCard | None:
        """The pose that is looked at, if any."""
        return self._cards.card

    @property
    def has_poses(self) -> bool:
        """Whether there are poses to look at."""
        return bool(cards_of(self._timeline, self.facts.lang))

    @property
    def sounds(self) -> bool:
        """Whether sound is on."""
        return not self._sound_note and self._sound.state == "on" and not self._sound.muted

    @property
    def now(self) -> Now:
        """What changes by itself, or by keys."""
        can_speak = self._spoken and not self._sound_note and self._sound.state != "lost"
        voice = self._voice_state(self._spoken) if self._spoken and can_speak else ""
        return Now(self._ends_at(), self._sound_state(), voice)

    def run(self, window: Window, reader: Reader) -> list[str] | None:
        """Have *reader* show it until the person begins or quits.

        Returns:
            The keys pressed along with the one that begins, which are for the practice; None if the person quits.
        """
        forget_typed(window)
        while True:
            if window.dirty:
                window.dirty = False
                reader.resize(*window.size)
            reader.read(self)
            names = window.events(_LOOK)
            for number, name in enumerate(names, start=1):
                is_front = self.card is None and self.page == "facts"
                if name == "enter" and is_front:
                    self._sound.hush()
                    return names[number:]
                if name in {"q", "esc"} and is_front:
                    return None
                self.last_key = (name, self.last_key[1] + 1)
                if name != "space" or is_front or not reader.turn():
                    self.press(name)

    def press(self, name: str) -> None:
        """Do what the key *name* means, but for beginning and leaving."""
        if self.card:
            self._cards.key(name)
            return
        if self.page == "keys":
            self.page = "facts"
            if name in _CLOSES_KEYS:
                return
        if name in SOUND_KEYS:
            self._sound_key(name)
        elif name == "i":
            self._cards.begin(self._timeline)
        else:
            self._turn(name)

    def _turn(self, name: str) -> None:
        """Turn to another page, if the key *name* means that."""
        match name:
            case "?":
                self.page = "keys"
            case "c" if self.page == "facts" and self.facts.advice:
                self.page, self.number = "cautions", 0
            case "c" | "esc" | "enter" | "q":
                self.page, self.number = "facts", 0
            case "space" | "right" | "pagedown":
                self.number += 1
            case "left" | "pageup":
                self.number -= 1

    def _sound_key(self, name: str) -> None:
        if name == "b":
            self._sound.bell(Bell(self._bell), self._clock() + 0.15)
        elif name == "v":
            if self._spoken:
                self._spoken.narration.say_less()
        elif self._sound_note:
            return
        elif name == "m":
            self._sound.muted = not self._sound.muted
        else:
            self._sound.volume = turned(self._sound.volume, 1 if name == "up" else -1)

    def _voice_state(self, spoken: Narrator) -> str:
        """Who speaks, how much, and how to have less."""
        lang, verbosity = self.facts.lang, spoken.narration.verbosity
        how_much = "" if verbosity == "full" else f", {IN_SHORT[verbosity].said(lang)}"
        change = _SPEAK_BY if verbosity == "none" else _LESS_BY
        return f"{spoken.voice}{how_much} ({change.said(lang)})"

    def _sound_state(self) -> str:
        lang = self.facts.lang
        if self._sound_note:
            return self._sound_note
        states = {"on": _SOUND_ON.filled(volume=self._sound.volume), "opening": _SOUND_OPENING}
        state = _SOUND_MUTED if self._sound.muted else states.get(self._sound.state, _SOUND_LOST)
        return f"{SOUND.said(lang)}: {state.said(lang)}"


def preview_of(run: "Run", sound: Sound, note: str) -> Preview:
    """The preview of *run*, which is heard through *sound*; *note* says why that is off, and is empty if it is on."""
    bell = run.sequence.bells.open
    return Preview(
        facts_of(introduction_of(run), run.bed.title(run.lang)),
        run.timeline,
        sound,
        bell.sound if bell else SOUNDS[0],
        spoken=run.spoken if run.spoken and run.spoken.voice else None,
        sound_note=note,
        ends_at=lambda: run.ends_at,
        clock=time.monotonic,
    )
