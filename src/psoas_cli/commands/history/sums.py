"""What was practised in all: by week, by practice, by hour of the day. Gaps are in none of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from psoas_cli.commands.history.phrases import in_words, times, week_of
from psoas_cli.player.recorder import FROM_PIPE
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.text import Lang, Text, shown
from psoas_cli.storage.entry import Entry

By = Literal["week", "practice", "hour"]
"""What sessions can be summed up by."""

KINDS: tuple[By, ...] = get_args(By)

HEADINGS: dict[By, Text] = {
    "week": Text("By week", "Per week"),
    "practice": Text("By practice", "Per oefening"),
    "hour": Text("By hour of the day", "Per uur van de dag"),
}
"""What stands above the sums."""

_LENGTH = Text("{length} in {sessions}", "{length}, in {sessions}")
_PARTS = (  # of the day, six hours each, from midnight
    Text("night", "nacht"),
    Text("morning", "ochtend"),
    Text("afternoon", "middag"),
    Text("evening", "avond"),
)


class Sum(NamedTuple):
    """What was practised in one week, of one practice, or in one hour of the day.

    Args:
        key: The week's Monday (ISO 8601), the command of the practice, or the hour in two digits.
        part: The part of the day of an hour; otherwise empty.
        name: What to call it.
        entries: The sessions, the latest first.
    """

    key: str
    part: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def seconds(self) -> float:
        """How long was practised in all of them."""
        return seconds_of(self.entries)

    @property
    def full_name(self) -> str:
        """What to call it where nothing else says which part of the day it is in."""
        return f"{self.name} ({self.part})" if self.part else self.name


def sums(entries: Sequence[Entry], by: By, lang: Lang) -> list[Sum]:
    """Return the sums of *entries*: weeks and practices the latest first, hours in the order of the day.

    A session belongs as a whole to the week and the hour in which it began, on the clock of where that was.

    Args:
        entries: The sessions, the latest first.
        by: What to sum up by.
        lang: The language of the names; a practice has its last title in that language, if it ever had one.
    """
    groups: dict[tuple[str, str], list[Entry]] = {}
    for each in entries:
        groups.setdefault(_key(each, by), []).append(each)
    if by != "practice":
        groups = dict(sorted(groups.items(), reverse=by == "week"))
    titles = {key: _title(found, lang) for key, found in groups.items()}
    shared = {title for title, count in Counter(titles.values()).items() if count > 1}
    return [
        Sum(
            key[0],
            _PARTS[int(key[0]) // 6].said(lang) if by == "hour" else "",
            _name(key[0], by, titles[key], lang, told_apart=titles[key] in shared),
            tuple(found),
        )
        for key, found in groups.items()
    ]


def seconds_of(entries: Iterable[Entry]) -> float:
    """Return how long was practised in *entries*."""
    return sum(each.practised_s for each in entries)


def total(entries: Sequence[Entry], lang: Lang) -> str:
    """Return in words how long was practised in *entries*, and in how many sessions."""
    length = in_words(seconds_of(entries), lang)
    return _LENGTH.filled(length=length, sessions=times(len(entries))).said(lang)


def _monday(entry: Entry) -> date:
    """The first day of the week in which the session of *entry* began."""
    day = entry.when.date()
    return day - timedelta(days=day.weekday())


def _key(entry: Entry, by: By) -> tuple[str, str]:
    """What *entry* is summed up with; what came through a pipe has only its title to go by."""
    match by:
        case "week":
            return _monday(entry).isoformat(), ""
        case "hour":
            return f"{entry.when:%H}", ""
    return entry.command, entry.title if entry.command == FROM_PIPE else ""


def _title(entries: list[Entry], lang: Lang) -> str:
    return next((each for each in entries if each.lang == lang), entries[0]).title


def _name(key: str, by: By, title: str, lang: Lang, *, told_apart: bool) -> str:
    match by:
        case "week":
            return week_of(date.fromisoformat(key), lang)
        case "hour":
            return f"{int(key)}:00"
    if not told_apart:
        return shown(title)
    begun_by = key.partition(" ")[2].removeprefix(STEPS).rpartition("/")[2]
    return f"{shown(title)} ({shown(begun_by)})"
