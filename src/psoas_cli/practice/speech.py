"""What is spoken in a practice, and when: a pure function of the timeline and of how long each utterance takes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple, TypeAlias

from psoas_cli.practice.plan import Piece
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Cue, Span, Timeline
from psoas_cli.practice.view import name_of, turn_of

AFTER_BELL = 1.2
"""Seconds that words wait for where a bell rings at their moment: its stroke is heard first."""

APART = 0.8
"""Seconds of silence between two utterances, as a teacher breathes between sentences."""

FIRST = 1.0
"""Seconds from the start of a practice before which nothing is spoken: one lies down first."""

_INSTANT = 1e-3


class Words(NamedTuple):
    """Something to be spoken.

    Args:
        text: As it is said in the practice's language, for its side.
        audio: The recording that takes the voice's place.
    """

    text: str
    audio: str | None = None


class Utterance(NamedTuple):
    """Words as they are spoken: from *at*, in seconds from the start of the practice, for so many *seconds*."""

    at: float
    words: Words
    seconds: float


class Unsaid(NamedTuple):
    """Words that are only shown: from *at* on they would run into what comes next, by so many seconds *over*."""

    at: float
    words: Words
    over: float


class Speech(NamedTuple):
    """All that is spoken in a practice, in order, and what has no room to be."""

    utterances: tuple[Utterance, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()

    def utterances_in(self, start: float, end: float) -> tuple[Utterance, ...]:
        """The utterances with *start* <= at < *end*."""
        first, last = (bisect_left(self.utterances, edge, key=_at) for edge in (start, end))
        return self.utterances[first:last]


def _at(utterance: Utterance) -> float:
    return utterance.at


def speech_of(timeline: Timeline, lang: Lang, seconds_of: Callable[[Words], float | None]) -> Speech:
    """The speech of *timeline* in *lang*.

    What is to be said at one instant is said one after the other, and all of it before anything else is to be said.
    Where there is no time for the way into a pose there may be for its name.

    Args:
        timeline: The practice.
        lang: The language.
        seconds_of: How long words take to be spoken; None where nothing speaks them.
    """
    told = list(_told(timeline, lang))
    strokes = [cue.at for cue in timeline.cues if cue.bell]
    utterances: list[Utterance] = []
    unsaid: list[Unsaid] = []
    for number, (at, group) in enumerate(told):
        limit = told[number + 1][0] if number + 1 < len(told) else timeline.duration
        free = max(FIRST, at + AFTER_BELL if _near(strokes, at) else at)
        for forms in group:
            lengths = [(words, seconds) for words in forms if (seconds := seconds_of(words)) is not None]
            fitting = next((each for each in lengths if free + each[1] <= limit), None)
            if fitting:
                utterances.append(Utterance(free, *fitting))
                free += fitting[1] + APART
            elif lengths:
                words, seconds = lengths[0]
                unsaid.append(Unsaid(at, words, free + seconds - limit))
    return Speech(tuple(utterances), tuple(unsaid))


def words_of(timeline: Timeline, lang: Lang) -> tuple[Words, ...]:
    """All that may have to be spoken, each once: a hold made longer has more to notice, and ways in are told again."""
    found = [words for _, group in _told(timeline, lang) for forms in group for words in forms]
    for span in timeline.spans:
        found += [Words(text.said(lang, span.piece.side)) for text in span.piece.notice]
        found += [words for words in (way_in(span.piece, lang),) if words.text and not span.piece.moving]
    return tuple(dict.fromkeys(found))


def way_in(piece: Piece, lang: Lang) -> Words:
    """What tells a person the way into *piece*: its name, which side it is, and how to get there."""
    name, told = _announced(piece, lang), piece.way_in.text.said(lang, piece.side)
    return Words(" ".join(part for part in (name, told) if part))


def time_to_speak(timeline: Timeline, position: float) -> float:
    """Seconds of practice from *position* until the next thing is to be said there, or the practice is over."""
    ats = [cue.at for cue in timeline.cues if not cue.bell and cue.at >= position - _INSTANT]
    return min([*ats, timeline.duration]) - position


_Forms: TypeAlias = tuple[Words, ...]
"""One thing to be said, in the words that are best, and in fewer where there is no time for these."""


def _told(timeline: Timeline, lang: Lang) -> Iterator[tuple[float, list[_Forms]]]:
    """What is to be said at each instant at which something is, in the order of the practice."""
    said = [(cue.at, _forms(timeline, cue, lang)) for cue in timeline.cues if not cue.bell]
    said += [(span.start, (way_in(piece, lang),)) for span, piece in _nameless(timeline)]
    said.sort(key=lambda each: each[0])
    for at, group in groupby(said, key=lambda each: each[0]):
        if told := [forms for _, forms in group if forms]:
            yield at, told


def _forms(timeline: Timeline, cue: Cue, lang: Lang) -> _Forms:
    """What *cue* says; the way into something begins with its name."""
    subject = _subject(timeline, cue)
    if subject:
        name = _announced(subject, lang)
        return (way_in(subject, lang), Words(name)) if name else (way_in(subject, lang),)
    words = Words(cue.text.said(lang, cue.side), cue.audio)
    return (words,) if words.text or words.audio else ()


def _subject(timeline: Timeline, cue: Cue) -> Piece | None:
    """What *cue* tells the way into, if it does that."""
    if cue.role != "told":
        return None
    piece = timeline.spans[cue.span].piece
    told = piece.told[cue.number]
    if piece.moving and cue.span + 1 < len(timeline.spans):
        coming = timeline.spans[cue.span + 1].piece
        if told == coming.way_in:
            return coming
    return piece if told == piece.way_in else None


def _nameless(timeline: Timeline) -> Iterator[tuple[Span, Piece]]:
    """What comes without a text for its way in, and the span in which it is announced: the one in which one moves."""
    for before, span in zip((None, *timeline.spans), timeline.spans, strict=False):
        piece = span.piece
        if not piece.way_in.text and _is_named(piece):
            yield (before if before and before.piece.moving else span), piece


def _announced(piece: Piece, lang: Lang) -> str:
    """The name of *piece* and which side it is, as a sentence; nothing where its text is enough."""
    if not _is_named(piece):
        return ""
    name = piece.title.said(lang, piece.side) if piece.way_in.text else name_of(piece, lang)
    turn = turn_of(piece, lang)
    return f"{name}, {turn}." if turn else f"{name}."


def _is_named(piece: Piece) -> bool:
    """Whether the ear needs the name of *piece*: a pose, or what has no text; the regions of a scan name themselves."""
    if piece.kind in {"lead-in", "transition", "scan", "quiet"}:
        return False
    return bool(piece.pose) or (piece.kind != "between" and (piece.kind == "hold" or not piece.way_in.text))


def _near(strokes: list[float], at: float) -> bool:
    """Whether a bell rings just then, or so shortly before that it would still be spoken over."""
    number = bisect_right(strokes, at + _INSTANT)
    return number > 0 and strokes[number - 1] > at - _INSTANT
