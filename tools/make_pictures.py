"""Make the README's still pictures from the real screen of a real practice, as SVG.

The screen is painted into an emulated terminal, whose cells are then drawn. Blocks and braille dots are drawn as
shapes, so that the picture does not depend on the reader's fonts.

    python tools/make_pictures.py
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pyte

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.storage.library import Library
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import Status

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"

PICTURES: dict[str, tuple[Lang, float]] = {"move": ("nl", 1036.0)}
"""What each picture shows: the language, and the second of the yin sequence."""

COLUMNS, ROWS = 80, 24
CELL_WIDTH, CELL_HEIGHT = 10, 20
MARGIN = 16

_BACKGROUND, _TEXT = "#16191d", "#e4e2dc"
_COLOURS = {"default": _TEXT, "cyan": "#6cc5c9"}
_DOT = 1.7  # the radius of a braille dot

# The parts of a cell that a block fills: left, top, right, bottom, each 0..1.
_QUARTERS = ((0, 0, 0.5, 0.5), (0.5, 0, 1, 0.5), (0, 0.5, 0.5, 1), (0.5, 0.5, 1, 1))
_BLOCKS = dict(
    zip(
        "▘▝▀▖▌▞▛▗▚▐▜▄▙▟█",
        ([q for i, q in enumerate(_QUARTERS) if bits >> i & 1] for bits in range(1, 16)),
        strict=True,
    )
)
_LINES = {"━": 0.14, "─": 0.06}
_BRAILLE = 0x2800
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))


def main() -> None:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        (FOLDER / f"{name}.svg").write_text(picture(name), "utf-8")
        print(FOLDER / f"{name}.svg")


def picture(name: str) -> str:
    """The picture *name*, as SVG."""
    screen = _painted(*PICTURES[name])
    return framed("\n".join(filter(None, (row_shapes(screen, y) for y in range(ROWS)))))


def framed(shapes: str, style: str = "") -> str:
    """The *shapes* of a screen as a whole picture, with a *style* of their own."""
    width, height = COLUMNS * CELL_WIDTH + 2 * MARGIN, ROWS * CELL_HEIGHT + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">\n'
        f"{style}"
        f'<rect width="{width}" height="{height}" rx="10" fill="{_BACKGROUND}"/>\n'
        f'<g transform="translate({MARGIN} {MARGIN})" font-family="ui-monospace, Menlo, Consolas, monospace"'
        f' font-size="16.6">\n{shapes}\n</g>\n</svg>\n'
    )


def _painted(lang: Lang, seconds: float) -> pyte.Screen:
    """A terminal that shows the yin sequence at *seconds*."""
    emulated = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.Stream(emulated)
    screen = Screen("standard", stream.feed)
    screen.resize(COLUMNS, ROWS)
    sequence = Library(lang).sequence("yin")
    view = view_at(compile_sequence(sequence), seconds, lang)
    screen.show(Status(lang, sequence.title.said(lang), "playing", view, ends_at="21:45"))
    return emulated


def row_shapes(screen: pyte.Screen, y: int) -> str:
    """The row *y* of *screen*: each cell as a shape, and adjacent letters as one text."""
    return "\n".join(_shapes(screen, y))


def _shapes(screen: pyte.Screen, y: int) -> Iterator[str]:
    x = 0
    while x < COLUMNS:
        cell = screen.buffer[y][x]
        colour = f'fill="{_COLOURS[cell.fg]}"'
        if cell.data in _BLOCKS or cell.data in _LINES or _is_braille(cell.data):
            yield from _drawn(cell.data, x * CELL_WIDTH, y * CELL_HEIGHT, colour)
            x += 1
            continue
        end = x + 1
        while end < COLUMNS and _is_text(screen.buffer[y][end], cell):
            end += 1
        said = "".join(screen.buffer[y][i].data for i in range(x, end))
        weight = ' font-weight="bold"' if cell.bold else ""
        for words in re.finditer(r"\S+(?: \S+)*", said):  # viewers collapse runs of blanks
            left, length = (x + words.start()) * CELL_WIDTH, len(words[0]) * CELL_WIDTH
            place = f'x="{left}" y="{y * CELL_HEIGHT + 15}" textLength="{length}"'
            yield f"<text {place} {colour}{weight}>{escape(words[0])}</text>"
        x = end


def _is_text(cell: Any, first: Any) -> bool:  # noqa: ANN401 - the emulator's cells are untyped
    same = (cell.fg, cell.bold) == (first.fg, first.bold)
    return same and cell.data not in _BLOCKS and cell.data not in _LINES and not _is_braille(cell.data)


def _is_braille(char: str) -> bool:
    return len(char) == 1 and _BRAILLE < ord(char) < _BRAILLE + 256


def _drawn(char: str, left: int, top: int, colour: str) -> Iterator[str]:
    """Draw a block, a line or braille dots as shapes."""
    if char in _BLOCKS:
        for x0, y0, x1, y1 in _BLOCKS[char]:
            x, y = left + x0 * CELL_WIDTH, top + y0 * CELL_HEIGHT
            width, height = (x1 - x0) * CELL_WIDTH, (y1 - y0) * CELL_HEIGHT
            yield f'<rect x="{x:g}" y="{y:g}" width="{width + 0.3:g}" height="{height + 0.3:g}" {colour}/>'
    elif char in _LINES:
        height = _LINES[char] * CELL_HEIGHT
        y = top + (CELL_HEIGHT - height) / 2
        yield f'<rect x="{left}" y="{y:g}" width="{CELL_WIDTH + 0.3:g}" height="{height:g}" {colour}/>'
    else:
        bits = ord(char) - _BRAILLE
        for i, (column, row) in enumerate(_DOTS):
            if bits >> i & 1:
                x, y = left + (column + 0.5) * CELL_WIDTH / 2, top + (row + 0.5) * CELL_HEIGHT / 4
                yield f'<circle cx="{x:g}" cy="{y:g}" r="{_DOT}" {colour}/>'


if __name__ == "__main__":
    main()
