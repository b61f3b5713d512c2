"""Turns: what may be spoken when. An answer to the person comes first, and texts due meanwhile wait for it."""

from collections.abc import Callable, Iterable
from math import inf
from typing import TypeAlias

from psoas_cli.practice.score.passage import APART, WITHIN
from psoas_cli.practice.score.speech import Utterance, time_to_speak
from psoas_cli.practice.score.timeline import Timeline

When: TypeAlias = Callable[[float], float]
"""Returns the clock time of a position on the timeline, both in seconds."""

_INSTANT = 2e-3
_TOLERANCE = 1e-6
_NO_ANSWER = (inf, -inf)


class _Waiting:
    """An utterance, the position by which it must be over if it had to wait, and whether it had to."""

    def __init__(self, utterance: Utterance, until: float, *, waited: bool) -> None:
        self.utterance = utterance
        self.until = until
        self.waited = waited


class Turns:
    """Decides at which clock time each utterance begins, so that no two overlap.

    The utterances of a practice keep their own times, which do not overlap. Only an answer delays those that follow it,
    until there is silence again; and so does what is being said when a hold is made so short that they come sooner.

    Attributes:
        over: The clock time at which everything handed over so far has been said.
    """

    def __init__(self) -> None:
        self.over = -inf
        self._answer = _NO_ANSWER  # clock times at which the last answer begins and ends
        self._free = -inf  # earliest clock time for anything after the answer
        self._next = -inf  # earliest clock time for anything after the utterance handed over last
        self._place = -inf  # position of the utterance handed over last
        self._waiting: list[_Waiting] = []

    @property
    def waiting(self) -> bool:
        """Whether an utterance is still to be handed over."""
        return bool(self._waiting)

    def line_up(self, utterance: Utterance, timeline: Timeline, *, again: bool = False) -> None:
        """Queue *utterance* for its own time, or later if it is over before the next text on *timeline* is due.

        One that is said *again*, as it was cut off, is queued for now.
        """
        self._waiting.append(_Waiting(utterance, next_due(timeline, utterance.at), waited=again))

    def due(self, when: When, soonest: float, horizon: float) -> list[tuple[Utterance, float]]:
        """Take the utterances to hand over now from the queue, each with its clock time.

        Args:
            when: Returns the clock time of a position.
            soonest: The earliest clock time for an utterance that had to wait.
            horizon: An utterance is handed over if it begins by this clock time.
        """
        found = []
        while self._waiting:
            first, at = self._waiting[0], when(self._waiting[0].utterance.at)
            first.waited = first.waited or at < self._next
            at = max(at, soonest, self._next) if first.waited else at
            if at < self._free and at + first.utterance.seconds > self._answer[0]:
                first.waited, at = True, max(self._free, soonest)
            if at > horizon + _TOLERANCE:
                break
            del self._waiting[0]
            over = at + first.utterance.seconds
            if first.waited and over > when(first.until):
                continue
            found.append((first.utterance, at))
            self.over, self._place = over, first.utterance.at
            self._next = over + WITHIN if first.waited else over - _INSTANT
        return found

    def answer(self, seconds: float, now: float, soonest: float, group: Iterable[tuple[float, float]]) -> float | None:
        """Schedule an answer; return the clock time at which it begins, or None while the last one is being said.

        Args:
            seconds: Length of the answer.
            now: The clock time now.
            soonest: The earliest clock time for the answer.
            group: Clock time and length of each utterance that belongs to what is being said and is still to come.
        """
        if now < self._answer[1]:
            return None
        begin = soonest
        if self.over > now or self._waiting:
            over = self.over
            for waiting in self._waiting:
                over = max(over + WITHIN, self._free) + waiting.utterance.seconds
            for at, length in group:
                over = max(at, over + WITHIN) + length
            begin = max(begin, over + APART)
        self._answer = (begin, begin + seconds)
        self._free = begin + seconds + APART
        self.over = max(self.over, begin + seconds)
        return begin

    def is_free(self, at: float) -> bool:
        """Whether nobody speaks, or waits to speak, at the clock time *at*."""
        return not self._waiting and at >= self.over + WITHIN

    def group_ends(self, timeline: Timeline, position: float) -> float:
        """The position at which the texts end that belong to what is said at *position*, or about to be said."""
        return next_due(timeline, max(position, self._place))

    def hush(self) -> None:
        """Forget what is being said; the queue stays."""
        self.over, self._answer = -inf, _NO_ANSWER
        self._free, self._next, self._place = -inf, -inf, -inf

    def go(self, position: float) -> None:
        """Go to another *position*: forget what is being said, and drop what does not belong there from the queue."""
        self.hush()
        self._waiting = [each for each in self._waiting if each.utterance.at < position < each.until]

    def forget(self) -> None:
        """Empty the queue."""
        self._waiting.clear()


def next_due(timeline: Timeline, place: float) -> float:
    """The position of the next text after *place*, or of the end."""
    return place + _INSTANT + time_to_speak(timeline, place + _INSTANT)
