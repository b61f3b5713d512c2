"""What a screen shows: the view of the practice, and the state of the session."""

from collections.abc import Callable
from math import inf
from typing import Literal

from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.view import View

SPACE_KEY = Text("space", "spatie")
GO_ON = Text("resume", "verder")
PAUSED = Text("Paused", "Gepauzeerd")
RETURNING = Text("Resuming in {seconds}", "We gaan verder over {seconds}")
STARTING = Text("Starts in {seconds}", "Begint over {seconds}")
ENDING = Text("Ending", "Afronden")
ENDS_AT = Text("ends {time}", "klaar om {time}")
MUTED = Text("Sound muted", "Geluid gedempt")
Mode = Literal["playing", "paused", "returning", "grounding", "ending", "closing"]
Pacing = Literal["heard", "seen", "off"]
_SECONDS = 4.0
PARTS = " · "
"""Between the parts of a line of hints, or of a message."""

SERIOUS = 15.0
"""Seconds that an important message stays."""


TURNS = {"right": 1, "down": 1, "n": 1, "pagedown": 1, "left": -1, "up": -1, "p": -1, "pageup": -1}
"""The keys that turn to another card of a pose, or to another step of grounding, and by how many."""


@record(frozen=True)
class PoseCard:
    """A pose to look at while the practice is paused: its texts, in one language."""

    title: str
    side: str
    way_in: str
    notice: tuple[str, ...]
    way_out: str
    options: tuple[tuple[Text, str], ...]
    props: tuple[str, ...]
    number: int
    count: int
    figure: Figure | None = None


@record(frozen=True)
class Ground:
    """A step of grounding: in a few words, in a sentence, and the keys to leave it with, each with its meaning."""

    large: str
    said: str
    keys: tuple[str, ...]


@record(frozen=True)
class Where:
    """The answer to "where am I?".

    Args:
        large: The name, the side if there is one, and anything as short; each on its own line.
        said: The text below that: a way in.
        sentences: All of it, as it is spoken.
        asked: How often it has been asked so far.
    """

    large: tuple[str, ...]
    said: tuple[str, ...]
    sentences: tuple[str, ...]
    asked: int


@record(frozen=True)
class Status:
    """One instant of a session, in words and figures.

    Args:
        lang: The language.
        title: The name of the practice.
        mode: Whether it plays, and if not, why.
        view: What the practice shows at this instant.
        ends_at: The time of day at which it ends if it is not paused, such as `21:45`.
        count_in: Seconds until it resumes, or in which an end can be taken back.
        message: A short message, or empty.
        messages: How many there were so far, and keys that meant nothing.
        elsewhere: Whether that is time to move to another place than the person was in.
        again: What is told again of the place the person comes back to, while returning.
        muted: Whether sound is muted.
        deaf: Whether there is no sound device.
        pacing: Whether the breath is heard and seen, seen, or neither.
        practised: How long was practised, in words; only when it is over.
        help: Whether the list of keys is shown.
        card: The pose being looked at, if any.
        ground: The step of grounding, while the mode is grounding.
        where: The answer to "where am I?", for a while after it was asked.
        numbers: Whether clocks and counts are shown.
        idle: The keys that have nothing to do now, and are not offered.
        any_key: Whether any key pauses and goes on.
    """

    lang: Lang
    title: str
    mode: Mode
    view: View
    ends_at: str
    count_in: float = 0.0
    message: str = ""
    messages: int = 0
    elsewhere: bool = False
    again: tuple[str, ...] = ()
    muted: bool = False
    deaf: bool = False
    pacing: Pacing = "seen"
    practised: str = ""
    help: bool = False
    card: PoseCard | None = None
    ground: Ground | None = None
    where: Where | None = None
    numbers: bool = True
    idle: frozenset[str] = frozenset()
    any_key: bool = False


class Message:
    """The latest message, until its time is up.

    Args:
        clock: Returns monotonic time in seconds.
        lang: The language.
        note: The first message; empty for none.

    Attributes:
        count: How many messages there were so far, and keys that meant nothing.
    """

    def __init__(self, clock: Callable[[], float], lang: Lang, note: str) -> None:
        self._clock = clock
        self._lang = lang
        self._said = ""
        self._until = 0.0
        self._passes = True  # whether it is no matter if it is missed
        self._away_until = 0.0  # the clock time at which it comes back
        self.count = 0
        self.repeat(note)

    def say(self, *texts: Text, seconds: float = _SECONDS) -> None:
        """Show *texts* for *seconds*, the most important first: where there is no room, the last falls out whole."""
        self.repeat(PARTS.join(text.said(self._lang) for text in texts), seconds)

    def repeat(self, said: str, seconds: float = _SECONDS) -> None:
        """Show *said*, which is already in the person's language, for *seconds*."""
        self._said, self._until, self._passes = said, self._clock() + seconds, seconds <= _SECONDS
        self._away_until = 0.0
        self.count += bool(said)

    def give_way(self) -> None:
        """Show the keys for a moment in its place, if there is a message."""
        self._away_until = self._clock() + _SECONDS
        self.count += 1

    def clear(self, *, serious: bool = True) -> None:
        """Remove the message; not if it is shown for long enough not to be missed, unless *serious* is set."""
        if serious or self._passes:
            self._said = ""

    @property
    def ends(self) -> float:
        """The clock time at which the message expires or comes back, in seconds; infinite if there is none."""
        now = self._clock()
        if not self._said or now >= self._until:
            return inf
        return min(self._until, self._away_until) if now < self._away_until else self._until

    @property
    def now(self) -> str:
        """The message to show; empty if there is none."""
        return self._said if self._away_until <= self._clock() < self._until else ""
