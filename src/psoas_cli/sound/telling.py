"""Telling: what is spoken of a practice, from clips that are ready before it begins."""

from collections.abc import Mapping
from types import MappingProxyType

from psoas_cli.practice.speech import Speech, Words, speech_of, way_in
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline
from psoas_cli.sound.samples import RATE, Samples

_SOON = 2.0  # seconds within which what is told anyway need not be told before


class Telling:
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

    def way_in_again(self, timeline: Timeline, position: float) -> "Samples | None":
        """What tells a person who comes to *position* (seconds) what they are in or move to.

        None where there is no clip of it, or where it is told there anyway.
        """
        ahead = timeline.spans[timeline.index_at(position) :]
        piece = next((span.piece for span in ahead if not span.piece.moving), None)
        if piece is None:
            return None
        words = way_in(piece, self._lang)
        coming = self.speech(timeline).utterances_in(position, position + _SOON)
        return None if any(each.words == words for each in coming) else self._clips.get(words)
