"""A drawing of a person in a pose, given by a few joints: seen from the side, or from above on a mat.

Lengths are roughly in metres, for a person 1.7 tall: head 0.2, shoulders to hips 0.52, upper arm 0.28, forearm 0.26,
thigh 0.43, shin 0.42, foot 0.18. Joints lie inside the body, so a back on the floor is at about y = 0.08.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Literal, NamedTuple, get_args

from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Side

Point = tuple[float, float]
"""x to the right, y up; the floor is at y = 0."""

View = Literal["side", "top"]
VIEWS: tuple[View, ...] = get_args(View)

PropKind = Literal["block", "bolster", "cushion", "blanket", "chair", "belt"]
PROPS: tuple[PropKind, ...] = get_args(PropKind)

Layer = Literal["ground", "prop", "far", "body", "over", "arrow"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
"""From back to front; later layers cover earlier ones."""

_HEAD = 0.21
_TRUNK, _LEG, _ARM, _NECK = 0.15, 0.10, 0.075, 0.08
_FAR = 0.05
_FACE = 0.05
_LINE = 0.02
_TIP = 0.09  # the two strokes of an arrow's head
_MARGIN = 0.07
_STEPS = 12  # line segments of a curve
_BACKREST = 0.42
_HALF_MAT = 0.36
_ASIDE = 0.14  # how far the mat may shift towards legs that reach beyond it on one side


class Prop(NamedTuple):
    """A prop, in a rectangle from its lower left corner (x, y)."""

    kind: PropKind
    x: float
    y: float
    width: float
    height: float


@record(frozen=True)
class Figure:
    """A person in a pose. Limbs are given by their joints, from the trunk outwards.

    Args:
        head: The centre of the head.
        trunk: From between the shoulders to the hips, with points in between for a rounded back.
        right_arm: Shoulder, elbow, hand.
        left_arm: Shoulder, elbow, hand.
        right_leg: Hip, knee, ankle, toes.
        left_leg: Hip, knee, ankle, toes.
        face: The tip of the nose, if it shows where the person faces; in a view from the top, the person lies on
            a side.
        props: The props.
        arrows: The paths of arrows that show movement; three points make a curve that bends towards the second.
        view: Whether it is seen from the side or from the top.
        near: The side of the body nearer to the viewer.
    """

    head: Point
    trunk: tuple[Point, ...]
    right_arm: tuple[Point, ...] = ()
    left_arm: tuple[Point, ...] = ()
    right_leg: tuple[Point, ...] = ()
    left_leg: tuple[Point, ...] = ()
    face: Point | None = None
    props: tuple[Prop, ...] = ()
    arrows: tuple[tuple[Point, ...], ...] = ()
    view: View = "side"
    near: Side = "right"


class Stroke(NamedTuple):
    """A line of *width* with round ends; a single point makes a disc, *filled* makes it the outline of an area."""

    points: tuple[Point, ...]
    width: float
    layer: Layer
    filled: bool = False


def mirrored(figure: Figure) -> Figure:
    """Return the figure on the other side: turned around if seen from the side, turned over if seen from the top."""

    def turn(point: Point) -> Point:
        x, y = point
        return (x, -y) if figure.view == "top" else (-x, y)

    def turn_prop(prop: Prop) -> Prop:
        if figure.view == "top":
            return prop._replace(y=-prop.y - prop.height)
        return prop._replace(x=-prop.x - prop.width)

    def turn_all(points: Iterable[Point]) -> tuple[Point, ...]:
        return tuple(map(turn, points))

    return replace(
        figure,
        head=turn(figure.head),
        trunk=turn_all(figure.trunk),
        right_arm=turn_all(figure.left_arm),
        left_arm=turn_all(figure.right_arm),
        right_leg=turn_all(figure.left_leg),
        left_leg=turn_all(figure.right_leg),
        face=figure.face and turn(figure.face),
        props=tuple(map(turn_prop, figure.props)),
        arrows=tuple(map(turn_all, figure.arrows)),
        near="left" if figure.near == "right" else "right",
    )


def strokes(figure: Figure) -> tuple[Stroke, ...]:
    """Return the strokes that draw *figure*, from back to front."""
    drawn = [*_props(figure), *_body(figure), *_arrows(figure)]
    return (_ground(figure, drawn), *sorted(drawn, key=lambda stroke: LAYERS.index(stroke.layer)))


def bounds(drawn: Iterable[Stroke]) -> tuple[float, float, float, float]:
    """Return the left, bottom, right and top edges of *drawn*."""
    reach = [(x, y, stroke.width / 2) for stroke in drawn for x, y in stroke.points]
    return (
        min(x - r for x, _, r in reach),
        min(y - r for _, y, r in reach),
        max(x + r for x, _, r in reach),
        max(y + r for _, y, r in reach),
    )


def _ground(figure: Figure, drawn: list[Stroke]) -> Stroke:
    """Return the floor as a line; seen from the top, a mat."""
    left, _, right, _ = bounds(drawn)
    if figure.view == "side":
        return Stroke(((left - _MARGIN, 0.0), (right + _MARGIN, 0.0)), _LINE, "ground")
    middle = figure.trunk[-1][1]
    across = [y for leg in (figure.right_leg, figure.left_leg) for _, y in leg] or [middle]
    beyond = max(0.0, max(across) - middle - _HALF_MAT) + min(0.0, min(across) - middle + _HALF_MAT)
    middle += max(-_ASIDE, min(_ASIDE, beyond))
    low, high = middle - _HALF_MAT, middle + _HALF_MAT
    corners = ((left - _MARGIN, low), (right + _MARGIN, low), (right + _MARGIN, high), (left - _MARGIN, high))
    return Stroke((*corners, corners[0]), _LINE, "ground")


def _body(figure: Figure) -> Iterator[Stroke]:
    top = figure.view == "top"
    right, left = (figure.right_arm, figure.right_leg), (figure.left_arm, figure.left_leg)
    (near_arm, near_leg), (far_arm, far_leg) = (right, left) if figure.near == "right" else (left, right)
    if top and figure.face:  # lying on a side, with the limbs of that side below
        yield from _limbs(((far_leg, _LEG), (far_arm, _ARM)), "far")
        yield from _limbs(((near_leg, _LEG),), "body")
        yield from _torso(figure)
    elif top:
        yield from _limbs(((far_leg, _LEG), (near_leg, _LEG)), "body")
        yield from _torso(figure)
        yield from _limbs(((far_arm, _ARM),), "over")
    else:
        yield from _limbs(((far_leg, _FAR), (far_arm, _FAR)), "far")
        yield from _limbs(((near_leg, _LEG),), "body")
    yield Stroke(figure.trunk, _TRUNK, "body")
    yield Stroke((figure.trunk[0], figure.head), _NECK, "body")
    yield Stroke((figure.head,), _HEAD, "body")
    if figure.face:
        yield Stroke((figure.head, figure.face), _FACE, "body")
    yield from _limbs(((near_arm, _ARM),), "over")


def _limbs(limbs: Iterable[tuple[tuple[Point, ...], float]], layer: Layer) -> Iterator[Stroke]:
    for joints, width in limbs:
        if joints:
            yield Stroke(joints, width, layer)


def _torso(figure: Figure) -> Iterator[Stroke]:
    """Yield the area between shoulders and hips, seen from the top."""
    limbs = (figure.right_arm, figure.left_arm, figure.left_leg, figure.right_leg)
    if all(limbs):
        yield Stroke(tuple(limb[0] for limb in limbs), _ARM, "body", filled=True)


def _props(figure: Figure) -> Iterator[Stroke]:
    for prop in figure.props:
        x, y, right, top = prop.x, prop.y, prop.x + prop.width, prop.y + prop.height
        if prop.kind == "belt":
            yield Stroke(((x, y), (right, top)), _FAR, "arrow")
        elif prop.kind == "chair":
            # A seat on two legs, with its back on the side that the person's legs point to.
            back = right if x > figure.trunk[-1][0] else x
            yield Stroke(((x, top), (right, top)), _FAR, "prop")
            yield Stroke(((x, top), (x, y)), _LINE, "prop")
            yield Stroke(((right, top), (right, y)), _LINE, "prop")
            yield Stroke(((back, top), (back, top + _BACKREST)), _LINE, "prop")
        else:
            yield Stroke(_outline(prop), _LINE, "prop", filled=True)


def _outline(prop: Prop) -> tuple[Point, ...]:
    """Return the rectangle of *prop*, with corners rounded to suit its kind."""
    roundness = {"bolster": 0.5, "cushion": 0.5, "blanket": 0.3}.get(prop.kind, 0.0)
    radius = roundness * min(prop.width, prop.height)
    corners = (
        (prop.x + prop.width - radius, prop.y + prop.height - radius, 0),
        (prop.x + radius, prop.y + prop.height - radius, 1),
        (prop.x + radius, prop.y + radius, 2),
        (prop.x + prop.width - radius, prop.y + radius, 3),
    )
    turns = [(x, y, (quarter + i / 4) * math.pi / 2) for x, y, quarter in corners for i in range(5)]
    return tuple((x + radius * math.cos(angle), y + radius * math.sin(angle)) for x, y, angle in turns)


def _arrows(figure: Figure) -> Iterator[Stroke]:
    for points in figure.arrows:
        way = _curve(points)
        yield Stroke(way, _LINE * 1.5, "arrow")
        (before_x, before_y), (x, y) = way[-2], way[-1]
        angle = math.atan2(before_y - y, before_x - x)
        for turn in (-0.6, 0.6):
            tip = (x + _TIP * math.cos(angle + turn), y + _TIP * math.sin(angle + turn))
            yield Stroke(((x, y), tip), _LINE * 1.5, "arrow")


def _curve(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return *points*, or the points of a quadratic curve if there are three."""
    if len(points) != 3:
        return points
    start, bend, end = points
    ts = [i / _STEPS for i in range(_STEPS + 1)]
    return tuple(
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t * t * end[1],
        )
        for t in ts
    )


FIGURE_KEYS = tuple(field.name.replace("_", "-") for field in fields(Figure) if field.name != "near")
"""The keys of a figure in a file."""
