"""Printing: columns that fit the window, bold on a terminal, plain text in a pipe."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence

from psoas_cli.practice.model.text import encoded

_WIDEST = 80


def write(text: str, *, to_stderr: bool = False) -> None:
    """Print *text*, with the nearest equivalents of characters that the stream cannot encode."""
    stream = sys.stderr if to_stderr else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(encoded(text, encoding).decode(encoding) + "\n")


def width() -> int:
    """Return the width of the window in columns, or 80 without a window."""
    return shutil.get_terminal_size((80, 24)).columns


def height() -> int:
    """Return the height of the window in lines, or 24 without a window."""
    return shutil.get_terminal_size((80, 24)).lines


def ascii_only() -> bool:
    """Whether standard output cannot encode block characters and braille."""
    try:
        "█▀⠒━".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return True
    return False


def wrapped(text: str, heading: str = "") -> list[str]:
    """Return *heading* and *text* wrapped to the window, at most 80 columns wide."""
    return textwrap.wrap(heading + text, min(width(), _WIDEST), subsequent_indent="  " if heading else "")


def styled() -> bool:
    """Whether to use bold: on a terminal or with FORCE_COLOR, but not with NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """Return *text* in bold if `styled`."""
    return f"\x1b[1m{text}\x1b[0m" if styled() and text.strip() else text


def columns(rows: Sequence[tuple[str, ...]], *, strong: int) -> str:
    """Return *rows* in aligned columns, with column number *strong* in bold and the last column wrapped.

    In a window too narrow for columns, each row becomes a short paragraph. Nothing wraps in a pipe.
    """
    if not rows:
        return ""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    indent = sum(widths[:-1]) + 2 * (len(widths) - 1)
    room = width() - indent
    if sys.stdout.isatty() and room < min(16, widths[-1]):
        return "\n".join(_paragraph(row, strong) for row in rows)
    lines = []
    for row in rows:
        cells = [f"{cell:<{size}}" for cell, size in zip(row[:-1], widths, strict=False)]
        cells[strong] = bold(cells[strong])
        last = textwrap.wrap(row[-1], room) if sys.stdout.isatty() and row[-1] else [row[-1]]
        lines.append(("  ".join([*cells, last[0]])).rstrip())
        lines += [" " * indent + more for more in last[1:]]
    return "\n".join(lines)


def _paragraph(row: tuple[str, ...], strong: int) -> str:
    rest = " · ".join(cell for i, cell in enumerate(row) if i != strong and cell)
    return "\n".join([bold(row[strong]), textwrap.fill(rest, width(), initial_indent="  ", subsequent_indent="  ")])


def show_paged(text: str) -> None:
    """Print *text*, through the pager if it is longer than the screen."""
    pager = _pager() if len(text.splitlines()) >= height() else []  # the prompt takes a line too
    if not pager:
        write(text)
        return
    encoding = sys.stdout.encoding or "utf-8"
    environment = {"LESS": "-FRX", **os.environ}  # show colours, and leave the text on the screen
    if encoding.lower() == "utf-8":
        environment.setdefault("LESSCHARSET", "utf-8")
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for the pager, which restores the terminal
    try:
        subprocess.run(pager, input=encoded(f"{text}\n", encoding), env=environment, check=False)  # noqa: S603 - the user's own
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str]:
    """Return the pager's command and arguments; empty without a pager or a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return []
    import shlex

    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # an unclosed quote
        return []
    return command if command and shutil.which(command[0]) else []
