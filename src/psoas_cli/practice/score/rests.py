"""Rests that several steps became: joined into one, limited in length, with time to turn over if on the side."""

import math
from dataclasses import replace

from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.sequence import Pacer, PoseStep, RestStep, Step, TransitionStep
from psoas_cli.practice.model.text import Text

TURN_OVER = Text(
    "If you like, turn over to your other side, through hands and knees or sitting up; staying is fine.",
    "Als je wilt draai je naar je andere zij, via handen en knieën of via zit; blijven liggen is ook goed.",
)

LONGEST = 600.0
"""The most seconds that several steps joined into one rest last in one go; our own judgement."""

_ON_THE_SIDE = "side-rest"
LYING = ("savasana", "constructive-rest", "side-rest", "belly-rest")
"""Poses of the library for a final rest, the usual ones first."""


def joined(last: Step, new: Step) -> PoseStep | RestStep | None:
    """*last* and *new*, which is in the same pose, as one step; None if they cannot be one hold."""
    if not isinstance(last, PoseStep) or not isinstance(new, PoseStep | RestStep):
        return None
    if isinstance(new, RestStep):
        if last.sides or last.rebound or last.say:
            return None
        return replace(new, hold=_sum(last.hold, new.hold, last.pose), text=Text())
    if new.sides or new.rebound:
        return None
    if last.rebound:
        hold = _sum(last.rebound.hold, new.hold, new.pose)
        return replace(last, rebound=last.rebound._replace(hold=hold))
    return None if last.sides else replace(last, hold=_sum(last.hold, new.hold, new.pose))


def _sum(one: Hold, other: Hold, pose: Pose) -> Hold:
    both = Hold(one.typical + other.typical, one.min + other.min, one.max + other.max, other.until_key)
    return at_most(both, most(pose))


def at_most(hold: Hold, seconds: float) -> Hold:
    """*hold* with a maximum of *seconds*, or of its typical length if that is more."""
    return hold._replace(max=max(hold.typical, min(hold.max, seconds)))


def most(pose: Pose) -> float:
    """The most seconds that several steps joined into one rest in *pose* may last."""
    return min(LONGEST, pose.hold.max) if pose.hold else LONGEST


def is_good(longer: PoseStep | RestStep) -> bool:
    """Whether the rest at the end of *longer* is short enough for one go."""
    rebound = longer.rebound if isinstance(longer, PoseStep) else None
    pose = rebound.pose if rebound else longer.pose
    return pose is None or (rebound or longer).hold.typical <= most(pose)


def may_turn(step: Step) -> bool:
    """Whether *step* is a rest on the side, without a rebound or cues of its own."""
    if not isinstance(step, PoseStep | RestStep) or step.say or (isinstance(step, PoseStep) and step.rebound):
        return False
    return bool(step.pose and step.pose.id == _ON_THE_SIDE)


def in_turns(step: Step) -> list[Step]:
    """*step*; a rest on the side that is too long for one go comes in parts, with time to turn over between them."""
    if not may_turn(step):
        return [step]
    assert isinstance(step, PoseStep | RestStep)
    assert step.pose
    longest = most(step.pose)
    parts = math.ceil(step.hold.typical / longest)
    typical, least, longer = (each / parts for each in step.hold[:3])
    hold = at_most(Hold(typical, least, longer), longest)
    first = PoseStep(step.pose, hold, pacer=step.pacer or Pacer(None)) if isinstance(step, RestStep) else step
    turn = TransitionStep(text=TURN_OVER)
    parts_before = [replace(first, hold=hold)] * (parts - 1)
    return [*(each for part in parts_before for each in (part, turn)), replace(step, hold=hold)]


def held(hold: Hold, pose: Pose, sides: int) -> Hold:
    """The hold of *pose* in place of *hold* on each of *sides* sides: as long in all, within the bounds of *pose*."""
    both = max(hold.typical, min(hold.typical * sides, most(pose)))
    own = pose.hold
    return (
        Hold(both, min(own.min, both), max(min(own.max, LONGEST), both), hold.until_key)
        if own
        else hold._replace(typical=both, max=max(hold.max, both))
    )
