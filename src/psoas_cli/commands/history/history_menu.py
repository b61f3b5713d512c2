"""History on the full screen: the sessions week by week, with all that is known of each, and their sums."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from psoas_cli.commands.history.phrases import briefly, noticed, outcome, short_ids, took, when
from psoas_cli.commands.history.sums import HEADINGS, By, Sum, seconds_of, sums, total
from psoas_cli.errors import PsoasError
from psoas_cli.player.browser import browse
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.model.text import Lang, Text, capitalised, sentence, shown
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import listed
from psoas_cli.storage.entry import Entry
from psoas_cli.storage.journal import SHORTEST, Journal, Reading, Unreadable
from psoas_cli.storage.presence import runs_on
from psoas_cli.tui.history_state import HOUR_KEYS, PRACTICE_KEYS, SESSION_KEYS, Past, hints_of
from psoas_cli.tui.menu import Menu, Row

if TYPE_CHECKING:
    from psoas_cli.cli.context import Context
    from psoas_cli.player.loop import Window  # imports all of a session
    from psoas_cli.practice.model.figure import Figure
    from psoas_cli.tui.regions import Block, Line
    from psoas_cli.tui.screen import Screen

_SESSIONS = Text("Your sessions", "Je sessies")
_IN_ALL = Text("{title} · {length} in all", "{title} · samen {length}")
_NOTHING = Text("Nothing here yet", "Hier staat nog niets")
_WILL_BE = Text(
    "What you practise is kept here, on this computer only.",
    "Wat je oefent wordt hier bewaard, alleen op deze computer.",
)
_NO_JOURNAL = Text("The journal cannot be read", "Het logboek is niet te lezen")
_DAYS = Text("Mon Tue Wed Thu Fri Sat Sun", "ma di wo do vr za zo")
_CANNOT_BE_READ = Text("Cannot be read", "Niet te lezen")
_WRONG = Text(
    "The column {column} of this row holds what psoas never wrote there. It is passed over; d deletes it.",
    "In de kolom {column} van deze rij staat iets wat psoas daar nooit schreef. Hij telt niet mee; d verwijdert hem.",
)
_GOES_ON = Text("it is still going on", "deze is nu nog bezig")
_TENSION = Text("Tension: {told}", "Spanning: {told}")
_BREATH = Text("Breath: {told}", "Adem: {told}")
_BEFORE = Text("{number} before", "{number} ervoor")
_AFTER = Text("{number} after", "{number} erna")
_ID = Text("id {id}", "id {id}")
_LAST = Text("Last time: {when}", "Laatste keer: {when}")
_DELETED = Text("Deleted: {session}", "Verwijderd: {session}")

_BLANK: "Line" = ("", "plain")


def look_back(window: "Window", screen: "Screen", context: "Context") -> str | None:
    """Show history until the person goes back; return the command of the practice that was chosen again, if any.

    Args:
        window: The source of keys and resizes, already entered.
        screen: Shows the lists.
        context: The language.
    """
    journal = Journal(paths.journal_file())
    past, found = _opened(journal, context.lang)

    def show(past: Past, _: "Figure | None") -> None:
        screen.menu(past.menu, hints_of(past))

    while True:
        past = browse(past, window, screen, show=show)
        if past.outcome != "delete":
            return past.again if past.outcome == "choose" else None
        note = _deleted(journal, found, past.names[past.menu.at], context.lang)
        at = past.menu.at
        past, found = _opened(journal, context.lang)
        sessions, *others = past.views
        past = replace(past, views=(replace(sessions, cursor=at, note=note), *others))


def _deleted(journal: Journal, found: Reading, name: str, lang: Lang) -> str:
    """Delete the session with the id *name*; return what to say of it."""
    entry = next((each for each in found.entries if each.id == name), None)
    if entry and runs_on(entry):  # it would be written again
        return capitalised(sentence(_GOES_ON.said(lang)))
    try:
        journal.delete(name)
    except PsoasError as error:
        return sentence(capitalised(error.message))
    session = f"{shown(entry.title)}, {when(entry, lang)}" if entry else shown(short_ids(found)[name])
    return _DELETED.filled(session=session).said(lang)


def _opened(journal: Journal, lang: Lang) -> tuple[Past, Reading]:
    """Return history as it opens, and what the journal holds."""
    try:
        found = journal.read()
    except PsoasError as error:
        told: Block = tuple((sentence(capitalised(each)), "plain") for each in (error.message, error.hint) if each)
        return past_of(Reading([], []), lang, Row(_NO_JOURNAL.said(lang), about=told, faint=True)), Reading([], [])
    nothing = Row(_NOTHING.said(lang), about=((_WILL_BE.said(lang), "plain"),), faint=True)
    return past_of(found, lang, nothing), found


def past_of(found: Reading, lang: Lang, nothing: Row) -> Past:
    """Return history as it opens.

    Args:
        found: What the journal holds.
        lang: The language.
        nothing: The row in a list that would be empty.
    """
    practised = [each for each in found.entries if each.speed == 1]
    ids = short_ids(found)
    length = briefly(seconds_of(practised), lang)

    def view(title: Text, rows: Sequence[Row], keys: tuple[tuple[str, Text], ...]) -> Menu:
        named = _IN_ALL.filled(title=title, length=length) if practised else title
        return Menu(named.said(lang), tuple(rows) or (nothing,), lang, keys=keys)

    weeks = sums(practised, "week", lang)
    sessions = [_session(each, week, ids, lang) for week in weeks for each in week.entries]
    unread = [_unread(each, ids, lang) for each in found.unreadable]
    practices, hours = sums(practised, "practice", lang), sums(practised, "hour", lang)
    offered = _offered(lang)

    def begun_by(entry: Entry) -> str:
        return entry.command if entry.command in offered else ""

    return Past(
        (
            view(_SESSIONS, [*sessions, *unread], SESSION_KEYS),
            view(HEADINGS["practice"], [_sum(each, "practice", lang) for each in practices], PRACTICE_KEYS),
            view(HEADINGS["hour"], [_sum(each, "hour", lang) for each in hours], HOUR_KEYS),
        ),
        (*(each.id for week in weeks for each in week.entries), *(each.id for each in found.unreadable)),
        (
            tuple(begun_by(each) for week in weeks for each in week.entries),
            tuple(begun_by(each.entries[0]) for each in practices),
            (),
        ),
    )


def _offered(lang: Lang) -> set[str]:
    """The commands of what can be chosen on the home screen at any time."""
    return {f"practice {row.id}" for row in listed(lang) if not row.problem} | {f"breathe {name}" for name in NAMED}


def _session(entry: Entry, week: Sum, ids: dict[str, str], lang: Lang) -> Row:
    """The row of a session, under its week and how long was practised in that."""
    day = entry.when
    weekday = _DAYS.said(lang).split()[day.weekday()]
    title, length = shown(entry.title), took(entry, lang)
    ended = ", ".join(filter(None, (length, outcome(entry, lang) or (_GOES_ON.said(lang) if runs_on(entry) else ""))))
    felt = [
        *_felt(_TENSION, entry.tension_before, entry.tension_after, lang),
        *_felt(_BREATH, entry.breath_before, entry.breath_after, lang),
        *(((capitalised(sentence(rested)), "plain"),) if (rested := noticed(entry, lang)) else ()),
    ]
    line: Block = ((shown(entry.line), "plain"),) if entry.line else ()
    return Row(
        f"{weekday} {day.day:>2} {day:%H:%M}  {title}",
        briefly(entry.practised_s, lang),
        f"{capitalised(week.name)} · {briefly(week.seconds, lang)}",
        about=(
            (title, "name"),
            _BLANK,
            (when(entry, lang), "plain"),
            (ended, "strong"),
            *([_BLANK] if felt or line else []),
            *felt,
            *line,
            _BLANK,
            (_ID.filled(id=shown(ids[entry.id])).said(lang), "faint"),
        ),
        brief=((title, "name"), (f"{when(entry, lang)} · {ended}", "plain"), *(line or felt)[:1]),
    )


def _felt(heading: Text, before: int | None, after: int | None, lang: Lang) -> "Block":
    """What was answered before and after a practice, in a line; none if nothing was."""
    answers = [text.filled(number=each) for text, each in ((_BEFORE, before), (_AFTER, after)) if each is not None]
    if not answers:
        return ()
    return ((heading.filled(told=", ".join(each.said(lang) for each in answers)).said(lang), "plain"),)


def _unread(row: Unreadable, ids: dict[str, str], lang: Lang) -> Row:
    """A row of the journal that is no session."""
    told = _WRONG.filled(column=row.column).said(lang)
    return Row(shown(ids[row.id]), heading=_CANNOT_BE_READ.said(lang), about=((told, "plain"),), faint=True)


def _sum(each: Sum, by: By, lang: Lang) -> Row:
    """The row of a practice, with the last time; or of an hour, with what was practised in it."""
    if by == "hour":
        found = sums(each.entries, "practice", lang)
        told: Block = tuple((f"{one.name}: {' '.join(_length(one, lang).split())}", "plain") for one in found)
    else:  # a try is no last time on the home screen either
        last = next((entry for entry in each.entries if entry.practised_s >= SHORTEST), each.entries[0])
        told = ((_LAST.filled(when=when(last, lang)).said(lang), "plain"),)
    return Row(
        each.name,
        _length(each, lang),
        capitalised(each.part),
        about=((each.full_name, "name"), _BLANK, (capitalised(total(each.entries, lang)), "strong"), *told),
        brief=((capitalised(total(each.entries, lang)), "strong"), *told[:2]),
    )


def _length(each: Sum, lang: Lang) -> str:
    return f"{len(each.entries)}× {briefly(each.seconds, lang):>7}"  # noqa: RUF001 - the sign of times
