"""What sounds when: bells, breaths and speech, the same in a session and in a rendered file."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import Phase
from psoas_cli.practice.model.sequence import SOUNDS, Bell, Sequence
from psoas_cli.practice.score.speech import Speech, Utterance
from psoas_cli.practice.score.timeline import Span, Timeline

BreathStyle: TypeAlias = Callable[[Span], BreathSound]
"""How the breath of a span sounds."""


class HeardBell(NamedTuple):
    """A bell whose first strike comes *at* seconds from the start of the practice."""

    at: float
    bell: Bell


class HeardBreath(NamedTuple):
    """A phase of a breath that begins *at* seconds from the start of the practice, and how it sounds."""

    at: float
    phase: Phase
    style: BreathSound


Heard: TypeAlias = HeardBell | HeardBreath | Utterance
"""Anything that sounds in a practice."""


def sounds_in(timeline: Timeline, speech: Speech, start: float, end: float, style: BreathStyle) -> Iterator[Heard]:
    """Everything that begins to sound with *start* <= at < *end*: first the speech, then the bells, then the breath.

    Args:
        timeline: The practice.
        speech: What is spoken in it.
        start: Seconds from the start of the practice.
        end: Seconds from the start of the practice.
        style: How the breath of a span sounds; with `none` it is silent.
    """
    yield from speech.utterances_in(start, end)
    for cue in timeline.cues_in(start, end):
        if cue.bell:
            yield HeardBell(cue.at, cue.bell)
    for at, phase, span in timeline.breaths_in(start, end):
        if (heard := style(span)) != "none":
            yield HeardBreath(at, phase, heard)


def bells_of(sequence: Sequence, timeline: Timeline) -> set[Bell]:
    """The bells that may ring: those of *timeline*, and those for pausing and ending."""
    timed = {cue.bell for cue in timeline.cues if cue.bell}
    return timed | {bell for bell in (sequence.bells.hold, sequence.bells.close) if bell}


def own_sounds(sequence: Sequence, timeline: Timeline) -> set[str]:
    """The user's own sound files among the bells that may ring."""
    return {bell.sound for bell in bells_of(sequence, timeline)} - set(SOUNDS)
