"""What a person wants of a practice: as given by options, and as a session needs it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.durations import clock_text, length_in_words
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.storage.choices import Audio

NONE = "none"
"""In place of poses: none, not even those of the settings."""


class Avoided(NamedTuple):
    """The poses that options ask to leave out.

    Args:
        names: What the person calls them.
        only: Whether just these, instead of also those in the settings.
    """

    names: tuple[str, ...] = ()
    only: bool = False

    @property
    def written(self) -> str:
        """As one value of the option; empty if nothing was asked."""
        return ",".join(([NONE] if self.only else []) + list(self.names))


def avoided(values: Iterable[str]) -> Avoided:
    """What the *values* of the option say: names with commas between them, and `none` for none of the settings."""
    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    poses = [name for name in dict.fromkeys(names) if name.lower() != NONE]
    return Avoided(tuple(poses), only=any(name.lower() == NONE for name in names))


NOTHING_AVOIDED = Avoided()


class Wishes(NamedTuple):
    """What the options ask for; None leaves the choice to the settings."""

    mute: bool = False
    sound: bool = False
    volume: int | None = None
    quiet: bool = False
    breath_sound: BreathSound | None = None
    plain: bool = False
    no_motion: bool = False
    speed: float = 1.0
    yes: bool = False
    audio: Audio | None = None
    voice: str | None = None
    no_journal: bool = False
    words: Verbosity | None = None
    voice_volume: int | None = None
    bed: str | None = None
    avoid: Avoided = NOTHING_AVOIDED


class Delivery(NamedTuple):
    """How a practice is delivered.

    Args:
        lang: The language.
        speed: Seconds of practice per second; above 1 there is no sound.
        numbers: Whether clocks and counts are shown.
        breath_sound: The sound of a breath that is silent in the file, if the person turns it on.
        aloud: Whether what is told may be read aloud, so that lengths are in words.
        care: The person's cautions: a softer form that adds one of them is not offered.
        any_key: Whether any key pauses and goes on.
    """

    lang: Lang = "en"
    speed: float = 1.0
    numbers: bool = True
    breath_sound: BreathSound = "air"
    aloud: bool = False
    care: tuple[str, ...] = ()
    any_key: bool = False

    @property
    def measure(self) -> Callable[[float], Text] | None:
        """What makes a text of a length in seconds; None if no lengths are shown."""
        return (length_in_words if self.aloud else _on_a_clock) if self.numbers else None


def _on_a_clock(seconds: float) -> Text:
    return Text(clock_text(seconds))
