"""`psoas history`: shows the sessions in the journal. What was practised counts; gaps do not."""

import csv
import io
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile
from operator import eq
from typing import Annotated

import typer

from psoas_cli.cli import options
from psoas_cli.cli.console import (
    LONGEST_TITLE,
    ascii_only,
    bold,
    columns,
    width,
    wrapped,
    write,
    write_data,
    write_json,
)
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.durations import clock_text, minutes_of
from psoas_cli.practice.model.text import Lang, Text, decimal, shortened, shown, visible
from psoas_cli.storage import paths
from psoas_cli.storage.entry import NAMES, Entry, State
from psoas_cli.storage.journal import Journal, Reading
from psoas_cli.storage.presence import runs_on

_NOTHING = Text(
    "No sessions yet. What you practise is kept here, on this computer only.",
    "Er staat nog niets. Wat je oefent wordt hier bewaard, alleen op deze computer.",
)
_REHEARSED = Text(
    "No sessions yet, only rehearsals: {count}. psoas history --json lists them.",
    "Er staat nog niets; wel {count} keer op een ander tempo. psoas history --json noemt die.",
)
_NOT_SINCE = Text("No sessions since {day}.", "Sinds {day} is er niet geoefend.")
_IN_ALL = Text("Total: {time} in {count} sessions.", "Samen {time} in {count} keer.")
_IN_ONE = Text("Total: {time} in 1 session.", "Samen {time} in één keer.")
_WEEKS = Text("Minutes per week", "Minuten per week")
_WEEK_OF = Text("week of {day}", "week van {day}")
_EARLIER = Text("and {count} earlier (--since shows them)", "en {count} eerder; --since laat ze zien")
_DELETED = Text("Deleted: {session}.", "Verwijderd: {session}.")
_UNREADABLE = Text(
    "Passed over, because it cannot be read: {rows}. psoas history --delete ID deletes it.",
    "Overgeslagen, want niet te lezen: {rows}. psoas history --delete ID haalt het weg.",
)
_AND_MORE = Text("{rows} and {count} more", "{rows} en nog {count}")
_LESS = Text(
    "In {count} sessions you rated your tension before and after: on average it was {change} lower afterwards.",
    "In {count} keer gaf je je spanning voor en na aan: die was erna gemiddeld {change} lager.",
)
_MORE = Text(
    "In {count} sessions you rated your tension before and after: on average it was {change} higher afterwards.",
    "In {count} keer gaf je je spanning voor en na aan: die was erna gemiddeld {change} hoger.",
)
_SAME = Text(
    "In {count} sessions you rated your tension before and after: on average it stayed the same.",
    "In {count} keer gaf je je spanning voor en na aan: die bleef gemiddeld gelijk.",
)
_STATES: dict[State, Text] = {
    "completed": Text("", ""),
    "ended": Text("ended early", "eerder gestopt"),
    "interrupted": Text("interrupted", "onderbroken"),
    "running": Text("interrupted", "onderbroken"),
}
_MONTHS = Text("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "jan feb mrt apr mei jun jul aug sep okt nov dec")

_SHOWN = 12  # sessions and weeks to show without --since
_SHORTEST_ID = 4
_NAMED = 5  # how many of several are named
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet would not take as text
_WIDEST_BAR = 40
_ENOUGH = 5  # the fewest sessions for a sentence on tension
_EVEN = 0.05  # on the scale of 0 to 10; a smaller change counts as none


def command(
    lang: options.Language = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Sessions from this day on, for example 2025-01-31.")
    ] = None,
    as_json: options.Json = False,
    plain: Annotated[bool, typer.Option("--plain", help="Words and numbers, without bars.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV output.")] = False,
    delete: Annotated[
        str | None, typer.Option("--delete", metavar="ID", help="Delete the session whose id begins like this.")
    ] = None,
) -> None:
    """Look back at what you practised.

    Shows your sessions, each with the beginning of its id, and the minutes of each week. What you did counts; gaps do
    not.

    \b
    psoas history                      the sessions and the weeks
    psoas history --since 2025-01-01   from that day on
    psoas history --csv                as CSV, for a spreadsheet
    psoas history --delete 3fa9        delete one for good, by the id in front of it
    """
    if as_json and as_csv:
        raise PsoasError("--json and --csv are two kinds of output", "ask for one of them")
    if delete is not None:
        _delete(delete, Context(lang))
    else:
        _print(Context(lang), since, plain=plain, as_json=as_json, as_csv=as_csv)


def _print(context: Context, since: str | None, *, plain: bool, as_json: bool, as_csv: bool) -> None:
    """Print the sessions, only those from the day *since* on if it is given, and without bars if *plain*.

    Raises:
        PsoasError: The journal cannot be read, or *since* is not a day.
    """
    first = _day(since)
    found = Journal(paths.journal_file()).read()
    ids = _short_ids(found)
    entries = [each for each in found.entries if first is None or each.when.date() >= first]
    if as_json:
        sessions = [{**asdict(each), "changes": list(map(list, each.changes))} for each in entries]
        write_json({"sessions": sessions})
    elif as_csv:
        write_data(_as_csv(entries))
    else:
        practised = [each for each in entries if each.speed == 1]
        if found.entries and not any(each.speed == 1 for each in found.entries):
            write(_REHEARSED.filled(count=len(found.entries)).said(context.lang))
        else:
            write(_as_text(practised, ids, first, context.lang, bars=not plain))
    if found.unreadable:
        rows = [f"{shown(ids[each.id])} ({each.column})" for each in found.unreadable]
        named = _UNREADABLE.filled(rows=_some(rows, context.lang)).said(context.lang)
        if as_json or as_csv:
            write(named, to_stderr=True)
        else:
            write("\n".join(["", *wrapped(named)]))


def _delete(begin: str, context: Context) -> None:
    """Delete the session whose id begins with *begin*, and say which one that was.

    Raises:
        PsoasError: There is no such session, there are several, or it cannot be deleted.
    """
    journal = Journal(paths.journal_file())
    found = journal.read()
    ids = _short_ids(found)
    folded = begin.casefold()
    meant = [begin] if begin in ids else [each for each in ids if folded and each.casefold().startswith(folded)]
    if len(meant) > 1:
        entries = {each.id: each for each in found.entries}
        some = _some([_named(each, entries.get(each), ids, "en") for each in meant], "en")
        raise PsoasError(
            f'the ids of {len(meant)} sessions begin with "{begin}"', f"give more of it: {some}", exit_code=1
        )
    if not meant or not journal.delete(meant[0]):
        raise PsoasError(f'there is no session "{begin}"', "psoas history shows the ids", exit_code=1)
    deleted = next((each for each in found.entries if each.id == meant[0]), None)
    write(_DELETED.filled(session=_named(meant[0], deleted, ids, context.lang)).said(context.lang))


def _named(name: str, entry: Entry | None, ids: dict[str, str], lang: Lang) -> str:
    """Name the session with the id *name* in a sentence: what and when; just by its id if it cannot be read."""
    begin = shown(ids[name])
    return f"{begin} ({shown(entry.title)}, {_when(entry, lang)})" if entry else begin


def _some(names: list[str], lang: Lang) -> str:
    """List *names*, the first few and how many more there are."""
    rows = ", ".join(names[:_NAMED])
    left = len(names) - _NAMED
    return _AND_MORE.filled(rows=rows, count=left).said(lang) if left > 0 else rows


def _short_ids(found: Reading) -> dict[str, str]:
    """Return the beginning of each id that tells it from all others, by the id; at least four characters."""
    ids = sorted({*(each.id for each in found.entries), *(each.id for each in found.unreadable)})
    alike = [0, *(len([*takewhile(bool, map(eq, *pair))]) for pair in pairwise(ids)), 0]  # characters, with the last
    return {each: each[: max(_SHORTEST_ID, 1 + max(alike[i : i + 2]))] for i, each in enumerate(ids)}


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise PsoasError(f'--since: expected a day like 2025-01-31, got "{written}"') from None


def _as_csv(entries: list[Entry]) -> str:
    """Return *entries* as CSV, with all times in seconds."""
    names = [name for name in NAMES if name not in {"changes", "digest", "process"}]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(each, name)) for name in names] for each in entries)
    return table.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    """Return *value* as a cell that a spreadsheet neither runs nor hides anything of."""
    if not isinstance(value, str):
        return value
    return f"'{visible(value)}" if value.lstrip(" ").startswith(_FORMULA) else visible(value)


def _as_text(entries: list[Entry], ids: dict[str, str], first: date | None, lang: Lang, *, bars: bool) -> str:
    """Return the page: the latest of *entries* (all of them if a *first* day is given), the weeks and the sums."""
    if not entries:
        return (_NOT_SINCE.filled(day=_said(first, lang)) if first else _NOTHING).said(lang)
    latest = entries if first else entries[:_SHOWN]
    lines = [columns([_row(each, ids, lang) for each in latest], strong=2)]
    if left := len(entries) - len(latest):
        lines.append(_EARLIER.filled(count=left).said(lang))
    recent = first or datetime.now().astimezone().date() - timedelta(weeks=_SHOWN)
    weeks = _weeks([each for each in entries if each.when.date() >= recent])
    if len(weeks) > 1:
        lines += ["", bold(_WEEKS.said(lang)), *_bars(weeks, lang, bars=bars)]
    lines += _tension(entries, lang)
    minutes = minutes_of(round(sum(each.practised_s for each in entries) / 60))
    total = _IN_ONE if len(entries) == 1 else _IN_ALL
    return "\n".join([*lines, "", total.filled(time=minutes, count=len(entries)).said(lang)])


def _tension(entries: list[Entry], lang: Lang) -> list[str]:
    """Say how tension changed in *entries*, if it was told often enough."""
    changes = [
        each.tension_after - each.tension_before
        for each in entries
        if each.tension_before is not None and each.tension_after is not None
    ]
    if len(changes) < _ENOUGH:
        return []
    change = sum(changes) / len(changes)
    sentence = _LESS if change < -_EVEN else _MORE if change > _EVEN else _SAME
    return ["", *wrapped(sentence.filled(count=len(changes), change=decimal(abs(change))).said(lang))]


def _row(entry: Entry, ids: dict[str, str], lang: Lang) -> tuple[str, ...]:
    """Return the row of a session: id, when, what, how long, and how it ended if it is over but was not completed."""
    state = "" if runs_on(entry) else _STATES[entry.state].said(lang)
    minutes = round(entry.practised_s / 60)
    length = minutes_of(minutes).said(lang) if minutes else clock_text(entry.practised_s)
    return shown(ids[entry.id]), _when(entry, lang), shortened(shown(entry.title), LONGEST_TITLE), length, state


def _when(entry: Entry, lang: Lang) -> str:
    return f"{_said(entry.when.date(), lang)} {entry.when:%H:%M}"


def _weeks(entries: list[Entry]) -> list[tuple[date, float]]:
    """Return the Monday and the minutes of each week with any practice, latest first."""
    found: dict[date, float] = {}
    for each in entries:
        day = each.when.date()
        monday = day - timedelta(days=day.weekday())
        found[monday] = found.get(monday, 0.0) + each.practised_s / 60
    return sorted(found.items(), reverse=True)


def _bars(weeks: list[tuple[date, float]], lang: Lang, *, bars: bool) -> list[str]:
    names = [_WEEK_OF.filled(day=_said(monday, lang)).said(lang) for monday, _ in weeks]
    column = max(map(len, names))
    room = max(4, min(_WIDEST_BAR, width() - column - 8))
    longest = max(minutes for _, minutes in weeks) or 1.0
    block = "#" if ascii_only() else "█"
    lines = []
    for name, (_, minutes) in zip(names, weeks, strict=True):
        bar = f"{block * max(1, round(room * minutes / longest))} " if bars else ""
        lines.append(f"{name:<{column}}  {bar}{round(minutes)}")
    return lines


def _said(day: date | None, lang: Lang) -> str:
    """Return *day* written out: `3 May 2025`."""
    assert day is not None
    return f"{day.day} {_MONTHS.said(lang).split()[day.month - 1]} {day.year}"
