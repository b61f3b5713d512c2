"""Any key as a pause, for a keyboard that lies beside the mat: what a key means then, whichever it is."""

from psoas_cli.player import grounding
from psoas_cli.tui.keys import SIGNALS
from psoas_cli.tui.status import Mode

KEPT = frozenset({"w", "enter", "g", "n", "pagedown", "q"})
"""The keys that keep their meaning; pagedown is what a presenter sends for the next slide."""

STOP_OR_GO = "stop or go"
"""The name of a key, which no keyboard has, that pauses or goes on, and skips nothing."""


def meant_by(name: str, mode: Mode, *, any_key: bool) -> str:
    """The key that *name* stands for in *mode*, where *any_key* pauses and goes on: itself, or another.

    Where time passes it stops, also before the practice and in the time to come back; where it stands still, it goes
    on. An end is taken back by any key but `q`. In grounding its own keys keep their meaning, as they are told aloud;
    once the practice is over, every key means what it always does.
    """
    if not any_key or name in SIGNALS or mode == "closing":
        return name
    if mode == "ending":
        return name if name in {"g", "q"} else "space"
    if mode == "grounding":
        return name if name in grounding.KEYS | KEPT | {"m"} else "space"
    return name if name in KEPT else STOP_OR_GO
