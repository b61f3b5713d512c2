"""Before a practice: what it is, how long, what to have at hand; until the person begins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from psoas_cli.live import cards
from psoas_cli.live.performance import Place
from psoas_cli.live.ringing import Sound
from psoas_cli.practice import words
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline
from psoas_cli.screen.regions import Block, Line, card_page

_LOOK = 0.5  # seconds between looks at the device and the time of day


@dataclass(frozen=True)
class Facts:
    """What a preview tells, in the person's language.

    Args:
        title: What the practice is called.
        summary: What it is, in a few sentences.
        rows: Headings, each with a line.
        remarks: What has to be known beforehand.
        advice: What one can do instead, a caution a line.
    """

    title: str
    summary: str
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    advice: tuple[tuple[str, str], ...]


class Pages(Protocol):
    """Where pages go."""

    def resize(self, width: int, height: int) -> None:
        """Fit to another size."""

    def page(self, lines: Block, hint: str, line: str) -> None:
        """Show a page."""


class Preview:
    """The preview of a practice.

    Args:
        facts: What it tells.
        timeline: The practice, whose poses can be looked at.
        sound: What a bell is tried with.
        bell: The bell to try.
        lang: The language.
        sound_note: Why sound is off, where it is.
        ends_at: Says when it ends if it begins now.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        facts: Facts,
        timeline: Timeline,
        sound: Sound,
        bell: str,
        lang: Lang,
        *,
        sound_note: str,
        ends_at: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self._facts = facts
        self._sound = sound
        self._bell = bell
        self._lang = lang
        self._sound_note = sound_note
        self._ends_at = ends_at
        self._clock = clock
        self._cards = cards.cards_of(timeline, lang)
        self._card: int | None = None
        self._advice = False

    def run(self, place: Place, pages: Pages) -> bool:
        """Show it until the person begins, or leaves; whether they begin."""
        while True:
            if place.dirty:
                place.dirty = False
                pages.resize(*place.size)
            pages.page(*self._page())
            for name in place.events(_LOOK):
                if name == "enter" and self._card is None and not self._advice:
                    self._sound.hush()
                    return True
                if name == "q" or (name == "esc" and self._card is None and not self._advice):
                    return False
                self._key(name)

    def _key(self, name: str) -> None:
        if self._card is not None:
            self._card = cards.turned(self._cards, self._card, name)
            return
        match name:
            case "b":
                self._sound.bell(self._bell, 1, self._clock() + 0.15)
            case "m" if not self._sound_note:
                self._sound.muted = not self._sound.muted
            case "up" | "down" if not self._sound_note:
                self._sound.volume = max(0, min(100, self._sound.volume + (5 if name == "up" else -5)))
            case "i" if self._cards:
                self._card = 0
            case "c":
                self._advice = not self._advice and bool(self._facts.advice)
            case "esc" | "enter":
                self._advice = False

    def _page(self) -> tuple[Block, str, str]:
        begin = (words.BEGIN_HINT_POSES if self._cards else words.BEGIN_HINT).said(self._lang)
        if self._card is not None:
            card = self._cards[self._card].card
            return card_page(card, self._lang), words.LOOKING_HINT.said(self._lang), card.title
        if self._advice:
            return self._advice_page(), words.CAUTIONS_BACK.said(self._lang), words.CAUTIONS.said(self._lang)
        return self._facts_page(), begin, words.BEGIN_PLAIN.said(self._lang)

    def _facts_page(self) -> Block:
        facts, lang = self._facts, self._lang
        rows = [*facts.rows, (words.ENDS.said(lang), self._ends_at()), (words.SOUND.said(lang), self._sound_state())]
        lines: list[Line] = [("", "plain"), (facts.title, "name")]
        if facts.summary:
            lines += [("", "plain"), (facts.summary, "plain")]
        lines.append(("", "plain"))
        lines += [(f"{heading}: {said}", "plain") for heading, said in rows]
        if facts.advice:
            lines.append((words.CAUTIONS_MORE.said(lang), "faint"))
        for remark in (*facts.remarks, words.INVITATION.said(lang)):
            lines += [("", "plain"), (remark, "strong" if remark in facts.remarks else "plain")]
        return tuple(lines)

    def _advice_page(self) -> Block:
        lines: list[Line] = [("", "plain"), (words.CAUTIONS.said(self._lang), "name"), ("", "plain")]
        lines += [(f"{name}: {advice}", "plain") for name, advice in self._facts.advice]
        return tuple(lines)

    def _sound_state(self) -> str:
        lang = self._lang
        if self._sound_note:
            return self._sound_note
        if self._sound.muted:
            return words.SOUND_MUTED.said(lang)
        match self._sound.state:
            case "on":
                return words.SOUND_ON.filled(volume=self._sound.volume).said(lang)
            case "opening":
                return words.SOUND_OPENING.said(lang)
            case _:
                return words.SOUND_LOST.said(lang)
