"""Narration: what is spoken in a practice, from clips that are ready before it begins."""

from collections.abc import Mapping
from types import MappingProxyType

from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.passage import Passage
from psoas_cli.practice.score.speech import Speech, Words, speech_of, words_in
from psoas_cli.practice.score.timeline import Timeline


class Narration:
    """What is spoken in a practice, as far as there are clips.

    Args:
        lang: The language.
        clips: The clips, by their words.
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
        """How many seconds *words* take to speak; None if there is no clip of them."""
        clip = self._clips.get(words)
        return None if clip is None else len(clip) / RATE

    def clip(self, words: Words) -> Samples:
        """The clip of *words*, which must be among those that `speech` returns."""
        return self._clips[words]

    def clips(self, told: Passage, *, headings: bool = False) -> list[Samples]:
        """The clips of *told*, part by part, or of its *headings* alone: the name and the side."""
        words = words_in(told, self._lang, headings=headings)
        return [clip for each in words if (clip := self._clips.get(each)) is not None]

    def whole(self, told: Passage) -> list[Samples]:
        """The clips of everything in *told*, part by part; empty if one of its parts has no clip."""
        clips = [clip for said in told.spoken(self._lang) if (clip := self._clips.get(Words(said))) is not None]
        return clips if len(clips) == len(told.parts) else []
