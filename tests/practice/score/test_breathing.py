import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.patterns import NAMED, PURPOSES, TITLES, Pattern, parse_pattern, pattern_of
from psoas_cli.practice.score.breathing import Course, course_of, course_within

PATTERNS = st.lists(st.integers(5, 100).map(lambda tenths: f"{tenths / 10:g}"), min_size=2, max_size=4).map(
    lambda counts: parse_pattern("-".join(counts))
)
COUNTED_ON = st.lists(
    st.lists(st.integers(5, 100).map(lambda tenths: tenths / 10), min_size=1, max_size=3), min_size=2, max_size=4
)
RAMPS = st.lists(PATTERNS, max_size=3).map(tuple)


@given(COUNTED_ON)
def test_counts_read_back_as_they_are_shown(groups: list[list[float]]) -> None:
    kinds = {2: ("inhale", "exhale"), 3: ("inhale", "retention", "exhale")}.get(
        len(groups), ("inhale", "retention", "exhale", "retention")
    )
    pattern = pattern_of("", [(kind, count) for kind, group in zip(kinds, groups, strict=True) for count in group])  # type: ignore[misc] # kinds are
    assert parse_pattern(pattern.counts).phases == pattern.phases


@given(PATTERNS, st.floats(1, 2000), RAMPS)
def test_whole_breaths_fit_and_one_more_would_not(pattern: Pattern, seconds: float, ramp: tuple[Pattern, ...]) -> None:
    course = course_within(pattern, seconds, ramp)
    assert course.pattern == pattern
    assert course.seconds <= max(seconds, pattern.cycle) + 1e-5
    assert course.seconds + pattern.cycle > seconds - 1e-5
    assert course.seconds == pytest.approx(sum(each.cycle * cycles for each, cycles in course.stages))


@given(PATTERNS, st.integers(1, 200), RAMPS)
def test_cycles_are_counted_with_those_of_the_ramp(pattern: Pattern, cycles: int, ramp: tuple[Pattern, ...]) -> None:
    assert course_of(pattern, cycles, ramp).breaths == cycles


@given(PATTERNS, st.floats(20, 600), RAMPS, st.floats(0, 1))
def test_an_instant_and_the_phases_agree(
    pattern: Pattern, seconds: float, ramp: tuple[Pattern, ...], part: float
) -> None:
    course = course_within(pattern, seconds, ramp)
    begun = list(course.phases_in(0, course.seconds))
    at = part * (course.seconds - 0.01)
    breath = course.at(at)
    assert breath
    start, phase = [each for each in begun if each[0] <= at + 1e-6][-1]
    assert breath.phase == phase
    assert breath.elapsed == pytest.approx(at - start, abs=1e-4)
    assert 0 <= breath.fill <= 1
    assert course.at(course.seconds) is None
    assert course.at(-0.1) is None


@given(PATTERNS, st.floats(20, 600), RAMPS, st.lists(st.floats(0, 1), max_size=5))
def test_windows_give_every_phase_once(
    pattern: Pattern, seconds: float, ramp: tuple[Pattern, ...], cuts: list[float]
) -> None:
    course = course_within(pattern, seconds, ramp)
    edges = [0.0, *sorted(cut * seconds for cut in cuts), seconds + pattern.cycle]
    parts = [each for i in range(len(edges) - 1) for each in course.phases_in(edges[i], edges[i + 1])]
    assert parts == list(course.phases_in(0, edges[-1]))
    assert len(parts) == sum(len(each.phases) * cycles for each, cycles in course.stages)


def test_a_ramp_lasts_about_a_minute_for_each_pattern_and_at_most_half_of_the_time() -> None:
    ramp = (parse_pattern("3-3"), parse_pattern("3-4"))
    assert [cycles for _, cycles in course_within(parse_pattern("4-6"), 600, ramp).stages] == [10, 9, 47]
    short = course_within(parse_pattern("4-6"), 120, ramp)
    assert [cycles for _, cycles in short.stages] == [5, 4, 6]
    assert course_within(parse_pattern("4-6"), 12, ramp).stages == ((parse_pattern("4-6"), 1),)


def test_resizing_keeps_what_was_breathed_and_ends_no_breath_early() -> None:
    quick, slow = parse_pattern("3-3"), parse_pattern("4-6")
    course = Course(((quick, 10), (slow, 6)))
    assert course.resized(90, 61).stages == ((quick, 10), (slow, 3))
    assert course.resized(20, 32).stages == ((quick, 6),)
    assert course.resized(20, 61).stages == ((quick, 10), (slow, 1))
    assert course.resized(155, 61).stages == ((quick, 10), (slow, 9))
    resumed = Course(((slow, 6),)).resized(95, 63)
    assert resumed.seconds == pytest.approx(93)
    assert (resumed.breaths, resumed.at(61)) == (9, None)
    assert resumed.resized(65, 61) == Course(((slow, 6),), (0.0,))


@pytest.mark.parametrize(
    ("written", "phases"),
    [
        ("4-6", [("inhale", 4), ("exhale", 6)]),
        ("4-7-8", [("inhale", 4), ("retention", 7), ("exhale", 8)]),
        ("5.5-5.5", [("inhale", 5.5), ("exhale", 5.5)]),
        ("4-1-6-2", [("inhale", 4), ("retention", 1), ("exhale", 6), ("retention", 2)]),
        ("4-0-6-2", [("inhale", 4), ("exhale", 6), ("retention", 2)]),
        ("box", [("inhale", 4), ("retention", 4), ("exhale", 4), ("retention", 4)]),
        ("5,5-5,5", [("inhale", 5.5), ("exhale", 5.5)]),
        ("4 \N{EN DASH} 6", [("inhale", 4), ("exhale", 6)]),
        ("4\N{MINUS SIGN}6", [("inhale", 4), ("exhale", 6)]),
        ("4\N{NON-BREAKING HYPHEN}7\N{NON-BREAKING HYPHEN}8", [("inhale", 4), ("retention", 7), ("exhale", 8)]),
        (" 4 -\N{NO-BREAK SPACE}6", [("inhale", 4), ("exhale", 6)]),
    ],
)
def test_patterns_by_name_and_by_counts(written: str, phases: list[tuple[str, float]]) -> None:
    pattern = parse_pattern(written)
    assert [(phase.kind, phase.seconds) for phase in pattern.phases] == phases
    assert pattern.phases[-1].end == 0


@pytest.mark.parametrize(
    "written", ["", "4", "4-", "-4-6", "4-6-", "1-2-3-4-5", "0-6", "4-0", "61-4", "4-6s", "٤-٦", "boxx"]
)
def test_other_patterns_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_pattern(written)


@pytest.mark.parametrize("written", ["5,5-5,5", "4 \N{EN DASH} 7 \N{EN DASH} 8"])
def test_a_pattern_has_one_name_however_it_is_written(written: str) -> None:
    assert parse_pattern(written).name in {"5.5-5.5", "4-7-8"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4:6", "4-6"), ("4/6", "4-6"), ("4 6", "4-6"), ("4,7,8", "4-7-8"), ("4x4x4x4", "4-4-4-4"), ("4s-6s", "4-6"),
        ("5,5 5,5", "5.5-5.5"), ("4-6 sec", "4-6"), ("boxx", "box"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_pattern_is_answered_with_its_right_form(written: str, meant: str) -> None:
    with pytest.raises(ValueError, match=rf", did you mean {meant}\?$"):
        parse_pattern(written)


def test_a_count_of_nothing_is_explained_and_no_other_pattern_suggested() -> None:
    with pytest.raises(ValueError, match="means inhale, retention, exhale, so its exhale would take no time") as caught:
        parse_pattern("4-6-0")
    assert str(caught.value).endswith("; without a retention write 4-6")
    with pytest.raises(ValueError, match=r"its inhale would take no time$"):
        parse_pattern("0-6")


def test_the_lungs_fill_and_empty_once_a_breath_also_in_two_inhales() -> None:
    sigh = pattern_of("", [("inhale", 3), ("inhale", 1), ("exhale", 6)])
    assert [(phase.begin, phase.end) for phase in sigh.phases] == [(0, 0.75), (0.75, 1), (1, 0)]
    assert sigh.counts == "3+1-6"


def test_each_named_pattern_has_a_title() -> None:
    assert NAMED.keys() == TITLES.keys() == PURPOSES.keys()
