"""The countdown's digits in any size, drawn as strokes with round ends."""

import math
from functools import lru_cache
from itertools import pairwise

from psoas_cli.tui.blocks import hashes, quadrants

_Point = tuple[float, float]
_Stroke = list[_Point]

_LEAST_ROWS = 3

# The smallest ASCII digits are too coarse for strokes and drawn by hand: a digit every seven columns.
_ASCII_ROWS = 5
_ASCII_DRAWN = """
 ####    ##    ####  #####  ##  ## ######  ####  ######  ####   ####
##  ##  ###   ##  ##     ## ##  ## ##     ##        ##  ##  ## ##  ##
##  ##   ##      ##   ####  ###### #####  #####    ##    ####   #####
##  ##   ##    ##        ##     ##     ## ##  ##  ##    ##  ##     ##
 ####   ####  ###### #####      ## #####   ####   ##     ####   ####
"""
_ASCII = {
    str(digit): tuple(row[digit * 7 :][:6].ljust(6) for row in _ASCII_DRAWN.split("\n")[1:-1]) for digit in range(10)
}


def big_digits(text: str, width: int, height: int, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Draw *text* in the largest digits that fit; all digits are equally wide, so that nothing jumps.

    Args:
        text: Digits and colons; other characters are left blank.
        width: Available columns.
        height: Available rows.
        ascii_only: Whether to draw with `#` instead of block characters.

    Returns:
        Rows of equal width; one row with the text itself if nothing larger fits.
    """
    digits, colons = len(text) - text.count(":"), text.count(":")
    for rows in range(height, (_ASCII_ROWS if ascii_only else _LEAST_ROWS) - 1, -1):
        if ascii_only and rows == _ASCII_ROWS + 1:
            continue  # not drawn by hand, and not large enough for strokes
        advance, colon = _advance(rows), _colon_advance(rows)
        if digits * advance + colons * colon - _gap(rows) <= width:
            glyphs = [_glyph(char, rows, ascii_only=ascii_only) for char in text]
            gap = " " * _gap(rows)
            return tuple(gap.join(line) for line in zip(*glyphs, strict=True))
    return (text,)


def _gap(rows: int) -> int:
    return max(1, round(rows / 4))


def _advance(rows: int) -> int:
    return _cells(rows) + _gap(rows)


def _colon_advance(rows: int) -> int:
    return _stem(rows) + _gap(rows)


def _cells(rows: int) -> int:
    """Columns of a digit: a cell is twice as high as it is wide, a digit two thirds as wide as it is high."""
    return max(4, round(rows * 1.28))


def _stem(rows: int) -> int:
    """Columns of an upright stroke: about a seventh of the height."""
    return max(1, round(rows * 0.3))


@lru_cache(128)
def _glyph(char: str, rows: int, *, ascii_only: bool) -> tuple[str, ...]:
    columns = _stem(rows) if char == ":" else _cells(rows)
    if char not in _SHAPES:
        return (" " * columns,) * rows
    if ascii_only and rows == _ASCII_ROWS and char in _ASCII:
        return _ASCII[char]
    if not ascii_only:
        return quadrants(_drawn(char, columns, rows, fineness=2))
    if char == ":":  # its dots are so small that they may miss the middle of every cell
        dots = (int(rows * 0.26), rows - 1 - int(rows * 0.26))
        return tuple(("#" if row in dots else " ") * columns for row in range(rows))
    return hashes(_drawn(char, columns, rows, fineness=1))


def _drawn(char: str, columns: int, rows: int, *, fineness: int) -> list[list[bool]]:
    """A shape's strokes as pixels, *fineness* per cell in each direction. Lengths are in columns; a row is two."""
    stem = _stem(rows)
    half, reach = stem / 2, stem / 2 + 0.01
    w, h = columns - stem, rows * 2 - stem
    pixels = [[False] * (columns * fineness) for _ in range(rows * fineness)]
    for stroke in _SHAPES[char](w / h):
        for a, b in pairwise((half + x * w, half + y * h) for x, y in stroke):
            _draw_line(pixels, a, b, reach, fineness)
    return pixels


def _draw_line(pixels: list[list[bool]], a: _Point, b: _Point, reach: float, fineness: int) -> None:
    """Set those of the *pixels* whose middle is within *reach* of the line from *a* to *b*."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    squared, near = (dx * dx + dy * dy) or 1, reach * reach
    across = _span((a[0], b[0]), reach, fineness, len(pixels[0]))
    for row in _span((a[1], b[1]), reach, fineness / 2, len(pixels)):
        py, line = (row + 0.5) * 2 / fineness - a[1], pixels[row]
        for column in across:
            if not line[column]:
                px = (column + 0.5) / fineness - a[0]
                t = max(0.0, min(1.0, (px * dx + py * dy) / squared))
                line[column] = (px - t * dx) ** 2 + (py - t * dy) ** 2 <= near


def _span(ends: tuple[float, float], reach: float, density: float, limit: int) -> range:
    """The pixels, *density* per column, that a line between two *ends* may come within *reach* of."""
    return range(max(0, int((min(ends) - reach) * density)), min(limit, int((max(ends) + reach) * density) + 1))


def _arc(centre: _Point, radii: _Point, start: float, end: float) -> _Stroke:
    """Part of an ellipse, from *start* to *end* in degrees clockwise from three o'clock."""
    steps = max(2, round(abs(end - start) / 15))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radii[0] * math.cos(a), centre[1] + radii[1] * math.sin(a)) for a in angles]


def _ring(top: float, bottom: float, r: float) -> _Stroke:
    """A closed bowl of full width with round corners; *r* is the height of a corner half as wide as the bowl."""
    r = min(r, (bottom - top) / 2)
    return [
        *_arc((0.5, top + r), (0.5, r), 180, 360),
        *_arc((0.5, bottom - r), (0.5, r), 0, 180),
        (0, top + r),
    ]


_MIDDLE = 0.46


def _zero(a: float) -> list[_Stroke]:
    return [_ring(0, 1, a / 2)]


def _one(_a: float) -> list[_Stroke]:
    return [[(0.1, 0.2), (0.6, 0), (0.6, 1)]]


def _two(a: float) -> list[_Stroke]:
    r = a / 2
    return [[*_arc((0.5, r), (0.5, r), 180, 385), (0, 1), (1, 1)]]


def _three(a: float) -> list[_Stroke]:
    upper, lower = min(a / 2, _MIDDLE / 2), min(a / 2, (1 - _MIDDLE) / 2)
    return [
        [
            *_arc((0.5, upper), (0.5, upper), 190, 360),
            *_arc((0.5, _MIDDLE - upper), (0.5, upper), 0, 90),
            (0.35, _MIDDLE),
        ],
        [
            (0.5, _MIDDLE),
            *_arc((0.5, _MIDDLE + lower), (0.5, lower), 270, 360),
            *_arc((0.5, 1 - lower), (0.5, lower), 0, 170),
        ],
    ]


def _four(_a: float) -> list[_Stroke]:
    return [[(0.6, 0), (0, 0.7), (1, 0.7)], [(0.78, 0.42), (0.78, 1)]]


def _five(a: float) -> list[_Stroke]:
    top = 0.4
    r = min(a / 2, (1 - top) / 2)
    return [
        [
            (0.95, 0),
            (0.06, 0),
            (0.06, top),
            (0.5, top),
            *_arc((0.5, top + r), (0.5, r), 270, 360),
            *_arc((0.5, 1 - r), (0.5, r), 0, 165),
        ]
    ]


def _six(a: float) -> list[_Stroke]:
    return [_ring(0.42, 1, a / 2), [(0, 0.7), *_arc((0.5, a / 2), (0.5, a / 2), 180, 345)]]


def _seven(_a: float) -> list[_Stroke]:
    return [[(0, 0), (1, 0), (0.35, 1)]]


def _eight(a: float) -> list[_Stroke]:
    return [_ring(0, _MIDDLE, a / 2), _ring(_MIDDLE, 1, a / 2)]


def _nine(a: float) -> list[_Stroke]:
    return [[(1 - x, 1 - y) for x, y in stroke] for stroke in _six(a)]


def _colon(_a: float) -> list[_Stroke]:
    return [[(0.5, 0.26), (0.5, 0.26)], [(0.5, 0.74), (0.5, 0.74)]]


# Each gives its strokes in a box of 1 by 1, for the proportion (width to height) of the real box.
_SHAPES = dict(
    zip("0123456789:", (_zero, _one, _two, _three, _four, _five, _six, _seven, _eight, _nine, _colon), strict=True)
)
