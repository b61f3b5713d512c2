"""How history speaks of a session: its id in short, its day, how long it took and how it ended."""

from datetime import date
from itertools import pairwise, takewhile
from operator import eq

from psoas_cli.practice.model.durations import length_in_words, minutes_of
from psoas_cli.practice.model.sensations import told
from psoas_cli.practice.model.text import Lang, Text, named_in_part, shown
from psoas_cli.storage.entry import Entry, State
from psoas_cli.storage.journal import Reading
from psoas_cli.storage.presence import runs_on

_STATES: dict[State, Text] = {
    "completed": Text("", ""),
    "ended": Text("ended early", "eerder gestopt"),
    "interrupted": Text("interrupted", "onderbroken"),
    "running": Text("interrupted", "onderbroken"),
}
_MONTHS = Text("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "jan feb mrt apr mei jun jul aug sep okt nov dec")
_WEEK_OF = Text("week of {day}", "week van {day}")
_HOURS = Text("{hours} h {minutes:02}", "{hours} u {minutes:02}")
_SHORT_MINUTES = Text("{minutes} min", "{minutes} min")
_UNDER_A_MINUTE = Text("less than a minute", "minder dan een minuut")
_ONE_SESSION = Text("1 session", "1 sessie")
_SESSIONS = Text("{count} sessions", "{count} sessies")

_SHORTEST_ID = 4
_NAMED = 5  # how many of several are named


def short_ids(found: Reading) -> dict[str, str]:
    """Return the beginning of each id that tells it from all others, by the id; at least four characters."""
    ids = sorted({*(each.id for each in found.entries), *(each.id for each in found.unreadable)})
    alike = [0, *(len([*takewhile(bool, map(eq, *pair))]) for pair in pairwise(ids)), 0]  # characters, with the last
    return {each: each[: max(_SHORTEST_ID, 1 + max(alike[i : i + 2]))] for i, each in enumerate(ids)}


def said(day: date, lang: Lang) -> str:
    """Return *day* written out: `3 May 2025`."""
    return f"{day.day} {_MONTHS.said(lang).split()[day.month - 1]} {day.year}"


def week_of(first: date, lang: Lang) -> str:
    """Return what to call the week whose *first* day that is."""
    return _WEEK_OF.filled(day=said(first, lang)).said(lang)


def when(entry: Entry, lang: Lang) -> str:
    """Return the day and the time at which the session of *entry* began, as the clock was where it was."""
    return f"{said(entry.when.date(), lang)} {entry.when:%H:%M}"


def outcome(entry: Entry, lang: Lang) -> str:
    """Return how the session of *entry* ended; empty if it was completed, or still goes on."""
    return "" if runs_on(entry) else _STATES[entry.state].said(lang)


def took(entry: Entry, lang: Lang) -> str:
    """Return how long was practised in *entry*, in whole minutes."""
    minutes = round(entry.practised_s / 60)
    return (minutes_of(minutes) if minutes else _UNDER_A_MINUTE).said(lang)


def noticed(entry: Entry, lang: Lang) -> str:
    """Return what was noticed after a rest in *entry*; empty if nothing was told of it."""
    return told(entry.felt_breath, entry.felt_belly, entry.felt_hips, lang)


def briefly(seconds: float, lang: Lang) -> str:
    """Return a sum of *seconds* for a column: `45 min`, `3 h 20`, or `20 s` if it is no minute."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return _HOURS.filled(hours=hours, minutes=minutes).said(lang)
    return _SHORT_MINUTES.filled(minutes=minutes).said(lang) if minutes else f"{seconds:.0f} s"


def in_words(seconds: float, lang: Lang) -> str:
    """Return a sum of *seconds* for a sentence: `45 minutes`, `3 hours 20 minutes`."""
    minutes = round(seconds / 60)
    return (length_in_words(60 * minutes) if minutes else _UNDER_A_MINUTE).said(lang)


def times(count: int) -> Text:
    """Return *count* sessions in words."""
    return _ONE_SESSION if count == 1 else _SESSIONS.filled(count=count)


def named(name: str, entry: Entry | None, ids: dict[str, str], lang: Lang) -> str:
    """Name the session with the id *name* in a sentence: what, when, how long; by its id alone if unreadable."""
    begin = shown(ids[name])
    return f"{begin} ({shown(entry.title)}, {when(entry, lang)}, {took(entry, lang)})" if entry else begin


def some(names: list[str], lang: Lang) -> str:
    """List *names*, the first few and how many more there are."""
    return named_in_part(names, _NAMED, lang)
