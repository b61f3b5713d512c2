"""What the home screen shows: a list, made from its state."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from psoas_cli.practice.model.durations import bounds_text, clock_text, minutes_of, range_text
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.names import STEPS, as_typed
from psoas_cli.practice.model.text import Lang, Text, uncapitalised
from psoas_cli.practice.score.facts import PROPS
from psoas_cli.practice.score.segments import BREATHING
from psoas_cli.tui.hints import Hint, forms
from psoas_cli.tui.home_state import Choice, Home, Kind, ago
from psoas_cli.tui.menu import (
    FIND_HINT,
    KEYS_HINT,
    LAST_KEYS,
    MOVE_KEYS,
    NOTHING_FOUND,
    SEARCH,
    SEARCH_HINTS,
    Menu,
    Row,
)
from psoas_cli.tui.regions import Block, Line
from psoas_cli.tui.status import PARTS

_PRACTICES = Text("Practices", "Oefeningen")
_BETWEEN = Text("Can last {low}\N{EN DASH}{high} minutes", "{low} tot {high} minuten kan")
_AS_LONG_AS_YOU_LIKE = Text("Can last any number of minutes", "Elk aantal minuten kan")
_NOT_SO_LONG = Text("Choose {low}\N{EN DASH}{high} minutes", "Hier kan het van {low} tot {high} minuten")
_NO_OTHER = Text("No other length is possible", "Een andere duur kan hier niet")
_LAST_TIME = Text("Last time", "Laatste keer")
_CANNOT_BE_READ = Text("There is a mistake in this file:", "In dit bestand zit een fout:")
_A_MISTAKE = Text("a mistake in its file", "een fout in het bestand")
_GO_ON = Text("Go on with {title} at {stop}", "Verder met {title} bij {stop}")
_LEFT = Text("{time} left", "nog {time}")
_ENTER: dict[Kind, Text] = {
    "resume": Text("Enter go on", "Enter gaat verder"),
    "practice": Text("Enter begin", "Enter begint"),
    "breathe": Text("Enter begin", "Enter begint"),
    "page": Text("Enter open", "Enter opent"),
}
_QUIT = (Text("q quit", "q sluit af"), Text("q quit", "q uit"))
_LENGTH = Text("0-9 minutes", "0-9 minuten")
_OTHER_LANG = Text("l Nederlands", "l English")
_HEADINGS: dict[Kind, Text] = {
    "resume": Text("Where you were", "Waar je was"),
    "practice": _PRACTICES,
    "breathe": BREATHING,
    "page": Text("More", "Meer"),
}
_BLANK: Line = ("", "plain")


def menu_of(home: Home) -> Menu:
    """The home screen as a list, in which what is told of the chosen one has the length typed so far."""
    titles = Counter(choice.title.said(home.lang) for choice in home.choices if choice.high)
    return Menu(
        _title(home),
        tuple(_row(home, home.choices[index], titles, chosen=index == home.cursor) for index in home.shown),
        home.lang,
        home.shown.index(home.cursor) if home.cursor in home.shown else 0,
        note=home.told[0] if home.told else "",
        empty=f"  {NOTHING_FOUND.said(home.lang)}",
        keys=key_list(home),
        pictured=True,
        help=home.help,
    )


def key_list(home: Home) -> tuple[tuple[str, Text], ...]:
    """All keys of the home screen and what they do, the most needed first."""
    return (
        ("Enter", Text("begin", "beginnen")),
        *MOVE_KEYS,
        ("q  Esc", Text("quit", "afsluiten")),
        ("0-9", Text("set the minutes", "hoeveel minuten")),
        ("Backspace", Text("delete a digit; usual length", "een cijfer minder; de eigen duur")),
        ("/", Text("search", "zoeken")),
        *((choice.key, choice.title.changed(uncapitalised)) for choice in home.choices if choice.key),
        ("l", Text("Dutch", "in het Engels")),
        LAST_KEYS[-1],
    )


def picture_of(home: Home, figure: Figure | None) -> Figure | Literal["breath"] | None:
    """The picture of what is chosen: its *figure*, or the shape of a full breath if it is breathed."""
    return "breath" if home.chosen is not None and home.chosen.kind == "breathe" else figure


def _title(home: Home) -> str:
    if not home.searching and not home.search:
        return "psoas"
    return SEARCH.filled(searched=f"{home.search}{'_' if home.searching else ''}").said(home.lang)


def _row(home: Home, choice: Choice, titles: Mapping[str, int], *, chosen: bool) -> Row:
    """The row of *choice*, with its id if several have its title; what is told of it is made for the chosen one."""
    lang, heading = home.lang, _HEADINGS[choice.kind].said(home.lang)
    if choice.problem:
        about = _wrong(choice, lang) if chosen else ()
        return Row(choice.id, heading=heading, aside=_A_MISTAKE.said(lang), about=about, faint=True)
    title, purpose = choice.title.said(lang), choice.purpose.said(lang)
    command: Line = (_command(home, choice), "faint")
    if choice.kind == "resume":
        go_on = _GO_ON.filled(title=choice.title, stop=choice.stop).said(lang)
        left = _LEFT.filled(time=clock_text(choice.seconds)).said(lang)
        interrupted: Line = (purpose, "plain")
        return Row(
            go_on,
            left,
            heading,
            about=((go_on, "name"), interrupted, _BLANK, (left, "strong"), _BLANK, command),
            brief=((choice.stop.said(lang), "name"), interrupted),
            short=title,
        )
    if choice.kind == "page":
        told: Block = ((title, "name"), (purpose, "plain"))
        return Row(title, choice.key, heading, purpose, about=(*told, _BLANK, command), brief=told[1:])
    row = Row(title, clock_text(choice.seconds), heading, purpose)
    if titles[title] > 1:
        row = replace(row, label=f"{title} ({choice.id})", short=f"{choice.id}: {title}")
    if not chosen:
        return row
    if home.told:
        what: Block = tuple((line, "plain") for line in home.told[1:])
        return replace(row, about=((home.told[0], "strong"), _BLANK, *what))
    minutes = choice.seconds / 60 if home.minutes is None else home.minutes
    alone = _range_in_short(choice, lang) if home.refused else f"{minutes:.0f} min"
    return replace(row, about=_about(home, choice), brief=_brief(home, choice), value_alone=alone)


def _wrong(choice: Choice, lang: Lang) -> Block:
    """What is wrong with its file, and how to see all of it."""
    how: Line = (f"psoas check {choice.id}", "faint")
    return (_CANNOT_BE_READ.said(lang), "faint"), (choice.problem, "strong"), how


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
    told = choice.purpose and not choice.id.startswith(STEPS)  # its command has them too
    purpose: Block = ((choice.purpose.said(lang), "plain"),) if told else ()
    counts: Block = ((choice.counts, "plain"),) if choice.counts not in {"", choice.title.said(lang)} else ()
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
    low, high = bounds_text(*choice.bounds)
    text = _NO_OTHER if low == high else _NOT_SO_LONG if home.refused else _BETWEEN
    if choice.any_length and not home.refused:
        text = _AS_LONG_AS_YOU_LIKE
    return text.filled(low=low, high=high).said(home.lang), "alert" if home.refused else "faint"


def _range_in_short(choice: Choice, lang: Lang) -> str:
    return range_text(*choice.bounds).said(lang)


def _last_time(choice: Choice, lang: Lang) -> str:
    if choice.last is None:
        return ""
    minutes = minutes_of(max(1, round(choice.last.practised / 60)))
    return f"{_LAST_TIME.said(lang)}: {ago(choice.last.days).said(lang)}, {minutes.said(lang)}"


def _command(home: Home, choice: Choice) -> str:
    minutes = "" if home.minutes is None else f" -m {home.minutes:g}"
    return f"psoas {replace(choice, id=as_typed(choice.id)).command}{minutes}"


def hints_of(home: Home) -> tuple[Hint, ...]:
    """The keys to offer, the most needed first."""
    lang = home.lang
    if home.searching:
        return tuple(hint.said(lang) for hint in SEARCH_HINTS)
    chosen = home.chosen
    enter = [_ENTER[chosen.kind].said(lang)] if chosen and not chosen.problem else []
    length = [_LENGTH.said(lang)] if chosen and chosen.high else []
    pages = [f"{choice.key} {uncapitalised(choice.title.said(lang))}" for choice in home.choices if choice.key]
    leading: list[Hint] = [tuple(PARTS.join(pages[number:]) for number in range(len(pages)))] if pages else []
    return (
        *enter,
        forms(lang, _QUIT),
        KEYS_HINT.said(lang),
        *length,
        FIND_HINT.said(lang),
        *leading,
        _OTHER_LANG.said(lang),
    )
