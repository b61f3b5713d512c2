"""The keys that change the hold under way: a longer, shorter or open one, its end, an easier breath, a softer form."""

from collections.abc import Callable

from psoas_cli.player.edits import Edits
from psoas_cli.player.playhead import Playhead
from psoas_cli.player.scheduler import Scheduler
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.status import ENDS_AT, Message

CHANGE = 30.0
"""Seconds that `+` and `-` change a hold by."""

_NOT_HERE = Text("s works during a hold or a rest", "s werkt in een houding of in rust")
_INSTANT = 1e-3  # seconds
_TOO_LATE = 20.0  # seconds left of a stay in which no other form is taken


class HoldKeys:
    """Changes the hold under way beyond the sounds that have been handed over, and says so.

    Args:
        edits: The timeline, as keys change it.
        playhead: The position, and whether time passes.
        scheduler: Hands over the sounds.
        message: Shows what is said.
        delivery: How the practice is delivered.
        ends_at: Returns the time of day at which the practice ends.
    """

    def __init__(
        self,
        edits: Edits,
        playhead: Playhead,
        scheduler: Scheduler,
        message: Message,
        *,
        delivery: Delivery,
        ends_at: Callable[[], str],
    ) -> None:
        self._edits = edits
        self._playhead = playhead
        self._scheduler = scheduler
        self._message = message
        self._delivery = delivery
        self._ends_at = ends_at

    def lengthen(self, seconds: float) -> None:
        """Make the hold longer by *seconds*, or shorter; say how long it is now, and when the practice ends."""
        before = self._edits.timeline
        may = self._edits.can_change(self._playhead.position)
        said = self._edits.lengthen(self._changing_from(may=may), seconds, self._delivery.measure)
        if self._edits.timeline is not before and self._delivery.numbers:
            said = (*said, ENDS_AT.filled(time=self._ends_at()))
        self._message.say(*said)

    def ease(self) -> None:
        """Make the breath easier, from the first one that has not been handed over."""
        planned = self._scheduler.planned if self._playhead.mode == "playing" else 0.0
        self._message.say(self._edits.ease(max(self._playhead.position, planned)))

    def keep_open(self) -> None:
        """Open the hold: it lasts until the person goes on."""
        may = self._edits.can_open(self._playhead.position)
        self._message.say(self._edits.keep_open(self._changing_from(may=may)))

    def end(self) -> bool:
        """End an open hold while it plays, with its last breath if that is heard; return whether there is one."""
        here = self._playhead.position
        if self._playhead.mode != "playing" or not self._edits.is_open(here):
            return False
        self._scheduler.hush_speech()  # that one may stay, perhaps
        at = end = self._changing_from(may=True)
        span = self._edits.timeline.span_at(here)
        breath = span.course.at(at - span.start) if span.course else None
        if breath and breath.into > _INSTANT and self._scheduler.pacing(span) == "heard":
            end = min(at - breath.into + breath.pattern.cycle, span.end)
        self._message.say(self._edits.close(at, end, self._delivery.measure))
        return True

    def soften(self) -> None:
        """Take the softer form of the pose, or go back from it, and say so at once; in a move, show when it can be."""
        from psoas_cli.practice.score.softer_form import NEARLY_OVER, NO_SOFTER_FORM

        here, care = self._playhead.position, self._delivery.care
        span = self._edits.timeline.span_at(here)
        if span.segment.moving or self._playhead.elsewhere:
            self._message.say(_NOT_HERE)  # not spoken: the way in is being told
            return
        if not self._edits.has_softer_form(here, care):
            said = NO_SOFTER_FORM
        elif span.end - here < _TOO_LATE:
            said = NEARLY_OVER
        else:
            said = self._edits.soften(self._changing_from(may=True), care)
        self._message.say(said)
        if not self._playhead.answer(said) and self._scheduler.verbosity != "none":
            self._scheduler.say_first(said, self._edits.timeline, self._playhead.transport)

    def _changing_from(self, *, may: bool) -> float:
        """The position from which the hold changes, if it *may*: beyond the sounds that have been handed over."""
        here, planned = self._playhead.position, self._scheduler.planned
        if self._playhead.mode == "playing" and planned < self._edits.timeline.span_at(here).end:
            return max(here, planned)
        if planned > here and may:
            self._scheduler.hush(here)  # the bell that ends the hold has been handed over, and must not ring then
        return here
