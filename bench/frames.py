"""Frames as a painter sends them: each must fit the screen, and hold nothing that a terminal would obey."""

import re
from collections import defaultdict
from unicodedata import category

from rich.cells import cell_len

_KNOWN = re.compile(r"\x1b\[(?:\?2026[hl]|2J|K|(\d+);(\d+)H|[0-9;]*m)")


class Frames:
    """Takes what is written to a screen, and looks at it.

    Attributes:
        size: Its columns and rows.
        count: How many frames have come.
    """

    def __init__(self, size: tuple[int, int] = (80, 24)) -> None:
        self.size = size
        self.count = 0

    def write(self, text: str) -> None:
        """Look at a frame.

        Raises:
            AssertionError: It does not fit, or a terminal would obey something in it.
        """
        self.count += 1
        width, height = self.size
        row = column = 0
        at = 0
        odd: dict[str, int] = defaultdict(int)
        for found in [*_KNOWN.finditer(text), None]:
            piece = text[at : found.start() if found else len(text)]
            if piece:
                for char in piece if not piece.isprintable() else "":
                    if category(char) in {"Cc", "Cs"}:
                        odd[char] += 1
                assert not odd, f"{dict(odd)} in {piece!r}"
                assert row, f"nobody knows where {piece!r} goes"
                column += cell_len(piece)
                assert column - 1 <= width, f"{piece!r} ends in column {column - 1} of {width}"
            if found:
                at = found.end()
                if found[1]:
                    row, column = int(found[1]), int(found[2])
                    assert 1 <= row <= height, f"row {row} of {height}"
                    assert 1 <= column <= width, f"column {column} of {width}"
