"""What the home screen shows: a list, made from its state."""

from dataclasses import replace
from typing import Literal

from psoas_cli.practice.model.durations import RANGE, clock_text, minutes_of
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.names import as_typed
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import PROPS
from psoas_cli.practice.score.segments import BREATHING
from psoas_cli.tui.hints import Hint
from psoas_cli.tui.home_state import Choice, Home, Kind, ago
from psoas_cli.tui.menu import MOVE_KEYS, Menu, Row
from psoas_cli.tui.regions import Block, Line

_PRACTICES = Text("Practices", "Oefeningen")
_BETWEEN = Text("Can last {low}\N{EN DASH}{high} minutes", "{low} tot {high} minuten kan")
_AS_LONG_AS_YOU_LIKE = Text("Can last any number of minutes", "elk aantal minuten kan")
_NOT_SO_LONG = Text("Choose {low}\N{EN DASH}{high} minutes", "Hier kan het van {low} tot {high} minuten")
_LAST_TIME = Text("Last time", "Laatste keer")
_CANNOT_BE_READ = Text("There is a mistake in this file:", "In dit bestand zit een fout:")
_SEARCH = Text("Search", "Zoek")
_NOTHING_FOUND = Text("No matches", "Hier heet niets zo")
_SEARCH_HINTS = (Text("Enter keep results", "Enter houdt wat gevonden is"), Text("Esc clear", "Esc wist"))
_HOME_HINTS = (  # the most needed first
    Text("Enter begin", "Enter begint"),
    Text("q quit", "q sluit af"),
    Text("? keys", "? toetsen"),
    Text("0-9 minutes", "0-9 minuten"),
    Text("/ search", "/ zoeken"),
    Text("l Nederlands", "l English"),
)

_HEADINGS: dict[Kind, Text] = {"practice": _PRACTICES, "breathe": BREATHING}
_KEY_LIST: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("Enter", Text("begin", "beginnen")),
    *MOVE_KEYS,
    ("q  Esc", Text("quit", "afsluiten")),
    ("0-9", Text("set the minutes", "hoeveel minuten")),
    ("Backspace", Text("delete a digit; usual length", "een cijfer minder; de eigen duur")),
    ("/", Text("search", "zoeken")),
    ("l", Text("Dutch", "in het Engels")),
    ("?", Text("these keys", "deze toetsen")),
)
_BLANK: Line = ("", "plain")


def menu_of(home: Home) -> Menu:
    """The home screen as a list, in which what is told of the chosen one has the length typed so far."""
    return Menu(
        _title(home),
        tuple(_row(home, home.choices[index], chosen=index == home.cursor) for index in home.shown),
        home.lang,
        home.shown.index(home.cursor) if home.cursor in home.shown else 0,
        empty=f"  {_NOTHING_FOUND.said(home.lang)}",
        keys=_KEY_LIST,
        pictured=True,
        help=home.help,
    )


def picture_of(home: Home, figure: Figure | None) -> Figure | Literal["breath"] | None:
    """The picture of what is chosen: its *figure*, or the shape of a full breath if it is breathed."""
    return "breath" if home.chosen is not None and home.chosen.kind == "breathe" else figure


def _title(home: Home) -> str:
    if not home.searching and not home.search:
        return "psoas"
    return f"{_SEARCH.said(home.lang)}: {home.search}{'_' if home.searching else ''}"


def _row(home: Home, choice: Choice, *, chosen: bool) -> Row:
    lang, heading = home.lang, _HEADINGS[choice.kind].said(home.lang)
    if choice.problem:
        about = _wrong(choice, lang) if chosen else ()
        return Row(choice.id, heading=heading, aside=choice.problem, about=about, faint=True)
    row = Row(choice.title.said(lang), clock_text(choice.seconds), heading, choice.purpose.said(lang))
    if not chosen:
        return row
    minutes = choice.seconds / 60 if home.minutes is None else home.minutes
    alone = _range_in_short(choice, lang) if home.refused else f"{minutes:.0f} min"
    return replace(row, about=_about(home, choice), brief=_brief(home, choice), value_alone=alone)


def _wrong(choice: Choice, lang: Lang) -> Block:
    """What is wrong with its file, and how to see all of it."""
    how: Line = (f"psoas check {choice.id}", "faint")
    return (choice.id, "name"), (_CANNOT_BE_READ.said(lang), "plain"), (choice.problem, "strong"), how


def length_of(home: Home) -> str:
    """The length that the chosen one will have, or what was typed of it so far."""
    if home.half_typed:
        return f"{home.typed}…"
    minutes = home.minutes
    if minutes is None:
        seconds = home.chosen.seconds if home.chosen else 0.0
        if seconds % 60:
            return clock_text(seconds)
        minutes = seconds / 60
    return minutes_of(minutes).said(home.lang)


def _about(home: Home, choice: Choice) -> Block:
    """What it is for, its length, when it was last practised, the command that begins it, and what is needed."""
    lang = home.lang
    purpose: Block = ((choice.purpose.said(lang), "plain"),) if choice.purpose else ()
    counts: Block = ((choice.counts, "plain"),) if choice.counts else ()
    last: Block = ((_last_time(choice, lang), "plain"),) if choice.last else ()
    props: Block = (
        ((f"{PROPS.said(lang)}: {', '.join(prop.said(lang) for prop in choice.props)}", "faint"),)
        if choice.props
        else ()
    )
    return (
        (choice.title.said(lang), "name"),
        *purpose,
        *counts,
        _BLANK,
        (length_of(home), "strong"),
        _range(home, choice),
        *last,
        _BLANK,
        (_command(home, choice), "faint"),
        *props,
    )


def _brief(home: Home, choice: Choice) -> Block:
    """The same in three lines."""
    range_ = "" if choice.any_length else f" ({_range_in_short(choice, home.lang)})"
    length: Line = _range(home, choice) if home.refused else (f"{length_of(home)}{range_}", "strong")
    purpose = choice.purpose.said(home.lang) or choice.counts
    return (purpose, "plain"), length, (_last_time(choice, home.lang), "faint")


def _range(home: Home, choice: Choice) -> Line:
    """The possible lengths of the chosen one; more prominent if an impossible one was just typed."""
    if home.refused:
        return _NOT_SO_LONG.filled(low=choice.low, high=choice.high).said(home.lang), "alert"
    text = _AS_LONG_AS_YOU_LIKE if choice.any_length else _BETWEEN.filled(low=choice.low, high=choice.high)
    return text.said(home.lang), "faint"


def _range_in_short(choice: Choice, lang: Lang) -> str:
    return RANGE.filled(low=choice.low, high=choice.high).said(lang)


def _last_time(choice: Choice, lang: Lang) -> str:
    if choice.last is None:
        return ""
    minutes = minutes_of(max(1, round(choice.last.practised / 60)))
    return f"{_LAST_TIME.said(lang)}: {ago(choice.last.days).said(lang)}, {minutes.said(lang)}"


def _command(home: Home, choice: Choice) -> str:
    minutes = "" if home.minutes is None else f" -m {home.minutes:g}"
    return f"psoas {choice.kind} {as_typed(choice.id)}{minutes}"


def hints_of(home: Home) -> tuple[Hint, ...]:
    """The keys to offer, the most needed first."""
    return tuple(hint.said(home.lang) for hint in (_SEARCH_HINTS if home.searching else _HOME_HINTS))
