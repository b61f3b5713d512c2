"""Figures: that they are people, on a floor, on the right side, and that what is wrong in one is named."""

import math
from dataclasses import replace

import pytest
from tests.practice.test_builtin import POSES, built_in

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model.figure import Figure, bounds, mirrored, strokes
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at

FIGURES = {pose.id: pose.figure for pose in POSES.values() if pose.figure} | {
    f"{pose.id} {variation.id}": variation.figure
    for pose in POSES.values()
    for variation in pose.variations.values()
    if variation.figure
}

# The longest that the bones of a person 1.7 tall may look; the forearm with its hand. Foreshortened ones are shorter.
LEG, ARM = (0.5, 0.5, 0.22), (0.34, 0.44)


def test_every_pose_has_a_picture() -> None:
    assert not [pose.id for pose in POSES.values() if pose.figure is None]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_the_bones_of_one_person(name: str) -> None:
    figure = FIGURES[name]
    limbs = [(figure.right_leg, LEG), (figure.left_leg, LEG), (figure.right_arm, ARM), (figure.left_arm, ARM)]
    for joints, longest in limbs:
        for start, end, most in zip(joints, joints[1:], longest, strict=False):
            assert math.dist(start, end) <= most
    for root in (figure.right_leg, figure.left_leg):
        assert not root or min(math.dist(root[0], point) for point in figure.trunk) < 0.16
    assert 0.08 < math.dist(figure.head, figure.trunk[0]) < 0.3


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if figure.view == "side"])
def test_a_figure_seen_from_the_side_is_on_the_floor_and_not_in_it(name: str) -> None:
    figure = FIGURES[name]
    joints = [figure.head, *figure.trunk, *figure.right_arm, *figure.left_arm, *figure.right_leg, *figure.left_leg]
    lowest = min(y for _, y in joints)
    assert 0 < lowest < 0.13


def test_the_other_side_is_the_mirror_image() -> None:
    for figure in FIGURES.values():
        assert replace(mirrored(mirrored(figure)), props=()) == replace(figure, props=())
        assert mirrored(figure) != figure
    right = FIGURES["baby-dragon"]
    left = mirrored(right)
    assert right.right_leg[-1][0] > right.left_leg[-1][0], "the right foot is in front, and looks to the right"
    assert left.left_leg[-1][0] < left.right_leg[-1][0], "the left foot is in front, and looks to the left"
    assert bounds(strokes(left))[::2] == pytest.approx([-x for x in bounds(strokes(right))[2::-2]])


def test_knees_to_the_right_lie_on_the_right_of_one_who_looks_up() -> None:
    knees = FIGURES["reclining-twist"].right_leg[1]
    assert knees[1] < 0, "with the head at the left, the right side is below"
    assert mirrored(FIGURES["reclining-twist"]).left_leg[1][1] > 0


def test_the_picture_of_each_side_is_that_of_its_side() -> None:
    timeline = compile_sequence(built_in("yin"))
    sides = {
        span.segment.side: view_at(timeline, span.start, "en").figure
        for span in timeline.spans
        if span.segment.kind == "hold" and span.segment.pose and span.segment.pose.id == "baby-dragon"
    }
    right = FIGURES["baby-dragon"]
    assert sides == {"right": right, "left": mirrored(right)}


def test_while_one_moves_the_picture_is_of_what_comes_and_a_variation_has_its_own() -> None:
    content = "title: T\nsteps:\n- {pose: sphinx, hold: 1m}\n- {pose: dragon, hold: 1m, variation: arms-up}\n"
    timeline = compile_sequence(read_sequence(Source("t", "t.yaml", content), Shelf("en", POSES)))
    pictures = [view_at(timeline, span.start, "en").figure for span in timeline.spans]
    sphinx, arms_up = FIGURES["sphinx"], FIGURES["dragon arms-up"]
    assert pictures[:4] == [sphinx, sphinx, arms_up, arms_up]
    assert pictures[-1] == mirrored(arms_up)


GOOD = "p:\n  name: P\n  figure:\n    head: 0.1 0.1\n    trunk: 0.3 0.1, 0.8 0.1\n"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (GOOD.replace("    head: 0.1 0.1\n", ""), "p.yaml:3:3: p.figure: a figure needs a head"),
        (GOOD.replace("0.3 0.1,", "0.3,"), "p.yaml:5:5: p.figure.trunk: expected 2 to 12 points like 0.8 0.1"),
        (GOOD.replace("0.3 0.1,", "nan 0.1,"), "p.yaml:5:5: p.figure.trunk: expected a number from -10 to 10"),
        (GOOD + "    right-log: 0 0, 1 1\n", 'p.yaml:6:5: p.figure.right-log: unknown key "right-log", did you mean'),
        (GOOD + "    props: [blok 0 0 1 1]\n", "p.figure.props[0]: expected one of block, bolster, cushion"),
        (GOOD + "    props: [block 0 0]\n", "expected block with x, y, width and height"),
        (GOOD + "    view: back\n", "p.yaml:6:5: p.figure.view: expected a view (side, top)"),
    ],
)
def test_what_is_wrong_in_a_figure_is_named_with_its_place(written: str, problem: str) -> None:
    with pytest.raises(BadFileError) as error:
        read_library(written, "p.yaml", "en", {})
    assert problem in error.value.message


def test_the_least_figure_is_a_head_and_a_trunk() -> None:
    figure = read_library(GOOD, "p.yaml", "en", {})["p"].figure
    assert figure == Figure((0.1, 0.1), ((0.3, 0.1), (0.8, 0.1)))
