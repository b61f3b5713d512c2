"""Whole breaths in a span: which patterns, how many of each, and the state of the breath at any instant."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from math import asin, ceil, inf, sin

from psoas_cli.practice.model.patterns import Pattern, Phase
from psoas_cli.practice.model.record import record

_TOLERANCE = 1e-6
"""Seconds; sums of fractional counts differ from the written length by less than this."""

_RAMP_STAGE = 60.0
"""Seconds that each pattern of a ramp lasts, roughly (the format promises this)."""


@record(frozen=True)
class Course:
    """The breaths of a span, from its start: stages of a pattern and the number of its cycles.

    Each stage follows the one before, unless *begins* gives their starts (in seconds from the start of the course).
    """

    stages: tuple[tuple[Pattern, int], ...]
    begins: tuple[float, ...] = ()

    @cached_property
    def seconds(self) -> float:
        """Seconds from its start to the end of its last breath."""
        pattern, cycles = self.stages[-1]
        return round(self._starts[-1] + pattern.cycle * cycles, 6)

    @property
    def breaths(self) -> int:
        """The number of its breaths, all of them whole."""
        return sum(cycles for _, cycles in self.stages)

    @property
    def pattern(self) -> Pattern:
        """The pattern that it leads to: the last one."""
        return self.stages[-1][0]

    @cached_property
    def _starts(self) -> list[float]:
        if self.begins:
            return list(self.begins)
        starts, at = [], 0.0
        for pattern, cycles in self.stages:
            starts.append(at)
            at = round(at + pattern.cycle * cycles, 6)
        return starts

    def at(self, elapsed: float) -> "Breath | None":
        """The breath under way *elapsed* seconds from the start of the course; None if there is silence."""
        stage = bisect_right(self._starts, elapsed + _TOLERANCE) - 1
        if elapsed < 0 or stage < 0:
            return None
        pattern, cycles = self.stages[stage]
        since = max(0.0, elapsed - self._starts[stage])
        if since > pattern.cycle * cycles - _TOLERANCE:
            return None
        done = min(cycles - 1, int((since + _TOLERANCE) // pattern.cycle))
        into = since = max(0.0, since - done * pattern.cycle)
        for phase in pattern.phases:
            if since < phase.seconds - _TOLERANCE:
                break
            since = max(0.0, since - phase.seconds)
        before = sum(count for _, count in self.stages[:stage])
        return Breath(pattern, phase, into, since, before + done + 1)

    def next_breath(self, elapsed: float) -> float:
        """When the first breath begins at or after *elapsed*, both in seconds from the start of the course."""
        for start, (pattern, cycles) in zip(self._starts, self.stages, strict=True):
            number = max(0, ceil((elapsed - start) / pattern.cycle - _TOLERANCE))
            if number < cycles:
                return round(start + number * pattern.cycle, 6)
        return inf

    def still_until(self, elapsed: float, steps: int) -> float:
        """When the breath at *elapsed* next looks different, both in seconds from the start of the course.

        It does so when the phase, the count, or the fill in *steps* steps changes (0: the fill does not count).
        """
        breath = self.at(elapsed)
        if breath:
            return elapsed + breath.still_for(steps)
        return next((start for start in self._starts if start > elapsed), inf)

    def resized(self, seconds: float, elapsed: float) -> "Course":
        """The course resized to *seconds* from *elapsed* on: fewer breaths at the end, or more of the last pattern.

        The breath under way is finished, even beyond *seconds*. If all breaths are over, more begin at *elapsed*.
        """
        stages: list[tuple[Pattern, int]] = []
        starts: list[float] = []
        for (pattern, cycles), start in zip(self.stages, self._starts, strict=True):
            begun = whole_breaths(pattern, elapsed - start) + 1
            kept = max(0, min(cycles, max(begun, whole_breaths(pattern, seconds - start))))
            if kept:
                stages.append((pattern, kept))
                starts.append(start)
            if kept < cycles:
                return Course(tuple(stages), tuple(starts))
        start = max(self.seconds, round(elapsed + _TOLERANCE, 6))  # rounding must not put it in the past
        more = max(0, whole_breaths(self.pattern, seconds - start))
        if start == self.seconds:
            stages[-1] = (self.pattern, stages[-1][1] + more)
        elif more:
            stages.append((self.pattern, more))
            starts.append(start)
        return Course(tuple(stages), tuple(starts))

    def eased(self, elapsed: float, ladder: tuple[Pattern, ...]) -> "Course | None":
        """The same course with easier breaths after the one under way, up to about the same end.

        They are of the pattern one step down the *ladder*, or of its lowest, until the end. None if nothing can be made
        easier.
        """
        breath = self.at(elapsed)
        if breath is None or breath.pattern not in ladder:
            return None
        before, stage = 0, 0
        while before + self.stages[stage][1] < breath.number:
            before += self.stages[stage][1]
            stage += 1
        pattern, cycles = self.stages[stage]
        done = breath.number - before
        turn = round(self._starts[stage] + pattern.cycle * done, 6)
        coming = pattern if done < cycles else next((each for each, _ in self.stages[stage + 1 :]), None)
        if coming not in ladder:
            return None
        easier = ladder[max(0, min(ladder.index(pattern), ladder.index(coming)) - 1)]
        more = whole_breaths(easier, self.seconds - turn)
        stages = (*self.stages[:stage], (pattern, done), *([(easier, more)] if more else []))
        starts = (*self._starts[: stage + 1], *([turn] if more else []))
        course = Course(stages, starts)
        return None if course.patterns == self.patterns else course

    @property
    def patterns(self) -> list[Pattern]:
        """The pattern of each breath."""
        return [pattern for pattern, cycles in self.stages for _ in range(cycles)]

    def phases_in(self, begin: float, end: float) -> Iterator[tuple[float, Phase]]:
        """The phases that begin in [*begin*, *end*), each with its start, in seconds from the start of the course."""
        for start, (pattern, cycles) in zip(self._starts, self.stages, strict=True):
            first = max(0, min(cycles, int((begin - start) // pattern.cycle)))
            for cycle in range(first, cycles):
                at = round(start + cycle * pattern.cycle, 6)
                if at >= end:
                    return
                for phase in pattern.phases:
                    if begin <= at < end:
                        yield at, phase
                    at = round(at + phase.seconds, 6)


@record(frozen=True)
class Breath:
    """One instant of a breath of *pattern*, which is breath *number* (from 1) of its course.

    The breath began *into* seconds ago, and its *phase* *elapsed* seconds ago.
    """

    pattern: Pattern
    phase: Phase
    into: float
    elapsed: float
    number: int

    @property
    def count(self) -> int:
        """The count a teacher would say now: 1 in the first second of the phase."""
        return int(self.elapsed + _TOLERANCE) + 1

    @property
    def fill(self) -> float:
        """How full the lungs are, 0..1; it changes slowly at the turns, as in a real breath."""
        part = self.elapsed / self.phase.seconds
        eased = part * part * (3 - 2 * part)
        return self.phase.begin + (self.phase.end - self.phase.begin) * eased

    def still_for(self, steps: int) -> float:
        """Seconds until the phase, the count, or the fill in *steps* steps changes (0: the fill does not count)."""
        turn = min(self.phase.seconds, self.count) - self.elapsed
        way = self.phase.end - self.phase.begin
        if not (steps and way):
            return turn
        left = (round(self.fill * steps) + (0.5 if way > 0 else -0.5)) / steps
        eased = max(0.0, (left - self.phase.begin) / way)
        if eased >= 1:
            return turn
        part = 0.5 - sin(asin(1 - 2 * eased) / 3)  # the inverse of the easing in `fill`
        return min(turn, max(0.0, part * self.phase.seconds - self.elapsed))


def whole_breaths(pattern: Pattern, seconds: float) -> int:
    """The number of whole breaths of *pattern* that fit into *seconds*."""
    return int((seconds + _TOLERANCE) // pattern.cycle)


def course_within(pattern: Pattern, seconds: float, ramp: tuple[Pattern, ...] = ()) -> Course:
    """The whole breaths that fit into *seconds*, at least one, after a *ramp* of about a minute per pattern.

    The ramp takes at most half of the time; its stages are shortened if needed.
    """
    stage_seconds = min(_RAMP_STAGE, seconds / 2 / len(ramp)) if ramp else 0.0
    stages = [(step, _near(stage_seconds / step.cycle)) for step in ramp]
    left = round(seconds - sum(step.cycle * cycles for step, cycles in stages), 6)
    dropped = 0
    while dropped < len(stages) and pattern.cycle > left + _TOLERANCE:
        step, cycles = stages[dropped]
        left = round(left + step.cycle * cycles, 6)
        dropped += 1
    return Course((*stages[dropped:], (pattern, max(1, whole_breaths(pattern, left)))))


def course_of(pattern: Pattern, breaths: int, ramp: tuple[Pattern, ...] = ()) -> Course:
    """Exactly *breaths* breaths, including those of the *ramp*."""
    stages: list[tuple[Pattern, int]] = []
    left = breaths
    for step in ramp:
        cycles = min(left - 1, _near(_RAMP_STAGE / step.cycle))
        if cycles > 0:
            stages.append((step, cycles))
            left -= cycles
    return Course((*stages, (pattern, left)))


def _near(breaths: float) -> int:
    return max(1, int(breaths + 0.5))
