"""How a person wants to be led."""

from dataclasses import dataclass

from psoas_cli.practice.breathing import BreathSound
from psoas_cli.practice.text import Lang


@dataclass(frozen=True)
class Manner:
    """How a person wants it.

    Args:
        lang: Their language.
        speed: How fast to rehearse; above 1 it is silent.
        numbers: Whether clocks and counts are shown.
        breath_sound: How a breath is heard that a person asked to hear.
    """

    lang: Lang = "en"
    speed: float = 1.0
    numbers: bool = True
    breath_sound: BreathSound = "air"
