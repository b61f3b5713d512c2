"""How a person wants to be led: as the options say, and as a session goes by it."""

from typing import NamedTuple

from psoas_cli.practice.model.patterns import BreathSound
from psoas_cli.practice.model.text import Lang
from psoas_cli.storage.choices import Audio


class Wishes(NamedTuple):
    """What the options ask for; None leaves it to the settings."""

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
    voice: bool | None = None
    no_journal: bool = False


class Delivery(NamedTuple):
    """How a practice is delivered.

    Args:
        lang: In which language.
        speed: How fast to rehearse; above 1 it is silent.
        numbers: Whether clocks and counts are shown.
        breath_sound: How a breath sounds that a person asked to hear.
    """

    lang: Lang = "en"
    speed: float = 1.0
    numbers: bool = True
    breath_sound: BreathSound = "air"
