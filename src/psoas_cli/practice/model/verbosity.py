"""How much is said in a practice, from everything to nothing: the closed list, as options need it, without texts."""

from typing import Literal, get_args

Verbosity = Literal["full", "moves", "names", "none"]
"""`full`: everything. `moves`: names, sides, ways in and out, and that a hold is nearly over; holds are silent.
`names`: that it is time to move, names and sides. `none`: nothing."""

VERBOSITIES: tuple[Verbosity, ...] = get_args(Verbosity)


def less(verbosity: Verbosity) -> Verbosity:
    """The next one: less than *verbosity*, and everything again after nothing."""
    return VERBOSITIES[(VERBOSITIES.index(verbosity) + 1) % len(VERBOSITIES)]
