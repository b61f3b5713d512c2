"""Before a practice: what it is, how long, what to have at hand; until the person begins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from psoas_cli.player.cards import CardViewer
from psoas_cli.player.introduction import BEGIN_PLAIN
from psoas_cli.player.loop import Window
from psoas_cli.player.pages import folded
from psoas_cli.player.scheduler import Sound
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import INVITATION, SOUND, TAKE_CARE
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.tui.regions import Block, Line
from psoas_cli.tui.status import PoseCard

_ENDS = Text("Ends at", "Klaar om")
_CAUTIONS_HERE = Text(
    "Take care with · c shows what you can do instead",
    "Let op bij · c laat zien wat je in plaats daarvan kunt doen",
)
_CAUTIONS_AGAIN = Text(
    "Take care as before · c shows with what, and what you can do instead",
    "Let op, net als eerder · c laat zien waarbij, en wat er dan kan",
)
_CAUTIONS_BACK = Text("c back", "c terug")
GROUND_OFFER = Text(
    "On the way, g is for grounding: the clock stands still.",
    "Onderweg kun je met g altijd even aarden: de klok staat dan stil.",
)
_SOUND_ON = Text("on, volume {volume}", "aan, volume {volume}")
_SOUND_OPENING = Text("being opened", "wordt geopend")
_SOUND_LOST = Text("no device answers: the terminal's bell rings", "geen apparaat: de bel van de terminal klinkt")
_SOUND_MUTED = Text("muted", "gedempt")
_BEGIN_HINT = Text("Enter begins · b plays a bell · q leaves", "Enter begint · b laat een bel horen · q sluit af")
_BEGIN_HINT_POSES = Text(
    "Enter begins · b plays a bell · i shows the poses · q leaves",
    "Enter begint · b laat een bel horen · i toont de houdingen · q sluit af",
)
_MORE = Text("space more ({number}/{count})", "spatie meer ({number}/{count})")

_LOOK = 0.5  # seconds between looks at the device and the time of day


@dataclass(frozen=True)
class Facts:
    """What a preview tells, in the person's language.

    Args:
        title: What the practice is called.
        summary: What it is, in a few sentences.
        measures: Headings, each with a few words: how long it is, how deep.
        rows: Headings, each with a line.
        remarks: What has to be known beforehand.
        cautions: What to take care with, a group a row; none where the person knows the practice.
        advice: For each group its heading, and its cautions with what one can do instead.
        care: To what it is adapted, or how it can be.
        adapted: Whether it is.
        stop_signs: When to come out of anything, in a line and in full.
    """

    title: str
    summary: str
    measures: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    cautions: tuple[tuple[str, str], ...]
    advice: tuple[tuple[str, list[tuple[str, str]]], ...]
    care: str
    adapted: bool
    stop_signs: tuple[str, str]


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
        self._cards = CardViewer(timeline, lang)
        self._advice = False
        self._number = 0  # of the page, where there are several

    def run(self, window: Window, pages: Pages) -> bool:
        """Show it until the person begins, or leaves; whether they begin."""
        while True:
            if window.dirty:
                window.dirty = False
                pages.resize(*window.size)
            self._show(pages, window.size)
            for name in window.events(_LOOK):
                if name == "enter" and self._cards.card is None and not self._advice:
                    self._sound.hush()
                    return True
                if name == "q" or (name == "esc" and self._cards.card is None and not self._advice):
                    return False
                self._key(name)

    def _key(self, name: str) -> None:
        if self._cards.card:
            self._cards.key(name)
            return
        match name:
            case "b":
                self._sound.bell(Bell(self._bell), self._clock() + 0.15)
            case "m" if not self._sound_note:
                self._sound.muted = not self._sound.muted
            case "up" | "down" if not self._sound_note:
                self._sound.volume = max(0, min(100, self._sound.volume + (5 if name == "up" else -5)))
            case "i" if self._cards.possible:
                self._cards.begin()
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
        if card := self._cards.card:
            pages.card(card, self._lang)
        else:
            pages.page(*self._page(size))

    def _page(self, size: tuple[int, int]) -> tuple[Block, str, str]:
        hint = _CAUTIONS_BACK if self._advice else _BEGIN_HINT_POSES if self._cards.possible else _BEGIN_HINT
        line = TAKE_CARE if self._advice else BEGIN_PLAIN
        folds = folded(self._advice_page(), size) if self._advice else self._facts_pages(size)
        if len(folds) == 1:
            return folds[0], hint.said(self._lang), line.said(self._lang)
        number = self._number % len(folds)
        more = _MORE.filled(number=number + 1, count=len(folds)).said(self._lang)
        keys = (_CAUTIONS_BACK if self._advice else _BEGIN_HINT).said(self._lang).split(" · ")
        last_kept = [*keys[1:], keys[0]]  # where there is little room only the last of them stays
        return folds[number], " · ".join([more, *last_kept]), line.said(self._lang)

    def _facts_pages(self, size: tuple[int, int]) -> tuple[Block, ...]:
        """What it tells, without its summary where that spares a page; when to come out is on every page."""
        foot: Block = ((self._facts.stop_signs[0], "strong"),)
        folds = folded(self._facts_page(), size, foot)
        return folds if len(folds) == 1 else folded(self._facts_page(summary=False), size, foot)

    def _facts_page(self, *, summary: bool = True) -> Block:
        facts, lang = self._facts, self._lang
        measures = (
            *facts.measures,
            (_ENDS.said(lang), self._ends_at()),
            (SOUND.said(lang), self._sound_state()),
        )
        lines: list[Line] = [("", "plain"), (facts.title, "name")]
        if facts.summary and summary:
            lines += [("", "plain"), (facts.summary, "plain")]
        for remark in facts.remarks:
            lines += [("", "plain"), (remark, "strong")]
        lines.append(("", "plain"))
        lines.append((" · ".join(f"{heading}: {said}" for heading, said in measures), "plain"))
        lines += [(f"{heading}: {said}", "plain") for heading, said in facts.rows]
        lines += self._cautions()
        offers = f"{INVITATION.said(lang)} {GROUND_OFFER.said(lang)}"
        return (*lines, ("", "plain"), (offers, "plain"))

    def _cautions(self) -> list[Line]:
        """What to take care with, and how the practice adapts; a line where the person knows it."""
        facts, lang = self._facts, self._lang
        lines: list[Line] = []
        if facts.cautions:
            lines.append((_CAUTIONS_HERE.said(lang), "strong"))
            lines += [(f"{group}: {names}", "plain") for group, names in facts.cautions]
        elif facts.advice:
            lines.append((_CAUTIONS_AGAIN.said(lang), "plain"))
        if facts.care and (facts.cautions or facts.adapted):
            lines.append((facts.care, "plain"))
        return [("", "plain"), *lines] if lines else []

    def _advice_page(self) -> Block:
        lines: list[Line] = [("", "plain"), (TAKE_CARE.said(self._lang), "name")]
        if self._facts.care:
            lines.append((self._facts.care, "plain"))
        for heading, part in self._facts.advice:
            lines += [("", "plain"), (heading, "strong")]
            lines += [(f"{name}: {advice}", "plain") for name, advice in part]
        return (*lines, ("", "plain"), (self._facts.stop_signs[1], "plain"))

    def _sound_state(self) -> str:
        lang = self._lang
        if self._sound_note:
            return self._sound_note
        if self._sound.muted:
            return _SOUND_MUTED.said(lang)
        match self._sound.state:
            case "on":
                return _SOUND_ON.filled(volume=self._sound.volume).said(lang)
            case "opening":
                return _SOUND_OPENING.said(lang)
            case _:
                return _SOUND_LOST.said(lang)
