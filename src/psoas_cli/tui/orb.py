"""The breath as a shape that grows and shrinks: a disc, or a bar if there are few rows."""

import math
from functools import lru_cache
from itertools import groupby

from psoas_cli.tui.blocks import hashes, quadrants

_LEAST_ROWS = 3
_MOST_STEPS = 64
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_TRACK = "⠒"

# The radius of an empty disc, as a fraction of the largest.
_SEED = 0.14
_LEAST_SEED = 1.2  # columns; a smaller disc may miss the middle of every pixel

# The dots of a braille character, by column and row.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BRAILLE = 0x2800


def orb(width: int, height: int, fill: float, *, ascii_only: bool = False) -> tuple[str, ...]:
    """Draw a centred disc with a dotted mark of how far it will grow; with fewer than three rows, a bar.

    Each size has few enough different pictures to cache them: two per column of radius, at most 64; for a bar,
    eight per column.

    Args:
        width: Available columns, at least 1.
        height: Available rows, at least 1.
        fill: 0 (a small seed) to 1 (the largest disc that fits).
        ascii_only: Whether to draw with `#` and `.` instead of blocks and braille dots.

    Returns:
        `height` rows of `width` columns; `parts` separates the disc from its mark.
    """
    fill = max(0.0, min(1.0, fill))
    steps = orb_steps(width, height, ascii_only=ascii_only)
    if height < _LEAST_ROWS:
        return (_bar(width, round(fill * steps), ascii_only=ascii_only),) * height
    return _disc(width, height, round(fill * steps) / steps, ascii_only=ascii_only)


def orb_steps(width: int, height: int, *, ascii_only: bool = False) -> int:
    """The number of steps from an empty orb to a full one, in *width* columns and *height* rows."""
    if height < _LEAST_ROWS:
        return width * (1 if ascii_only else 8)
    return max(1, min(_MOST_STEPS, round(_radius(width, height) * 2 * (1 - _SEED))))


def parts(row: str) -> list[tuple[str, bool]]:
    """Split a row of an orb into pieces, each with whether it belongs to the mark (drawn fainter than the disc)."""
    marked = groupby(row, key=lambda char: char == "." or _BRAILLE < ord(char) < _BRAILLE + 256)
    return [("".join(chars), is_mark) for is_mark, chars in marked]


def _bar(width: int, filled: int, *, ascii_only: bool) -> str:
    if ascii_only:
        return "#" * filled + "." * (width - filled)
    whole, eighths = divmod(filled, 8)
    bar = "█" * whole + (_EIGHTHS[eighths] if eighths else "")
    return bar + _TRACK * (width - len(bar))


def _radius(width: int, height: int) -> float:
    """The largest radius that fits, in columns; a row is as high as two columns."""
    return min(width / 2, height)


@lru_cache(256)
def _disc(width: int, height: int, fill: float, *, ascii_only: bool) -> tuple[str, ...]:
    largest = _radius(width, height)
    seed = max(_LEAST_SEED, largest * _SEED)
    radius = seed + (largest - seed) * fill
    across, down = (1, 1) if ascii_only else (2, 2)
    beside = [((x + 0.5) / across - width / 2) ** 2 for x in range(width * across)]
    above = [((y + 0.5) * 2 / down - height) ** 2 for y in range(height * down)]
    pixels = [[dx + dy <= radius * radius for dx in beside] for dy in above]
    rows = hashes(pixels) if ascii_only else quadrants(pixels)
    mark = _mark(width, height, ascii_only=ascii_only)
    return tuple(
        "".join(mark.get((x, y), " ") if char == " " else char for x, char in enumerate(row))
        for y, row in enumerate(rows)
    )


@lru_cache(16)
def _mark(width: int, height: int, *, ascii_only: bool) -> dict[tuple[int, int], str]:
    """Dots around the largest disc, by column and row."""
    radius = _radius(width, height) - 0.3
    dots = 8 * max(1, round(radius * 0.5))
    cells: dict[tuple[int, int], int] = {}
    for i in range(dots):
        angle = (i + 0.5) * 2 * math.pi / dots
        # Braille dots are half a column apart in both directions.
        x = int((width / 2 + radius * math.cos(angle)) * 2)
        y = int((height + radius * math.sin(angle)) * 2)
        cell = (x // 2, y // 4)
        cells[cell] = cells.get(cell, 0) | _DOTS[x % 2][y % 4]
    return {cell: "." if ascii_only else chr(_BRAILLE + bits) for cell, bits in cells.items()}
