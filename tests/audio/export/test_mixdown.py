"""A practice as samples: each sound at its frame, as long as it is to be, and nothing cut off."""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.audio.conftest import level_of

from psoas_cli.audio import breath, decode
from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.ducking import BACK, DOWN, SOFTER
from psoas_cli.audio.export.mixdown import rendered
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import RATE, frames_of, silence
from psoas_cli.audio.strike import tail_of
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.sequence import STRIKE_GAP
from psoas_cli.practice.score.speech import Words
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

if TYPE_CHECKING:
    from psoas_cli.audio.samples import Samples
    from psoas_cli.practice.model.breath_sound import BreathSound
    from psoas_cli.practice.score.timeline import Span

PRACTICE = """
title: Test
language: en
lead-in: 2.5s
transition: 2s
bells: {{open: tingsha, hold: tingsha, close: {close}, every: {{interval: 4.1s, sound: wood-block}}}}
steps:
  - {{name: Lying, hold: 7.3s}}
  - {{breathe: 2.2-3.1, cycles: 3}}
"""


def timeline_of(close: str) -> Timeline:
    content = PRACTICE.format(close=close)
    return compile_sequence(read_sequence(Source("test", "test.yaml", content), Shelf("en", {}, lambda _: None)))


def as_written(span: Span) -> BreathSound:
    return span.segment.sound


def whole(timeline: Timeline, seconds: float, block: int = RATE) -> Samples:
    tape: Samples = array("h")
    for segment in rendered(timeline, as_written, seconds, Mixer(), block=block):
        assert 0 < len(segment) <= block
        tape.extend(segment)
    return tape


def expected(timeline: Timeline, frames: int) -> Samples:
    """All that sounds in *timeline*, each at its own frame, simply added."""
    tape = silence(frames)

    def put(samples: Samples, at: float) -> None:
        first = frames_of(at)
        part = slice(first, first + len(samples))
        tape[part] = array("h", map(sum, zip(tape[part], samples, strict=False)))

    for cue in timeline.cues:
        if cue.bell:
            for strike in range(cue.bell.strikes):
                put(decode.load(cue.bell.sound), cue.at + strike * STRIKE_GAP)
    for at, phase, span in timeline.breaths_in(0.0, timeline.duration):
        put(breath.render(phase.kind, phase.seconds, span.segment.sound, (phase.begin, phase.end)), at)
    return tape


@pytest.mark.parametrize("block", [RATE, 7001])
def test_every_sound_is_at_its_frame_until_the_last_is_silent(block: int) -> None:
    timeline = timeline_of("{sound: tingsha, strikes: 2}")
    seconds = timeline.duration + tail_of(timeline.cues[-1].bell)
    tape = whole(timeline, seconds, block)
    assert len(tape) == frames_of(seconds) == frames_of(timeline.duration + 8.5)
    assert tape == expected(timeline, len(tape))


def test_a_bell_that_is_struck_softer_is_softer_by_as_much_and_lasts_as_long() -> None:
    timeline = timeline_of("{sound: tingsha, strikes: 2}")
    *others, close = timeline.cues
    assert close.bell
    softer = replace(close, bell=close.bell._replace(softer=8.0))
    seconds = timeline.duration + tail_of(softer.bell)
    assert seconds == timeline.duration + tail_of(close.bell)
    closing = slice(frames_of(timeline.duration) + RATE // 2, None)  # what rang before it is silent by then
    usual, soft = (whole(Timeline(timeline.spans, (*others, each)), seconds)[closing] for each in (close, softer))
    assert level_of(usual) - level_of(soft) == pytest.approx(8, abs=0.2)


def test_what_still_sounds_at_the_end_fades() -> None:
    timeline = timeline_of("none")
    tape, uncut = whole(timeline, timeline.duration), expected(timeline, frames_of(timeline.duration) + 10 * RATE)
    end = frames_of(timeline.duration)
    assert len(tape) == end
    assert max(uncut[end:]) > 100, "there is something to fade"
    assert tape[: end - 2400] == uncut[: end - 2400]
    assert abs(tape[-1]) <= 1
    steps = [abs(b - a) for a, b in pairwise(tape[-2400:])]
    assert max(steps) <= max(abs(b - a) for a, b in pairwise(uncut[end - 2400 : end])) + 1


def test_a_breath_that_is_not_to_be_heard_is_not() -> None:
    timeline = timeline_of("none")
    tape: Samples = array("h")
    for segment in rendered(timeline, lambda _: "none", timeline.duration, Mixer()):
        tape.extend(segment)
    breathing = next(span for span in timeline.spans if span.course)
    last = max(cue.at for cue in timeline.cues if cue.bell and cue.at < breathing.end - 4)
    between = slice(frames_of(last + 2.2), frames_of(last + 4))
    assert not any(tape[between])
    assert any(whole(timeline, timeline.duration)[between])


def test_words_are_at_their_frame_and_all_else_is_softer_meanwhile() -> None:
    timeline = timeline_of("none")
    clip = in_memory(array("h", [9000] * RATE))
    narration = Narration("en", {Words("Lying."): clip})
    told = narration.speech(timeline).utterances
    assert [each.words.text for each in told] == ["Lying."]
    tape: Samples = array("h")
    for segment in rendered(timeline, as_written, timeline.duration, Mixer(), narration=narration):
        tape.extend(segment)
    first, alone = frames_of(told[0].at), whole(timeline, timeline.duration)
    spoken = slice(first, first + RATE)
    softer = array("h", [int(sample * SOFTER) for sample in alone[spoken]])
    assert max(abs(heard - 9000 - other) for heard, other in zip(tape[spoken], softer, strict=True)) <= 1
    assert tape[: first - DOWN] == alone[: first - DOWN]
    assert tape[first + RATE + BACK :] == alone[first + RATE + BACK :]
