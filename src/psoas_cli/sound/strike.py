"""One strike of a bell, as samples."""

from array import array
from functools import lru_cache
from itertools import repeat
from operator import mul

from psoas_cli.practice.sequence import Bell
from psoas_cli.sound import decode
from psoas_cli.sound.samples import Samples


def strike_of(bell: Bell) -> Samples:
    """One strike of *bell*, as loud as it is struck; kept, as a practice rings few bells often.

    Raises:
        PsoasError: Where its sound cannot be played.
    """
    return _softer(bell.sound, bell.softer) if bell.softer else decode.load(bell.sound)


@lru_cache(maxsize=8)
def _softer(sound: str, decibels: float) -> Samples:
    """*sound*, so many *decibels* below its usual loudness: a third of a second for a bell of 18, at most."""
    return array("h", map(int, map(mul, decode.load(sound), repeat(10 ** (-decibels / 20)))))
