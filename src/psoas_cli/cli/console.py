"""Printing lines: columns that fit the window, bold where a terminal shows it, plain in a pipe."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence

from psoas_cli.practice.model.text import encoded

_WIDEST = 80


def write(text: str, *, to_stderr: bool = False) -> None:
    """Print *text*; what the stream cannot encode is written with what it can."""
    stream = sys.stderr if to_stderr else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(encoded(text, encoding).decode(encoding) + "\n")


def width() -> int:
    """Columns of the window; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def height() -> int:
    """Lines of the window; 24 where there is none."""
    return shutil.get_terminal_size((80, 24)).lines


def ascii_only() -> bool:
    """Whether the stream cannot show block characters and braille."""
    try:
        "█▀⠒━".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return True
    return False


def wrapped(text: str, heading: str = "") -> list[str]:
    """*text* after its *heading*, in lines that fit the window and are no wider than a page."""
    return textwrap.wrap(heading + text, min(width(), _WIDEST), subsequent_indent="  " if heading else "")


def styled() -> bool:
    """Whether bold may be used: on a terminal, unless NO_COLOR says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """*text* in bold, where that is shown."""
    return f"\x1b[1m{text}\x1b[0m" if styled() and text.strip() else text


def columns(rows: Sequence[tuple[str, ...]], *, strong: int) -> str:
    """*rows* in aligned columns, the one number *strong* in bold; the last column wraps in its room.

    In a window too narrow for the columns each row becomes a small paragraph.
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
    """Show *text*; in pages where it is longer than the screen, and all at once where there is no pager."""
    pager = _pager() if len(text.splitlines()) >= height() else []  # the prompt wants a line too
    if not pager:
        write(text)
        return
    encoding = sys.stdout.encoding or "utf-8"
    environment = {"LESS": "-FRX", **os.environ}  # colours shown, and what was read stays on the screen
    if encoding.lower() == "utf-8":
        environment.setdefault("LESSCHARSET", "utf-8")
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the pager's: it leaves the terminal as it was
    try:
        subprocess.run(pager, input=encoded(f"{text}\n", encoding), env=environment, check=False)  # noqa: S603 - the person's own
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str]:
    """The command of the pager and its arguments; empty where there is none, or nobody to turn the pages."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return []
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quote that is not closed
        return []
    return command if command and shutil.which(command[0]) else []
