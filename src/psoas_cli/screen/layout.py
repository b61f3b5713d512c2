"""Where everything stands on a screen of any size."""

from dataclasses import dataclass
from typing import Literal

from psoas_cli.screen.painter import Region

SMALLEST = (40, 12)
"""Columns and rows; below these a practice is one line."""

Arrangement = Literal["breath", "plain", "page"]
"""What is shown: a practice beside its breath, a practice alone, or a page to read."""

_WIDEST_PAGE = 76
_MARGIN = 2
_BESIDE = (60, 18)  # columns and rows from which the breath stands beside the countdown instead of below it


@dataclass(frozen=True, slots=True)
class Size:
    """Columns and rows of the screen."""

    width: int
    height: int

    @property
    def is_line(self) -> bool:
        """Whether there is room for one line only."""
        return self.width < SMALLEST[0] or self.height < SMALLEST[1]


def layout(size: Size, arrangement: Arrangement) -> tuple[Region, ...]:
    """The regions of a screen, from its top down."""
    if size.is_line:
        return (Region("line", 0, max(0, size.height // 2), max(1, size.width), 1),)
    width = size.width - 2 * _MARGIN
    hints = Region("hints", _MARGIN, size.height - 1, width, 1)
    if arrangement == "page":
        page = min(width, _WIDEST_PAGE)
        return (Region("page", (size.width - page) // 2, 0, page, size.height - 1), hints)
    roomy = size.height >= _BESIDE[1]
    text = _text_rows(size.height)
    bottom = 4 if roomy else 2  # next, a blank row, progress and hints; the last two where there is less room
    top = 2 if roomy else 1
    middle = size.height - top - text - bottom
    next_row = top + middle + text
    return (
        Region("header", _MARGIN, 0, width, 1),
        *_middle(size, arrangement, top, middle),
        Region("text", _MARGIN, top + middle, width, text),
        *([Region("next", _MARGIN, next_row, width, 1)] if roomy else []),
        Region("progress", _MARGIN, size.height - 2, width, 1),
        hints,
    )


def _text_rows(height: int) -> int:
    if height < _BESIDE[1]:
        return 2
    return 5 if height < 30 else 7


def _middle(size: Size, arrangement: Arrangement, top: int, rows: int) -> tuple[Region, ...]:
    """The countdown or the name, and the breath beside it, or below it as a bar."""
    width = size.width - 2 * _MARGIN
    if arrangement == "plain":
        return (Region("main", _MARGIN, top, width, rows),)
    words = 5 if rows >= 20 else 2
    if size.width >= _BESIDE[0] and size.height >= _BESIDE[1]:
        orb_rows = rows - words - 1
        column = min(orb_rows * 2 + 2, width * 45 // 100)
        return (
            Region("orb", _MARGIN, top, column, orb_rows),
            Region("breath", _MARGIN, top + orb_rows, column, words),
            Region("main", _MARGIN + column + 2, top, width - column - 2, rows - 1),
        )
    return (
        Region("main", _MARGIN, top, width, rows - 2),
        Region("breath", _MARGIN, top + rows - 2, width, 1),
        Region("orb", _MARGIN, top + rows - 1, width, 1),
    )
