"""Edits: what keys change on the timeline of a practice that goes on, and what to say of each change."""

from collections.abc import Callable
from typing import TypeAlias

from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.revisions import changed, eased
from psoas_cli.practice.score.timeline import Span, Timeline

MOST = 3600.0
"""Seconds that keys make a hold at most; one that is longer in its file may be made shorter."""

LEAST = 10.0
"""Seconds that keys leave of a hold that has not begun, or only just; after that they may end it."""

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
_INSTANT = 1e-3  # seconds


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
    name = segment.title.changed(str, segment.side)
    said = text.filled(name=name, length=measure(after.length) if measure else "")
    return (said, _BOTH_SIDES) if segment.turn == 1 else (said,)


class Edits:
    """A timeline that the person changes while it plays.

    Attributes:
        timeline: The timeline with all changes so far.
        changes: All changes so far: `hold` or `breath`, the position, and the difference (both in seconds).
    """

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.changes: list[tuple[str, float, float]] = []

    def can_change(self, position: float) -> bool:
        """Whether the span at *position* can be made longer or shorter: time to move and scans cannot."""
        segment = self.timeline.span_at(position).segment
        return not segment.moving and segment.kind != "scan"

    def lengthen(self, at: float, seconds: float, measure: Measure | None = None) -> tuple[Text, ...]:
        """Lengthen the hold at *at* by *seconds* (negative: shorten it) from there on.

        Returns:
            What to say of it, the most important first, with its new length if *measure* makes a text of it.
        """
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
