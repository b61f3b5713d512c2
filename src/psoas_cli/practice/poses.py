"""A pose or movement of the library: how to come into it, what to notice, how to leave it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from psoas_cli.practice.figure import Figure
from psoas_cli.practice.text import Text

Kind = Literal["pose", "movement"]


class Hold(NamedTuple):
    """How long one stays, in seconds, and between which bounds a fitted practice may change it."""

    typical: float
    min: float
    max: float


class Variation(NamedTuple):
    """Another way to do a pose, softer or deeper.

    Its *cautions* come on top of the pose's own; *suits* are those of the pose's own that it does without.
    """

    id: str
    name: Text
    text: Text = Text()
    props: tuple[Text, ...] = ()
    cautions: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True)
class Pose:
    """A pose or a movement; ids name it in files, texts are for people. After a *back_bend* one rests a while."""

    id: str
    name: Text
    text: Text = Text()
    notice: tuple[Text, ...] = ()
    leave: Text = Text()
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


def cautions_of(pose: Pose, variation: Variation | None = None) -> tuple[str, ...]:
    """The cautions of *pose*, done as *variation* where one is given."""
    if variation is None:
        return pose.cautions
    kept = (name for name in pose.cautions if name not in variation.suits)
    return tuple(dict.fromkeys((*kept, *variation.cautions)))
