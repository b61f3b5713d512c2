"""The painter: makes cells of what each region shows, and sends only those that changed; both are cached."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from rich.cells import cached_cell_len, cell_len, set_cell_size

from psoas_cli.practice.model.text import visible

# Fewer unchanged cells than this are sent again rather than jumped over: a jump costs about as many bytes.
_GAP = 8

# How many rendered regions are cached, and how many changes between two (only the text sent): enough for a breath in
# and out, and for what the seconds change meanwhile.
_ROWS, _CHANGES = 64, 256

# How many texts Rich may know the widths of: it would keep thousands, and each second shows some that never come again.
_MEASURED = 512


class Region(NamedTuple):
    """A rectangle of the screen, in cells from the upper left corner (0, 0)."""

    name: str
    x: int
    y: int
    width: int
    height: int


Rows = Sequence[Iterable[tuple[str, str]]]
"""What a region shows: rows of texts, each text with the name of its style."""

# A character and the codes of its style. It may be two cells wide, or have no width: see _is_plain.
_Cell = tuple[str, str]
_Row = list[_Cell]


class Painter:
    """Paints regions of the screen; a key says what each of them shows.

    Args:
        build: `build(name, key, width, height)` returns the rows of a region; what is wider or higher is cut. It must
            be pure, as its results are cached.
        write: Sends text to the terminal.
        codes: The parameters of the escape code that switches each style on; what is blank is `plain`.
    """

    def __init__(
        self,
        build: Callable[[str, Hashable, int, int], Rows],
        write: Callable[[str], None],
        codes: Mapping[str, str],
    ) -> None:
        self._build = build
        self._write = write
        self._blank: _Cell = (" ", codes["plain"])
        self._rows = lru_cache(_ROWS)(self._render)
        self._delta = lru_cache(_CHANGES)(self._compare)
        self._cells = {style: _Cells(each) for style, each in codes.items()}
        self._regions: dict[str, Region] = {}
        self._shown: dict[str, Hashable] = {}
        self._clear = False

    def reset(self, layout: Sequence[Region]) -> None:
        """Start over with *layout*: the next paint clears the screen and draws every region.

        Args:
            layout: Regions that do not overlap and lie on the screen.
        """
        regions = {region.name: region for region in layout}
        if regions != self._regions:
            self._rows.cache_clear()
            self._delta.cache_clear()
        self._regions = regions
        self._shown = {}
        self._clear = True

    def paint(self, keys: Mapping[str, Hashable]) -> None:
        """Update the screen in one write, or none if nothing changed.

        Args:
            keys: What each region shows; a region that is left out stays as it is.
        """
        parts = [_styled("\x1b[2J", self._blank[1])] if self._clear else []
        for name, key in keys.items():
            if name not in self._shown:
                parts.append(self._delta(name, None, key))
            elif self._shown[name] != key:
                parts.append(self._delta(name, (self._shown[name],), key))
        self._shown.update(keys)
        self._clear = False
        if text := "".join(parts):
            self._write(f"\x1b[?2026h{text}\x1b[?2026l")

    def _render(self, name: str, key: Hashable) -> list[_Row]:
        """The rows of a region, each as wide as the region."""
        _, _, _, width, height = self._regions[name]
        rows = [self._row(pieces, width) for pieces in self._build(name, key, width, height)[:height]]
        if cached_cell_len.cache_info().currsize > _MEASURED:
            cached_cell_len.cache_clear()
        return rows + [[self._blank] * width] * (height - len(rows))

    def _row(self, pieces: Iterable[tuple[str, str]], width: int) -> _Row:
        """The cells of a row: *pieces*, cut to *width*, and blanks after them."""
        row: _Row = []
        for text, style in pieces:
            length = cell_len(text)
            shown = text if length <= width else set_cell_size(text, width)
            row += map(self._cells[style].cell, _without_control(shown))
            width = max(0, width - length)
        return row + [self._blank] * width

    def _compare(self, name: str, old: tuple[Hashable] | None, new: Hashable) -> str:
        """The text that changes a region from *old* (None: blank) to *new*."""
        _, x, y, width, height = self._regions[name]
        after = self._rows(name, new)
        before = [[self._blank] * width] * height if old is None else self._rows(name, old[0])
        return "".join(
            self._change((x + 1, y + 1 + i, width), self._gap(name, y + i), *rows)
            for i, rows in enumerate(zip(before, after, strict=True))
        )

    def _gap(self, name: str, line: int) -> int | None:
        """How many columns are between a region and the next one on *line*; None if there is none beside it."""
        end = self._regions[name].x + self._regions[name].width
        beside = [each.x for each in self._regions.values() if each.x >= end and 0 <= line - each.y < each.height]
        return min(beside) - end if beside else None

    def _change(self, place: tuple[int, int, int], gap: int | None, old: _Row, new: _Row) -> str:
        column, line, width = place
        if old == new:
            return ""
        if not (_is_plain(old) and _is_plain(new)):
            # Terminals disagree about the width of some characters: blank the row first, up to the next region or the
            # screen's end, place each column of text by itself, and send no blanks at the end.
            rest = "" if gap is not None else _styled("\x1b[K", self._blank[1])
            blank = f"\x1b[{line};{column}H{_text([self._blank] * (width + (gap or 0)))}{rest}"
            end = next((i for i in range(len(new), 0, -1) if new[i - 1] != self._blank), 0)
            return blank + "".join(f"\x1b[{line};{column + at}H{_text(cells)}" for at, cells in _columns(new[:end]))
        return "".join(f"\x1b[{line};{column + start}H{_text(new[start:end])}" for start, end in _runs(old, new))


class _Cells(dict[str, _Cell]):
    """The cells of one style by their character, each made once: a large screen has many that are the same."""

    def __init__(self, codes: str) -> None:
        self._codes = codes
        self.cell = self.__getitem__

    def __missing__(self, char: str) -> _Cell:
        cell = self[char] = (char, self._codes)
        return cell


def _text(cells: _Row) -> str:
    """What shows *cells* one after another."""
    return "".join(_styled("".join(char for char, _ in group), codes) for codes, group in groupby(cells, itemgetter(1)))


def _styled(text: str, codes: str) -> str:
    """*text* with its style switched on before it and off after it."""
    return f"\x1b[{codes}m{text}\x1b[0m" if codes else text


def _without_control(text: str) -> str:
    """*text* without what a terminal would obey: it may come from anybody's file; what has a cell is replaced."""
    seen = visible(text)
    if seen == text:
        return text
    return "".join(shown if char == shown or cell_len(char) else "" for char, shown in zip(text, seen, strict=True))


def _is_plain(row: _Row) -> bool:
    """Whether every character takes exactly one cell, so that its index is its column."""
    return all(map(_takes_one_cell, {char for char, _ in row}))


@lru_cache(4096)
def _takes_one_cell(char: str) -> bool:
    return char.isascii() or cell_len(char) == 1


def _columns(row: _Row) -> list[tuple[int, _Row]]:
    """The texts of a row that have two blanks or more between them, each with the cell at which it begins."""
    text = "".join(char for char, _ in row)  # measured as one: joined characters are narrower than their sum
    begins = [0, *(found.end() for found in re.finditer("  +(?! )", text)), len(text)]
    return [(cell_len(text[:start]), row[start:end]) for start, end in pairwise(begins)]


def _runs(old: _Row, new: _Row) -> list[tuple[int, int]]:
    """Where two plain rows differ: ranges (start, end), joined if only a few equal cells lie between."""
    runs: list[tuple[int, int]] = []
    for i, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if runs and i - runs[-1][1] < _GAP:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
