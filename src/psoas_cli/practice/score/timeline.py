"""The timeline: what happens when, from the first second to the closing bell. Immutable, and the same everywhere."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from math import inf
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from psoas_cli.practice.model.patterns import Phase
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sequence import Bell, Bells, Moment, Say, Sequence
from psoas_cli.practice.model.text import LANGS, Lang, Side, Text
from psoas_cli.practice.score import notices
from psoas_cli.practice.score.breathing import Course
from psoas_cli.practice.score.fitting import Fitted, as_written, fit
from psoas_cli.practice.score.open_hold import OPEN, line_at, planned_length, strokes
from psoas_cli.practice.score.passage import Part, Passage, reckoned
from psoas_cli.practice.score.segments import Segment

_INSTANT = 1e-3  # seconds
_GIVES_WAY = 5.0  # seconds between a bell that gives way and any other
_RECORDING = 10.0  # seconds that one is taken to last
_WARNED_HOLD = 60.0  # seconds; a shorter hold has no warning bell

Role = Literal["close", "open", "side", "rise", "change", "hold", "end", "warn", "halfway", "minute", "every"]
"""What a bell is for; `rise` is the one after the final rest."""

_ROLES: tuple[Role, ...] = get_args(Role)
"""In order of precedence: of the bells at one instant the first rings."""

TextRole = Literal["told", "say", "until-key", "notice", "ending"]
"""What a text is for: the way in or out, a cue of the file, that a hold is open, what to notice, or its nearing end."""

OFFERS: tuple[TextRole, ...] = ("say", "until-key", "notice", "ending")
"""The texts that come during a stay."""


@record(frozen=True)
class Span:
    """A part of the practice, [start, end) in seconds from its start."""

    start: float
    end: float
    segment: Segment
    course: Course | None = None
    stop: int | None = None

    @property
    def length(self) -> float:
        """Length in seconds."""
        return self.end - self.start

    def goes_with(self, other: "Span") -> bool:
        """Whether it is *other*, or the other side of the same pose."""
        return self == other or (self.segment.pair is not None and self.segment.pair == other.segment.pair)


@record(frozen=True)
class Cue:
    """A bell or a text at one instant of the practice.

    Args:
        at: Seconds from the start of the practice.
        span: The number of the span that it belongs to.
        role: What it is for.
        number: Its number among the cues of the same role in its span.
        bell: The bell, if it is one.
        told: What is said, if it is a text.
        audio: The recording of the text, if there is one.
        stop: The number of the stop that a text belongs to; 0 before the first stop, and for bells.
    """

    at: float
    span: int
    role: Role | TextRole
    number: int = 0
    bell: Bell | None = None
    told: Passage = Passage(())
    audio: str | None = None
    stop: int = 0

    def shown(self, lang: Lang) -> tuple[str, ...]:
        """What the screen shows of its text: everything but its headings."""
        return self.told.shown(lang)

    def spoken(self, lang: Lang) -> tuple[str, ...]:
        """What the voice says of its text, part by part."""
        return tuple(said for said in self.told.spoken(lang) if said)


class Noticed(NamedTuple):
    """What a practice under way has offered to notice: before *until*, in seconds, and how much in each span by number.

    What else would come before that does not come any more.
    """

    until: float = -inf
    counts: Mapping[int, int] = MappingProxyType({})

    def with_what_comes(self, i: int, offered: Iterable[Cue]) -> int:
        """How much is offered in the span *i*, which would offer all that is *offered* if it began anew."""
        count = self.counts.get(i, 0)
        return count + sum(cue.number >= count and cue.at >= self.until - _INSTANT for cue in offered)


@record(frozen=True)
class Timeline:
    """The spans of a practice in order, contiguous from 0, and its cues in order of time.

    What poses offer to notice, and the lines before the end of a hold, depend on *sessions*: how often the practice was
    begun before.
    """

    spans: tuple[Span, ...]
    cues: tuple[Cue, ...]
    sessions: int = 0

    @cached_property
    def duration(self) -> float:
        """Seconds from the start to the closing bell; how long that rings on is not counted."""
        return self.spans[-1].end

    @cached_property
    def open(self) -> int | None:
        """The number of the span that is open, if one is."""
        return next((i for i, span in enumerate(self.spans) if span.segment.open), None)

    def expected(self, t: float) -> float:
        """The end to expect at *t*, in seconds: an open hold lasts as planned, or until now if that is longer."""
        if self.open is None:
            return self.duration
        return self.duration - sum(each.length - self.lasting(each, t) for each in self.spans[self.open :])

    def lasting(self, span: Span, t: float = 0.0) -> float:
        """The length of *span* to expect at *t*, in seconds: an open hold and its other side last as in `expected`."""
        opened = None if self.open is None else self.spans[self.open]
        if opened is None or span.start < opened.start or not span.goes_with(opened):
            return span.length
        return max(planned_length(opened.segment, opened.length), min(t, opened.end) - opened.start)

    @cached_property
    def _starts(self) -> list[float]:
        return [span.start for span in self.spans]

    @cached_property
    def _ats(self) -> list[float]:
        return [cue.at for cue in self.cues]

    @cached_property
    def _stays(self) -> list[int]:
        """The numbers of the stays."""
        return [i for i, span in enumerate(self.spans) if not span.segment.moving]

    @cached_property
    def stops(self) -> tuple[float, ...]:
        """The starts of the stops, in seconds."""
        return tuple(span.start for span in self.spans if span.stop)

    @cached_property
    def places(self) -> tuple[Span, ...]:
        """The stays that keys go to, in order; a scan is one place, however many regions it has."""
        return tuple(self.spans[i] for i in self._stays if self.spans[i].segment.kind != "scan" or self.spans[i].stop)

    def index_at(self, t: float) -> int:
        """The number of the span at *t*: the first before the start, the last after the end."""
        return max(0, min(len(self.spans) - 1, bisect_right(self._starts, t) - 1))

    def span_at(self, t: float) -> Span:
        """The span at *t*."""
        return self.spans[self.index_at(t)]

    def stay_at(self, t: float) -> Span | None:
        """The stay (a span without moving) at *t*, or the next one during a move; None at the end."""
        return next(self.stays_from(self.index_at(t)), None) if t < self.duration else None

    def stays_from(self, index: int) -> Iterator[Span]:
        """The stays from span number *index* on, in order."""
        first = bisect_left(self._stays, index)
        return (self.spans[self._stays[i]] for i in range(first, len(self._stays)))

    def cues_in(self, start: float, end: float) -> tuple[Cue, ...]:
        """The cues with *start* <= at < *end*."""
        return self.cues[bisect_left(self._ats, start) : bisect_left(self._ats, end)]

    def breaths_in(self, start: float, end: float) -> Iterator[tuple[float, Phase, Span]]:
        """The phases of breaths that begin in [*start*, *end*), each with its start and its span."""
        first, last = self.index_at(start), self.index_at(end)
        for span in self.spans[first : last + 1]:
            if span.course is None:
                continue
            until = min(end, span.end)  # a key may end an open hold within a breath
            for offset, phase in span.course.phases_in(start - span.start, until - span.start):
                yield span.start + offset, phase, span


def compile_sequence(sequence: Sequence, seconds: float | None = None, sessions: int = 0) -> Timeline:
    """The timeline of *sequence*, fitted to *seconds* if given, after *sessions* earlier sessions.

    Raises:
        FitError: If it cannot be fitted to *seconds*.
    """
    return lay_out(as_written(sequence) if seconds is None else fit(sequence, seconds), sessions)


def lay_out(fitted: Fitted, sessions: int = 0, noticed: Noticed | None = None) -> Timeline:
    """The timeline of segments with settled lengths, after *sessions* earlier sessions.

    *noticed* is what was offered already, if it is under way.
    """
    spans: list[Span] = []
    at, stops = 0.0, 0
    for segment, length in zip(fitted.segments, fitted.lengths, strict=True):
        end = round(at + length, 6)
        stops += segment.stop
        spans.append(Span(at, end, segment, segment.course(length), stops if segment.stop else None))
        at = end
    cues = sorted([*_bells(spans), *_texts(spans, sessions, noticed or Noticed())], key=lambda cue: cue.at)
    return Timeline(tuple(spans), tuple(cues), sessions)


def after(timeline: Timeline, sessions: int) -> Timeline:
    """The same timeline after *sessions* earlier sessions, with other texts in its holds."""
    segments, lengths = zip(*((span.segment, span.length) for span in timeline.spans), strict=True)
    return lay_out(Fitted(segments, lengths), sessions)


def _bells(spans: list[Span]) -> list[Cue]:
    """The bells that sound: one at any instant, chosen by its role.

    `minute` gives way to any bell of another role nearby, and `every` to `minute` as well.
    """
    candidates = [cue for i, span in enumerate(spans) for cue in _bells_of(spans, i)]
    bells = spans[0].segment.bells
    opening = spans[0].end if spans[0].segment.kind == "lead-in" else 0.0
    close = spans[-1].end
    candidates.append(Cue(opening, 0, "open", bell=bells.open))
    candidates.append(Cue(close, len(spans) - 1, "close", bell=bells.close))
    candidates = [cue for cue in candidates if cue.bell]
    candidates.sort(key=lambda cue: (round(cue.at, 3), _ROLES.index(cue.role)))
    kept: list[Cue] = []
    for cue in candidates:
        if not kept or cue.at - kept[-1].at >= _INSTANT:
            kept.append(cue)
    minutes = (
        Cue(span.start + at, i, "minute", number, bell=span.segment.bells.minute)
        for i, span in enumerate(spans)
        if span.segment.bells.minute
        for number, at in strokes(span.segment, span.length)
        if number
    )
    kept = _with(minutes, kept)
    return _with(_every(bells, opening, close), kept)


def _bells_of(spans: list[Span], i: int) -> Iterator[Cue]:
    span, segment, bells = spans[i], spans[i].segment, spans[i].segment.bells
    before = spans[i - 1].segment if i else None
    following = spans[i + 1].segment if i + 1 < len(spans) else None
    if segment.opens and not _scans(before, segment):
        role: Role = "change" if _goes_on(before, segment) else "hold"
        yield Cue(span.start, i, role, bell=bells.change if role == "change" else bells.hold)
    if segment.closes and not _scans(segment, following):
        yield _closing(i, span)
    if segment.open and segment.open.since:
        yield Cue(span.start + segment.open.since, i, "minute", bell=bells.minute)
    if segment.kind == "hold":
        yield Cue(span.start + planned_length(segment, span.length) / 2, i, "halfway", bell=bells.halfway)
        if bells.warn and span.length >= _WARNED_HOLD and bells.warn.before < span.length:
            yield Cue(span.end - bells.warn.before, i, "warn", _again(segment), bell=bells.warn.bell)


def _scans(one: Segment | None, other: Segment | None) -> bool:
    """Whether *one* and *other* are in the same scan, or in two in a row: no bell rings between them."""
    return bool(one and other and one.kind == other.kind == "scan")


def _goes_on(before: Segment | None, segment: Segment) -> bool:
    """Whether *segment* goes on in the position that one is already in, without time to move."""
    if before is None or before.moving or "scan" in (before.kind, segment.kind):
        return False
    return before.position == segment.position or None in (before.position, segment.position)


def _closing(i: int, span: Span) -> Cue:
    """The bell that ends a stay: wood, the call to the other side, or a soft bell after the final rest."""
    bells = span.segment.bells
    if span.segment.sides_next:
        return Cue(span.end, i, "side", bell=bells.side)
    if span.segment.kind == "rest":
        return Cue(span.end, i, "rise", bell=bells.rise)
    return Cue(span.end, i, "end", bell=bells.end)


def _again(segment: Segment) -> int:
    """The number of what comes before the end of *segment*: it comes again if a key opens the hold after it."""
    return 1 if segment.open else 0


def _every(bells: Bells, opening: float, close: float) -> Iterator[Cue]:
    if not bells.every:
        return
    number = 1
    while (at := round(opening + number * bells.every.interval, 6)) < close:
        yield Cue(at, 0, "every", number, bell=bells.every.bell)
        number += 1


def _with(candidates: Iterable[Cue], others: list[Cue]) -> list[Cue]:
    """*others*, which are in order, and those of the *candidates* that come near none of them, in order."""
    ats, found = [cue.at for cue in others], []
    for cue in candidates:
        near = bisect_left(ats, cue.at - _GIVES_WAY)
        if near == len(ats) or ats[near] > cue.at + _GIVES_WAY:
            found.append(cue)
    return sorted([*others, *found], key=attrgetter("at")) if found else others


def _texts(spans: list[Span], sessions: int, noticed: Noticed) -> Iterator[Cue]:
    stop, endings = 0, sessions
    past: dict[int | None, int] = {}  # how many things to notice the first side of a pair offered
    leading = _leading(spans)
    for i, span in enumerate(spans):
        segment = span.segment
        stop += segment.stop
        for number, told in enumerate(segment.told):
            coming = told.coming and leading[i]
            yield Cue(span.start, i, "told", number, told=told, stop=stop + coming)
        says = [(_moment(say.at, span), say) for say in segment.say]
        ats = [at for at, _ in says]
        line = line_at(segment, span.length, ((at, _seconds(say)) for at, say in says))
        opened = [] if line is None else [Cue(span.start + line, i, "until-key", told=_of(OPEN))]
        texts = [Cue(span.start, i, "say", told=_of(segment.title))] if segment.kind == "scan" else []
        texts += [
            Cue(span.start + at, i, "say", number, told=_of(say.text, segment.side), audio=say.audio)
            for number, (at, say) in enumerate(says)
        ]
        said = ats if line is None else [*ats, line]
        offered = [*_notices(i, span, said, sessions, past.get(segment.pair, 0) if segment.turn == 2 else 0)]
        past[segment.pair] = noticed.with_what_comes(i, offered)
        if segment.kind == "hold":
            leaving = i + 1 < len(spans) and spans[i + 1].segment.moving
            last = notices.ending(span.length, ats, endings, leaving=leaving)
            endings += bool(last)
            texts += [Cue(span.end - notices.ENDING, i, "ending", _again(segment), told=_of(last))] if last else []
        yield from (replace(cue, stop=stop) for cue in (*texts, *opened, *offered))


def _seconds(say: Say) -> float:
    """Seconds that *say* takes to hear, as far as that can be known of a recording."""
    return max(_RECORDING if say.audio else 0.0, *(reckoned(say.text.said(lang)) for lang in LANGS))


def _of(text: Text, side: Side | None = None) -> Passage:
    return Passage((Part(text, side),))


def _leading(spans: list[Span]) -> list[bool]:
    """Of each span whether a stop begins after it, up to and with the next stay."""
    found: list[bool] = []
    stay, stop = False, False
    for span in reversed(spans):
        found.append(stay and stop)
        moving = span.segment.moving
        stay, stop = stay or not moving, span.segment.stop or (moving and stop)
    return found[::-1]


def _moment(moment: Moment, span: Span) -> float:
    """Seconds from the span's start; a moment that a shortened hold no longer has room for moves in proportion.

    Of an open hold it is a moment of the planned length, unless it is one before the end.
    """
    length = span.length if moment.kind == "before" else planned_length(span.segment, span.length)
    if moment.kind == "part":
        return min(moment.value * length, length - _INSTANT)
    typical = span.segment.flex.typical
    value = moment.value if moment.value < length else moment.value * length / max(typical, length)
    return min(value if moment.kind == "after" else length - value, length - _INSTANT)


def _notices(i: int, span: Span, said: list[float], sessions: int, past: int) -> Iterator[Cue]:
    """What the pose offers to notice, at times when the file itself says nothing."""
    segment = span.segment
    free = notices.moments(span.length, said, told=bool(segment.told))
    offered = notices.choice(segment.notice, sessions, past)
    for number, (moment, text) in enumerate(zip(free, offered, strict=False)):
        yield Cue(span.start + moment, i, "notice", number, told=_of(text, segment.side))
