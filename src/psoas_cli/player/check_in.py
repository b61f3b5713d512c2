"""The check-in: asks how the person feels before and after a practice; every answer is optional."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.hints import forms
from psoas_cli.tui.keys import typed_by
from psoas_cli.tui.terminal import forget_typed

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.tui.regions import Line
    from psoas_cli.tui.screen import Screen


_ASK_TENSION = Text("How tense is your body now?", "Hoe gespannen is je lijf nu?")
_SCALE_TENSION = Text("A number: 0 = relaxed, 10 = tense.", "Een getal van 0 (los) tot 10 (gespannen).")
_ASK_BREATH = Text("How deep is your breath now?", "Hoe diep is je adem nu?")
_SCALE_BREATH = Text("A number: 0 = shallow, 10 = deep.", "Een getal van 0 (oppervlakkig) tot 10 (diep).")
_ASK_LINE = Text("Anything you would like to write down?", "Wil je er iets bij opschrijven?")
_SCALE_LINE = Text("A line in your own words.", "Een regel in je eigen woorden.")
_ASK_HINTS = (  # the most needed first
    (Text("Enter continue", "Enter gaat verder"), Text("Enter", "Enter")),
    (Text("Esc skip all", "Esc slaat over"),),
    (Text("an answer is optional", "een antwoord hoeft niet"),),
)

MOST = 10
"""The highest number of the scales, which begin at 0."""

_LONGEST = 200  # characters of the line
Question = Literal["tension", "breath", "line"]
_ASKED: dict[Question, tuple[Text, Text]] = {
    "tension": (_ASK_TENSION, _SCALE_TENSION),
    "breath": (_ASK_BREATH, _SCALE_BREATH),
    "line": (_ASK_LINE, _SCALE_LINE),
}
_BLANK: "Line" = ("", "plain")


class Answers(NamedTuple):
    """The person's answers.

    Args:
        tension: From 0 (relaxed) to 10 (tense); None if not answered.
        breath: From 0 (shallow) to 10 (deep); None if not answered.
        line: A line in their own words; empty if not answered.
    """

    tension: int | None = None
    breath: int | None = None
    line: str = ""


_NOTHING = Answers()


@dataclass(frozen=True)
class CheckIn:
    """The state of a check-in.

    Args:
        questions: The questions left, beginning with the current one.
        answers: The answers so far.
        typed: What has been typed as the current answer.
    """

    questions: tuple[Question, ...]
    answers: Answers = _NOTHING
    typed: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.questions

    @property
    def asked(self) -> tuple[Text, Text]:
        """The current question, and its scale."""
        return _ASKED[self.questions[0]]

    def key(self, name: str) -> "CheckIn":
        """Return the state after the key *name*: Enter goes on, with or without an answer, and Esc skips the rest."""
        if self.over or name == "esc":
            return replace(self, questions=(), typed="")
        if name == "enter":
            return self._answered()
        if name == "backspace":
            return replace(self, typed=self.typed[:-1])
        typed = self.typed + typed_by(name)
        if self.questions[0] == "line":
            return replace(self, typed=typed[:_LONGEST])
        return replace(self, typed=typed) if _is_number(typed) else self

    def _answered(self) -> "CheckIn":
        question, *others = self.questions
        answers = self.answers
        if question == "line":
            answers = answers._replace(line=self.typed.strip())
        elif self.typed:
            told = int(self.typed)
            answers = answers._replace(tension=told) if question == "tension" else answers._replace(breath=told)
        return CheckIn(tuple(others), answers)


BEFORE = CheckIn(("tension", "breath"))
"""The check-in before a practice."""


AFTER = CheckIn(("tension", "breath", "line"))
"""The check-in after a practice."""


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST)) and int(typed) <= MOST


def _in_one(question: str, typed: str, width: int) -> str:
    """The question as far as there is room, and the end of what is *typed*, in one line of *width* cells."""
    from rich.cells import cell_len

    from psoas_cli.tui.cells import ending, fitting

    answer = f"> {ending(typed, max(1, min(width * 2 // 3, width - 2)))}"
    asked = fitting(question, width - cell_len(answer) - 1)
    return f"{asked} {answer}" if asked else answer


def ask(checkin: CheckIn, window: "Window", screen: "Screen", lang: Lang) -> Answers:
    """Ask on the full screen until every question is answered or skipped; return the answers."""
    from psoas_cli.tui.cells import ending

    window.dirty = True
    forget_typed(window)
    keys = tuple(forms(lang, texts) for texts in _ASK_HINTS)
    while not checkin.over:
        if window.dirty:
            window.dirty = False
            screen.resize(*window.size)
        question, scale = (text.said(lang) for text in checkin.asked)
        line, typed = _in_one(question, checkin.typed, window.size[0]), f"> {ending(checkin.typed, 3 * window.size[0])}"
        lines: tuple[Line, ...] = (_BLANK, (question, "name"), _BLANK, (scale, "plain"), _BLANK, (typed, "strong"))
        screen.page(lines, keys, line)
        for name in window.events(None):
            checkin = checkin.key(name)
    return checkin.answers
