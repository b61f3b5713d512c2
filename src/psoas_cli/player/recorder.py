"""The recorder: writes a session to the journal as it goes on, and finds one that was interrupted."""

import os
import zlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text, capitalised, sentence
from psoas_cli.storage import paths
from psoas_cli.storage.entry import Entry, State, readable
from psoas_cli.storage.journal import Journal
from psoas_cli.storage.presence import present, runs_on
from psoas_cli.threads import begun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psoas_cli.player.session import Session
    from psoas_cli.practice.score.timeline import Timeline  # takes longer to import than history to show

_SET_ASIDE = Text(
    "The journal could not be read. It was kept as {file}, and a new one was started.",
    "Het logboek was niet meer te lezen; het is bewaard als {file}, en er is een nieuw begonnen.",
)
_GOES_ON = Text("{problem} The practice goes on.", "{problem} De oefening gaat door.")
_FAILED = Text("The journal cannot be written: {why}.", "In het logboek kan niet geschreven worden: {why}.")
_GIVEN_UP = Text(
    "The journal takes too long to write; the end of this session may be missing in it.",
    "Het logboek laat te lang op zich wachten; het einde van deze keer staat er misschien niet in.",
)
PRACTICE = "practice "
"""How the command of a practice begins, before its name."""

FROM_PIPE = f"{PRACTICE}-"
"""The command of a practice that came through a pipe."""

_A_DAY = timedelta(hours=24)
_ANY_ZONE = timedelta(hours=26)  # how far apart two clocks on the wall can be
EVERY = 10.0
"""Seconds of practice from one write to the next: the most that is lost in a power cut.

Who resumed for less has only looked.
"""

_PATIENCE = 6.0  # seconds at the end: for the write under way and the last one, each of which may wait for a lock


def new_entry(
    timeline: "Timeline",
    *,
    command: str,
    title: str,
    lang: Lang,
    asked_s: float | None,
    breath: str | None,
    speed: float,
    avoid: str = "",
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
        avoid=avoid,
        length_s=timeline.duration,
        speed=speed,
        digest=digest_of(timeline),
        process=os.getpid(),
        sessions=timeline.sessions,
        heard=is_breath_heard(timeline),
    )


def renewed(entry: Entry, speed: float) -> Entry:
    """Return the entry of a session at *speed* that begins now and continues the interrupted one of *entry*."""
    now, own = _now(), os.getpid()
    return replace(
        entry, id=_new_id(), began=now, seen=now, state="running", process=own, speed=speed, continues=entry.id
    )


def is_breath_heard(timeline: "Timeline") -> bool:
    """Whether a breath is to be heard in *timeline*."""
    return any(span.course and span.segment.sound not in ("none", "words") for span in timeline.spans)


def _new_id() -> str:
    return os.urandom(6).hex()


@contextmanager
def kept(entry: Entry | None, said: "dict[str, int | str | None]", lang: Lang) -> "Iterator[Recorder | None]":
    """A recorder that writes *entry* to the journal as its session goes on; None if there is no entry, or no home.

    Args:
        entry: The entry of a session that begins; None to record nothing.
        said: The person's answers so far in the check-in, by the names they have in an entry.
        lang: The language.
    """
    file = paths.journal_file()
    if entry is None or file.is_relative_to(paths.NOWHERE):  # that there is no place for it has been said
        yield None
        return

    journal = Journal(file)

    def write(progress: "Progress", state: State) -> str:
        row = replace(
            entry,
            seen=_now(),
            state=state,
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
            return sentence(capitalised(error.message))
        return _SET_ASIDE.filled(file=aside).said(lang) if aside else ""

    with present(entry):
        yield Recorder(write, lang)


class Watch:
    """Has a session recorded, and tells the person once if that fails.

    Args:
        recorder: The recorder; None to record nothing.
    """

    def __init__(self, recorder: "Recorder | None") -> None:
        self._recorder = recorder
        self._told = False
        self._seen = False  # a session may close before the next picture

    def __call__(self, session: "Session") -> None:
        """Record how far *session* is, if it is running."""
        if self._recorder is None:
            return
        if session.mode in ("playing", "returning"):
            self._recorder.look(session)
        if session.mode == "closing":  # there the screen may be gone first, and `end` returns it
            return
        self._seen = self._told
        if self._recorder.told and not self._told:
            self._told = True
            session.say(_GOES_ON.filled(problem=self._recorder.told).said(self._recorder.lang))

    def end(self, session: "Session | None", *, interrupted: bool) -> str:
        """Record how *session* ended; return a problem that the person has not been told of, if any."""
        if self._recorder is None or session is None:
            return ""
        state: State = "completed" if session.finished else "interrupted" if interrupted else "ended"
        last, first = self._recorder.end(session, state), self._recorder.told
        known = [first] if self._seen else []
        return "\n".join(each for each in dict.fromkeys((first, last)) if each and each not in known)


def interrupted(command: str | None = None) -> list[Entry]:
    """Return the practices (of *command*, if given) to resume: interrupted in the last 24 hours, the best first.

    That is the last one. What was done since is no reason to forget it, unless it was resumed and went on, or the same
    was practised to its end. One that was stopped before anything was practised counts only if there is no other.
    Clocks may have been set back: a session dated up to 24 hours ahead counts as well, after the others. What came
    through a pipe cannot come again.

    Raises:
        PsoasError: The journal cannot be read.
    """
    now = _clock()
    recent = Journal(paths.journal_file()).read((now - _A_DAY - _ANY_ZONE).date().isoformat()).entries
    resumed = {entry.continues for entry in recent if _went_on(entry)}
    completed = [entry for entry in recent if entry.state == "completed" and entry.speed == 1 and entry.last <= now]
    wanted = None if command is None else readable(command)
    found = [
        entry
        for entry in recent
        if entry.command.startswith(PRACTICE)
        and entry.command != FROM_PIPE
        and wanted in (None, entry.command)
        and entry.speed == 1
        and abs(now - entry.last) < _A_DAY
        and _was_interrupted(entry)
        and entry.id not in resumed
        and not any(other.command == entry.command and other.last > entry.last for other in completed)
    ]

    def rank(entry: Entry) -> tuple[bool, bool, datetime]:
        return bool(entry.practised_s or entry.continues), entry.last <= now, entry.last

    return sorted(found, key=rank, reverse=True)


def _went_on(entry: Entry) -> bool:
    """Whether the session of *entry* is no rehearsal, and added to what it continues."""
    return entry.speed == 1 and (entry.practised_s >= EVERY or runs_on(entry))


def _was_interrupted(entry: Entry) -> bool:
    return entry.state == "interrupted" or (entry.state == "running" and not runs_on(entry))


def times(command: str) -> int:
    """How often the practice of *command* was begun before, at normal speed."""
    return Journal(paths.journal_file()).times(command)


def breaths_heard() -> int:
    """In how many practices a breath was heard before."""
    return Journal(paths.journal_file()).breaths_heard()


def digest_of(timeline: "Timeline") -> str:
    """Return a checksum that changes if the practice of *timeline* does."""
    spans = [
        (span.start, span.end, span.segment.kind, span.segment.title, span.segment.side) for span in timeline.spans
    ]
    return f"{zlib.crc32(repr(spans).encode('utf-8', 'replace')):08x}"  # hashlib would load 3.5 MB of OpenSSL


def _clock() -> datetime:
    return datetime.now().astimezone()


def _now() -> str:
    return _clock().isoformat(timespec="seconds")


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

    While one write waits, only the newest of those that follow it is kept: a row says all of its session.

    Args:
        write: Writes the progress and a state, in a thread; returns a problem to tell the person, if any.
        lang: The language.

    Attributes:
        told: The first problem, if any.
        lang: The language.
    """

    def __init__(self, write: Callable[[Progress, State], str], lang: Lang = "en") -> None:
        self.told = ""
        self._last = ""  # the problem of the last write, if any
        self._write = write
        self.lang = lang
        self._order: tuple[Progress, State] | None = None
        self._ordered = Condition()
        self._writer = begun(self._work, name="psoas-journal")  # without one it is written at the end
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
            self._put(session, "running")

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

    def end(self, session: "Session", state: State) -> str:
        """Record that *session* ended in *state*, and wait at most 6 s for it; return a problem with that, if any."""
        self._see(session)
        self._put(session, state)
        if self._writer is None:
            self._work()
            return self._last
        self._writer.join(_PATIENCE)
        return _GIVEN_UP.said(self.lang) if self._writer.is_alive() else self._last

    def _put(self, session: "Session", state: State) -> None:
        """Have the progress of *session* written, in place of what still waits."""
        progress = Progress(
            round(session.position, 3),
            round(session.practised, 3),
            len(self._stops),
            self._breaths,
            tuple(session.changes),
        )
        with self._ordered:
            self._order = progress, state
            self._ordered.notify()

    def _work(self) -> None:
        state: State = "running"
        while state == "running":
            with self._ordered:
                self._ordered.wait_for(lambda: self._order)
                order, self._order = self._order, None
            assert order is not None
            progress, state = order
            try:
                said = self._write(progress, state)  # even after a failure, as its cause may be gone
            except Exception as error:  # noqa: BLE001 - whatever it is, the person is to know of it
                why = f"{type(error).__name__}: {error}"
                said = _FAILED.filled(why=why).said(self.lang)
            self.told, self._last = self.told or said, said
