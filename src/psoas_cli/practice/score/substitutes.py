"""How much of a practice care changes: whether one rest takes the place of most of it, and which would suit better."""

from collections import Counter
from collections.abc import Iterable

from psoas_cli.practice.model.sequence import PoseStep, RestStep, Sequence
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.forms import Form, suiting


def main_substitute(sequence: Sequence, care: tuple[str, ...]) -> Text | None:
    """What takes the place of more than half of the holds of *sequence* with *care*; None where nothing does."""
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    found = [(was, suiting(was, care, sequence.poses)) for was in held]
    others = Counter(form.pose.name for was, form in found if form and form.pose.id != was.pose.id)
    name, times = max(others.items(), key=lambda each: each[1], default=(None, 0))
    return name if times > len(held) / 2 else None


def least_changed(sequences: Iterable[Sequence], care: tuple[str, ...]) -> Sequence | None:
    """The first of *sequences* of which *care* changes the fewest poses."""
    return min(sequences, key=lambda each: _changed(each, care), default=None)


def _changed(sequence: Sequence, care: tuple[str, ...]) -> int:
    rests = [Form(step.pose) for step in sequence.steps if isinstance(step, RestStep) and step.pose]
    held = [Form(step.pose, step.variation) for step in sequence.steps if isinstance(step, PoseStep)]
    return sum(bool(form.against(care)) for form in (*held, *rests))
