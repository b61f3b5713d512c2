import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.durations import whole_minutes
from psoas_cli.practice.model.sequence import PoseStep, Sequence
from psoas_cli.practice.score import fitting
from psoas_cli.practice.score.fitting import FitError, Fitted, as_written, feasible_minutes, fit
from psoas_cli.practice.score.plan import segments_of
from psoas_cli.practice.score.segments import Segment
from psoas_cli.practice.score.timeline import compile_sequence

PARTS = st.floats(0, 1)
STAYS = "[{pose: lying}, {pose: dragon, between: 15s, optional: true}, {pose: rocking, optional: true}"


@given(SEQUENCES, PARTS)
def test_every_feasible_minute_is_met_to_the_second_and_no_other(sequence: Sequence, part: float) -> None:
    low, high = feasible_minutes(sequence)
    assume(low <= high)
    for minutes in {low, high, round(low + part * (high - low))}:
        assert compile_sequence(sequence, minutes * 60).duration == pytest.approx(minutes * 60, abs=1e-5)
    own = sum(as_written(sequence).lengths)
    for minutes in (low - 1, high + 1):
        if abs(own - minutes * 60) > 1e-3:
            with pytest.raises(FitError) as refused:
                fit(sequence, minutes * 60)
            assert whole_minutes(refused.value.least, refused.value.most) == (low, high)


@given(SEQUENCES)
def test_asked_for_its_own_length_nothing_changes(sequence: Sequence) -> None:
    own = as_written(sequence)
    assert fit(sequence, sum(own.lengths)) == own
    assert own.lengths == tuple(
        segment.flex.typical if not segment.breathe else segment.length(1) for segment in own.segments
    )


@given(SEQUENCES, PARTS)
def test_lengths_come_of_one_scale_within_their_bounds(sequence: Sequence, part: float) -> None:
    low, high = feasible_minutes(sequence)
    assume(low <= high)
    seconds = 60.0 * round(low + part * (high - low))
    assume(abs(seconds - sum(as_written(sequence).lengths)) > 1e-3)
    fitted = fit(sequence, seconds)
    least, most = 0.0, math.inf  # the scales that all lengths agree with
    for segment, length in zip(fitted.segments, fitted.lengths, strict=True):
        if segment.kind in {"lead-in", "transition", "between", "back"}:
            assert length == segment.flex.typical
        elif segment.kind in {"hold", "rebound", "scan"}:
            lowest, highest = scales(segment, length)
            least, most = max(least, lowest), min(most, highest)
    assert least <= most + 1e-9, "one grew more than the others"
    if math.isfinite(most):
        assert total_at(fitted, sequence, seconds, most + 1e-6) > seconds - 1e-3, "a larger scale would have fitted"


def scales(segment: Segment, length: float) -> tuple[float, float]:
    """From which to which scale *segment* has *length*, by the words of the format."""
    grain = 1 if segment.kind == "scan" else 5
    flex = segment.flex
    shortest = max(grain, math.ceil(flex.min / grain) * grain)
    longest = math.floor(flex.max / grain) * grain
    if shortest > max(longest, grain):  # nothing between its bounds ends on a whole grain
        assert length == flex.typical
        return 0.0, math.inf
    assert length % grain == 0
    assert shortest <= length <= max(longest, grain)
    return (
        0.0 if length == shortest else (length - 1e-4) / flex.typical,
        math.inf if length >= longest else (length + grain) / flex.typical,
    )


def total_at(fitted: Fitted, sequence: Sequence, seconds: float, k: float) -> float:
    total = 0.0
    for segment in fitted.segments:
        if segment.kind == "rest":
            shortest = segment.flex.min if segment.own_min else min(120, seconds / 10, segment.flex.max)
            total += max(shortest, min(segment.flex.max, k * segment.flex.typical))
        elif segment.kind != "quiet":
            total += segment.length(k)
    assert sequence.steps
    return total


@given(SEQUENCES)
def test_optional_steps_leave_only_below_the_minima_and_the_last_first(sequence: Sequence) -> None:
    low, high = feasible_minutes(sequence)
    assume(low <= high)
    own, fitted = as_written(sequence), fit(sequence, low * 60.0)
    minima = sum(segment.length(0) for segment in own.segments if segment.kind != "rest")
    minima += sum(
        segment.flex.min if segment.own_min else min(120, low * 6, segment.flex.max)
        for segment in own.segments
        if segment.kind == "rest"
    )
    assert bool(fitted.left_out) == (minima > low * 60 + 1e-3 and abs(sum(own.lengths) - low * 60) > 1e-3)
    optional = [step for step in sequence.steps if isinstance(step, PoseStep) and step.optional]
    gone = optional[len(optional) - fitted.left_out :]
    kept = {segment.title for segment in fitted.segments if segment.kind == "hold"}
    assert kept >= {
        step.variation.name if step.variation else step.pose.name for step in optional[: len(optional) - len(gone)]
    }


def test_the_last_optional_step_leaves_first() -> None:
    sequence = read(f"title: T\nlead-in: 15s\ntransition: 15s\nsteps: {STAYS}]")
    names = [
        [segment.title.said("en") for segment in fit(sequence, seconds).segments if segment.kind == "hold"]
        for seconds in (245, 200, 120)
    ]
    assert names == [["Lying", "Dragon", "Dragon", "Rocking"], ["Lying", "Dragon", "Dragon"], ["Lying"]]


def test_what_remains_goes_to_the_rest_and_else_to_quiet_time() -> None:
    rigid = "{name: Stay, hold: {typical: 3m, min: 3m, max: 3m}}, {name: Grow, hold: {typical: 1m, min: 1m, max: 4m}}"
    resting = fit(read(f"title: T\nlead-in: 0s\ntransition: 0s\nsteps: [{rigid}, {{rest: 1m}}]"), 20 * 60)
    assert resting.lengths == (180, 240, 780)
    quiet = fit(read(f"title: T\nlead-in: 0s\ntransition: 0s\nsteps: [{rigid}]"), 303)
    assert (quiet.lengths, quiet.segments[-1].kind) == ((180, 120, 3), "quiet")


FIXED = "title: T\nlead-in: 0s\ntransition: 0s\nsteps: "


def test_a_rest_is_never_longer_than_its_file_says() -> None:
    held = "{name: A, hold: {typical: 1m, min: 1m, max: 2m}}"
    sequence = read(f"{FIXED}[{held}, {{rest: {{typical: 1m, max: 2m}}}}]")
    assert feasible_minutes(sequence) == (2, 4)
    assert fit(sequence, 240).lengths == (120, 120)
    with pytest.raises(FitError):
        fit(sequence, 300)
    long = read(f"{FIXED}[{{name: A, hold: {{typical: 30m, min: 1m, max: 60m}}}}, {{rest: {{typical: 30s, max: 1m}}}}]")
    assert fit(long, 40 * 60).lengths[-1] <= 60


def test_a_rest_lasts_fifteen_minutes_at_most_also_where_a_step_is_left_out() -> None:
    held = "{name: A, hold: {typical: 3m, min: 3m, max: 3m}}, {name: B, optional: true, hold: {typical: 25m, min: 24m}}"
    fitted = fit(read(f"{FIXED}[{held}, {{rest: 3m}}]"), 26 * 60)
    assert (fitted.lengths, fitted.segments[-1].kind, fitted.left_out) == ((180, 900, 480), "quiet", 1)


@given(SEQUENCES, PARTS)
def test_no_rest_is_longer_than_its_maximum(sequence: Sequence, part: float) -> None:
    low, high = feasible_minutes(sequence)
    assume(low <= high)
    fitted = fit(sequence, 60.0 * round(low + part * (high - low)))
    for segment, length in zip(fitted.segments, fitted.lengths, strict=True):
        assert segment.kind != "rest" or length <= max(segment.flex.max, segment.flex.typical) + 1e-6


def test_the_rest_keeps_a_tenth_or_two_minutes_unless_the_file_says_how_short_it_may_be() -> None:
    def rest_of(rest: str, minutes: int) -> float:
        steps = f"[{{name: Stay, hold: {{typical: 30m, min: 1m, max: 60m}}}}, {{rest: {rest}}}]"
        return fit(read(f"title: T\nlead-in: 0s\ntransition: 0s\nsteps: {steps}"), minutes * 60).lengths[-1]

    assert rest_of("10s", 10) == 60
    assert rest_of("10s", 40) == 120
    assert rest_of("{typical: 10s, min: 5s}", 10) < 15


def test_breathing_with_a_hold_is_fitted_to_whole_breaths_and_with_cycles_it_stays() -> None:
    steps = "[{breathe: 4-6, hold: 5m}, {breathe: 4-6, cycles: 6}, {rest: 2m}]"
    fitted = fit(read(f"title: T\nlead-in: 0s\nsteps: {steps}"), 7 * 60)
    assert fitted.lengths[0] % 10 == 0
    assert 150 <= fitted.lengths[0] < 300
    assert fitted.lengths[1] == 60
    assert fitted.lengths[0] == next(segment.length(0.94) for segment in fitted.segments) or fitted.lengths[0] > 0


@pytest.mark.parametrize("seconds", [0, -60, 1, 1e9])
def test_nonsense_lengths_are_refused(seconds: float) -> None:
    with pytest.raises(FitError):
        fit(read(f"title: T\nsteps: {STAYS}]"), seconds)


def test_however_many_steps_are_left_out_few_tries_find_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def counted(sequence: Sequence, left_out: int = 0) -> tuple[Segment, ...]:
        tries.append(left_out)
        return segments_of(sequence, left_out)

    monkeypatch.setattr(fitting, "segments_of", counted)
    sequence = read(
        "title: T\nsteps: [{repeat: 200, steps: [{name: A, hold: 1m, optional: true}]}, {name: B, hold: 5m}]"
    )
    assert fit(sequence, 600.0).left_out > 150
    assert len(tries) < 15
