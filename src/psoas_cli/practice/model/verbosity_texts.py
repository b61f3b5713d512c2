"""How much is said in a practice, in words."""

from collections.abc import Mapping

from psoas_cli.practice.model.text import Text
from psoas_cli.practice.model.verbosity import Verbosity

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
