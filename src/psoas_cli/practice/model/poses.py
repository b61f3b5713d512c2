"""Poses and movements: how to come into them, what to notice, and how to leave them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Literal, NamedTuple

from psoas_cli.errors import nearest
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.names import letters_of, match
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import LANGS, Text

WAY_IN = Text("The way in", "Erin")
NOTICE = Text("What to notice", "Wat je kunt opmerken")
WAY_OUT = Text("The way out", "Eruit")
SOFTER = Text("Softer", "Zachter")
DEEPER = Text("Deeper", "Dieper")
TWO_SIDES = Text("two sides", "twee kanten")

Kind = Literal["pose", "movement"]
Shared = Literal["leave", "notice"]


class Hold(NamedTuple):
    """How long to stay in a pose, in seconds, and the bounds within which fitting may change that.

    With *until_key* a session has it last until the person goes on, at most *max*; plans and files take *typical*.
    """

    typical: float
    min: float
    max: float
    until_key: bool = False


INTO = 5.0
"""Default seconds that coming into a pose takes after the instructions; our own judgement."""


@record(frozen=True)
class Instructions:
    """How to do a pose or a variation of it.

    The way in, *text*, begins in *position* (None: in any), and coming into the pose takes *into* seconds after the
    instructions (None: `INTO`). On the second side *second*, if given, is said instead of *text*. The way out, *leave*,
    ends in *leaves_in* (None: in *position*). Positions are those of the right side.
    """

    id: str
    name: Text
    text: Text = Text()
    second: Text = Text()
    position: Position | None = None
    into: float | None = None
    notice: tuple[Text, ...] = ()
    leave: Text = Text()
    leaves_in: Position | None = None
    cautions: tuple[str, ...] = ()
    figure: Figure | None = None


@record(frozen=True)
class Variation(Instructions):
    """Another way to do a pose, softer or deeper; fields left empty are as in the pose.

    A variation with its own *text*, the complete way in, also has its own way out and things to notice, unless it
    *shares* those of the pose. *from_here* says what to change when already in the pose. *props* replace those of the
    pose; empty means that none are needed, None that they are the same. *cautions* are added to those of the pose;
    *suits* are those of the pose that do not apply.
    """

    from_here: Text = Text()
    shares: tuple[Shared, ...] = ()
    props: tuple[Text, ...] | None = None
    suits: tuple[str, ...] = ()


@record(frozen=True)
class Pose(Instructions):
    """A pose or a movement. A *back_bend* calls for a rest afterwards."""

    hold: Hold | None = None
    sides: bool = False
    side_label: Text = Text()
    props: tuple[Text, ...] = ()
    variations: Mapping[str, Variation] = field(default_factory=dict)
    softer: str | None = None
    deeper: str | None = None
    instead: Mapping[str, str] = field(default_factory=dict)
    counter: str | None = None
    back_bend: bool = False
    kind: Kind = "pose"


def as_done(pose: Pose, variation: Variation | None = None) -> Pose:
    """Return *pose* as it is done in *variation*, or unchanged without one.

    The result keeps the name of the pose, which says more than that of the variation. It has no softer or deeper
    variation, as the pose's variations are described from the pose itself.
    """
    if variation is None:
        return pose
    shares = variation.shares if variation.text else ("leave", "notice")
    leave, leaves_in = (pose.leave, pose.leaves_in) if "leave" in shares else (Text(), None)
    return replace(
        pose,
        text=variation.text or pose.text,
        second=variation.second if variation.text else pose.second,
        position=variation.position or pose.position,
        into=pose.into if variation.into is None else variation.into,
        notice=variation.notice or (pose.notice if "notice" in shares else ()),
        leave=variation.leave or leave,
        leaves_in=variation.leaves_in if variation.leave else leaves_in,
        figure=variation.figure or pose.figure,
        props=pose.props if variation.props is None else variation.props,
        cautions=cautions_of(pose, variation),
        softer=None,
        deeper=None,
    )


def cautions_of(pose: Pose, variation: Variation | None = None) -> tuple[str, ...]:
    """Return the cautions of *pose*, or of its *variation* if one is given."""
    if variation is None:
        return pose.cautions
    kept = (name for name in pose.cautions if name not in variation.suits)
    return tuple(dict.fromkeys((*kept, *variation.cautions)))


def ids_by_letters(poses: Mapping[str, Pose]) -> dict[str, list[str]]:
    """The ids of *poses* by the letters alone of what each is called, in any language."""
    found: dict[str, list[str]] = {}
    for name, pose in poses.items():
        for key in dict.fromkeys(map(letters_of, (name, *map(pose.name.said, LANGS)))):
            found.setdefault(key, []).append(name)
    return found


class LazyPoses(Mapping[str, Pose]):
    """Poses by id, each made when it is first asked for, as a practice needs only a few of them.

    Args:
        names: Their ids.
        make: Makes the one with an id.
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Pose]) -> None:
        self._made: dict[str, Pose | None] = dict.fromkeys(names)
        self._make = make

    def __getitem__(self, name: str) -> Pose:
        pose = self._made[name]
        if pose is None:
            pose = self._made[name] = self._make(name)
        return pose

    def __contains__(self, name: object) -> bool:
        return name in self._made

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def nearest_pose(written: str, poses: Mapping[str, Pose], besides: Iterable[str] = ()) -> str:
    """Return `, did you mean Babydraak?` with the id or the name nearest to *written*, if any is; ids go first.

    What could be written instead of a pose, such as `rest`, is given as *besides*.
    """
    names = (pose.name.said(lang) for pose in poses.values() for lang in LANGS)
    return nearest(written, (*poses, *besides)) or nearest(written, names)


def id_called(written: str, poses: Mapping[str, Pose]) -> str | None:
    """The id of the one of *poses* that *written* means: its id or its name, whatever its capitals and hyphens."""
    meant = [found] if (found := match(written, poses)) else ids_by_letters(poses).get(letters_of(written), [])
    return meant[0] if len(meant) == 1 else None
