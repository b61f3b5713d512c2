"""The terminal that psoas runs in, and whether it has a screen."""

import sys
from typing import TYPE_CHECKING

from psoas_cli.tty import obeys

if TYPE_CHECKING:
    from typing import Protocol

    from psoas_cli.tui.terminal_posix import Terminal

    class Typed(Protocol):
        """A source of keys."""

        def events(self, timeout: float | None) -> list[str]:
            """Return the names of keys, waiting for them at most *timeout* seconds (None: forever)."""


def has_screen() -> bool:
    """Whether the output is a terminal that can show a full screen."""
    return obeys(sys.stdout)


def forget_typed(window: "Typed") -> None:
    """Take no notice of the keys pressed so far: a screen that asks is answered only once it is seen."""
    while window.events(0):
        pass


def opened(*, plain: bool) -> "Terminal":
    """The terminal for this system: its whole screen, or *plain* scrolling lines."""
    if sys.platform == "win32":
        from psoas_cli.tui.terminal_windows import PlainTerminal, Terminal
    else:
        from psoas_cli.tui.terminal_posix import PlainTerminal, Terminal
    return PlainTerminal() if plain else Terminal()
