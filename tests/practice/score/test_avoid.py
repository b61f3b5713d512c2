"""Leaving out poses: others take their place, and the practice stays as long, as with care."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.sequence import PoseStep, RestStep, Sequence, TransitionStep
from psoas_cli.practice.score.care import with_care
from psoas_cli.practice.score.change import told
from psoas_cli.practice.score.fitting import as_written, feasible_minutes
from psoas_cli.practice.score.forms import Form, suiting
from psoas_cli.practice.score.segments import REST
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

FOLDER = Path(__file__).parents[3] / "sequences"
LIBRARY = read_library((FOLDER / "poses.yaml").read_text("utf-8"), "poses.yaml", "en", {})
IDS = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "poses")
AVOID = st.lists(st.sampled_from(sorted(LIBRARY)), min_size=1, max_size=5, unique=True).map(tuple)
CARES = st.lists(st.sampled_from(sorted(CAUTIONS)), max_size=2, unique=True).map(tuple)


def built_in(name: str) -> Sequence:
    def source(name: str) -> Source:
        return Source(name, f"{name}.yaml", (FOLDER / f"{name}.yaml").read_text("utf-8"))

    return read_sequence(source(name), Shelf("en", LIBRARY, source))


def read(steps: str) -> Sequence:
    return read_sequence(Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{steps}"), Shelf("en", LIBRARY))


def length(sequence: Sequence) -> float:
    return sum(as_written(sequence).lengths)


def poses(timeline: Timeline) -> set[str]:
    return {span.segment.pose.id for span in timeline.spans if span.segment.pose}


def sides(timeline: Timeline) -> list[tuple[str, float]]:
    return [
        (span.segment.side or "", span.length)
        for span in timeline.spans
        if span.segment.kind == "hold" and span.segment.side
    ]


@given(st.sampled_from(IDS), AVOID, CARES)
def test_no_pose_that_is_left_out_comes_back_and_the_practice_lasts_as_long(
    name: str, avoid: tuple[str, ...], care: tuple[str, ...]
) -> None:
    sequence = built_in(name)
    cared = with_care(sequence, care, avoid)
    assert not set(cautions_in(cared.sequence.steps)) & set(care)
    low, high = feasible_minutes(cared.sequence)
    if low > high:
        return
    wanted = max(low * 60, min(length(sequence), high * 60))
    timeline = compile_sequence(cared.sequence, wanted)
    assert timeline.duration == wanted
    assert not poses(timeline) & set(avoid)
    held = sides(timeline)
    assert len(held) % 2 == 0
    assert all(one[1] == other[1] and one[0] != other[0] for one, other in zip(held[::2], held[1::2], strict=True))
    moves = [isinstance(step, TransitionStep) for step in cared.sequence.steps]
    assert not any(first and second for first, second in pairwise(moves))


@given(st.sampled_from(IDS), st.sampled_from(sorted(LIBRARY)))
def test_without_one_pose_a_practice_keeps_its_length_but_for_a_minute_and_the_change_is_told(
    name: str, avoid: str
) -> None:
    sequence = built_in(name)
    cared = with_care(sequence, (), (avoid,))
    low, high = feasible_minutes(cared.sequence)
    assert low * 60 - 60 <= length(sequence) <= high * 60 + 60
    assert bool(cared.changes) == (avoid in poses(compile_sequence(sequence)))
    assert not cared.changes or told(cared.changes, "en")[0].startswith("You leave out ")


def test_what_is_not_there_changes_nothing() -> None:
    yin = built_in("yin")
    assert with_care(yin, (), ("saddle",)) == (yin, ())


@given(st.sampled_from(sorted(LIBRARY)), CARES, AVOID)
def test_what_takes_its_place_is_neither_left_out_nor_against_care(
    name: str, care: tuple[str, ...], avoid: tuple[str, ...]
) -> None:
    form = suiting(Form(LIBRARY[name]), care, LIBRARY, avoid=avoid)
    assert form is None or (form.pose.id not in avoid and not form.against(care))


@pytest.mark.parametrize(
    ("care", "avoid", "now"),
    [
        ((), ("saddle",), "Supported bridge"),  # the first that it names, for whatever reason
        ((), ("saddle", "supported-bridge"), "Constructive rest"),
        (("pregnancy",), ("saddle",), "Resting on your side"),  # what it names for what one takes care with
        (("pregnancy",), ("saddle", "side-rest"), "Back raised"),  # where that leads nowhere, anything else that suits
        (
            ("knees",),
            ("supported-bridge",),
            "Constructive rest",
        ),  # nor does care lead there
    ],
)
def test_which_pose_comes_instead_of_the_saddle(care: tuple[str, ...], avoid: tuple[str, ...], now: str) -> None:
    form = suiting(Form(LIBRARY["saddle"]), care, LIBRARY, avoid=avoid)
    assert form
    assert form.name.en == now


def test_between_the_sides_and_after_a_pose_it_is_left_out_too() -> None:
    yin = with_care(built_in("yin"), (), ("childs-pose",))
    assert told(yin.changes, "en") == [
        "You leave out child's pose between the sides; child's pose: resting on the belly instead."
    ]
    assert told(yin.changes, "nl") == ["Je laat weg: kindhouding tussen de kanten; kindhouding (nu rusten op je buik)."]


def test_the_final_rest_is_lying_whatever_is_left_out_of_it() -> None:
    yin = built_in("yin")
    for avoid, now in (
        (("savasana",), "side-rest"),
        (("savasana", "side-rest"), "constructive-rest"),
        (("savasana", "side-rest", "constructive-rest"), "belly-rest"),
    ):
        rest = next(step for step in with_care(yin, (), avoid).sequence.steps if isinstance(step, RestStep))
        assert rest.pose
        assert rest.pose.id == now
    everything = with_care(yin, (), tuple(LIBRARY))
    assert [change.now for change in everything.changes][-1] == REST
    assert not any(isinstance(step, PoseStep) for step in everything.sequence.steps)


def test_care_and_leaving_out_are_told_apart() -> None:
    steps = "  - {pose: sphinx, hold: 3m}\n  - {pose: happy-baby, hold: 2m}\n"
    changes = with_care(read(steps), ("trauma",), ("sphinx",)).changes
    assert told(changes, "en") == [
        "You leave out sphinx: resting on the belly instead.",
        "Changed (trauma or dissociation): Happy baby, made softer (hands behind the thighs).",
    ]
