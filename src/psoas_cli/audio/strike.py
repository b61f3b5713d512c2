"""The strikes of a bell as samples, and how long they ring."""

from functools import lru_cache

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE, Samples, louder
from psoas_cli.practice.model.sequence import STRIKE_GAP, Bell


def strike_of(bell: Bell) -> Samples:
    """One strike of *bell*, as loud as it is struck; cached, as a practice rings few bells often.

    Raises:
        PsoasError: The sound of the bell cannot be played.
    """
    return _softer(bell.sound, bell.softer) if bell.softer else decode.load(bell.sound)


def tail_of(bell: Bell | None) -> float:
    """Seconds from the first strike of *bell* until the last has died away; 0 without a bell.

    Raises:
        PsoasError: The sound of the bell cannot be played.
    """
    if bell is None:
        return 0.0
    return round((bell.strikes - 1) * STRIKE_GAP + len(decode.load(bell.sound)) / RATE, 3)


@lru_cache(maxsize=8)
def _softer(sound: str, decibels: float) -> Samples:
    """*sound*, softer by *decibels*: takes a third of a second at most, for a bell of 18 s."""
    return louder(decode.load(sound), -decibels)
