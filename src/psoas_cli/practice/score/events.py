"""What sounds when: bells, breaths and speech as they come, the same for whoever plays them and for a file."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from psoas_cli.practice.model.patterns import BreathSound, Phase
from psoas_cli.practice.model.sequence import SOUNDS, Bell, Sequence
from psoas_cli.practice.score.speech import Speech, Utterance
from psoas_cli.practice.score.timeline import Span, Timeline

BreathStyle: TypeAlias = Callable[[Span], BreathSound]
"""How the breath of a span is heard."""


class HeardBell(NamedTuple):
    """A bell, its first strike *at* so many seconds from the start of the practice."""

    at: float
    bell: Bell


class HeardBreath(NamedTuple):
    """A phase of breath that begins *at* so many seconds from the start of the practice, and how it sounds."""

    at: float
    phase: Phase
    style: BreathSound


Heard: TypeAlias = HeardBell | HeardBreath | Utterance
"""Whatever sounds in a practice."""


def sounds_in(timeline: Timeline, speech: Speech, start: float, end: float, style: BreathStyle) -> Iterator[Heard]:
    """What begins to sound with *start* <= at < *end*: the speech in order, then the bells, then the breath.

    Args:
        timeline: The practice.
        speech: What is spoken in it.
        start: Seconds from its start.
        end: Likewise.
        style: How the breath of a span is heard; `none` is not.
    """
    yield from speech.utterances_in(start, end)
    for cue in timeline.cues_in(start, end):
        if cue.bell:
            yield HeardBell(cue.at, cue.bell)
    for at, phase, span in timeline.breaths_in(start, end):
        if (heard := style(span)) != "none":
            yield HeardBreath(at, phase, heard)


def bells_of(sequence: Sequence, timeline: Timeline) -> set[Bell]:
    """The bells that may ring: those of *timeline*, and what pausing and ending ring."""
    timed = {cue.bell for cue in timeline.cues if cue.bell}
    return timed | {bell for bell in (sequence.bells.hold, sequence.bells.close) if bell}


def own_sounds(sequence: Sequence, timeline: Timeline) -> set[str]:
    """The files of a person's own that are among the bells that may ring."""
    return {bell.sound for bell in bells_of(sequence, timeline)} - set(SOUNDS)
