"""The answer to "where am I?": shown large for a while, and spoken if there is a voice."""

from collections.abc import Callable
from math import inf

from psoas_cli.player.scheduler import Scheduler
from psoas_cli.player.transport import Transport
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.passage import Passage
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.practice.score.view import View, view_at
from psoas_cli.tui.status import Where

SHOWN = 10.0
"""Seconds that an answer stays on the screen."""

KEYS = frozenset({"w", "enter"})
"""The keys that ask for an answer."""


class Answer:
    """Shows and speaks where a person is, until its time is up or they do something else.

    Args:
        clock: Returns monotonic time in seconds.
        lang: The language.
        scheduler: Speaks the answer.
    """

    def __init__(self, clock: Callable[[], float], lang: Lang, scheduler: Scheduler) -> None:
        self._clock = clock
        self._lang = lang
        self._scheduler = scheduler
        self._where: Where | None = None
        self._until = 0.0
        self._true_until = inf  # position from which the answer no longer holds, in seconds
        self._asked = 0

    def give(self, timeline: Timeline, transport: Transport, *, arriving: bool) -> None:
        """Show and speak where *transport* is on *timeline*, or the way in if the person is still *arriving*."""
        from psoas_cli.practice.score.whereabouts import whereabouts

        position = min(transport.position, timeline.duration)
        told = whereabouts(timeline, position, arriving=arriving)
        self._asked += 1
        view = view_at(timeline, position, self._lang)
        span = timeline.span_at(position)
        self._where = self._seen(told, view, arriving=arriving or span.segment.moving)
        self._true_until = span.end
        self._until = self._clock() + SHOWN
        self._scheduler.answer(told, timeline, transport)

    def follow(self, position: float) -> None:
        """Remove the answer once *position* has reached the next span."""
        if position >= self._true_until:
            self.end()

    def end(self) -> None:
        """Remove the answer from the screen; speech that has begun goes on to its end."""
        self._where = None

    @property
    def ends(self) -> float:
        """The clock time at which the answer expires, in seconds; infinite if there is none."""
        return self._until if self.now else inf

    @property
    def now(self) -> Where | None:
        """The answer to show, if any."""
        return self._where if self._clock() < self._until else None

    def _seen(self, told: Passage, view: View, *, arriving: bool) -> Where:
        """Lay *told* out for the screen: all of it large, except a way in; without a heading, the title stands in."""
        headings = tuple(part.said(self._lang).removesuffix(".") for part in told.parts if part.heading)
        large = (view.title, view.side) if view.side else headings or (view.title,)
        said = told.shown(self._lang)
        large, said = (large, said) if arriving else ((*large, *said), ())
        return Where(large, said, told.spoken(self._lang), self._asked)
