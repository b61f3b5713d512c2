"""Steps in shorthand: what is understood, what psoas adds, and mistakes with a caret below their place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.practice.format.draft import PLACES, commented, draft
from psoas_cli.practice.format.problems import BadStepsError
from psoas_cli.practice.format.reader import Shelf, Source, check_sequence
from psoas_cli.practice.format.shorthand import MOST_STEPS, read_steps, shorthand_of
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.model.sequence import BreatheStep, PoseStep, RestStep, ScanStep
from psoas_cli.practice.model.text import LANGS, cells, visible
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from psoas_cli.practice.model.poses import Pose

POSES = Library("en", own_poses=False).built_in_poses


def shorthand(written: str) -> str:
    """*written* in its usual form."""
    return shorthand_of(read_steps(written, POSES))


def kept(content: str) -> tuple[Timeline, list[str]]:
    """The timeline of a file, and what it is warned of."""
    sequence, notebook = check_sequence(Source("own", "own.yaml", content), Shelf("en", POSES))
    return compile_sequence(sequence), [warning.message for warning in notebook.warnings]


@cache
def lengths() -> st.SearchStrategy[str]:
    return st.integers(1, 7200).map(duration_text)


def with_length(name: str) -> st.SearchStrategy[str]:
    return st.one_of(st.just(name), lengths().map(f"{name} {{}}".format))


def named(pose: Pose) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [pose.id, pose.id.upper(), *(pose.name.said(lang).replace(",", "") for lang in LANGS)]
        + [f"{pose.id}:{variation}" for variation in pose.variations]
    ).flatmap(with_length)


BREATHS = st.sampled_from([*NAMED, "4-6", "5,5-5,5", "3+1-6"]).flatmap(
    lambda name: st.one_of(
        st.just(f"breathe {name}"),
        st.integers(1, 8).map(f"breathe {name} {{}} breaths".format),
        st.just(f"breathe {name} 1m"),
    )
)
STEPS = st.one_of(
    st.sampled_from([*POSES.values()]).flatmap(named), BREATHS, st.just("scan"), st.just("scan 3m"), st.just("breathe")
)
LINES = st.tuples(st.lists(STEPS, min_size=1, max_size=8), st.sampled_from(["", ", rest", ", rest 4m"])).map(
    lambda parts: ", ".join(parts[0]) + parts[1]
)


@settings(max_examples=60)
@given(LINES, st.sampled_from(LANGS))
def test_what_is_practised_is_what_the_file_says_without_a_warning(line: str, lang: str) -> None:
    steps = read_steps(line, POSES)
    assert read_steps(shorthand_of(steps), POSES) == steps
    timeline, warnings = kept(draft(steps, POSES))
    assert kept(commented(steps, POSES, "own", "Own", lang)) == (timeline, [])  # type: ignore[arg-type]
    assert warnings == []
    assert timeline.spans[-2].segment.kind == "rest"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("constructive-rest 5m,baby-dragon 3m", "constructive-rest 5m, baby-dragon 3m"),
        ("baby draak 3 minuten", "baby-dragon 3m"),
        ("  SPHINX   1:30 , Childs pose", "sphinx 1m30s, childs-pose 1m"),
        ("Dragon flying high 2m", "dragon 2m"),
        ("Knieen heen en weer 1,5m", "knees-side-to-side 1m30s"),
        ("baby–dragon:hands higher 90 s", "baby-dragon:hands-higher 1m30s"),  # noqa: RUF001 - as a phone types it
        ("sphinx: 3m, rest: 2m", "sphinx 3m, rest 2m"),
        ("breathe, breathe 3m, breathe 4 - 6 3m", "breathe long-exhale 5m, breathe long-exhale 3m, breathe 4-6 3m"),
        ("breathe Box 10 breaths, breathe 4-7-8", "breathe box 10 breaths, breathe 4-7-8 4 breaths"),
        ("breathe 5,5-5,5 6 ademhalingen", "breathe 5.5-5.5 6 breaths"),
        ("scan, rest", "scan 2m, rest 3m"),
        ("Ademen 4-6 3m, bodyscan, eindrust 4 min", "breathe 4-6 3m, scan 2m, rest 4m"),
        ("sphinx 1,5m; rust", "sphinx 1m30s, rest 3m"),
        ("baby dragon 2m each side, babydraak 2 min per kant", "baby-dragon 2m, baby-dragon 2m"),
    ],
)
def test_poses_and_lengths_are_understood_as_people_write_them(written: str, meant: str) -> None:
    assert shorthand(written) == meant


def test_a_length_is_for_each_side_and_a_pose_alone_lasts_as_long_as_usual() -> None:
    (step,) = read_steps("baby-dragon", POSES)
    assert isinstance(step, PoseStep)
    assert (step.sides, step.hold.typical) == (("right", "left"), POSES["baby-dragon"].hold.typical)  # type: ignore[union-attr]


def kinds(line: str) -> list[str]:
    """What a person does, in order."""
    timeline = kept(draft(read_steps(line, POSES), POSES))[0]
    titles = [span.segment.title.said("en") for span in timeline.spans if span.segment.pose or span.stop]
    return ["Body scan" if title == PLACES[0].en else title for title in titles]


def test_who_did_not_ask_for_a_rest_has_one_and_nobody_has_two() -> None:
    assert kinds("constructive-rest 5m") == ["Constructive rest", "Savasana"]
    assert kinds("constructive-rest 5m, rest 1m") == ["Constructive rest", "Savasana"]
    assert kinds("constructive-rest 5m, savasana 9m") == ["Constructive rest", "Savasana"]


def test_a_back_bend_is_rested_after_in_its_counterpose_once() -> None:
    assert kinds("sphinx 3m") == ["Sphinx", "Child's pose", "Savasana"]
    assert kinds("sphinx 3m, childs-pose 40s, legs-long") == ["Sphinx", "Child's pose", "Legs long", "Savasana"]


def test_nobody_is_left_in_a_lunge_to_breathe_or_to_scan() -> None:
    lunge = ["Baby dragon", "Baby dragon"]
    assert kinds("baby-dragon, breathe, rest") == [*lunge, "Constructive rest", "Breathing", "Savasana"]
    assert kinds("baby-dragon, scan, breathe") == [*lunge, "Constructive rest", "Body scan", "Breathing", "Savasana"]
    assert kinds("reclined-butterfly, breathe") == ["Reclined butterfly", "Breathing", "Savasana"]


def test_every_place_of_the_scan_can_be_said_by_a_recorded_voice() -> None:
    library = Library("en", own_poses=False)
    said = {
        entry.text
        for name in library.entries
        for step in library.sequence(name).steps
        if isinstance(step, ScanStep)
        for entry in step.entries
    }
    assert set(PLACES) <= said


def mistakes(line: str, width: int = 200) -> list[tuple[str, str]]:
    """What is wrong with *line*: each message, and what its caret points at."""
    with pytest.raises(BadStepsError) as caught:
        read_steps(line, POSES)
    lines = caught.value.lines_within(width)
    found = []
    for message, excerpt, caret in zip(lines[::3], lines[1::3], lines[2::3], strict=False):
        at, under = len(caret) - len(caret.lstrip()), len(caret.strip())
        ends = [cells(excerpt[:i]) for i in range(len(excerpt) + 1)]
        found.append((message.removeprefix("--steps: "), excerpt[ends.index(at) : ends.index(at + under)]))
    return found


@pytest.mark.parametrize(
    ("line", "message", "at"),
    [
        ("constructive-rest 5m, babydragn 3m", 'there is no pose "babydragn", did you mean baby-dragon?', "babydragn"),
        ("draak 3m", 'there is no pose "draak", did you mean Babydraak?', "draak"),
        ("sphinx 3m each side", "sphinx has no sides", "each side"),
        ("sphinx 3m saddle 2m", "a comma is missing after 3m", "saddle"),
        ("sphinx saddle 2m", "a comma is missing after sphinx", "saddle"),
        ("sphinx, , saddle", "there is no step before this comma", ","),
        ("sphinx 5", "expected a duration with a unit, 5m (minutes) or 5s (seconds)", "5"),
        ("sphinx 3-5 min", "instead of a range write one duration, like 4m", "3-5 min"),
        ("5m sphinx", "a step begins with its pose, and the length follows: sphinx 3m", "5m"),
        ("4 x baby dragon", "a step begins with its pose, and the length follows: baby-dragon 3m", "4"),
        ("sphinx 10 breaths", "only breathe takes a number of breaths", "10 breaths"),
        ("sphinx:on-the-rips 3m", "did you mean on-the-ribs?", "on-the-rips"),
        ("belly-rest:low", "belly-rest: it has no variations to choose from", "low"),
        ("breathe 4:6 3m", "did you mean 4-6?", "4:6"),
        ("breathe boxx 3m", "did you mean box?", "boxx"),
        ("breathe box 5", "expected a length with a unit, or breaths: 5m or 5 breaths", "5"),
        ("breathe 4-7-8 10m", "at most 8 at a time", "10m"),
        ("breathe box 0 breaths", "expected 1 to 10,000 breaths, got 0", "0 breaths"),
        ("scan 20s", "in 15 places takes at least 1m15s, got 20s", "20s"),
        ("rest 2m, sphinx, rest", "the rest comes last", "rest 2m"),
        ("savasana 20h, savasana 20h", "longer than 24 hours in all", "savasana 20h"),
        ("🧘 kneel 2m, 瑜伽 3m", 'there is no pose "🧘 kneel"', "🧘 kneel"),
        ("sphinx\x1b[31m 3m", 'there is no pose "sphinx␛[31m"', "sphinx␛[31m"),
        ("x" * 300, "expected a step of at most 200 characters, got 300", ""),
    ],
)
def test_a_mistake_is_said_with_a_caret_below_it(line: str, message: str, at: str) -> None:
    told, marked = mistakes(line)[0]
    assert message in told
    assert marked == at or not at


def test_all_mistakes_are_told_at_once() -> None:
    line = "sphynx 3m, saddle 5, breathe 4:6 3m, sphinx 3m dragn 2m, rest, rest,"
    assert {at for _, at in mistakes(line)} == {"sphynx", "5", "4:6", "dragn", "rest", ","}


@pytest.mark.parametrize("line", ["", " ", ",", " , ,,"])
def test_nothing_is_no_practice(line: str) -> None:
    with pytest.raises(BadStepsError) as caught:
        read_steps(line, POSES)
    assert caught.value.lines_within(80)[0].startswith("--steps: expected steps, such as")
    assert len(caught.value.slips) == 1


def test_there_is_an_end_to_steps_and_to_mistakes() -> None:
    with pytest.raises(BadStepsError, match=f"a line has at most {MOST_STEPS} steps .* got 100,000 steps"):
        read_steps(",".join(["sphinx"] * 100_000), POSES)
    assert len(read_steps(",".join(["sphinx"] * MOST_STEPS), POSES)) == MOST_STEPS
    with pytest.raises(BadStepsError) as caught:
        read_steps(",".join(["x"] * 50), POSES)
    assert caught.value.lines_within(80)[-1] == "--steps: and 30 more like these"


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from(["sphinx 3m", "瑜伽", "e\u0301\u0301", "🧘 2m", "\x1b[1m", "\t", "saddl", "é" * 30]), min_size=1
    ),
    st.integers(1, 120),
)
def test_the_caret_points_into_the_line_whatever_the_width(parts: list[str], width: int) -> None:
    line = ", ".join(parts)
    try:
        read_steps(line, POSES)
    except BadStepsError as error:
        lines = error.lines_within(width)
        for excerpt, caret in zip(lines[1::3], lines[2::3], strict=False):
            assert cells(excerpt) <= max(width, 24)
            assert cells(caret) <= cells(excerpt) + 1
            assert caret.strip().strip("^") == ""
            assert excerpt.strip().strip("…") in visible(line)


def test_a_pose_of_ones_own_may_be_called_anything_and_only_what_can_be_written_is_offered() -> None:
    poses = {**POSES, "a, b": POSES["sphinx"], "rest": POSES["sphinx"], "Бревно": POSES["legs-long"]}
    (step,) = read_steps("бревно 2m", poses)
    assert isinstance(step, PoseStep)
    assert isinstance(read_steps("sphinx, rest", poses)[-1], RestStep)
    assert isinstance(read_steps("breathe 6 breaths", poses)[0], BreatheStep)
