"""The one plain message that a session has to show, for as long as it is worth reading."""

from collections.abc import Callable
from math import inf

from psoas_cli.practice.model.text import Lang, Text

_SECONDS = 4.0
SERIOUS = 15.0
"""Seconds that a message stays that should not be missed."""


class Message:
    """What was said last, until its time is over.

    Args:
        clock: Monotonic seconds.
        lang: The language.
        note: What is said to begin with, or nothing.
    """

    def __init__(self, clock: Callable[[], float], lang: Lang, note: str) -> None:
        self._clock = clock
        self._lang = lang
        self._said = ""
        self._until = 0.0
        self.repeat(note)

    def say(self, text: Text, seconds: float = _SECONDS) -> None:
        """Show *text* for a while."""
        self.repeat(text.said(self._lang), seconds)

    def repeat(self, said: str, seconds: float = _SECONDS) -> None:
        """Show what is *said* in the person's language already."""
        self._said, self._until = said, self._clock() + seconds

    def clear(self) -> None:
        """Show nothing."""
        self._said = ""

    @property
    def ends(self) -> float:
        """The clock's time at which it is over; never is infinite."""
        return self._until if self._said and self._clock() < self._until else inf

    @property
    def now(self) -> str:
        """What there is to show."""
        return self._said if self._clock() < self._until else ""
