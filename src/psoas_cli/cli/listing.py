"""`psoas list`, and the breathing patterns."""

from typing import NamedTuple

from psoas_cli.cli import language
from psoas_cli.cli.printing import columns, write
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.fitting import as_written, feasible_minutes
from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.text import Lang, Text
from psoas_cli.store import folders
from psoas_cli.store.config import read_config
from psoas_cli.store.library import Entry, Library


class _Row(NamedTuple):
    entry: Entry
    sequence: Sequence
    seconds: float
    range: tuple[int, int]


def print_list(asked: str | None, *, as_json: bool) -> None:
    """Print the practices there are; a file that has problems is named on standard error."""
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    library = Library(lang)
    rows, broken = [], []
    for entry in library.entries.values():
        try:
            sequence = library.sequence(entry.id)
        except PsoasError as error:
            broken.append(f"{entry.id}: {error.message.splitlines()[0]}")
            continue
        seconds = sum(as_written(sequence).lengths)
        rows.append(_Row(entry, sequence, seconds, feasible_minutes(sequence)))
    write(_as_json(rows, lang) if as_json else _as_table(rows, lang))
    if broken:
        write("\n".join(broken), to_stderr=True)


def _as_json(rows: list[_Row], lang: Lang) -> str:
    import json

    practices = [
        {
            "id": row.entry.id,
            "title": row.sequence.title.said(lang),
            "duration_s": row.seconds,
            "min_minutes": row.range[0],
            "max_minutes": row.range[1],
            "level": row.sequence.level,
            "props": [prop.said(lang) for prop in row.sequence.props],
            "source": row.entry.whose,
        }
        for row in rows
    ]
    return json.dumps({"practices": practices}, ensure_ascii=False, indent=2)


def _as_table(rows: list[_Row], lang: Lang) -> str:
    whose = {"built in": words.BUILT_IN, "yours": words.YOURS}
    cells = [
        (
            row.entry.id,
            row.sequence.title.said(lang),
            clock_text(row.seconds),
            words.RANGE.filled(low=row.range[0], high=row.range[1]).said(lang),
            words.LEVELS[row.sequence.level].said(lang) if row.sequence.level else "",
            whose[row.entry.whose].said(lang),
            ", ".join(prop.said(lang) for prop in row.sequence.props),
        )
        for row in rows
    ]
    return columns(cells, strong=0)


def print_patterns(asked: str | None) -> None:
    """Print the breathing patterns that have names."""
    from psoas_cli.practice.patterns import NAMED, title_of

    lang = language.choose(asked, read_config(folders.config_file()).lang)
    cells = [
        (
            name,
            pattern.counts,
            title_of(pattern).said(lang),
            words.PER_MINUTE.filled(breaths=_decimal(60 / pattern.cycle)).said(lang),
            words.HAS_PAUSES.said(lang) if pattern.has_retention else "",
        )
        for name, pattern in NAMED.items()
    ]
    write(columns(cells, strong=0))


def _decimal(number: float) -> Text:
    """A number with at most one decimal, as each language writes it."""
    written = f"{number:.1f}".removesuffix(".0")
    return Text(written, written.replace(".", ","))
