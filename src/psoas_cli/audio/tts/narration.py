"""Narration: what is spoken in a practice, from clips that are ready before it begins."""

from collections.abc import Mapping
from types import MappingProxyType

from psoas_cli.audio.clip import Clip
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.model.verbosity import Verbosity, less
from psoas_cli.practice.score.passage import Passage
from psoas_cli.practice.score.speech import Speech, Words, speech_of, words_in
from psoas_cli.practice.score.timeline import Timeline


class Narration:
    """What is spoken in a practice, as far as there are clips.

    Args:
        lang: The language.
        clips: The clips, by their words.
        verbosity: How much is said.
        guided: With how many breaths, the first that are heard, their words are said.

    Attributes:
        verbosity: How much is said; a person may change it on the way.
    """

    def __init__(
        self,
        lang: Lang,
        clips: Mapping[Words, Clip] = MappingProxyType({}),
        *,
        verbosity: Verbosity = "full",
        guided: int = 0,
    ) -> None:
        self.verbosity = verbosity
        self._lang = lang
        self._clips = clips
        self._guided = guided
        self._spoken: tuple[Timeline | None, Verbosity] = (None, verbosity)  # what `_speech` was made from
        self._speech = Speech()

    def __bool__(self) -> bool:
        """Whether anything can be spoken."""
        return bool(self._clips)

    def say_less(self) -> Verbosity:
        """Have less said, or everything again after nothing; return how much."""
        self.verbosity = less(self.verbosity)
        return self.verbosity

    def speech(self, timeline: Timeline) -> Speech:
        """What is spoken on *timeline*, and when."""
        before, how_much = self._spoken
        if self._clips and (before is not timeline or how_much != self.verbosity):
            self._spoken = (timeline, self.verbosity)
            self._speech = speech_of(timeline, self._lang, self.seconds, self.verbosity, self._guided)
        return self._speech

    def seconds(self, words: Words) -> float | None:
        """How many seconds *words* take to speak; None if there is no clip of them."""
        clip = self._clips.get(words)
        return None if clip is None else clip.seconds

    def clip(self, words: Words) -> Clip:
        """The clip of *words*, which must be among those that another method returns."""
        return self._clips[words]

    def spoken(self, told: Passage, *, headings: bool = False) -> list[Words]:
        """What can be spoken of *told*, part by part, or of its *headings* alone: the name and the side."""
        return [each for each in words_in(told, self._lang, headings=headings) if each in self._clips]

    def whole(self, told: Passage) -> list[Words]:
        """All of *told*, part by part; empty if a part of it cannot be spoken."""
        words = words_in(told, self._lang)
        return words if all(each in self._clips for each in words) else []
