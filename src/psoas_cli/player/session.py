"""A session: one run of a practice by a person. Keys and time go in; sound and a status to show come out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player import answer
from psoas_cli.player.answer import Answer
from psoas_cli.player.any_key import STOP_OR_GO, meant_by
from psoas_cli.player.buttons import BUTTONS, Buttons
from psoas_cli.player.cards import CardViewer, cards_of
from psoas_cli.player.edits import Edits
from psoas_cli.player.farewell import Farewell
from psoas_cli.player.hold_keys import CHANGE, HoldKeys
from psoas_cli.player.place_keys import PlaceKeys
from psoas_cli.player.playhead import Playhead
from psoas_cli.player.scheduler import Scheduler, Sound
from psoas_cli.player.sound_keys import SoundKeys
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.durations import practised
from psoas_cli.practice.model.sequence import Bell, Sequence
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.navigation import rest_ahead
from psoas_cli.practice.score.revisions import Revision
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.practice.score.view import view_at
from psoas_cli.tui.keys import SIGNALS
from psoas_cli.tui.status import SERIOUS, Message, Mode, Status

if TYPE_CHECKING:
    from psoas_cli.player.grounding import Grounding

_SLEPT = Text("Paused while the computer was asleep", "Gepauzeerd: de computer sliep")

_STILL = 0.5  # seconds between pictures while the clock stands still: messages expire, and the end time moves
_CLOSES_HELP = {"?", "q", "esc"}
_SAME_KEYS = {"right": "n", "pagedown": "n", "left": "p", "pageup": "p", "=": "+"}


class Session:
    """Leads a person through *timeline*.

    Args:
        sequence: The practice.
        timeline: Its timeline, fitted or not.
        sound: The sink.
        delivery: How the practice is delivered.
        clock: Returns monotonic time in seconds.
        wall: Returns the time of day.
        alarm: Rings the terminal's own bell, if no device plays.
        position: Where to begin, in seconds; except at 0 there is time to get there first.
        note: Why there is no sound, shown by the sound keys; empty if there is sound.
        greeting: The first message; empty for none.
        narration: What is spoken; nothing if None.

    Attributes:
        done: Whether the session is over and silent.
        finished: Whether the practice reached its end.
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
        greeting: str = "",
        narration: Narration | None = None,
    ) -> None:
        self.done = False
        self.finished = False
        self._edits = Edits(timeline)
        self._sequence = sequence
        self._sound = sound
        self._delivery = delivery
        self._clock = clock
        self._wall = wall
        self._scheduler = Scheduler(sound, delivery, clock, alarm, narration or Narration(delivery.lang))
        self._playhead = Playhead(self._edits, self._scheduler, delivery, clock, position=position)
        self._farewell = Farewell(self._playhead, self._scheduler, clock, sequence.bells.close, delivery.speed)
        self._answer = Answer(clock, delivery.lang, self._scheduler)
        self._message = Message(clock, delivery.lang, greeting)
        self._sound_keys = SoundKeys(sound, self._scheduler, self._message, note)
        self._hold_keys = HoldKeys(
            self._edits,
            self._playhead,
            self._scheduler,
            self._message,
            delivery=delivery,
            ends_at=lambda: self._ends_at,
        )
        self._place_keys = PlaceKeys(
            self._edits,
            self._playhead,
            self._hold_keys,
            self._farewell,
            answer=self._answer,
            message=self._message,
        )
        begin_anew = self._place_keys.begin_anew
        self._buttons = Buttons(self._playhead, self._scheduler, clock, key=self.key, begin_anew=begin_anew)
        self._help = False
        self._cards = CardViewer(delivery.lang)
        self._has_poses = bool(cards_of(timeline, delivery.lang))
        self._grounding: Grounding | None = None

    @property
    def timeline(self) -> Timeline:
        """The timeline with all changes so far."""
        return self._edits.timeline

    @property
    def changes(self) -> list[Revision]:
        """The changes that keys made to the timeline, as in `Edits.changes`."""
        return self._edits.changes

    @property
    def position(self) -> float:
        """Seconds from the start of the practice, never beyond its end."""
        return self._playhead.position

    @property
    def practised(self) -> float:
        """Seconds of practice that were played, without the lead-in."""
        return self._playhead.practised

    @property
    def leap(self) -> tuple[int, float]:
        """The number of leaps so far, and the position of the last one, or of the beginning (seconds)."""
        return self._playhead.leap

    @property
    def mode(self) -> Mode:
        """Whether it plays, and if not, why."""
        return self._farewell.state or ("grounding" if self._grounding else self._playhead.mode)

    def begin(self) -> None:
        """Begin at once at the start, elsewhere with time to get there."""
        self._playhead.begin()

    # -- time

    def tick(self) -> None:
        """Bring everything up to now: what has begun, what is over, which sounds come next."""
        now = self._clock()
        if self._farewell.state == "closing":  # not in the tick that began it, so that the end is shown at any speed
            self.done = self.done or now >= max(self._farewell.until, self._sound.sounding_until())
        elif self._farewell.state == "ending":
            if now >= self._farewell.until:
                self._close()
        else:
            self._playhead.tick(now)
            if self._playhead.mode == "playing":
                self._answer.follow(self.position)
                if self._playhead.at_end:
                    self.finished = True
                    self._close()
        if self._grounding:
            self._grounding.tick(now)
        self._buttons.tick(now, self.mode)
        self._scheduler.ring_alarms()
        self._sound_keys.look()

    # -- keys

    def key(self, name: str) -> None:
        """Do what the key, or the button, *name* means now."""
        if name in BUTTONS:
            self._help = False  # nothing is done behind the page
            self._buttons.press(name, self.mode)
            return
        name = meant_by(name, self.mode, any_key=self._delivery.any_key)
        if name not in answer.KEYS:
            self._answer.end()
        self._key_in_mode(name)

    def _key_in_mode(self, name: str) -> None:
        if self.mode == "closing":
            self._key_while_closing(name)
        elif self._grounding:
            self._key_while_grounding(self._grounding, name)
        elif name == "g":
            self._ground()
        elif self._help and name in _CLOSES_HELP:
            self._help = False
        elif self._cards.card:
            self._key_while_looking(name)
        elif self.mode == "ending":
            if name == "space":
                self._farewell.take_back()
            elif name == "q":
                self._close()
        else:
            self._key(name)

    def _key(self, name: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "space": self._playhead.toggle,
            STOP_OR_GO: self._playhead.toggle if self.mode == "paused" else self._playhead.pause,
            "n": self._place_keys.go_on,
            "p": self._place_keys.go_back,
            "+": lambda: self._hold_keys.lengthen(CHANGE),
            "-": lambda: self._hold_keys.lengthen(-CHANGE),
            "b": lambda: self._sound_keys.turn_pacing(self.timeline, self.position),
            "v": lambda: self._sound_keys.turn_verbosity(self.timeline, self._playhead),
            "e": self._hold_keys.ease,
            "o": self._hold_keys.keep_open,
            "s": self._hold_keys.soften,
            "m": self._sound_keys.mute,
            "up": lambda: self._sound_keys.turn(1),
            "down": lambda: self._sound_keys.turn(-1),
            "i": self._look if self._has_poses else self._message.give_way,
            "q": self._farewell.begin,
            "w": self._place_keys.tell,
            "enter": self._place_keys.end_or_tell,
        }
        action = actions.get(_SAME_KEYS.get(name, name))
        self._help = name == "?" or (self._help and action is None)  # nothing is done behind the page
        if action:
            action()
        elif name != "?" and name not in SIGNALS:  # it means nothing, and the keys that mean something are shown
            self._message.give_way()

    def say(self, said: str) -> None:
        """Show *said* for long enough not to be missed."""
        self._message.repeat(said, SERIOUS)

    def pause(self, message: Text | None = None) -> None:
        """Let the clock stand still, and show *message*."""
        if self._farewell.state is None:
            self._playhead.pause()
        if message and not self._grounding:  # there the clock stands still anyway, and the keys must stay visible
            self._message.say(message)

    def interrupted(self) -> None:
        """Pause at the last position before the computer slept, and ring a wood block to say so."""
        if self.mode in ("playing", "returning"):
            self._playhead.slept()
            self._message.say(_SLEPT)
            self._scheduler.bell(Bell("wood-block"))

    # -- looking at a pose

    def _look(self) -> None:
        self._cards.begin(self.timeline, self.position)
        if self._cards.card:
            self._playhead.pause(long=True)  # after looking, there is time to come back

    def _key_while_looking(self, name: str) -> None:
        self._cards.key(name)
        if name == "w":
            self._cards.end()
            self._place_keys.tell()
        if name == "space":
            self._playhead.toggle()

    # -- grounding

    def _ground(self) -> None:
        """Let the clock stand still, fade out all sounds, and begin grounding."""
        from psoas_cli.player.grounding import Grounding

        self._farewell.forget()
        self._playhead.pause(long=True)  # afterwards there is time to come back
        self._scheduler.hush(self.position)
        self._help = False
        self._cards.end()
        self._message.clear()  # the keys to go on with are shown in its place
        rest = rest_ahead(self.timeline, self.position) is not None
        self._grounding = Grounding(self._delivery.lang, self._clock(), self._scheduler, rest=rest)
        self._grounding.tick(self._clock())

    def _key_while_grounding(self, grounding: "Grounding", name: str) -> None:
        if name in {"w", "m"}:
            self._key(name)
            return
        choice = grounding.key(name, self._clock())
        if choice is None:
            return
        self._grounding = None
        rest = rest_ahead(self.timeline, self.position)
        if choice == "end":
            self._farewell.begin()
            return
        if choice == "rest" and rest is not None:
            self._playhead.seek(rest)
        self._playhead.come_back()
        self._playhead.elsewhere |= choice == "rest"  # without the bell that begins time to move, which might startle

    # -- the end

    def _key_while_closing(self, name: str) -> None:
        """Quit on any key but those for sound, once there was a moment to see that the practice is over."""
        if name in {"m", "up", "down"}:
            self._key(name)
        elif name not in SIGNALS and (self._clock() >= self._farewell.until or name in {"q", "enter", "esc"}):
            self._scheduler.hush(self.position)
            self.done = True

    def _close(self) -> None:
        """End the practice; sounds play on to their end."""
        self._farewell.close()
        self._message.clear()
        self._help = False

    # -- what to show

    def status(self) -> Status:
        """Return everything to show now."""
        lang = self._delivery.lang
        here = self.position
        view = view_at(self.timeline, here, lang)
        until = self._playhead.until if self.mode == "returning" else self._farewell.until
        count_in = until - self._clock() if self.mode in ("returning", "ending") else 0.0
        done = practised(self.practised, rehearsed=self._delivery.speed > 1) if self.mode == "closing" else Text()
        return Status(
            lang=lang,
            title=self._sequence.title.said(lang),
            mode=self.mode,
            view=view,
            ends_at=self._ends_at,
            count_in=max(0.0, count_in),
            message=self._message.now,
            messages=self._message.count,
            elsewhere=self._playhead.elsewhere,
            again=self._playhead.again if self.mode == "returning" else (),
            muted=self._sound_keys.muted,
            deaf=self._sound_keys.deaf,
            pacing=self._scheduler.pacing(self.timeline.span_at(here)),
            practised=done.said(lang),
            help=self._help,
            card=self._cards.card,
            ground=self._grounding.ground(self._clock()) if self._grounding else None,
            where=self._answer.now,
            numbers=self._delivery.numbers,
            idle=self._idle(here, follows=bool(view.next)),
            any_key=self._delivery.any_key,
        )

    @property
    def _ends_at(self) -> str:
        """The time of day at which the practice ends if it is not paused."""
        return (self._wall() + timedelta(seconds=self._playhead.to_come)).strftime("%H:%M")

    def _idle(self, here: float, *, follows: bool) -> frozenset[str]:
        """The keys that have nothing to do at *here*; *follows* tells whether there is a place to go on to."""
        works = {
            "i": self._has_poses,
            "n": follows,
            "+ -": self._edits.can_change(here),
        }
        return frozenset(key for key, does in works.items() if not does)

    def next_picture(self, frame: float, breath_steps: int) -> float:
        """Return the clock time at which there is something new to show.

        While the practice plays, pictures lie on a grid of *frame* seconds from its start, so that whole seconds are
        shown in time and other changes share a picture. The end of a span does not wait for the grid.

        Args:
            frame: Least seconds between two pictures.
            breath_steps: In how many steps the shape of the breath is drawn; 0 if it is not shown.
        """
        now = self._clock()
        match self.mode:
            case "playing":
                return min(self._playhead.next_change(frame, breath_steps), self._message.ends, self._answer.ends)
            case "returning":
                return min(now + frame, max(now, self._playhead.until))
            case "ending":
                return min(now + frame, max(now, self._farewell.until))
            case "closing":
                return now + frame
        return now + max(frame, _STILL)

    @property
    def next_due(self) -> float:
        """The clock time by which the next tick is due: for sounds to hand over, and for the terminal's bell."""
        return min(self._scheduler.next_due(playing=self.mode == "playing"), self._buttons.due)
