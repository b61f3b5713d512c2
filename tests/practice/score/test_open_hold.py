from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read, texts

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.open_hold import OPEN, OPENABLE, is_open
from psoas_cli.practice.score.overview import at_a_glance
from psoas_cli.practice.score.revisions import changed, closed, eased, opened, replayed
from psoas_cli.practice.score.speech import Words, speech_of, words_of
from psoas_cli.practice.score.timeline import Cue, Span, Timeline, compile_sequence
from psoas_cli.practice.score.whereabouts import whereabouts

PARTS = st.floats(0, 1).map(lambda part: round(part, 4))
FEWER = settings(max_examples=40)
HERE = "title: T\nlead-in: 0s\nbreath: none\nsteps:"
TWO_SIDES = (
    "title: T\nlead-in: 60s\nbreath: none\nsteps:\n"
    "  - {pose: dragon, hold: {typical: 3m, max: 10m, until-key: true}, between: 20s}\n  - {rest: 2m}"
)


AT = 60.0
"""When the hold of `TWO_SIDES` begins."""


def bells(timeline: Timeline, role: str, since: float = AT) -> list[float]:
    return [cue.at - since for cue in timeline.cues if cue.bell and cue.role == role]


def lines(timeline: Timeline, since: float = AT) -> list[float]:
    return [cue.at - since for cue in timeline.cues if cue.role == "until-key"]


def texts_of(timeline: Timeline, role: str) -> list[Cue]:
    return [cue for cue in timeline.cues if not cue.bell and cue.role == role]


@st.composite
def openings(draw: Any) -> tuple[Timeline, int, float, float]:
    """A timeline, the number of a span in it that may be open, since when it is, and how long it may last."""
    timeline = compile_sequence(draw(SEQUENCES))
    numbers = [i for i, span in enumerate(timeline.spans) if span.segment.kind in OPENABLE]
    assume(numbers)
    index = draw(st.sampled_from(numbers))
    span = timeline.spans[index]
    since = draw(st.one_of(st.just(0.0), PARTS.map(lambda part: round(part * (span.length - 0.01), 3))))
    return timeline, index, since, max(span.length, draw(st.sampled_from([45.0, 600.0, 607.5, 3600.0])))


@given(texts())
@FEWER
def test_a_hold_until_a_key_is_planned_like_any_other(content: str) -> None:
    assert compile_sequence(read(content)).cues == compile_sequence(read(content.replace('"true"', '"false"'))).cues


@given(openings())
@FEWER
def test_a_plan_never_reckons_with_the_most_of_an_open_hold(case: tuple[Timeline, int, float, float]) -> None:
    timeline, index, since, most = case
    later = opened(timeline, timeline.spans[index].start + since, most)
    before, now = at_a_glance(timeline, "en"), at_a_glance(later, "en")
    assert [pytest.approx(item.lengths, abs=1e-5) for item in before] == [item.lengths for item in now]


@given(openings())
@FEWER
def test_while_a_hold_is_open_it_lasts_as_long_as_it_may_and_nothing_before_it_changes(
    opening: tuple[Timeline, int, float, float],
) -> None:
    timeline, index, since, most = opening
    span = timeline.spans[index]
    t = span.start + since
    new = opened(timeline, t, most)
    assert_contiguous(new)
    assert new.open == index
    assert new.cues_in(0, t) == timeline.cues_in(0, t)
    assert len({(cue.span, cue.role, cue.number) for cue in new.cues}) == len(new.cues)
    for before, after in zip(timeline.spans, new.spans, strict=True):
        together = after.goes_with(new.spans[index]) and after.start >= span.start
        assert after.length == pytest.approx(most if together else before.length, abs=1e-5)
        assert is_open(after.segment, most) == (after == new.spans[index])
    assert len(lines(new)) <= 1
    assert [cue for cue in new.cues if cue.at >= new.spans[index].end and cue.role == "minute"] == []


@given(openings(), PARTS, st.booleans())
@FEWER
def test_a_closed_hold_and_its_other_side_last_as_long_as_it_did(
    opening: tuple[Timeline, int, float, float], part: float, back: bool
) -> None:
    timeline, index, since, most = opening
    span = timeline.spans[index]
    open_one = opened(timeline, span.start + since, most)
    if back:  # as a person who goes back from it leaves it
        seconds, t = span.length, span.start
    else:
        seconds = round(since + part * (most - since), 3)
        t = span.start + seconds
    new = closed(open_one, t, seconds)
    assert_contiguous(new)
    assert new.open is None
    assert new.cues_in(0, t - 0.002) == open_one.cues_in(0, t - 0.002)
    lengths = [each.length for each in new.spans if each.goes_with(new.spans[index]) and each.start >= span.start]
    assert lengths == pytest.approx([max(seconds, 0.001)] * len(lengths), abs=1e-5)
    if back:
        assert [each.end for each in new.spans] == pytest.approx([each.end for each in timeline.spans])
        assert new.cues_in(span.start, 1e9) == timeline.cues_in(span.start, 1e9)
    ends = [cue.role for cue in new.cues_in(new.spans[index].end - 0.001, new.spans[index].end + 0.001) if cue.bell]
    was = [cue.role for cue in timeline.cues_in(span.end - 0.001, span.end + 0.001) if cue.bell]
    assert len(ends) >= bool(was) or seconds < 5.01, "the bell that ends it is missing"


def assert_contiguous(timeline: Timeline) -> None:
    assert timeline.spans[0].start == 0
    for before, after in pairwise(timeline.spans):
        assert before.end == after.start
        assert before.length > 0
    assert sum(span.length for span in timeline.spans) == pytest.approx(timeline.duration)
    ats = [cue.at for cue in timeline.cues]
    assert ats == sorted(ats)
    assert ats[-1:] == [] or ats[-1] <= timeline.duration


@given(openings(), PARTS)
@FEWER
def test_the_end_to_expect_never_counts_what_an_open_hold_may_last_at_most(
    opening: tuple[Timeline, int, float, float], part: float
) -> None:
    timeline, index, since, most = opening
    span = timeline.spans[index]
    new = opened(timeline, span.start + since, most)
    assert new.expected(0) == pytest.approx(timeline.duration, abs=1e-3)
    t = round(span.start + since + part * (most - since), 3)
    so_far = max(span.length, t - span.start)
    now = closed(new, t, so_far)
    assert new.expected(t) == pytest.approx(now.duration, abs=1e-3)
    assert t - 1e-3 <= new.expected(t) <= new.duration + 1e-3


@given(SEQUENCES, st.lists(st.tuples(PARTS, st.sampled_from(["open", "close", "hold", "breath"])), max_size=6))
@FEWER
def test_whatever_keys_did_can_be_done_again(sequence: Sequence, keys: list[tuple[float, str]]) -> None:
    start = timeline = compile_sequence(sequence)
    changes: list[tuple[str, float, float]] = []
    for part, kind in keys:
        t = round(part * timeline.duration, 3)
        span = timeline.spans[timeline.index_at(t) if timeline.open is None else timeline.open]
        if kind == "open" and span.segment.kind in OPENABLE and timeline.open is None:
            changes.append(("open", t, max(span.length, 600.0)))
            timeline = opened(timeline, t, changes[-1][2])
        elif kind == "close" and timeline.open is not None:
            changes.append(("close", span.start, span.segment.open.planned if span.segment.open else 0.0))
            timeline = closed(timeline, *changes[-1][1:])
        elif kind == "hold" and timeline.open is None and not span.segment.moving and span.segment.kind != "scan":
            changes.append(("hold", t, 30.0))
            timeline = changed(timeline, t, 30.0)
        elif kind == "breath":
            changes.append(("breath", t, 0.0))
            timeline = eased(timeline, t) or timeline
    assert replayed(start, changes) == timeline


@given(openings())
@FEWER
def test_no_way_in_becomes_untold_because_a_hold_is_open(opening: tuple[Timeline, int, float, float]) -> None:
    timeline, index, since, most = opening

    def seconds_of(words: Words) -> float:
        return len(words.text.split()) * 60 / 130

    before = speech_of(timeline, "en", seconds_of)
    told = {words.text for _, words, _ in before.unsaid}
    new = opened(timeline, timeline.spans[index].start + since, most)
    ways = {part.said("en") for span in new.spans for each in span.segment.told for part in each.parts}
    lost = {words.text for _, words, _ in speech_of(new, "en", seconds_of).unsaid} & ways
    assert lost <= told
    assert OPEN.said("en") in {words.text for words in words_of(timeline, "en")}


def test_a_stroke_rings_each_minute_and_none_at_the_end() -> None:
    timeline = compile_sequence(read(TWO_SIDES))
    assert bells(timeline, "minute") == []
    new = opened(timeline, AT, 600.0)
    assert bells(new, "minute") == [60.0 * number for number in range(1, 10)]
    assert [cue.bell and cue.bell.sound for cue in new.cues if cue.role == "minute"][:1] == ["soft-stroke"]
    assert lines(new) == [8.0]
    assert bells(opened(timeline, AT, 135.0), "minute") == [60.0]
    assert bells(opened(timeline, AT, 136.0), "minute") == [60.0, 120.0]


def test_a_key_that_opens_a_hold_is_answered_by_a_stroke_and_a_line() -> None:
    timeline = compile_sequence(read(TWO_SIDES))
    new = opened(timeline, AT + 100.0, 600.0)
    assert bells(new, "minute")[:3] == [100.0, 120.0, 180.0]
    assert lines(new) == [101.5]
    assert bells(opened(timeline, AT + 117.0, 600.0), "minute")[:2] == [117.0, 180.0], "one stroke after the other"


def test_the_minutes_give_way_to_other_bells_and_the_interval_to_the_minutes() -> None:
    own = "bells: {every: {interval: 62s, sound: tingsha}, warn: {before: 62s, sound: high-bowl}}\n"
    timeline = compile_sequence(read(TWO_SIDES.replace("steps:", f"{own}steps:")))
    new = opened(timeline, AT, 600.0)
    assert bells(new, "warn")[0] == 538.0
    assert 540.0 not in bells(new, "minute")
    assert 62.0 not in bells(new, "every")
    assert 186.0 in bells(new, "every")


def test_an_open_hold_ends_at_its_most_with_a_line_and_a_bell_as_any_other() -> None:
    new = opened(compile_sequence(read(TWO_SIDES)), AT + 175.0, 600.0)
    assert [cue.at for cue in texts_of(new, "ending")][:1] == [AT + 168.0], "it was said before the key"
    assert [cue.at for cue in texts_of(new, "ending")][1:2] == [AT + 588.0]
    assert bells(new, "side") == [600.0]


def test_what_the_file_says_counts_with_the_planned_length_and_before_the_end_with_the_last_one() -> None:
    say = "say: [{at: 30s, text: a}, {at: 50%, text: b}, {at: -20s, text: c}]"
    content = f"{HERE} [{{name: Here, hold: {{typical: 3m, max: 10m, until-key: yes}}, {say}}}, {{rest: 1m}}]"
    timeline = compile_sequence(read(content))
    assert [cue.at for cue in texts_of(timeline, "say")] == [30.0, 90.0, 160.0]
    assert [cue.at for cue in texts_of(opened(timeline, 0.0, 600.0), "say")] == [30.0, 90.0, 580.0]


def test_the_line_waits_until_the_way_in_is_told_and_while_the_file_speaks() -> None:
    steps = f"{HERE} [{{pose: lying, hold: {{typical: 3m, until-key: yes}}}}, {{rest: 1m}}]"
    at_once = opened(compile_sequence(read(steps)), 0.0, 600.0)
    told = next(cue for cue in at_once.cues if cue.role == "told")
    assert told.at == 0
    (line,) = lines(at_once, 0)
    assert line > 8
    spoken = f"{HERE} [{{name: Here, hold: {{typical: 3m, until-key: yes}}, say: [{{at: 7s, text: One two}}]}}]"
    (line,) = lines(opened(compile_sequence(read(spoken)), 0.0, 600.0), 0)
    assert line == pytest.approx(7 + 2 * 60 / 110 + 0.8)


def test_what_poses_offer_to_notice_keeps_its_distance_from_the_line() -> None:
    new = opened(compile_sequence(read(TWO_SIDES)), AT, 600.0)
    first = [cue.at for cue in texts_of(new, "notice") if cue.span == 1]
    assert first
    assert all(abs(at - AT - lines(new)[0]) >= 25 for at in first)


def test_where_am_i_says_that_one_may_stay() -> None:
    new = opened(compile_sequence(read(TWO_SIDES)), AT, 600.0)
    said = [part.text for part in whereabouts(new, AT + 100.0).parts]
    assert OPEN in said
    assert said[-1].en == "Then the other side."
    rest = compile_sequence(read(f"{HERE} [{{rest: {{typical: 3m, until-key: yes}}}}]"))
    assert [part.text.en for part in whereabouts(opened(rest, 0.0, 900.0), 9.0).parts] == ["Resting.", OPEN.en]


def test_the_second_side_is_open_only_by_hand() -> None:
    timeline = compile_sequence(read(TWO_SIDES))
    sides = [span for span in timeline.spans if span.segment.kind == "hold"]
    assert [span.segment.until_key for span in sides] == [600.0, None]
    second: Span = sides[1]
    new = opened(timeline, second.start + 10, 600.0)
    assert [span.length for span in new.spans if span.segment.kind == "hold"] == [180.0, 600.0]
