"""What the steps of a practice ask for: their poses, what lies within reach, and whom to take care with."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TypeVar

from psoas_cli.practice.model.poses import Pose, as_done, cautions_of
from psoas_cli.practice.model.sequence import (  # fmt: skip
    SOUNDS,
    Bells,
    PoseStep,
    RestStep,
    ScanStep,
    Sequence,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import Text

T = TypeVar("T")


def props_of(steps: Iterable[Step]) -> tuple[Text, ...]:
    """The props of all poses, each once, in the order in which they are needed."""
    return unique(chain.from_iterable(map(_props, steps)))


def cautions_in(steps: Iterable[Step]) -> tuple[str, ...]:
    """The cautions of all poses, each as it is done, once and in their order."""
    return unique(chain.from_iterable(map(_cautions, steps)))


def sound_files(sequence: Sequence) -> tuple[str, ...]:
    """The bells of *sequence* that do not come with psoas, and its recordings, each once."""
    steps = sequence.steps
    bells = [sequence.bells, *(Bells().changed(step.bells) for step in steps if isinstance(step, PoseStep))]
    says = chain.from_iterable(step.say for step in steps if not isinstance(step, TransitionStep | ScanStep))
    found = [*chain.from_iterable(sorted(each.sounds()) for each in bells), *(say.audio for say in says if say.audio)]
    return tuple(name for name in unique(found) if name not in SOUNDS)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each of *items* once, in order."""
    return tuple(dict.fromkeys(items))


def _props(step: Step) -> Iterator[Text]:
    if isinstance(step, PoseStep):
        yield from step.props
        yield from as_done(step.pose, step.variation).props
    yield from chain.from_iterable(pose.props for pose in _other_poses(step))


def _cautions(step: Step) -> Iterator[str]:
    if isinstance(step, PoseStep):
        yield from cautions_of(step.pose, step.variation)
    yield from chain.from_iterable(pose.cautions for pose in _other_poses(step))


def _other_poses(step: Step) -> Iterator[Pose]:
    """The poses that *step* leads to besides its own."""
    if isinstance(step, PoseStep):
        if step.between.pose:
            yield step.between.pose
        if step.rebound and step.rebound.pose:
            yield step.rebound.pose
    elif isinstance(step, RestStep) and step.pose:
        yield step.pose
