"""`psoas history`: shows the sessions in the journal. What was practised counts; gaps do not."""

import csv
import io
import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from psoas_cli.cli import options
from psoas_cli.cli.console import ascii_only, bold, columns, width, wrapped, write
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.recorder import runs_on
from psoas_cli.practice.model.durations import clock_text, minutes_of
from psoas_cli.practice.model.text import Lang, Text, decimal
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Entry, Journal, State

_NOTHING = Text(
    "No sessions yet. What you practise is kept here, on this computer only.",
    "Er staat nog niets. Wat je oefent wordt hier bewaard, alleen op deze computer.",
)
_NOT_SINCE = Text("No sessions since {day}.", "Sinds {day} is er niet geoefend.")
_IN_ALL = Text("Total: {time} in {count} sessions.", "Samen {time} in {count} keer.")
_IN_ONE = Text("Total: {time} in 1 session.", "Samen {time} in één keer.")
_WEEKS = Text("Minutes per week", "Minuten per week")
_WEEK_OF = Text("week of {day}", "week van {day}")
_EARLIER = Text("and {count} earlier (--since shows them)", "en {count} eerder; --since laat ze zien")
_DELETED = Text("Deleted.", "{id} is weggelaten.")
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
    delete: Annotated[str | None, typer.Option("--delete", metavar="ID", help="Delete this session.")] = None,
) -> None:
    """Look back at what you practised.

    Shows your sessions, and the minutes of each week. What you did counts; gaps do not.

    \b
    psoas history                      the sessions and the weeks
    psoas history --since 2025-01-01   from that day on
    psoas history --csv                as CSV, for a spreadsheet
    psoas history --delete 3fa9c1d2    delete one for good
    """
    if delete is not None:
        _delete(delete, Context(lang))
    else:
        _print(Context(lang), since, plain=plain, as_json=as_json, as_csv=as_csv)


def _print(context: Context, since: str | None, *, plain: bool, as_json: bool, as_csv: bool) -> None:
    """Print the sessions, only those from the day *since* on if it is given, and without bars if *plain*.

    Raises:
        PsoasError: The journal cannot be read, or *since* is not a day.
    """
    journal, first = Journal(paths.journal_file()), _day(since)
    day = first.isoformat() if first else ""
    if as_json:
        sessions = [{**asdict(each), "changes": list(map(list, each.changes))} for each in journal.entries(day)]
        write(json.dumps({"sessions": sessions}, ensure_ascii=False, indent=2))
    elif as_csv:
        write(_as_csv(journal.entries(day)))
    else:
        write(_as_text(journal, first, context.lang, bars=not plain))


def _delete(name: str, context: Context) -> None:
    """Delete the session with the id *name*.

    Raises:
        PsoasError: There is no such session, or it cannot be deleted.
    """
    if not Journal(paths.journal_file()).delete(name):
        raise PsoasError(f'there is no session "{name}"', "psoas history --json shows the ids", exit_code=1)
    write(_DELETED.filled(id=name).said(context.lang))


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise PsoasError(f'--since: expected a day like 2025-01-31, got "{written}"') from None


def _as_csv(entries: list[Entry]) -> str:
    """Return *entries* as CSV, with all times in seconds."""
    names = [name for name in asdict(entries[0]) if name not in {"changes", "digest", "process"}] if entries else []
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(names or ["id"])
    writer.writerows([getattr(each, name) for name in names] for each in entries)
    return table.getvalue().rstrip("\n")


def _as_text(journal: Journal, first: date | None, lang: Lang, *, bars: bool) -> str:
    day = first.isoformat() if first else ""
    count, seconds = journal.total(day)
    if not count:
        return (_NOT_SINCE.filled(day=_said(first, lang)) if first else _NOTHING).said(lang)
    shown = journal.entries(day, -1 if first else _SHOWN, rehearsed=False)
    lines = [columns([_row(each, lang) for each in shown], strong=1)]
    if left := count - len(shown):
        lines.append(_EARLIER.filled(count=left).said(lang))
    recent = first or datetime.now().astimezone().date() - timedelta(weeks=_SHOWN)
    weeks = _weeks(journal.days(recent.isoformat()))
    if len(weeks) > 1:
        lines += ["", bold(_WEEKS.said(lang)), *_bars(weeks, lang, bars=bars)]
    total = _IN_ONE if count == 1 else _IN_ALL
    told, change = journal.tension(day)
    if told >= _ENOUGH:
        sentence = _LESS if change < -_EVEN else _MORE if change > _EVEN else _SAME
        by = decimal(abs(change))
        lines += ["", *wrapped(sentence.filled(count=told, change=by).said(lang))]
    return "\n".join([*lines, "", total.filled(time=minutes_of(round(seconds / 60)), count=count).said(lang)])


def _row(entry: Entry, lang: Lang) -> tuple[str, ...]:
    """Return the row of a session: when, what, how long, and how it ended if it is over but was not completed."""
    state = "" if runs_on(entry) else _STATES[entry.state].said(lang)
    minutes = round(entry.practised_s / 60)
    length = minutes_of(minutes).said(lang) if minutes else clock_text(entry.practised_s)
    when = f"{_said(entry.when.date(), lang)} {entry.when:%H:%M}"
    return when, entry.title, length, state


def _weeks(days: list[tuple[date, float]]) -> list[tuple[date, float]]:
    """Return the Monday and the minutes of each week with any practice, latest first."""
    found: dict[date, float] = {}
    for day, seconds in days:
        monday = day - timedelta(days=day.weekday())
        found[monday] = found.get(monday, 0.0) + seconds / 60
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
