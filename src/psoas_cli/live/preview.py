"""Before a practice: what it is, how long, what to have at hand; until the person begins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from psoas_cli.live.cards import Looking
from psoas_cli.live.folding import folded
from psoas_cli.live.performance import Place
from psoas_cli.live.ringing import Sound
from psoas_cli.practice import words
from psoas_cli.practice.sequence import Bell
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline
from psoas_cli.screen.regions import Block, Line
from psoas_cli.screen.status import PoseCard

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

    def card(self, card: PoseCard, lang: Lang) -> None:
        """Show a pose to look at."""


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
        self._looking = Looking(timeline, lang)
        self._advice = False
        self._number = 0  # of the page, where there are several

    def run(self, place: Place, pages: Pages) -> bool:
        """Show it until the person begins, or leaves; whether they begin."""
        while True:
            if place.dirty:
                place.dirty = False
                pages.resize(*place.size)
            self._show(pages, place.size)
            for name in place.events(_LOOK):
                if name == "enter" and self._looking.card is None and not self._advice:
                    self._sound.hush()
                    return True
                if name == "q" or (name == "esc" and self._looking.card is None and not self._advice):
                    return False
                self._key(name)

    def _key(self, name: str) -> None:
        if self._looking.card:
            self._looking.key(name)
            return
        match name:
            case "b":
                self._sound.bell(Bell(self._bell), self._clock() + 0.15)
            case "m" if not self._sound_note:
                self._sound.muted = not self._sound.muted
            case "up" | "down" if not self._sound_note:
                self._sound.volume = max(0, min(100, self._sound.volume + (5 if name == "up" else -5)))
            case "i" if self._looking.possible:
                self._looking.begin()
            case "c":
                self._advice = not self._advice and bool(self._facts.advice)
                self._number = 0
            case "esc" | "enter":
                self._advice, self._number = False, 0
            case "space" | "right" | "pagedown":
                self._number += 1
            case "left" | "pageup":
                self._number -= 1

    def _show(self, pages: Pages, size: tuple[int, int]) -> None:
        if card := self._looking.card:
            pages.card(card, self._lang)
        else:
            pages.page(*self._page(size))

    def _page(self, size: tuple[int, int]) -> tuple[Block, str, str]:
        hint = (
            words.CAUTIONS_BACK
            if self._advice
            else words.BEGIN_HINT_POSES
            if self._looking.possible
            else words.BEGIN_HINT
        )
        line = words.CAUTIONS if self._advice else words.BEGIN_PLAIN
        folds = folded(self._advice_page() if self._advice else self._facts_page(), size)
        if len(folds) > 1 and not self._advice:
            folds = folded(self._facts_page(summary=False), size)
        if len(folds) == 1:
            return folds[0], hint.said(self._lang), line.said(self._lang)
        number = self._number % len(folds)
        more = words.MORE.filled(number=number + 1, count=len(folds)).said(self._lang)
        hint = words.CAUTIONS_BACK if self._advice else words.BEGIN_HINT
        return folds[number], f"{more} · {hint.said(self._lang)}", line.said(self._lang)

    def _facts_page(self, *, summary: bool = True) -> Block:
        facts, lang = self._facts, self._lang
        rows = [*facts.rows, (words.ENDS.said(lang), self._ends_at()), (words.SOUND.said(lang), self._sound_state())]
        lines: list[Line] = [("", "plain"), (facts.title, "name")]
        if facts.summary and summary:
            lines += [("", "plain"), (facts.summary, "plain")]
        for remark in facts.remarks:
            lines += [("", "plain"), (remark, "strong")]
        lines.append(("", "plain"))
        lines += [(f"{heading}: {said}", "plain") for heading, said in rows]
        if facts.advice:
            lines.append((words.CAUTIONS_MORE.said(lang), "faint"))
        return (*lines, ("", "plain"), (words.INVITATION.said(lang), "plain"))

    def _advice_page(self) -> Block:
        lines: list[Line] = [("", "plain"), (words.CAUTIONS.said(self._lang), "name"), ("", "plain")]
        for name, advice in self._facts.advice:
            lines += [(f"{name}: {advice}", "plain")] if name else [("", "plain"), (advice, "plain")]
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
