"""Render a practice to samples, from its start until its last bell has died away, faster than real time."""

from collections.abc import Callable, Iterator

from psoas_cli.audio import breath
from psoas_cli.audio.bed_loop import RISE, leaving
from psoas_cli.audio.buffer import Buffer, PlainBuffer
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import RATE, Samples, frames_of, louder
from psoas_cli.audio.strike import strike_of
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.practice.model.sequence import STRIKE_GAP
from psoas_cli.practice.score.events import BreathStyle, Heard, HeardBell, sounds_in
from psoas_cli.practice.score.speech import Utterance
from psoas_cli.practice.score.timeline import Timeline

BLOCK = RATE
"""Frames to render at a time."""

_AHEAD = 1.0  # seconds by which sounds are placed early: the rest becomes softer before speech begins
_ENDING = 0.05  # seconds at the end over which anything still sounding fades


def rendered(
    timeline: Timeline,
    style: BreathStyle,
    seconds: float,
    mixer: Mixer,
    *,
    block: int = BLOCK,
    narration: Narration | None = None,
) -> Iterator[Samples]:
    """Yield the samples of *timeline* in blocks.

    Args:
        timeline: The practice.
        style: Returns how the breath of a span sounds.
        seconds: The total length: the practice, and what rings on after it.
        mixer: A new mixer, with the gain to render at, and with a bed of sound if there is to be one.
        block: The most frames in a block.
        narration: What is spoken; None for nothing.
    """
    end = frames_of(seconds)
    ending = max(0, end - frames_of(_ENDING))
    left, leave = leaving(timeline.duration, seconds - timeline.duration)
    turns = sorted({frames_of(left), ending, end})
    planned = 0.0
    narration = narration or Narration("en")
    mixer.fade_loop(1.0, RISE)
    while mixer.position < end:
        if mixer.position == ending:
            mixer.hush(_ENDING)
        if mixer.position == frames_of(left):
            mixer.fade_loop(0.0, leave)
        last = min(mixer.position + block, next(turn for turn in turns if turn > mixer.position))
        horizon = last / RATE + _AHEAD
        for sound in sounds_in(timeline, narration.speech(timeline), planned, horizon, style):
            _place(sound, mixer, narration)
        planned = horizon
        yield mixer.render(last - mixer.position)


def quickest_buffer() -> Callable[[], Buffer]:
    """The fastest kind of buffer there is: with numpy, if that is installed."""
    try:
        from psoas_cli.audio.export.numpy_buffer import NumpyBuffer
    except ImportError:
        return PlainBuffer
    return NumpyBuffer


def _place(sound: Heard, mixer: Mixer, narration: Narration) -> None:
    """Place *sound* on the tape, exact to the frame."""
    if isinstance(sound, HeardBell):
        samples = strike_of(sound.bell)
        for strike in range(sound.bell.strikes):
            mixer.place(samples, frames_of(sound.at + strike * STRIKE_GAP), kind="bell")
    elif isinstance(sound, Utterance):
        clip = narration.clip(sound.words).decoded()
        mixer.place(louder(clip, -sound.softer) if sound.softer else clip, frames_of(sound.at), kind="speech")
    elif breath.is_heard(sound.phase.kind, sound.style):
        kind, seconds, *fill = sound.phase
        samples = breath.render(kind, seconds, sound.style, (fill[0], fill[1]))
        mixer.place(samples, frames_of(sound.at), kind="breath")
