"""A session: one run of a practice by a person. Keys and time go in; sound and a status to show come out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil, floor, inf

from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player import answer
from psoas_cli.player.answer import Answer
from psoas_cli.player.cards import CardViewer
from psoas_cli.player.grounding import Grounding
from psoas_cli.player.message import SERIOUS, Message
from psoas_cli.player.revision import Edits
from psoas_cli.player.scheduler import AHEAD, Scheduler, Sound
from psoas_cli.player.transport import Transport
from psoas_cli.player.volume import Volume
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.durations import practised
from psoas_cli.practice.model.sequence import Bell, Sequence
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.navigation import next_stop, rest_ahead, stop_again
from psoas_cli.practice.score.segments import Segment
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.practice.score.transitions import time_to_return, told_again
from psoas_cli.practice.score.view import still_until, view_at
from psoas_cli.tui.status import Mode, Status

_SLEPT = Text("Paused: the computer was asleep", "Gepauzeerd: de computer sliep")
_PACER_HEARD = Text("Breath: seen and heard", "Adem: te zien en te horen")
_PACER_SEEN = Text("Breath: seen", "Adem: te zien")
_PACER_OFF = Text("Breath: off", "Adem: uit")
_NO_CHANGE_HERE = Text("+ and - work while you stay in a pose", "+ en - werken terwijl je in een houding bent")

PAUSE = 5.0
"""Seconds; after a longer pause there is time to settle again."""

LONG_PAUSE = 30.0
"""Seconds; after a longer pause one may be anywhere: the way in is told again, and there is time for it."""

SETTLING = 15.0
"""Seconds to settle again after a pause that was not so long."""

TAKE_BACK = 3.0
"""Seconds in which an end can be taken back."""

CHANGE = 30.0
"""Seconds that `+` and `-` change a hold by."""

_STILL = 0.5  # seconds between pictures while the clock stands still: a message goes, the end moves
_HANDING_OVER = 0.15  # seconds between looks for sounds to come: they are handed over 0.35 s before their time at least
_LONG_AGO = -inf  # when a pause began after which one may be anywhere, however short it was
_TOLERANCE = 1e-6  # seconds, and parts of a frame
_SAME_KEYS = {"right": "n", "pagedown": "n", "left": "p", "pageup": "p", "=": "+"}


class Session:
    """Leads through *timeline*.

    Args:
        sequence: The practice.
        timeline: Its timeline, fitted or not.
        sound: What rings.
        delivery: How the person wants it.
        clock: Monotonic seconds.
        wall: The time of day.
        alarm: Rings the terminal's own bell, for when no device sounds.
        position: Where to begin, in seconds; not from the start, the lead-in runs first.
        note: Why there is no sound, where that is so: the line to begin with, and what the keys of sound say.
        narration: What is spoken; nothing without it.

    Attributes:
        practised: Seconds of practice that were played, without the lead-in.
        leap: How often the person went elsewhere, and where to the last time (seconds); at first where it begins.
        mode: Whether it plays, and if not, why.
        done: Whether it is over and silent.
        finished: Whether it came to its own end.
    """

    def __init__(
        self,
        sequence: Sequence,
        timeline: Timeline,
        sound: Sound,
        delivery: Delivery,
        *,
        clock: Callable[[], float],
        wall: Callable[[], datetime] = datetime.now,
        alarm: Callable[[], None] = lambda: None,
        position: float = 0.0,
        note: str = "",
        narration: Narration | None = None,
    ) -> None:
        self.practised = 0.0
        self.leap = (0, position)
        self.mode: Mode = "paused"
        self.done = False
        self.finished = False
        self._edits = Edits(timeline)
        self._sequence = sequence
        self._sound = sound
        self._delivery = delivery
        self._clock = clock
        self._wall = wall
        self._scheduler = Scheduler(sound, delivery, clock, alarm, narration or Narration(delivery.lang))
        self._transport = Transport(clock, speed=delivery.speed, position=position)
        self._seen = position
        self._paused_at = clock()
        self._until = 0.0
        self._again: tuple[str, ...] = ()  # what is told of where one comes back to
        self._answer = Answer(clock, delivery.lang, self._scheduler)
        self._message = Message(clock, delivery.lang, note)
        self._volume = Volume(sound, self._message, note)
        self._help = False
        self._cards = CardViewer(timeline, delivery.lang)
        self._mode_before: Mode = "paused"
        self._bell_to_come = False
        self._grounding: Grounding | None = None

    @property
    def timeline(self) -> Timeline:
        """As it is now: keys change it."""
        return self._edits.timeline

    @property
    def changes(self) -> list[tuple[str, float, float]]:
        """What keys changed of the timeline, as its `Edits` tells it."""
        return self._edits.changes

    @property
    def position(self) -> float:
        """Seconds from the start of the practice, never beyond its end."""
        return min(self._transport.position, self.timeline.duration)

    def begin(self, *, paused: bool = False) -> None:
        """Let it begin: at the start at once, elsewhere after time to come to it; *paused*, when the person goes on."""
        if paused:
            self._paused_at = _LONG_AGO
        elif self.position > 0:
            self._return()
        else:
            self._play()

    # -- time

    def tick(self) -> None:
        """Bring everything up to now: what has begun, what is over, which sounds come next."""
        now = self._clock()
        if self.mode == "closing":  # not in the tick that began it: the end of the practice is shown, however fast
            self.done = self.done or now >= max(self._until, self._sound.sounding_until())
        elif self.mode == "ending" and now >= self._until:
            self._close()
        elif self.mode == "returning":
            self._end_return(now)
        if self.mode == "playing":
            self._follow()
        self._scheduler.ring_alarms()
        self._volume.look(deaf=self._scheduler.deaf)

    def _follow(self) -> None:
        position = self.position
        opening = self.timeline.spans[0]
        begun = opening.end if opening.segment.kind == "lead-in" else 0.0
        self.practised += max(0.0, position - max(begun, self._seen))
        self._seen = position
        self._scheduler.plan(self.timeline, self._transport)
        self._answer.follow(position)
        if position >= self.timeline.duration:
            self.finished = True
            self._close()

    # -- what the person asks for

    def key(self, name: str) -> None:
        """Do what the key *name* means now."""
        if name not in answer.KEYS:
            self._answer.end()
        if self.mode == "closing":
            self._key_while_closing(name)
        elif self._grounding:
            self._key_while_grounding(self._grounding, name)
        elif name == "g":
            self._ground()
        elif self._cards.card:
            self._key_while_looking(name)
        elif self.mode == "ending":
            if name == "space":
                self._take_back()
            elif name == "q":
                self._close()
        else:
            self._key(name)

    def _key(self, name: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "space": self._toggle,
            "n": lambda: self._go(next_stop(self.timeline, self.position)),
            "p": lambda: self._go(stop_again(self.timeline, self.position)),
            "+": lambda: self._change(CHANGE),
            "-": lambda: self._change(-CHANGE),
            "b": self._turn_pacing,
            "e": self._ease,
            "m": lambda: self._volume.mute(not self._volume.muted),
            "up": lambda: self._volume.turn(1),
            "down": lambda: self._volume.turn(-1),
            "i": self._look,
            "?": self._turn_help,
            "q": self._end,
            **dict.fromkeys(answer.KEYS, self._tell_where),
        }
        if name == "esc":
            self._help = False
        elif action := actions.get(_SAME_KEYS.get(name, name)):
            action()

    def say(self, said: str) -> None:
        """Show what is *said* for long enough not to be missed."""
        self._message.repeat(said, SERIOUS)

    def pause(self, message: Text | None = None) -> None:
        """Let the clock stand still, and say why where there is a *message*."""
        if self.mode in ("playing", "returning"):
            was_returning = self.mode == "returning"
            self._transport.pause()
            self._seen = self.position
            self._scheduler.hush(self._seen)
            self.mode = "paused"
            # Time to come back that is interrupted begins again, however short the pause.
            self._paused_at = _LONG_AGO if was_returning else self._clock()
        if message and not self._grounding:  # there the clock stands still anyway, and the keys are what is needed
            self._message.say(message)

    def interrupted(self) -> None:
        """The computer slept: go back to where it was last seen, stand still, and let that be heard."""
        if self.mode == "playing":
            self._transport.pause()
            self._transport.seek(self._seen)
            self._scheduler.hush(self._seen)
            self.mode = "paused"
            self._paused_at = _LONG_AGO
        elif self.mode == "returning":
            self.pause()
        else:
            return
        self._message.say(_SLEPT)
        self._scheduler.bell(Bell("wood-block"))

    def _toggle(self) -> None:
        if self.mode == "playing" and self._in_lead_in:
            self._go(self.timeline.spans[0].end)
        elif self.mode == "playing":
            self.pause()
        elif self.mode == "returning":
            self._scheduler.hush_speech()
            self._until = min(self._until, self._clock())
            self._end_return(self._clock())
        elif self._clock() - self._paused_at > PAUSE:
            self._settle_again()
        else:
            self._scheduler.hush_speech()
            self._play()

    @property
    def _in_lead_in(self) -> bool:
        return self.timeline.span_at(self.position).segment.kind == "lead-in"

    def _settle_again(self) -> None:
        """Give time to come back: a move begins again, and elsewhere there is more of it after a long pause."""
        here = self.timeline.span_at(self.position)
        whole = self._clock() - self._paused_at > LONG_PAUSE
        if here.segment.kind == "lead-in" or (here.segment.moving and not whole):
            self._seek(here.start)
            self._play()
        elif self.position >= self.timeline.duration:
            self._play()
        else:
            self._return(whole=whole)

    def _return(self, leaving: Segment | None = None, *, whole: bool = True) -> None:
        """Give time to come back before the clock goes on: the *whole* way, out of what one leaves or from anywhere.

        Who was on the way to what comes begins with that: they may be there already.
        """
        stay = self.timeline.stay_at(self.position)
        if stay is None:  # nothing comes but the end
            self._play()
            return
        if stay.start > self.position:
            self._seek(stay.start)
        self.mode = "returning"
        told = told_again(stay.segment, leaving)
        seconds = time_to_return(stay.segment, leaving) if whole else SETTLING
        self._again = told.shown(self._delivery.lang) if whole else ()
        self._until = self._clock() + seconds / self._delivery.speed
        starts = self.timeline.cues_in(self.position, self.position + 1)
        self._bell_to_come = not any(cue.bell for cue in starts)
        self._scheduler.tell_again(told, self.timeline, self.position, self._until - self._clock(), whole=whole)

    def _end_return(self, now: float) -> None:
        """Let time go on when one had time to come back; the bell for that is handed over a little ahead, like all."""
        if self._bell_to_come and now >= self._until - AHEAD:
            self._bell_to_come = False
            if bell := self._sequence.bells.hold:
                self._scheduler.bell(bell, self._until)
        if now >= self._until:
            self._play(self._until)

    def _play(self, at: float | None = None) -> None:
        self.mode = "playing"
        self._scheduler.planned = self._seen = self.position
        self._transport.play(at)

    def _go(self, position: float) -> None:
        """Go to *position*, with time to come to it from what one is in; what sounds fades."""
        here = self.timeline.span_at(self.position).segment
        leaving = here if self.mode == "playing" and not here.moving else None
        begins = self._in_lead_in and self.mode == "playing" and position == self.timeline.spans[0].end
        cut_off = begins and self._scheduler.is_telling(self.timeline, self.position)
        self._seek(position)
        if self.mode == "paused":
            self._paused_at = _LONG_AGO
            if stay := self.timeline.stay_at(position):
                self._scheduler.tell_again(told_again(stay.segment), self.timeline, position, inf, whole=False)
        elif begins or position >= self.timeline.duration or self.timeline.span_at(position).segment.moving:
            self._play()
            if cut_off and (stay := self.timeline.stay_at(position)):
                self._scheduler.tell_again(told_again(stay.segment), self.timeline, position, 0.0, whole=True)
        else:
            self._transport.pause()
            self._return(leaving)

    def _seek(self, position: float) -> None:
        """Be at *position*; what sounds fades."""
        self._scheduler.hush(position)
        self._transport.seek(position)
        self._seen = position
        self.leap = (self.leap[0] + 1, position)

    def _change(self, seconds: float) -> None:
        """Make the hold longer or shorter, from what is already handed over to sound on."""
        here = self.position
        if not self._edits.can_change(here):
            self._message.say(_NO_CHANGE_HERE)
            return
        planned = self._scheduler.planned
        if self.mode == "playing" and planned < self.timeline.span_at(here).end:
            here = max(here, planned)
        elif planned > here:  # the bell that ends the hold is handed over already, and may not ring then
            self._scheduler.hush(here)
        self._message.say(self._edits.lengthen(here, seconds))
        self._cards.renew(self.timeline)

    def _ease(self) -> None:
        """Make the breath easier from the next one on that is not handed over to sound yet."""
        here = max(self.position, self._scheduler.planned if self.mode == "playing" else 0.0)
        self._message.say(self._edits.ease(here))
        self._cards.renew(self.timeline)

    def _turn_pacing(self) -> None:
        said = {"heard": _PACER_HEARD, "seen": _PACER_SEEN, "off": _PACER_OFF}
        self._message.say(said[self._scheduler.turn_pacing(self.timeline.span_at(self.position))])

    def _turn_help(self) -> None:
        self._help = not self._help

    def _tell_where(self) -> None:
        self._help = False
        self._answer.give(self.timeline, self._transport, arriving=self.mode == "returning")

    # -- looking at a pose

    def _look(self) -> None:
        if self._cards.possible:
            self.pause()
            self._paused_at = _LONG_AGO  # after looking, the lead-in runs again
            self._cards.begin(self.position)

    def _key_while_looking(self, name: str) -> None:
        self._cards.key(name)
        if name == "w":
            self._cards.end()
            self._tell_where()
        if name == "space":
            self._toggle()

    # -- grounding

    def _ground(self) -> None:
        """Let the clock stand still and all that sounds fade, and look around the room."""
        self.pause()
        self._scheduler.hush(self.position)
        self.mode = "grounding"
        self._help = False
        self._cards.end()
        self._message.clear()  # the keys to go on with stand in its place
        rest = rest_ahead(self.timeline, self.position) is not None
        self._grounding = Grounding(self._delivery.lang, self._clock(), rest=rest)

    def _key_while_grounding(self, grounding: Grounding, name: str) -> None:
        if name == "w":
            self._tell_where()
            return
        choice = grounding.key(name, self._clock())
        if choice is None:
            return
        self._grounding, self.mode = None, "paused"
        self._paused_at = _LONG_AGO  # after grounding, the lead-in runs again
        rest = rest_ahead(self.timeline, self.position)
        if choice == "end":
            self._end()
            return
        if choice == "rest" and rest is not None:
            self._seek(rest)
        self._return()

    # -- the end

    def _key_while_closing(self, name: str) -> None:
        """Any key leaves, once there was a moment to see that it is over; those of sound still mean what they say."""
        if name in {"m", "up", "down"}:
            self._key(name)
        elif name not in {"stopped", "continued"} and (self._clock() >= self._until or name in {"q", "enter", "esc"}):
            self._leave()

    def _end(self) -> None:
        """End gently: one closing stroke, and a while in which it can be taken back."""
        self._mode_before = self.mode
        if self.mode == "playing":
            self.pause()
        self._scheduler.hush(self.position)
        self.mode = "ending"
        self._until = self._clock() + TAKE_BACK
        if bell := self._sequence.bells.close:
            self._scheduler.bell(bell._replace(strikes=1))

    def _take_back(self) -> None:
        self._scheduler.hush(self.position)
        self.mode = "paused"
        if self._mode_before == "playing":
            self._play()
        elif self._mode_before == "returning":
            self._return()

    def _close(self) -> None:
        """The practice is over; what sounds is heard to its end."""
        self._transport.pause()
        self._message.clear()
        self.mode = "closing"
        self._help = False
        self._until = self._clock() + (0.0 if self._delivery.speed > 1 else 1.0)

    def _leave(self) -> None:
        self._scheduler.hush(self.position)
        self.done = True

    # -- what there is to see

    def status(self) -> Status:
        """Everything there is to show now."""
        lang = self._delivery.lang
        view = view_at(self.timeline, self.position, lang)
        count_in = self._until - self._clock() if self.mode in ("returning", "ending") else 0.0
        left = view.left / self._delivery.speed + (count_in if self.mode == "returning" else 0.0)
        return Status(
            lang=lang,
            title=self._sequence.title.said(lang),
            mode=self.mode,
            view=view,
            ends_at=(self._wall() + timedelta(seconds=left)).strftime("%H:%M"),
            count_in=max(0.0, count_in),
            message=self._message.now,
            again=self._again if self.mode == "returning" else (),
            muted=self._volume.muted,
            deaf=self._volume.deaf,
            pacing=self._scheduler.pacing(self.timeline.span_at(self.position)),
            practised=practised(self.practised).said(lang) if self.mode == "closing" else "",
            help=self._help,
            card=self._cards.card,
            ground=self._grounding.ground(self._clock()) if self._grounding else None,
            where=self._answer.now,
            numbers=self._delivery.numbers,
        )

    def next_picture(self, frame: float, breath_steps: int) -> float:
        """The clock's time at which there is something new to see.

        While it plays, pictures lie on a grid of *frame* seconds that begins with the practice: so whole seconds are
        seen in time, and what changes in between is seen together. The end of a span waits for no grid.

        Args:
            frame: Seconds from one picture to the next, at least.
            breath_steps: How many steps the breath's shape has that is seen.
        """
        now = self._clock()
        match self.mode:
            case "playing":
                here, step = self._transport.position, frame * self._delivery.speed
                if here >= self.timeline.duration:  # it came to its end since the last tick
                    return now
                change = still_until(self.timeline, here, breath_steps)
                number = max(ceil(change / step - _TOLERANCE), floor(here / step + _TOLERANCE) + 1)
                end = self.timeline.span_at(here).end
                ahead = end if end - here > _TOLERANCE else inf
                return min(self._transport.when(min(number * step, ahead)), self._message.ends, self._answer.ends)
            case "returning" | "ending":
                return min(now + frame, max(now, self._until))
            case "closing":
                return now + frame
        return now + max(frame, _STILL)

    @property
    def next_due(self) -> float:
        """The clock's time by which a tick is due, seen or not: for sounds to come, and for the terminal's bell."""
        now = self._clock()
        alarm = max(now, self._scheduler.next_alarm)
        return min(alarm, now + _HANDING_OVER) if self.mode == "playing" else alarm
