"""Reads poses: the library's file, and the `poses` of a sequence."""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import get_args

from psoas_cli.practice.format.figure_reader import read_figure
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.problems import BadFileError, nearest
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import LONGEST
from psoas_cli.practice.model.poses import INTO, Hold, Kind, Pose, Shared, Variation
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
"""Keys of a variation that say more of its own way in, or of the way out of where that leads."""

SHARED: tuple[Shared, ...] = get_args(Shared)

FEW_WORDS = 15
"""Words that are told on the second side, or of what to change while in a pose; our own judgement."""

_ID_AT_MARGIN = re.compile(r"^([\w-]+):", re.MULTILINE)
HOLD_KEYS = ("typical", "min", "max")
KINDS: tuple[Kind, ...] = get_args(Kind)


class PoseLibrary(Mapping[str, Pose]):
    """The poses of a file that is known to be good, each read when it is asked for: a practice needs a few of many.

    Args:
        content: What the file holds: a map of poses by id, each id at the margin of a line.
        file: Its name, as problems show it.
        language: What its plain texts are in.
    """

    def __init__(self, content: str, file: str, language: Lang) -> None:
        self._file = file
        self._language = language
        starts = [(found[1], found.start()) for found in _ID_AT_MARGIN.finditer(content)]
        ends = [*(start for _, start in starts[1:]), len(content)]
        self._written = {name: content[start:end] for (name, start), end in zip(starts, ends, strict=True)}
        self._read: dict[str, Pose] = {}

    def __getitem__(self, name: str) -> Pose:
        if name not in self._read:
            notebook = Notebook(self._file, self._language)
            self._read[name] = _pose(notebook, notebook.map(notebook.top(self._written[name]), None)[name], name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def read_library(content: str, file: str, language: Lang, known: Mapping[str, Pose]) -> Mapping[str, Pose]:
    """The poses of *known*, and those in *content* added to them or put in their place.

    Args:
        content: What the file holds: a map of poses by id.
        file: Its name, as problems show it.
        language: What its plain texts are in.
        known: Poses that its own may refer to.

    Raises:
        BadFileError: With every problem of the file.
    """
    return check_library(content, file, language, known)[0]


def check_library(
    content: str, file: str, language: Lang, known: Mapping[str, Pose]
) -> tuple[Mapping[str, Pose], Notebook]:
    """What `read_library` gives, and the notebook of the reading, with its warnings.

    Raises:
        BadFileError: With every problem of the file, and the warnings.
    """
    notebook = Notebook(file, language)
    poses = read_poses(notebook, notebook.top(content), known)
    if notebook.problems:
        raise BadFileError(notebook.problems, notebook.warnings)
    return poses, notebook


def read_poses(notebook: Notebook, place: Place | None, known: Mapping[str, Pose]) -> Mapping[str, Pose]:
    """The poses of *known*, and those of the map at *place* added to them or put in their place."""
    places = notebook.map(place, None)
    if not places:
        return known
    own = {name: _pose(notebook, each, name) for name, each in places.items()}
    poses = ChainMap[str, Pose](own, known)  # type: ignore[arg-type] # what is known is only read
    for name, each in places.items():
        _check_references(notebook, each, poses[name], poses)
    return poses


def _pose(notebook: Notebook, place: Place, name: str) -> Pose:
    at = notebook.map(place, POSE_KEYS)
    if "name" not in at:
        notebook.bad(place, "a pose needs a name")
    _check_way_out(notebook, at)
    position = _position(notebook, at.get("position"))
    cautions = notebook.names(at.get("cautions"), CAUTIONS, "a caution")
    variations = notebook.map(at.get("variations"), None)
    instead = notebook.map(at.get("instead"), CAUTIONS)
    return Pose(
        id=name,
        name=notebook.text(at.get("name")),
        text=notebook.text(at.get("text")),
        second=_short(notebook, at.get("second"), "the second side"),
        position=position,
        into=_into(notebook, at.get("into")),
        notice=notebook.texts(at.get("notice")),
        leave=notebook.text(at.get("leave")),
        leaves_in=_position(notebook, at.get("leaves-in")),
        hold=read_hold(notebook, at["hold"], None) if "hold" in at else None,
        sides=notebook.flag(at.get("sides")),
        side_label=notebook.text(at.get("side-label")),
        props=notebook.texts(at.get("props")),
        cautions=cautions,
        variations={key: _variation(notebook, each, key, position, cautions) for key, each in variations.items()},
        softer=notebook.value(at.get("softer"), str, None),
        deeper=notebook.value(at.get("deeper"), str, None),
        instead={key: notebook.value(each, str, "") for key, each in instead.items()},
        counter=notebook.value(at.get("counter"), str, None),
        back_bend=notebook.flag(at.get("back-bend")),
        kind=notebook.choice(at.get("kind"), KINDS, "a kind") or "pose",
        figure=read_figure(notebook, at.get("figure")),
    )


def _variation(
    notebook: Notebook, place: Place, name: str, pose_position: Position | None, pose_cautions: tuple[str, ...]
) -> Variation:
    at = notebook.map(place, VARIATION_KEYS)
    if "name" not in at:
        notebook.bad(place, "a variation needs a name")
    for key in KEYS_WITH_TEXT:
        if key in at and "text" not in at:
            notebook.bad(at[key], f"a variation with {key} needs its own text: the way in, whole")
            break
    _check_way_out(notebook, at)
    position = _position(notebook, at.get("position"))
    shares = notebook.names(at.get("shares"), SHARED, "something that a variation shares")
    suits = notebook.names(at.get("suits"), CAUTIONS, "a caution")
    for key in shares:
        if key in at:
            notebook.bad(at["shares"], f"{key} is shared with the pose, and stands here too: keep one of the two")
    if "leave" in shares and position and position != pose_position:
        notebook.bad(at["shares"], "leave cannot be shared with a pose in another position: write a leave of its own")
    for caution in suits:
        if caution not in pose_cautions:
            notebook.bad(at["suits"], f"suits {caution}, which is none of the cautions of this pose")
    return Variation(
        id=name,
        name=notebook.text(at.get("name")),
        text=notebook.text(at.get("text")),
        from_here=_short(notebook, at.get("from-here"), "what to change while in a pose"),
        second=_short(notebook, at.get("second"), "the second side"),
        position=position,
        into=_into(notebook, at.get("into")),
        notice=notebook.texts(at.get("notice")),
        leave=notebook.text(at.get("leave")),
        leaves_in=_position(notebook, at.get("leaves-in")),
        shares=shares,
        props=notebook.texts(at["props"]) if "props" in at else None,
        cautions=notebook.names(at.get("cautions"), CAUTIONS, "a caution"),
        suits=suits,
        figure=read_figure(notebook, at.get("figure")),
    )


def _short(notebook: Notebook, place: Place | None, what: str) -> Text:
    """The text at *place*, which tells *what* and is short: the rest was told before."""
    text = notebook.text(place)
    for lang in LANGS:
        if place and (words := len(getattr(text, lang).split())) > FEW_WORDS:
            notebook.warn(place, f"{what} is told in at most {FEW_WORDS} words, got {words} ({lang})")
    return text


def _position(notebook: Notebook, place: Place | None) -> Position | None:
    return notebook.choice(place, POSITIONS, "a position")


def _into(notebook: Notebook, place: Place | None) -> float | None:
    """How long coming into a pose takes, in seconds; None where nothing says so."""
    return notebook.duration(place, INTO) if place else None


def _check_way_out(notebook: Notebook, at: Mapping[str, Place]) -> None:
    if "leaves-in" in at and "leave" not in at:
        notebook.bad(at["leaves-in"], "a leaves-in tells where leave ends, and there is no leave")


def _check_references(notebook: Notebook, place: Place, pose: Pose, poses: Mapping[str, Pose]) -> None:
    at = {key: each for key, each in notebook.map(place, None).items() if key in POSE_KEYS}
    for key, variation in (("softer", pose.softer), ("deeper", pose.deeper)):
        if variation is not None and variation not in pose.variations:
            hint = nearest(variation, pose.variations)
            notebook.bad(at[key], f'expected one of the variations of this pose, got "{variation}"{hint}')
    others = notebook.map(at.get("instead"), None) | ({"counter": at["counter"]} if "counter" in at else {})
    for other in others.values():
        notebook.choice(other, poses, "a pose")


def read_hold(notebook: Notebook, place: Place, bounds: Hold | None) -> Hold:
    """The hold at *place*: a duration, or a map of typical, min and max.

    One that cannot be read is taken for very long, so that nothing else in its step seems wrong for it.

    Args:
        notebook: Where problems are noted.
        place: Where it stands.
        bounds: The bounds of the pose's own, widened where the typical lies outside; without them half to twice
            the typical.
    """
    if notebook.is_scalar(place, "until-key"):
        notebook.bad(place, "until-key is not for now: write a long hold, and press n when you are done")
        return Hold(LONGEST, 0, LONGEST)
    noted = len(notebook.problems)
    at: dict[str, Place] = {}
    if notebook.is_scalar(place):
        typical = notebook.duration(place, LONGEST)
    else:
        at = notebook.map(place, HOLD_KEYS)
        if "typical" not in at and len(notebook.problems) == noted:
            notebook.bad(place, "a hold needs its typical duration")
        typical = notebook.duration(at.get("typical"), LONGEST)
    low, high = (bounds.min, bounds.max) if bounds else (typical / 2, typical * 2)
    hold = Hold(
        typical,
        notebook.duration(at.get("min"), min(low, typical)),
        notebook.duration(at.get("max"), max(high, typical)),
    )
    if not hold.min <= hold.typical <= hold.max and len(notebook.problems) == noted:
        notebook.bad(place, "expected min, typical and max in this order, from short to long")
    return hold
