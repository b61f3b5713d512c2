"""A session as plain lines, one for each event, for pipes and screen readers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psoas_cli.player import grounding
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.text import Lang, Text, rows_of
from psoas_cli.practice.score.itinerary import length_of
from psoas_cli.practice.score.segments import RETURN, place_name, turn_of
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.practice.score.view import ahead_of
from psoas_cli.tui.hints import ENDING_HINT, PAUSED_HINT, key_rows
from psoas_cli.tui.status import ENDING, PAUSED, RETURNING, Status

if TYPE_CHECKING:
    from psoas_cli.player.session import Session

_COMING = Text("{name} starts in {time}", "{name}, over {time}")
_COMING_SIDE = Text("{name}, {turn}, starts in {time}", "{name}, {turn}, over {time}")
_CLOSING = Text("The practice is over. Take your time.", "De oefening is klaar. Neem de tijd.")
_INSTANT = 1e-6
_INDENT = " " * 9  # as wide as a time and what is between it and the text
_NARROWEST = 20  # columns of text, however narrow the terminal


class Lines:
    """Writes a line for each event of a session, and nothing twice.

    Args:
        session: The session.
        write: Takes lines, each ending in a newline.
        lang: The language.
        width: Returns how many columns a line may have; without it nothing wraps, as in a pipe.
    """

    breath_steps = 0

    def __init__(
        self,
        session: "Session",
        write: Callable[[str], None],
        lang: Lang,
        width: Callable[[], int] | None = None,
    ) -> None:
        self._session = session
        self._write = write
        self._lang = lang
        self._width = width
        self._told = -1.0
        self._leaps = -1
        self._moved = False  # whether the time until the last call was time to move elsewhere
        self._stood = ""
        self._there: list[str] = []  # lines already written about a position gone to during a pause
        self._asked = 0
        self._message = ""

    def resize(self, width: int, height: int) -> None:
        """Do nothing: lines fit any size."""

    def turn(self) -> bool:
        """Turn no page: lines have none."""
        return False

    def show(self, status: Status) -> None:
        """Write what has happened since the last call; after a leap, also what is told at the new position.

        Where the person has yet to move to that position, its own line waits until the hold there begins.
        """
        here = self._session.position
        leaps, landed = self._session.leap
        leapt = leaps != self._leaps
        returns = status.mode == "returning" and (leapt or self._stood != "returning")
        if leapt:
            self._told = landed - _INSTANT
        told: list[str] = []
        if not status.elsewhere:
            told = self._tell(self._told, here, ways=not (self._moved or (leapt and status.again)))
            self._told = here
        elif leapt or returns:
            self._name(status, here)
        self._moved = status.elsewhere
        known = [*told, *self._there]
        if returns:
            there = status.again
        elif leapt and here < self._session.timeline.duration:
            there = status.view.lines  # what would have been told on the way there
        else:
            there = ()
        for line in there:
            if line not in known:
                self._line(line)
        self._there = [*told, *there] if leapt and status.mode == "paused" else [] if returns else self._there
        self._leaps = leaps
        self._write_page(status)
        self._say_standing(status, returns=returns)
        if status.where and status.where.asked != self._asked:
            self._asked = status.where.asked
            self._line(" ".join(status.where.sentences))
        if status.message and status.message != self._message:
            self._line(status.message)
        self._message = status.message

    def _tell(self, after: float, until: float, *, ways: bool) -> list[str]:
        """Write the events in (*after*, *until*] as `events` gives them, and return their lines."""
        happened = events(self._session.timeline, after, until, self._lang, ways=ways)
        for at, line in happened:
            self._line(line, f"{clock_text(at):>7}  ")
        return [line for _, line in happened]

    def _say_standing(self, status: Status, *, returns: bool) -> None:
        """Write the mode of the session once when it changes, or the time to come back."""
        said = {
            "paused": PAUSED,
            "returning": None if status.elsewhere else RETURNING.filled(seconds=clock_text(status.count_in)),
            "ending": ENDING,
        }.get(status.mode)
        standing = status.mode
        if status.ground and standing != self._stood:
            for line in grounding.page(status.ground, self._lang):
                self._line(line)
        if said and (standing != self._stood or returns):
            how_on = {"paused": PAUSED_HINT, "ending": ENDING_HINT}.get(status.mode)
            self._line(f"{said.said(self._lang)}: {how_on.said(self._lang)}" if how_on else said.said(self._lang))
        self._stood = standing

    def _name(self, status: Status, here: float) -> None:
        """Write the name of the stay that the person moves to, and when it starts unless that stands still."""
        stay = self._session.timeline.stay_at(here)
        if stay:
            starting = status.mode == "returning"
            said = _starting(stay, clock_text(status.count_in), self._lang) if starting else place_name(stay.segment)
            self._line(said.said(self._lang), f"{clock_text(here):>7}  ")

    def _write_page(self, status: Status) -> None:
        """Write the keys or the pose that a screen would show as a page, and close it: here it covers nothing."""
        if status.help:
            for entry in key_rows(self._lang, self._room):
                self._rows(entry)
            rows = []
        elif status.card:
            from psoas_cli.tui.regions import card_page

            rows = [line for line, _ in card_page(status.card, self._lang) if line]
        else:
            return
        for row in rows:
            self._line(row)
        self._session.key("esc")

    @property
    def _room(self) -> int | None:
        """How many columns a text may have, or a few words each if there is less; None if nothing wraps."""
        return max(_NARROWEST, self._width() - len(_INDENT)) if self._width else None

    def _line(self, line: str, time: str = _INDENT) -> None:
        """Write *line* after *time*, its further rows below its beginning."""
        self._rows([line] if self._room is None else rows_of(line, self._room), time)

    def _rows(self, rows: list[str], time: str = _INDENT) -> None:
        self._write(f"\n{_INDENT}".join([f"{time}{rows[0]}".rstrip(), *rows[1:]]) + "\n")


def wrapped(line: str, width: int) -> list[str]:
    """*line* in rows of *width* columns, or a few words each if there is less room than for these."""
    return rows_of(line, max(_NARROWEST, width))


def events(timeline: Timeline, after: float, until: float, lang: Lang, *, ways: bool = True) -> list[tuple[float, str]]:
    """Return the events in (*after*, *until*], each with its position in seconds and its line.

    Ways in and out are left out unless *ways* is set.
    """
    begun = [
        (span.start, 0, _begun(timeline, i, lang))
        for i, span in enumerate(timeline.spans)
        if after < span.start <= until and (span.segment.kind != "scan" or span.stop)
    ]
    said = [
        (cue.at, 1, line)
        for cue in timeline.cues
        if after < cue.at <= until and cue.bell is None and (ways or cue.role != "told")
        for line in cue.shown(lang)
        if line
    ]
    over = [(timeline.duration, 2, _CLOSING.said(lang))] if after < timeline.duration <= until else []
    return [(at, line) for at, _, line in sorted([*begun, *said, *over], key=lambda each: each[:2])]


def _begun(timeline: Timeline, index: int, lang: Lang) -> str:
    """The line for the start of a span: its name and length or, for time to move, what starts next and when."""
    span = timeline.spans[index]
    length = clock_text(length_of(timeline, index))
    if not span.segment.moving:
        title = place_name(span.segment).said(lang)
        turn = turn_of(span.segment, lang)
        return f"{title}, {turn} ({length})" if turn else f"{title} ({length})"
    coming = next(ahead_of(timeline, index), None)
    if coming is None:
        return f"{RETURN.said(lang)} ({length})"
    return _starting(coming, length, lang).said(lang)


def _starting(stay: Span, length: str, lang: Lang) -> Text:
    """What starts in the time *length*, with its side and which of two that is."""
    turn = turn_of(stay.segment, lang)
    return (_COMING_SIDE if turn else _COMING).filled(name=place_name(stay.segment), turn=turn, time=length)
