"""Scenes: what a page that leads through a practice shows, all of it with its moments in the file of its sound."""

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.patterns import Phase
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import SpanKind, plan_name
from psoas_cli.practice.score.speech import Speech
from psoas_cli.practice.score.timeline import OFFERS, Cue, Span, Timeline
from psoas_cli.practice.score.view import View, view_at

_INSTANT = 1e-3  # seconds


class Caption(NamedTuple):
    """A text that is shown from *at* seconds after the start until its scene ends."""

    at: float
    text: str


class Scene(NamedTuple):
    """A span of the practice as a page shows it, [start, end) in seconds of the file.

    Args:
        start: When it begins.
        end: When the next one does.
        kind: What happens in it.
        stop: The number of the stop that one is in or moves to, from 1; 0 before the first.
        title: The name of the stay, or of the next one during a move.
        side: Its side, in the pose's own words; empty if it has none.
        turn: Which of two sides it is, in words; empty if it is not one of two.
        figure: The picture of that stay, for its side.
        way_in: How to come into it, if that was told before.
        captions: Its texts, from when they are said; from when they are due if nothing says them before it ends.
        breath: The phases of its breath, each with its start.
    """

    start: float
    end: float
    kind: SpanKind
    stop: int
    title: str
    side: str
    turn: str
    figure: Figure | None
    way_in: tuple[str, ...]
    captions: tuple[Caption, ...]
    breath: tuple[tuple[float, Phase], ...]


class Stop(NamedTuple):
    """A place that a page leads to: where moving to it begins, in seconds of the file, and its name as in the plan."""

    start: float
    name: str


def scenes_of(timeline: Timeline, speech: Speech, lang: Lang) -> list[Scene]:
    """The scenes of *timeline*, whose *speech* is heard, in *lang*."""
    return [_scene(timeline, speech, index, lang) for index in range(len(timeline.spans))]


def stops_of(timeline: Timeline, lang: Lang) -> list[Stop]:
    """The stops of *timeline*, each from where one hears the way there."""
    begins: dict[int, float] = {}
    for span in timeline.spans:
        begins.setdefault(view_at(timeline, span.start, lang).stop, span.start)
    return [Stop(begins[span.stop], plan_name(span.segment, lang)) for span in timeline.spans if span.stop]


def _scene(timeline: Timeline, speech: Speech, index: int, lang: Lang) -> Scene:
    span = timeline.spans[index]
    view = view_at(timeline, span.start, lang)
    return Scene(
        span.start,
        span.end,
        view.kind,
        view.stop,
        view.title,
        view.side,
        view.turn,
        view.figure,
        _way_in(span, view),
        tuple(sorted(_captions_of(timeline, speech, index, lang), key=attrgetter("at"))),
        _breath(span),
    )


def _way_in(span: Span, view: View) -> tuple[str, ...]:
    return () if span.segment.told else view.lines


def _cues(timeline: Timeline, index: int) -> Iterator[Cue]:
    """The texts of span number *index*; of a scan without the names of its regions, which are its titles."""
    offers = () if timeline.spans[index].segment.kind == "scan" else OFFERS
    return (cue for cue in timeline.cues if cue.span == index and cue.role in ("told", *offers))


def _captions_of(timeline: Timeline, speech: Speech, index: int, lang: Lang) -> Iterator[Caption]:
    return (caption for cue in _cues(timeline, index) for caption in _captions(cue, timeline, speech, lang))


def _captions(cue: Cue, timeline: Timeline, speech: Speech, lang: Lang) -> Iterator[Caption]:
    """What is shown of *cue*, part by part, each from when it is said."""
    later = (each.at for each in timeline.cues if not each.bell and each.at > cue.at + _INSTANT)
    limit = next(later, timeline.duration)
    said = {each.words.text: each.at for each in reversed(speech.utterances_in(cue.at, limit))}
    whole = " ".join(cue.spoken(lang))  # a recording is one utterance
    at = said.get(whole, cue.at)
    end = timeline.spans[cue.span].end
    for text in cue.shown(lang):
        at = max(at, said.get(text, at))
        if text:
            yield Caption(at if at < end else cue.at, text)


def _breath(span: Span) -> tuple[tuple[float, Phase], ...]:
    if span.course is None:
        return ()
    return tuple((span.start + at, phase) for at, phase in span.course.phases_in(0.0, span.length))
