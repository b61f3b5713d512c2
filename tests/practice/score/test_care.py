"""Care for a person: which poses change, what for, and what they become; the length stays."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.needs import cautions_in
from psoas_cli.practice.model.poses import Hold, cautions_of
from psoas_cli.practice.model.positions import POSITIONS, Position
from psoas_cli.practice.model.sequence import Between, PoseStep, RestStep, Sequence, TransitionStep
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.care import beginnings, with_care
from psoas_cli.practice.score.change import Change, told
from psoas_cli.practice.score.fitting import as_written, feasible_minutes
from psoas_cli.practice.score.forms import Form, suiting
from psoas_cli.practice.score.rests import TURN_OVER
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.transitions import told_again

FOLDER = Path(__file__).parents[3] / "sequences"
LIBRARY = read_library((FOLDER / "poses.yaml").read_text("utf-8"), "poses.yaml", "en", {})
IDS = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "poses")
CARES = st.lists(st.sampled_from(sorted(CAUTIONS)), min_size=1, max_size=4, unique=True).map(tuple)

POSES = read_library(
    """
lying: {name: Lying, hold: {typical: 5m, min: 1m, max: 10m}, text: Lie down, leave: Roll over}
side: {name: On the side, hold: {typical: 5m, min: 2m, max: 10m}, props: [cushion]}
lunge:
  name: Lunge
  hold: {typical: 3m, min: 1m, max: 5m}
  sides: true
  props: [block]
  cautions: [knees, back, surgery]
  variations:
    high: {name: High lunge, text: Hands high, props: [chair], suits: [back]}
    deep: {name: Deep lunge, cautions: [neck]}
  softer: high
  instead: {knees: swan, surgery: kneeling}
swan: {name: Swan, sides: true, hold: {typical: 3m, min: 2m, max: 4m}, cautions: [surgery], instead: {surgery: lying}}
kneeling: {name: Kneeling, cautions: [knees, trauma], instead: {knees: lying}}
""",
    "poses.yaml",
    "en",
    {},
)
STEPS = """
  - {pose: lying, hold: 5m}
  - {transition: 20s, text: Come to your knees}
  - {pose: lunge, hold: 3m, text: Step forward, props: [strap], say: [{at: 50%, text: Hands higher}],
     between: {leave: 10s, pose: kneeling, hold: 30s}, rebound: {leave: 10s, pose: kneeling, hold: 60s}}
  - {transition: 25s, text: Lie down on your back}
  - {rest: 3m, pose: lying}
"""
LYING = STEPS.replace("hold: 5m", "hold: 3m")


def read(steps: str = STEPS, settings: str = "") -> Sequence:
    content = f"title: T\nlanguage: en\ntransition: 0s\nbreath: none\n{settings}\nsteps:\n{steps}"
    return read_sequence(Source("t", "t.yaml", content), Shelf("en", POSES))


def built_in(name: str) -> Sequence:
    def source(name: str) -> Source:
        return Source(name, f"{name}.yaml", (FOLDER / f"{name}.yaml").read_text("utf-8"))

    return read_sequence(source(name), Shelf("en", LIBRARY, source))


def poses(sequence: Sequence) -> list[str]:
    return [span.segment.title.en for span in compile_sequence(sequence).spans if span.segment.pose]


def length(sequence: Sequence) -> float:
    return sum(as_written(sequence).lengths)


def test_yin_with_care_for_the_knees_has_no_kneeling_and_lasts_as_long() -> None:
    yin = built_in("yin")
    cared = with_care(yin, ("knees",))
    timeline = compile_sequence(cared.sequence, length(yin))
    assert timeline.duration == 2700
    ids = {span.segment.pose.id for span in timeline.spans if span.segment.pose}
    assert not ids & {"baby-dragon", "childs-pose", "dragon", "saddle", "half-saddle"}
    assert {"Baby dragon", "Child's pose"} <= {change.was.en for change in cared.changes}
    assert {change.cautions for change in cared.changes} == {("knees",)}
    assert "knees" not in cared.sequence.cautions


@pytest.mark.parametrize("name", IDS)
def test_with_care_for_the_knees_nothing_tells_anyone_to_kneel(name: str) -> None:
    cared = with_care(built_in(name), ("knees",))
    spans = compile_sequence(cared.sequence).spans
    said = [part.text.en.lower() for span in spans for told in span.segment.told for part in told.parts]
    assert not [text for text in said if "kneel" in text or "hands and knees" in text]


@given(st.sampled_from(IDS), CARES)
def test_each_built_in_practice_keeps_its_length_and_is_free_of_what_it_takes_care_of(
    name: str, care: tuple[str, ...]
) -> None:
    sequence = built_in(name)
    cared = with_care(sequence, care)
    assert not set(cautions_in(cared.sequence.steps)) & set(care)
    wanted = min(length(sequence), feasible_minutes(cared.sequence)[1] * 60)
    assert wanted >= 0.9 * length(sequence)  # with three cautions and more a long one may become shorter
    timeline = compile_sequence(cared.sequence, wanted)
    assert timeline.duration == wanted
    own = {step.pose.id for step in sequence.steps if isinstance(step, PoseStep) and step.hold.max > 600}
    held = [span for span in timeline.spans if span.segment.kind == "hold" and span.segment.pose]
    assert not [span for span in held if span.length > 600 and span.segment.pose and span.segment.pose.id not in own]
    moves = [isinstance(step, TransitionStep) for step in cared.sequence.steps]
    assert not any(first and second for first, second in pairwise(moves))


def test_what_carries_no_such_caution_is_left_as_it_is() -> None:
    sequence = read()
    for care in ((), ("eyes",)):
        assert with_care(sequence, care) == (sequence, ())


def test_the_softer_variation_comes_first_where_it_is_free_of_the_cautions() -> None:
    cared = with_care(read(), ("back",))
    step = cared.sequence.steps[2]
    assert isinstance(step, PoseStep)
    assert (step.pose.name.en, step.pose.text.en, step.pose.cautions) == ("Lunge", "Hands high", ("knees", "surgery"))
    assert (step.text, step.say) == (Text(), read().steps[2].say)  # type: ignore[union-attr] # the step is a pose
    assert step.rebound
    assert cared.changes == (Change(Text("Lunge"), Text("High lunge"), ("back",), softer=True),)
    assert [step.text.en for step in cared.sequence.steps if isinstance(step, TransitionStep)] == [
        "Come to your knees",
        "Lie down on your back",
    ]
    assert "chair" in [prop.en for prop in cared.sequence.props]


def test_a_variation_that_adds_a_caution_goes_back_to_the_pose_itself() -> None:
    deep = read("  - {pose: lunge, hold: 3m, variation: deep}\n")
    cared = with_care(deep, ("neck",)).sequence.steps[0]
    assert isinstance(cared, PoseStep)
    assert cared.variation is None


def test_else_another_pose_takes_its_place_with_its_own_text_and_sides() -> None:
    cared = with_care(read(), ("knees",))
    step = cared.sequence.steps[2]
    assert isinstance(step, PoseStep)
    assert step.pose.id == "swan"
    assert step.sides == ("right", "left")
    assert step.hold == Hold(180, 120, 240)
    assert (step.text, step.props, step.say, step.rebound, step.between.pose) == (Text(), (), (), None, None)
    moves = [step.text.en for step in cared.sequence.steps if isinstance(step, TransitionStep)]
    # nothing says how to come into the one; the other says it itself
    assert moves == ["Move to what comes next in your own way. There is time.", ""]
    side = "  - {pose: side, hold: 3m}\n  - {transition: 20s, text: Kneel}\n  - {pose: lunge, hold: 3m}\n"
    assert with_care(read(side), ("knees",)).sequence.steps[1] == TransitionStep(
        20
    )  # the cushion is put away as the pose says
    assert cared.sequence.cautions == ("surgery",)
    assert "block" not in [prop.en for prop in cared.sequence.props]


def test_what_is_named_instead_has_to_be_free_as_well() -> None:
    cared = with_care(read(LYING), ("knees", "surgery"))
    assert poses(cared.sequence) == ["Lying", "Lying"]  # one goes on lying, and rests there
    assert cared.changes == (Change(Text("Lunge"), Text("Lying"), ("knees", "surgery")),)


def test_where_one_lies_already_that_lasts_longer() -> None:
    steps = with_care(read(LYING), ("knees", "surgery")).sequence.steps
    assert isinstance(steps[0], PoseStep)
    assert steps[0].hold.typical == 540  # three minutes, and those of both sides
    assert isinstance(steps[1], TransitionStep)
    far = read("  - {pose: lying, hold: 9m}\n  - {pose: lunge, hold: 3m}\n")
    assert len(with_care(far, ("knees", "surgery")).sequence.steps) == 2  # not for longer than is good in one go


def test_with_nothing_instead_it_is_left_out_with_its_move() -> None:
    alone = read("""
  - {pose: side, hold: 5m}
  - {transition: 20s, text: Come to your knees}
  - {pose: kneeling, hold: 3m}
  - {transition: 25s, text: Lie down}
  - {rest: 3m, pose: kneeling}
  - {transition: 30s, text: Stand up from your knees}
""")
    cared = with_care(alone, ("trauma",))
    kinds = [type(step) for step in cared.sequence.steps]
    assert kinds == [PoseStep, TransitionStep, RestStep, TransitionStep]
    assert [step.seconds for step in cared.sequence.steps if isinstance(step, TransitionStep)] == [25, 30]
    assert cared.sequence.steps[-1] == TransitionStep(30)  # the way out of where one is, not of where one is not
    assert [span.segment.title.en for span in compile_sequence(cared.sequence).spans if span.stop] == [
        "On the side",
        "Rest",
    ]
    assert cared.changes == (
        Change(Text("Kneeling"), None, ("trauma",)),
        Change(Text("Kneeling"), Text("Rest", "Rust"), ("trauma",)),
    )


def test_between_the_sides_and_after_a_pose_care_is_taken_too() -> None:
    cared = with_care(read(), ("trauma",))
    step = cared.sequence.steps[2]
    assert isinstance(step, PoseStep)
    assert step.pose.id == "lunge"
    assert step.between == Between()  # time to change sides, as long as it takes
    assert step.rebound is None
    assert [change.was.en for change in cared.changes] == ["Kneeling between the sides", "Kneeling"]


def test_poses_of_the_file_itself_can_take_a_place() -> None:
    own = "poses: {mine: {name: Mine, cautions: [eyes], instead: {eyes: other}}, other: {name: Other}}"
    cared = with_care(read("  - {pose: mine, hold: 3m}\n", own), ("eyes",))
    assert poses(cared.sequence) == ["Other"]


def test_changes_are_told_by_what_they_are_for() -> None:
    sequence = read()
    assert told(with_care(sequence, ("knees",)).changes, "en") == ["Changed (sensitive knees): Swan instead of Lunge."]
    assert told(with_care(sequence, ("back",)).changes, "nl") == [
        "Aangepast (rugklachten of hernia): Lunge zachter: High lunge."
    ]
    assert told(with_care(sequence, ("trauma",)).changes, "en") == [
        "Changed (trauma or dissociation): without Kneeling between the sides, Kneeling."
    ]


def test_a_variation_suits_cautions_that_there_are() -> None:
    with pytest.raises(BadFileError, match="knees"):
        read_library("a: {name: A, variations: {b: {name: B, suits: [kness]}}}", "poses.yaml", "en", {})


def test_what_announces_a_pose_that_is_left_out_leaves_with_it() -> None:
    steps = """
  - {pose: side, hold: 5m}
  - {transition: 20s, text: Come to your knees, fetch: A blanket for your knees}
  - {pose: kneeling, hold: 3m}
  - {pose: lying, hold: 3m}
"""
    cared = with_care(read(steps), ("trauma",)).sequence
    told = [step for step in cared.steps if isinstance(step, TransitionStep)]
    assert [(step.seconds, step.fetch) for step in told] == [(20, Text())]
    assert "knees" not in told[0].text.en


def test_a_text_for_who_lies_there_already_is_kept() -> None:
    first, second = (
        step
        for step in with_care(built_in("constructive-rest"), ("pregnancy",)).sequence.steps
        if isinstance(step, PoseStep)
    )
    assert first.pose.position == "sitting"
    assert not first.text  # it would tell the way into another form
    assert second.text.en.startswith("Stay as you are")


FORMS = read_library(
    """
start:
  name: Start
  position: back
  cautions: [back, knees, neck]
  variations:
    low: {name: Low, suits: [neck]}
    high: {name: High, text: High, position: sitting, suits: [back, neck]}
    flat: {name: Flat, text: Flat, position: belly, suits: [back, neck]}
    far: {name: Far, suits: [back, knees, neck]}
  softer: low
  deeper: far
  instead: {back: far-off, knees: near, neck: far-off}
near:
  name: Near
  position: kneeling
  cautions: [knees]
  variations: {up: {name: Up, suits: [knees]}}
  instead: {knees: side}
far-off: {name: Far off, position: sitting}
side: {name: Side, position: left-side}
""",
    "poses.yaml",
    "en",
    {},
)


@pytest.mark.parametrize(
    ("care", "here", "name"),
    [
        (("eyes",), None, "Start"),
        (("neck",), "belly", "Low"),  # the softer one comes first wherever one is
        (("back",), None, "High"),  # the others in their order
        (("back",), "belly", "Flat"),  # but one that needs no moving comes first
        (("knees",), None, "Up"),  # never the deeper one; another pose's variation
        (("back", "knees"), None, "Far off"),
        (("back", "knees"), "kneeling", "Up"),
    ],
)
def test_the_nearest_form_that_suits(care: tuple[str, ...], here: Position | None, name: str) -> None:
    form = suiting(Form(FORMS["start"]), care, FORMS, here)
    assert form
    assert form.name.en == name


@given(st.sampled_from(sorted(LIBRARY)), CARES, st.sampled_from([None, *POSITIONS]))
def test_what_suits_carries_none_of_the_cautions_and_is_never_deeper(
    name: str, care: tuple[str, ...], here: Position | None
) -> None:
    form = suiting(Form(LIBRARY[name]), care, LIBRARY, here)
    assert form, "the library has something for everybody"
    assert not form.against(care)
    assert form.variation is None or form.variation.id != form.pose.deeper


def test_a_rest_that_goes_on_for_more_than_ten_minutes_changes_its_form() -> None:
    steps = """
  - {pose: constructive-rest, hold: 8m}
  - {pose: supported-bridge, hold: 4m}
  - {pose: pelvic-rock, hold: 1m}
"""
    source = Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{steps}")
    cared = with_care(read_sequence(source, Shelf("en", LIBRARY)), ("back",))
    assert poses(cared.sequence) == ["Constructive rest", "Constructive rest: calves on a chair"]
    assert [change.now and change.now.en for change in cared.changes] == ["Calves on a chair", "Constructive rest"]
    assert [step.hold.typical for step in cared.sequence.steps if isinstance(step, PoseStep)] == [480, 300]


def test_a_long_rest_on_the_side_changes_sides_and_tells_it_once() -> None:
    timeline = compile_sequence(with_care(built_in("yin"), ("pregnancy",)).sequence, 2700)
    turns = [i for i, span in enumerate(timeline.spans) if span.segment.text == TURN_OVER]
    assert len(turns) == 1
    before, turn, after = timeline.spans[turns[0] - 1 : turns[0] + 2]
    assert (turn.length, after.segment.kind) == (50, "rest")
    assert before.segment.title == after.segment.title
    assert "other side" in turn.segment.told[0].parts[0].text.en
    assert after.segment.way_in not in [part.text for part in turn.segment.told[0].parts]  # one lies there already
    assert after.segment.way_in in [part.text for part in told_again(after.segment).parts]  # who comes back may sit


def test_nobody_lies_on_one_side_for_more_than_eight_minutes() -> None:
    timeline = compile_sequence(with_care(built_in("yin-long"), ("pregnancy",)).sequence, 4500)
    on_the_side = [span.length for span in timeline.spans if span.segment.title == LIBRARY["side-rest"].name]
    assert 0 < max(on_the_side) <= 480


@pytest.mark.parametrize("name", IDS)
def test_who_is_pregnant_lies_on_no_back_and_no_belly_nor_on_the_side_most_of_the_time(name: str) -> None:
    sequence = built_in(name)
    timeline = compile_sequence(with_care(sequence, ("pregnancy",)).sequence, length(sequence))
    said = [part.text for span in timeline.spans for told in span.segment.told for part in told.parts]
    assert not [text.en for text in said if re.search(r"\b(on|onto|over) your (back|belly)\b", text.en)]
    assert not [text.nl for text in said if re.search(r"\b(op|over) je (rug|buik)\b", text.nl)]
    assert not {span.segment.position for span in timeline.spans} & {"back", "belly"}
    on_the_side = [span.length for span in timeline.spans if span.segment.title == LIBRARY["side-rest"].name]
    assert sum(on_the_side) < timeline.duration / 2


WITH_PROPS = """
  - {pose: constructive-rest, hold: 3m}
  - {transition: 30s, fetch: Have your block within reach.}
  - {pose: supported-bridge, hold: 3m}
  - {pose: heel-slide, hold: 1m}
  - {pose: sphinx, hold: 2m}
"""


@pytest.mark.parametrize(
    ("care", "told"),
    [
        ("surgery", "Have your block within reach."),  # nothing changes for the bridge, and the slide asks for nothing
        ("neck", "Have ready: blanket."),  # a folded blanket in place of the block
        ("headache", "Have your block within reach."),
        ("back", "Have ready: sock or cloth."),  # where the file has no move of its own
    ],
)
def test_what_another_form_needs_is_told_in_place_of_what_was_written(care: str, told: str) -> None:
    source = Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{WITH_PROPS}")
    steps = with_care(read_sequence(source, Shelf("en", LIBRARY)), (care,)).sequence.steps
    assert told in [step.fetch.en for step in steps if isinstance(step, TransitionStep)]


def test_what_another_pose_needs_is_told_once_in_a_practice() -> None:
    steps = "  - {pose: legs-long}\n  - {pose: sphinx}\n  - {pose: childs-pose}\n  - {pose: sphinx}\n"
    source = Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{steps}")
    cared = with_care(read_sequence(source, Shelf("en", LIBRARY)), ("pregnancy",)).sequence.steps
    assert [step.fetch.en for step in cared if isinstance(step, TransitionStep)] == ["Have ready: cushions or bolster."]
    assert [step.pose.id for step in cared if isinstance(step, PoseStep)].count("side-rest") == 2


def test_a_back_bend_in_place_of_two_poses_in_a_row_is_done_once_and_rested_after() -> None:
    steps = "  - {pose: baby-dragon}\n  - {pose: dragon}\n"
    source = Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{steps}")
    bridge, rest = with_care(read_sequence(source, Shelf("en", LIBRARY)), ("knees",)).sequence.steps
    assert isinstance(bridge, PoseStep)
    assert isinstance(rest, PoseStep)
    assert (bridge.pose.id, rest.pose.id) == ("supported-bridge", "constructive-rest")
    assert bridge.rebound
    assert bridge.rebound.pose == LIBRARY["knees-together"]


@pytest.mark.parametrize("care", CAUTIONS)
def test_no_pose_offers_a_form_against_care(care: str) -> None:
    for name in IDS:
        for step in with_care(built_in(name), (care,)).sequence.steps:
            if isinstance(step, PoseStep | RestStep) and step.pose:
                offered = [step.pose.variations[way] for way in (step.pose.softer, step.pose.deeper) if way]
                assert not [each.id for each in offered if care in cautions_of(step.pose, each)]


def test_a_change_without_a_caution_says_that_it_is_for_variety() -> None:
    steps = "  - {pose: heel-slide, hold: 3m}\n  - {pose: constructive-rest, hold: 8m}\n"
    source = Source("t", "t.yaml", f"title: T\nlanguage: en\nsteps:\n{steps}")
    changes = with_care(read_sequence(source, Shelf("en", LIBRARY)), ("surgery",)).changes
    assert told(changes, "en")[-1] == (
        "Changed (so that no rest gets too long): Constructive rest, made softer (calves on a chair)."
    )


@pytest.mark.parametrize("position", ["back", "belly"])
def test_whatever_lies_on_the_back_or_the_belly_asks_for_care_in_pregnancy(position: Position) -> None:
    forms = [Form(pose, way) for pose in LIBRARY.values() for way in (None, *pose.variations.values())]
    there = [form for form in forms if position in (form.whole.position, form.whole.leaves_in)]
    assert there
    assert not [form.whole.name.en for form in there if "pregnancy" not in form.whole.cautions]


def test_a_caution_that_there_is_not_is_one_problem_however_many_variations_there_are() -> None:
    ways = "variations: {b: {name: B, suits: [knees]}, c: {name: C, suits: [knees]}}"
    with pytest.raises(BadFileError) as caught:
        read_library(f"a: {{name: A, cautions: [knees, kness], {ways}}}", "poses.yaml", "en", {})
    assert len(caught.value.problems) == 1


@given(CARES)
def test_what_care_makes_of_a_beginning_is_what_it_makes_of_a_practice_ending_there(
    care: tuple[str, ...],
) -> None:
    sequence, changes = built_in("yin-short"), list[Change]()
    for number, (count, new) in enumerate(beginnings(sequence, care), 1):
        changes += new
        cared = with_care(replace(sequence, steps=sequence.steps[:number]), care)
        assert (count, changes) == (len(cared.sequence.steps), [*cared.changes])
