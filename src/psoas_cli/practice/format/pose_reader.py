"""Reads poses: those of a library file, and those under `poses` in a sequence."""

import math
import re
from collections import ChainMap
from collections.abc import Mapping
from typing import Any, get_args

from psoas_cli.errors import nearest
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import LONGEST, duration_text, parse_duration, range_of
from psoas_cli.practice.model.figure import FIGURE_KEYS, PROPS, VIEWS, Figure, Point, Prop
from psoas_cli.practice.model.poses import INTO, Hold, Kind, LazyPoses, Pose, Shared, Variation
from psoas_cli.practice.model.positions import POSITIONS, Position
from psoas_cli.practice.model.text import LANGS, Lang, Text

POSE_KEYS = (
    "name", "position", "text", "into", "second", "notice", "leave", "leaves-in", "hold", "sides", "side-label",
    "props", "cautions", "variations", "softer", "deeper", "instead", "counter", "back-bend", "kind", "figure",
)  # fmt: skip
VARIATION_KEYS = (
    "name", "position", "text", "from-here", "into", "second", "notice", "leave", "leaves-in", "shares", "props",
    "cautions", "suits", "figure",
)  # fmt: skip
KEYS_WITH_TEXT = ("second", "position", "into", "leave", "shares")
"""Keys that a variation may have only with its own text: they belong to that way in, or to the way out after it."""

SHARED: tuple[Shared, ...] = get_args(Shared)
FEW_WORDS = 15
"""The most words for the second side, or for a change made while in a pose; our own judgement."""

_ID_AT_MARGIN = re.compile(r"^([\w-]+):", re.MULTILINE)
HOLD_KEYS = ("typical", "min", "max")
OPEN_HOLD_KEYS = (*HOLD_KEYS, "until-key")
OPEN_MAX = 600.0
"""Seconds that a hold until a key lasts at most, if the file gives no max; our own judgement."""

KINDS: tuple[Kind, ...] = get_args(Kind)
NEEDED_OF_A_FIGURE = ("head", "trunk")
_FARTHEST = 10.0
_MOST_POINTS = 12


def pose_library(content: str, file: str, language: Lang) -> Mapping[str, Pose]:
    """Return the poses of a valid file, each parsed when it is first asked for.

    Args:
        content: The file's content: a map of poses by id, with each id at the start of a line.
        file: The file name shown in problems.
        language: The language of plain texts.
    """
    starts = [(found[1], found.start()) for found in _ID_AT_MARGIN.finditer(content)]
    ends = [*(start for _, start in starts[1:]), len(content)]
    written = {name: content[start:end] for (name, start), end in zip(starts, ends, strict=True)}

    def make(name: str) -> Pose:
        notebook = Notebook(file, language)
        return _pose(notebook, notebook.map(notebook.top(written[name]), None)[name], name)

    return LazyPoses(written, make)


def read_library(content: str, file: str, language: Lang, known: Mapping[str, Pose]) -> Mapping[str, Pose]:
    """Read a library of poses on top of the *known* ones.

    Args:
        content: The file's content: a map of poses by id.
        file: The file name shown in problems.
        language: The language of plain texts.
        known: Poses that those in the file may refer to or replace.

    Returns:
        The *known* poses together with those of the file, which win where ids clash.

    Raises:
        BadFileError: The file has problems; the error has all of them.
    """
    return check_library(content, file, language, known)[0]


def check_library(
    content: str, file: str, language: Lang, known: Mapping[str, Pose]
) -> tuple[Mapping[str, Pose], Notebook]:
    """Read a library as `read_library` does, and return the notebook with its warnings too.

    Raises:
        BadFileError: The file has problems; the error has all of them, and the warnings.
    """
    notebook = Notebook(file, language)
    poses = read_poses(notebook, notebook.top(content, (*POSE_KEYS, *VARIATION_KEYS, *HOLD_KEYS, *LANGS)), known)
    if notebook.problems:
        raise BadFileError(notebook.problems, notebook.warnings)
    return poses, notebook


def read_poses(notebook: Notebook, place: Place | None, known: Mapping[str, Pose]) -> Mapping[str, Pose]:
    """Return the *known* poses together with those of the map at *place*, which win where ids clash."""
    places = notebook.map(place, None, ids=True)
    if not places:
        return known
    own = {name: _pose(notebook, each, name) for name, each in places.items()}
    poses = ChainMap[str, Pose](own, known)  # type: ignore[arg-type] # known is only read
    for name, each in places.items():
        _check_references(notebook, each, poses[name], poses)
    return poses


def _pose(notebook: Notebook, place: Place, name: str) -> Pose:
    at = notebook.map(place, POSE_KEYS)
    if "name" not in at:
        notebook.bad(place, "a pose needs a name")
    _check_way_out(notebook, at)
    instructions = _instructions(notebook, at, name)
    variations = notebook.map(at.get("variations"), None, ids=True)
    instead = notebook.map(at.get("instead"), CAUTIONS)
    return Pose(
        **instructions,
        hold=read_hold(notebook, at["hold"], None) if "hold" in at else None,
        sides=notebook.flag(at.get("sides")),
        side_label=notebook.text(at.get("side-label")),
        props=notebook.texts(at.get("props")),
        variations={key: _variation(notebook, each, key, instructions) for key, each in variations.items()},
        softer=notebook.value(at.get("softer"), str, None),
        deeper=notebook.value(at.get("deeper"), str, None),
        instead={key: notebook.value(each, str, "") for key, each in instead.items()},
        counter=notebook.value(at.get("counter"), str, None),
        back_bend=notebook.flag(at.get("back-bend")),
        kind=notebook.choice(at.get("kind"), KINDS, "a kind") or "pose",
    )


def _instructions(notebook: Notebook, at: Mapping[str, Place], name: str) -> dict[str, Any]:
    """Read what a pose and a variation both have, by the names of `Instructions`."""
    return {
        "id": name,
        "name": notebook.text(at.get("name")),
        "text": notebook.text(at.get("text")),
        "second": _short(notebook, at.get("second"), "the second side"),
        "position": _position(notebook, at.get("position")),
        "into": _into(notebook, at.get("into")),
        "notice": notebook.texts(at.get("notice")),
        "leave": notebook.text(at.get("leave")),
        "leaves_in": _position(notebook, at.get("leaves-in")),
        "cautions": notebook.names(at.get("cautions"), CAUTIONS, "a caution"),
        "figure": read_figure(notebook, at.get("figure")),
    }


def _variation(notebook: Notebook, place: Place, name: str, pose: Mapping[str, Any]) -> Variation:
    at = notebook.map(place, VARIATION_KEYS)
    if "name" not in at:
        notebook.bad(place, "a variation needs a name")
    for key in KEYS_WITH_TEXT:
        if key in at and "text" not in at:
            notebook.bad(at[key], f"a variation with {key} needs its own text, the complete way in")
            break
    _check_way_out(notebook, at)
    instructions = _instructions(notebook, at, name)
    shares = notebook.names(at.get("shares"), SHARED, "something a variation can share")
    suits = notebook.names(at.get("suits"), CAUTIONS, "a caution")
    for key in shares:
        if key in at:
            notebook.bad(at["shares"], f"{key} is both shared with the pose and given here: keep one of the two")
    if "leave" in shares and instructions["position"] not in (None, pose["position"]):
        notebook.bad(at["shares"], "leave cannot be shared with a pose in another position: give the variation its own")
    for caution in suits:
        if caution not in pose["cautions"]:
            notebook.bad(at["suits"], f"suits {caution}, which is not one of this pose's cautions")
    return Variation(
        **instructions,
        from_here=_short(notebook, at.get("from-here"), "what to change while in a pose"),
        shares=shares,
        props=notebook.texts(at["props"]) if "props" in at else None,
        suits=suits,
    )


def _short(notebook: Notebook, place: Place | None, what: str) -> Text:
    """Return the text at *place* for *what*; one longer than `FEW_WORDS` is a warning."""
    text = notebook.text(place)
    for lang in LANGS:
        if place and (words := len(getattr(text, lang).split())) > FEW_WORDS:
            notebook.warn(place, f"expected at most {FEW_WORDS} words for {what}, got {words} ({lang})")
    return text


def _position(notebook: Notebook, place: Place | None) -> Position | None:
    return notebook.choice(place, POSITIONS, "a position")


def _into(notebook: Notebook, place: Place | None) -> float | None:
    """Return the seconds that coming into a pose takes; None if the key is missing."""
    return notebook.duration(place, INTO) if place else None


def _check_way_out(notebook: Notebook, at: Mapping[str, Place]) -> None:
    if "leaves-in" in at and "leave" not in at:
        notebook.bad(at["leaves-in"], "leaves-in says where leave ends, but there is no leave")


def _check_references(notebook: Notebook, place: Place, pose: Pose, poses: Mapping[str, Pose]) -> None:
    at = {key: each for key, each in notebook.map(place, None).items() if key in POSE_KEYS}
    for key, variation in (("softer", pose.softer), ("deeper", pose.deeper)):
        if variation is not None:
            notebook.choice(at[key], pose.variations, "one of this pose's variations")
    others = notebook.map(at.get("instead"), None) | ({"counter": at["counter"]} if "counter" in at else {})
    for other in others.values():
        notebook.choice(other, poses, "a pose")


def read_hold(notebook: Notebook, place: Place, bounds: Hold | None, keys: tuple[str, ...] = HOLD_KEYS) -> Hold:
    """Return the hold at *place*: a duration, or a map of typical, min and max, and of until-key where *keys* has it.

    A hold that cannot be read becomes the longest possible, so that it causes no further problems in its step.

    Args:
        notebook: Reads the nodes and collects the problems.
        place: The node.
        bounds: The pose's own hold, whose bounds are the default, widened if the typical duration lies outside
            them; None for bounds from half to twice the typical duration.
        keys: The keys that the map may have.
    """
    if notebook.is_scalar(place, "until-key"):
        instead = "a duration here" if keys == HOLD_KEYS else "how long it usually is: {until-key: true, typical: 3m}"
        notebook.bad(place, f"until-key alone is no hold: write {instead}")
        return Hold(LONGEST, 0, LONGEST)
    noted = len(notebook.problems)
    at: dict[str, Place] = {}
    if notebook.is_scalar(place):
        typical = notebook.value(place, _parse_typical, LONGEST)
    else:
        at = notebook.map(place, keys)
        if "typical" not in at and len(notebook.problems) == noted:
            example = "{typical: 3m, until-key: true}" if "until-key" in at else "{typical: 3m}"
            notebook.bad(place, f"a hold needs a typical duration, as in {example}: plans count with that")
        typical = notebook.duration(at.get("typical"), LONGEST)
    low, high = (bounds.min, bounds.max) if bounds else (typical / 2, typical * 2)
    until_key = notebook.flag(at.get("until-key"))
    hold = Hold(
        typical,
        notebook.duration(at.get("min"), min(low, typical)),
        notebook.duration(at.get("max"), max(OPEN_MAX if until_key else high, typical)),
        until_key,
    )
    if not hold.min <= hold.typical <= hold.max and len(notebook.problems) == noted:
        notebook.bad(place, "expected min, typical and max in increasing order")
    return hold


def _parse_typical(written: str) -> float:
    """Parse a hold that is a duration alone.

    Raises:
        ValueError: It is not; the message of a range says how to write its bounds.
    """
    try:
        return parse_duration(written)
    except ValueError:
        if not (found := range_of(written)):
            raise
        least, middle, most = (duration_text(each) for each in (found[0], round(sum(found) / 2), found[1]))
        raise ValueError(f"a range is written {{typical: {middle}, min: {least}, max: {most}}}") from None


def read_figure(notebook: Notebook, place: Place | None) -> Figure | None:
    """Return the figure at *place*; None if it is missing, or lacks what drawing needs (a problem)."""
    if place is None:
        return None
    at = notebook.map(place, FIGURE_KEYS)
    for key in NEEDED_OF_A_FIGURE:
        if key not in at:
            notebook.bad(place, f"a figure needs a {key}")
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
    """Return the points at *place*; empty if they are missing or wrong (a problem)."""
    nothing: tuple[Point, ...] = ()
    return notebook.value(place, lambda written: _points(written, least, most), nothing)


def _points(written: str, least: int, most: int) -> tuple[Point, ...]:
    """Parse points like `0.8 0.1, 1.05 0.45`.

    Raises:
        ValueError: *written* is not such a list, or has too few or too many points.
    """
    pairs = [part.split() for part in written.split(",")]
    if not least <= len(pairs) <= most or any(len(pair) != 2 for pair in pairs):
        expected = "a point like 0.8 0.1" if most == 1 else f"{least} to {most} points like 0.8 0.1, 1.05 0.45"
        raise ValueError(f'expected {expected}, got "{written}"')
    return tuple((_number(x), _number(y)) for x, y in pairs)


def _prop(written: str) -> Prop:
    """Parse a prop like `block 0.7 0 0.2 0.1`.

    Raises:
        ValueError: *written* is not a prop.
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
