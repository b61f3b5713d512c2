"""The contents of the home screen's regions: pure functions of its state and the size of the region."""

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from psoas_cli.practice.model.durations import RANGE, clock_text, minutes_of
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import PROPS
from psoas_cli.practice.score.segments import BREATHING
from psoas_cli.tui.cells import fitting
from psoas_cli.tui.home_state import Choice, Home, Kind, ago
from psoas_cli.tui.regions import Block, Line

if TYPE_CHECKING:
    from psoas_cli.tui.theme import StyleName


_PRACTICES = Text("Practices", "Oefeningen")
_BETWEEN = Text("Can last {low}\N{EN DASH}{high} minutes", "{low} tot {high} minuten kan")
_AS_LONG_AS_YOU_LIKE = Text("Can last any number of minutes", "elk aantal minuten kan")
_NOT_SO_LONG = Text("Choose {low}\N{EN DASH}{high} minutes", "Hier kan het van {low} tot {high} minuten")
_LAST_TIME = Text("Last time", "Laatste keer")
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

_WIDE = 52  # columns from which the list also shows the possible lengths
_HEADINGS: dict[Kind, Text] = {"practice": _PRACTICES, "breathe": BREATHING}


def heading_of(home: Home) -> tuple[str, tuple[str, ...]]:
    """The text at the left of the top line, and those at its right."""
    if not home.searching and not home.search:
        return "psoas", ()
    return f"{_SEARCH.said(home.lang)}: {home.search}{'_' if home.searching else ''}", ()


def list_lines(home: Home, width: int, height: int, *, ascii_only: bool = False) -> Block:
    """The part of the list around the cursor, which stays in the middle unless an end of the list is in view."""
    if not home.shown:
        return ((f"  {_NOTHING_FOUND.said(home.lang)}", "plain"),)
    lines: list[Line] = []
    at, kind = 0, None
    for index in home.shown:
        choice = home.choices[index]
        if choice.kind != kind:
            kind = choice.kind
            if lines:
                lines.append(("", "plain"))
            lines.append((f"  {_HEADINGS[kind].said(home.lang)}", "faint"))
        chosen = index == home.cursor and not choice.problem
        if chosen:
            at = len(lines)
        mark = ("> " if ascii_only else "▸ ") if chosen else "  "
        style: StyleName = "name" if chosen else "faint" if choice.problem else "plain"
        lines.append((mark + _row(choice, home.lang, width - 2), style))
    top = max(0, min(at - height // 2, len(lines) - height))
    return tuple(lines[top : top + height])


def _row(choice: Choice, lang: Lang, width: int) -> str:
    """A choice in *width* columns: its title, its usual length and, if there is room, the possible lengths."""
    if choice.problem:
        return fitting(f"{choice.id}: {choice.problem}", width)
    title = choice.title.said(lang)
    length = f"{clock_text(choice.seconds):>9}"
    if width >= _WIDE:
        length += f"{_short_range(choice, lang):>14}"
    room = width - len(length)
    return set_cell_size(fitting(title, room - 1), room) + length


def _short_range(choice: Choice, lang: Lang) -> str:
    return RANGE.filled(low=choice.low, high=choice.high).said(lang) if not choice.any_length else ""


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


def about_lines(home: Home, width: int, height: int) -> Block:
    """The chosen one: its length, when it was last practised, and the command that begins it."""
    choice, lang = home.chosen, home.lang
    if choice is None:
        return ()
    if height < 4:
        return _briefly(home, choice, width)
    counts: Block = ((choice.counts, "plain"),) if choice.counts else ()
    last: Block = ((_last_time(choice, lang, headed=True), "plain"),) if choice.last else ()
    props = f"{PROPS.said(lang)}: {', '.join(prop.said(lang) for prop in choice.props)}"
    needed: Block = ((props, "faint"),) if choice.props else ()
    blank: Line = ("", "plain")
    return (
        (choice.title.said(lang), "name"),
        *counts,
        blank,
        (length_of(home), "strong"),
        _range(home, choice),
        *last,
        blank,
        (_command(home, choice), "faint"),
        *needed,
    )


def _briefly(home: Home, choice: Choice, width: int) -> Block:
    """The chosen one, in two lines."""
    range_ = _short_range(choice, home.lang)
    first = f"{length_of(home)} ({range_})" if range_ else length_of(home)
    said = _last_time(choice, home.lang, headed=True) if choice.last else ""
    if cell_len(said) > width:
        said = _last_time(choice, home.lang, headed=False)
    return (_range(home, choice) if home.refused else (first, "strong")), (said, "plain")


def _range(home: Home, choice: Choice) -> Line:
    """The possible lengths of the chosen one; more prominent if an impossible one was just typed."""
    if home.refused:
        return _NOT_SO_LONG.filled(low=choice.low, high=choice.high).said(home.lang), "alert"
    text = _AS_LONG_AS_YOU_LIKE if choice.any_length else _BETWEEN.filled(low=choice.low, high=choice.high)
    return text.said(home.lang), "faint"


def _last_time(choice: Choice, lang: Lang, *, headed: bool) -> str:
    if choice.last is None:
        return ""
    heading = f"{_LAST_TIME.said(lang)}: " if headed else ""
    minutes = minutes_of(max(1, round(choice.last.practised / 60)))
    return f"{heading}{ago(choice.last.days).said(lang)}, {minutes.said(lang)}"


def _command(home: Home, choice: Choice) -> str:
    minutes = "" if home.minutes is None else f" -m {home.minutes:g}"
    return f"psoas {choice.command}{minutes}"


def hints_of(home: Home) -> tuple[str, ...]:
    """The key hints."""
    return tuple(hint.said(home.lang) for hint in (_SEARCH_HINTS if home.searching else _HOME_HINTS))


def one_line(home: Home, width: int) -> str:
    """The home screen in one line: what Enter begins."""
    if home.chosen is None:
        return fitting(_NOTHING_FOUND.said(home.lang), width)
    if home.refused:
        return fitting(RANGE.filled(low=home.chosen.low, high=home.chosen.high).said(home.lang), width)
    minutes = home.chosen.seconds / 60 if home.minutes is None else home.minutes
    length = f"{minutes:.0f} min"
    title = fitting(home.chosen.title.said(home.lang), max(0, width - len(length) - 2))
    return fitting(f"{title}  {length}", width)
