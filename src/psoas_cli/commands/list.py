"""`psoas list`: lists the practices, built-in and the user's own."""

from psoas_cli.cli import options
from psoas_cli.cli.console import LONGEST_TITLE, columns, write, write_json
from psoas_cli.cli.context import Context
from psoas_cli.practice.model.durations import clock_text, range_text
from psoas_cli.practice.model.text import Lang, Text, shortened, visible
from psoas_cli.practice.score.facts import LEVELS
from psoas_cli.storage.catalogue import Listed, listed
from psoas_cli.storage.sequence_files import remarks

_BUILT_IN = Text("built in", "ingebouwd")
_YOURS = Text("yours", "van jou")
_IN_PLACE = Text("yours, replaces the built-in one", "van jou, in plaats van de ingebouwde")


def command(lang: options.Language = None, as_json: options.Json = False) -> None:
    """List the practices.

    Built-in ones and your own: the yin practices first, then the others, each from short to long.

    \b
    psoas list          name, title, length, range, level and props
    psoas list --json   the same as JSON, with the length in seconds
    """
    print_list(Context(lang), as_json=as_json)


def print_list(context: Context, *, as_json: bool = False) -> None:
    """Print the practices; those whose files have problems go to standard error."""
    lang = context.lang
    practices = listed(lang)
    rows = [each for each in practices if not each.problem]
    if as_json:
        write_json({"practices": [_facts(row, lang) for row in rows]})
    else:
        write(_as_table(rows, lang))
    broken = [f"{each.id}: {each.problem}" for each in practices if each.problem]
    if told := [*broken, *remarks()]:
        write("\n".join(map(visible, told)), to_stderr=True)


def _facts(row: Listed, lang: Lang) -> dict[str, object]:
    least, most = row.minutes
    possible = least <= most
    return {
        "id": row.id,
        "title": row.title.said(lang),
        "duration_s": row.seconds,
        "min_minutes": least if possible else None,
        "max_minutes": most if possible else None,
        "level": row.level,
        "props": [prop.said(lang) for prop in row.props],
        "source": row.whose,
    }


def _as_table(rows: list[Listed], lang: Lang) -> str:
    whose = {"built in": _BUILT_IN, "yours": _YOURS}
    cells = [
        (
            row.id,
            shortened(row.title.said(lang), LONGEST_TITLE),
            clock_text(row.seconds),
            range_text(*row.bounds).said(lang),
            LEVELS[row.level].said(lang) if row.level else "",
            (_IN_PLACE if row.in_place else whose[row.whose]).said(lang),
            ", ".join(prop.said(lang) for prop in row.props),
        )
        for row in rows
    ]
    return columns(cells, strong=0)
