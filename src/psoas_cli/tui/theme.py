"""The styles of the screen and their colours, by theme. Nothing is conveyed by colour alone."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from psoas_cli.tty import Palette

StyleName = Literal[
    "plain", "strong", "faint", "name", "heading", "chosen", "breath", "shape", "mark", "digits", "bar", "alert"
]


class Theme(NamedTuple):
    """The colours of the screen, in Rich's style notation: `bold`, `dim`, `underline`, `cyan`, `#6cc5c9 on #000000`.

    Args:
        faint: Secondary text, the headings of lists, which are underlined if it is empty, and the mark of how far the
            breath's shape will grow.
        breath: The breath's shape and words, the progress bar, and the chosen row of a list.
        base: The colours of text and background under everything; empty leaves both to the terminal.
        strong: Names, and text that stands out.
        shape: The breath's shape, if it is to look unlike its words.
        digits: Large digits, if they are to look unlike text.
    """

    faint: str
    breath: str
    base: str = ""
    strong: str = "bold"
    shape: str = ""
    digits: str = ""

    @property
    def styles(self) -> dict[str, str]:
        """The style for each `StyleName`."""
        named: Mapping[StyleName, str] = {
            "plain": "",
            "strong": self.strong,
            "faint": self.faint,
            "name": self.strong,
            "heading": self.faint or "underline",
            "chosen": f"{self.strong} {self.breath}",
            "breath": self.breath,
            "shape": self.shape or self.breath,
            "mark": self.faint,
            "digits": self.digits,
            "bar": self.breath,
            "alert": self.strong,
        }
        return {str(name): style for name, style in named.items()}

    def codes(self, palette: Palette | None) -> dict[str, str]:
        """The parameters of the escape code that switches each style on, over the base; without a *palette* no colours.

        They are empty for a style that is the terminal's own.
        """
        return {name: _codes(f"{self.base} {style}", palette) for name, style in self.styles.items()}


_ATTRIBUTES = {"bold": "1", "dim": "2", "underline": "4"}
_FOREGROUND, _BACKGROUND = 3, 4  # how the codes of a colour begin
_CYAN = 6


def _codes(style: str, palette: Palette | None) -> str:
    """The parameters for *style*, in which a later colour covers an earlier one."""
    attributes, colours, ground = set[str](), dict[int, str](), _FOREGROUND
    for word in style.split():
        if word in _ATTRIBUTES:
            attributes.add(_ATTRIBUTES[word])
        elif word == "on":
            ground = _BACKGROUND
        else:
            colours[ground] = _colour(word, ground, palette) if palette else ""
            ground = _FOREGROUND
    return ";".join(filter(None, (*sorted(attributes), *(colours[each] for each in sorted(colours)))))


def _colour(name: str, ground: int, palette: Palette) -> str:
    """The parameters for a colour as the text's or as its *ground*; of a smaller *palette* the nearest one."""
    if name == "cyan":
        return f"{ground}{_CYAN}"
    if palette == "truecolor":
        red, green, blue = bytes.fromhex(name.removeprefix("#"))
        return f"{ground}8;2;{red};{green};{blue}"
    from rich.color import Color, ColorSystem  # takes 2 ms, and few terminals need it

    system = ColorSystem.EIGHT_BIT if palette == "256" else ColorSystem.STANDARD
    return ";".join(Color.parse(name).downgrade(system).get_ansi_codes(foreground=ground == _FOREGROUND))


# Contrast as in WCAG 2.2 (1.4.3, 1.4.6 and 1.4.11): the colours of dark have at least 4.5 on any background from black
# to #303446, those of light on any from white to #eee8d5, which covers the usual schemes; those of high-contrast have
# at least 7 on its own background. Those of night have at least 4.5 on black, and 3 where they fill much of the screen;
# the brightest has three tenths of the luminance of white, also where a terminal has only 256 colours or 16. Nothing is
# bold in it, which some terminals show brighter.
THEMES: Mapping[str, Theme] = {
    "terminal": Theme(faint="dim", breath="cyan"),
    "dark": Theme(faint="#b8b8b8", breath="#6cc5c9"),
    "light": Theme(faint="#555555", breath="#0b5f66"),
    "high-contrast": Theme(faint="", breath="#ffe14d", base="#ffffff on #000000"),
    "night": Theme(
        faint="#9e6b3c",
        breath="#c4552d",
        base="#b3732c on #000000",
        strong="#bd7f2a",
        shape="#99401f",
        digits="#80531f",
    ),
}
