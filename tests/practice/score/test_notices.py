"""What psoas says by itself in a hold: little, early, and not the same every time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import read

from psoas_cli.practice.score.notices import ENDINGS, moments
from psoas_cli.practice.score.revisions import changed
from psoas_cli.practice.score.timeline import Timeline, after, compile_sequence

LENGTHS = st.floats(0, 3600)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (59, []),
        (60, [20]),
        (179, [20]),
        (180, [20, 50]),
        (360, [20, 50]),
        (361, [20, 50, 260]),
        (509, [20, 50, 260]),
        (510, [20, 50, 260, 410]),
    ],
)
def test_the_first_comes_at_twenty_seconds_and_later_ones_are_few(length: float, expected: list[float]) -> None:
    assert moments(length, []) == expected


@given(LENGTHS, st.lists(st.floats(0, 1), max_size=4), st.booleans())
def test_whatever_the_file_says_the_longer_part_of_a_hold_is_silent(
    length: float, parts: list[float], told: bool
) -> None:
    said = [part * length for part in parts]
    found = moments(length, said, told=told)
    assert found == sorted(found)
    assert all(abs(at - other) >= 25 for at in found for other in said)
    assert len(found) + len(said) <= max(len(said), 2 + max(0, (length - 210) // 150))
    if length >= 120 and not said:
        edges = [*(at + 9 for at in found), length - 12]
        longest = max(later - earlier for earlier, later in zip(edges, [*found[1:], length - 12], strict=False))
        assert longest >= next(least for most, least in ((180, 60), (240, 90), (300, 150), (9e9, 200)) if length < most)


def said_in(timeline: Timeline, role: str) -> list[str]:
    return [" ".join(cue.spoken("en")) for cue in timeline.cues if cue.role == role]


def test_the_second_side_says_nothing_that_the_first_one_said() -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: dragon, hold: 3m}]"))
    assert said_in(timeline, "notice") == ["Your right hip", "Your breath", "The floor"]


@given(
    st.integers(0, 5),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from([-60.0, -15.0, 15.0, 60.0, 240.0])), max_size=5),
)
def test_neither_does_it_when_keys_make_a_side_longer_or_shorter(
    sessions: int, keys: list[tuple[float, float]]
) -> None:
    timeline = compile_sequence(read("title: T\nsteps: [{pose: dragon, hold: 3m}]"), sessions=sessions)
    at = 0.0
    for part, seconds in keys:
        at += part * (timeline.duration - 1 - at)
        if timeline.span_at(at).segment.kind == "hold":
            timeline = changed(timeline, at, seconds)
    said = [cue.told.parts[0].text for cue in timeline.cues if cue.role == "notice"]
    assert len(said) == len(set(said))


def test_the_next_time_another_one_comes_first() -> None:
    sequence = read("title: T\nsteps: [{pose: dragon, sides: [right], hold: 3m}]")
    times = [said_in(compile_sequence(sequence, sessions=number), "notice") for number in range(4)]
    assert times[:3] == [
        ["Your right hip", "Your breath"],
        ["Your breath", "The floor"],
        ["The floor", "Your right hip"],
    ]
    assert times[3] == times[0]


def test_a_line_says_that_a_long_hold_is_soon_over_three_in_turn() -> None:
    steps = ", ".join("{name: A, hold: 90s}, {transition: 15s}" for _ in range(4))
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\nsteps: [{steps}]"))
    assert said_in(timeline, "ending") == [line.en for line in (*ENDINGS, ENDINGS[0])]
    assert [cue.at for cue in timeline.cues if cue.role == "ending"] == [78, 183, 288, 393]
    assert said_in(after(timeline, 1), "ending") == [ENDINGS[i].en for i in (1, 2, 0, 1)]  # the next evening


@pytest.mark.parametrize(
    "step", ["{name: A, hold: 89s}", "{name: A, hold: 2m, say: [{at: -29s, text: Soon}]}", "{rest: 5m}"]
)
def test_but_not_where_it_is_short_where_the_file_speaks_itself_and_in_the_final_rest(step: str) -> None:
    assert said_in(compile_sequence(read(f"title: T\nsteps: [{step}]")), "ending") == []


def test_where_one_stays_as_one_is_nobody_is_told_that_we_come_out() -> None:
    steps = ", ".join("{name: A, hold: 2m}, {transition: 0s}" for _ in range(4))
    timeline = compile_sequence(read(f"title: T\nsteps: [{steps}, {{name: B, hold: 1m}}]"))
    assert ENDINGS[1].en not in said_in(timeline, "ending")
