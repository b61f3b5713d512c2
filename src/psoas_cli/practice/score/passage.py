"""What is told at one instant of a practice: texts in parts, and how long they take to speak."""

from typing import NamedTuple

from psoas_cli.practice.model.text import LANGS, Lang, Side, Text

CALM = 110.0
"""Words a minute at which time to move is estimated: slower than any voice in use, so that none runs late."""

WITHIN = 0.3
"""Seconds of silence between the parts of one passage."""

APART = 0.8
"""Seconds of silence between two passages, as a teacher pauses for breath between sentences."""

AFTER_BELL = 1.2
"""Seconds that words wait after a bell, so that its stroke is heard first."""

AFTER_WOOD = 2.0
"""Seconds that words wait after the wood block, which knocks twice."""

AFTER_REST = 4.0
"""Seconds that words wait after the final rest, so that nobody is startled out of it."""

AT_ONCE = 1.0
"""Seconds at the start of a practice in which nothing is said."""

AT_THE_MAT = 6.0
"""The same for a lead-in that lasts as long as it takes: time to get from the keyboard to the mat."""


class Part(NamedTuple):
    """A text for a side, or for none.

    Args:
        text: The text.
        side: The side.
        heading: Whether it is a name or a side, which the screen shows anyway.
        names: The names within it, which may not be translated.
    """

    text: Text
    side: Side | None = None
    heading: bool = False
    names: tuple[Text, ...] = ()

    def said(self, lang: Lang) -> str:
        """The text in *lang*, for its side."""
        return self.text.said(lang, self.side)

    def is_foreign(self, lang: Lang) -> bool:
        """Whether it is in another language than *lang*, at least in part."""
        return not all(each.has(lang) for each in (self.text, *self.names) if each)


class Passage(NamedTuple):
    """What is told about one stay or move, in order; *coming* if it is about a stay that has yet to begin."""

    parts: tuple[Part, ...]
    coming: bool = False

    def shown(self, lang: Lang) -> tuple[str, ...]:
        """What the screen shows of it: everything but its headings."""
        return tuple(part.said(lang) for part in self.parts if not part.heading)

    def spoken(self, lang: Lang) -> tuple[str, ...]:
        """What the voice says of it, part by part."""
        return tuple(part.said(lang) for part in self.parts)


def reckoned(said: str, rate: float = CALM) -> float:
    """Estimate how many seconds *said* takes to speak at *rate* words a minute."""
    return len(said.split()) * 60 / rate


def calmly(told: tuple[Passage, ...]) -> float:
    """Seconds needed to say all of *told* calmly, in the language that takes longer."""
    parts = [part for each in told for part in each.parts]
    longest = max(sum(reckoned(part.said(lang)) for part in parts) for lang in LANGS)
    return longest + APART * max(0, len(parts) - 1)
