"""The contents of a list's regions on the full screen: pure functions of its state and the size of the region."""

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from psoas_cli.tui.cells import fitting
from psoas_cli.tui.menu import Menu, Row
from psoas_cli.tui.regions import Block, Line, wrapped

if TYPE_CHECKING:
    from psoas_cli.tui.theme import StyleName

Pieces = tuple[Line, ...]
"""A row in pieces, each with a style of its own."""

_ROOMY = 10  # rows from which a blank one stands above each heading
_BRIEF = 6  # rows beneath which what is told of a row is brief
_ASIDE = 24  # cells from which there is room for a few words in a row
_GAP = 2  # cells between the parts of a row
_ADJUSTED = {False: ("‹", "›"), True: ("<", ">")}  # noqa: RUF001 - by whether only ASCII is drawn


def list_rows(menu: Menu, width: int, height: int, *, ascii_only: bool = False) -> tuple[Pieces, ...]:
    """The part of the list around the cursor, which stays in the middle unless an end of the list is in view."""
    if not menu.rows:
        return (((fitting(menu.empty, width), "plain"),),)
    lines: list[Pieces] = []
    at, heading = 0, ""
    labels = min(max(cell_len(row.short or row.label) for row in menu.rows), width // 2)
    beside = [_value(row, chosen=True, ascii_only=ascii_only) for row in menu.rows if row.aside]
    values = max(map(cell_len, beside), default=0)
    aside = width - 2 - labels - values - 2 * _GAP
    columns = (labels, aside if aside >= _ASIDE else 0)
    for index, row in enumerate(menu.rows):
        if row.heading != heading:
            heading = row.heading
            if lines and height > _ROOMY:
                lines.append(())
            if heading:
                lines.append(((fitting(heading, width), "heading"),))
        if index == menu.at:
            at = len(lines)
        lines.append(_row(row, width, columns, chosen=index == menu.at, ascii_only=ascii_only))
    top = max(0, min(at - height // 2, len(lines) - height))
    return tuple(lines[top : top + height])


def _row(row: Row, width: int, columns: tuple[int, int], *, chosen: bool, ascii_only: bool) -> Pieces:
    """A row in *width* cells: the label, a few words if their column has any, and the value at the right end."""
    labels, aside = columns
    mark = ("> " if ascii_only else "▸ ") if chosen else "  "
    style: StyleName = "chosen" if chosen else "faint" if row.faint else "plain"
    beside = width - 2 - cell_len(row.short or row.label) - _GAP
    value = fitting(_value(row, chosen=chosen, ascii_only=ascii_only), max(beside, width // 2))
    room = width - 2 - cell_len(value) - (_GAP if value else 0)
    if not aside or not row.aside:
        label = set_cell_size(_label(row, room), room)
        return ((mark + label, style), (" " * (_GAP if value else 0) + value, style))
    label = set_cell_size(_label(row, labels), labels + _GAP)
    words = set_cell_size(opening(row.aside, min(aside, room - labels - _GAP)), room - labels - _GAP)
    return ((mark + label, style), (words, "faint"), (" " * _GAP + value, style))


def _label(row: Row, width: int) -> str:
    return fitting(row.label if cell_len(row.label) <= width else row.short or row.label, width)


def _value(row: Row, *, chosen: bool, ascii_only: bool) -> str:
    if not row.adjustable:
        return row.value
    before, after = _ADJUSTED[ascii_only] if chosen else (" ", " ")
    return f"{before} {row.value} {after}"


def opening(text: str, width: int) -> str:
    """As much of *text* as fits in *width* cells and means something by itself: up to a stop, a comma or a bracket.

    Where that would leave too little of it, it is cut after a word.
    """
    whole = text.removesuffix(".")
    if cell_len(whole) <= width:
        return whole
    for end, least in (("[.:;] ", width * 0.4), (r", | \(", width / 2)):
        heads = [text[: found.start()] for found in re.finditer(end, text)]
        if fit := [head for head in heads if least <= cell_len(head) <= width]:
            return fit[-1]
    words = fitting(text, width)[:-1].rpartition(" ")[0]
    return f"{words}…" if cell_len(words) >= width / 2 else fitting(text, width)


def about_lines(menu: Menu, width: int, height: int) -> Block:
    """What is told of the chosen row, in *height* rows of *width* cells.

    Where there is too little room for all of it, faint lines fall out whole, the last one first, and blank ones.
    """
    row = menu.chosen
    if row is None:
        return ()
    if row.brief and height < _BRIEF:
        return tuple((opening(line, width), style) for line, style in row.brief[:height])
    kept = row.about
    while len(wrapped(kept, width)) > height:
        close = tuple(line for line in kept if line[0])
        if len(wrapped(close, width)) <= height:
            return close
        faint = [at for at, (line, style) in enumerate(kept) if style == "faint" and line]
        if not faint:
            return close
        kept = kept[: faint[-1]] + kept[faint[-1] + 1 :]
    return kept


def one_line(menu: Menu, width: int, *, noted: bool = True) -> str:
    """The list in one line: the chosen row, or the note if there is one that has no line of its own."""
    row = menu.chosen
    note = menu.note if noted else ""
    if note or row is None:
        return fitting(note or menu.empty, width)
    value = row.value_alone or row.value
    label = _label(row, max(0, width - cell_len(value) - _GAP))
    return fitting(f"{label}{' ' * _GAP}{value}" if value else label, width)
