"""The state of the home screen: the choices, the cursor and what was typed. Each key gives the next state."""

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import Literal, NamedTuple

from psoas_cli.practice.model.durations import LONGEST, parse_minutes
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.tui.keys import typed_by
from psoas_cli.tui.menu import LEAVING_HELP, LETTER_MOVES, LONGEST_SEARCH, MOVES, finds, moved

_TODAY = Text("today", "vandaag")
_YESTERDAY = Text("yesterday", "gisteren")
_DAYS_AGO = Text("{days} days ago", "{days} dagen geleden")
_A_WEEK_AGO = Text("a week ago", "een week geleden")
_WEEKS_AGO = Text("{weeks} weeks ago", "{weeks} weken geleden")
_A_WHILE_AGO = Text("a while ago", "een tijd geleden")

Kind = Literal["resume", "practice", "breathe", "page"]

_LONGEST_LENGTH = 8  # characters: 24:00:00
_DIGITS, _AFTER_A_DIGIT = "0123456789", ":,.hums"  # what a length may consist of


class Last(NamedTuple):
    """The last time something was practised.

    Args:
        minutes: The length asked for; None for the usual length.
        practised: How long it was practised, in seconds.
        days: How many days ago.
    """

    minutes: float | None
    practised: float
    days: int


@record(frozen=True)
class Choice:
    """Something to begin, a practice or breathing; a practice to go on with; or another page.

    Args:
        kind: Which of these; of what is begun also the command that begins it.
        id: Its name in that command; the command of a page.
        title: Its name on the screen.
        seconds: Its usual length, or what is left of it.
        low: The shortest possible length, in minutes.
        high: The longest; 0 if no length can be chosen.
        counts: The counts of the breath; empty for a practice.
        props: The props to have at hand.
        last: The last time it was practised.
        purpose: What it is for, in a sentence.
        key: The key that opens it, if it is a page.
        stop: The stop at which a practice goes on.
        problem: What is wrong with its file; it is then told of but cannot be begun.
    """

    kind: Kind
    id: str
    title: Text = Text()
    seconds: float = 0.0
    low: float = 0.0
    high: float = 0.0
    counts: str = ""
    props: tuple[Text, ...] = ()
    last: Last | None = None
    purpose: Text = Text()
    key: str = ""
    stop: Text = Text()
    problem: str = ""

    def lasts(self, minutes: float) -> bool:
        """Whether it can last *minutes*, which count in whole seconds; its usual length is always possible."""
        seconds = round(minutes * 60)
        return self._lasts_within(seconds, seconds + 1)

    def may_last(self, typed: str) -> bool:
        """Whether what was *typed* of a length is one that it can last, or can still become one."""
        from psoas_cli.tui.typed_length import becomes  # its expressions take a millisecond to compile

        return any(self._lasts_within(math.ceil(low - 0.5), high) for low, high in becomes(typed))

    def _lasts_within(self, low: float, high: float) -> bool:
        """Whether it can last a time from *low* up to, and without, *high* seconds."""
        least, most = self.bounds
        return (low <= most and high > least) or low <= self.seconds < high

    @property
    def bounds(self) -> tuple[int, int]:
        """The fewest and the most seconds that it can last."""
        return max(1, round(self.low * 60)), round(self.high * 60)

    @property
    def command(self) -> str:
        """The command that begins it, without `psoas`."""
        if self.kind == "resume":
            return "practice --resume"
        return self.id if self.kind == "page" else f"{self.kind} {self.id}"

    @property
    def any_length(self) -> bool:
        """Whether it can last as long as psoas allows for any practice."""
        return self.high * 60 >= LONGEST

    @property
    def last_minutes(self) -> float | None:
        """The length asked for last time, in minutes; None if none was, or it is no longer possible."""
        minutes = self.last.minutes if self.last else None
        return minutes if minutes is not None and self.lasts(minutes) else None


@record(frozen=True)
class Home:
    """One state of the home screen.

    Args:
        choices: Everything that can be begun, in the order of the list.
        lang: The language.
        cursor: The index in *choices* of the chosen one.
        search: The text searched for.
        searching: Whether keys are typed into the search.
        typed: The length typed so far; empty for the usual length, None for that of the last time.
        refused: Whether this length was just refused.
        told: Why the chosen one cannot be begun and what to do, in sentences, until the next key.
        help: Whether the list of keys is shown.
        page: The id of the page to open.
        outcome: Whether to begin the chosen one, to quit, or to open a page; None until then.
    """

    choices: tuple[Choice, ...]
    lang: Lang
    cursor: int = 0
    search: str = ""
    searching: bool = False
    typed: str | None = None
    refused: bool = False
    told: tuple[str, ...] = ()
    help: bool = False
    page: str = ""
    outcome: Literal["begin", "leave", "open"] | None = None

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The indices of the choices that the search finds; without a search, of all."""
        return tuple(i for i, choice in enumerate(self.choices) if finds(self.search, choice.id, choice.title))

    @property
    def chosen(self) -> Choice | None:
        """What the cursor is on; None if nothing is found."""
        return self.choices[self.cursor] if self.cursor in self.shown else None

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The pages by the keys that open them."""
        return {choice.key: choice.id for choice in self.choices if choice.key}

    @property
    def closed(self) -> bool:
        """Whether the person is done with it."""
        return self.outcome is not None

    @property
    def minutes(self) -> float | None:
        """How many minutes the chosen one will last; None for its usual length, or while a length is half typed."""
        if self.typed is None or self.chosen is None:
            return self.chosen.last_minutes if self.chosen else None
        with suppress(ValueError):
            minutes = parse_minutes(self.typed)
            return minutes if self.chosen.lasts(minutes) else None
        return None

    @property
    def half_typed(self) -> bool:
        """Whether what was typed so far is no possible length yet, such as `1h1`."""
        return bool(self.typed) and self.minutes is None

    def again(self, fresh: "Home") -> "Home":
        """The state in which it is open again, with the choices and the language of *fresh*, on the same row."""
        was = self.choices[self.cursor]
        at = (i for i, choice in enumerate(fresh.choices) if (choice.kind, choice.id) == (was.kind, was.id))
        return replace(fresh, cursor=next(at, fresh.cursor), search=self.search, typed=self.typed)

    def on(self, command: str) -> "Home":
        """The state in which what *command* begins is chosen, if that is there, with the length of the last time."""
        at = next((i for i, choice in enumerate(self.choices) if choice.command == command), None)
        return self if at is None else replace(self, cursor=at, search="", typed=None)

    def key(self, name: str) -> "Home":
        """The state after the key *name*; a key without a meaning changes nothing."""
        if self.help:
            return replace(self, help=name not in LEAVING_HELP)
        if self.refused and not self.typed and name == "0":  # it belongs to the digit before it, as in 20
            return self
        state = replace(self, refused=False, told=())
        if name in MOVES or (name in LETTER_MOVES and not self.searching):
            return _moved(state, name)
        return _typed_in_search(state, name) if self.searching else _command(state, name)


def _command(home: Home, name: str) -> Home:
    match name:
        case "enter":
            return _begun(home)
        case "q" | "esc":
            return _searched(home, "") if name == "esc" and home.search else replace(home, outcome="leave")
        case "/":
            return replace(home, searching=True)
        case "?":
            return replace(home, help=True)
        case "l":
            return replace(home, lang=LANGS[(LANGS.index(home.lang) + 1) % len(LANGS)])
    page = "" if home.typed and name in _AFTER_A_DIGIT else home.pages.get(name, "")
    return replace(home, outcome="open", page=page) if page else _with_minutes(home, name)


def _typed_in_search(home: Home, name: str) -> Home:
    match name:
        case "enter":
            return replace(home, searching=False)
        case "esc":
            return replace(_searched(home, ""), searching=False)
        case "backspace":
            return _searched(home, home.search[:-1])
    return _searched(home, (home.search + typed_by(name))[:LONGEST_SEARCH])


def _moved(home: Home, name: str) -> Home:
    if not home.shown:
        return home
    return _at(home, home.shown[moved(home.shown.index(home.cursor), len(home.shown), name)])


def _at(home: Home, cursor: int) -> Home:
    return home if cursor == home.cursor else replace(home, cursor=cursor, typed=None)


def _searched(home: Home, search: str) -> Home:
    found = replace(home, search=search)
    return found if not found.shown or found.chosen else _at(found, found.shown[0])


def _with_minutes(home: Home, name: str) -> Home:
    """Add a digit to the length, or what may stand after one (`1h15`, `30m`, `2,5`, `1:15:00`), or delete one.

    A key after which no further key could make it a possible length is refused at once.
    """
    typed = home.typed or ""
    if name == "backspace":
        return replace(home, typed=typed[:-1])
    if home.chosen is None or not home.chosen.high:
        return home
    if len(name) != 1 or name not in (_DIGITS + _AFTER_A_DIGIT if typed else _DIGITS):
        return home
    typed += name
    if typed.isdigit():
        typed = typed.lstrip("0") or "0"
    if len(typed) > _LONGEST_LENGTH or not home.chosen.may_last(typed):
        return replace(home, refused=True)
    return replace(home, typed=typed)


def _begun(home: Home) -> Home:
    if home.chosen is None or home.chosen.problem:
        return home
    if home.chosen.kind == "page":
        return replace(home, outcome="open", page=home.chosen.id)
    if home.half_typed:
        return replace(home, refused=True)
    return replace(home, outcome="begin")


def home_at(choices: tuple[Choice, ...], lang: Lang, last: tuple[Kind, str]) -> Home:
    """The home screen as it opens, with the cursor on *last*, or on the first if that cannot be chosen."""
    open_ = [i for i, choice in enumerate(choices) if not choice.problem]
    at = next((i for i in open_ if (choices[i].kind, choices[i].id) == last), open_[0] if open_ else 0)
    return Home(choices, lang, at)


def ago(days: int) -> Text:
    """*days* ago in words, vaguer the further back it is."""
    if days <= 1:
        return _TODAY if days <= 0 else _YESTERDAY
    if days < 7:
        return _DAYS_AGO.filled(days=days)
    if days < 14:
        return _A_WEEK_AGO
    return _WEEKS_AGO.filled(weeks=days // 7) if days < 60 else _A_WHILE_AGO
