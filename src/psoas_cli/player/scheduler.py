"""What sounds in a session: bells, breaths and speech, handed over to the device a little ahead of their time."""

from collections.abc import Callable
from typing import Protocol

from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.transport import Transport
from psoas_cli.player.turns import Turns
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.patterns import BreathSound, PhaseKind
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.score.events import HeardBell, HeardBreath, sounds_in
from psoas_cli.practice.score.passage import AFTER_BELL, WITHIN, Passage
from psoas_cli.practice.score.speech import time_to_speak
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.tui.status import Pacing

AHEAD = 0.5
"""Seconds of practice whose sounds are handed over before their time."""

FADE = 0.3
"""Seconds in which sounds fade that are hushed."""
_NOTHING: tuple[float, list[Samples]] = (0.0, [])  # until when there is something that was told already, and what
_PACINGS: tuple[Pacing, ...] = ("heard", "seen", "off")


class Sound(Protocol):
    """What a session needs of sound; moments are the clock's seconds."""

    muted: bool
    volume: int

    @property
    def state(self) -> str:
        """`on` when it sounds, `off` when that is not wanted, else why it does not sound."""

    def bell(self, bell: Bell, at: float) -> None:
        """Ring a bell at a moment."""

    def breath(
        self, phase: PhaseKind, seconds: float, style: BreathSound, at: float, fill: tuple[float, float]
    ) -> None:
        """Let a phase of the breath be heard from a moment on."""

    def speech(self, clip: Samples, at: float) -> None:
        """Let a clip be heard from a moment on."""

    def hush(self, seconds: float = ...) -> None:
        """Forget what is planned, fade what sounds."""

    def hush_breath(self, seconds: float = ...) -> None:
        """The same for the breath alone."""

    def hush_speech(self, seconds: float = ...) -> None:
        """The same for speech alone."""

    def sounding_until(self) -> float:
        """The moment at which all is silent."""


class Scheduler:
    """Hands the sounds of a timeline over, each once; where no device sounds, the terminal's bell rings in time.

    Args:
        sound: What sounds.
        delivery: How the person wants it.
        clock: Monotonic seconds.
        alarm: Rings the terminal's own bell.
        narration: What is spoken.

    Attributes:
        planned: Up to where on the timeline sounds are handed over, in seconds.
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
        self._pacing: Pacing | None = None
        self._turns = Turns()

    def plan(self, timeline: Timeline, transport: Transport) -> None:
        """Hand over what comes in the next half second of practice."""
        horizon = transport.position + AHEAD * self._delivery.speed
        if horizon <= self.planned:
            return
        for sound in sounds_in(timeline, self._narration.speech(timeline), self.planned, horizon, self._style):
            when = transport.when(sound.at)
            if isinstance(sound, HeardBell):
                self.bell(sound.bell, when)
            elif isinstance(sound, HeardBreath):
                phase = sound.phase
                self._sound.breath(phase.kind, phase.seconds, sound.style, when, (phase.begin, phase.end))
            elif not self._was_told(self._narration.clip(sound.words), sound.at):
                self._turns.line_up(sound, timeline)
        self.planned = horizon
        now = self._clock()
        for utterance, at in self._turns.due(transport.when, now + FADE, now + AHEAD):
            self._sound.speech(self._narration.clip(utterance.words), at)

    def bell(self, bell: Bell, at: float | None = None) -> None:
        """Ring *bell* at the clock's moment *at*, or when what was hushed has faded."""
        when = self._clock() + FADE if at is None else at
        if self._sound.state == "on":
            self._sound.bell(bell, when)
        elif self._sound.state != "off":
            self._alarms.append(when)

    def tell_again(self, told: Passage, timeline: Timeline, position: float, waiting: float, *, whole: bool) -> None:
        """Say what there is at *position*: the *whole* of what is told of it, where there is time, or what it is.

        What would be told there anyway is not told once more.

        Args:
            told: What is told to who comes to it.
            timeline: The practice.
            position: Seconds from its start.
            waiting: Seconds until its time goes on.
            whole: Whether the way is told, or the name and the side alone.
        """
        text = position + time_to_speak(timeline, position)
        start = FADE if waiting > 0 else AFTER_BELL
        room = waiting + (text - position) / self._delivery.speed - start
        clips = self._narration.clips(told) if whole else []
        if not clips or _lasting(clips) > room:
            clips = self._narration.clips(told, headings=True)
        elif whole:
            self._told = (text, clips)
        if _lasting(clips) > room:
            return
        if whole:
            self._turns.forget()
        if self._turns.over > self._clock():
            self.hush_speech()
        when = self._clock() + start
        self._speak(clips, when)
        self._turns.over = when + _lasting(clips)

    def answer(self, told: Passage, timeline: Timeline, transport: Transport) -> None:
        """Say what a person asked for, where it can be heard: when what is being said is over.

        What falls due meanwhile waits; bells do not.
        """
        clips = self._narration.whole(told)
        if not clips or self._sound.muted or self._delivery.speed > 1:
            return
        now = self._clock()
        coming: list[tuple[float, float]] = []
        if transport.playing:
            until = self._turns.group_ends(timeline, transport.position)
            group = self._narration.speech(timeline).utterances_in(self.planned, until)
            coming = [
                (transport.when(each.at), each.seconds)
                for each in group
                if not self._was_told(self._narration.clip(each.words), each.at)
            ]
        begin = self._turns.answer(_lasting(clips), now, now + FADE, coming)
        if begin is not None:
            self._speak(clips, begin)

    def _speak(self, clips: list[Samples], when: float) -> None:
        """Say *clips* one after the other, from the clock's moment *when* on."""
        for clip in clips:
            self._sound.speech(clip, when)
            when += len(clip) / RATE + WITHIN

    def is_telling(self, timeline: Timeline, position: float) -> bool:
        """Whether something is still spoken, or to be spoken, in the span at *position*."""
        speech = self._narration.speech(timeline)
        span = timeline.span_at(position)
        return any(each.at + each.seconds > position for each in speech.utterances_in(span.start, span.end))

    def _was_told(self, clip: Samples, at: float) -> bool:
        """Whether *clip*, which is due *at* seconds of practice, was told to who came back just before."""
        until, clips = self._told
        return at < until and any(clip is each for each in clips)

    def hush_speech(self) -> None:
        """Let what is being spoken fade, and forget what was to be."""
        self._sound.hush_speech(FADE)
        self._turns.hush()

    def hush(self, planned: float) -> None:
        """Let all that sounds fade; sounds are to be handed over from the position *planned* on."""
        self._sound.hush(FADE)
        self._turns.go(planned)
        self._told = _NOTHING
        self._alarms.clear()
        self.planned = planned

    def ring_alarms(self) -> None:
        """Ring the terminal's bell for what no device sounds and is due."""
        now = self._clock()
        due = [when for when in self._alarms if when <= now]
        if due:
            self._alarms = [when for when in self._alarms if when > now]
            if not self._sound.muted:
                self._alarm()

    @property
    def next_alarm(self) -> float:
        """The clock's time at which the terminal's bell is to ring next; never is infinite."""
        return min(self._alarms, default=float("inf"))

    @property
    def deaf(self) -> bool:
        """Whether sound is wanted and no device sounds."""
        return self._sound.state == "lost" and not self._sound.muted

    def pacing(self, span: Span) -> Pacing:
        """Whether the breath of *span* is heard, seen or neither: as the person turned it, else as the file says."""
        if self._pacing is not None:
            return self._pacing
        return "seen" if span.segment.sound == "none" else "heard"

    def turn_pacing(self, span: Span) -> Pacing:
        """Turn the breath on: from heard to seen, to neither, to heard."""
        now = self.pacing(span)
        self._pacing = _PACINGS[(_PACINGS.index(now) + 1) % len(_PACINGS)]
        if now == "heard":
            self._sound.hush_breath(FADE)
        return self._pacing

    def _style(self, span: Span) -> BreathSound:
        if self.pacing(span) != "heard":
            return "none"
        return self._delivery.breath_sound if span.segment.sound == "none" else span.segment.sound


def _lasting(clips: list[Samples]) -> float:
    """How long *clips* take one after the other, in seconds."""
    return sum(len(clip) for clip in clips) / RATE + WITHIN * max(0, len(clips) - 1)
