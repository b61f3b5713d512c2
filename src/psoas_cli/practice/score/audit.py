"""An audit of a practice by ear: whether there is time to do what is told, and enough silence."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.passage import Part, Passage, reckoned
from psoas_cli.practice.score.speech import Speech, Utterance, Words, speech_of
from psoas_cli.practice.score.timeline import Span, Timeline

RATE = 115.0
"""Words a minute of a calm voice, at which the audit estimates speech."""

LEAST_GAP = 5.0
"""Least seconds between the last word of a move and the next stay; half of its `into` if that is more."""

_AFTER_A_PLACE = 3.0
"""Least seconds of silence after the name of a region in a scan."""

_SILENCES = ((300.0, 200.0), (240.0, 150.0), (180.0, 90.0), (120.0, 60.0))
"""Pairs of seconds: a hold of at least the first needs a silence of at least the second."""

_HALF_SILENT = 180.0  # seconds; in longer holds what the file says must leave a silence of half their length

_INSTANT = 1e-3  # seconds
_HELD = ("hold", "rebound", "rest")

Kind = Literal["hurried", "rushed", "unsaid", "talked over", "untold", "told twice", "restless", "noisy", "unannounced"]


class AuditFinding(NamedTuple):
    """A fault that can be heard.

    Args:
        kind: What is wrong: too little time after the last word before a stay (`hurried`) or after a region of a scan
            (`rushed`); a text that there is no time to say (`unsaid`); words in the rest between two sides (`talked
            over`); a way in that is never told (`untold`) or more than once (`told twice`); a hold without enough
            silence (`restless`), or in which what the file says leaves no silence of half its length (`noisy`); a move
            that no bell begins (`unannounced`).
        span: The number of its span.
        seconds: The seconds found; for `unsaid`, those missing; for a way in, how often it is told.
        least: The least that there should be.
    """

    kind: Kind
    span: int
    seconds: float = 0.0
    least: float = 0.0


def audit(timeline: Timeline, lang: Lang, rate: float = RATE, speech: Speech | None = None) -> list[AuditFinding]:
    """All faults heard in *timeline* when it is spoken in *lang*: as in *speech*, else at *rate* words a minute."""
    speech = speech or speech_of(timeline, lang, lambda words: _reckoned(words, rate))
    return [
        *hurried(timeline, speech),
        *_rushed(timeline, speech),
        *_unsaid(timeline, speech),
        *_talked_over(timeline, speech),
        *_ways_in(timeline),
        *_restless(timeline, speech),
        *_noisy(timeline, lang, rate),
        *_unannounced(timeline),
    ]


def hurried(timeline: Timeline, speech: Speech) -> Iterator[AuditFinding]:
    """Stays that begin too soon after the last word before them, except right after a region of a scan."""
    for i, span in enumerate(timeline.spans):
        if span.segment.moving:
            continue
        run = _run_before(timeline, i)
        before = run or timeline.spans[max(0, i - 1) : i]
        if not before or before[0].segment.kind == "scan":
            continue
        told = speech.utterances_in(before[0].start, span.start)
        if not told:
            continue
        gap = span.start - max(each.at + each.seconds for each in told)
        least = max(LEAST_GAP, span.segment.into / 2) if run else LEAST_GAP
        if gap < least - 1e-6:
            yield AuditFinding("hurried", i, gap, least)


def time_left(timeline: Timeline, speech: Speech) -> Iterator[tuple[Utterance, float]]:
    """What is spoken on the way to each stay, with the seconds by which it could take longer without haste.

    They are negative where there is too little time already.
    """
    for i, span in enumerate(timeline.spans):
        run = () if span.segment.moving else _run_before(timeline, i)
        if run and (told := speech.utterances_in(run[0].start, span.start)):
            gap = span.start - told[-1].at - told[-1].seconds
            yield from ((each, gap - max(LEAST_GAP, span.segment.into / 2)) for each in told)


def _rushed(timeline: Timeline, speech: Speech) -> Iterator[AuditFinding]:
    for i, span in enumerate(timeline.spans):
        if span.segment.kind == "scan" and (said := speech.utterances_in(span.start, span.end)):
            gap = span.end - said[-1].at - said[-1].seconds
            if gap < _AFTER_A_PLACE:
                yield AuditFinding("rushed", i, gap, _AFTER_A_PLACE)


def longest_silence(span: Span, utterances: Iterable[Utterance]) -> float:
    """The longest stretch of *span* without any of *utterances*, which are in order, in seconds."""
    said = [(each.at, each.at + each.seconds) for each in utterances if each.at < span.end]
    edges = [(span.start, span.start), *((at, end) for at, end in said if end > span.start), (span.end, span.end)]
    return max(max(0.0, later[0] - earlier[1]) for earlier, later in pairwise(edges))


def _silence(span: Span, speech: Speech) -> float:
    """The longest stretch of *span* without *speech*, in seconds."""
    return longest_silence(span, speech.heard_in(span.start, span.end))


def _reckoned(words: Words, rate: float) -> float | None:
    return None if words.audio else reckoned(words.text, rate)


def _run_before(timeline: Timeline, i: int) -> tuple[Span, ...]:
    """The moves right before span *i*, in order."""
    first = i
    while first > 0 and timeline.spans[first - 1].segment.moving:
        first -= 1
    return timeline.spans[first:i]


def _unsaid(timeline: Timeline, speech: Speech) -> Iterator[AuditFinding]:
    for each in speech.unsaid:
        yield AuditFinding("unsaid", timeline.index_at(each.at), each.over)


def _talked_over(timeline: Timeline, speech: Speech) -> Iterator[AuditFinding]:
    for i, span in enumerate(timeline.spans):
        if span.segment.kind == "between" and (longest := _silence(span, speech)) < span.length - 1e-6:
            yield AuditFinding("talked over", i, longest, span.length)


def _ways_in(timeline: Timeline) -> Iterator[AuditFinding]:
    """Ways in that are not told right before their stay or as it begins, or that are told more than once."""
    for i, span in enumerate(timeline.spans):
        segment = span.segment
        way_in = segment.second if segment.turn == 2 and segment.second else segment.way_in
        if segment.moving or not way_in or _goes_back(timeline, i):
            continue
        told = [part for each in _told_of(timeline, i) for part in each.parts if part == Part(way_in, segment.side)]
        if len(told) != 1:
            yield AuditFinding("told twice" if told else "untold", i, len(told), 1)


def _goes_back(timeline: Timeline, i: int) -> bool:
    """Whether one comes back into the pose that one was in, and the file itself says how."""
    run, segment = _run_before(timeline, i), timeline.spans[i].segment
    before = timeline.spans[i - len(run) - 1].segment if i > len(run) else None
    same = (
        before is not None and segment.pose is not None and (before.pose, before.side) == (segment.pose, segment.side)
    )
    return same and any(span.segment.text for span in run)


def _told_of(timeline: Timeline, i: int) -> list[Passage]:
    spans = [*_run_before(timeline, i), timeline.spans[i]]
    numbers = range(i - len(spans) + 1, i + 1)
    near = timeline.cues_in(spans[0].start, spans[-1].start + _INSTANT)
    return [cue.told for cue in near if cue.role == "told" and cue.span in numbers]


def _restless(timeline: Timeline, speech: Speech) -> Iterator[AuditFinding]:
    for i, span in enumerate(timeline.spans):
        least = next((silence for length, silence in _SILENCES if span.length >= length), 0.0)
        if span.segment.kind in _HELD and (longest := _silence(span, speech)) < least:
            yield AuditFinding("restless", i, longest, least)


def _noisy(timeline: Timeline, lang: Lang, rate: float) -> Iterator[AuditFinding]:
    """Long holds in which what the file says leaves no silence of half their length."""
    for i, span in enumerate(timeline.spans):
        if span.segment.kind not in _HELD or span.length < _HALF_SILENT:
            continue
        cues = [cue for cue in timeline.cues_in(span.start, span.end) if cue.role == "say" and cue.span == i]
        said = [(cue.at, " ".join(cue.spoken(lang))) for cue in cues]
        longest = longest_silence(span, [Utterance(at, Words(text), reckoned(text, rate)) for at, text in said])
        if longest < span.length / 2:
            yield AuditFinding("noisy", i, longest, span.length / 2)


def _unannounced(timeline: Timeline) -> Iterator[AuditFinding]:
    rung = {round(cue.at, 3) for cue in timeline.cues if cue.bell}
    for i, (before, span) in enumerate(pairwise(timeline.spans), start=1):
        if span.segment.moving and not before.segment.moving and round(span.start, 3) not in rung:
            yield AuditFinding("unannounced", i)
