"""Whereabouts: the few sentences that answer someone who asks where they are in a practice."""

from collections.abc import Iterator

from psoas_cli.practice.model.patterns import Pattern, title_of
from psoas_cli.practice.model.text import LANGS, Text, sentence, uncapitalised
from psoas_cli.practice.score.open_hold import OPEN, OPENABLE, is_open
from psoas_cli.practice.score.passage import Part, Passage, reckoned
from psoas_cli.practice.score.segments import BREATHING, RETURN, SCAN, Segment, side_of
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.practice.score.transitions import told_again
from psoas_cli.practice.score.view import ahead_of

ABOUT_MINUTES = (
    Text("About a minute more.", "Nog ongeveer een minuut."),
    *(
        Text(f"About {en} minutes more.", f"Nog ongeveer {nl} minuten.")
        for en, nl in (
            ("two", "twee"),
            ("three", "drie"),
            ("four", "vier"),
            ("five", "vijf"),
            ("six", "zes"),
            ("seven", "zeven"),
            ("eight", "acht"),
            ("nine", "negen"),
            ("ten", "tien"),
            ("eleven", "elf"),
            ("twelve", "twaalf"),
            ("thirteen", "dertien"),
            ("fourteen", "veertien"),
            ("fifteen", "vijftien"),
            ("sixteen", "zestien"),
            ("seventeen", "zeventien"),
            ("eighteen", "achttien"),
            ("nineteen", "negentien"),
            ("twenty", "twintig"),
        )
    ),
)
"""How much longer, from one minute up."""

NOT_A_MINUTE = Text("Less than a minute more.", "Nog minder dan een minuut.")
MANY_MINUTES = Text("More than twenty minutes more.", "Nog meer dan twintig minuten.")
_THEN = Text("Then {name}", "Dan {name}")
_THEN_OTHER_SIDE = Text("Then the other side.", "Dan de andere kant.")
_THEN_SCAN = Text("Then the body scan.", "Dan de bodyscan.")
_THEN_OVER = Text("Then the practice is over.", "Dan is de oefening klaar.")
_RESTING = Text("Resting.", "Je rust.")
_THERE_IS_TIME = Text("There is time.", "Er is tijd.")

LONGEST = 8.0
"""The most seconds that an answer takes to say calmly during a stay; the program's own sentences take less."""

_LONGER = 5  # minutes by which keys may lengthen a hold, with the sentences for it prepared
_RETURN = Part(RETURN.changed(sentence), heading=True)
_AT_REST = Passage((Part(_RESTING, heading=True), Part(_THERE_IS_TIME)))
_AT_OPEN_REST = Passage((Part(_RESTING, heading=True), Part(OPEN)))


def whereabouts(timeline: Timeline, t: float, *, arriving: bool = False) -> Passage:
    """Where a person is, *t* seconds into *timeline*: its name, how much longer it lasts, and what comes next.

    During a move, or after a key led back to a stay (*arriving*), the way in is told again. The name is a heading. In
    the final rest the answer is only that there is time, and an open hold lasts as long as one likes.
    """
    index = timeline.index_at(t)
    span = timeline.spans[index]
    if span.segment.moving or arriving:
        stay = timeline.stay_at(t)
        return _way_in(stay.segment) if stay else _way_back(span.segment)
    opened = is_open(span.segment, t - span.start)
    if span.segment.kind in {"rest", "quiet"}:
        return _AT_OPEN_REST if opened else _AT_REST
    if span.segment.kind == "scan":
        return Passage(_fitting([_region(span.segment)]))
    name, then = _name(span, t), _then(timeline, index)
    if opened:  # nothing is in a hurry here
        return Passage((*name, Part(OPEN), then))
    return Passage(_fitting([*name, Part(_longer(span.end - t)), then]))


def whereabouts_in(timeline: Timeline) -> Iterator[Part]:
    """Everything that `whereabouts` may say anywhere in *timeline*, even if keys make its holds longer."""
    longest = 0.0
    for index, span in enumerate(timeline.spans):
        if span.segment.moving:
            yield from () if timeline.stay_at(span.start) else _way_back(span.segment).parts
        elif span.segment.kind in {"rest", "quiet"}:
            yield from (*_AT_REST.parts, *(_AT_OPEN_REST.parts if span.segment.kind in OPENABLE else ()))
            yield from _way_in(span.segment).parts
        elif span.segment.kind == "scan":
            yield _region(span.segment)
        else:
            step = span.segment.breathe
            yield from map(_pattern, (*step.ramp, step.pattern)) if step else _headings(span.segment)
            yield _then(timeline, index)
            yield from (Part(OPEN),) if span.segment.kind in OPENABLE else ()
            longest = max(longest, span.length)
    if longest:
        minutes = round(longest / 60) + _LONGER
        rest = (MANY_MINUTES,) if minutes > len(ABOUT_MINUTES) else ()
        yield from map(Part, (NOT_A_MINUTE, *ABOUT_MINUTES[:minutes], *rest))


def _way_in(segment: Segment) -> Passage:
    """How to come into *segment* from anywhere; its name if there is nothing else to tell."""
    told = told_again(segment)
    return told if told.parts else Passage(_headings(segment))


def _way_back(segment: Segment) -> Passage:
    """How to come back at the end, as *segment* told it; if it told nothing, that there is time."""
    told = tuple(part for each in segment.told for part in each.parts)
    return Passage((_RETURN, *(told or (Part(_THERE_IS_TIME),))))


def _name(span: Span, t: float) -> tuple[Part, ...]:
    """The name and side of *span*; for breathing, the pattern breathed at *t*."""
    step = span.segment.breathe
    if step is None:
        return _headings(span.segment)
    breath = span.course.at(t - span.start) if span.course else None
    return (_pattern(breath.pattern if breath else step.pattern),)


def _headings(segment: Segment) -> tuple[Part, ...]:
    """The name and the side of *segment*, in the words in which they were told."""
    texts = (segment.title.changed(sentence, segment.side), side_of(segment).changed(sentence))
    return tuple(Part(text, heading=True) for text in texts if text)


def _pattern(pattern: Pattern) -> Part:
    title = title_of(pattern)
    if title.en == pattern.counts:  # it has no name, and counts are nothing to listen to
        title = BREATHING
    return Part(title.changed(sentence), heading=True)


def _region(segment: Segment) -> Part:
    """The region of a scan in the words that announced it; the name of the scan if those are long."""
    return Part(segment.title if _seconds(segment.title) <= LONGEST else SCAN, heading=True)


def _longer(seconds: float) -> Text:
    """How much longer, in whole minutes."""
    if seconds < 60:
        return NOT_A_MINUTE
    minutes = int(seconds / 60 + 0.5)
    return ABOUT_MINUTES[minutes - 1] if minutes <= len(ABOUT_MINUTES) else MANY_MINUTES


def _then(timeline: Timeline, index: int) -> Part:
    """What comes after span *index*."""
    segment = timeline.spans[index].segment
    coming = next(ahead_of(timeline, index), None)
    if coming is None:
        leaving = index + 1 < len(timeline.spans)
        return _then_named(RETURN) if leaving else Part(_THEN_OVER)
    if segment.kind == "between" or (coming.segment.turn == 2 and coming.segment.pair == segment.pair):
        return Part(_THEN_OTHER_SIDE)
    if coming.segment.kind == "scan":
        return Part(_THEN_SCAN)
    return _then_named(coming.segment.title.changed(str, coming.segment.side))


def _then_named(name: Text) -> Part:
    return Part(_THEN.filled(name=name.changed(_within)).changed(sentence), names=(name,))


def _within(name: str) -> str:
    """*name* within a sentence; with capitals beyond its first letter it keeps them all."""
    return uncapitalised(name) if name[1:] == name[1:].lower() else name


def _fitting(parts: list[Part]) -> tuple[Part, ...]:
    """Those of *parts* that can be said in time, earlier ones first."""
    left, kept = LONGEST, []
    for part in parts:
        if (seconds := _seconds(part.text)) <= left:
            left -= seconds
            kept.append(part)
    return tuple(kept)


def _seconds(text: Text) -> float:
    """Seconds that *text* takes to say, in the language that takes longer."""
    return max(reckoned(text.said(lang)) for lang in LANGS)
