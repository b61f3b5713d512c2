"""The terminal that psoas runs in, and whether it has a screen."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psoas_cli.tui.terminal_posix import Terminal


def has_screen() -> bool:
    """Whether the output is a terminal that can show a full screen."""
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def opened(*, plain: bool) -> "Terminal":
    """The terminal for this system: its whole screen, or *plain* scrolling lines."""
    if sys.platform == "win32":
        from psoas_cli.tui.terminal_windows import PlainTerminal, Terminal
    else:
        from psoas_cli.tui.terminal_posix import PlainTerminal, Terminal
    return PlainTerminal() if plain else Terminal()
