"""Reads the steps of a sequence, with their breathing patterns."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias, assert_never, get_args

from psoas_cli.practice.format.bell_reader import BellReader
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.pose_reader import OPEN_HOLD_KEYS, read_hold
from psoas_cli.practice.model import patterns
from psoas_cli.practice.model.breath_sound import BREATH_SOUNDS, BreathSound
from psoas_cli.practice.model.durations import LONGEST, duration_text, number_of, parse_duration, plainly, refusal
from psoas_cli.practice.model.flags import NO
from psoas_cli.practice.model.patterns import COUNT, Pattern, PhaseKind, parse_pattern, pattern_of
from psoas_cli.practice.model.poses import INTO, Hold, Pose, Variation
from psoas_cli.practice.model.positions import POSITIONS
from psoas_cli.practice.model.sequence import (  # fmt: skip
    Between,
    BreatheStep,
    Moment,
    Pacer,
    PoseStep,
    Rebound,
    RestStep,
    Say,
    ScanEntry,
    ScanStep,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import Side, Text
from psoas_cli.practice.score.breathing import course_of

StepKind: TypeAlias = Literal["pose", "name", "transition", "breathe", "scan", "rest"]
"""The kinds of step that are performed, each named by its first key."""

_POSE_KEYS = (
    "hold", "sides", "between", "rebound", "variation", "text", "props", "breath", "bells", "say", "optional",
)  # fmt: skip
STEP_KINDS: Mapping[StepKind | Literal["repeat", "include"], tuple[str, ...]] = {
    "pose": ("pose", *_POSE_KEYS),
    "name": ("name", "position", "leaves-in", "into", *_POSE_KEYS),
    "transition": ("transition", "fetch", "text"),
    "breathe": ("breathe", "hold", "cycles", "ramp", "sound", "text", "say"),
    "scan": ("scan", "each", "text"),
    "rest": ("rest", "pose", "text", "breath", "say"),
    "repeat": ("repeat", "steps"),
    "include": ("include",),
}
"""Every key that a step may begin with, and all the keys that such a step may have."""

BREATH_KEYS = ("pattern", "sound", "for")
AUTO = "auto"
"""The value for time to move that psoas works out itself."""

BETWEEN_KEYS = ("leave", "pose", "hold", "back")
REBOUND_KEYS = ("leave", "pose", "hold")

CUE_KEYS = ("at", "text", "audio", "side")
CUE_SIDES: tuple[Literal["first", "second"], ...] = ("first", "second")
ENTRY_KEYS = ("text", "for")
"""The keys of a region of a scan."""

SIDES: tuple[Side, ...] = ("right", "left")
PHASES: tuple[PhaseKind, ...] = get_args(PhaseKind)

_NUMBER = r"\d+(?:\.\d+)?"

MOST_CYCLES = 10_000

_OTHER_POSES = "; psoas poses lists them, and a pose of your own has a name: instead"

BETWEEN_HOLD = 15.0
REBOUND = Hold(60.0, 30.0, 90.0)
SCAN_BOUNDS = Hold(5.0, 5.0, 20.0)
"""The default hold of a scan's region: even the shortest leaves some silence after its name."""

_REST_MAX = 900.0
"""The longest that a rest becomes in a fitted practice unless the file says otherwise; our own judgement."""


class StepReader:
    """Reads the steps of one file.

    Args:
        notebook: Reads the nodes and collects the problems.
        poses: The poses that steps may name, by id.
        resolve: Turns a path as written in the file into one that can be opened.

    Attributes:
        bells: Reads the bells of the same file.
        retentions: The places of the patterns with retentions read so far.
    """

    def __init__(self, notebook: Notebook, poses: Mapping[str, Pose], resolve: Callable[[str], str]) -> None:
        self.notebook = notebook
        self.poses = poses
        self.bells = BellReader(notebook, resolve)
        self.retentions: list[Place] = []

    def step(self, kind: StepKind, place: Place) -> Step | None:
        """Return the step of *kind* at *place*; None if it cannot be read (a problem)."""
        at = self.notebook.map(place, STEP_KINDS[kind])
        match kind:
            case "pose" | "name":
                return self._pose_step(at, kind)
            case "transition":
                text, fetch = (self.notebook.text(at.get(key)) for key in ("text", "fetch"))
                return TransitionStep(self.time_to_move(at[kind]), text, fetch)
            case "breathe":
                return self._breathe(at)
            case "scan":
                return self._scan(at)
            case "rest":
                return self._rest(at)
        assert_never(kind)

    def _pose_step(self, at: dict[str, Place], kind: str) -> PoseStep | None:
        pose = self._pose(at[kind]) if kind == "pose" else self._named(at)
        if pose is None:  # the rest of the step is still read, to find its other problems
            at.pop("variation", None)
            pose = Pose(id="", name=Text(), hold=Hold(LONGEST, 0, LONGEST))
        if "hold" in at:
            hold = read_hold(self.notebook, at["hold"], pose.hold, OPEN_HOLD_KEYS)
        elif pose.hold:
            hold = pose.hold
        else:
            self.notebook.bad(at[kind], "a hold is missing: say how long to stay, for example hold: 3m")
            return None
        if pose.back_bend and "rebound" not in at:
            self.notebook.warn(at[kind], "a back bend without a rebound: add a rest after it, for example rebound: 60s")
        return PoseStep(
            pose=pose,
            hold=hold,
            sides=self._sides(at, pose),
            between=self._between(at),
            rebound=self._rebound(at["rebound"]) if "rebound" in at else None,
            variation=self._variation(at, pose),
            text=self.notebook.text(at.get("text")),
            props=self.notebook.texts(at.get("props")),
            pacer=self.pacer(at["breath"]) if "breath" in at else None,
            bells=self.bells.of_a_step(at["bells"]) if "bells" in at else {},
            say=self._says(at, hold.typical, until_key=hold.until_key),
            optional=self.notebook.flag(at.get("optional")),
        )

    def _pose(self, place: Place | None) -> Pose | None:
        name = self.notebook.choice(place, self.poses, "a pose", hint=_OTHER_POSES)
        return self.poses[name] if name else None

    def _named(self, at: dict[str, Place]) -> Pose:
        """Return the pose that a step describes itself, instead of naming one of the library."""
        return Pose(
            id="",
            name=self.notebook.text(at["name"]),
            position=self.notebook.choice(at.get("position"), POSITIONS, "a position"),
            leaves_in=self.notebook.choice(at.get("leaves-in"), POSITIONS, "a position"),
            into=self.notebook.duration(at["into"], INTO) if "into" in at else None,
        )

    def time_to_move(self, place: Place | None) -> float | None:
        """Return the time to move at *place*, in seconds; None for `auto` or if it is missing."""
        if place is None or self.notebook.is_scalar(place, AUTO):
            return None
        return self.notebook.duration(place, 0.0, zero=True)

    def _sides(self, at: dict[str, Place], pose: Pose) -> tuple[Side, ...]:
        if "sides" not in at:
            return SIDES if pose.sides else ()
        place = at["sides"]
        entries = [place] if self.notebook.is_scalar(place) else self.notebook.list(place)
        if any(not self.notebook.is_scalar(each) for each in entries):
            self.notebook.bad(place, "expected [right, left], [left, right] or one of them")
            return ()
        written = [self.notebook.value(each, str, "") for each in entries]
        sides = tuple(side for each in written for side in SIDES if side == each)
        if len(sides) != len(written) or len(set(sides)) != len(sides) or not sides:
            from psoas_cli.practice.format.remedies import of_sides  # only mistakes need it

            self.notebook.bad(place, of_sides(", ".join(written)))
        if pose.sides and len(sides) == 1:
            self.notebook.warn(place, "one side of a pose with two sides; write [right, left] for both")
        return sides[:2]

    def _between(self, at: dict[str, Place]) -> Between:
        if "between" not in at:
            return Between()
        place = at["between"]
        if self.notebook.is_scalar(place):
            return Between(back=self.time_to_move(place))
        inner = self.notebook.map(place, BETWEEN_KEYS)
        leave, back = (self.time_to_move(inner.get(key)) for key in ("leave", "back"))
        hold = self.notebook.duration(inner.get("hold"), BETWEEN_HOLD)
        if "pose" in inner:
            return Between(leave, self._pose(inner["pose"]), hold, back)
        if "back" in inner:
            self.notebook.bad(inner["back"], "back leads from a pose between the sides, but there is no pose")
        return Between(leave if "leave" in inner else 0.0, back=hold if "hold" in inner else None)

    def _rebound(self, place: Place) -> Rebound:
        if self.notebook.is_scalar(place):
            return Rebound(read_hold(self.notebook, place, REBOUND, OPEN_HOLD_KEYS))
        inner = self.notebook.map(place, REBOUND_KEYS)
        return Rebound(
            hold=read_hold(self.notebook, inner["hold"], REBOUND, OPEN_HOLD_KEYS) if "hold" in inner else REBOUND,
            leave=self.time_to_move(inner.get("leave")),
            pose=self._pose(inner.get("pose")),
        )

    def _variation(self, at: dict[str, Place], pose: Pose) -> Variation | None:
        name = self.notebook.choice(at.get("variation"), pose.variations, f"a variation of {pose.id or 'this pose'}")
        return pose.variations[name] if name else None

    def _breathe(self, at: dict[str, Place]) -> BreatheStep:
        notebook = self.notebook
        pattern = self.pattern(at["breathe"])
        if "hold" in at and "cycles" in at:
            notebook.bad(at["cycles"], "expected hold or cycles, got both")
        if "hold" not in at and "cycles" not in at:
            notebook.bad(at["breathe"], "expected hold or cycles to say how long, got neither")
        hold = read_hold(notebook, at["hold"], None) if "hold" in at else None
        cycles = notebook.number(at.get("cycles"), 1, MOST_CYCLES) if "cycles" in at else None
        ramp = tuple(self.pattern(each) for each in notebook.list(at.get("ramp")))
        typical = hold.typical if hold else course_of(pattern, cycles or 1, ramp).seconds
        return BreatheStep(
            pattern=pattern,
            hold=hold,
            cycles=cycles,
            ramp=ramp,
            sound=self._breath_sound(at.get("sound"), "air"),
            text=notebook.text(at.get("text")),
            say=self._says(at, typical),
        )

    def _scan(self, at: dict[str, Place]) -> ScanStep | None:
        each = read_hold(self.notebook, at["each"], SCAN_BOUNDS) if "each" in at else SCAN_BOUNDS
        entries = tuple(self._scan_entry(place, each) for place in self.notebook.list(at["scan"]))
        if not entries:
            if self.notebook.is_list(at["scan"]):
                self.notebook.bad(at["scan"], "expected a list with at least one region")
            return None
        return ScanStep(entries, self.notebook.text(at.get("text")))

    def _scan_entry(self, place: Place, each: Hold) -> ScanEntry:
        said, hold = place, each
        if not self.notebook.is_scalar(place) and "text" in self.notebook.map(place, None):
            inner = self.notebook.map(place, ENTRY_KEYS)
            said = inner["text"]
            hold = read_hold(self.notebook, inner["for"], SCAN_BOUNDS) if "for" in inner else each
        return ScanEntry(self.notebook.text(said), hold)

    def _rest(self, at: dict[str, Place]) -> RestStep:
        place = at["rest"]
        hold = read_hold(self.notebook, place, None, OPEN_HOLD_KEYS)
        own = {} if self.notebook.is_scalar(place) else self.notebook.map(place, None)
        return RestStep(
            hold=hold if "max" in own else hold._replace(max=max(_REST_MAX, hold.typical)),
            own_min="min" in own,
            pose=self._pose(at.get("pose")),
            text=self.notebook.text(at.get("text")),
            pacer=self.pacer(at["breath"]) if "breath" in at else None,
            say=self._says(at, hold.typical, until_key=hold.until_key),
        )

    def _says(self, at: dict[str, Place], typical: float, *, until_key: bool = False) -> tuple[Say, ...]:
        places = self.notebook.list(at.get("say"), "- {at: 50%, text: {}} on a line below")
        says = tuple(self._say(place, typical) for place in places)
        for place, say in zip(places, says, strict=True):
            if until_key and say.at.kind == "before":
                self.notebook.warn(place, "in an open hold this comes before its max: who goes on sooner misses it")
        return says

    def _say(self, place: Place, typical: float) -> Say:
        noted = len(self.notebook.problems)
        at = self.notebook.map(place, CUE_KEYS, "{at: 50%, text: {}}")
        known = len(self.notebook.problems) == noted
        if known and "at" not in at:
            self.notebook.bad(place, "a cue needs at: when to say it, for example 20s, -15s or 50%")
        if known and "text" not in at and "audio" not in at:
            self.notebook.bad(place, "a cue needs text, audio or both")
        audio = self.bells.recording(at.get("audio"))
        return Say(
            at=self.notebook.value(at.get("at"), lambda written: _moment(written, typical), Moment("part", 0.0)),
            text=self.notebook.text(at.get("text")),
            audio=audio or None,
            side=self.notebook.choice(at.get("side"), CUE_SIDES, "a side") or "each",
        )

    def pattern(self, place: Place) -> Pattern:
        """Return the breathing pattern at *place*: a name, counts, or a list of phases."""
        pattern = self._pattern(place)
        if pattern.has_retention:
            self.retentions.append(place)
        return pattern

    def _pattern(self, place: Place) -> Pattern:
        if not self.notebook.is_list(place):
            return self.notebook.value(place, parse_pattern, patterns.DEFAULT)
        counts: list[tuple[PhaseKind, float]] = []
        for each in self.notebook.list(place):
            for kind, at in self.notebook.map(each, PHASES).items():
                phase = next(name for name in PHASES if name == kind)
                counts.append((phase, self.notebook.value(at, _count, 1.0)))
        try:
            drawn = pattern_of("", counts)
        except ValueError as error:
            self.notebook.bad(place, str(error))
            return patterns.DEFAULT
        return replace(drawn, name=drawn.counts)

    def pacer(self, place: Place) -> Pacer:
        """Return the pacer at *place*: `none`, a pattern, or a map of pattern, sound and for."""
        if self.notebook.is_scalar(place, "none"):
            return Pacer(None)
        if self.notebook.is_scalar(place) and place.node.value.casefold() in (*NO, "geen", "uit"):
            self.notebook.bad(place, f'expected a pattern or none, got "{place.node.value}", did you mean none?')
            return Pacer(None)
        if self.notebook.is_scalar(place) or self.notebook.is_list(place):
            return Pacer(self.pattern(place))
        at = self.notebook.map(place, BREATH_KEYS)
        return Pacer(
            pattern=self.pattern(at["pattern"]) if "pattern" in at else patterns.DEFAULT,
            sound=self._breath_sound(at.get("sound"), "none"),
            limit=self.notebook.duration(at["for"], 60.0) if "for" in at else None,
        )

    def _breath_sound(self, place: Place | None, default: BreathSound) -> BreathSound:
        return self.notebook.choice(place, BREATH_SOUNDS, "a breath sound") or default


def _count(written: str) -> float:
    """Parse the length of a phase, in seconds: a bare number or a duration."""
    plain = plainly(written)
    return number_of(plain) if re.fullmatch(COUNT, plain, re.ASCII) else parse_duration(written)


def _moment(written: str, typical: float) -> Moment:
    """Parse a moment in a hold of *typical* seconds: `20s`, `-15s` or `50%`.

    Raises:
        ValueError: *written* is not a moment, or lies outside the hold.
    """
    plain = plainly(written)
    if plain.endswith("%"):
        number = plain[:-1].strip().replace(",", ".")
        if not re.fullmatch(_NUMBER, number, re.ASCII) or float(number) > 100:
            raise ValueError(f'expected a percentage like 50%, got "{written}"')
        return Moment("part", float(number) / 100)
    sign, after = ("-", plain[1:].lstrip()) if plain.startswith("-") else ("", plain)
    try:
        seconds = parse_duration(after, zero=True)
    except ValueError:
        raise ValueError(refusal(after, written, sign)) from None
    if seconds > typical:
        raise ValueError(f"expected a moment within the hold of {duration_text(typical)}, got {written}")
    return Moment("before" if sign else "after", seconds)
