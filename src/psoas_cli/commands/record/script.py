"""The script of a recording: the texts to be spoken, in the order in which a practice tells them."""

from collections.abc import Callable, Iterable, Iterator

from psoas_cli.audio.tts.pack import key_of
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import practice_for
from psoas_cli.player.narrator import built_in_practices, everything
from psoas_cli.practice.model.text import LANGUAGES, Lang
from psoas_cli.practice.score.audit import time_left
from psoas_cli.practice.score.passage import CALM, reckoned
from psoas_cli.practice.score.speech import Words, speech_of, words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence


class Script:
    """What is to be recorded.

    Args:
        words: What may be spoken; each text is recorded once, unless it has a recording of its own.
        timelines: The practices in which it is spoken.
        lang: The language.

    Attributes:
        texts: The texts, in order.
    """

    def __init__(self, words: Iterable[Words], timelines: Iterable[Timeline], lang: Lang) -> None:
        self.texts = tuple(_texts(words, lang))
        self._timelines = tuple(timelines)
        self._lang = lang

    def time_for(self, text: str, seconds_of: Callable[[str], float | None]) -> float | None:
        """How many seconds *text* may last in the moves in which it is told; None if it is told in none.

        Args:
            text: The text.
            seconds_of: How long another text lasts; None if that is not known, and it is taken to be told calmly.
        """
        found = [left for timeline in self._timelines for left in self._times(timeline, text, seconds_of)]
        return min(found, default=None)

    def _times(self, timeline: Timeline, text: str, seconds_of: Callable[[str], float | None]) -> Iterator[float]:
        own = reckoned(text, CALM)

        def lasts(words: Words) -> float:
            return (None if words.text == text else seconds_of(words.text)) or reckoned(words.text, CALM)

        if not any(text in cue.spoken(self._lang) for cue in timeline.cues):
            return
        speech = speech_of(timeline, self._lang, lasts)
        yield from (own + left for utterance, left in time_left(timeline, speech) if utterance.words.text == text)
        yield from (own - each.over for each in speech.unsaid if each.words.text == text)


def script_of(context: Context, name: str | None) -> Script:
    """What is spoken in the practice *name*, or everything that psoas says by itself.

    The practice is taken as it is adapted to the person, and as it is written: it may be for somebody else.

    Raises:
        PsoasError: There is no such practice, it has problems, or there is nothing to record.
    """
    lang = context.lang
    if name is None:
        return _everything(lang)
    timelines = [practice_for(context, name, None).timeline, compile_sequence(context.library.sequence(name))]
    script = Script([each for timeline in timelines for each in words_of(timeline, lang)], timelines, lang)
    if not script.texts:
        raise PsoasError(f"{name} says nothing in {LANGUAGES[lang].en} that could be recorded", "-l chooses a language")
    return script


def _everything(lang: Lang) -> Script:
    """All that psoas can say in its own words."""
    return Script(everything(lang), map(compile_sequence, built_in_practices(lang)), lang)


def _texts(words: Iterable[Words], lang: Lang) -> Iterator[str]:
    """Yield each text once, unless it is in another language, has a recording of its own, or nothing to pronounce."""
    told: set[str] = set()
    for each in words:
        key = key_of(lang, each.text)
        if key not in told and not (each.audio or each.foreign) and any(map(str.isalnum, each.text)):
            told.add(key)
            yield each.text
