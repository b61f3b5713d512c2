"""The countdown's digits, in any size: drawn as strokes with round ends."""

import math
from functools import lru_cache
from itertools import pairwise

from psoas_cli.screen.blocks import quadrants

_Point = tuple[float, float]
_Stroke = list[_Point]

_LEAST_ROWS = 3


def big_digits(text: str, width: int, height: int, *, ascii_only: bool = False) -> tuple[str, ...]:
    """The largest digits that fit; every digit is as wide as every other, so that nothing jumps.

    Args:
        text: Digits and colons; other characters are left blank.
        width: Columns there are.
        height: Rows there are.
        ascii_only: Whether to draw with `#` instead of block characters.

    Returns:
        Rows of equal width; one row with the text itself where nothing larger fits.
    """
    digits, colons = len(text) - text.count(":"), text.count(":")
    for rows in range(height, _LEAST_ROWS - 1, -1):
        advance, colon = _advance(rows), _colon_advance(rows)
        if digits * advance + colons * colon - _gap(rows) <= width:
            glyphs = [_glyph(char, rows, ascii_only) for char in text]
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
    return max(4, round(rows * 1.34))


def _stem(rows: int) -> int:
    """Columns of an upright stroke: about a seventh of the height."""
    return max(1, round(rows * 0.3))


@lru_cache(128)
def _glyph(char: str, rows: int, ascii_only: bool) -> tuple[str, ...]:
    stem = _stem(rows)
    columns = stem if char == ":" else _cells(rows)
    if char not in _SHAPES:
        return (" " * columns,) * rows
    if not ascii_only:
        return quadrants(_drawn(char, columns * 2, rows * 2, stem, 0.5, 1))
    if char == ":":  # too small for its dots to be sure to meet the middle of a cell
        dots = (int(rows * 0.26), rows - 1 - int(rows * 0.26))
        return tuple(("#" if row in dots else " ") * columns for row in range(rows))
    return tuple(
        "".join(" #"[pixel] for pixel in row) for row in _drawn(char, columns, rows, stem, 1, 2)
    )


def _drawn(
    char: str, across: int, down: int, stem: int, pixel_width: float, pixel_height: int
) -> list[list[bool]]:
    """Strokes as pixels; lengths are in columns, and strokes are drawn around their middle."""
    half, reach = stem / 2, stem / 2 + 0.01
    w, h = across * pixel_width - stem, down * pixel_height - stem
    pixels = [[False] * across for _ in range(down)]
    for stroke in _SHAPES[char](w / h):
        points = [(half + x * w, half + y * h) for x, y in stroke]
        for (ax, ay), (bx, by) in pairwise(points):
            left, right = min(ax, bx) - reach, max(ax, bx) + reach
            top, bottom = min(ay, by) - reach, max(ay, by) + reach
            dx, dy = bx - ax, by - ay
            for row in range(max(0, int(top / pixel_height)), min(down, int(bottom / pixel_height) + 1)):
                for column in range(max(0, int(left / pixel_width)), min(across, int(right / pixel_width) + 1)):
                    px, py = (column + 0.5) * pixel_width - ax, (row + 0.5) * pixel_height - ay
                    t = max(0.0, min(1.0, (px * dx + py * dy) / ((dx * dx + dy * dy) or 1)))
                    if (px - t * dx) ** 2 + (py - t * dy) ** 2 <= reach * reach:
                        pixels[row][column] = True
    return pixels


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float) -> _Stroke:
    """A part of an ellipse; degrees clockwise from three o'clock."""
    steps = max(2, round(abs(end - start) / 15))
    angles = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def _ring(top: float, bottom: float, r: float) -> _Stroke:
    """A closed bowl of full width with round corners; r is the corner's height where its width is a half."""
    r = min(r, (bottom - top) / 2)
    return [
        *_arc(0.5, top + r, 0.5, r, 180, 360),
        *_arc(0.5, bottom - r, 0.5, r, 0, 180),
        (0, top + r),
    ]


_MIDDLE = 0.46


def _zero(a: float) -> list[_Stroke]:
    return [_ring(0, 1, a / 2)]


def _one(_a: float) -> list[_Stroke]:
    return [[(0.1, 0.2), (0.6, 0), (0.6, 1)]]


def _two(a: float) -> list[_Stroke]:
    r = a / 2
    return [[*_arc(0.5, r, 0.5, r, 180, 385), (0, 1), (1, 1)]]


def _three(a: float) -> list[_Stroke]:
    upper, lower = min(a / 2, _MIDDLE / 2), min(a / 2, (1 - _MIDDLE) / 2)
    return [
        [*_arc(0.5, upper, 0.5, upper, 190, 360), *_arc(0.5, _MIDDLE - upper, 0.5, upper, 0, 90), (0.35, _MIDDLE)],
        [(0.5, _MIDDLE), *_arc(0.5, _MIDDLE + lower, 0.5, lower, 270, 360), *_arc(0.5, 1 - lower, 0.5, lower, 0, 170)],
    ]


def _four(_a: float) -> list[_Stroke]:
    return [[(0.6, 0), (0, 0.7), (1, 0.7)], [(0.78, 0.42), (0.78, 1)]]


def _five(a: float) -> list[_Stroke]:
    top = 0.4
    r = min(a / 2, (1 - top) / 2)
    return [
        [(0.95, 0), (0.06, 0), (0.06, top), (0.5, top), *_arc(0.5, top + r, 0.5, r, 270, 360), *_arc(0.5, 1 - r, 0.5, r, 0, 165)]
    ]


def _six(a: float) -> list[_Stroke]:
    return [_ring(0.42, 1, a / 2), [(0, 0.7), *_arc(0.5, a / 2, 0.5, a / 2, 180, 345)]]


def _seven(_a: float) -> list[_Stroke]:
    return [[(0, 0), (1, 0), (0.35, 1)]]


def _eight(a: float) -> list[_Stroke]:
    return [_ring(0, _MIDDLE, a / 2), _ring(_MIDDLE, 1, a / 2)]


def _nine(a: float) -> list[_Stroke]:
    return [[(1 - x, 1 - y) for x, y in stroke] for stroke in _six(a)]


def _colon(_a: float) -> list[_Stroke]:
    return [[(0.5, 0.26), (0.5, 0.26)], [(0.5, 0.74), (0.5, 0.74)]]


# Each as strokes in a box of 1 by 1, from the proportion (width to height) of the box.
_SHAPES = dict(
    zip("0123456789:", (_zero, _one, _two, _three, _four, _five, _six, _seven, _eight, _nine, _colon), strict=True)
)
