"""The page that `psoas history` prints: the latest sessions, and what they come to."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from psoas_cli.cli.console import LONGEST_TITLE, ascii_only, bold, columns, width, wrapped
from psoas_cli.commands.history.phrases import briefly, noticed, outcome, said, took, when
from psoas_cli.commands.history.sums import HEADINGS, By, Sum, sums, total
from psoas_cli.practice.model.text import Lang, Text, cells, decimal, padded, shortened, shown
from psoas_cli.storage.entry import Entry

_NOTHING = Text(
    "No sessions yet. What you practise is kept here, on this computer only.",
    "Er staat nog niets. Wat je oefent wordt hier bewaard, alleen op deze computer.",
)
_NOT_SINCE = Text("No sessions since {day}.", "Sinds {day} is er niet geoefend.")
_IN_ALL = Text("Total: {length}.", "Samen {length}.")
_EARLIER = Text("and {count} earlier (--since shows them)", "en {count} eerder; --since laat ze zien")
_MORE: dict[By, Text] = {
    "week": Text("and {count} earlier (--by week)", "en {count} eerder (--by week)"),
    "practice": Text("and {count} more (--by practice)", "en nog {count} (--by practice)"),
}
_CALMER = Text(
    "In {count} sessions you rated your tension before and after: on average it was {change} lower afterwards.",
    "In {count} sessies gaf je je spanning voor en na aan: die was erna gemiddeld {change} lager.",
)
_TENSER = Text(
    "In {count} sessions you rated your tension before and after: on average it was {change} higher afterwards.",
    "In {count} sessies gaf je je spanning voor en na aan: die was erna gemiddeld {change} hoger.",
)
_SAME = Text(
    "In {count} sessions you rated your tension before and after: on average it stayed the same.",
    "In {count} sessies gaf je je spanning voor en na aan: die bleef gemiddeld gelijk.",
)
_AFTERWARDS = Text("After resting", "Na het rusten")

_SHOWN = 12  # sessions, weeks and practices to show to whom asks for no more
_SIDE_BY_SIDE = 100  # columns from which weeks and practices are beside each other
_GAP = 4  # columns between them
_LEAST_BAR, _WIDEST_BAR = 4, 40
_ENOUGH = 5  # the fewest sessions for a sentence on tension
_EVEN = 0.05  # on the scale of 0 to 10; a smaller change counts as none


def page(
    entries: Sequence[Entry], ids: dict[str, str], first: date | None, by: By | None, lang: Lang, *, bars: bool
) -> str:
    """Return the page on *entries*, the latest first.

    Args:
        entries: What was practised.
        ids: The beginning to show of each id.
        first: The day from which on they are, if one was asked for: then all of them are shown, else the latest.
        by: What to sum up by, without the sessions; None for the sessions with the weeks and the practices.
        lang: The language.
        bars: Whether sums have a bar; without, they are words.
    """
    if not entries:
        return (_NOT_SINCE.filled(day=said(first, lang)) if first else _NOTHING).said(lang)
    lines = _block(by, sums(entries, by, lang), lang, width(), bars=bars) if by else []
    if not by:
        latest = entries if first else entries[:_SHOWN]
        lines = columns([_row(each, ids, lang) for each in latest], strong=2).split("\n")
        if left := len(entries) - len(latest):
            lines.append(_EARLIER.filled(count=left).said(lang))
        lines += _both(entries, lang, bars=bars)
        lines += _tension(entries, lang)
        lines += _noticed(latest, lang)
    return "\n".join([*lines, "", *wrapped(_IN_ALL.filled(length=total(entries, lang)).said(lang))])


def _row(entry: Entry, ids: dict[str, str], lang: Lang) -> tuple[str, ...]:
    """Return the row of a session: id, when, what, how long, and how it ended if it is over but was not completed."""
    title = shortened(shown(entry.title), min(LONGEST_TITLE, width()))
    return shown(ids[entry.id]), when(entry, lang), title, took(entry, lang), outcome(entry, lang)


def _both(entries: Sequence[Entry], lang: Lang, *, bars: bool) -> list[str]:
    """Return the weeks and the practices, beside each other where there is room; each only if there are several."""
    found = {by: sums(entries, by, lang) for by in _MORE}
    several = {by: rows for by, rows in found.items() if len(rows) > 1}
    beside = bars and len(several) > 1 and width() >= _SIDE_BY_SIDE
    room = (width() - _GAP) // 2 if beside else width()
    blocks = []
    for by, rows in several.items():
        block = _block(by, rows[:_SHOWN], lang, room, bars=bars)
        if left := len(rows[_SHOWN:]):
            block.append(_MORE[by].filled(count=left).said(lang))
        blocks.append(block)
    if beside:
        pairs = zip_longest(*blocks, fillvalue="")
        return ["", *(f"{padded(left, room + _GAP)}{right}".rstrip() for left, right in pairs)]
    return [line for block in blocks for line in ("", *block)]


def _block(by: By, rows: Sequence[Sum], lang: Lang, room: int, *, bars: bool) -> list[str]:
    """Return *rows* under their heading in *room* columns: in words, or aligned, each with a bar if there is room."""
    heading = bold(HEADINGS[by].said(lang))
    if not bars:
        return [heading, *(line for each in rows for line in wrapped(_in_words(each, lang)))]
    names = _aligned(rows) if rows[0].part else [each.name for each in rows]
    counts = [f"{len(each.entries)}×" for each in rows]  # noqa: RUF001 - the sign of times
    lengths = [briefly(each.seconds, lang) for each in rows]
    counted, timed = max(map(len, counts)), max(map(len, lengths))
    taken = counted + timed + 4
    column = min(max(map(cells, names)), max(1, room - taken))
    bar = min(_WIDEST_BAR, room - column - taken - 2)
    longest = max(each.seconds for each in rows) or 1.0
    block = "#" if ascii_only() else "█"
    lines = [heading]
    for name, count, length, each in zip(names, counts, lengths, rows, strict=True):
        drawn = "  " + block * max(1, round(bar * each.seconds / longest)) if bar >= _LEAST_BAR else ""
        lines.append(f"{padded(shortened(name, column), column)}  {count:>{counted}}  {length:>{timed}}{drawn}")
    return lines


def _aligned(rows: Sequence[Sum]) -> list[str]:
    """Return the hours below each other, each part of the day named where it begins."""
    widest = max(len(each.part) for each in rows)
    parts = [before.part if before else "" for before in (None, *rows)]
    return [
        f"{'' if each.part == part else each.part:<{widest}}  {each.name:>5}"
        for each, part in zip(rows, parts, strict=False)
    ]


def _in_words(each: Sum, lang: Lang) -> str:
    return f"{each.full_name}: {total(each.entries, lang)}"


def _tension(entries: Sequence[Entry], lang: Lang) -> list[str]:
    """Say how tension changed in *entries*, if it was told often enough."""
    changes = [
        each.tension_after - each.tension_before
        for each in entries
        if each.tension_before is not None and each.tension_after is not None
    ]
    if len(changes) < _ENOUGH:
        return []
    change = sum(changes) / len(changes)
    sentence = _CALMER if change < -_EVEN else _TENSER if change > _EVEN else _SAME
    return ["", *wrapped(sentence.filled(count=len(changes), change=decimal(abs(change))).said(lang))]


def _noticed(entries: Sequence[Entry], lang: Lang) -> list[str]:
    """Say what was noticed after a rest in those of *entries* in which it was told."""
    told = [(entry, words) for entry in entries if (words := noticed(entry, lang))]
    lines = [line for entry, words in told for line in wrapped(f"{words}.", f"{when(entry, lang)}: ")]
    return ["", bold(_AFTERWARDS.said(lang)), *lines] if told else []
