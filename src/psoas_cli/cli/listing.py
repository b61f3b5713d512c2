"""`psoas list`, and the breathing patterns."""

from psoas_cli.cli import language
from psoas_cli.cli.printing import columns, write
from psoas_cli.practice import words
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.text import Lang, decimal
from psoas_cli.store import folders
from psoas_cli.store.catalogue import Listed, listed
from psoas_cli.store.config import read_config


def print_list(asked: str | None, *, as_json: bool) -> None:
    """Print the practices there are; a file that has problems is named on standard error."""
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    practices = listed(lang)
    rows = [each for each in practices if not each.problem]
    write(_as_json(rows, lang) if as_json else _as_table(rows, lang))
    if broken := [f"{each.id}: {each.problem}" for each in practices if each.problem]:
        write("\n".join(broken), to_stderr=True)


def _as_json(rows: list[Listed], lang: Lang) -> str:
    import json

    practices = [
        {
            "id": row.id,
            "title": row.title.said(lang),
            "duration_s": row.seconds,
            "min_minutes": row.minutes[0],
            "max_minutes": row.minutes[1],
            "level": row.level,
            "props": [prop.said(lang) for prop in row.props],
            "source": row.whose,
        }
        for row in rows
    ]
    return json.dumps({"practices": practices}, ensure_ascii=False, indent=2)


def _as_table(rows: list[Listed], lang: Lang) -> str:
    whose = {"built in": words.BUILT_IN, "yours": words.YOURS}
    cells = [
        (
            row.id,
            row.title.said(lang),
            clock_text(row.seconds),
            words.RANGE.filled(low=row.minutes[0], high=row.minutes[1]).said(lang),
            words.LEVELS[row.level].said(lang) if row.level else "",
            (words.IN_PLACE if row.in_place else whose[row.whose]).said(lang),
            ", ".join(prop.said(lang) for prop in row.props),
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
            words.PER_MINUTE.filled(breaths=decimal(60 / pattern.cycle)).said(lang),
            words.HAS_PAUSES.said(lang) if pattern.has_retention else "",
        )
        for name, pattern in NAMED.items()
    ]
    write(columns(cells, strong=0))
