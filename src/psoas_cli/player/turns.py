"""Turns: who may speak when. What a person asked for is said at once, and cues that fall due meanwhile wait for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from typing import TypeAlias

from psoas_cli.practice.score.passage import APART, WITHIN
from psoas_cli.practice.score.speech import Utterance, time_to_speak
from psoas_cli.practice.score.timeline import Timeline

When: TypeAlias = Callable[[float], float]
"""The moment of a place on the timeline (seconds from its start)."""

_INSTANT = 2e-3
_TOLERANCE = 1e-6
_NO_ANSWER = (inf, -inf)


@dataclass
class _Waiting:
    """An utterance, the place on the timeline up to which it may be said, and whether it had to wait."""

    utterance: Utterance
    until: float
    waited: bool = False


class Turns:
    """Gives what is spoken its moments, in the clock's seconds.

    The utterances of a practice have their moments already, one after the other. They change only where an answer
    takes a turn of its own, and from there on until there is silence again.

    Attributes:
        over: When all that was handed over so far will have been said.
    """

    def __init__(self) -> None:
        self.over = -inf
        self._answer = _NO_ANSWER  # when the last one begins and ends
        self._free = -inf  # when something else may be said after it
        self._next = -inf  # when something else may be said after what had to wait
        self._place = -inf  # of what was handed over last
        self._waiting: list[_Waiting] = []

    def line_up(self, utterance: Utterance, timeline: Timeline) -> None:
        """Let *utterance* be said when its turn comes: at its place, or later until something else is to be said."""
        self._waiting.append(_Waiting(utterance, next_due(timeline, utterance.at)))

    def due(self, when: When, soonest: float, horizon: float) -> list[tuple[Utterance, float]]:
        """What is to be handed over now, and for which moments.

        Args:
            when: The moment of a place.
            soonest: The first moment for what had to wait.
            horizon: The moment up to which something is handed over that begins then.
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
            self._next = over + WITHIN if first.waited else self._next
        return found

    def answer(self, seconds: float, now: float, soonest: float, group: Iterable[tuple[float, float]]) -> float | None:
        """The moment at which an answer begins; None where the one before it is still being said.

        Args:
            seconds: How long it takes.
            now: This moment.
            soonest: The first moment for it.
            group: What belongs to what is being said, and was not handed over yet: each its moment, and its seconds.
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

    def group_ends(self, timeline: Timeline, position: float) -> float:
        """The place up to which what is being said at *position*, or is about to be, belongs together."""
        return next_due(timeline, max(position, self._place))

    def hush(self) -> None:
        """Nothing is being said any more; what waits goes on waiting."""
        self.over, self._answer = -inf, _NO_ANSWER
        self._free, self._next, self._place = -inf, -inf, -inf

    def go(self, position: float) -> None:
        """Be at another *position*, where nothing is being said: what waits and has no place there is not said."""
        self.hush()
        self._waiting = [each for each in self._waiting if each.utterance.at < position < each.until]

    def forget(self) -> None:
        """Let nothing wait any longer."""
        self._waiting.clear()


def next_due(timeline: Timeline, place: float) -> float:
    """The place of the next thing to be said after *place*, or the end."""
    return place + _INSTANT + time_to_speak(timeline, place + _INSTANT)
