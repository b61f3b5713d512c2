"""The answer to where one is: shown large for a while, and spoken where there is a voice that can."""

from collections.abc import Callable
from math import inf

from psoas_cli.player.scheduler import Scheduler
from psoas_cli.player.transport import Transport
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.passage import Passage
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.practice.score.view import View, view_at
from psoas_cli.practice.score.whereabouts import whereabouts
from psoas_cli.tui.status import Where

SHOWN = 10.0
"""Seconds that it stays on the screen."""

KEYS = frozenset({"w", "enter"})
"""The keys that ask."""


class Answer:
    """What a person is told who asked where they are, until its time is over or they do something else.

    Args:
        clock: Monotonic seconds.
        lang: The language.
        scheduler: What speaks it.
    """

    def __init__(self, clock: Callable[[], float], lang: Lang, scheduler: Scheduler) -> None:
        self._clock = clock
        self._lang = lang
        self._scheduler = scheduler
        self._where: Where | None = None
        self._until = 0.0
        self._true_until = inf  # where on the timeline
        self._asked = 0

    def give(self, timeline: Timeline, transport: Transport, *, arriving: bool) -> None:
        """Say where *transport* is on *timeline*, or, to who is *arriving* there, the way in again."""
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
        """Show it no longer once *position* is where something else begins."""
        if position >= self._true_until:
            self.end()

    def end(self) -> None:
        """Show it no longer; what is being spoken of it is spoken to its end."""
        self._where = None

    @property
    def ends(self) -> float:
        """The clock's time at which it is over; never is infinite."""
        return self._until if self.now else inf

    @property
    def now(self) -> Where | None:
        """What there is to show."""
        return self._where if self._clock() < self._until else None

    def _seen(self, told: Passage, view: View, *, arriving: bool) -> Where:
        """*told* as a screen shows it: large but for a way in; what has no heading of its own goes by its title."""
        headings = tuple(part.said(self._lang).removesuffix(".") for part in told.parts if part.heading)
        large = (view.title, view.side) if view.side else headings or (view.title,)
        said = told.shown(self._lang)
        large, said = (large, said) if arriving else ((*large, *said), ())
        return Where(large, said, told.spoken(self._lang), self._asked)
