"""The program's own words around a practice, in both languages; a test fails where one is missing."""

from psoas_cli.practice.text import Text

# What happens
LEAD_IN = Text("Settling in", "Aankomen")
REBOUND = Text("Rebound", "Nawerken")
REBOUND_TEXT = Text(
    "Rest here a while, and notice what lingers. Nothing in particular is fine too.",
    "Rust hier even en merk op wat er nawerkt. Niets bijzonders mag ook.",
)
BREATHING = Text("Breathing", "Ademen")
SCAN = Text("Body scan", "Bodyscan")
REST = Text("Rest", "Rust")
QUIET = Text("Quiet time", "Stille tijd")
QUIET_TEXT = Text(
    "The steps are done. What is left of the time is quiet: stay as long as it suits you.",
    "De stappen zijn klaar. De tijd die overblijft is stil: blijf zolang het je goed doet.",
)
MOVING = Text("Moving", "Bewegen")
OTHER_SIDE = Text("To the other side", "Naar de andere kant")
RETURN = Text("Coming back", "Terugkomen")

# Sides
FIRST_OF_TWO = Text("first of two sides", "eerste van twee kanten")
SECOND_OF_TWO = Text("second of two sides", "tweede van twee kanten")
SIDE = Text("[right] side", "[rechter]kant")

# The breath
INHALE = Text("Breathe in", "Adem in")
EXHALE = Text("Breathe out", "Adem uit")
RETENTION = Text("Pause", "Pauze")
BREATH_OF = Text("breath {number} of {count}", "adem {number} van {count}")
