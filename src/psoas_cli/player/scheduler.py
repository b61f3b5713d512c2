"""The scheduler: hands bells, breaths and speech over to a sink, a little ahead of their time."""

from collections.abc import Callable
from math import inf
from operator import is_
from typing import Protocol

from psoas_cli.audio.clip import Clip
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.transport import Transport
from psoas_cli.player.turns import Turns
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.practice.model.verbosity_texts import ANNOUNCED
from psoas_cli.practice.score.events import Heard, HeardBell, HeardBreath, sounds_in
from psoas_cli.practice.score.passage import AFTER_BELL, WITHIN, Part, Passage
from psoas_cli.practice.score.speech import Utterance, Words, time_to_speak
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.tui.status import Pacing

AHEAD = 0.5
"""The lookahead: seconds before their time that sounds are handed over."""

FADE = 0.3
"""Seconds in which hushed sounds fade out."""

_NOTHING: tuple[float, list[Words]] = (0.0, [])  # position up to which words count as told, and these words
_EARLY = 0.4  # seconds by which sounds are handed over before their time, at the least
_LOOK = 5.0  # seconds of the clock in which the next sound is looked for at once
_AT_ONCE = 0.2  # seconds until something is said at once: what was being said has become soft by then
_INSTANT = 1e-3  # seconds
_PACINGS: tuple[Pacing, ...] = ("heard", "seen", "off")


class Sound(Protocol):
    """What a session needs of a sink. Moments are clock times, in seconds."""

    muted: bool
    volume: int

    @property
    def state(self) -> str:
        """`on` if it plays, `off` if no sound is wanted, else why it does not play."""

    def bell(self, bell: Bell, at: float) -> None:
        """Ring *bell* at the moment *at*."""

    def breath(
        self, phase: PhaseKind, seconds: float, style: BreathSound, at: float, fill: tuple[float, float]
    ) -> None:
        """Play a phase of the breath from the moment *at*; *fill* is how full the lungs are at its ends (0..1)."""

    def speech(self, clip: Clip, at: float, softer: float = ...) -> None:
        """Play *clip* from the moment *at*, *softer* by some dB."""

    def bed(self, *, heard: bool, seconds: float) -> None:
        """Bring in the bed of sound, or fade it out, over *seconds*."""

    def hush(self, seconds: float = ...) -> None:
        """Cancel what is planned, and fade out what plays in *seconds*."""

    def hush_breath(self, seconds: float = ...) -> None:
        """Do the same as `hush` for the breath alone."""

    def hush_speech(self, seconds: float = ...) -> None:
        """Do the same as `hush` for speech alone."""

    def sounding_until(self) -> float:
        """Return the moment from which all is silent."""


class Scheduler:
    """Hands over each sound of a timeline once; if no device plays, the terminal's bell rings instead.

    Args:
        sound: The sink.
        delivery: How the practice is delivered.
        clock: Returns monotonic time in seconds.
        alarm: Rings the terminal's own bell.
        narration: What is spoken.

    Attributes:
        planned: The position up to which sounds have been handed over, in seconds.
    """

    def __init__(
        self,
        sound: Sound,
        delivery: Delivery,
        clock: Callable[[], float],
        alarm: Callable[[], None],
        narration: Narration,
    ) -> None:
        self.planned = 0.0
        self._sound = sound
        self._delivery = delivery
        self._clock = clock
        self._alarm = alarm
        self._narration = narration
        self._alarms: list[float] = []
        self._told = _NOTHING
        self._arrived_at = -inf  # position whose bells another one has rung in place of
        self._pacing: Pacing | None = None
        self._turns = Turns()
        self._view: tuple[object, ...] = ()  # what was looked through for the next sound
        self._looked_from, self._next = inf, -inf  # the positions from which that was done, and at which it was found
        self._due = -inf  # clock time by which sounds are to be handed over

    def plan(self, timeline: Timeline, transport: Transport) -> None:
        """Hand over the sounds up to the lookahead (`AHEAD`)."""
        horizon = transport.position + AHEAD * self._delivery.speed
        if horizon > self._next_sound(timeline):
            for sound in sounds_in(timeline, self._narration.speech(timeline), self.planned, horizon, self._style):
                self._hand_over(sound, timeline, transport.when(sound.at))
        self.planned = max(self.planned, horizon)
        now = self._clock()
        for utterance, at in self._turns.due(transport.when, now + FADE, now + AHEAD):
            self._sound.speech(self._narration.clip(utterance.words), at)
        following = now + AHEAD if self._turns.waiting else transport.when(self._next_sound(timeline))
        self._due = following - _EARLY

    def _next_sound(self, timeline: Timeline) -> float:
        """The position of the first sound that is still to be handed over, or one up to which there is none."""
        speech = self._narration.speech(timeline)
        view = (timeline, speech, self._pacing)
        if not (self._looked_from <= self.planned <= self._next and all(map(is_, view, self._view))):
            end = self.planned + _LOOK * self._delivery.speed
            sounds = sounds_in(timeline, speech, self.planned, end, self._style)
            self._view, self._looked_from = view, self.planned
            self._next = min((each.at for each in sounds), default=end)
        return self._next

    def _hand_over(self, sound: Heard, timeline: Timeline, when: float) -> None:
        """Have *sound* begin at the clock time *when*, or line it up if others may come first."""
        if isinstance(sound, HeardBell):
            if abs(sound.at - self._arrived_at) >= _INSTANT:
                self.bell(sound.bell, when)
        elif isinstance(sound, HeardBreath):
            phase = sound.phase
            self._sound.breath(phase.kind, phase.seconds, sound.style, when, (phase.begin, phase.end))
        elif sound.by_the_way:
            self._say_by_the_way(sound, when)
        elif not self._was_told(sound.words, sound.at):
            self._turns.line_up(sound, timeline)

    def bell(self, bell: Bell, at: float | None = None) -> None:
        """Ring *bell* at the clock time *at*, or once hushed sounds have faded out."""
        when = self._clock() + FADE if at is None else at
        if self._sound.state == "on":
            self._sound.bell(bell, when)
        elif self._sound.state != "off":
            self._alarms.append(when)

    def arrive(self, bell: Bell, position: float, at: float) -> None:
        """Ring *bell* at the clock time *at*, in place of what else would ring at *position*."""
        self._arrived_at = position
        self.bell(bell, at)

    def tell_again(
        self, told: Passage, timeline: Timeline, position: float, waiting: float, *, whole: bool, silence: float = 0.0
    ) -> None:
        """Speak as much of *told* as there is time for: all of it if *whole*, else the name and the side, else nothing.

        What is spoken here is not spoken again when it falls due.

        Args:
            told: What is told to a person who comes to *position*.
            timeline: The practice.
            position: Seconds from its start.
            waiting: Seconds until the practice goes on there.
            whole: Whether to tell the way in, besides the name and the side.
            silence: Seconds that the words wait after a bell that rings at once.
        """
        text = position + time_to_speak(timeline, position)
        start = FADE + silence if waiting > 0 else AFTER_BELL
        room = waiting + (text - position) / self._delivery.speed - start
        if self._narration.verbosity == "none":
            return
        whole = whole and self._narration.verbosity != "names"
        said = self._narration.spoken(told) if whole else []
        if not said or self._lasting(said) > room:
            said = self._narration.spoken(told, headings=True)
        elif whole:
            self._told = (text, said)
        if self._lasting(said) > room:
            return
        if whole:
            self._turns.forget()
        if self._turns.over > self._clock():
            self.hush_speech()
        when = self._clock() + start
        self._speak(said, when)
        self._turns.over = when + self._lasting(said)

    def answer(self, told: Passage, timeline: Timeline, transport: Transport) -> None:
        """Speak *told*, the answer to the person, once what is being said is over.

        Texts that fall due meanwhile wait; bells do not. Without a clip for all of it, or without sound, do nothing.
        """
        words = self._narration.whole(told)
        if not words or self._sound.muted or self._delivery.speed > 1:
            return
        now = self._clock()
        coming: list[tuple[float, float]] = []
        if transport.playing:
            until = self._turns.group_ends(timeline, transport.position)
            group = self._narration.speech(timeline).utterances_in(self.planned, until)
            coming = [
                (transport.when(each.at), each.seconds) for each in group if not self._was_told(each.words, each.at)
            ]
        begin = self._turns.answer(self._lasting(words), now, now + FADE, coming)
        if begin is not None:
            self._speak(words, begin)

    def say(self, *texts: Text, softer: float = 0.0, silence: float = 0.0) -> None:
        """Speak *texts* at once, one after the other; what was being said fades out, and what falls due waits.

        Args:
            texts: What to say, as far as something can speak it.
            softer: By how many dB.
            silence: Seconds that the words wait after a bell that rings at once.
        """
        words = self._narration.spoken(Passage(tuple(map(Part, texts))))
        self.hush_speech()
        if words and not self._sound.muted and self._delivery.speed <= 1:
            now = self._clock()
            begin = now + (FADE + silence if silence else _AT_ONCE)
            self._turns.answer(self._lasting(words), now, begin, [])
            self._speak(words, begin, softer)

    @property
    def verbosity(self) -> Verbosity | None:
        """How much is said; None if nothing can be spoken."""
        return self._narration.verbosity if self._narration else None

    def turn_verbosity(self, timeline: Timeline, transport: Transport) -> Verbosity | None:
        """Have less said, or everything again after nothing, and say so; return how much, None if nothing speaks.

        What was being said, and is to be said all the same, is said again after that.
        """
        if not self._narration:
            return None
        verbosity = self._narration.say_less()
        self.say_first(ANNOUNCED[verbosity], timeline, transport)
        return verbosity

    def say_first(self, text: Text, timeline: Timeline, transport: Transport) -> None:
        """Speak *text* at once; what was being said, and still is to be on *timeline*, is said again after that."""
        self._turns.forget()
        self.say(text)
        if transport.playing:
            self.line_up_again(timeline, transport.position)

    def line_up_again(self, timeline: Timeline, position: float) -> None:
        """Have said again, if there is time, what was being said at *position* when something cut it off."""
        for each in self._narration.speech(timeline).utterances_in(timeline.span_at(position).start, self.planned):
            if self._over(each) > position and not self._was_told(each.words, each.at):
                self._turns.line_up(each, timeline, again=True)

    def _speak(self, words: list[Words], when: float, softer: float = 0.0) -> None:
        """Speak *words* one after the other, from the clock time *when*."""
        for each in words:
            clip = self._narration.clip(each)
            self._sound.speech(clip, when, softer)
            when += clip.seconds + WITHIN

    def _say_by_the_way(self, utterance: Utterance, when: float) -> None:
        """Speak *utterance* at the clock time *when* if nobody else speaks then."""
        if self._turns.is_free(when):
            self._sound.speech(self._narration.clip(utterance.words), when, utterance.softer)
            self._turns.over = when + utterance.seconds

    def _over(self, utterance: Utterance) -> float:
        """The position at which *utterance* is over, if it is said at its own."""
        return utterance.at + utterance.seconds * self._delivery.speed

    def _lasting(self, words: list[Words]) -> float:
        """Seconds that *words* take, one after the other."""
        return sum(self._narration.clip(each).seconds for each in words) + WITHIN * max(0, len(words) - 1)

    def is_telling(self, timeline: Timeline, position: float) -> bool:
        """Whether anything is being spoken, or still to be spoken, in the span at *position*."""
        speech = self._narration.speech(timeline)
        span = timeline.span_at(position)
        return any(self._over(each) > position for each in speech.utterances_in(span.start, span.end))

    def _was_told(self, words: Words, at: float) -> bool:
        """Whether *words*, due at the position *at*, were just told to the person when they came back."""
        until, told = self._told
        return at < until and words in told

    def hush_speech(self) -> None:
        """Fade out what is being spoken, and cancel what was handed over."""
        self._sound.hush_speech(FADE)
        self._turns.hush()

    def hush(self, planned: float) -> None:
        """Fade out all sounds, and go on handing over from the position *planned*."""
        self._sound.hush(FADE)
        self._turns.go(planned)
        self._told = _NOTHING
        self._arrived_at = -inf
        self._alarms.clear()
        self.planned = planned

    def ring_alarms(self) -> None:
        """Ring the terminal's bell if a bell is due that no device plays."""
        now = self._clock()
        due = [when for when in self._alarms if when <= now]
        if due:
            self._alarms = [when for when in self._alarms if when > now]
            if not self._sound.muted:
                self._alarm()

    def next_due(self, *, playing: bool) -> float:
        """The clock time by which sounds are to be handed over, while it is *playing*, or the terminal's bell rings."""
        alarm = min(self._alarms, default=inf)
        return max(self._clock(), min(alarm, self._due) if playing else alarm)

    @property
    def deaf(self) -> bool:
        """Whether sound is wanted but no device plays it."""
        return self._sound.state == "lost" and not self._sound.muted

    def pacing(self, span: Span) -> Pacing:
        """Whether the breath of *span* is heard, seen or neither: as the person chose, else as in the file."""
        if self._pacing is not None:
            return self._pacing
        return "seen" if span.segment.sound == "none" else "heard"

    def turn_pacing(self, span: Span) -> Pacing:
        """Switch the breath from heard to seen, from seen to off, or from off to heard; return the new state."""
        now = self.pacing(span)
        self._pacing = _PACINGS[(_PACINGS.index(now) + 1) % len(_PACINGS)]
        if now == "heard":
            self._sound.hush_breath(FADE)
        return self._pacing

    def _style(self, span: Span) -> BreathSound:
        if self.pacing(span) != "heard":
            return "none"
        return self._delivery.breath_sound if span.segment.sound == "none" else span.segment.sound
