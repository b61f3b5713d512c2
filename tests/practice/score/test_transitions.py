"""What is told on the way, and how long that takes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model import positions
from psoas_cli.practice.score.passage import APART, CALM, Passage
from psoas_cli.practice.score.timeline import Span, Timeline, compile_sequence
from psoas_cli.practice.score.transitions import time_to_return, told_again

if TYPE_CHECKING:
    from psoas_cli.practice.model.positions import Position
    from psoas_cli.practice.model.sequence import Sequence
    from psoas_cli.practice.score.segments import Segment

TO_THE_BACK = (
    "Let your seat sink beside your feet, lower yourself onto your side, forearm first, and roll onto your back."
)


def timeline_of(steps: str, settings: str = "lead-in: 0s\ntransition: auto") -> Timeline:
    return compile_sequence(read(f"title: T\nlanguage: en\n{settings}\nbreath: none\nsteps: [{steps}]"))


def moves_of(timeline: Timeline) -> list[tuple[float, tuple[str, ...]]]:
    """Each move: its length, and what is told in it."""
    return [
        (span.length, tuple(said for told in span.segment.told for said in told.spoken("en")))
        for span in timeline.spans
        if span.segment.moving
    ]


def told_in(timeline: Timeline, kind: str) -> list[tuple[str, ...]]:
    return [
        tuple(said for told in span.segment.told for said in told.spoken("en"))
        for span in timeline.spans
        if span.segment.kind == kind
    ]


def test_a_move_takes_what_is_told_calmly_the_change_of_position_and_what_there_is_to_do() -> None:
    steps = "{name: A, hold: 1m, position: back}, {name: B C D, hold: 1m, position: belly, into: 12s, text: Lie there}"
    [(length, told)] = moves_of(timeline_of(steps))
    assert told == ("Roll over your side onto your belly.", "B C D.", "Lie there")
    words = sum(len(said.split()) for said in told)
    assert 2.0 + words * 60 / CALM + 2 * APART + 10 + 12 <= length < 2.0 + words * 60 / CALM + 2 * APART + 10 + 12 + 5
    assert length % 5 == 0


def test_the_longer_of_the_languages_counts() -> None:
    short = "{name: A, hold: 1m}, {name: B, hold: 1m, text: {en: one, nl: een}}"
    long = "{name: A, hold: 1m}, {name: B, hold: 1m, text: {en: one, nl: een twee drie vier vijf zes zeven acht negen}}"
    assert moves_of(timeline_of(long))[0][0] == moves_of(timeline_of(short))[0][0] + 5


def test_no_move_is_shorter_than_a_quarter_of_a_minute_and_from_the_keyboard_to_the_mat_there_are_forty_seconds() -> (
    None
):
    timeline = timeline_of("{name: A, hold: 1m}, {name: B, hold: 1m}", "lead-in: auto")
    assert [length for length, _ in moves_of(timeline)] == [40, 20]
    assert moves_of(timeline)[0][1] == ("Come to your mat. There is time.", "A.")


def test_a_written_duration_is_kept_and_none_at_all_is_none() -> None:
    steps = "{pose: dragon, between: 3s}, {transition: 7s}, {pose: lying}, {transition: 0s}, {pose: rocking}"
    assert [length for length, _ in moves_of(timeline_of(steps))] == [3, 7]


def test_between_two_sides_is_a_rest_with_ways_to_it_and_back_and_nothing_is_told_in_it() -> None:
    timeline = timeline_of("{pose: dragon, between: {pose: lying, hold: 30s}}")
    kinds = [span.segment.kind for span in timeline.spans]
    assert kinds == ["hold", "transition", "between", "back", "hold"]
    assert told_in(timeline, "transition") == [
        (
            "Come back from the right",
            TO_THE_BACK,
            "Lying.",
            "Knees bent",
        )
    ]
    assert told_in(timeline, "between") == [()]
    assert told_in(timeline, "back") == [
        (
            "With knees bent, roll onto your side. Stay for a breath, then press up to hands and knees.",
            "The other side: left foot forward.",
            "The left one",
        )
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("lying", "position: back", ("B.",)),  # its way out leads elsewhere
        ("lying", "position: right-side", ("Roll over", "B.")),
        ("lying", "position: belly", ("Roll over your side onto your belly.", "B.")),
        ("rocking", "position: back", ("Come to rest", "B.")),
        ("lying", "", ("B.",)),
    ],
)
def test_a_way_out_that_leads_elsewhere_is_told_only_where_it_is_wanted(
    first: str, second: str, told: tuple[str, ...]
) -> None:
    steps = f"{{pose: {first}}}, {{name: B, hold: 1m, {second}}}"
    assert [said for _, said in moves_of(timeline_of(steps))] == [told]


def test_a_way_out_that_leads_elsewhere_is_told_at_the_end() -> None:
    assert moves_of(timeline_of("{pose: lying}, {transition: auto}"))[0][1] == ("Roll over",)


def test_what_is_to_be_fetched_is_told_before_the_way_which_the_files_own_text_stands_in_for() -> None:
    steps = (
        "{pose: rocking}, {transition: auto, fetch: Have a block, text: Sit up}, {name: B, hold: 1m, position: sitting}"
    )
    assert moves_of(timeline_of(steps))[0][1] == ("Have a block", "Sit up", "B.")
    steps = "{pose: rocking}, {transition: auto, fetch: Have a block}, {name: B, hold: 1m, position: sitting}"
    assert moves_of(timeline_of(steps))[0][1][:2] == ("Come to rest", "Have a block")


def test_a_way_in_is_told_again_however_shortly_before_it_was_told_of_another_stop() -> None:
    timeline = timeline_of("{pose: dragon, between: {pose: lying, hold: 30s}, rebound: {pose: lying, hold: 60s}}")
    assert [told for told in told_in(timeline, "transition") if told[-2:] == ("Lying.", "Knees bent")] != []
    assert len([told for told in told_in(timeline, "transition") if "Knees bent" in told]) == 2


def test_a_rebound_has_time_to_leave_the_pose_and_after_a_movement_one_just_rests() -> None:
    assert kinds_of("{pose: dragon, sides: [left], rebound: 60s}") == [
        "hold",
        "transition",
        "rebound",
    ]
    assert kinds_of("{pose: rocking, rebound: 60s}") == ["hold", "rebound"]
    assert kinds_of("{pose: dragon, sides: [left], rebound: {leave: 0s, hold: 60s}}") == [
        "hold",
        "rebound",
    ]


def kinds_of(steps: str) -> list[str]:
    return [span.segment.kind for span in timeline_of(steps).spans]


def test_on_the_left_a_pose_on_a_side_begins_on_the_other_side() -> None:
    timeline = timeline_of("{pose: dragon, variation: low, between: auto}")
    sides = [span.segment.position for span in timeline.spans if span.segment.kind == "hold"]
    assert sides == ["left-side", "right-side"]
    assert told_in(timeline, "back")[0][:2] == ("Get up", "Come onto your right side.") or "right side" in str(
        told_in(timeline, "back")[0]
    )


def test_who_comes_from_anywhere_is_told_everything_and_has_time_for_it() -> None:
    timeline = timeline_of("{pose: dragon}")
    second = next(span.segment for span in timeline.spans if span.segment.turn == 2)
    assert told_again(second).spoken("en") == (
        "Come onto hands and knees.",
        "Dragon.",
        "Left foot forward.",
        "Step your left foot forward",
    )
    assert time_to_return(second) >= 40


def test_who_leaves_a_pose_before_its_end_is_told_the_way_out_of_it_and_what_to_have_at_hand() -> None:
    steps = "{pose: rocking}, {transition: auto, fetch: Have a block}, {name: B, hold: 1m, position: sitting}"
    rocking, b = (span.segment for span in timeline_of(steps).spans if span.segment.kind == "hold")
    assert told_again(b, rocking).spoken("en") == ("Come to rest", "Have a block", "Come to sitting.", "B.")
    assert told_again(b).spoken("en") == ("Have a block", "Come to sitting.", "B.")
    assert told_again(rocking, rocking).spoken("en") == ("Rocking.", "Rock")
    assert time_to_return(b, rocking) >= time_to_return(b)


def test_a_way_out_that_leads_elsewhere_is_not_told_to_who_stays_where_they_are() -> None:
    lying, b = (
        span.segment
        for span in timeline_of("{pose: lying}, {name: B, hold: 1m, position: back}").spans
        if span.segment.kind == "hold"
    )
    assert told_again(b, lying).spoken("en") == ("B.",)


def test_breathing_and_a_scan_are_done_where_one_is_and_what_one_leaves_afterwards_is_left_in_time() -> None:
    for between in ("{breathe: 4-6, cycles: 3}", "{scan: [Feet, Legs]}"):
        timeline = timeline_of(f"{{pose: rocking}}, {between}, {{name: B, hold: 1m, position: belly}}")
        assert told_in(timeline, "transition") == [("Come to rest", "Roll over your side onto your belly.", "B.")]
    timeline = timeline_of("{pose: rocking}, {breathe: 4-6, cycles: 3}, {name: B, hold: 1m, position: back}")
    assert told_in(timeline, "transition") == [("Come to rest", "B.")]


def test_after_a_rest_without_a_pose_one_still_leaves_for_where_the_practice_goes() -> None:
    timeline = timeline_of("{pose: lying, rebound: 60s}, {name: B, hold: 1m, position: right-side}")
    assert "Roll over" in [said for told in told_in(timeline, "transition") for said in told]


def test_a_lunge_is_left_with_the_foot_that_is_forward_and_changes_legs_for_the_other_side() -> None:
    timeline = timeline_of(
        "{name: L, hold: 1m, position: lunge, sides: [right, left]}, {name: B, hold: 1m, position: back}"
    )
    assert "left foot forward" in told_in(timeline, "back")[0][0]
    out = told_in(timeline, "transition")[0][0]
    assert "left knee" in out
    assert "right knee" not in out


def test_a_step_by_name_in_another_position_leaves_the_pose_before_it_though_there_is_no_time() -> None:
    timeline = timeline_of("{pose: rocking}, {transition: 0s}, {name: B, hold: 1m, position: belly}")
    _, hold = (span.segment for span in timeline.spans if span.segment.kind == "hold")
    assert hold.told[0].spoken("en") == ("Come to rest",)


@given(SEQUENCES)
def test_what_is_told_begins_where_one_is_or_is_right_from_anywhere(sequence: Sequence) -> None:
    here: Position | None = "standing"
    before: Segment | None = None
    for i, span in enumerate((timeline := compile_sequence(sequence)).spans):
        if span.segment.moving:
            continue
        run = run_before(timeline, i)
        told = [part.text for each in told_before(timeline, i) for part in each.parts]
        own = any(each.segment.text for each in run)
        if before and before.way_out in told:
            here = before.leaves or before.position or here
        elif before and before.leaves and not before.way_out:
            here = before.leaves
        there = span.segment.position
        if there and there != here and not own and not span.segment.stays and (here or run):
            right = {positions.sentence(here, there), positions.sentence(None, there)}
            assert right & set(told), f"nobody says how to come from {here} to {there}"
        other_leg = there == "lunge" and before is not None and before.side != span.segment.side
        in_few_words = span.segment.turn == 2 and span.segment.second
        if other_leg and here == there and run and not own and not span.segment.stays and not in_few_words:
            assert positions.sentence(None, "lunge") in told, "nobody says that the other foot comes forward"
        if there and there == here and not other_leg:
            sentences = {positions.sentence(other, there) for other in positions.POSITIONS if other != there}
            assert not sentences & set(told), f"one is sent to {there}, where one is"
        here, before = there, before if before and span.segment.stays else span.segment  # a rest in the same place


@given(SEQUENCES)
def test_every_way_in_is_told_once_right_before_its_stop_or_as_it_begins(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    for i, span in enumerate(timeline.spans):
        segment = span.segment
        way_in = segment.second if segment.turn == 2 and segment.second else segment.way_in
        if not segment.moving and way_in:
            told = [part for each in told_before(timeline, i) for part in each.parts]
            assert len([part for part in told if part.text == way_in and not part.heading]) >= 1
        if segment.kind == "between" and run_before(timeline, i):
            assert not segment.told


@given(SEQUENCES)
def test_a_move_that_is_as_long_as_it_takes_is_never_too_short(sequence: Sequence) -> None:
    for before, span in pairwise(compile_sequence(sequence).spans):
        assert span.segment.kind != "lead-in"
        if span.segment.moving and span.segment.auto:
            assert span.length == span.segment.takes >= 15
            assert span.length % 5 == 0
        assert before.segment.kind != "lead-in" or not before.segment.auto or before.length >= 40


def run_before(timeline: Timeline, i: int) -> list[Span]:
    run: list[Span] = []
    while i > 0 and timeline.spans[i - 1].segment.moving:
        i -= 1
        run.insert(0, timeline.spans[i])
    return run


def told_before(timeline: Timeline, i: int) -> list[Passage]:
    return [told for span in (*run_before(timeline, i), timeline.spans[i]) for told in span.segment.told]
