from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.open_hold import OPENABLE
from psoas_cli.practice.score.revisions import opened
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.practice.score.view import still_until, view_at


@given(SEQUENCES, st.lists(st.floats(0, 1), min_size=1, max_size=12).map(sorted))
def test_any_instant_can_be_seen_in_both_languages(sequence: Sequence, parts: list[float]) -> None:
    timeline = compile_sequence(sequence)
    for lang in LANGS:
        progress, stop = 0.0, 0
        for part in (0.0, *parts, 1.0):
            view = view_at(timeline, part * timeline.duration, lang)
            assert view.title
            assert all(view.lines)
            assert "[" not in "".join((view.title, view.side, view.next, view.offer, *view.lines))
            span = timeline.span_at(part * timeline.duration)
            assert 0 <= view.remaining <= span.length
            assert bool(view.turn) <= bool(view.side)
            assert progress <= view.progress <= 1
            assert 0 <= view.stop <= view.stops
            if view.breath:
                assert view.breath.word
                assert 0 <= view.breath.fill <= 1
                assert 1 <= view.breath.number <= view.breath.breaths
            progress, stop = view.progress, max(stop, view.stop)
        assert (progress, stop) == (1, view.stops)


def seen(timeline: Timeline, t: float, steps: int) -> tuple[object, ...]:
    """All that a person can tell apart at *t*: whole seconds, and the breath's shape in so many steps."""
    view = view_at(timeline, t, "en")
    breath = view.breath and replace(view.breath, fill=round(view.breath.fill * steps))
    lasted = clock_text(int(view.lasted + 1e-6)) if view.open else ""
    clocks = clock_text(view.remaining), clock_text(view.left), lasted
    return replace(view, remaining=0, left=0, lasted=0, progress=0, breath=breath), *clocks


@given(SEQUENCES, st.floats(0, 1), st.sampled_from([0, 1, 7, 19, 288]), st.booleans())
def test_nothing_that_is_seen_changes_before_it_is_said_to(
    sequence: Sequence, part: float, steps: int, is_open: bool
) -> None:
    timeline = compile_sequence(sequence)
    t = part * timeline.duration
    span = timeline.span_at(t)
    if is_open and span.segment.kind in OPENABLE:
        timeline = opened(timeline, span.start + part * (t - span.start), 600.0)
    until = still_until(timeline, t, steps)
    assert t <= until
    still = seen(timeline, t, steps)
    for within in (0.01, 0.3, 0.7, 0.99):
        between = t + (min(until, t + 10) - t - 1e-5) * within
        if between > t:
            assert seen(timeline, between, steps) == still


def test_a_text_that_is_near_is_not_seen_before_it_is_said_to() -> None:
    timeline = compile_sequence(
        read("title: T\nlead-in: 0s\nsteps: [{name: Here, hold: 1m, say: [{at: 20s, text: Hm}]}]")
    )
    still = seen(timeline, 19.98, 0)
    until = still_until(timeline, 19.98, 0)
    assert until == pytest.approx(20, abs=0.002)
    assert seen(timeline, until - 1e-5, 0) == still
    assert seen(timeline, until + 1e-5, 0) != still


def test_before_the_start_and_after_the_end_the_first_and_the_last_are_seen() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: lying}, {rest: 2m}]"))
    before, after = view_at(timeline, -5, "en"), view_at(timeline, 1e6, "en")
    assert (before.title, before.progress) == ("Lying", 0)
    assert (after.title, after.remaining, after.progress, after.left, after.next) == ("Rest", 0, 1, 0, "")


def test_while_one_moves_the_coming_pose_its_side_and_turn_are_seen() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 15s\nsteps: [{pose: dragon}, {pose: lying}]"))
    lead_in, hold, back = (view_at(timeline, t, "nl") for t in (3, 60, 200))
    assert (lead_in.title, lead_in.side, lead_in.turn) == ("Draak", "Rechtervoet naar voren", "eerste van twee kanten")
    assert (lead_in.name_first, hold.name_first, lead_in.next) == (True, False, "Draak, linkervoet naar voren")
    assert (back.title, back.side, back.turn) == ("Draak", "Linkervoet naar voren", "tweede van twee kanten")
    assert back.lines == ("Kom terug", "De linker")


def test_a_pose_between_the_sides_has_a_heading_of_its_own_and_nothing_is_said_in_it() -> None:
    between = "between: {pose: lying, hold: 30s}"
    timeline = compile_sequence(read(f"title: T\nsteps: [{{pose: dragon, {between}}}, {{pose: lying}}]"))
    resting = next(span for span in timeline.spans if span.segment.kind == "between")
    view = view_at(timeline, resting.start + 5, "nl")
    assert (view.title, view.side, view.lines, view.remaining) == ("Liggen", "", ("Buig je knieën",), 25)
    assert [cue for cue in timeline.cues_in(resting.start, resting.end) if not cue.bell] == []
    assert view.next == "Draak, linkervoet naar voren"
    assert view_at(timeline, resting.end, "nl").title == "Draak"


def test_a_transition_after_the_last_stay_is_the_return() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: lying}, {rest: 2m}, {transition: 30s, text: Wake up}]"))
    view = view_at(timeline, timeline.duration - 10, "en")
    assert (view.title, view.lines, view.remaining) == ("Coming back", ("Wake up",), 10)


def test_what_is_offered_stays_until_the_next_or_the_end_of_its_span() -> None:
    steps = "[{pose: lying, say: [{at: 20s, text: Soften}, {at: -20s, text: Soon}]}, {rest: 2m}]"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\nsteps: {steps}"))
    assert [view_at(timeline, t, "en").offer for t in (19, 20, 99, 100, 119, 121)] == [
        "", "Soften", "Soften", "Soon", "Soon", "",
    ]  # fmt: skip
