"""A figure in characters: braille dots, or plain ASCII."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from psoas_cli.practice.model.figure import LAYERS, Figure, Layer, Point, Stroke, bounds, strokes

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_ASCII: dict[Layer, str] = {"ground": "-", "prop": "=", "far": ":", "body": "#", "over": "#", "arrow": "*"}

# The thinnest a stroke may get, in pixels, so that what is nearer stays stronger.
_THINNEST: dict[Layer, float] = {"ground": 1.0, "prop": 1.0, "far": 1.0, "body": 2.0, "over": 1.9, "arrow": 1.0}

# The layers from which each layer is cut out with a rim around it, so that it stands out.
_CUT: dict[Layer, tuple[Layer, ...]] = {
    "body": ("prop", "far"),
    "over": ("prop", "far", "body"),
    "arrow": ("ground", "prop", "far", "body", "over"),
}

_Rows = list[int]
"""Rows of pixels from the top, each a number with a bit per pixel, the lowest bit at the left."""


@lru_cache(64)
def draw(figure: Figure, width: int, height: int, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Draw *figure* centred and as large as fits.

    Args:
        figure: The person in a pose, with props.
        width: Available columns, at least 1.
        height: Available rows, at least 1.
        ascii_only: Whether to draw without braille.

    Returns:
        `height` rows of `width` columns.
    """
    drawn = strokes(figure)
    if ascii_only:  # two square pixels to a character, one above the other
        layers = _cut_free(_layers(drawn, width, height * 2), around=0)
        return _as_ascii(layers, width)
    layers = _cut_free(_layers(drawn, width * 2, height * 4), around=1)
    rows = [_together(masks) for masks in zip(*layers.values(), strict=True)]
    return tuple(_braille(rows[y : y + 4], width) for y in range(0, height * 4, 4))


def _layers(drawn: tuple[Stroke, ...], width: int, height: int) -> dict[Layer, _Rows]:
    """The pixels of each layer, in a picture of *width* by *height* square pixels."""
    left, bottom, right, top = bounds(drawn)
    # One pixel less, as lines run through the middles of the outermost pixels.
    scale = min(max(1, width - 1) / (right - left), max(1, height - 1) / (top - bottom))
    middle_x, middle_y = (left + right) / 2, (bottom + top) / 2
    layers: dict[Layer, _Rows] = {layer: [0] * height for layer in LAYERS}
    for stroke in drawn:
        points = [(width / 2 + (x - middle_x) * scale, height / 2 - (y - middle_y) * scale) for x, y in stroke.points]
        rows = layers[stroke.layer]
        radius = max(stroke.width * scale, _THINNEST[stroke.layer]) / 2
        if stroke.filled:
            points.append(points[0])
            hatch = stroke.layer == "prop"
            for row, mask in _inside(points, width, height):
                rows[row] |= mask & _HATCH[row % 2] if hatch else mask
        for start, end in zip(points, points[1:] or points, strict=False):
            for row, mask in _along(start, end, radius, width, height):
                rows[row] |= mask
    return layers


_HATCH = (sum(1 << x for x in range(0, 4096, 2)), 0)
"""Every other pixel of every other row: how props are filled."""


def _along(start: Point, end: Point, radius: float, width: int, height: int) -> Iterator[tuple[int, int]]:
    """The rows that a line with round ends covers, each with its pixels."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0)
    across = ((y0 - y1) / length * radius, (x1 - x0) / length * radius) if length else (0.0, 0.0)
    edges = [((x0 + i * across[0], y0 + i * across[1]), (x1 + i * across[0], y1 + i * across[1])) for i in (-1, 1)]
    first, last = math.ceil(min(y0, y1) - radius - 0.5), math.floor(max(y0, y1) + radius - 0.5)
    for row in range(max(0, first), min(height - 1, last) + 1):
        y = row + 0.5
        met = [
            x + i * math.sqrt(radius**2 - (y - y_) ** 2)
            for x, y_ in (start, end)
            if abs(y - y_) <= radius
            for i in (-1, 1)
        ]
        met += [x for edge in edges for x in _crossing(*edge, y)]
        if met:  # a line with round ends is convex: everything between its borders belongs to it
            yield row, _mask(min(met), max(met), width)


def _inside(outline: list[Point], width: int, height: int) -> Iterator[tuple[int, int]]:
    """The rows of the area within a closed *outline*, each with its pixels."""
    ys = [y for _, y in outline]
    for row in range(max(0, int(min(ys))), min(height - 1, int(max(ys))) + 1):
        met = sorted(x for edge in pairwise(outline) for x in _crossing(*edge, row + 0.5))
        yield row, _together(_mask(*pair, width) for pair in zip(met[::2], met[1::2], strict=True))


def _crossing(start: Point, end: Point, y: float) -> Iterator[float]:
    """Where a line crosses the height *y*, if it does."""
    (x0, y0), (x1, y1) = start, end
    if (y0 <= y) != (y1 <= y):
        yield x0 + (y - y0) * (x1 - x0) / (y1 - y0)


def _mask(left: float, right: float, width: int) -> int:
    """The pixels of a row whose middles lie from *left* to *right*."""
    first, last = max(0, math.ceil(left - 0.5)), min(width - 1, math.floor(right - 0.5))
    return (1 << (last + 1)) - (1 << first) if first <= last else 0


def _together(masks: Iterator[int] | tuple[int, ...]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _cut_free(layers: dict[Layer, _Rows], around: int) -> dict[Layer, _Rows]:
    """Cut what is in front, with a rim of *around* pixels, out of the layers behind it."""
    for front, behind in _CUT.items():
        wide = [_together(tuple(row << i >> around for i in range(2 * around + 1))) for row in layers[front]]
        for y in range(len(wide)):
            rim = _together(tuple(wide[max(0, y - around) : y + around + 1]))
            for layer in behind:
                layers[layer][y] &= ~rim
    return layers


def _braille(rows: _Rows, width: int) -> str:
    """Four rows of pixels as one row of characters."""
    cells = (sum(_DOTS[i][j] for i in (0, 1) for j in range(4) if rows[j] >> (2 * x + i) & 1) for x in range(width))
    return "".join(chr(_BRAILLE + bits) if bits else " " for bits in cells)


def _as_ascii(layers: dict[Layer, _Rows], width: int) -> tuple[str, ...]:
    height = len(layers["body"]) // 2
    cells = [[" "] * width for _ in range(height)]
    for layer in LAYERS:
        rows = layers[layer]
        for y in range(height):
            pixels = rows[2 * y] | rows[2 * y + 1]
            for x in range(width):
                if pixels >> x & 1:
                    cells[y][x] = _ASCII[layer]
    return tuple("".join(row) for row in cells)
