"""A sequence as its file says it: a title, some settings, and steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, NamedTuple, get_args

from psoas_cli.practice.model.patterns import DEFAULT, BreathSound, Pattern
from psoas_cli.practice.model.poses import Hold, Pose, Variation
from psoas_cli.practice.model.text import Side, Text

FORMAT = 1
"""The version of the file format that is read here."""

Level = Literal["gentle", "moderate", "deep"]
LEVELS: tuple[Level, ...] = get_args(Level)

SOUNDS = ("deep-bowl", "high-bowl", "marimba", "tingsha", "wood-block")
"""The bells that come with psoas."""

SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3")
"""What a sound of one's own can be."""


STRIKE_GAP = 4.0
"""Seconds from one strike of a bell to the next (the format's promise)."""


class Bell(NamedTuple):
    """A sound, struck one or more times, *softer* dB below its usual loudness (which no file can ask for)."""

    sound: str
    strikes: int = 1
    softer: float = 0.0


_RISE_SOFTER = 8.0  # dB below the bowls' -20 LUFS: nobody is knocked out of the rest


class Warn(NamedTuple):
    """A bell *before* seconds before a hold is over."""

    before: float
    bell: Bell


class Every(NamedTuple):
    """A bell each *interval* seconds, counted from the opening bell."""

    interval: float
    bell: Bell


@dataclass(frozen=True, slots=True)
class Bells:
    """Which bell rings when; None rings nothing.

    `side` rings in place of `end` where the first side is over; `change` where another hold begins in the same
    position, without time to move.
    """

    open: Bell | None = Bell("deep-bowl")
    hold: Bell | None = Bell("high-bowl")
    end: Bell | None = Bell("wood-block")
    side: Bell | None = Bell("tingsha")
    change: Bell | None = Bell("marimba")
    halfway: Bell | None = None
    warn: Warn | None = None
    every: Every | None = None
    close: Bell | None = Bell("deep-bowl", 3)

    @property
    def rise(self) -> Bell | None:
        """What ends the final rest, where a bell ends holds: the closing one, struck once and softly (-28 LUFS)."""
        return self.close._replace(strikes=1, softer=_RISE_SOFTER) if self.end and self.close else None

    def changed(self, changes: "BellChanges") -> "Bells":
        """The same bells, with *changes* by name made."""
        return replace(self, **changes)  # type: ignore[arg-type] # the reader gives each name what belongs there

    def sounds(self) -> set[str]:
        """The names of all sounds in it."""
        values = (getattr(self, each.name) for each in fields(self))
        bells = (value.bell if isinstance(value, Warn | Every) else value for value in values)
        return {bell.sound for bell in bells if bell}


BellChanges = Mapping[str, Bell | Warn | Every | None]
"""Bells by the name of their moment, in place of others."""


class Pacer(NamedTuple):
    """Breath pacing beside a hold: whole breaths of *pattern*, for at most *limit* seconds."""

    pattern: Pattern | None
    sound: BreathSound = "none"
    limit: float | None = None


class Moment(NamedTuple):
    """When in a hold something is said: seconds after its start, seconds before its end, or a part (0..1) of it."""

    kind: Literal["after", "before", "part"]
    value: float


class Say(NamedTuple):
    """A cue in a hold: a text, a recording, or both; on each side, or on one."""

    at: Moment
    text: Text = Text()
    audio: str | None = None
    side: Literal["each", "first", "second"] = "each"


class Between(NamedTuple):
    """From the first side to the second, in seconds; None is as long as it takes.

    With a *pose* one leaves the first side, rests in the pose for *hold*, and comes *back* to the second side. Without
    one, *back* is the time to change sides.
    """

    leave: float | None = None
    pose: Pose | None = None
    hold: float = 0.0
    back: float | None = None


class Rebound(NamedTuple):
    """The rest after a pose: time to leave it (seconds; None is as long as it takes), then a while in a resting pose.

    Without a *pose* one rests in the position in which one is; a movement needs no time to leave it.
    """

    hold: Hold
    leave: float | None = None
    pose: Pose | None = None


@dataclass(frozen=True, slots=True)
class PoseStep:
    """Time in a pose, on each of *sides* (empty: a pose without sides); *text* stands in for the pose's own."""

    pose: Pose
    hold: Hold
    sides: tuple[Side, ...] = ()
    between: Between = Between()
    rebound: Rebound | None = None
    variation: Variation | None = None
    text: Text = Text()
    props: tuple[Text, ...] = ()
    pacer: Pacer | None = None
    bells: BellChanges = field(default_factory=dict)
    say: tuple[Say, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class TransitionStep:
    """Time to move, in seconds; None is as long as it takes.

    *fetch* is what to have within reach, and is told before *text*, which stands in for how one comes from one
    position to the next.
    """

    seconds: float | None = None
    text: Text = Text()
    fetch: Text = Text()


@dataclass(frozen=True, slots=True)
class BreatheStep:
    """Breathing, in whole breaths: for about *hold*, or exactly *cycles* of them; one of the two is given."""

    pattern: Pattern
    hold: Hold | None = None
    cycles: int | None = None
    ramp: tuple[Pattern, ...] = ()
    sound: BreathSound = "air"
    text: Text = Text()
    say: tuple[Say, ...] = ()


class ScanEntry(NamedTuple):
    """One region that attention visits."""

    text: Text
    hold: Hold


@dataclass(frozen=True, slots=True)
class ScanStep:
    """Attention moves from region to region."""

    entries: tuple[ScanEntry, ...]
    text: Text = Text()


@dataclass(frozen=True, slots=True)
class RestStep:
    """The final rest; *own_min* is whether the file itself says how short it may become."""

    hold: Hold
    own_min: bool = False
    pose: Pose | None = None
    text: Text = Text()
    pacer: Pacer | None = None
    say: tuple[Say, ...] = ()


Step = PoseStep | TransitionStep | BreatheStep | ScanStep | RestStep
"""A step as it is performed: repeats and includes are already written out."""


@dataclass(frozen=True)
class Sequence:
    """A whole practice as its file says it, with repeats and includes written out.

    Its *poses* are those that its steps may name, by id: the library's and its own. The *lead_in* and what comes
    before a pose, the *transition*, are in seconds; None is as long as it takes.
    """

    id: str
    title: Text
    steps: tuple[Step, ...]
    summary: Text = Text()
    credit: Text = Text()
    level: Level | None = None
    props: tuple[Text, ...] = ()
    cautions: tuple[str, ...] = ()
    lead_in: float | None = None
    transition: float | None = None
    bells: Bells = Bells()
    pacer: Pacer = Pacer(DEFAULT)
    poses: Mapping[str, Pose] = field(default_factory=dict, repr=False, compare=False)
