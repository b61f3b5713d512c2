"""What a person wants of a practice: as given by options, and as a session needs it."""

from typing import NamedTuple

from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.storage.choices import Audio


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


class Delivery(NamedTuple):
    """How a practice is delivered.

    Args:
        lang: The language.
        speed: Seconds of practice per second; above 1 there is no sound.
        numbers: Whether clocks and counts are shown.
        breath_sound: The sound of a breath that is silent in the file, if the person turns it on.
    """

    lang: Lang = "en"
    speed: float = 1.0
    numbers: bool = True
    breath_sound: BreathSound = "air"
