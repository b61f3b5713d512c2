"""Checks that a file leaves time to move and speak, and silence: as written, and at its shortest and longest.

This is checked without care, and with care, which replaces some poses with others.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import adapted
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.sequence import PoseStep, Sequence, Step
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.audit import AuditFinding, audit
from psoas_cli.practice.score.care import beginnings
from psoas_cli.practice.score.change import Change
from psoas_cli.practice.score.fitting import feasible_minutes
from psoas_cli.practice.score.timeline import Span, Timeline, compile_sequence

_LEAD_IN, _NOWHERE = -1, -2  # instead of the number of a step

_SAID = {
    "unsaid": "speaking the text here calmly needs {seconds:.0f} s more",
    "talked over": "the text before the rest between the sides runs on into it",
    "noisy": "no silence lasts half of this hold: the longest is {seconds:.0f} s of {length:.0f} s",
}


class Care(NamedTuple):
    """What a practice is checked with: *cautions*, and the ids of poses to leave out."""

    cautions: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()

    def __str__(self) -> str:
        without = f"without {' and '.join(self.avoid)}" if self.avoid else ""
        return " ".join(filter(None, (" and ".join(self.cautions), without)))


_AS_WRITTEN = Care()


class _Found(NamedTuple):
    """A finding: its kind, the number of its step, and the message."""

    kind: str
    step: int
    message: str


def warn_of_haste(notebook: Notebook, sequence: Sequence, cares: Iterable[Care] = ()) -> None:
    """Warn where there is too little time to move, to speak, or to be silent, once for each kind and place.

    This is checked without care and with each of *cares*; a warning that needs one of them names it.
    """
    noted: dict[tuple[str, Place], tuple[str, list[Care]]] = {}
    for care in (_AS_WRITTEN, *cares):
        for found in _with_care(sequence, care) if care != _AS_WRITTEN else _in(_lengths(sequence), lambda step: step):
            if place := _place(notebook, found.step):
                _message, owners = noted.setdefault((found.kind, place), (found.message, []))
                if care not in owners and _AS_WRITTEN not in owners:
                    owners.append(care)
    for (_kind, place), (message, owners) in noted.items():
        notebook.warn(place, message if _AS_WRITTEN in owners else f"{_either(owners)}: {message}")


def _with_care(sequence: Sequence, care: Care) -> Iterator[_Found]:
    """Yield what is found with *care*; nothing if it leaves the practice as it is."""
    counts, changes = zip(*beginnings(sequence, *care), strict=True)
    if not any(changes):
        return
    timelines = []
    for seconds in (None, *_bounds(sequence)):
        try:
            timelines.append(adapted(sequence, seconds, care.cautions, avoid=care.avoid).timeline)
        except PsoasError:
            yield _Found("nothing", 0, "nothing is left of this practice")
            return
    yield from _left_out(sequence.steps, changes)
    yield from _in(timelines, _origins(counts))


def _left_out(steps: tuple[Step, ...], changes: Iterable[tuple[Change, ...]]) -> Iterator[_Found]:
    """Yield the poses that care leaves out; *changes* are those that it makes at each step."""
    for number, (step, made) in enumerate(zip(steps, changes, strict=True)):
        for change in made if isinstance(step, PoseStep) else ():
            if not change.now:
                yield _Found("left out", number, f"{change.was.en} is left out: no other pose can replace it")


def _origins(counts: Iterable[int]) -> Callable[[int], int]:
    """Return a function from the number of a step with care to that of the original step, as both are in order.

    *counts* says how many steps care makes of the first one, of the first two and so on.
    """
    until = [*accumulate(counts, max)]
    return lambda step: min(bisect_right(until, step), len(until) - 1)


def _in(timelines: Iterable[Timeline], origin: Callable[[int], int]) -> Iterator[_Found]:
    """Yield what is found in *timelines*, the first of them as written; *origin* maps their steps to original ones."""
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
    """Yield the practice as written, and at its shortest and longest."""
    yield compile_sequence(sequence)
    for seconds in _bounds(sequence):
        yield compile_sequence(sequence, seconds)


def _bounds(sequence: Sequence) -> tuple[float, ...]:
    """Return the shortest and longest length in seconds; empty if no whole number of minutes is possible."""
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
    """Return *cares* as alternatives: `neck, eyes or knees and back`."""
    told = [str(care) for care in cares]
    *others, last = told
    said = f"{', '.join(others)} or {last}" if others else last
    return said if said.startswith("without") else f"with care for {said}"


def _short(span: Span) -> str:
    written, takes = duration_text(span.length), duration_text(span.segment.takes)
    return f"{written} to move here is short: spoken calmly and done without haste it takes {takes}, as auto would give"


def _told(finding: AuditFinding, span: Span) -> str:
    return _SAID[finding.kind].format(seconds=finding.seconds, length=span.length)
