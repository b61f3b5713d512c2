"""What is spoken in a practice, and when: a pure function of the timeline and of how long each utterance takes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

from psoas_cli.practice.model.patterns import PhaseKind
from psoas_cli.practice.model.text import Lang, Text, sentence
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.practice.score import passage
from psoas_cli.practice.score.notices import ENDINGS
from psoas_cli.practice.score.open_hold import OPEN, OPENABLE
from psoas_cli.practice.score.passage import Part, Passage
from psoas_cli.practice.score.segments import RETURN
from psoas_cli.practice.score.timeline import Cue, Timeline
from psoas_cli.practice.score.transitions import told_again

TIME_TO_MOVE = Text("Time to move.", "Tijd om te bewegen.")
COMING_BACK = RETURN.changed(sentence)

BREATH_WORDS: Mapping[PhaseKind, Text] = {
    "inhale": Text("In.", "In."),
    "exhale": Text("Out.", "Uit."),
    "retention": Text("Pause.", "Pauze."),
}
"""What is said as a phase of a breath begins."""

_INSTANT = 1e-3
_OF_A_HOLD = ("until-key", "ending")  # texts that say how long one stays, whatever else is not said


class Words(NamedTuple):
    """Words to be spoken.

    Args:
        text: What is said, in the language of the practice and for its side.
        audio: The recording that is played instead of the voice.
        foreign: Whether the text is in another language than the practice, as it has not been translated.
    """

    text: str
    audio: str | None = None
    foreign: bool = False


class Utterance(NamedTuple):
    """Words that are spoken for *seconds*, from *at* seconds after the start of the practice.

    Those of the breath are spoken by the way: *softer* than others by some dB, and only while nobody else speaks.
    """

    at: float
    words: Words
    seconds: float
    softer: float = 0.0
    by_the_way: bool = False


class Unsaid(NamedTuple):
    """Words that are only shown: spoken from *at*, they would run into what comes next by *over* seconds."""

    at: float
    words: Words
    over: float


class Speech(NamedTuple):
    """What is spoken in a practice, in order, and what there is no time to speak.

    Args:
        utterances: What is spoken.
        unsaid: What there is no time to speak.
        breath: What is said as a phase of a breath begins, with its length in seconds, as far as something speaks it.
        guided: With how many breaths, the first that are heard, it is said whatever their sound.
    """

    utterances: tuple[Utterance, ...] = ()
    unsaid: tuple[Unsaid, ...] = ()
    breath: Mapping[PhaseKind, tuple[Words, float]] = MappingProxyType({})
    guided: int = 0

    def utterances_in(self, start: float, end: float) -> tuple[Utterance, ...]:
        """The utterances with *start* <= at < *end*."""
        first, last = (bisect_left(self.utterances, edge, key=_at) for edge in (start, end))
        return self.utterances[first:last]

    def heard_in(self, start: float, end: float) -> tuple[Utterance, ...]:
        """The utterances of which anything is heard from *start* to *end*: none begins before the last one is over."""
        first, last = (bisect_left(self.utterances, edge, key=_at) for edge in (start, end))
        goes_on = first > 0 and self.utterances[first - 1].at + self.utterances[first - 1].seconds > start
        return self.utterances[first - goes_on : last]

    def is_silent(self, start: float, end: float) -> bool:
        """Whether nothing is spoken from *start* to *end*, in seconds from the start of the practice."""
        before = bisect_left(self.utterances, end, key=_at)
        return before == 0 or self.utterances[before - 1].at + self.utterances[before - 1].seconds <= start


def _at(utterance: Utterance) -> float:
    return utterance.at


def speech_of(
    timeline: Timeline,
    lang: Lang,
    seconds_of: Callable[[Words], float | None],
    verbosity: Verbosity = "full",
    guided: int = 0,
) -> Speech:
    """The speech of *timeline* in *lang*.

    Texts for the same instant are said one after the other, and all of them before the next instant with a text. If
    there is no time for everything told of a stop, its name and side alone are said if they fit.

    Args:
        timeline: The practice.
        lang: The language.
        seconds_of: How many seconds words take to speak; None if nothing speaks them.
        verbosity: How much is said.
        guided: With how many breaths, the first that are heard, their words are said.
    """
    cues = [cue for cue in timeline.cues if not cue.bell]
    said = [(cue, words) for cue in cues if (words := _said(cue, timeline, lang, verbosity))]
    groups = [(at, [*group]) for at, group in groupby(said, key=lambda each: each[0].at)]
    waits = _waits(timeline)
    utterances: list[Utterance] = []
    unsaid: list[Unsaid] = []
    for number, (at, group) in enumerate(groups):
        limit = groups[number + 1][0] if number + 1 < len(groups) else timeline.duration
        free = max(_first(timeline), at + _wait(waits, at))
        for cue, everything in group:
            told = _lengths(everything, seconds_of)
            if told and (over := free + _lasting(told) - limit) > 0:
                unsaid.append(Unsaid(at, told[-1][0], over))
                told = _lengths(_words(cue, lang, headings=True), seconds_of)
            if told and free + _lasting(told) <= limit:
                for each, seconds in told:
                    utterances.append(Utterance(free, each, seconds))
                    free += seconds + passage.WITHIN
                free += passage.APART - passage.WITHIN
    breath = {
        kind: told[0] for kind, text in BREATH_WORDS.items() if (told := _lengths([_in(lang, Part(text))], seconds_of))
    }
    return Speech(tuple(utterances), tuple(unsaid), breath, guided)


def words_of(timeline: Timeline, lang: Lang) -> tuple[Words, ...]:
    """Everything that may have to be spoken, each text once.

    A hold made longer has more to notice, any may be opened, ways in may be told again, and a person may ask where they
    are, or for what is softer.
    """
    from psoas_cli.practice.score.softer_form import AS_BEFORE, NEARLY_OVER, NO_SOFTER_FORM, forms_of

    found = [words for form in forms_of(timeline) for words in _words_of(form, lang)]
    answers = [_in(lang, Part(text)) for text in (AS_BEFORE, NO_SOFTER_FORM, NEARLY_OVER)]
    return tuple(dict.fromkeys((*found, *answers, *said_anywhere(lang))))


def _words_of(timeline: Timeline, lang: Lang) -> list[Words]:
    """What may have to be spoken of *timeline* as it is."""
    from psoas_cli.practice.score.whereabouts import whereabouts_in

    found = [words for cue in timeline.cues for words in _words(cue, lang)]
    for span in timeline.spans:
        segment = span.segment
        found += [_in(lang, Part(text, segment.side)) for text in (segment.from_here, segment.second) if text]
        found += [_in(lang, Part(text, segment.side)) for text in segment.notice]
        found += [_in(lang, Part(line)) for line in ENDINGS if segment.kind == "hold"]
        found += [_in(lang, Part(OPEN))] if segment.kind in OPENABLE else []
        if not segment.moving:
            found += [
                *words_in(told_again(segment), lang),
                *words_in(Passage((Part(segment.way_out, segment.side),)), lang),
            ]
    return [*found, *(_in(lang, part) for part in whereabouts_in(timeline))]


def said_anywhere(lang: Lang) -> tuple[Words, ...]:
    """What may be said in any practice, besides what it tells itself."""
    return tuple(_in(lang, Part(text)) for text in (TIME_TO_MOVE, COMING_BACK, *BREATH_WORDS.values()))


def told_in(timeline: Timeline, lang: Lang) -> tuple[Words, ...]:
    """Everything that is told in a practice if nothing keeps a person from it, each text once."""
    return tuple(dict.fromkeys(words for cue in timeline.cues for words in _words(cue, lang)))


def time_to_speak(timeline: Timeline, position: float) -> float:
    """Seconds of practice from *position* to the next text after it, or to the end."""
    ats = [cue.at for cue in timeline.cues if not cue.bell and cue.at > position + _INSTANT]
    return min([*ats, timeline.duration]) - position


def _said(cue: Cue, timeline: Timeline, lang: Lang, verbosity: Verbosity) -> list[Words]:
    """What is said of *cue* with as many words as *verbosity* allows."""
    segment = timeline.spans[cue.span].segment
    if verbosity == "full":
        return _words(cue, lang)
    if verbosity == "none":
        return []
    if cue.role != "told":  # the places of a scan are its names
        is_name = cue.role == "say" and segment.kind == "scan"
        return _words(cue, lang) if is_name or (cue.role in _OF_A_HOLD and verbosity == "moves") else []
    if verbosity == "moves":
        return _words(cue, lang)
    leads = TIME_TO_MOVE if timeline.stay_at(cue.at) else COMING_BACK
    begins = segment.moving and segment.kind != "lead-in" and cue.number == 0
    return [*([_in(lang, Part(leads))] if begins else []), *_words(cue, lang, headings=True)]


def _words(cue: Cue, lang: Lang, *, headings: bool = False) -> list[Words]:
    """What *cue* says, part by part, or only its *headings*; a recording is one part."""
    if cue.audio:
        return [Words(" ".join(cue.spoken(lang)), cue.audio)]
    return words_in(cue.told, lang, headings=headings)


def words_in(told: Passage, lang: Lang, *, headings: bool = False) -> list[Words]:
    """The words of *told*, part by part, or only of its *headings*: the name and the side."""
    parts = (part for part in told.parts if part.heading or not headings)
    return [_in(lang, part) for part in parts if part.said(lang)]


def _in(lang: Lang, part: Part) -> Words:
    """*part* in *lang*, or in the other language if there is no other text."""
    return Words(part.said(lang), foreign=part.is_foreign(lang))


def _lengths(words: list[Words], seconds_of: Callable[[Words], float | None]) -> list[tuple[Words, float]]:
    """Those of *words* that something speaks, each with the seconds that it takes."""
    return [(each, seconds) for each in words if (seconds := seconds_of(each)) is not None]


def _lasting(told: list[tuple[Words, float]]) -> float:
    """Seconds that *told* takes, one part after the other."""
    return sum(seconds for _, seconds in told) + passage.WITHIN * max(0, len(told) - 1)


def _first(timeline: Timeline) -> float:
    """When the first words may be spoken, in seconds from the start."""
    opening = timeline.spans[0].segment
    return passage.AT_THE_MAT if opening.kind == "lead-in" and opening.auto else passage.AT_ONCE


def _waits(timeline: Timeline) -> list[tuple[float, float]]:
    """The instants of the bells in order, each with the seconds that words wait after it."""
    return [(cue.at, _wait_after(cue)) for cue in timeline.cues if cue.bell]


def _wait_after(cue: Cue) -> float:
    if cue.role == "rise":
        return passage.AFTER_REST
    return passage.AFTER_WOOD if cue.bell and cue.bell.sound == "wood-block" else passage.AFTER_BELL


def _wait(waits: list[tuple[float, float]], at: float) -> float:
    """Seconds that words due *at* an instant wait: for a bell that rings just then."""
    number = bisect_right(waits, at + _INSTANT, key=itemgetter(0)) - 1
    return waits[number][1] if number >= 0 and waits[number][0] > at - _INSTANT else 0.0
