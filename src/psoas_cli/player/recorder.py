"""The recorder: writes a session to the journal as it goes on, and finds one that was interrupted."""

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
from psoas_cli.practice.model.text import Lang, Text, capitalised
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psoas_cli.player.session import Session

_SET_ASIDE = Text(
    "The journal could not be read. It was kept as {file}, and a new one was started.",
    "Het logboek was niet meer te lezen; het is bewaard als {file}, en er is een nieuw begonnen.",
)
_NOT_KEPT = Text("{why}. The practice goes on.", "{why}. De oefening gaat door.")
_PRACTICE = "practice "  # how the command of a practice begins
_A_DAY = timedelta(days=1)
_UNSEEN = timedelta(hours=1)  # a session last written longer ago is over: no pause is that long
EVERY = 10.0
"""Seconds of practice from one write to the next: the most that is lost in a power cut."""

_PATIENCE = 3.0  # seconds to wait for pending writes at the end


def new_entry(
    timeline: Timeline, *, command: str, title: str, lang: Lang, asked_s: float | None, breath: str | None, speed: float
) -> Entry:
    """Return the entry of a session of *timeline* that begins now."""
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
    """Return the entry of a session that begins now and continues the interrupted one of *entry*."""
    now = _now()
    return replace(entry, id=_new_id(), began=now, seen=now, state="running", process=os.getpid())


def _new_id() -> str:
    return os.urandom(6).hex()


@contextmanager
def kept(entry: Entry | None, said: "dict[str, int | str | None]", lang: Lang) -> "Iterator[Recorder | None]":
    """A recorder that writes *entry* to the journal as its session goes on; None if there is no entry.

    Args:
        entry: The entry of a session that begins; None to record nothing.
        said: The person's answers so far in the check-in, by the names they have in an entry.
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
            return _NOT_KEPT.filled(why=capitalised(error.message)).said(lang)
        return _SET_ASIDE.filled(file=aside).said(lang) if aside else ""

    yield Recorder(write)


class Watch:
    """Has a session recorded, and tells the person once if that fails.

    Args:
        recorder: The recorder; None to record nothing.
    """

    def __init__(self, recorder: "Recorder | None") -> None:
        self._recorder = recorder
        self._told = False

    def __call__(self, session: "Session") -> None:
        """Record how far *session* is, if it is running."""
        if self._recorder is None:
            return
        if session.mode in ("playing", "returning"):
            self._recorder.look(session)
        if self._recorder.told and not self._told:
            self._told = True
            session.say(self._recorder.told)

    def end(self, session: "Session | None", *, interrupted: bool) -> str:
        """Record how *session* ended; return a problem that the person has not been told of, if any."""
        if self._recorder is None or session is None:
            return ""
        state = "completed" if session.finished else "interrupted" if interrupted else "ended"
        self._recorder.end(session, state)
        return "" if self._told else self._recorder.told


def interrupted(command: str | None = None) -> Entry | None:
    """Return the last session if it was a practice (of *command*, if given) interrupted within the last day."""
    entry = Journal(paths.journal_file()).latest()
    if entry is None or not entry.command.startswith(_PRACTICE) or command not in (None, entry.command):
        return None
    stopped = entry.state == "interrupted" or (entry.state == "running" and not runs_on(entry))
    return entry if stopped and _since(entry) < _A_DAY else None


def times(command: str) -> int:
    """How often the practice of *command* was begun before, at normal speed."""
    return Journal(paths.journal_file()).times(command)


def runs_on(entry: Entry) -> bool:
    """Whether the session of *entry* is still running: it was written recently, and its process exists."""
    if entry.state != "running" or _since(entry) > _UNSEEN:
        return False
    if sys.platform == "win32":  # os.kill would end the process there
        return True
    try:
        os.kill(entry.process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it exists, and belongs to someone else
        return True
    return entry.process > 0


def _since(entry: Entry) -> timedelta:
    """The time since *entry* was written last."""
    return datetime.now().astimezone() - datetime.fromisoformat(entry.seen)


def digest_of(timeline: Timeline) -> str:
    """Return a checksum that changes if the practice of *timeline* does."""
    spans = [
        (span.start, span.end, span.segment.kind, span.segment.title, span.segment.side) for span in timeline.spans
    ]
    return f"{zlib.crc32(repr(spans).encode('utf-8', 'replace')):08x}"  # hashlib would load 3.5 MB of OpenSSL


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Progress(NamedTuple):
    """How far a session has come.

    Args:
        position: Seconds from the start of the practice.
        practised: Seconds of practice, without pauses and the lead-in.
        stops: How many stops were begun.
        breaths: How many paced breaths went by.
        changes: The changes that keys made to its timeline.
    """

    position: float
    practised: float
    stops: int
    breaths: int
    changes: tuple[tuple[str, float, float], ...]


class Recorder:
    """Records how far a session is: at every span, every `EVERY` seconds of practice, and at the end.

    Args:
        write: Writes the progress and a state, in a thread; returns a problem to tell the person, if any.

    Attributes:
        told: The first problem, if any.
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
        """See how far *session* is, and write that if it is due."""
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
        """Record that *session* ended in *state*, and wait at most 3 s until that is written."""
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
            said = self._write(*order)  # even after a failure, as its cause may be gone
            self.told = self.told or said
