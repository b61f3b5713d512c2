"""Keeping: what a session came to, written down while it runs, away from its own thread."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple, Protocol

from psoas_cli.practice.score.timeline import Timeline

EVERY = 10.0
"""Seconds of practice after which it is written again: what is lost at most when the power goes."""

_PATIENCE = 3.0  # seconds that the end waits for what is still to be written


class Kept(Protocol):
    """What is written of: a session."""

    practised: float
    leap: tuple[int, float]

    @property
    def timeline(self) -> Timeline:
        """As it is now."""

    @property
    def changes(self) -> list[tuple[str, float, float]]:
        """What keys changed of it."""

    @property
    def position(self) -> float:
        """Seconds from the start of the practice."""


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


class Keeper:
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

    def look(self, session: Kept) -> None:
        """See how far *session* is, and write it down where it is time to."""
        before = self._index
        self._see(session)
        if self._index != before or session.practised - self._practised >= EVERY:
            self._practised = session.practised
            self._orders.put((self._progress(session), "running"))

    def _see(self, session: Kept) -> None:
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

    def end(self, session: Kept, state: str) -> None:
        """Write down that *session* came to its end by *state*, and wait for that a little."""
        self._see(session)
        self._orders.put((self._progress(session), state))
        self._orders.put(None)
        self._writer.join(_PATIENCE)

    def _progress(self, session: Kept) -> Progress:
        changes = tuple(session.changes)
        return Progress(
            round(session.position, 3), round(session.practised, 3), len(self._stops), self._breaths, changes
        )

    def _work(self) -> None:
        while order := self._orders.get():
            said = self._write(*order)  # also after a failure: what was in the way may be gone
            self.told = self.told or said
