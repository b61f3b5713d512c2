"""Whether a file leaves time to do what it tells, and silence: as written, and at its least and greatest length.

So it is for everybody, and for those who ask for care: other poses take the place of some then.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import adapted
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.sequence import PoseStep, Sequence, Step
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.audit import AuditFinding, audit
from psoas_cli.practice.score.care import Cared, with_care
from psoas_cli.practice.score.fitting import feasible_minutes
from psoas_cli.practice.score.timeline import Span, Timeline, compile_sequence

Care: TypeAlias = tuple[str, ...]
"""Cautions that are true of one person; of somebody without any, none."""

_LEAD_IN, _NOWHERE = -1, -2  # in place of a step's number

_SAID = {
    "unsaid": "what is told here has no time to be said calmly: {seconds:.0f} s too little",
    "talked over": "what is told before the rest between the sides goes on into it",
    "noisy": "no silence of half of this hold: the longest is {seconds:.0f} s of {length:.0f} s",
}


class _Found(NamedTuple):
    """What was found at a step, by its number."""

    kind: str
    step: int
    message: str


def warn_of_haste(notebook: Notebook, sequence: Sequence, cares: Iterable[Care] = ()) -> None:
    """Note in *notebook* where there is too little time to move, to speak, or to be silent, each place once.

    It is looked at without care, and with each of *cares*; what is only found with care says with which.
    """
    noted: dict[tuple[str, Place], tuple[str, list[Care]]] = {}
    for care in ((), *cares):
        for found in _with_care(sequence, care) if care else _in(_lengths(sequence), lambda step: step):
            if place := _place(notebook, found.step):
                _message, owners = noted.setdefault((found.kind, place), (found.message, []))
                if care not in owners and () not in owners:
                    owners.append(care)
    for (_kind, place), (message, owners) in noted.items():
        notebook.warn(place, message if () in owners else f"with care for {_either(owners)}: {message}")


def _with_care(sequence: Sequence, care: Care) -> Iterator[_Found]:
    """What is found with *care*; nothing where it changes nothing, as it is the same then."""
    steps = sequence.steps
    beginnings = [with_care(replace(sequence, steps=steps[:number]), care) for number in range(1, len(steps) + 1)]
    if not beginnings[-1].changes:
        return
    timelines = []
    for seconds in (None, *_bounds(sequence)):
        try:
            timelines.append(adapted(sequence, seconds, care).timeline)
        except PsoasError:
            yield _Found("nothing", 0, "nothing is left of this practice")
            return
    yield from _left_out(steps, beginnings)
    yield from _in(timelines, _origins(beginnings))


def _left_out(steps: tuple[Step, ...], beginnings: list[Cared]) -> Iterator[_Found]:
    """The poses of *steps* that care leaves out; *beginnings* are what it makes of one step, of two, and so on."""
    known = 0
    for number, (step, beginning) in enumerate(zip(steps, beginnings, strict=True)):
        if isinstance(step, PoseStep):
            for change in beginning.changes[known:]:
                if not change.now:
                    yield _Found("left out", number, f"{change.was.en} is left out: nothing suits in its place")
        known = len(beginning.changes)


def _origins(beginnings: list[Cared]) -> Callable[[int], int]:
    """Which step a step with care comes from: the first that brings it about, as they go in order."""
    until = [len(beginning.sequence.steps) for beginning in beginnings]
    return lambda step: next((number for number, count in enumerate(until) if count > step), len(until) - 1)


def _in(timelines: Iterable[Timeline], origin: Callable[[int], int]) -> Iterator[_Found]:
    """What is found in *timelines*, the first of which is as written, at the steps that *origin* gives for theirs."""
    for number, timeline in enumerate(timelines):
        if not number:
            for span in timeline.spans:
                if span.segment.moving and not span.segment.auto and span.length < span.segment.takes:
                    yield _Found(f"move {span.segment.kind}", _step(span, origin), _short(span))
        for lang in LANGS:
            for finding in audit(timeline, lang):
                span = timeline.spans[finding.span]
                if finding.kind in _SAID:
                    yield _Found(finding.kind, _step(span, origin), _told(finding, span))


def _lengths(sequence: Sequence) -> Iterator[Timeline]:
    """The practice as written, and at its least and its greatest length."""
    yield compile_sequence(sequence)
    for seconds in _bounds(sequence):
        yield compile_sequence(sequence, seconds)


def _bounds(sequence: Sequence) -> tuple[float, ...]:
    """The least and the greatest length in seconds, where there is a whole minute between them."""
    low, high = feasible_minutes(sequence)
    return tuple(minutes * 60.0 for minutes in sorted({low, high})) if low <= high else ()


def _step(span: Span, origin: Callable[[int], int]) -> int:
    if span.segment.kind == "lead-in":
        return _LEAD_IN
    return origin(span.segment.step) if span.segment.step >= 0 else _NOWHERE


def _place(notebook: Notebook, step: int) -> Place | None:
    if step == _LEAD_IN:
        return notebook.lead_in
    return notebook.steps[step] if 0 <= step < len(notebook.steps) else None


def _either(cares: Iterable[Care]) -> str:
    """*cares* as alternatives, in words."""
    *others, last = (" and ".join(care) for care in cares)
    return f"{', '.join(others)} or {last}" if others else last


def _short(span: Span) -> str:
    written, takes = duration_text(span.length), duration_text(span.segment.takes)
    return f"{written} to move here is short: told calmly and done without haste it takes {takes}, as auto would give"


def _told(finding: AuditFinding, span: Span) -> str:
    return _SAID[finding.kind].format(seconds=finding.seconds, length=span.length)
