"""Rests that several steps of a practice became: as one, for so long at most, and on the side with time to turn."""

import math
from dataclasses import replace

from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.sequence import Pacer, PoseStep, RestStep, Step, TransitionStep
from psoas_cli.practice.model.text import Text

TURN_OVER = Text(
    "If you like, turn to your other side, by way of hands and knees or sitting; staying is fine.",
    "Als je wilt draai je naar je andere zij, via handen en knieën of via zit; blijven liggen is ook goed.",
)

LONGEST = 600.0
"""Seconds that several steps which became the same rest last in one go, at most; our own judgement."""

_ON_THE_SIDE = "side-rest"


def joined(last: Step, new: Step) -> PoseStep | RestStep | None:
    """*last* and *new*, which is the same pose, as one; None where the two are no one hold."""
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
    return at_most(Hold(one.typical + other.typical, one.min + other.min, one.max + other.max), most(pose))


def at_most(hold: Hold, seconds: float) -> Hold:
    """*hold*, which may become no longer than so many *seconds*, nor shorter than it is."""
    return hold._replace(max=max(hold.typical, min(hold.max, seconds)))


def most(pose: Pose) -> float:
    """For how long several steps may become one rest in *pose*, in seconds."""
    return min(LONGEST, pose.hold.max) if pose.hold else LONGEST


def is_good(longer: PoseStep | RestStep) -> bool:
    """Whether the rest at the end of *longer* is no longer than is good in one go."""
    rebound = longer.rebound if isinstance(longer, PoseStep) else None
    pose = rebound.pose if rebound else longer.pose
    return pose is None or (rebound or longer).hold.typical <= most(pose)


def may_turn(step: Step) -> bool:
    """Whether *step* is a rest on the side, without words at moments of their own."""
    if not isinstance(step, PoseStep | RestStep) or step.say or (isinstance(step, PoseStep) and step.rebound):
        return False
    return bool(step.pose and step.pose.id == _ON_THE_SIDE)


def in_turns(step: Step) -> list[Step]:
    """*step*, in parts with time to turn to the other side where it is a rest on the side for longer than is good."""
    if not may_turn(step):
        return [step]
    assert isinstance(step, PoseStep | RestStep)
    assert step.pose
    longest = most(step.pose)
    parts = math.ceil(step.hold.typical / longest)
    hold = at_most(Hold(*(each / parts for each in step.hold)), longest)
    first = PoseStep(step.pose, hold, pacer=step.pacer or Pacer(None)) if isinstance(step, RestStep) else step
    turn = TransitionStep(text=TURN_OVER)
    parts_before = [replace(first, hold=hold)] * (parts - 1)
    return [*(each for part in parts_before for each in (part, turn)), replace(step, hold=hold)]


def held(hold: Hold, pose: Pose, sides: int) -> Hold:
    """As long as *hold* on each of so many *sides*, within the bounds of *pose*, which takes its place."""
    both = max(hold.typical, min(hold.typical * sides, most(pose)))
    own = pose.hold
    return (
        Hold(both, min(own.min, both), max(min(own.max, LONGEST), both))
        if own
        else hold._replace(typical=both, max=max(hold.max, both))
    )
