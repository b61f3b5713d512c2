from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.speech import AFTER_BELL, APART, FIRST, Words, speech_of, time_to_speak, words_of
from psoas_cli.practice.text import LANGS
from psoas_cli.practice.timeline import compile_sequence

PACES = st.floats(1, 20)  # letters a second


@given(SEQUENCES, PACES, st.sampled_from(LANGS))
def test_words_follow_on_each_other_and_end_before_the_next_thing_is_to_be_said(
    sequence: Sequence, pace: float, lang: str
) -> None:
    timeline = compile_sequence(sequence)
    spoken = speech_of(timeline, lang, lambda words: len(words.text) / pace)  # type: ignore[arg-type] # a Lang
    instants = sorted({cue.at for cue in timeline.cues if not cue.bell})
    over = 0.0
    for utterance in spoken.utterances:
        assert utterance.at >= over
        over = utterance.at + utterance.seconds - 1e-6
        assert over <= timeline.duration
        begun = [at for at in instants if at <= utterance.at + 1e-6]
        coming = [at for at in instants if at > utterance.at + 1e-6]
        assert not coming or over <= coming[0]
        assert not begun or utterance.at - begun[-1] >= 0
    assert all(each.over > 0 for each in spoken.unsaid)


@given(SEQUENCES, st.sampled_from(LANGS))
def test_all_that_is_spoken_can_be_got_ready_beforehand(sequence: Sequence, lang: str) -> None:
    timeline = compile_sequence(sequence)
    known = set(words_of(timeline, lang))  # type: ignore[arg-type] # a Lang
    spoken = speech_of(timeline, lang, lambda _: 0.1)  # type: ignore[arg-type] # a Lang
    assert {each.words for each in spoken.utterances} <= known
    assert all(words.text and "[" not in words.text for words in known)


def test_a_pose_is_announced_with_its_side_before_its_way_in_and_after_the_bell() -> None:
    practice = """
title: T
transition: 20s
steps: [{pose: lying}, {pose: dragon, between: {leave: 10s, pose: lying, hold: 20s}}]
"""
    timeline = compile_sequence(read(practice))
    said = [(each.at, each.words.text) for each in speech_of(timeline, "en", lambda _: 1.0).utterances]
    hold = 15 + 120
    assert said[:5] == [
        (FIRST, "Lying. Lie down"),
        (hold + AFTER_BELL, "Roll over"),
        (hold + AFTER_BELL + 1 + APART, "Dragon, first of two sides. Step your right foot forward"),
        (hold + 20 + 45, "Your right hip"),
        (hold + 20 + 90, "Your breath"),
    ]
    texts = [text for _, text in said]
    assert texts[6:9] == [
        "Come back from the right",
        "Lying. Lie down",
        "Dragon, second of two sides. Step your left foot forward",
    ]


def test_what_has_no_text_is_named_while_one_moves_there() -> None:
    timeline = compile_sequence(
        read('title: T\nsteps: [{name: Legs up, hold: 2m}, {name: "Arms", hold: 1m, sides: [left, right]}]')
    )
    said = [(each.at, each.words.text) for each in speech_of(timeline, "en", lambda _: 1.0).utterances]
    assert said == [
        (FIRST, "Legs up."),
        (15 + 120 + AFTER_BELL, "Arms, left side, first of two sides."),
        (15 + 120 + 15 + 60 + AFTER_BELL, "Arms, right side, second of two sides."),
    ]


def test_a_scan_is_spoken_region_by_region_and_breathing_by_its_text() -> None:
    steps = "[{scan: [Feet, Knees], text: Travel}, {breathe: 4-6, hold: 1m, text: Along}, {breathe: 4-6, hold: 1m}]"
    said = [
        each.words.text
        for each in speech_of(compile_sequence(read(f"title: T\nsteps: {steps}")), "en", lambda _: 1.0).utterances
    ]
    assert said == ["Travel", "Feet", "Knees", "Along", "Breathing."]


def test_what_has_no_room_is_shown_and_told_by_how_much() -> None:
    practice = """
title: T
lead-in: 0s
steps:
  - name: Sitting
    hold: 1m
    say: [{at: 20s, text: One}, {at: 30s, audio: long.wav, text: Two}, {at: 40s, text: Three}]
"""
    seconds = {"Sitting.": 2.0, "One": 10.0, "Two": 12.5, "Three": 5.0}
    speech = speech_of(compile_sequence(read(practice)), "en", lambda words: seconds[words.text])
    assert [each.words.text for each in speech.utterances] == ["Sitting.", "One", "Three"]
    assert [(each.at, each.words, each.over) for each in speech.unsaid] == [(30.0, Words("Two", "long.wav"), 2.5)]


def test_where_there_is_no_time_for_the_way_in_there_may_be_for_the_name() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 5s\nsteps: [{pose: dragon, sides: [left], hold: 2m}]"))
    seconds = {"Dragon. Step your left foot forward": 65.0}
    speech = speech_of(timeline, "en", lambda words: seconds.get(words.text, 2.0))
    assert [each.words.text for each in speech.utterances][:2] == ["Dragon.", "Your left hip"]
    assert speech.unsaid == ()


def test_what_nothing_speaks_takes_no_time() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: dragon}]"))
    assert speech_of(timeline, "en", lambda _: None) == ((), ())


def test_the_utterances_of_a_while_are_found_half_open() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{name: A, hold: 1m, say: [{at: 20s, text: B}]}]"))
    speech = speech_of(timeline, "en", lambda _: 1.0)
    assert [each.words.text for each in speech.utterances_in(AFTER_BELL, 20.0)] == ["A."]
    assert [each.words.text for each in speech.utterances_in(20.0, 21.0)] == ["B"]
    assert time_to_speak(timeline, 5.0) == 15.0
    assert time_to_speak(timeline, 20.0) == 0.0
    assert time_to_speak(timeline, 20.5) == 39.5
