from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.passage import AFTER_BELL, AFTER_REST, AFTER_WOOD, APART, AT_ONCE, AT_THE_MAT, WITHIN
from psoas_cli.practice.score.speech import Speech, Words, speech_of, time_to_speak, words_of
from psoas_cli.practice.score.timeline import compile_sequence

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


def test_what_is_told_of_a_stop_is_spoken_part_by_part_after_the_bell() -> None:
    practice = """
title: T
lead-in: 15s
transition: 40s
steps: [{pose: rocking}, {pose: dragon, between: {leave: 20s, pose: lying, hold: 20s, back: 20s}}]
"""
    timeline = compile_sequence(read(practice))
    said = [(each.at, each.words.text) for each in speech_of(timeline, "en", lambda _: 1.0).utterances]
    wood = 15 + 45 + AFTER_WOOD
    assert said[:3] == [(AT_ONCE, "Come onto your back."), (2.3, "Rocking."), (2.3 + 1 + WITHIN, "Rock")]
    assert [(round(at - wood, 6), text) for at, text in said[3:8]] == [
        (0, "Come to rest"),
        (
            round(1 + APART, 6),
            "With knees bent, roll onto your side. Stay for a breath, then press up to hands and knees.",
        ),
        (round(2 + APART + WITHIN, 6), "Dragon."),
        (round(3 + APART + 2 * WITHIN, 6), "Right foot forward first."),
        (round(4 + APART + 3 * WITHIN, 6), "Step your right foot forward"),
    ]
    back = next(span for span in timeline.spans if span.segment.kind == "back")
    assert [(round(at - back.start, 6), text) for at, text in said if back.start <= at < back.end][:3] == [
        (AFTER_BELL, "With knees bent, roll onto your side. Stay for a breath, then press up to hands and knees."),
        (AFTER_BELL + 1 + WITHIN, "The other side: left foot forward."),
        (round(AFTER_BELL + 2 + 2 * WITHIN, 6), "The left one"),
    ]


def test_whoever_comes_from_the_keyboard_is_told_nothing_before_the_mat_is_reached() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: rocking}]"))
    first, *_ = speech_of(timeline, "nl", lambda _: 1.0).utterances
    assert (first.at, first.words.text) == (AT_THE_MAT, "Kom naar je mat. Er is tijd.")


def test_nobody_is_called_out_of_the_final_rest_at_once() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{rest: 2m}, {transition: 30s, text: Wake up}]"))
    rise = next(cue for cue in timeline.cues if cue.role == "rise")
    assert (rise.bell and rise.bell.sound, rise.bell and rise.bell.softer) == ("deep-bowl", 8)
    last = speech_of(timeline, "en", lambda _: 1.0).utterances[-1]
    assert (last.at, last.words.text) == (rise.at + AFTER_REST, "Wake up")


def test_what_has_no_text_is_named_while_one_moves_there() -> None:
    steps = '[{name: Legs up, hold: 1m}, {name: "Arms", hold: 1m, sides: [left, right], between: 15s}]'
    timeline = compile_sequence(read(f"title: T\nlead-in: 15s\ntransition: 15s\nsteps: {steps}"))
    said = [(each.at, each.words.text) for each in speech_of(timeline, "en", lambda _: 1.0).utterances]
    assert said == [
        (AT_ONCE, "Legs up."),
        (15 + 60 + AFTER_WOOD, "Arms."),
        (15 + 60 + AFTER_WOOD + 1 + WITHIN, "Left side first."),
        (15 + 60 + 15 + 60 + AFTER_BELL, "The other side: right side."),
    ]


def test_a_scan_is_spoken_region_by_region_and_breathing_by_its_text() -> None:
    steps = "[{scan: [Feet, Knees], text: Travel}, {breathe: 4-6, hold: 1m, text: Along}, {breathe: 4-6, hold: 1m}]"
    said = [
        each.words.text
        for each in speech_of(
            compile_sequence(read(f"title: T\nlead-in: 5s\nsteps: {steps}")), "en", lambda _: 1.0
        ).utterances
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
    speech = speech_of(compile_sequence(read(practice)), "en", lambda words: seconds.get(words.text))
    assert [each.words.text for each in speech.utterances] == ["Sitting.", "One", "Three"]
    assert [(each.at, each.words, each.over) for each in speech.unsaid] == [(30.0, Words("Two", "long.wav"), 2.5)]


def test_where_there_is_no_time_for_all_there_may_be_for_the_name_and_the_side() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 5s\nsteps: [{pose: dragon, sides: [left], hold: 2m}]"))
    seconds = {"Step your left foot forward": 65.0}
    speech = speech_of(timeline, "en", lambda words: seconds.get(words.text, 2.0))
    assert [each.words.text for each in speech.utterances][:3] == ["Dragon.", "Left foot forward.", "Your left hip"]
    assert [each.words.text for each in speech.unsaid] == ["Step your left foot forward"]


def test_what_nothing_speaks_takes_no_time() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: dragon}]"))
    assert speech_of(timeline, "en", lambda _: None) == Speech()


def test_the_utterances_of_a_while_are_found_half_open() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{name: A, hold: 1m, say: [{at: 20s, text: B}]}]"))
    speech = speech_of(timeline, "en", lambda _: 1.0)
    assert [each.words.text for each in speech.utterances_in(AFTER_BELL, 20.0)] == ["A."]
    assert [each.words.text for each in speech.utterances_in(20.0, 21.0)] == ["B"]
    assert time_to_speak(timeline, 5.0) == 15.0
    assert time_to_speak(timeline, 20.0) == 40.0
    assert time_to_speak(timeline, 20.5) == 39.5
