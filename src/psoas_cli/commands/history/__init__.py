"""`psoas history`: shows the sessions in the journal. What was practised counts; gaps do not."""

import csv
import io
from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from psoas_cli.cli import options
from psoas_cli.cli.console import wrapped, write, write_data, write_json
from psoas_cli.cli.context import Context
from psoas_cli.commands.history.phrases import short_ids, some
from psoas_cli.commands.history.sums import KINDS, By, sums
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text, shown, visible
from psoas_cli.storage import paths
from psoas_cli.storage.entry import NAMES, Entry
from psoas_cli.storage.journal import Journal

_REHEARSED = Text(
    "No sessions yet, only rehearsals: {count}. psoas history --json lists them.",
    "Er staat nog niets; wel {count} keer op een ander tempo. psoas history --json noemt die.",
)
_UNREADABLE = Text(
    "Passed over, because it cannot be read: {rows}. psoas history --delete ID deletes it.",
    "Overgeslagen, want niet te lezen: {rows}. psoas history --delete ID haalt het weg.",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a cell begins that a spreadsheet would not take as text


def command(
    lang: options.Language = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Sessions from this day on, for example 2025-01-31.")
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(
            "--by",
            help="Only the sums: by week, by practice, or by the hour in which you began.",
            show_default=False,
            **options.one_of(KINDS),
        ),
    ] = None,
    as_json: options.Json = False,
    plain: Annotated[bool, typer.Option("--plain", help="Words and numbers, without bars.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV output, a row a session.")] = False,
    delete: Annotated[
        str | None, typer.Option("--delete", metavar="ID", help="Delete the session whose id begins like this.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --delete: don't ask.")] = False,
) -> None:
    """Look back at what you practised.

    Shows your sessions, each with the beginning of its id, and what they come to by week and by practice. What you did
    counts; gaps do not. With --json the sums follow the sessions; with --by they stand alone.

    \b
    psoas history                      the sessions, the weeks and the practices
    psoas history --by hour            when in the day you practise
    psoas history --since 2025-01-01   from that day on
    psoas history --csv                as CSV, for a spreadsheet
    psoas history --delete 3fa9        delete one, by the id in front of it

    On the home screen (psoas alone), h shows it on the full screen, with what you answered and wrote down.
    """
    if as_json and as_csv:
        raise PsoasError("--json and --csv are two kinds of output", "ask for one of them")
    if by and as_csv:
        raise PsoasError("--csv has a row a session, and no sums", f"--json --by {by} has them for programs")
    if delete is not None:
        from psoas_cli.commands.history import deletion

        deletion.delete(delete, Context(lang).lang, asks=not yes)
    else:
        _print(Context(lang), since, by, plain=plain, as_json=as_json, as_csv=as_csv)


def _print(context: Context, since: str | None, by: By | None, *, plain: bool, as_json: bool, as_csv: bool) -> None:
    """Print the sessions or their sums, only from the day *since* on if it is given, and without bars if *plain*.

    Raises:
        PsoasError: The journal cannot be read, or *since* is not a day.
    """
    first = _day(since)
    found = Journal(paths.journal_file()).read()
    ids = short_ids(found)
    entries = [each for each in found.entries if first is None or each.when.date() >= first]
    practised = [each for each in entries if each.speed == 1]
    if as_json:
        write_json(_as_json(entries, practised, by, context.lang))
    elif as_csv:
        write_data(_as_csv(entries))
    elif found.entries and not any(each.speed == 1 for each in found.entries):
        write(_REHEARSED.filled(count=len(found.entries)).said(context.lang))
    else:
        from psoas_cli.commands.history.session_page import page

        write(page(practised, ids, first, by, context.lang, bars=not plain))
    if found.unreadable:
        rows = [f"{shown(ids[each.id])} ({each.column})" for each in found.unreadable]
        named = _UNREADABLE.filled(rows=some(rows, context.lang)).said(context.lang)
        if as_json or as_csv:
            write(named, to_stderr=True)
        else:
            write("\n".join(["", *wrapped(named)]))


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise PsoasError(f'--since: expected a day like 2025-01-31, got "{written}"') from None


def _as_json(entries: list[Entry], practised: list[Entry], by: By | None, lang: Lang) -> dict[str, object]:
    """Return all *entries*, rehearsals too, and the sums of what was *practised*; only those if asked for with *by*."""
    sessions = [{**asdict(each), "changes": list(map(list, each.changes))} for each in entries]
    totals: dict[str, object] = {
        kind: [
            {
                kind: int(each.key) if kind == "hour" else each.key,
                "name": each.name,
                "sessions": len(each.entries),
                "practised_s": each.seconds,
            }
            for each in sums(practised, kind, lang)
        ]
        for kind in ([by] if by else KINDS)
    }
    return {"sums": totals} if by else {"sessions": sessions, "sums": totals}


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
