"""Fit a sequence to a length: one scale for all holds, and what remains goes to the final rest, up to its maximum."""

import math
from bisect import bisect_left
from typing import NamedTuple

from psoas_cli.practice.model.durations import bounds_text, whole_minutes
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.plan import optional_steps, quiet_segment, segments_of
from psoas_cli.practice.score.segments import Flex, Segment

_TOLERANCE = 1e-6
_ENDLESS = 1e9  # a scale at which every hold is at its longest

_SHORTEST_REST = 120.0
_SHORTEST_REST_PART = 0.1
"""The rest keeps the lesser of 120 s and a tenth of the length, unless the file says otherwise (see the format)."""


class FitError(Exception):
    """The sequence cannot be fitted to a length; it can last from *least* to *most* seconds."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__("from {} to {} minutes".format(*bounds_text(least, most)))
        self.least = least
        self.most = most


class Fitted(NamedTuple):
    """Segments and how many seconds each of them lasts; *left_out* optional steps are missing."""

    segments: tuple[Segment, ...]
    lengths: tuple[float, ...]
    left_out: int = 0


def as_written(sequence: Sequence) -> Fitted:
    """The sequence at its usual length."""
    segments = segments_of(sequence)
    return Fitted(_at_scale(segments, 1.0), tuple(map(own_length, segments)))


def own_length(segment: Segment) -> float:
    """Seconds that *segment* lasts when the sequence has its usual length."""
    return segment.length(1.0) if segment.breathe else segment.flex.typical


def own_seconds(segments: tuple[Segment, ...]) -> float:
    """The usual length of a sequence of *segments*, in seconds."""
    return sum(map(own_length, segments))


def fit(sequence: Sequence, seconds: float) -> Fitted:
    """The sequence fitted to *seconds*.

    Raises:
        FitError: If that is less than its minima or more than its maxima allow.
    """
    own = as_written(sequence)
    if abs(sum(own.lengths) - seconds) < _TOLERANCE:
        return own
    if not 0 < seconds <= _longest(own.segments) + _TOLERANCE:
        raise FitError(*feasible_seconds(sequence, own.segments))
    if _is_short_enough(own.segments, seconds):
        return _scaled(own.segments, seconds, sequence, 0)
    fewer = range(1, optional_steps(sequence) + 1)
    left_out = 1 + bisect_left(fewer, 1, key=lambda number: _is_short_enough(segments_of(sequence, number), seconds))
    if left_out not in fewer:
        raise FitError(*feasible_seconds(sequence, own.segments))
    return _scaled(segments_of(sequence, left_out), seconds, sequence, left_out)


def _is_short_enough(segments: tuple[Segment, ...], seconds: float) -> bool:
    """Whether *segments* at their shortest fit into *seconds*."""
    return _shortest(segments, seconds) <= seconds + _TOLERANCE


def feasible_minutes(sequence: Sequence, segments: tuple[Segment, ...] = ()) -> tuple[int, int]:
    """The fewest and the most whole minutes that the sequence can last; pass its *segments* if they are at hand."""
    return whole_minutes(*feasible_seconds(sequence, segments))


def feasible_seconds(sequence: Sequence, segments: tuple[Segment, ...] = ()) -> tuple[int, int]:
    """The fewest and the most whole seconds that the sequence can last; pass its *segments* if they are at hand."""
    whole = segments or segments_of(sequence)
    left_out = optional_steps(sequence)
    barest = segments_of(sequence, left_out) if left_out else whole
    least = max(1, math.ceil(_without_rest(barest) - _TOLERANCE))
    resting = sum(max(segment.flex.min, _SHORTEST_REST) for segment in barest if segment.kind == "rest")
    lengths = range(least, least + math.ceil(resting) + 1)
    shortest = lengths[bisect_left(lengths, 1, key=lambda seconds: _is_short_enough(barest, seconds))]
    return shortest, math.floor(_longest(whole) + _TOLERANCE)


def _at_scale(segments: tuple[Segment, ...], k: float) -> tuple[Segment, ...]:
    return tuple(segment.at_scale(k) for segment in segments)


def _without_rest(segments: tuple[Segment, ...]) -> float:
    return sum(segment.length(0.0) for segment in segments if segment.kind != "rest")


def _shortest(segments: tuple[Segment, ...], seconds: float) -> float:
    """The sum of the minima in a practice of *seconds*, on which the rest's own minimum may depend."""
    return _without_rest(segments) + sum(_rest_min(segment, seconds) for segment in segments if segment.kind == "rest")


def _longest(segments: tuple[Segment, ...]) -> float:
    return sum(segment.flex.max if segment.kind == "rest" else segment.length(_ENDLESS) for segment in segments)


def _rest_min(rest: Segment, seconds: float) -> float:
    return rest.flex.min if rest.own_min else min(_SHORTEST_REST, _SHORTEST_REST_PART * seconds, rest.flex.max)


def _lengths(segments: tuple[Segment, ...], k: float, seconds: float) -> list[float]:
    known: dict[Flex, float] = {}  # the segments of a practice flex in few ways

    def length(segment: Segment) -> float:
        if segment.kind == "rest":
            return max(_rest_min(segment, seconds), min(segment.flex.max, k * segment.flex.typical))
        if segment.breathe:
            return segment.length(k)
        if segment.flex not in known:
            known[segment.flex] = segment.length(k)
        return known[segment.flex]

    return [length(segment) for segment in segments]


def _scaled(segments: tuple[Segment, ...], seconds: float, sequence: Sequence, left_out: int) -> Fitted:
    """The segments at the largest scale that fits into *seconds*.

    What remains goes to the rest, up to its maximum, and else to quiet time.
    """
    low, high = 0.0, 1.0
    while sum(_lengths(segments, high, seconds)) <= seconds + _TOLERANCE and high < 1e6:
        high *= 2
    for _ in range(60):  # until only the jump of a rounded length lies between the two scales
        middle = (low + high) / 2
        if sum(_lengths(segments, middle, seconds)) <= seconds + _TOLERANCE:
            low = middle
        else:
            high = middle
    lengths = _lengths(segments, low, seconds)
    segments = _at_scale(segments, low)
    left = seconds - sum(lengths)
    rest = next((i for i, segment in enumerate(segments) if segment.kind == "rest"), None)
    if rest is not None:
        longer = min(left, max(0.0, segments[rest].flex.max - lengths[rest]))
        lengths[rest] = round(lengths[rest] + longer, 6)
        left -= longer
    if (left := round(left, 6)) > 0:
        segments = (*segments, quiet_segment(left, sequence.bells))
        lengths.append(left)
    return Fitted(segments, tuple(lengths), left_out)
