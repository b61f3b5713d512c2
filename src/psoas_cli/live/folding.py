"""Folding a text that is too long for the screen into pages."""

from rich.cells import cell_len

from psoas_cli.screen.layout import Size, layout
from psoas_cli.screen.regions import Block


def folded(lines: Block, size: tuple[int, int]) -> tuple[Block, ...]:
    """*lines* as pages for a screen of *size* (columns and rows); no line is parted, and no page begins blank."""
    page = layout(Size(*size), "page")[0]
    if page.name == "line":
        return (lines,)
    pages: list[Block] = []
    rest = lines
    while rest:
        count = max(1, _fitting(rest, page.width, page.height))
        pages.append(rest[:count])
        rest = rest[count:]
        while rest and not rest[0][0]:
            rest = rest[1:]
        if rest:
            rest = (("", "plain"), *rest)  # as the first page has it
    return tuple(pages)


def _fitting(lines: Block, width: int, height: int) -> int:
    """How many of *lines* fit, each wrapped."""
    used = 0
    for number, (line, _) in enumerate(lines):
        used += _rows(line, width)
        if used > height:
            return number
    return len(lines)


def _rows(line: str, width: int) -> int:
    rows, column = 1, 0
    for word in line.split():
        length = cell_len(word)
        if column and column + 1 + length > width:
            rows, column = rows + 1, length
        else:
            column += length + bool(column)
    return rows
