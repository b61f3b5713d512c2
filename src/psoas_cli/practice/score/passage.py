"""What is told at an instant of a practice: texts in parts, and how long they take to be said."""

from typing import NamedTuple

from psoas_cli.practice.model.text import LANGS, Lang, Side, Text

CALM = 110.0
"""Words a minute at which time to move is reckoned: slower than any voice that is used, so that none is late."""

WITHIN = 0.3
"""Seconds of silence between the parts of what is told of one thing."""

APART = 0.8
"""Seconds of silence between two things that are told, as a teacher breathes between sentences."""

AFTER_BELL = 1.2
"""Seconds that words wait for where a bell rings at their moment: its stroke is heard first."""

AFTER_WOOD = 2.0
"""The same where it is wood, which knocks twice."""

AFTER_REST = 4.0
"""The same where the final rest is over: nobody is called out of it."""

AT_ONCE = 1.0
"""Seconds from the start of a practice before which nothing is told."""

AT_THE_MAT = 6.0
"""The same where the lead-in lasts as long as it takes: one comes from the keyboard to the mat first."""


class Part(NamedTuple):
    """A text as it is told for a side, or for none; a *heading* is a name or a side, which a screen shows anyway."""

    text: Text
    side: Side | None = None
    heading: bool = False

    def said(self, lang: Lang) -> str:
        """The text in *lang*, for its side."""
        return self.text.said(lang, self.side)


class Passage(NamedTuple):
    """What is told of one thing, in order; whether that is one that is still *coming*, or has begun."""

    parts: tuple[Part, ...]
    coming: bool = False

    def shown(self, lang: Lang) -> tuple[str, ...]:
        """What a screen shows of it beside its headings."""
        return tuple(part.said(lang) for part in self.parts if not part.heading)

    def spoken(self, lang: Lang) -> tuple[str, ...]:
        """What a voice says of it."""
        return tuple(part.said(lang) for part in self.parts)


def reckoned(said: str, rate: float = CALM) -> float:
    """About how many seconds *said* takes to be spoken at *rate* words a minute."""
    return len(said.split()) * 60 / rate


def calmly(told: tuple[Passage, ...]) -> float:
    """Seconds in which all of *told* is said calmly, in the language in which it takes longer."""
    parts = [part for each in told for part in each.parts]
    longest = max(sum(reckoned(part.said(lang)) for part in parts) for lang in LANGS)
    return longest + APART * max(0, len(parts) - 1)
