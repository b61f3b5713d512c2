"""Folding text that is too long for the screen into pages."""

from psoas_cli.tui.cells import rows_of
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.regions import Block, Line, wrapped

_BLANK: Line = ("", "plain")
_ROOMY = 18  # height in rows from which every page begins with a blank row


def folded(lines: Block, size: tuple[int, int], foot: Block = ()) -> tuple[Block, ...]:
    """Fold *lines* into pages for a screen of *size* (columns, rows), each with *foot* below it.

    A line is split only if more than half of a page would stay empty otherwise. No page begins with more than one blank
    row, and none ends with a heading.
    """
    page = layout(Size(*size), "page")[0]
    if page.name == "line":
        return ((*lines, *foot),)
    room = max(1, page.height - _height(foot, page.width))
    pages: list[Block] = []
    rest = lines
    while rest:
        count = _count(rest, page.width, room)
        if count < len(rest) and _height(rest[:count], page.width) < room / 2:
            rest = (*rest[:count], *wrapped(rest[count : count + 1], page.width), *rest[count + 1 :])
            count = _count(rest, page.width, room)
        pages.append(rest[:count])
        rest = rest[count:]
        while rest and not rest[0][0]:
            rest = rest[1:]
        if rest and page.height >= _ROOMY:
            rest = (_BLANK, *rest)  # as on the first page
    if not foot:
        return tuple(pages)
    return tuple(_with(foot, each, page.width, room, lowest=len(pages) > 1) for each in pages)


def _with(foot: Block, lines: Block, width: int, room: int, *, lowest: bool) -> Block:
    """Put *foot* below *lines*: after a blank row if there is room for one, or at the very bottom if *lowest*."""
    left = max(0, room - _height(lines, width))
    return (*lines, *[_BLANK] * (left if lowest else min(1, left)), *foot)


def _count(lines: Block, width: int, height: int) -> int:
    """How many of *lines* to put on a page, so that it does not end with a heading or a blank row."""
    fitting = count = max(1, _fitting(lines, width, height))
    while 1 < count < len(lines) and (_is_heading(lines[count - 1], lines[count]) or not lines[count - 1][0]):
        count -= 1
    return count if any(line for line, _ in lines[:count]) else fitting


def _is_heading(line: Line, following: Line) -> bool:
    return line[1] == "strong" and bool(following[0])


def _height(lines: Block, width: int) -> int:
    return sum(len(rows_of(line, width)) for line, _ in lines)


def _fitting(lines: Block, width: int, height: int) -> int:
    """How many of *lines* fit into *height* rows once wrapped."""
    used = 0
    for number, (line, _) in enumerate(lines):
        used += len(rows_of(line, width))
        if used > height:
            return number
    return len(lines)
