"""The playhead: the position of a session, whether time passes there, and the time to come back to it."""

from collections.abc import Callable
from math import inf
from typing import Literal

from psoas_cli.player.edits import Edits
from psoas_cli.player.scheduler import AHEAD, FADE, Scheduler
from psoas_cli.player.transport import Transport
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.passage import AFTER_BELL, AFTER_WOOD, APART, Part, Passage, calmly
from psoas_cli.practice.score.segments import Segment
from psoas_cli.practice.score.timeline import Role, Span, TextRole, Timeline
from psoas_cli.practice.score.transitions import time_to_return, told_again
from psoas_cli.practice.score.view import next_change

PAUSE = 5.0
"""Seconds; after a longer pause there is time to settle again."""

LONG_PAUSE = 30.0
"""Seconds; after a longer pause the person may be anywhere, so the way in is told again, with time for it."""

SETTLING = 15.0
"""Seconds to settle again after a shorter pause."""

_INSTANT = 1e-3  # seconds
_BEGINNINGS: frozenset[Role | TextRole] = frozenset({"open", "hold"})  # what a bell that begins a stay is for
_LONG_AGO = -inf  # start of a pause that counts as long, however short it was


def _sign(coming: Segment, leaving: Segment | None) -> Bell | None:
    """The bell that begins time to move to *coming*, from the stay *leaving* if that is known."""
    other_side = leaving is not None and leaving.sides_next and coming.turn == 2
    return coming.bells.side if other_side else coming.bells.end


class Playhead:
    """Plays, pauses and goes to other positions on the timeline.

    Args:
        edits: The timeline, as keys change it.
        scheduler: Hands over the sounds.
        delivery: How the practice is delivered.
        clock: Returns monotonic time in seconds.
        position: Where to begin, in seconds from the start of the practice.

    Attributes:
        mode: Whether time passes, stands still, or runs down until the person has come back.
        transport: Turns the clock into positions.
        practised: Seconds of practice that were played, without the lead-in.
        leap: The number of leaps so far, and the position of the last one, or of the beginning (seconds).
        until: The clock time at which the time to come back is over.
        again: What is told meanwhile of the stay that the person comes back to.
        elsewhere: Whether that is another stay than they were in: the time to come back is time to move there.
    """

    def __init__(
        self,
        edits: Edits,
        scheduler: Scheduler,
        delivery: Delivery,
        clock: Callable[[], float],
        *,
        position: float,
    ) -> None:
        self.mode: Literal["paused", "playing", "returning"] = "paused"
        self.transport = Transport(clock, speed=delivery.speed, position=position)
        self.practised = 0.0
        self.leap = (0, position)
        self.until = 0.0
        self.again: tuple[str, ...] = ()
        self.elsewhere = position > 0
        self._edits = edits
        self._scheduler = scheduler
        self._delivery = delivery
        self._clock = clock
        self._bell_to_come: Bell | None = None
        self._leaving: Segment | None = None
        self._signed_at = -inf  # the clock time at which the bell rings that begins time to move
        self._seen = position
        self._paused_at = clock()

    @property
    def position(self) -> float:
        """Seconds from the start of the practice, never beyond its end."""
        return min(self.transport.position, self._timeline.duration)

    @property
    def to_come(self) -> float:
        """Seconds of the clock until the practice is expected to end if it is not paused."""
        here = self.position
        left = (self._timeline.expected(here) - here) / self._delivery.speed
        return max(0.0, left) + (max(0.0, self.until - self._clock()) if self.mode == "returning" else 0.0)

    @property
    def at_end(self) -> bool:
        """Whether the practice has come to its end."""
        return self.position >= self._timeline.duration

    def next_change(self, frame: float, breath_steps: int) -> float:
        """The clock time of the next picture while it plays, as for `Session.next_picture`; now if it is at its end."""
        here = self.transport.position
        if here >= self._timeline.duration:
            return self._clock()
        return self.transport.when(next_change(self._timeline, here, breath_steps, frame * self._delivery.speed))

    @property
    def _timeline(self) -> Timeline:
        return self._edits.timeline

    @property
    def in_lead_in(self) -> bool:
        """Whether one still settles in, before the first stay."""
        return self._timeline.span_at(self.position).segment.kind == "lead-in"

    # -- time

    def begin(self) -> None:
        """Begin at once at the start, elsewhere with time to get there."""
        if self.position > 0:
            self.come_back()
        else:
            self.play()

    def tick(self, now: float) -> None:
        """Bring the playhead up to the clock time *now*, and hand over the next sounds."""
        if self.mode == "returning":
            self._end_return(now)
        if self.mode == "playing":
            position = self.position
            opening = self._timeline.spans[0]
            begun = opening.end if opening.segment.kind == "lead-in" else 0.0
            self.practised += max(0.0, position - max(begun, self._seen))
            self._seen = position
            planned = self._scheduler.planned
            self._edits.go_by(position, planned)
            self._edits.arrive(planned, position + AHEAD * self._delivery.speed)
            self._scheduler.plan(self._timeline, self.transport)

    def play(self, at: float | None = None) -> None:
        """Let time pass, from now or from the clock time *at*."""
        self.mode = "playing"
        self.elsewhere = False
        if not self.transport.playing:
            self._scheduler.planned = self._seen = self.position
            self._scheduler.line_up_again(self._timeline, self.position)
        self.transport.play(at)

    def pause(self, *, long: bool = False) -> None:
        """Let time stand still; after a *long* pause, however short, the person may be anywhere."""
        if self.mode != "paused":
            # If the time to come back is interrupted it starts over, however short the pause.
            self._paused_at = _LONG_AGO if self.mode == "returning" else self._clock()
            self.transport.pause()
            self._seen = self.position
            self._scheduler.hush(self._seen)
            self.mode = "paused"
        if long:
            self._paused_at = _LONG_AGO

    def slept(self) -> None:
        """Pause at the last position before the computer slept."""
        if self.mode == "playing":
            self.transport.pause()
            self.transport.seek(self._seen)
        self.pause(long=True)

    def stop(self) -> None:
        """Let time stand still; sounds play on."""
        self.transport.pause()
        self.mode = "paused"

    def toggle(self) -> None:
        """Pause or go on; skip the lead-in.

        After all but a short pause there is time to come back; called during that, go on at once.
        """
        if self.mode == "playing" and self.in_lead_in:
            self._begin_now()
        elif self.mode == "playing":
            self.pause()
        elif self.mode == "returning":
            if self._clock() < self._signed_at + _INSTANT:  # the bell for time to move must not ring after that is over
                self._scheduler.hush(self.position)
            self._scheduler.hush_speech()
            self.until = min(self.until, self._clock())
            self._end_return(self._clock())
        elif self._clock() - self._paused_at > PAUSE:
            self._settle_again()
        else:
            self._scheduler.hush_speech()
            self.play()

    # -- elsewhere

    def go(self, position: float) -> None:
        """Go to *position*, with time to move there from where the person is; sounds fade out."""
        here = self._timeline.span_at(self.position).segment
        leaving = here if self.mode == "playing" and not here.moving else None
        self.seek(position)
        position = self.position
        self.elsewhere = True
        if self.mode == "paused":
            self._paused_at = _LONG_AGO
            if stay := self._timeline.stay_at(position):
                self._scheduler.tell_again(told_again(stay.segment), self._timeline, position, inf, whole=False)
        elif self._timeline.span_at(position).segment.moving:
            self.play()
        else:
            self.transport.pause()
            self.come_back(leaving)

    def _begin_now(self) -> None:
        """Skip the rest of the lead-in; what was still to be told of the way in is told as the hold begins."""
        cut_off = self._scheduler.is_telling(self._timeline, self.position)
        begin = self._timeline.spans[0].end
        self.seek(begin)
        self.play()
        if cut_off and (stay := self._timeline.stay_at(begin)):
            self._scheduler.tell_again(told_again(stay.segment), self._timeline, begin, 0.0, whole=True)

    def seek(self, position: float) -> None:
        """Jump to *position*; sounds fade out, and an open hold is closed, which may move what comes after it."""
        position = self._edits.leave(self.position, position)
        self._scheduler.hush(position)
        self.transport.seek(position)
        self._seen = position
        self.leap = (self.leap[0] + 1, position)

    def answer(self, answer: Text) -> bool:
        """While the way in is told to a person who comes back, say *answer*, and then tell it anew, with time for it.

        Returns:
            Whether that is so; if not, nothing is said.
        """
        if self.mode != "returning" or not self.again:
            return False
        self._scheduler.hush(self.position)
        self.come_back(self._leaving, answer=answer)
        return True

    def come_back(self, leaving: Segment | None = None, *, whole: bool = True, answer: Text | None = None) -> None:
        """Give time to come back before the practice goes on.

        If the person was moving to the next stay, it begins there, as they may have arrived already. Time to move to
        another stay begins with the bell that says so.

        Args:
            leaving: What the person comes out of; None if they may be anywhere.
            whole: Whether the whole way in is told again.
            answer: What to say first, where that is begun anew.
        """
        stay = self._timeline.stay_at(self.position)
        if stay is None:  # only the end is left
            self.play()
            return
        if stay.start > self.position:
            self.seek(stay.start)
        self.mode = "returning"
        self._leaving = leaving
        sign = _sign(stay.segment, leaving) if self.elsewhere and not answer else None
        if sign:
            self._scheduler.hush(self.position)
            self._scheduler.bell(sign)
            self._signed_at = self._clock() + FADE
        silence = AFTER_WOOD if sign else AFTER_BELL
        told = told_again(stay.segment, leaving)
        said = Passage((Part(answer, heading=True),)) if answer else Passage(())
        answering = calmly((said,)) + APART if answer else 0.0
        seconds = time_to_return(stay.segment, leaving, silence + answering) if whole else SETTLING
        self.again = told.shown(self._delivery.lang) if whole else ()
        self.until = self._clock() + seconds / self._delivery.speed
        self._bell_to_come = self._arrival(stay)
        waiting = self.until - self._clock()
        start = silence if sign else 0.0
        told = Passage((*said.parts, *told.parts))
        self._scheduler.tell_again(told, self._timeline, self.position, waiting, whole=whole, silence=start)

    def _arrival(self, stay: Span) -> Bell | None:
        """The bell to ring when the time to come back to *stay* is over; None if the practice rings it."""
        begins = abs(self.position - stay.start) < _INSTANT
        starts = self._timeline.cues_in(self.position, self.position + (_INSTANT if begins else 1.0))
        rings = any(cue.bell and (not begins or cue.role in _BEGINNINGS) for cue in starts)
        return None if rings else stay.segment.bells.hold

    def _settle_again(self) -> None:
        """Go on after a pause: a transition starts over; elsewhere there is time to come back."""
        here = self._timeline.span_at(self.position)
        whole = self._clock() - self._paused_at > LONG_PAUSE
        if here.segment.kind == "lead-in" or (here.segment.moving and not whole):
            self.seek(here.start)
            self.play()
        else:
            self.come_back(whole=whole)

    def _end_return(self, now: float) -> None:
        """Play once the time to come back is over; its bell is handed over a little ahead, like every sound."""
        if self._bell_to_come and now >= self.until - AHEAD:
            self._scheduler.arrive(self._bell_to_come, self.position, self.until)
            self._bell_to_come = None
        if now >= self.until:
            self.play(self.until)
