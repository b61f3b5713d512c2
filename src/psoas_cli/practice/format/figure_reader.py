"""Reads figures: joints as `x y` pairs with commas between, from the trunk outwards."""

import math

from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.problems import nearest
from psoas_cli.practice.model.figure import FIGURE_KEYS, PROPS, VIEWS, Figure, Point, Prop

NEEDED_OF_A_FIGURE = ("head", "trunk")

_FARTHEST = 10.0
_MOST_POINTS = 12


def read_figure(notebook: Notebook, place: Place | None) -> Figure | None:
    """The figure at *place*; None where there is none, or it cannot be drawn (then that is noted)."""
    if place is None:
        return None
    at = notebook.map(place, FIGURE_KEYS)
    for key in NEEDED_OF_A_FIGURE:
        if key not in at:
            notebook.bad(place, f"a figure needs its {key}")
    head = _joints(notebook, at.get("head"), 1, 1)
    trunk = _joints(notebook, at.get("trunk"))
    face = _joints(notebook, at.get("face"), 1, 1)
    right_arm, left_arm, right_leg, left_leg = (
        _joints(notebook, at.get(limb)) for limb in ("right-arm", "left-arm", "right-leg", "left-leg")
    )
    props = [notebook.value(each, _prop, None) for each in notebook.list(at.get("props"))]
    arrows = [_joints(notebook, each) for each in notebook.list(at.get("arrows"))]
    seen = notebook.choice(at.get("view"), VIEWS, "a view")
    if not head or not trunk:
        return None
    return Figure(
        head=head[0],
        trunk=trunk,
        right_arm=right_arm,
        left_arm=left_arm,
        right_leg=right_leg,
        left_leg=left_leg,
        face=face[0] if face else None,
        props=tuple(prop for prop in props if prop),
        arrows=tuple(arrow for arrow in arrows if arrow),
        view=seen or "side",
    )


def _joints(notebook: Notebook, place: Place | None, least: int = 2, most: int = _MOST_POINTS) -> tuple[Point, ...]:
    """The points at *place*; none where there are none, or something else (then that is noted)."""
    nothing: tuple[Point, ...] = ()
    return notebook.value(place, lambda written: _points(written, least, most), nothing)


def _points(written: str, least: int, most: int) -> tuple[Point, ...]:
    """The points of `0.8 0.1, 1.05 0.45`.

    Raises:
        ValueError: Where it is no such list, or has too few or too many.
    """
    pairs = [part.split() for part in written.split(",")]
    if not least <= len(pairs) <= most or any(len(pair) != 2 for pair in pairs):
        expected = "a point like 0.8 0.1" if most == 1 else f"{least} to {most} points like 0.8 0.1, 1.05 0.45"
        raise ValueError(f'expected {expected}, got "{written}"')
    return tuple((_number(x), _number(y)) for x, y in pairs)


def _prop(written: str) -> Prop:
    """The prop of `block 0.7 0 0.2 0.1`.

    Raises:
        ValueError: Where it is none.
    """
    name, *figures = written.split()
    for kind in PROPS:
        if name == kind and len(figures) == 4:
            return Prop(kind, *map(_number, figures))
    if name not in PROPS:
        raise ValueError(f'expected one of {", ".join(PROPS)}, got "{name}"{nearest(name, PROPS)}')
    raise ValueError(f'expected {name} with x, y, width and height like {name} 0.7 0 0.2 0.1, got "{written}"')


def _number(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        number = math.inf
    if not abs(number) <= _FARTHEST:
        raise ValueError(f'expected a number from -{_FARTHEST:g} to {_FARTHEST:g} like 0.45, got "{written}"')
    return number
