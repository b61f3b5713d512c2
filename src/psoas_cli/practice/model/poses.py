"""A pose or movement of the library: how to come into it, what to notice, how to leave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.text import Text

WAY_IN = Text("The way in", "Erin")
NOTICE = Text("What to notice", "Wat je kunt opmerken")
WAY_OUT = Text("The way out", "Eruit")
SOFTER = Text("Softer", "Zachter")
DEEPER = Text("Deeper", "Dieper")
TWO_SIDES = Text("two sides", "twee kanten")

Kind = Literal["pose", "movement"]
Shared = Literal["leave", "notice"]


class Hold(NamedTuple):
    """How long one stays, in seconds, and between which bounds a fitted practice may change it."""

    typical: float
    min: float
    max: float


INTO = 5.0
"""Seconds that coming into a pose takes once it is told, where the pose does not say; our own judgement."""


class Variation(NamedTuple):
    """Another way to do a pose, softer or deeper; what it does not say is as in the pose.

    Its *text* is a way in, whole: one that has it leaves in a way of its own and has things of its own to notice,
    unless it *shares* those of the pose. *from_here* says what to change for it while in the pose. Its *props* take
    the place of the pose's, where it names any or says that it needs none. Its *cautions* come on top of the pose's
    own; *suits* are those of the pose's own that it does without.
    """

    id: str
    name: Text
    text: Text = Text()
    from_here: Text = Text()
    second: Text = Text()
    position: Position | None = None
    into: float | None = None
    notice: tuple[Text, ...] = ()
    leave: Text = Text()
    leaves_in: Position | None = None
    shares: tuple[Shared, ...] = ()
    props: tuple[Text, ...] | None = None
    cautions: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True)
class Pose:
    """A pose or a movement; ids name it in files, texts are for people. After a *back_bend* one rests a while.

    Its way in, *text*, begins in *position* (None: it is told whole, from anywhere), and coming into it takes *into*
    seconds once it is told (None: `INTO`). On the second side *second* is told in its place, where there is one. Its
    way out, *leave*, ends in *leaves_in* (None: in *position*). Positions are those of the right side.
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
    hold: Hold | None = None
    sides: bool = False
    side_label: Text = Text()
    props: tuple[Text, ...] = ()
    cautions: tuple[str, ...] = ()
    variations: Mapping[str, Variation] = field(default_factory=dict)
    softer: str | None = None
    deeper: str | None = None
    instead: Mapping[str, str] = field(default_factory=dict)
    counter: str | None = None
    back_bend: bool = False
    kind: Kind = "pose"
    figure: Figure | None = None


def as_done(pose: Pose, variation: Variation | None = None) -> Pose:
    """*pose*, done as *variation* where one is given: what that says of itself takes the place of the pose's own.

    It is called as the pose is, which says more than what is different in it. It offers nothing softer or deeper: what
    the pose offers is told from the pose as it is.
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
    """The cautions of *pose*, done as *variation* where one is given."""
    if variation is None:
        return pose.cautions
    kept = (name for name in pose.cautions if name not in variation.suits)
    return tuple(dict.fromkeys((*kept, *variation.cautions)))
