"""The one writer of text: what is shown and never obeyed, columns that fit the window, bold on a terminal."""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from itertools import islice
from typing import TextIO

from psoas_cli.practice.model.text import cells, encodable, encoded, padded, rows_of, shortened, visible
from psoas_cli.tty import is_terminal, lacks_signs, obeys

_WIDEST = 80
_PARTS = 10_000  # of JSON that are printed at a time: all of a long practice would take a hundred megabytes
_LONGEST_CELL, _LONGEST_LAST = 160, 1000  # columns; a path may be long

LONGEST_TITLE = 60
"""The most columns of a title in a list."""


_STYLES = {"\ufdd0": "\x1b[1m", "\ufdd1": "\x1b[3m", "\ufdd2": "\x1b[4m", "\ufdd3": "\x1b[0m"}
"""The marks of a style in a text, and what `write` makes of them; `visible` leaves none in what others wrote."""

BOLD, ITALIC, UNDERLINE, PLAIN = _STYLES


def write(text: str, *, to_stderr: bool = False) -> None:
    """Print *text*, whose lines are shown and never obeyed; styles only on standard output.

    Everything that psoas says goes through here, but for the screen of a practice.
    """
    stream = sys.stderr if to_stderr else sys.stdout
    stream.write(_encodable((plain(text) if to_stderr else painted(text)) + "\n", stream))


def write_data(text: str) -> None:
    """Print *text* as it is, for another program: in UTF-8 and with plain line ends, on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encoded(text + "\n", "utf-8"))


def write_json(value: object) -> None:
    """Print *value* as JSON, which is UTF-8, or ASCII where standard output cannot be that.

    What a terminal would obey, and what no encoding has, is escaped in either case.
    """
    import json

    utf8 = _encoding(sys.stdout).lower().replace("_", "-") in {"utf-8", "utf8"}
    parts = json.JSONEncoder(ensure_ascii=not utf8, indent=2).iterencode(value)
    while text := "".join(islice(parts, _PARTS)):
        if not text.replace("\n", "").isprintable():
            text = "".join(char if char.isprintable() or char == "\n" else _escape(char) for char in text)
        sys.stdout.write(text)
    sys.stdout.write("\n")


def _escape(char: str) -> str:
    """Return the escape sequence of *char* in JSON: one for each half of what is beyond 16 bits."""
    halves = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[i : i + 4]}" for i in range(0, len(halves), 4))


def ask(question: str) -> str:
    """Print *question*, and return the line that the person types."""
    sys.stdout.write(_encodable(painted(question), sys.stdout))
    sys.stdout.flush()
    return sys.stdin.readline()


def plain(text: str) -> str:
    """Return *text* with its lines made visible, and without styles."""
    return "\n".join(map(visible, text.split("\n")))


def painted(text: str, *, bare: bool = False) -> str:
    """Return *text* made visible, with its styles as the terminal knows them; without if it is *bare*."""
    if text.replace("\n", "").isprintable():
        return plain(text)
    codes = _STYLES if not bare and styled() else dict.fromkeys(_STYLES, "")
    parts = re.split(f"([{''.join(_STYLES)}])", text)  # each second one is a mark
    return "".join(codes[part] if number % 2 else plain(part) for number, part in enumerate(parts))


def _encodable(text: str, stream: TextIO) -> str:
    """Return *text* with the nearest equivalents of characters that *stream* cannot encode."""
    return encodable(text, _encoding(stream))


def _encoding(stream: TextIO) -> str:
    return stream.encoding or "utf-8"


def width() -> int:
    """Return the width of the window in columns, or 80 without a window."""
    return shutil.get_terminal_size((80, 24)).columns


def height() -> int:
    """Return the height of the window in lines, or 24 without a window."""
    return shutil.get_terminal_size((80, 24)).lines


def ascii_only() -> bool:
    """Whether standard output cannot encode block characters and braille, or cannot show them."""
    if lacks_signs(sys.stdout):
        return True
    try:
        "█▀⠒━".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return True
    return False


def wrapped(text: str, heading: str = "") -> list[str]:
    """Return *heading* and *text* wrapped to the window, at most 80 columns wide."""
    return rows_of(visible(heading + text), min(width(), _WIDEST), "  " if heading else "")


def styled() -> bool:
    """Whether to use bold: on a terminal or with FORCE_COLOR, but not with NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return obeys(sys.stdout)


def bold(text: str) -> str:
    """Return *text* in bold where `write` shows styles."""
    return f"{BOLD}{visible(text)}{PLAIN}" if text.strip() else text


def columns(rows: Sequence[tuple[str, ...]], *, strong: int) -> str:
    """Return *rows* in aligned columns, with column number *strong* in bold and the last column wrapped.

    In a window too narrow for columns, each row becomes a short paragraph. Nothing wraps in a pipe. What is longer than
    anything useful is cut.
    """
    if not rows:
        return ""
    rows = [(*(_cell(cell, _LONGEST_CELL) for cell in row[:-1]), _cell(row[-1], _LONGEST_LAST)) for row in rows]
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    indent = sum(widths[:-1]) + 2 * (len(widths) - 1)
    room = width() - indent
    if is_terminal(sys.stdout) and room < min(16, widths[-1]):
        return "\n".join(_paragraph(row, strong) for row in rows)
    lines = []
    for row in rows:
        aligned = [padded(cell, size) for cell, size in zip(row[:-1], widths, strict=False)]
        aligned[strong] = bold(aligned[strong])
        last = rows_of(row[-1], room) if is_terminal(sys.stdout) and row[-1] else [row[-1]]
        lines.append(("  ".join([*aligned, last[0]])).rstrip())
        lines += [" " * indent + more for more in last[1:]]
    return "\n".join(lines)


def _cell(text: str, most: int) -> str:
    return shortened(visible(text), most)


def _paragraph(row: tuple[str, ...], strong: int) -> str:
    rest = " · ".join(cell for i, cell in enumerate(row) if i != strong and cell)
    return "\n".join([bold(row[strong]), *("  " + line for line in rows_of(rest, width() - 2) if line)])
