"""What a terminal showed, and when, worked out from what a program wrote to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import linear_regression, median
from typing import NamedTuple

import pyte

from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.practice.score.view import view_at
from psoas_cli.tui import regions
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.orb import orb
from psoas_cli.tui.regions import BreathWords
from psoas_cli.tui.screen import BREATH_OF
from pty_meter import Shown

FRAME = 0.05
"""Seconds from one picture to the next."""

_TOLERANCE = 0.01  # seconds beyond a frame that waking, writing and reading may take
_FIRST_LATE = 1.0  # seconds that the first picture of a breath may be late; no picture comes twice within them
_BURST = 0.002  # seconds; pieces read closer together belong to one picture
_STEP = 0.005  # seconds between looks at the expected picture
_ESCAPE = re.compile(rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]|[\x00-\x20]")

Picture = tuple[str, ...]
"""The breath on the screen: the rows of its shape and of its words, without the blanks around them."""


class Screen:
    """An emulated terminal of *size* (columns, lines)."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        """Process *data*, as a terminal does."""
        self._stream.feed(data)

    def row(self, y: int, x: int = 0, width: int | None = None) -> str:
        """Row *y*, or *width* cells of it from *x* on, without the blanks around it."""
        cells = self._screen.buffer[y]
        end = self._screen.columns if width is None else min(x + width, self._screen.columns)
        return "".join(cells[i].data for i in range(x, end)).strip()

    def rows(self) -> list[str]:
        """All rows."""
        return [self.row(y) for y in range(self._screen.lines)]


class Change(NamedTuple):
    """A change of the picture of the breath: the second of the practice, the new picture, and its phase."""

    at: float
    picture: Picture
    kind: str


class Rhythm(NamedTuple):
    """How regular something was: how often it was seen, its largest distance from the best-fitting grid, and its drift.

    Both are in seconds; the drift is that of a straight line through all the moments, from the first to the last.
    """

    times: int
    furthest: float
    drift: float


class Course(NamedTuple):
    """How a breath was seen: seconds late at each change of its picture, and when its turns were due and seen."""

    late: list[float]
    turns: list[tuple[float, float]]

    @property
    def dropped(self) -> int:
        """The number of frames that passed while a change was due and not shown."""
        return sum(int(max(0.0, late - _TOLERANCE) / FRAME) for late in self.late)


def bursts(shown: Shown) -> Iterator[tuple[float, bytes]]:
    """Join the pieces that were written at once, each with the time of its last piece."""
    at, data = 0.0, b""
    for moment, piece in shown:
        if data and moment - at > _BURST:
            yield at, data
            data = b""
        at, data = moment, data + piece
    if data:
        yield at, data


def first_text(shown: Shown) -> float | None:
    """When the first text was shown, other than escape sequences and blanks; None if there was none."""
    data = b""
    for at, piece in shown:
        data += piece
        if _ESCAPE.sub(b"", data):
            return at
    return None


def when(shown: Shown, size: tuple[int, int], pattern: str) -> list[tuple[float, str]]:
    """What *pattern* matched in any row, and when, each time that changed; no match is no change."""
    screen, found, sought = Screen(size), [("", 0.0)], re.compile(pattern)
    for at, data in bursts(shown):
        screen.feed(data)
        match = next(filter(None, map(sought.search, screen.rows())), None)
        if match and match[0] != found[-1][0]:
            found.append((match[0], at))
    return [(at, text) for text, at in found[1:]]


def rhythm(pairs: Sequence[tuple[float, float]]) -> Rhythm | None:
    """The regularity of *pairs* of moments, due and seen, in seconds; None for fewer than two pairs."""
    if len(pairs) < 2:
        return None
    errors = [seen - due for due, seen in pairs]
    middle = median(errors)
    due = [each for each, _ in pairs]
    slope = linear_regression(due, errors).slope
    return Rhythm(len(pairs), max(abs(each - middle) for each in errors), slope * (due[-1] - due[0]))


def every_second(moments: Sequence[float]) -> list[tuple[float, float]]:
    """Pairs for `rhythm`, of *moments* that are due once a second."""
    return [(round(at - moments[0]), at) for at in moments]


def alternating(moments: Sequence[float], lengths: tuple[float, float]) -> list[tuple[float, float]]:
    """Pairs for `rhythm`, of *moments* that are due after each of *lengths* (seconds) in turn."""
    due = [0.0]
    for i in range(len(moments) - 1):
        due.append(due[-1] + lengths[i % 2])
    return list(zip(due, moments, strict=True))


class Expected:
    """The expected pictures of the breath of *timeline* on a screen of *size*, *until* a second of the practice."""

    def __init__(self, timeline: Timeline, size: tuple[int, int], until: float) -> None:
        self._timeline, self._size = timeline, size
        placed = {region.name: region for region in layout(Size(*size), "breath")}
        self._regions = placed["orb"], placed["breath"]
        self._changes = list(self._all_changes(until))
        self._times = [change.at for change in self._changes]

    def course(self, shown: Shown, since: float, until: float) -> Course:
        """How the breath was seen between the clock's times *since* and *until*."""
        found = list(self._found(shown))
        zero = min((at - self._times[due] for at, due, _ in found), default=since)
        inside = [each for each in found if since <= each[0] <= until]
        following = found[-1][2] + 1 if found else 0  # the next change, which was not seen
        awaited = until - self._times[following] - zero
        turns = [
            (self._times[turn], at)
            for at, due, last in inside
            for turn in range(max(1, due), last + 1)
            if self._changes[turn].kind != self._changes[turn - 1].kind
        ]
        late = [at - self._times[due] - zero for at, due, _ in inside]
        return Course([*late, *([awaited] if awaited > 0 else [])], turns)

    def _found(self, shown: Shown) -> Iterator[tuple[float, int, int]]:
        """Each change on the screen: when it was seen, and the numbers of the first and last expected change in it."""
        number, zero = -1, 0.0
        for at, picture in self._pictures(shown):
            if number < 0:
                zero = at - self._times[0]
            here = bisect_right(self._times, at - zero + _FIRST_LATE)
            last = next((i for i in range(here - 1, number, -1) if self._changes[i].picture == picture), None)
            if last is not None:
                yield at, number + 1, last
                number = last

    def _pictures(self, shown: Shown) -> Iterator[tuple[float, Picture]]:
        """The pictures that were seen, beginning with the first breath."""
        screen, begun = Screen(self._size), False
        for at, data in bursts(shown):
            screen.feed(data)
            rows = [(region, region.y + i) for region in self._regions for i in range(region.height)]
            picture = tuple(screen.row(y, region.x, region.width) for region, y in rows)
            begun = begun or picture == self._changes[0].picture
            if begun:
                yield at, picture

    def _all_changes(self, until: float) -> Iterator[Change]:
        looks = [self._look(i * _STEP) for i in range(int(until / _STEP))]
        for before, after in pairwise(looks):
            if before.picture != after.picture:
                yield self._between(before, after)

    def _between(self, before: Change, after: Change) -> Change:
        """The change between two looks, to a tenth of a millisecond."""
        while after.at - before.at > 1e-4:
            middle = self._look((before.at + after.at) / 2)
            before, after = (middle, after) if middle.picture == before.picture else (before, middle)
        return after

    def _look(self, at: float) -> Change:
        """The expected picture at the second *at*."""
        breath = view_at(self._timeline, at, "en").breath
        if breath is None:
            return Change(at, (), "")
        shape, said = self._regions
        number = regions.filled(BREATH_OF, "en", number=breath.number, count=breath.breaths)
        lines = regions.breath_lines(BreathWords(breath.word, str(breath.count), number), said.width, said.height)
        below = [line.strip() for line, _ in lines] + [""] * said.height
        rows = [row.strip() for row in orb(shape.width, shape.height, breath.fill)]
        return Change(at, (*rows, *below[: said.height]), breath.kind)
