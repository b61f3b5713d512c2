"""The check-in: asks how the person feels before and after a practice; every answer is optional."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sensations import OF_THE_BODY, OF_THE_BREATH, CheckInKind
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.hints import forms
from psoas_cli.tui.keys import typed_by
from psoas_cli.tui.terminal import forget_typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from psoas_cli.player.loop import Window
    from psoas_cli.tui.regions import Block, Line
    from psoas_cli.tui.screen import Screen


_ASK_TENSION = Text("How tense is your body now?", "Hoe gespannen is je lijf nu?")
_SCALE_TENSION = Text("A number from 0 (relaxed) to 10 (tense).", "Een getal van 0 (los) tot 10 (gespannen).")
_ASK_BREATH = Text("How deep is your breath now?", "Hoe diep is je adem nu?")
_SCALE_BREATH = Text("A number from 0 (shallow) to 10 (deep).", "Een getal van 0 (oppervlakkig) tot 10 (diep).")
_ASK_LINE = Text("Anything you would like to write down?", "Wil je er iets bij opschrijven?")
_SCALE_LINE = Text("A line in your own words.", "Een regel in je eigen woorden.")
_ASK_BREATHING = Text("Your breath: how is it now, after this rest?", "Je adem: hoe is die nu, na deze rust?")
_ASK_BELLY = Text("Your belly: how does it feel now?", "Je buik: hoe voelt die nu?")
_ASK_HIPS = Text("Your hips: how do they feel now?", "Je heupen: hoe voelen die nu?")
_CHOOSE = Text("Choose with a number, or with ↑ ↓.", "Kies met een cijfer, of met ↑ ↓.")
_CHOOSE_ALOUD = Text("Choose with a number, or with the arrows.", "Kies met een cijfer, of met de pijlen.")
_CHOICE = Text("{number}: {choice}.", "{number}: {choice}.")
_HOW_TO_ANSWER = Text(
    "An answer is optional. Enter: continue. Escape: skip all.",
    "Een antwoord hoeft niet. Enter: verder. Escape: alles overslaan.",
)
_ANSWERED = Text("Your answer: {answer}.", "Je antwoord: {answer}.")
_NO_ANSWER = Text("No answer.", "Geen antwoord.")
_ASK_HINTS = (  # the most needed first
    (Text("Enter continue", "Enter gaat verder"), Text("Enter", "Enter")),
    (Text("Esc skip all", "Esc slaat over"),),
    (Text("an answer is optional", "een antwoord hoeft niet"),),
)

MOST = 10
"""The highest number of the scales, which begin at 0."""

_LONGEST = 200  # characters of the line
Question = Literal["tension", "breath", "breathing", "belly", "hips", "line"]
_ASKED: dict[Question, tuple[Text, Text]] = {
    "tension": (_ASK_TENSION, _SCALE_TENSION),
    "breath": (_ASK_BREATH, _SCALE_BREATH),
    "breathing": (_ASK_BREATHING, _CHOOSE),
    "belly": (_ASK_BELLY, _CHOOSE),
    "hips": (_ASK_HIPS, _CHOOSE),
    "line": (_ASK_LINE, _SCALE_LINE),
}
_CHOICES: dict[Question, Mapping[str, Text]] = {
    "breathing": OF_THE_BREATH,
    "belly": OF_THE_BODY,
    "hips": OF_THE_BODY,
}
_BLANK: "Line" = ("", "plain")
_HINTS = 2  # rows below a page, for the keys
_WORD = 4  # cells beneath which nothing of a question can be told
_MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}


class Answers(NamedTuple):
    """The person's answers.

    Args:
        tension: From 0 (relaxed) to 10 (tense); None if not answered.
        breath: From 0 (shallow) to 10 (deep); None if not answered.
        line: A line in their own words; empty if not answered.
        breathing: How the breath is after a rest, one of `sensations.OF_THE_BREATH`; empty if not answered.
        belly: How the belly feels, one of `sensations.OF_THE_BODY`; empty if not answered.
        hips: How the hips feel, one of the same; empty if not answered.
    """

    tension: int | None = None
    breath: int | None = None
    line: str = ""
    breathing: str = ""
    belly: str = ""
    hips: str = ""

    def in_journal(self, when: Literal["before", "after"]) -> dict[str, int | str | None]:
        """The answers that were given *when* that was, by their names in the journal."""
        felt = {"felt_breath": self.breathing, "felt_belly": self.belly, "felt_hips": self.hips}
        return {f"tension_{when}": self.tension, f"breath_{when}": self.breath, "line": self.line, **felt}


_NOTHING = Answers()


@record(frozen=True)
class CheckIn:
    """The state of a check-in.

    Args:
        questions: The questions left, beginning with the current one.
        answers: The answers so far.
        typed: What has been typed as the current answer; for a choice, its number from 1.
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

    @property
    def choices(self) -> tuple[Text, ...]:
        """The answers to the current question that can be chosen; empty if it has none."""
        return tuple(_CHOICES.get(self.questions[0], {}).values())

    @property
    def answer(self) -> Text:
        """What has been typed or chosen as the current answer."""
        return self.choices[int(self.typed) - 1] if self.choices and self.typed else Text(self.typed)

    def key(self, name: str) -> "CheckIn":
        """Return the state after the key *name*: Enter goes on, with or without an answer, and Esc skips the rest."""
        if self.over or name == "esc":
            return replace(self, questions=(), typed="")
        if name == "enter":
            return self._answered()
        if name == "backspace":
            return replace(self, typed=self.typed[:-1])
        if self.choices:
            return replace(self, typed=self._chosen(name))
        typed = self.typed + typed_by(name)
        if self.questions[0] == "line":
            return replace(self, typed=typed[:_LONGEST])
        return replace(self, typed=typed) if _is_number(typed) else self

    def _chosen(self, name: str) -> str:
        """The number of the choice after the key *name*; above the first one there is none."""
        count = len(self.choices)
        if name in _MOVES:
            moved = (int(self.typed) if self.typed else 0) + _MOVES[name]
            return str(min(moved, count)) if moved > 0 else ""
        number = typed_by(name)
        return number if number.isascii() and number.isdigit() and 1 <= int(number) <= count else self.typed

    def _answered(self) -> "CheckIn":
        question, *others = self.questions
        answers = self.answers
        if question == "line":
            answers = answers._replace(line=self.typed.strip())
        elif self.typed:
            told = int(self.typed)
            chosen = [*_CHOICES.get(question, ())]
            told_of: dict[str, Any] = {question: chosen[told - 1] if chosen else told}
            answers = answers._replace(**told_of)
        return CheckIn(tuple(others), answers)


BEFORE = CheckIn(("tension", "breath"))
"""The check-in before a practice."""


AFTER = CheckIn(("tension", "breath", "line"))
"""The check-in after a practice."""

AFTER_REST = CheckIn(("tension", "breath", "breathing", "belly", "hips", "line"))
"""The check-in after a practice that asks what one notices after a rest."""

AFTERWARDS: Mapping[CheckInKind, CheckIn] = {"usual": AFTER, "rest": AFTER_REST}
"""The check-ins after a practice, by what its file asks for."""


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST)) and int(typed) <= MOST


def _page(checkin: CheckIn, lang: Lang, size: tuple[int, int]) -> "Block":
    """The current question with its scale and the end of what is typed, or with its choices."""
    from psoas_cli.tui.cells import ending

    question, scale = (text.said(lang) for text in checkin.asked)
    if not checkin.choices:
        typed = f"> {ending(checkin.typed, 3 * size[0])}"
        return _BLANK, (question, "name"), _BLANK, (scale, "plain"), _BLANK, (typed, "strong")
    rows: list[Line] = []
    for number, choice in enumerate(checkin.choices, 1):
        chosen = str(number) == checkin.typed
        rows.append((f"{'>' if chosen else ' '} {number}  {choice.said(lang)}", "strong" if chosen else "plain"))
    lines = (_BLANK, (question, "name"), _BLANK, (scale, "plain"), _BLANK, *rows)
    return lines if len(lines) + _HINTS <= size[1] else ((question, "name"), *rows)


def _in_one(checkin: CheckIn, lang: Lang, width: int) -> str:
    """The question as far as there is room, and the chosen answer or the end of what is typed, in *width* cells."""
    from rich.cells import cell_len

    from psoas_cli.tui.cells import ending, fitting

    if checkin.choices:
        answer = f"> {fitting(checkin.answer.said(lang) or f'1-{len(checkin.choices)}', max(1, width - 2))}"
    else:
        answer = f"> {ending(checkin.typed, max(1, min(width * 2 // 3, width - 2)))}"
    room = width - cell_len(answer) - 1
    return f"{fitting(checkin.asked[0].said(lang), room)} {answer}" if room >= _WORD else answer


def ask(checkin: CheckIn, window: "Window", screen: "Screen", lang: Lang) -> Answers:
    """Ask on the full screen until every question is answered or skipped; return the answers."""
    window.dirty = True
    forget_typed(window)
    keys = tuple(forms(lang, texts) for texts in _ASK_HINTS)
    while not checkin.over:
        if window.dirty:
            window.dirty = False
            screen.resize(*window.size)
        screen.page(_page(checkin, lang, window.size), keys, _in_one(checkin, lang, window.size[0]))
        for name in window.events(None):
            checkin = checkin.key(name)
    return checkin.answers


def ask_in_lines(checkin: CheckIn, window: "Window", tell: "Callable[..., None]", lang: Lang) -> Answers:
    """Ask in lines, which *tell* writes, until every question is answered or skipped; return the answers."""
    forget_typed(window)
    tell(*_question(checkin, lang), _HOW_TO_ANSWER.said(lang))
    while not checkin.over:
        for name in window.events(None):
            before, checkin = checkin, checkin.key(name)
            if checkin.questions == before.questions:
                if checkin.choices and checkin.typed != before.typed:
                    tell((_ANSWERED.filled(answer=checkin.answer) if checkin.typed else _NO_ANSWER).said(lang))
            elif before.questions:
                answered = _ANSWERED.filled(answer=before.answer) if before.typed and name == "enter" else _NO_ANSWER
                tell(answered.said(lang), *_question(checkin, lang))
    return checkin.answers


def _question(checkin: CheckIn, lang: Lang) -> list[str]:
    """The current question with its scale, and its choices, if there is one left."""
    if checkin.over:
        return []
    question, scale = checkin.asked
    choices = [
        _CHOICE.filled(number=number, choice=choice).said(lang) for number, choice in enumerate(checkin.choices, 1)
    ]
    return [f"{question.said(lang)} {(_CHOOSE_ALOUD if choices else scale).said(lang)}", *choices]
