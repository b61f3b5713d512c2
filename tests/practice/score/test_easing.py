"""An easier breath: a step back on the ramp, in whole breaths, and nothing before it changed."""

from hypothesis import given
from hypothesis import strategies as st
from tests.practice.score.test_breathing import PATTERNS
from tests.practice.strategies import read

from psoas_cli.practice.model.patterns import Pattern
from psoas_cli.practice.score.revisions import eased
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

RAMP = "3-3, 3-4, 4-5"


def breathing(pattern: str = "4-6", ramp: str = RAMP, length: str = "hold: 10m") -> Timeline:
    """Settling in to 15 s, breathing, and a rest of a minute."""
    step = f"{{breathe: {pattern}, ramp: [{ramp}], {length}}}"
    return compile_sequence(read(f"title: T\nlead-in: 15s\nsteps: [{step}, {{rest: 1m}}]"))


def stages(timeline: Timeline | None) -> list[tuple[str, int]]:
    """By pattern, one after the other, how many breaths."""
    assert timeline
    found: list[tuple[str, int]] = []
    course = timeline.spans[1].course
    assert course
    for pattern, cycles in course.stages:
        if found and found[-1][0] == pattern.name:
            found[-1] = (pattern.name, found[-1][1] + cycles)
        else:
            found.append((pattern.name, cycles))
    return found


def test_a_step_back_is_for_the_rest_of_the_breathing() -> None:
    whole = breathing()
    assert stages(whole) == [("3-3", 10), ("3-4", 9), ("4-5", 7), ("4-6", 41)]
    assert stages(eased(whole, 15 + 200)) == [("3-3", 10), ("3-4", 9), ("4-5", 7), ("4-6", 2), ("4-5", 43)]
    assert stages(eased(whole, 15 + 130)) == [("3-3", 10), ("3-4", 9), ("4-5", 1), ("3-4", 66)]
    assert stages(eased(whole, 15 + 2)) == [("3-3", 99)]


def test_each_time_it_is_one_step_more_down_to_the_first() -> None:
    once = eased(breathing(), 15 + 400)
    assert once
    twice = eased(once, 15 + 400)  # in the same breath
    assert stages(twice)[-2:] == [("4-6", 22), ("3-4", 27)]
    later = eased(once, 15 + 430)
    assert stages(later)[-3:] == [("4-6", 22), ("4-5", 3), ("3-4", 23)]
    assert later
    last = eased(later, 15 + 450)
    assert last
    assert stages(last)[-1][0] == "3-3"
    assert eased(last, 15 + 500) is None


def test_where_nothing_slows_down_nothing_is_easier() -> None:
    assert eased(breathing(), 5) is None  # settling in
    assert eased(breathing(), 15 + 595) is None  # the last breath
    assert eased(breathing(), 630) is None  # the rest
    plain = compile_sequence(read("title: T\nsteps: [{breathe: 4-6, hold: 5m}]"))
    assert eased(plain, 100) is None


@given(PATTERNS, st.lists(PATTERNS, min_size=1, max_size=3), st.booleans(), st.lists(st.floats(0, 1), max_size=4))
def test_whole_breaths_end_where_they_did_and_nothing_before_is_changed(
    pattern: Pattern, ramp: list[Pattern], counted: bool, presses: list[float]
) -> None:
    length = "cycles: 30" if counted else "hold: 5m"
    timeline = breathing(pattern.counts, ", ".join(each.counts for each in ramp), length)
    ladder = [*ramp, pattern]
    t = 0.0
    for press in presses:
        t = round(t + press * (timeline.duration - t), 3)
        easier = eased(timeline, t)
        if easier is None:
            continue
        old, new = timeline.spans[1], easier.spans[1]
        assert old.course
        assert new.course
        assert easier.cues_in(0, t) == timeline.cues_in(0, t)
        assert len({(cue.span, cue.role, cue.number) for cue in easier.cues}) == len(easier.cues)
        breath = old.course.at(t - old.start)
        assert breath == new.course.at(t - new.start)
        assert breath
        assert new.course.patterns[: breath.number] == old.course.patterns[: breath.number]
        (after,) = set(new.course.patterns[breath.number :]) or {ladder[0]}
        assert ladder.index(after) <= ladder.index(breath.pattern)
        assert abs(new.course.seconds - new.length) < 1e-5
        assert -1e-5 < old.end - new.end < max(each.cycle for each in ladder) + 1e-5
        assert [round(each.length, 5) for each in easier.spans[2:]] == [
            round(each.length, 5) for each in timeline.spans[2:]
        ]
        timeline = easier
