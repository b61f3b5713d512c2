"""A sequence as written in its file: a title, settings and steps."""

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Literal, NamedTuple, get_args

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.patterns import DEFAULT, Pattern
from psoas_cli.practice.model.poses import Hold, Pose, Variation
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sensations import CheckInKind
from psoas_cli.practice.model.text import Side, Text

FORMAT = 1
"""The version of the file format."""

LARGEST_FILE = 1024 * 1024
"""Bytes of a file; an hour-long sequence takes about ten thousand."""

Level = Literal["gentle", "moderate", "deep"]
LEVELS: tuple[Level, ...] = get_args(Level)

SOUNDS = ("deep-bowl", "high-bowl", "marimba", "soft-stroke", "tingsha", "wood-block")
"""The built-in bells."""

SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".mp3")
"""The formats of other sounds."""


STRIKE_GAP = 4.0
"""Seconds from one strike of a bell to the next, as the format promises."""


class Bell(NamedTuple):
    """A sound, struck one or more times, *softer* dB below its usual loudness (not settable in a file)."""

    sound: str
    strikes: int = 1
    softer: float = 0.0


_SOFTLY = 8.0  # dB below the bowls' -20 LUFS, so that nobody is startled out of the rest


class Warn(NamedTuple):
    """A bell that rings *before* seconds before the end of a hold."""

    before: float
    bell: Bell


class Every(NamedTuple):
    """A bell that rings every *interval* seconds, counted from the opening bell."""

    interval: float
    bell: Bell


@record(frozen=True)
class Bells:
    """The bell for each moment; None for none.

    `side` replaces `end` after the first side. `change` rings when another hold begins in the same position, without
    time to move. `minute` rings each minute of an open hold.
    """

    open: Bell | None = Bell("deep-bowl")
    hold: Bell | None = Bell("high-bowl")
    end: Bell | None = Bell("wood-block")
    side: Bell | None = Bell("tingsha")
    change: Bell | None = Bell("marimba")
    halfway: Bell | None = None
    warn: Warn | None = None
    minute: Bell | None = Bell("soft-stroke")
    every: Every | None = None
    close: Bell | None = Bell("deep-bowl", 3)

    @property
    def rise(self) -> Bell | None:
        """The bell that ends the final rest: the closing bell, struck once and softly (-28 LUFS).

        None if holds end without a bell, or the practice closes without one.
        """
        return self.closed_once(softly=True).close if self.end else None

    def closed_once(self, *, softly: bool) -> "Bells":
        """The same bells with a closing bell that is struck once, *softly* as after the final rest; none stays none."""
        if self.close is None:
            return self
        return replace(self, close=self.close._replace(strikes=1, softer=_SOFTLY if softly else self.close.softer))

    def changed(self, changes: "BellChanges") -> "Bells":
        """Return a copy with *changes* made."""
        return replace(self, **changes)  # type: ignore[arg-type] # the reader gives each name the right kind of bell

    def sounds(self) -> set[str]:
        """Return the names of all sounds that ring."""
        values = (getattr(self, each.name) for each in fields(self))
        bells = (value.bell if isinstance(value, Warn | Every) else value for value in values)
        return {bell.sound for bell in bells if bell}


BellChanges = Mapping[str, Bell | Warn | Every | None]
"""Bells that replace others, by the name of their moment."""


class Pacer(NamedTuple):
    """Breath pacing during a hold: whole breaths of *pattern* (None for none), for at most *limit* seconds."""

    pattern: Pattern | None
    sound: BreathSound = "none"
    limit: float | None = None


class Moment(NamedTuple):
    """A moment in a hold: seconds after its start, seconds before its end, or a fraction (0..1) of it."""

    kind: Literal["after", "before", "part"]
    value: float


class Say(NamedTuple):
    """A cue in a hold: a text, a recording or both, on each side or on one."""

    at: Moment
    text: Text = Text()
    audio: str | None = None
    side: Literal["each", "first", "second"] = "each"


class Between(NamedTuple):
    """The way from the first side to the second, in seconds; None for as long as it takes.

    With a *pose*: time to *leave* the first side, a *hold* in the pose, and time to come *back* to the second side.
    Without one, *back* is the time to change sides.
    """

    leave: float | None = None
    pose: Pose | None = None
    hold: float = 0.0
    back: float | None = None


class Rebound(NamedTuple):
    """A rest after a pose: time to *leave* it (seconds; None for as long as it takes), then a *hold*.

    Without a *pose* the rest is in the current position. Leaving a movement takes no time.
    """

    hold: Hold
    leave: float | None = None
    pose: Pose | None = None


@record(frozen=True)
class PoseStep:
    """Time in a pose, on each of *sides* (empty for a pose without sides); *text* replaces the pose's own."""

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


@record(frozen=True)
class TransitionStep:
    """Time to move, in seconds; None for as long as it takes.

    *fetch*, what to have within reach, is said before *text*, which replaces the directions from one position to the
    next.
    """

    seconds: float | None = None
    text: Text = Text()
    fetch: Text = Text()


@record(frozen=True)
class BreatheStep:
    """Breathing in whole breaths: either for about *hold*, or for exactly *cycles* breaths.

    The patterns of *ramp* lead up to *pattern*.
    """

    pattern: Pattern
    hold: Hold | None = None
    cycles: int | None = None
    ramp: tuple[Pattern, ...] = ()
    sound: BreathSound = "air"
    text: Text = Text()
    say: tuple[Say, ...] = ()


class ScanEntry(NamedTuple):
    """A region that attention visits."""

    text: Text
    hold: Hold


@record(frozen=True)
class ScanStep:
    """Attention that moves from region to region."""

    entries: tuple[ScanEntry, ...]
    text: Text = Text()


@record(frozen=True)
class RestStep:
    """The final rest; *own_min* is whether the file gives its minimum."""

    hold: Hold
    own_min: bool = False
    pose: Pose | None = None
    text: Text = Text()
    pacer: Pacer | None = None
    say: tuple[Say, ...] = ()


Step = PoseStep | TransitionStep | BreatheStep | ScanStep | RestStep
"""A step to perform; repeats and includes are already expanded."""


@record(frozen=True)
class Sequence:
    """A whole practice as written in its file, with repeats and includes expanded.

    *lead_in* and *transition*, the time to move before each pose, are in seconds; None for as long as it takes.
    *poses* are those that steps may name, by id: the library's and its own. *check_in* says what the check-in asks
    afterwards, if the person has it on.
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
    check_in: CheckInKind = "usual"
