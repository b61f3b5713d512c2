"""The layout of a screen of any size."""

from functools import lru_cache
from typing import Literal

from psoas_cli.practice.model.record import record
from psoas_cli.tui.painter import Region

SMALLEST = (40, 12)
"""Columns and rows; on a smaller screen a practice is shown in one line, or a few, with its keys at the foot."""

LARGEST = (400, 200)
"""Columns and rows; of a larger screen only this much is drawn."""

Arrangement = Literal[
    "breath", "breath to come", "figure", "figure to breathe with", "breathing figure", "plain", "standing", "large",
    "page", "page beside", "card", "keys", "menu", "pictured menu", "booth",
]  # fmt: skip
"""What is shown: a practice beside its breath, beside a picture, or beside a picture with the breath in words below it;
the first two also before a breath begins, laid out as they will be then; a practice alone, one that stands still, or
large words alone; a page to read, alone, beside other lines or with a picture; the keys, for which a few rows are
enough; a list, without a picture of what is chosen or with one; or a text to record.
"""

_WIDEST_PAGE = 76
_WIDEST_PAGES = 114  # of a page and what is beside it
_WIDEST_CARD = 100
_WIDEST_MENU = 150
MARGIN = 2
_LEAST, _LEAST_ROOMY = 3, 8  # rows of the name, its side and the clock, beneath which a long answer gets no more
_FEWEST, _SHARE = 4, 55  # rows of these, and their part in percent of what is above and below, on a small screen
_COLUMN = 28  # columns of a picture, at least
_FEW_LINES = 4  # rows for the one line of a smaller screen, should it be cut
_FEWEST_KEYS = 4  # rows from which keys are listed on a screen that is too small for anything else
_BESIDE = (60, 18)  # columns and rows from which the breath is beside the countdown instead of below it
_WIDE_MENU = 110  # columns from which a list gets more of the width, for a few words in its rows
_TALL = 30  # rows from which a text has more of them
_BREATHING = ("breath", "breathing figure")  # the breath is there, in words too
_WITH_FIGURE = ("figure", "figure to breathe with", "breathing figure")
_PICTURED = (72, 22)  # the same for a picture: room for 30 by 8 or more, and for large letters beside it


@record(frozen=True)
class Size:
    """Columns and rows of the screen."""

    width: int
    height: int

    @property
    def is_line(self) -> bool:
        """Whether there is only room for one line."""
        return self.width < SMALLEST[0] or self.height < SMALLEST[1]


@lru_cache(64)
def layout(size: Size, arrangement: Arrangement, told: int = 0) -> tuple[Region, ...]:
    """The regions of a screen, from top to bottom.

    Args:
        size: The size of the screen.
        arrangement: What is shown.
        told: How many rows of text to make room for; they get what the name and the clock can do without.
    """
    if size.is_line and not (arrangement == "keys" and size.height >= _FEWEST_KEYS):
        width, last = max(1, size.width), max(0, size.height - 1)
        rows = max(1, min(_FEW_LINES, last))
        line = Region("line", 0, last // 2 - rows // 2, width, rows)
        return (line, Region("hints", 0, last, width, 1)) if last else (line,)
    width = max(1, size.width - 2 * MARGIN)
    hints = Region("hints", min(MARGIN, size.width - 1), size.height - 1, width, 1)
    if size.is_line:  # the keys are few enough to need every cell
        hints = Region("hints", 0, size.height - 1, size.width, 1)
    if arrangement in {"menu", "pictured menu"}:
        return (*_menu(size, pictured=arrangement == "pictured menu"), hints)
    if arrangement == "booth":
        return (*_booth(size), hints)
    if arrangement == "card" and has_figure(size):
        return (*_card(size), hints)
    if arrangement in {"page", "page beside", "card", "keys"}:
        return (*_page(size, beside=arrangement == "page beside"), hints)
    roomy = size.height >= _BESIDE[1]
    bottom = 4 if roomy else 2  # next and a blank row, progress and hints; only the last two if there is less room
    top = 2 if roomy else 1
    text = 0 if arrangement == "large" else _text_rows(size, arrangement, size.height - top - bottom)
    if text and not _is_beside(size, arrangement):
        text = max(text, min(told, size.height - top - bottom - (_LEAST_ROOMY if roomy else _LEAST)))
    middle = size.height - top - text - bottom
    apart = size.height >= _PICTURED[1]  # what is next, from a text that fills its rows
    next_row = size.height - (4 if apart else 3)
    return (
        Region("header", MARGIN, 0, width, 1),
        *_middle(size, arrangement, top, middle),
        *([Region("text", MARGIN, top + middle, width, text)] if text else []),
        *([Region("next", MARGIN, next_row, width, 1)] if roomy else []),
        Region("progress", MARGIN, size.height - 2, width, 1),
        hints,
    )


def has_figure(size: Size) -> bool:
    """Whether there is room for a picture, with the name in large letters beside it."""
    return size.width >= _PICTURED[0] and size.height >= _PICTURED[1]


def _card(size: Size) -> tuple[Region, ...]:
    """A picture with the title and the way in beside it, and the other texts below."""
    page = min(size.width - 2 * MARGIN, _WIDEST_CARD)
    left, column = (size.width - page) // 2, page * 45 // 100
    rows = min((size.height - 1) * 45 // 100, column // 3)
    return (
        Region("figure", left, 0, column, rows),
        Region("title", left + column + 2, 0, page - column - 2, rows),
        Region("page", left, rows + 1, page, size.height - rows - 2),
    )


def _page(size: Size, *, beside: bool) -> tuple[Region, ...]:
    """A page, and a column for other lines *beside* it if that is wanted and there is room."""
    width, rows = max(1, size.width - 2 * MARGIN), size.height - 1
    if not (beside and width >= _WIDEST_PAGES):
        page = min(width, _WIDEST_PAGE)
        return (Region("page", (size.width - page) // 2, 0, page, rows),)
    left, column = (size.width - _WIDEST_PAGES) // 2, _WIDEST_PAGES - _WIDEST_PAGE
    page = _WIDEST_PAGE - 2 * MARGIN
    return (Region("page", left, 0, page, rows), Region("beside", left + _WIDEST_PAGE, 0, column, rows))


def _menu(size: Size, *, pictured: bool) -> tuple[Region, ...]:
    """The list, with what is told of the chosen row and its picture beside it; with less room, below it in few rows."""
    page = min(size.width - 2 * MARGIN, _WIDEST_MENU)
    left = (size.width - page) // 2
    header = Region("header", left, 0, page, 1)
    if not has_figure(size):
        told = max(3, (size.height - 4) // 4)
        list_ = Region("list", left, 1, page, size.height - 2 - told)
        return (header, list_, Region("about", left, size.height - 1 - told, page, told))
    share = 34 if size.width >= _WIDE_MENU else 44 if pictured else 40
    column, rows = page * share // 100, size.height - 4
    right = left + page - column
    list_ = Region("list", left, 2, page - column - 4, rows)
    if not pictured:
        return (header, list_, Region("about", right, 2, column, rows))
    top = min(rows * 45 // 100, column * 2 // 5)
    return (
        header,
        list_,
        Region("picture", right, 2, column, top),
        Region("about", right, top + 3, column, rows - top - 1),
    )


def _booth(size: Size) -> tuple[Region, ...]:
    """The text before, the text to speak, the sign, the notes and the meter, from top to bottom."""
    width = size.width - 2 * MARGIN
    roomy = size.height >= _BESIDE[1]
    before, sign, notes, gap = (2, 5, 2, 1) if roomy else (1, 1, 1, 0)
    script = size.height - 3 - before - sign - notes - gap  # the header, the meter and the hints have a row each
    rows = (("header", 1), ("before", before), ("script", script), ("sign", sign), ("notes", notes), ("meter", 1))
    placed: list[Region] = []
    y = 0
    for name, height in rows:
        placed.append(Region(name, MARGIN, y, width, height))
        y += height + (gap if name == "header" else 0)
    return tuple(placed)


def _text_rows(size: Size, arrangement: Arrangement, room: int) -> int:
    """The rows for the text, out of *room*: in a hold as many as before it, so that nothing jumps as it begins.

    On a small screen the breath, which has no room beside the countdown, takes rows of the text.
    """
    if has_figure(size) or _is_beside(size, arrangement):
        return 5 if size.height < _PICTURED[1] else 6 if size.height < _TALL else 8
    if arrangement == "standing":
        return 2
    shown = 2 if arrangement in _BREATHING else 0
    return room - max(_FEWEST, room * _SHARE // 100) - shown


def _middle(size: Size, arrangement: Arrangement, top: int, rows: int) -> tuple[Region, ...]:
    """The countdown or the name beside a picture or the breath; with less room the breath below, as a bar."""
    width = size.width - 2 * MARGIN
    if _is_beside(size, arrangement):
        return _beside(size, arrangement, top, rows)
    if arrangement not in _BREATHING:
        gap = 1 if has_figure(size) and arrangement != "large" else 0
        return (Region("main", MARGIN, top, width, rows - gap),)
    return (
        Region("main", MARGIN, top, width, rows - 2),
        Region("breath", MARGIN, top + rows - 2, width, 1),
        Region("orb", MARGIN, top + rows - 1, width, 1),
    )


def _is_beside(size: Size, arrangement: Arrangement) -> bool:
    """Whether a picture or the breath is beside the largest text."""
    if arrangement in {"plain", "standing", "large"}:
        return False
    wide = size.width >= _BESIDE[0] and size.height >= _BESIDE[1]
    return has_figure(size) or (wide and arrangement != "figure")


def _beside(size: Size, arrangement: Arrangement, top: int, rows: int) -> tuple[Region, ...]:
    """The breath, or a picture with or without the breath in words, and beside it the largest text.

    A picture keeps the rows of the words free where there are none, and the breath later has its place.
    """
    width = size.width - 2 * MARGIN
    words = 5 if rows >= 20 else 2
    shape_rows = rows - words - 1
    pictured = has_figure(size)
    column = min(shape_rows * 4, max(_COLUMN, width * 39 // 100)) if pictured else min(shape_rows * 2 + 2, width // 2)
    shape = "figure" if pictured and arrangement in _WITH_FIGURE else "orb"
    return (
        Region(shape, MARGIN, top, column, shape_rows),
        *([Region("breath", MARGIN, top + shape_rows, column, words)] if arrangement in _BREATHING else []),
        Region("main", MARGIN + column + 2, top, width - column - 2, rows - 1),
    )
