"""How long a bell rings on after its moment."""

from psoas_cli.practice.sequence import Bell
from psoas_cli.practice.timeline import STRIKE_GAP


def tail_of(bell: Bell | None) -> float:
    """Seconds from the first strike of *bell* until the last is silent; none without a bell.

    Raises:
        PsoasError: Where its sound cannot be played.
    """
    if bell is None:
        return 0.0
    from psoas_cli.sound.decode import load
    from psoas_cli.sound.samples import RATE

    return round((bell.strikes - 1) * STRIKE_GAP + len(load(bell.sound)) / RATE, 3)
