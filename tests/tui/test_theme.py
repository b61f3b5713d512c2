"""Colours can be told from their ground, and the screen says the same without them."""

from typing import get_args

import pyte
import pytest
from rich.color import Color, ColorSystem, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.style import Style

from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.storage.choices import ThemeName
from psoas_cli.storage.library import Library
from psoas_cli.tty import Palette
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import Status
from psoas_cli.tui.theme import THEMES

BREATHING = 131.4
"""Seconds into the yin sequence: a hold with a breath, so that every style is on the screen."""


def shown(theme: str, palette: Palette | None = "truecolor") -> pyte.Screen:
    """The screen of a hold, as a terminal with the colours of *palette* shows it."""
    emulated = pyte.Screen(80, 24)
    stream = pyte.Stream(emulated)
    stream.feed("\x1b#8")  # something in every cell: the emulator clears no others
    screen = Screen(palette, stream.feed, theme=THEMES[theme])
    screen.resize(80, 24)
    view = view_at(compile_sequence(Library("en").sequence("yin")), BREATHING, "en")
    screen.show(Status("en", "Yin", "playing", view, "21:45"))
    return emulated


def luminance(colour: ColorTriplet) -> float:
    """The relative luminance of a colour, 0..1, as WCAG 2 defines it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """The contrast of two colours, 1..21, as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = (Color.parse(each).get_truecolor() for each in ("#000000", "#ffffff", "#777777"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.478, abs=1e-3)


@pytest.mark.parametrize(("theme", "grounds"), [("dark", ("#000000", "#303446")), ("light", ("#eee8d5", "#ffffff"))])
def test_colours_stand_out_from_every_ground_that_they_are_for(theme: str, grounds: tuple[str, str]) -> None:
    styles = [Style.parse(style) for style in THEMES[theme].styles.values()]
    colours = [style.color.get_truecolor() for style in styles if style.color]
    assert len(set(colours)) == 2
    begin, end = (Color.parse(each).get_truecolor() for each in grounds)
    for tenth in range(11):
        ground = blend_rgb(begin, end, tenth / 10)
        assert min(contrast(colour, ground) for colour in colours) >= 4.5
    assert not any(style.bgcolor or style.dim for style in styles)  # text is the terminal's own, none of it dimmed


def colours_of(screen: pyte.Screen) -> set[tuple[str, str]]:
    """The colours of text and background of every cell."""
    return {
        (screen.buffer[y][x].fg, screen.buffer[y][x].bg) for y in range(screen.lines) for x in range(screen.columns)
    }


@pytest.mark.parametrize("palette", ["truecolor", "256"])
def test_night_is_dim_and_can_be_read_in_all_colours_and_in_256(palette: Palette) -> None:
    found = colours_of(shown("night", palette))
    assert {ground for _, ground in found} == {"000000"}
    bright = [luminance(Color.parse(f"#{colour}").get_truecolor()) for colour, _ in found]
    assert len(bright) > 3
    assert max(bright) < 0.3
    styles = {name: Style.parse(style).color for name, style in THEMES["night"].styles.items()}
    system = ColorSystem.TRUECOLOR if palette == "truecolor" else ColorSystem.EIGHT_BIT
    black, text = Color.parse("#000000").get_truecolor(), Style.parse(THEMES["night"].base).color
    for name, own in styles.items():
        colour = own or text
        assert colour
        least = 3 if name in {"shape", "digits"} else 4.5  # large, as in 1.4.3 and 1.4.11
        assert contrast(colour.downgrade(system).get_truecolor(), black) >= least, name


def test_night_is_neither_white_nor_bright_in_16_colours_and_never_bold() -> None:
    assert {colour for colour, _ in colours_of(shown("night", "standard"))} == {"brown"}  # the dark yellow
    for palette in get_args(Palette):
        screen = shown("night", palette)
        assert not any(cell.bold or cell.reverse for row in screen.buffer.values() for cell in row.values())


def test_high_contrast_is_high_in_every_cell() -> None:
    screen = shown("high-contrast")
    cells = [screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns)]
    assert {cell.bg for cell in cells} == {"000000"}
    colours = {cell.fg for cell in cells}
    assert len(colours) > 1
    ground = Color.parse("#000000").get_truecolor()
    assert min(contrast(Color.parse(f"#{colour}").get_truecolor(), ground) for colour in colours) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_the_screen_says_the_same_in_all_colours_and_without_any(theme: str) -> None:
    without = shown(theme, None)
    assert shown(theme).display == shown("terminal").display == without.display
    assert {(cell.fg, cell.bg) for row in without.buffer.values() for cell in row.values()} == {("default", "default")}


def test_every_theme_can_be_set() -> None:
    assert set(get_args(ThemeName)) == set(THEMES)
