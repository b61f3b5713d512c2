"""Telling: what is spoken of a practice, from clips that are ready before it begins."""

from collections.abc import Mapping
from types import MappingProxyType

from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.passage import Passage
from psoas_cli.practice.score.speech import Speech, Words, speech_of, words_in
from psoas_cli.practice.score.timeline import Timeline


class Narration:
    """Tells what there are clips of.

    Args:
        lang: The language.
        clips: What can be heard, by its words.
    """

    def __init__(self, lang: Lang, clips: Mapping[Words, Samples] = MappingProxyType({})) -> None:
        self._lang = lang
        self._clips = clips
        self._timeline: Timeline | None = None
        self._speech = Speech()

    def speech(self, timeline: Timeline) -> Speech:
        """What is spoken on *timeline*, and when."""
        if self._clips and timeline is not self._timeline:
            self._timeline, self._speech = timeline, speech_of(timeline, self._lang, self.seconds)
        return self._speech

    def seconds(self, words: Words) -> float | None:
        """How long *words* take to be spoken; None where there is no clip of them."""
        clip = self._clips.get(words)
        return None if clip is None else len(clip) / RATE

    def clip(self, words: Words) -> Samples:
        """What is heard of *words*, which are among what `speech` gives."""
        return self._clips[words]

    def clips(self, told: Passage, *, headings: bool = False) -> list[Samples]:
        """What is heard of *told*, part by part, or of its *headings* alone: the name, and the side."""
        words = words_in(told, self._lang, headings=headings)
        return [clip for each in words if (clip := self._clips.get(each)) is not None]

    def whole(self, told: Passage) -> list[Samples]:
        """All that is *told*, part by part; nothing where there is no clip of one of its parts."""
        clips = [clip for said in told.spoken(self._lang) if (clip := self._clips.get(Words(said))) is not None]
        return clips if len(clips) == len(told.parts) else []
