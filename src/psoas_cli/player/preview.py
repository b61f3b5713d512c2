"""The preview of a practice: what it is, how long it takes and which props it needs, until the person begins."""

from collections.abc import Callable

from psoas_cli.player.cards import CardViewer, cards_of
from psoas_cli.player.introduction import BEGIN_PLAIN, Facts
from psoas_cli.player.loop import Window
from psoas_cli.player.narrator import Narrator
from psoas_cli.player.scheduler import Sound
from psoas_cli.player.volume import turned
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.model.verbosity import IN_SHORT
from psoas_cli.practice.score.facts import INVITATION, SOUND, TAKE_CARE, VOICE
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.tui.hints import Hint, forms, more_hint
from psoas_cli.tui.pages import folded
from psoas_cli.tui.regions import Block, Line
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.terminal import forget_typed

_ENDS = Text("Ends at", "Klaar om")
_CAUTIONS_HERE = Text(
    "Precautions · c shows what you can do instead",
    "Let op bij · c laat zien wat je in plaats daarvan kunt doen",
)
_CAUTIONS_AGAIN = Text(
    "Precautions as before · c shows them, and what you can do instead",
    "Let op, net als eerder · c laat zien waarbij, en wat er dan kan",
)
_CAUTIONS_BACK = (Text("c back", "c terug"),)
GROUND_OFFER = Text(
    "Press g at any point for grounding: the clock stands still.",
    "Onderweg kun je met g altijd even aarden: de klok staat dan stil.",
)
_SOUND_ON = Text("on, volume {volume}", "aan, volume {volume}")
_SOUND_OPENING = Text("starting", "wordt geopend")
_SOUND_LOST = Text("no device answers: the terminal's bell rings", "geen apparaat: de bel van de terminal klinkt")
_SOUND_MUTED = Text("muted", "gedempt")
_BEGIN_HINTS = (  # the most needed first, each with its short form
    (Text("Enter begin", "Enter begint"), Text("Enter", "Enter")),
    (Text("q quit", "q sluit af"), Text("q quit", "q stop")),
)
_POSES_HINT = (Text("i poses", "i toont de houdingen"), Text("i poses", "i houdingen"))
_BELL_HINT = (Text("b bell", "b laat een bel horen"), Text("b bell", "b bel"))
_LESS_BY = Text("v: less, or none", "v: minder, of niets")
_SPEAK_BY = Text("v: everything", "v: alles")

_LOOK = 0.5  # seconds between updates: the state of the sound and the time of day change by themselves


class Preview:
    """The preview of a practice.

    Args:
        facts: What to show.
        timeline: The practice, for its pose cards.
        sound: Plays the bell.
        bell: The sound of the bell to try.
        lang: The language.
        spoken: Who speaks, and what; None if nobody does.
        sound_note: Why sound is off; empty if it is on.
        ends_at: Returns the time of day at which the practice ends if it begins now.
        clock: Returns monotonic time in seconds.
    """

    def __init__(
        self,
        facts: Facts,
        timeline: Timeline,
        sound: Sound,
        bell: str,
        lang: Lang,
        *,
        spoken: Narrator | None,
        sound_note: str,
        ends_at: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self._facts = facts
        self._sound = sound
        self._bell = bell
        self._lang = lang
        self._spoken = spoken
        self._sound_note = sound_note
        self._ends_at = ends_at
        self._clock = clock
        self._timeline = timeline
        self._cards = CardViewer(lang)
        self._has_poses = bool(cards_of(timeline, lang))
        self._advice = False
        self._number = 0  # of the page, modulo their count

    def run(self, window: Window, screen: Screen) -> list[str] | None:
        """Show the preview until the person begins or quits.

        Returns:
            The keys pressed along with the one that begins, which are for the practice; None if the person quits.
        """
        forget_typed(window)
        while True:
            if window.dirty:
                window.dirty = False
                screen.resize(*window.size)
            self._show(screen, window.size)
            names = window.events(_LOOK)
            for number, name in enumerate(names, start=1):
                is_front = self._cards.card is None and not self._advice
                if name == "enter" and is_front:
                    self._sound.hush()
                    return names[number:]
                if name in {"q", "esc"} and is_front:
                    return None
                self._key(name, screen)

    def _key(self, name: str, screen: Screen) -> None:
        if self._cards.card:
            if name != "space" or not screen.turn():
                self._cards.key(name)
            return
        match name:
            case "b" | "m" | "up" | "down":
                self._sound_key(name)
            case "v" if self._spoken:
                self._spoken.narration.say_less()
            case "i":
                self._cards.begin(self._timeline)
            case "c":
                self._advice = not self._advice and bool(self._facts.advice)
                self._number = 0
            case "esc" | "enter" | "q":
                self._advice, self._number = False, 0
            case "space" | "right" | "pagedown":
                self._number += 1
            case "left" | "pageup":
                self._number -= 1

    def _sound_key(self, name: str) -> None:
        if name == "b":
            self._sound.bell(Bell(self._bell), self._clock() + 0.15)
        elif self._sound_note:
            return
        elif name == "m":
            self._sound.muted = not self._sound.muted
        else:
            self._sound.volume = turned(self._sound.volume, 1 if name == "up" else -1)

    def _show(self, screen: Screen, size: tuple[int, int]) -> None:
        if card := self._cards.card:
            screen.card(card, self._lang)
        else:
            screen.page(*self._page(size))

    def _page(self, size: tuple[int, int]) -> tuple[Block, tuple[Hint, ...], str]:
        begin = (*_BEGIN_HINTS, *([_POSES_HINT] if self._has_poses else []), _BELL_HINT)
        keys = tuple(forms(self._lang, texts) for texts in ((_CAUTIONS_BACK,) if self._advice else begin))
        line = TAKE_CARE if self._advice else BEGIN_PLAIN
        folds = folded(self._advice_page(), size) if self._advice else self._facts_pages(size)
        number = self._number % len(folds)
        return folds[number], (*more_hint(self._lang, number, len(folds)), *keys), line.said(self._lang)

    def _facts_pages(self, size: tuple[int, int]) -> tuple[Block, ...]:
        """The facts, without the summary if they need several pages; every page ends with the stop signs."""
        foot: Block = ((self._facts.stop_signs[0], "strong"),)
        folds = folded(self._facts_page(), size, foot)
        return folds if len(folds) == 1 else folded(self._facts_page(summary=False), size, foot)

    def _facts_page(self, *, summary: bool = True) -> Block:
        facts, lang = self._facts, self._lang
        measures = (
            *facts.measures,
            (_ENDS.said(lang), self._ends_at()),
            (SOUND.said(lang), self._sound_state()),
            *(((VOICE.said(lang), self._voice_state(self._spoken)),) if self._spoken and self._can_sound else ()),
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
        """The precautions, and how the practice adapts to them; one line if the person knows the practice."""
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

    @property
    def _can_sound(self) -> bool:
        return not self._sound_note and self._sound.state != "lost"

    def _voice_state(self, spoken: Narrator) -> str:
        """Who speaks, how much, and how to have less."""
        lang, verbosity = self._lang, spoken.narration.verbosity
        how_much = "" if verbosity == "full" else f", {IN_SHORT[verbosity].said(lang)}"
        change = _SPEAK_BY if verbosity == "none" else _LESS_BY
        return f"{spoken.voice}{how_much} ({change.said(lang)})"

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
