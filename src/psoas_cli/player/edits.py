"""Edits: what keys change on the timeline of a practice that goes on, and what to say of each change."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.open_hold import OPENABLE, is_open, planned_length
from psoas_cli.practice.score.revisions import Revision, as_before, changed, eased, replayed, softened
from psoas_cli.practice.score.timeline import Span, Timeline

MOST = 3600.0
"""Seconds that keys make a hold at most; one that is longer in its file may be made shorter."""

LEAST = 10.0
"""Seconds that keys leave of a hold that has not begun, or only just; after that they may end it."""

OPEN_FOR = 600.0
"""Seconds that a hold lasts at least once a key has opened it, if nothing ends it: twice its length if that is more."""

Measure: TypeAlias = Callable[[float], Text]
"""Makes a text of a length in seconds."""

_EASIER = Text("Easier from the next breath on · {counts}", "Vanaf de volgende adem makkelijker · {counts}")
_EASIEST = Text(
    "This breath has no easier version · your own is always fine",
    "Dit is hier het makkelijkste ritme · je eigen adem is altijd goed",
)
_NO_CHANGE_HERE = Text("Plus and minus work during a hold", "Plus en min werken in een houding")
_NOW = Text("{name} now {length}", "{name} nu {length}")
_LONGER = Text("{name}: longer now", "{name}: nu langer")
_SHORTER = Text("{name}: shorter now", "{name}: nu korter")
_BOTH_SIDES = Text("both sides", "beide kanten")
_ENDS_HERE = Text("{name} ends here", "{name} is klaar")
_ENDS_WITH_BREATH = Text("{name} ends with this breath", "{name} is na deze adem klaar")
_LONGEST = Text("An hour is the most for one hold", "Langer dan een uur kan hier niet")
_SHORTEST = Text("It gets no shorter · n goes on", "Korter kan niet · met n ga je verder")
_OPEN = Text("{name}: open · Enter goes on", "{name}: open · Enter verder")
_NOT_OPEN_HERE = Text("o works during a hold or a rest", "o werkt in een houding of in rust")
_LASTED = Text("{name}: {length}", "{name}: {length}")
_INSTANT = 1e-3  # seconds


def _named(text: Text, span: Span, length: Text | str = "") -> Text:
    """*text* with the name of *span*, and a *length*."""
    return text.filled(name=span.segment.title.changed(str, span.segment.side), length=length)


def _said(before: Span, after: Span, at: float, *, shorter: bool, measure: Measure | None) -> tuple[Text, ...]:
    """What to say of a hold that was *before* and is *after*, changed at the position *at*."""
    segment = before.segment
    left, breath = after.end - at, after.course.at(at - after.start) if after.course else None
    if left < _INSTANT:
        text = _ENDS_HERE
    elif breath and shorter and left < breath.pattern.cycle - breath.into + _INSTANT:
        text = _ENDS_WITH_BREATH
    elif measure:
        text = _NOW
    else:
        text = _SHORTER if shorter else _LONGER
    said = _named(text, before, measure(after.length) if measure else "")
    return (said, _BOTH_SIDES) if segment.turn == 1 else (said,)


class Edits:
    """A timeline that the person changes while it plays.

    Attributes:
        timeline: The timeline with all changes so far.
        changes: All changes so far, as `replayed` makes them again.
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.changes: list[Revision] = []

    def can_change(self, position: float) -> bool:
        """Whether the span at *position* can be longer or shorter: not time to move, nor a scan, nor an open hold."""
        segment = self.timeline.span_at(position).segment
        return not segment.moving and segment.kind != "scan" and not self.is_open(position)

    def lengthen(self, at: float, seconds: float, measure: Measure | None = None) -> tuple[Text, ...]:
        """Lengthen the hold at *at* by *seconds* (negative: shorten it) from there on.

        Returns:
            What to say of it, the most important first, with its new length if *measure* makes a text of it.
        """
        if self.is_open(at):
            return (_named(_OPEN, self._opened),)
        if not self.can_change(at):
            return (_NO_CHANGE_HERE,)
        index = self.timeline.index_at(at)
        span = self.timeline.spans[index]
        if seconds > 0 and span.length + seconds > MOST:
            return (_LONGEST,)
        if seconds < 0 and max(span.length + seconds, at - span.start) < LEAST:
            return (_SHORTEST,)
        self.timeline = changed(self.timeline, at, seconds)
        self.changes.append(("hold", at, seconds))
        return _said(span, self.timeline.spans[index], at, shorter=seconds < 0, measure=measure)

    def ease(self, at: float) -> Text:
        """Make the breath easier from the first one after *at*, if possible; return the message to show."""
        timeline = eased(self.timeline, at)
        course = timeline.span_at(at).course if timeline else None
        if not (timeline and course):
            return _EASIEST
        self.timeline = timeline
        self.changes.append(("breath", at, 0.0))
        return _EASIER.filled(counts=course.pattern.counts)

    # -- open holds

    def is_open(self, position: float) -> bool:
        """Whether the hold at *position* is open there."""
        span = self.timeline.span_at(position)
        return is_open(span.segment, position - span.start)

    def can_open(self, position: float) -> bool:
        """Whether the span at *position* can be opened: a hold or a rest that is not open already."""
        return self.timeline.span_at(position).segment.kind in OPENABLE and not self.is_open(position)

    def keep_open(self, at: float) -> Text:
        """Open the hold at *at* from there on, if possible; return the message to show."""
        span = self.timeline.span_at(at)
        if self.can_open(at):
            self._revise("open", at, max(span.length, min(MOST, max(OPEN_FOR, 2 * span.length))))
        return _named(_OPEN, span) if span.segment.kind in OPENABLE else _NOT_OPEN_HERE

    def close(self, at: float, end: float, measure: Measure | None = None) -> Text:
        """Close the hold that is open at *at*: it ends at *end*, and the other side will last as long.

        Returns:
            The message to show, with its length if *measure* makes a text of it.
        """
        seconds = end - self._opened.start
        text = _ENDS_WITH_BREATH if end > at + _INSTANT else _LASTED if measure else _ENDS_HERE
        said = _named(text, self._opened, length=measure(seconds) if measure else "")
        self._revise("close", at, seconds)
        return said

    def arrive(self, since: float, until: float) -> None:
        """Open the hold that the file has open, if one begins from *since* to *until*, as nothing of it sounds yet."""
        for index in range(self.timeline.index_at(since), self.timeline.index_at(until) + 1):
            span = self.timeline.spans[index]
            most = span.segment.until_key
            if most is not None and not span.segment.open and since <= span.start < until:
                self._revise("open", span.start, max(most, span.length))
                return

    def go_by(self, position: float, planned: float) -> None:
        """Close the open hold if it is over at *position*; what sounds up to *planned* has been handed over."""
        if self.timeline.open is not None and position >= self._opened.end:
            self._revise("close", min(max(position, planned), self.timeline.duration), self._opened.length)

    def leave(self, here: float, there: float) -> float:
        """Close the open hold, if there is one, as a person goes from *here* to *there*; return where *there* is then.

        Whoever goes on from it has stayed as long as they liked; whoever goes back finds it as it was planned.
        """
        if self.timeline.open is None:
            return there
        span, index = self._opened, self.timeline.index_at(there)
        into = there - self.timeline.spans[index].start
        planned = planned_length(span.segment, span.length)
        if span.start <= here < span.end <= there:
            self._revise("close", here, max(here - span.start, min(LEAST, planned)))
        else:
            self._revise("close", span.start, planned)
        return self.timeline.spans[index].start + into

    def begin_again(self, here: float) -> float:
        """Return the start of the span at *here*, to go on from; a hold that was open is open from there again."""
        was_open = self.is_open(here)
        start = self.leave(here, self.timeline.span_at(here).start)
        if was_open and self.timeline.span_at(start).segment.until_key is None:  # those of the file open by themselves
            self.keep_open(start)
        return start

    @property
    def _opened(self) -> Span:
        assert self.timeline.open is not None
        return self.timeline.spans[self.timeline.open]

    def _revise(self, kind: str, at: float, value: float) -> None:
        self.changes.append((kind, at, value))
        self.timeline = replayed(self.timeline, self.changes[-1:])

    # -- softer forms

    def has_softer_form(self, position: float, care: Collection[str]) -> bool:
        """Whether the stay at *position* has a softer form for a person with *care*, or is in it."""
        return bool(self._other_form(position, care))

    def soften(self, at: float, care: Collection[str]) -> Text:
        """Take the softer form of the pose from *at* on, or go back from it; return what to say, empty without one."""
        from psoas_cli.practice.score.softer_form import AS_BEFORE

        timeline = self._other_form(at, care)
        if timeline is None:
            return Text()
        self.timeline = timeline
        segment = timeline.span_at(at).segment
        self.changes.append(("softer", at, 1.0 if segment.plain else 0.0))
        return segment.from_here.changed(str, segment.side) if segment.plain else AS_BEFORE

    def _other_form(self, at: float, care: Collection[str]) -> Timeline | None:
        """The timeline with the pose at *at* in its softer form, or as before if it is in that; None without one."""
        return as_before(self.timeline, at) or softened(self.timeline, at, care)
