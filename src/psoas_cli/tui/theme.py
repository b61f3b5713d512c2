"""The styles of the screen and their colours, by theme. Nothing is conveyed by colour alone."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

StyleName = Literal["plain", "strong", "faint", "name", "heading", "chosen", "breath", "mark", "bar", "alert"]


class Theme(NamedTuple):
    """The colours of the screen, in Rich's style notation.

    Args:
        faint: Secondary text, the headings of lists, which are underlined if it is empty, and the mark of how far the
            breath's shape will grow.
        breath: The breath's shape and words, the progress bar, and the chosen row of a list.
        base: The colours of text and background under everything; empty leaves both to the terminal.
    """

    faint: str
    breath: str
    base: str = ""

    @property
    def styles(self) -> dict[str, str]:
        """The style for each `StyleName`."""
        named: Mapping[StyleName, str] = {
            "plain": "",
            "strong": "bold",
            "faint": self.faint,
            "name": "bold",
            "heading": self.faint or "underline",
            "chosen": f"bold {self.breath}",
            "breath": self.breath,
            "mark": self.faint,
            "bar": self.breath,
            "alert": "bold",
        }
        return {str(name): style for name, style in named.items()}


# Contrast as in WCAG 2.2 (1.4.3 and 1.4.6): the colours of dark have at least 4.5 on any background from black to
# #303446, those of light on any from white to #eee8d5, which covers the usual schemes; those of high-contrast have at
# least 7 on its own background.
THEMES: Mapping[str, Theme] = {
    "terminal": Theme(faint="dim", breath="cyan"),
    "dark": Theme(faint="#b8b8b8", breath="#6cc5c9"),
    "light": Theme(faint="#555555", breath="#0b5f66"),
    "high-contrast": Theme(faint="", breath="#ffe14d", base="#ffffff on #000000"),
}
