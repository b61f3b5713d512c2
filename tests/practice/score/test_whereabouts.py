"""What a person is told who asks where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read
from tests.practice.test_builtin import IDS, built_in

from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.passage import reckoned
from psoas_cli.practice.score.revisions import changed
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Span, Timeline, compile_sequence
from psoas_cli.practice.score.whereabouts import ABOUT_MINUTES, LONGEST, MANY_MINUTES, NOT_A_MINUTE, whereabouts

if TYPE_CHECKING:
    from psoas_cli.practice.model.sequence import Sequence

SPAN = st.floats(0, 1, exclude_max=True)


def said(timeline: Timeline, t: float, lang: Lang = "en", *, arriving: bool = False) -> str:
    return " ".join(whereabouts(timeline, t, arriving=arriving).spoken(lang))


def seconds_of(timeline: Timeline, t: float) -> float:
    told = whereabouts(timeline, t)
    return max(sum(reckoned(sentence) for sentence in told.spoken(lang)) for lang in LANGS)


def span_of(timeline: Timeline, kind: str, number: int = 0) -> Span:
    return [span for span in timeline.spans if span.segment.kind == kind][number]


def with_two_minutes_left(timeline: Timeline, name: str, number: int = 0) -> float:
    holds = [span for span in timeline.spans if span.segment.kind == "hold" and span.segment.title.en == name]
    return holds[number].end - 2 * 60


def test_it_is_said_as_in_a_class() -> None:
    yin = compile_sequence(built_in("yin"))
    sphinx = with_two_minutes_left(yin, "Sphinx")
    assert said(yin, sphinx) == "Sphinx. About two minutes more. Then resting on the belly."
    assert said(yin, sphinx, "nl") == "Sfinx. Nog ongeveer twee minuten. Dan rusten op je buik."
    left = with_two_minutes_left(yin, "Baby dragon", 1) + 50
    assert said(yin, left) == "Baby dragon. Left foot forward. About a minute more. Then child's pose."
    assert said(yin, left, "nl") == "Babydraak. Linkervoet naar voren. Nog ongeveer een minuut. Dan kindhouding."
    assert said(yin, left + 20) == "Baby dragon. Left foot forward. Less than a minute more. Then child's pose."
    assert said(yin, left + 20, "nl").endswith(" Nog minder dan een minuut. Dan kindhouding.")


def test_in_the_final_rest_there_is_time_and_who_comes_back_is_told_how_again() -> None:
    yin = compile_sequence(built_in("yin"))
    rest, back = span_of(yin, "rest"), yin.spans[-1]
    for t in (rest.start, rest.start + 100, rest.end - 1):
        assert (said(yin, t), said(yin, t, "nl")) == ("Resting. There is time.", "Je rust. Er is tijd.")
    for t in (back.start, back.end, back.end + 10):
        assert said(yin, t).startswith("Coming back. In your own time, move your fingers and toes")
        assert said(yin, t, "nl").startswith("Terugkomen. Beweeg in je eigen tempo je vingers en tenen")
    assert said(yin, back.start, arriving=True) == said(yin, back.start)
    silent = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{name: A, hold: 1m}, {transition: 30s}]"))
    assert said(silent, silent.spans[-1].start) == "Coming back. There is time."


def test_between_the_sides_it_is_the_pose_there_and_the_other_side_comes() -> None:
    yin = compile_sequence(built_in("yin"))
    between = span_of(yin, "between").start
    assert said(yin, between) == "Child's pose. Less than a minute more. Then the other side."
    assert said(yin, between, "nl") == "Kindhouding. Nog minder dan een minuut. Dan de andere kant."
    without = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{pose: dragon, between: 15s}]"))
    assert said(without, 60) == "Dragon. Right foot forward. About two minutes more. Then the other side."


def test_who_moves_is_told_the_way_in_again_and_so_is_who_comes_back() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 40s\nsteps: [{pose: dragon, between: 15s}]"))
    right = ("Come onto hands and knees.", "Dragon.", "Right foot forward.", "Step your right foot forward")
    assert whereabouts(timeline, 3).spoken("en") == right
    assert whereabouts(timeline, 3).shown("en") == (right[0], right[-1])
    assert whereabouts(timeline, 100, arriving=True).spoken("en") == right
    assert "Left foot forward." in whereabouts(timeline, span_of(timeline, "back").start).spoken("en")


def test_in_a_scan_it_is_the_region_and_what_is_too_long_for_that_goes_by_what_it_is() -> None:
    regions = ["Right thumb", "A text that goes on and on, so that nobody would like to hear all of it again."]
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\nsteps: [{{scan: {regions}, each: 9s}}]"))
    assert (said(timeline, 1), said(timeline, 10), said(timeline, 10, "nl")) == ("Right thumb", "Body scan", "Bodyscan")


def test_in_breathing_it_is_the_pattern_that_is_breathed() -> None:
    steps = "[{breathe: box, hold: 3m}, {breathe: 5.5-5.5, hold: 3m, ramp: [3-5]}, {scan: [Feet]}]"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\nsteps: {steps}"))
    assert said(timeline, 1) == "Box breath. About three minutes more. Then breathing."
    assert said(timeline, 1, "nl") == "Vierkante ademhaling. Nog ongeveer drie minuten. Dan ademen."
    second = timeline.spans[1].start
    assert said(timeline, second) == "Breathing. About three minutes more. Then the body scan."
    assert said(timeline, second + 150, "nl") == "Ademen. Nog minder dan een minuut. Dan de bodyscan."


def test_what_comes_last_is_said_too() -> None:
    alone = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{pose: lying}]"))
    assert said(alone, 110) == "Lying. Less than a minute more. Then the practice is over."
    assert said(alone, 110, "nl").endswith("Dan is de oefening klaar.")
    back = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{pose: lying}, {transition: 30s}]"))
    assert said(back, 110) == "Lying. Less than a minute more. Then coming back."


def test_a_name_within_a_sentence_keeps_its_capitals() -> None:
    steps = "[{name: A, hold: 1m}, {name: Viparita Karani, hold: 1m}, {name: Is it enough?, hold: 1m}]"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\ntransition: 0s\nsteps: {steps}"))
    assert said(timeline, 0) == "A. About a minute more. Then Viparita Karani."
    assert said(timeline, 61) == "Viparita Karani. Less than a minute more. Then is it enough?"


def test_where_names_are_long_what_comes_is_left_out_before_how_long_it_lasts() -> None:
    name = "Lying down with both legs up against the wall"
    steps = f"[{{name: {name}, hold: 2m}}, {{name: {name}, hold: 2m}}, {{name: {name} {name}, hold: 2m}}]"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\ntransition: 0s\nsteps: {steps}"))
    assert said(timeline, 0) == f"{name}. About two minutes more."
    assert said(timeline, 241) == "About two minutes more. Then the practice is over."


@pytest.mark.parametrize("name", IDS)
def test_in_what_is_built_in_there_is_time_for_all_of_it(name: str) -> None:
    timeline = compile_sequence(built_in(name))
    for span in timeline.spans:
        if span.segment.kind in {"hold", "between", "rebound", "breathe"}:
            assert len(whereabouts(timeline, span.start).parts) == 3 + bool(span.segment.side)
        if not span.segment.moving:
            assert seconds_of(timeline, span.start) <= LONGEST


@settings(deadline=None)
@given(SEQUENCES, SPAN)
def test_something_is_said_everywhere_and_where_one_stays_it_is_short(sequence: Sequence, part: float) -> None:
    timeline = compile_sequence(sequence)
    t = part * timeline.duration
    for arriving in (False, True):
        told = whereabouts(timeline, t, arriving=arriving)
        for lang in LANGS:
            assert told.spoken(lang)
            assert all(told.spoken(lang))
            assert "[" not in said(timeline, t, lang, arriving=arriving)
    if not timeline.span_at(t).segment.moving:
        assert seconds_of(timeline, t) <= LONGEST


@settings(deadline=None)
@given(SEQUENCES, SPAN, st.sampled_from([0.0, 60.0, 600.0, 1500.0]))
def test_the_minutes_are_right_within_half_a_minute(sequence: Sequence, part: float, more: float) -> None:
    timeline = compile_sequence(sequence)
    span = max((each for each in timeline.spans if not each.segment.moving), key=lambda each: each.length)
    timeline = changed(timeline, span.start, more) if more and span.segment.kind == "hold" else timeline
    span = timeline.span_at(span.start)
    if span.segment.kind in {"rest", "scan", "quiet"}:
        return
    t = span.start + part * span.length
    sentences = whereabouts(timeline, t).spoken("en")
    left = span.end - t
    if NOT_A_MINUTE.en in sentences:
        assert left < 60
    elif MANY_MINUTES.en in sentences:
        assert left >= 20.5 * 60
    else:
        (minutes,) = (i + 1 for i, text in enumerate(ABOUT_MINUTES) if text.en in sentences)
        assert abs(left - 60 * minutes) <= 30


@settings(deadline=None)
@given(SEQUENCES, SPAN, st.sampled_from(LANGS))
def test_all_of_it_can_be_got_ready_to_be_spoken(sequence: Sequence, part: float, lang: Lang) -> None:
    timeline = compile_sequence(sequence)
    known = {each.text for each in words_of(timeline, lang)}
    t = part * timeline.duration
    assert set(whereabouts(timeline, t).spoken(lang)) <= known
    assert set(whereabouts(timeline, t, arriving=True).spoken(lang)) <= known
    longer = changed(timeline, t, 240) if timeline.span_at(t).segment.kind == "hold" else timeline
    assert set(whereabouts(longer, t).spoken(lang)) <= known


def test_the_minutes_are_a_closed_list_in_both_languages() -> None:
    assert len(ABOUT_MINUTES) == 20
    assert (ABOUT_MINUTES[0].en, ABOUT_MINUTES[-1].en) == (
        "About a minute more.",
        "About twenty minutes more.",
    )
    assert ABOUT_MINUTES[11].nl == "Nog ongeveer twaalf minuten."
    assert all(text.en and text.nl and not any(map(str.isdigit, text.en + text.nl)) for text in ABOUT_MINUTES)
