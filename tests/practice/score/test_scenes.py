from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.navigation import chapters_of
from psoas_cli.practice.score.scenes import Caption, scenes_of, stops_of
from psoas_cli.practice.score.speech import Speech, speech_of
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at

PACE = 15  # letters a second

EVENING = """
title: Evening
language: en
lead-in: 20s
transition: 20s
breath: 4-6
steps:
  - pose: dragon
    hold: 1m
    between: {hold: 10s}
    say: [{at: 40s, text: Nearly there., audio: ./nearly.wav}]
  - scan: [Feet, Knees]
  - rest: 1m
"""


@given(SEQUENCES, st.booleans())
def test_scenes_are_the_whole_practice_and_show_what_a_session_shows(sequence: Sequence, spoken: bool) -> None:
    timeline = compile_sequence(sequence)
    speech = speech_of(timeline, "nl", lambda words: len(words.text) / PACE) if spoken else Speech()
    scenes = scenes_of(timeline, speech, "nl")
    assert [(scene.start, scene.end) for scene in scenes] == [(span.start, span.end) for span in timeline.spans]
    said = {utterance.at for utterance in speech.utterances}
    due = {cue.at for cue in timeline.cues}
    for scene in scenes:
        view = view_at(timeline, scene.start, "nl")
        assert (scene.title, scene.side, scene.figure, scene.stop) == (view.title, view.side, view.figure, view.stop)
        assert [caption.at for caption in scene.captions] == sorted(caption.at for caption in scene.captions)
        assert all(caption.at in said | due and scene.start <= caption.at < scene.end for caption in scene.captions)
    breaths = [(at, phase) for at, phase, _ in timeline.breaths_in(0.0, timeline.duration)]
    assert [breath for scene in scenes for breath in scene.breath] == breaths


@given(SEQUENCES)
def test_each_stop_is_led_to_from_where_its_name_is_shown_first(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    stops = stops_of(timeline, "en")
    chapters = chapters_of(timeline, timeline.duration, "en")[-len(stops) :] if stops else []
    assert [stop.name for stop in stops] == [chapter.name for chapter in chapters]
    for number, (stop, chapter) in enumerate(zip(stops, chapters, strict=True), 1):
        assert stop.start <= chapter.start
        assert view_at(timeline, stop.start, "en").stop == number
        assert stop.start == 0 or view_at(timeline, stop.start - 0.01, "en").stop == number - 1


def test_a_text_is_shown_when_it_is_said_and_where_nothing_says_it_when_it_is_due() -> None:
    timeline = compile_sequence(read(EVENING))
    speech = speech_of(timeline, "en", lambda words: 3.0 if words.audio else len(words.text) / PACE)
    for words, spoken in ((speech, True), (Speech(), False)):
        scenes = scenes_of(timeline, words, "en")
        hold = next(scene for scene in scenes if scene.kind == "hold")
        assert Caption(hold.start + 40, "Nearly there.") in hold.captions
        back = next(scene for scene in scenes if scene.kind == "back")
        ats = [caption.at for caption in back.captions]
        assert len(ats) > 1
        assert (len({*ats}) == len(ats)) == spoken
        assert (ats[0] > back.start) == spoken
        assert back.way_in == ()
        assert hold.way_in[0].startswith("Step your right foot")
        assert [scene.title for scene in scenes if scene.kind == "scan"] == ["Feet", "Knees"]
        assert not any(scene.captions for scene in scenes if scene.kind == "scan")
