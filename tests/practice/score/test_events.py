from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.events import Heard, HeardBell, HeardBreath, sounds_in
from psoas_cli.practice.score.speech import Speech, Utterance, speech_of
from psoas_cli.practice.score.timeline import Span, compile_sequence


def air(_: Span) -> BreathSound:
    return "air"


@given(SEQUENCES, st.lists(st.floats(0, 1), max_size=8).map(sorted))
def test_piece_by_piece_each_sound_comes_once(sequence: Sequence, parts: list[float]) -> None:
    timeline = compile_sequence(sequence)
    speech = speech_of(timeline, "en", lambda _: 0.5)
    end = timeline.duration + 1
    pieces: list[Heard] = []
    for begin, until in pairwise([0.0, *(part * timeline.duration for part in parts), end]):
        piece = list(sounds_in(timeline, speech, begin, until, air))
        assert all(begin <= sound.at < until for sound in piece)
        pieces += piece
    assert sorted(pieces, key=repr) == sorted(sounds_in(timeline, speech, 0.0, end, air), key=repr)
    assert tuple(sound for sound in pieces if isinstance(sound, Utterance)) == speech.utterances
    bells = [(sound.at, sound.bell) for sound in pieces if isinstance(sound, HeardBell)]
    assert bells == [(cue.at, cue.bell) for cue in timeline.cues if cue.bell]


def test_the_breath_sounds_as_its_span_is_to_be_heard() -> None:
    steps = (
        "[{breathe: 4-6, cycles: 2, sound: tone}, {breathe: box, cycles: 1, sound: none}, {breathe: 3-3, cycles: 1}]"
    )
    timeline = compile_sequence(read(f"title: T\nlead-in: 2s\nsteps: {steps}"))
    # the bowl that opens the practice rings for a while; then the next whole breath is heard
    heard = sounds_in(timeline, Speech(), 0.0, 100.0, lambda span: span.segment.sound)
    breaths = [(sound.at, sound.phase.kind, sound.style) for sound in heard if isinstance(sound, HeardBreath)]
    tone = [(12.0, "inhale", "tone"), (16.0, "exhale", "tone")]
    assert breaths == [*tone, (38.0, "inhale", "air"), (41.0, "exhale", "air")]
