"""The forms of a pose: as it is, in a variation, or another pose instead; and the nearest that suits a person."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from psoas_cli.practice.poses import Pose, Variation, as_done, cautions_of
from psoas_cli.practice.text import Text


class Form(NamedTuple):
    """A pose, as it is or in a variation."""

    pose: Pose
    variation: Variation | None = None

    @property
    def name(self) -> Text:
        """What it is called: the variation by its own name."""
        return self.variation.name if self.variation else self.pose.name

    @property
    def whole(self) -> Pose:
        """The form as one pose."""
        return as_done(*self)

    def against(self, care: Collection[str]) -> tuple[str, ...]:
        """The cautions of it that *care* names."""
        return tuple(name for name in cautions_of(*self) if name in care)


def suiting(form: Form, care: Collection[str], poses: Mapping[str, Pose]) -> Form | None:
    """The nearest form to *form* without the cautions in *care*: itself, softer, or what it names instead.

    None where there is no such form among *poses*.
    """
    waiting, seen = deque([form]), set()
    while waiting:
        now = waiting.popleft()
        key = (now.pose.id, now.variation.id if now.variation else None)
        if key in seen:
            continue
        seen.add(key)
        if not now.against(care):
            return now
        waiting.extend(_near(now, care, poses))
    return None


def _near(form: Form, care: Collection[str], poses: Mapping[str, Pose]) -> Iterator[Form]:
    pose = form.pose
    if form.variation:
        yield Form(pose)
    if softer := pose.variations.get(pose.softer or ""):
        yield Form(pose, softer)
    for name in form.against(care):
        if other := poses.get(pose.instead.get(name, "")):
            yield Form(other)
