"""What sounds when: bells, breaths and speech, the same in a session and in a rendered file."""

from collections.abc import Callable, Iterator
from math import inf
from typing import NamedTuple, TypeAlias

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import Phase
from psoas_cli.practice.model.sequence import SOUNDS, Bell, Sequence
from psoas_cli.practice.score.passage import WITHIN
from psoas_cli.practice.score.speech import Speech, Utterance
from psoas_cli.practice.score.timeline import Span, Timeline

_INSTANT = 1e-3

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


BY_THE_WAY = 8.0
"""dB by which words of the breath are softer than others (-20 LUFS)."""

AFTER_A_DEEP_BOWL = 8.0
"""Seconds after a deep bowl before a breath is heard, so that it does not breathe into the bowl."""

_IN_PLACE_OF_WORDS: BreathSound = "air"
"""How a breath sounds that should be said but that nothing speaks."""


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
            yield from _breath(timeline, speech, span, HeardBreath(at, phase, heard))


def _breath(timeline: Timeline, speech: Speech, span: Span, heard: HeardBreath) -> Iterator[HeardBreath | Utterance]:
    """The sound of a breath in *span* or the words for it, or both; nothing before it is to be heard."""
    begins = heard_from(timeline, speech, span)
    if heard.at < begins - _INSTANT:
        return
    said = speech.breath.get(heard.phase.kind)
    if heard.style == "words" and not said:
        yield heard._replace(style=_IN_PLACE_OF_WORDS)
        return
    if heard.style != "words":
        yield heard
    if said and (heard.style == "words" or _is_guided(timeline, speech, span, heard.at, begins)):
        words, seconds = said
        if speech.is_silent(heard.at - WITHIN, heard.at + seconds + WITHIN):
            yield Utterance(heard.at, words, seconds, BY_THE_WAY, by_the_way=True)


def heard_from(timeline: Timeline, speech: Speech, span: Span) -> float:
    """When a breath of *span* is heard first, in seconds from the start of the practice.

    The breath is seen from the start of the span, but heard from the first whole one after the invitation to it, and
    not right after a deep bowl; from the start if there is no such breath.
    """
    if span.course is None:
        return span.start
    quiet = span.start
    for cue in timeline.cues_in(span.start - AFTER_A_DEEP_BOWL, span.start + _INSTANT):
        if cue.bell and cue.bell.sound == "deep-bowl":
            quiet = max(quiet, cue.at + AFTER_A_DEEP_BOWL)
    texts = [cue.at for cue in timeline.cues_in(span.start, span.end) if not cue.bell]
    if texts and texts[0] < span.start + _INSTANT:
        until = next((at for at in texts if at > span.start + _INSTANT), span.end)
        invited = speech.utterances_in(span.start, until)
        quiet = max([quiet, *(each.at + each.seconds for each in invited)])
    first = span.course.next_breath(quiet - span.start)
    return span.start + (0.0 if first == inf else first)


def _is_guided(timeline: Timeline, speech: Speech, span: Span, at: float, begins: float) -> bool:
    """Whether the words are said with the breath *at* a moment of *span*, whose breath is heard from *begins* on."""
    if not speech.guided or span.course is None:
        return False
    first = next((each for each in timeline.spans if each.course and each.segment.sound != "none"), None)
    now, before = span.course.at(at - span.start), span.course.at(begins - span.start)
    is_first = first is not None and span.start == first.start
    return is_first and bool(now and before and now.number - before.number < speech.guided)


def bells_of(sequence: Sequence, timeline: Timeline) -> set[Bell]:
    """The bells that may ring: those of *timeline*, and those for ending, for an open hold, and for going elsewhere."""
    timed = {cue.bell for cue in timeline.cues if cue.bell}
    stays = {span.segment.bells for span in timeline.spans if not span.segment.moving}
    going = {bell for bells in stays for bell in (bells.hold, bells.end, bells.side, bells.minute)}
    return timed | {bell for bell in (*going, sequence.bells.close) if bell}


def own_sounds(sequence: Sequence, timeline: Timeline) -> set[str]:
    """The user's own sound files among the bells that may ring."""
    return {bell.sound for bell in bells_of(sequence, timeline)} - set(SOUNDS)
