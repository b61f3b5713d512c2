"""What the steps of a practice need: props, cautions and sound files."""

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
    """Return the props of all steps, each once, in the order in which they are needed."""
    return unique(chain.from_iterable(map(_props, steps)))


def cautions_in(steps: Iterable[Step]) -> tuple[str, ...]:
    """Return the cautions of all poses in the variations chosen, each once, in the order of the steps."""
    return unique(chain.from_iterable(map(_cautions, steps)))


def sound_files(sequence: Sequence) -> tuple[str, ...]:
    """Return the paths of the bells of *sequence* that are not built in, and of its recordings, each once."""
    steps = sequence.steps
    bells = [sequence.bells, *(Bells().changed(step.bells) for step in steps if isinstance(step, PoseStep))]
    says = chain.from_iterable(step.say for step in steps if not isinstance(step, TransitionStep | ScanStep))
    found = [*chain.from_iterable(sorted(each.sounds()) for each in bells), *(say.audio for say in says if say.audio)]
    return tuple(name for name in unique(found) if name not in SOUNDS)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Return *items* without duplicates, in order of first occurrence."""
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
    """Yield the poses of *step* other than that of a pose step itself."""
    if isinstance(step, PoseStep):
        if step.between.pose:
            yield step.between.pose
        if step.rebound and step.rebound.pose:
            yield step.rebound.pose
    elif isinstance(step, RestStep) and step.pose:
        yield step.pose
