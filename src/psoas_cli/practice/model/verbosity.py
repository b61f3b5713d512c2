"""How much is said in a practice, from everything to nothing."""

from collections.abc import Mapping
from typing import Literal, get_args

from psoas_cli.practice.model.text import Text

Verbosity = Literal["full", "moves", "names", "none"]
"""`full`: everything. `moves`: names, sides, ways in and out, and that a hold is nearly over; holds are silent.
`names`: that it is time to move, names and sides. `none`: nothing."""

VERBOSITIES: tuple[Verbosity, ...] = get_args(Verbosity)

ANNOUNCED: Mapping[Verbosity, Text] = {
    "full": Text("Full guidance.", "Volledige begeleiding."),
    "moves": Text("Moves only.", "Alleen de bewegingen."),
    "names": Text("Names only.", "Alleen de namen."),
    "none": Text("No more words.", "Geen woorden meer."),
}
"""What is said when a person chooses it."""


IN_SHORT: Mapping[Verbosity, Text] = {
    "full": Text("everything", "alles"),
    "moves": Text("moves only", "alleen de bewegingen"),
    "names": Text("names only", "alleen de namen"),
    "none": Text("no words", "zonder woorden"),
}
"""How much is said, in short."""


def less(verbosity: Verbosity) -> Verbosity:
    """The next one: less than *verbosity*, and everything again after nothing."""
    return VERBOSITIES[(VERBOSITIES.index(verbosity) + 1) % len(VERBOSITIES)]
