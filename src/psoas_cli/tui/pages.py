"""Folding text that is too long for the screen into pages."""

from collections.abc import Sequence

from psoas_cli.tui.cells import rows_of
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.regions import Block, Line, wrapped

_BLANK: Line = ("", "plain")
ROOMY = 18
"""Height in rows from which every page begins with a blank row."""


def folded(lines: Block, size: tuple[int, int], foot: Block = ()) -> tuple[Block, ...]:
    """Fold *lines* into pages for a screen of *size* (columns, rows), each with *foot* below it; see `folded_into`."""
    page = layout(Size(*size), "page")[0]
    return ((*lines, *foot),) if page.name == "line" else folded_into(lines, page.width, page.height, foot)


def folded_into(lines: Block, width: int, height: int, foot: Block = ()) -> tuple[Block, ...]:
    """Fold *lines* into pages of *width* columns and *height* rows, each with *foot* below it.

    A line is split only if it is longer than a page, or more than half of one would stay empty otherwise. No page
    begins with more than one blank row, and none ends with a heading.
    """
    room = max(1, height - height_of(foot, width))
    pages: list[Block] = []
    rest = lines
    while rest:
        count = _count(rest, width, room)
        used = height_of(rest[:count], width)
        if used > room or (count < len(rest) and used < room / 2):
            split = 0 if used > room else count
            rest = (*rest[:split], *wrapped(rest[split : split + 1], width), *rest[split + 1 :])
            count = _count(rest, width, room)
        pages.append(rest[:count])
        rest = rest[count:]
        while rest and not rest[0][0]:
            rest = rest[1:]
        if rest and height >= ROOMY:
            rest = (_BLANK, *rest)  # as on the first page
    if not foot:
        return tuple(pages)
    return tuple(_with(foot, each, width, room, lowest=len(pages) > 1) for each in pages)


def packed(groups: Sequence[Block], width: int, height: int, foot: Block = ()) -> tuple[Block, ...]:
    """Put *groups* on pages like `folded_into`, none of them on two unless it is longer than a page.

    Such a long one begins on a page of its own if the one before is more than half full.
    """
    room = height - height_of(foot, width)
    top: Block = (_BLANK,) if height >= ROOMY else ()
    pages: list[Block] = []
    rest: Block = ()
    for group in groups:
        joined = (*rest, _BLANK, *group) if rest else (*top, *group)
        fits_alone, half_full = height_of((*top, *group), width) <= room, height_of(rest, width) > room / 2
        if rest and (fits_alone or half_full) and height_of(joined, width) > room:
            pages.append(rest)
            joined = (*top, *group)
        *full, rest = folded_into(joined, width, room)
        pages += full
    return tuple(_with(foot, each, width, room, lowest=True) for each in (*pages, rest))


def _with(foot: Block, lines: Block, width: int, room: int, *, lowest: bool) -> Block:
    """Put *foot* below *lines*: after a blank row if there is room for one, or at the very bottom if *lowest*."""
    left = max(0, room - height_of(lines, width))
    return (*lines, *[_BLANK] * (left if lowest else min(1, left)), *foot)


def _count(lines: Block, width: int, height: int) -> int:
    """How many of *lines* to put on a page, so that it does not end with a heading or a blank row."""
    fitting = count = max(1, _fitting(lines, width, height))
    while 1 < count < len(lines) and (_is_heading(lines[count - 1], lines[count]) or not lines[count - 1][0]):
        count -= 1
    return count if any(line for line, _ in lines[:count]) else fitting


def _is_heading(line: Line, following: Line) -> bool:
    return line[1] in {"strong", "faint"} and bool(following[0])


def height_of(lines: Block, width: int) -> int:
    """How many rows *lines* take once wrapped to *width* cells."""
    return sum(len(rows_of(line, width)) for line, _ in lines)


def _fitting(lines: Block, width: int, height: int) -> int:
    """How many of *lines* fit into *height* rows once wrapped."""
    used = 0
    for number, (line, _) in enumerate(lines):
        used += len(rows_of(line, width))
        if used > height:
            return number
    return len(lines)
