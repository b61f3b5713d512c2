"""A session in the journal: begun, kept, ended, and taken up again where it was interrupted."""

import os
import sys
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psoas_cli.player.session import Session

_SET_ASIDE = Text(
    "The journal could not be read any more; it was set aside as {file}, and a new one is begun.",
    "Het logboek was niet meer te lezen; het is bewaard als {file}, en er is een nieuw begonnen.",
)
_NOT_KEPT = Text("{why}. The practice goes on.", "{why}. De oefening gaat door.")
_PRACTICE = "practice "  # what the commands begin with that a practice has
_A_DAY = timedelta(days=1)
_UNSEEN = timedelta(hours=1)  # after which a session that nobody ended is over: a pause may be long, not so long
EVERY = 10.0
"""Seconds of practice after which it is written again: what is lost at most when the power goes."""

_PATIENCE = 3.0  # seconds that the end waits for what is still to be written


def new_entry(
    timeline: Timeline, *, command: str, title: str, lang: Lang, asked_s: float | None, breath: str | None, speed: float
) -> Entry:
    """A session of *timeline* that begins now."""
    now = _now()
    return Entry(
        id=_new_id(),
        began=now,
        seen=now,
        state="running",
        command=command,
        title=title,
        lang=lang,
        asked_s=asked_s,
        breath=breath,
        length_s=timeline.duration,
        speed=speed,
        digest=digest_of(timeline),
        process=os.getpid(),
        sessions=timeline.sessions,
    )


def renewed(entry: Entry) -> Entry:
    """A session that begins now and goes on where that of *entry* was interrupted."""
    now = _now()
    return replace(entry, id=_new_id(), began=now, seen=now, state="running", process=os.getpid())


def _new_id() -> str:
    return os.urandom(6).hex()


@contextmanager
def kept(entry: Entry | None, said: "dict[str, int | str | None]", lang: Lang) -> "Iterator[Recorder | None]":
    """A keeper that writes *entry* into the journal as its session goes on; None where nothing is to be kept.

    Args:
        entry: A session that begins.
        said: What the person said of it up to now, by the names that it has in an entry.
        lang: The language.
    """
    if entry is None:
        yield None
        return

    journal = Journal(paths.journal_file())

    def write(progress: "Progress", state: str) -> str:
        row = replace(
            entry,
            seen=_now(),
            state=state,  # type: ignore[arg-type] # a State
            position_s=progress.position,
            practised_s=progress.practised,
            stops=progress.stops,
            breaths=progress.breaths,
            changes=progress.changes,
            **said,  # type: ignore[arg-type] # by their names
        )
        try:
            aside = journal.write(row)
        except PsoasError as error:
            return _NOT_KEPT.filled(why=error.message[:1].upper() + error.message[1:]).said(lang)
        return _SET_ASIDE.filled(file=aside).said(lang) if aside else ""

    yield Recorder(write)


class Watch:
    """Keeps a session, and tells the person once what is wrong with that.

    Args:
        keeper: Writes it down; None where nothing does.
    """

    def __init__(self, keeper: "Recorder | None") -> None:
        self._keeper = keeper
        self._told = False

    def __call__(self, session: "Session") -> None:
        """Look at *session* as it is now."""
        if self._keeper is None:
            return
        if session.mode in ("playing", "returning"):
            self._keeper.look(session)
        if self._keeper.told and not self._told:
            self._told = True
            session.say(self._keeper.told)

    def end(self, session: "Session | None", *, interrupted: bool) -> str:
        """Write down how *session* ended; what could not be told while it ran."""
        if self._keeper is None or session is None:
            return ""
        state = "completed" if session.finished else "interrupted" if interrupted else "ended"
        self._keeper.end(session, state)
        return "" if self._told else self._keeper.told


def interrupted(command: str | None = None) -> Entry | None:
    """The last session, where it was a practice that was interrupted within a day; of *command* where one is given."""
    entry = Journal(paths.journal_file()).latest()
    if entry is None or not entry.command.startswith(_PRACTICE) or command not in (None, entry.command):
        return None
    stopped = entry.state == "interrupted" or (entry.state == "running" and not runs_on(entry))
    return entry if stopped and _since(entry) < _A_DAY else None


def times(command: str) -> int:
    """How often what *command* begins was practised before."""
    return Journal(paths.journal_file()).times(command)


def runs_on(entry: Entry) -> bool:
    """Whether the session of *entry* goes on in another program: it was written not long ago, and that is there."""
    if entry.state != "running" or _since(entry) > _UNSEEN:
        return False
    if sys.platform == "win32":  # asking there would end it
        return True
    try:
        os.kill(entry.process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there, and somebody else's
        return True
    return entry.process > 0


def _since(entry: Entry) -> timedelta:
    """The time since *entry* was written last."""
    return datetime.now().astimezone() - datetime.fromisoformat(entry.seen)


def digest_of(timeline: Timeline) -> str:
    """What changes when the practice of *timeline* does."""
    spans = [
        (span.start, span.end, span.segment.kind, span.segment.title, span.segment.side) for span in timeline.spans
    ]
    return f"{zlib.crc32(repr(spans).encode('utf-8', 'replace')):08x}"  # hashlib would bring 3.5 MB of OpenSSL with it


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Progress(NamedTuple):
    """How far a session came.

    Args:
        position: Seconds from the start of the practice.
        practised: Seconds of practice, without pauses and the lead-in.
        stops: How many stops were begun.
        breaths: How many paced breaths went by.
        changes: What keys changed of its timeline.
    """

    position: float
    practised: float
    stops: int
    breaths: int
    changes: tuple[tuple[str, float, float], ...]


class Recorder:
    """Writes down how far a session is: at every span, every ten seconds of practice, and in the end.

    Args:
        write: Writes it, and may take its time; what it returns is told to the person once.
    """

    def __init__(self, write: Callable[[Progress, str], str]) -> None:
        self.told = ""
        self._write = write
        self._orders: SimpleQueue[tuple[Progress, str] | None] = SimpleQueue()
        self._writer = Thread(target=self._work, name="psoas-journal", daemon=True)
        self._writer.start()
        self._index, self._leaps = -1, -1
        self._practised = 0.0
        self._stops: set[int] = set()
        self._breaths = 0
        self._breath: tuple[int, int] | None = None

    def look(self, session: "Session") -> None:
        """See how far *session* is, and write it down where it is time to."""
        before = self._index
        self._see(session)
        if self._index != before or session.practised - self._practised >= EVERY:
            self._practised = session.practised
            self._orders.put((self._progress(session), "running"))

    def _see(self, session: "Session") -> None:
        """Count the stops and breaths up to now."""
        index = session.timeline.index_at(session.position)
        span = session.timeline.spans[index]
        leaps, landed = session.leap
        first = self._index if leaps == self._leaps else session.timeline.index_at(landed)
        begun = range(first, index + 1)
        self._stops |= {each.stop for each in map(session.timeline.spans.__getitem__, begun) if each.stop}
        breath = span.course.at(session.position - span.start) if span.course else None
        now = (index, breath.number) if breath else None
        self._breaths += self._breath is not None and now != self._breath
        self._breath = now
        self._index, self._leaps = index, leaps

    def end(self, session: "Session", state: str) -> None:
        """Write down that *session* came to its end by *state*, and wait for that a little."""
        self._see(session)
        self._orders.put((self._progress(session), state))
        self._orders.put(None)
        self._writer.join(_PATIENCE)

    def _progress(self, session: "Session") -> Progress:
        changes = tuple(session.changes)
        return Progress(
            round(session.position, 3), round(session.practised, 3), len(self._stops), self._breaths, changes
        )

    def _work(self) -> None:
        while order := self._orders.get():
            said = self._write(*order)  # also after a failure: what was in the way may be gone
            self.told = self.told or said
