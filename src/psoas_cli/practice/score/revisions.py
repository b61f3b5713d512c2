"""Revisions: what keys change on the timeline of a practice that goes on. Each makes another timeline of it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from psoas_cli.practice.score.breathing import Course
from psoas_cli.practice.score.fitting import Fitted
from psoas_cli.practice.score.segments import Open
from psoas_cli.practice.score.timeline import Cue, Noticed, Span, Timeline, lay_out

_INSTANT = 1e-3  # seconds


def changed(timeline: Timeline, t: float, seconds: float) -> Timeline:
    """The same practice with the hold at *t* longer by *seconds*, or shorter if negative.

    On the first of two sides both change, on the second only that one. A hold that would be over already ends at *t*,
    or when the breath under way is over. Cues before *t* stay as they were.
    """
    index = timeline.index_at(t)
    span = timeline.spans[index]
    course, length = _changed(span, t - span.start, seconds)
    lengths = [each.length for each in timeline.spans]
    segments = [each.segment for each in timeline.spans]
    for i, each in enumerate(timeline.spans):
        if i >= index and each.goes_with(span):
            lengths[i] = length
            segments[i] = replace(each.segment, settled=course if i == index else None)
    return _laid_out_from(timeline, t, Fitted(tuple(segments), tuple(lengths)))


def eased(timeline: Timeline, t: float) -> Timeline | None:
    """The same practice with easier breaths after the one at *t*; None if the breath at *t* has no easier version.

    Each call goes one step back along the ramp and stays at that step. The breathing ends when it did, or less than a
    breath sooner.
    """
    index = timeline.index_at(t)
    span = timeline.spans[index]
    step = span.segment.breathe
    if step is None or not step.ramp or span.course is None:
        return None
    course = span.course.eased(t - span.start, (*step.ramp, step.pattern))
    if course is None:
        return None
    lengths = [each.length for each in timeline.spans]
    segments = [each.segment for each in timeline.spans]
    lengths[index], segments[index] = course.seconds, replace(span.segment, settled=course)
    return _laid_out_from(timeline, t, Fitted(tuple(segments), tuple(lengths)))


def opened(timeline: Timeline, t: float, most: float) -> Timeline:
    """The same practice with the hold at *t* open from then on: it lasts *most* seconds, unless it is ended before.

    So does the second of two sides meanwhile, without being open. Cues before *t* stay as they were.
    """
    span = timeline.spans[timeline.index_at(t)]
    since = max(0.0, t - span.start)
    return _lasting(timeline, t, span, max(most, since + _INSTANT), Open(since, span.length))


def closed(timeline: Timeline, t: float, seconds: float) -> Timeline:
    """The same practice with its open hold closed: it lasts *seconds*, and so does the second of two sides.

    A breath under way at its end is cut. Cues before *t* stay as they were.
    """
    if timeline.open is None:
        return timeline
    return _lasting(timeline, t, timeline.spans[timeline.open], max(seconds, _INSTANT), None)


def _lasting(timeline: Timeline, t: float, span: Span, seconds: float, state: Open | None) -> Timeline:
    """The same practice with *span*, and with the second side if it is the first, lasting *seconds* from *t* on."""
    lengths = [each.length for each in timeline.spans]
    segments = [each.segment for each in timeline.spans]
    for i, each in enumerate(timeline.spans):
        if each.start >= span.start and each.goes_with(span):
            lengths[i] = round(seconds, 6)
            segments[i] = replace(each.segment, settled=None, open=None)
            if each is span:
                course = span.course and span.course.resized(
                    span.segment.paced(seconds), min(max(0.0, t - span.start), seconds)
                )
                segments[i] = replace(each.segment, settled=course, open=state)
    return _laid_out_from(timeline, t, Fitted(tuple(segments), tuple(lengths)))


def softened(timeline: Timeline, t: float, care: Collection[str] = ()) -> Timeline | None:
    """The same practice with the stay at *t* in its softer form, and the side to come; None if none is offered there.

    No length changes, and neither do cues before *t*. *care* is what forms are not offered against.
    """
    from psoas_cli.practice.score.softer_form import in_softer_form

    fitted = in_softer_form(timeline, t, care)
    return fitted and _laid_out_from(timeline, t, fitted)


def as_before(timeline: Timeline, t: float) -> Timeline | None:
    """The same practice with the stay at *t*, and the side to come, as before `softened`; None if it is so already."""
    from psoas_cli.practice.score.softer_form import as_planned

    fitted = as_planned(timeline, t)
    return fitted and _laid_out_from(timeline, t, fitted)


Revision: TypeAlias = tuple[str, float, float]
"""What a key changed: the kind of revision, the position (seconds), and its value."""


def replayed(timeline: Timeline, changes: Iterable[Revision]) -> Timeline:
    """*timeline* with all *changes* made again. One after its end changes nothing: no key was pressed there."""
    for kind, t, value in changes:
        if t <= timeline.duration:
            timeline = _KINDS[kind](timeline, t, value)
    return timeline


def unknown_in(changes: Iterable[Revision]) -> str:
    """The first kind among *changes* that this version cannot make again; empty if it knows them all."""
    return next((kind for kind, _, _ in changes if kind not in _KINDS), "")


_KINDS: Mapping[str, Callable[[Timeline, float, float], Timeline]] = {
    "hold": changed,
    "breath": lambda timeline, t, _: eased(timeline, t) or timeline,
    "open": opened,
    "close": closed,
    "softer": lambda timeline, t, value: (softened if value else as_before)(timeline, t) or timeline,
}
"""How a revision of each kind is made again."""


def _laid_out_from(timeline: Timeline, t: float, fitted: Fitted) -> Timeline:
    """The timeline of *fitted*, with the cues of *timeline* before *t* as they were.

    What is told on the way to a stay is told as the stay is now, to whoever comes there anew.
    """
    past = [cue for cue in timeline.cues_in(0.0, t) if cue.role != "told"]
    noticed = Counter(cue.span for cue in past if cue.role == "notice")
    new = lay_out(fitted, timeline.sessions, Noticed(t, noticed))
    told = {(cue.span, cue.role, cue.number) for cue in past}
    coming = [
        replace(cue, at=max(t, cue.at))
        for cue in new.cues_in(t - _INSTANT, float("inf"))
        if (cue.span, cue.role, cue.number) not in told and (cue.role != "told" or cue.at >= t)
    ]
    ways = [cue for cue in new.cues_in(0.0, t) if cue.role == "told"]
    return replace(new, cues=tuple(sorted([*past, *ways, *coming], key=_in_time)))


def _in_time(cue: Cue) -> tuple[float, int]:
    """Where *cue* stands among those of a timeline: at one instant a bell comes first, and then what is told."""
    return cue.at, 0 if cue.bell else 1 if cue.role == "told" else 2


def _changed(span: Span, elapsed: float, seconds: float) -> tuple[Course | None, float]:
    """The breaths of *span* once it is longer by *seconds*, unchanged up to *elapsed*, and its new length."""
    wanted = max(span.length + seconds, elapsed, _INSTANT)
    if span.course is None:
        return None, round(wanted, 6)
    course = span.course.resized(span.segment.paced(wanted), elapsed)
    if span.segment.breathe:
        return course, course.seconds
    breath = course.at(elapsed)
    return course, round(max(wanted, elapsed - breath.into + breath.pattern.cycle) if breath else wanted, 6)
