"""The few styles of the screen, in colours for several kinds of terminal. Nothing is said by colour alone."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

StyleName = Literal["plain", "strong", "faint", "name", "breath", "mark", "bar", "alert"]


class Theme(NamedTuple):
    """How the screen is coloured; styles are written as Rich writes them.

    Args:
        faint: What stands back, and the mark of how far the breath will go.
        breath: The breath's shape and words, and the bar of progress.
        base: What lies under everything: a colour of text on one of the ground; empty leaves both to the terminal.
    """

    faint: str
    breath: str
    base: str = ""

    @property
    def styles(self) -> dict[str, str]:
        """The style that goes by each `StyleName`."""
        named: Mapping[StyleName, str] = {
            "plain": "",
            "strong": "bold",
            "faint": self.faint,
            "name": "bold",
            "breath": self.breath,
            "mark": self.faint,
            "bar": self.breath,
            "alert": "bold",
        }
        return {str(name): style for name, style in named.items()}


# The colours of dark and light have a contrast of 4.5 and more to any ground from black to #303446, and from white to
# #eee8d5, which covers the usual schemes; those of high-contrast have one of 7 and more to its own (WCAG 2.2, 1.4.3 and
# 1.4.6).
THEMES: Mapping[str, Theme] = {
    "terminal": Theme(faint="dim", breath="cyan"),
    "dark": Theme(faint="#b8b8b8", breath="#6cc5c9"),
    "light": Theme(faint="#555555", breath="#0b5f66"),
    "high-contrast": Theme(faint="", breath="#ffe14d", base="#ffffff on #000000"),
}
