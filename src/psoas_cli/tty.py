"""What a terminal is: whether a stream is one, whether it obeys escape codes, how large it is, and what it can show."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, TextIO

Palette = Literal["truecolor", "256", "standard"]
"""The colours of a terminal: all, those of a table of 256, or sixteen."""

IS_WINDOWS = sys.platform == "win32"
"""Whether terminals are those of Windows: its consoles, which are told apart and set up in another way."""

_DUMB = "dumb"
_PALETTES: dict[str, Palette] = {"kitty": "256", "256color": "256"}  # by the end of a name such as `xterm-256color`


def is_terminal(stream: TextIO | int) -> bool:
    """Whether *stream*, or the descriptor of one, is a terminal: on Windows a console, which `NUL` is not."""
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        return tty_windows.is_console(stream)
    return os.isatty(stream) if isinstance(stream, int) else stream.isatty()


def obeys(stream: TextIO | int) -> bool:
    """Whether *stream* is a terminal that obeys escape codes.

    A dumb one does not, nor one that nobody knows. No console of Windows has a name; there it matters whether
    `escape_codes_on` could make it obey.
    """
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        return kind() != _DUMB and tty_windows.obeys(stream)
    return (kind() or _DUMB) != _DUMB and is_terminal(stream)


def kind() -> str:
    """The name of the kind of terminal, as in `TERM`; empty if nobody knows."""
    return os.environ.get("TERM", "")


def escape_codes_on() -> AbstractContextManager[None]:
    """Have the consoles among the standard streams obey escape codes, as all else does that is no dumb terminal."""
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        return tty_windows.escape_codes_on()
    return nullcontext()


def lacks_signs(stream: TextIO | int) -> bool:
    """Whether *stream* is a terminal whose fonts have no braille and few blocks: the old console of Windows."""
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        return tty_windows.is_old_console(stream)
    return False


def palette() -> Palette | None:
    """The colours of this terminal, as it says itself; None if nobody knows.

    Apple's own has 256: before macOS 26 it shows more of them wrongly, and `COLORTERM` is often set for all terminals.
    """
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return "256"
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        return tty_windows.palette()
    if os.environ.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return "truecolor"
    name = kind().strip().lower()
    return None if name == "unknown" else _PALETTES.get(name.rpartition("-")[2], "standard")


def colours() -> Palette | None:
    """The colours to draw with; None for none."""
    return None if os.environ.get("NO_COLOR") else palette()


def window_size(descriptor: int) -> tuple[int, int]:
    """Columns and lines of the terminal at *descriptor*; `COLUMNS` can narrow it; 80x24 if unknown."""
    try:
        columns, lines = os.get_terminal_size(descriptor)
    except OSError:
        columns, lines = 0, 0
    wished = os.environ.get("COLUMNS", "")
    if wished.isdecimal() and int(wished):
        columns = min(columns, int(wished)) if columns else int(wished)
    return columns or 80, lines or 24


def is_reader_gone(error: OSError) -> bool:
    """Whether *error* says that nobody reads the pipe any more; Windows calls that an invalid argument."""
    import errno

    return isinstance(error, BrokenPipeError) or (IS_WINDOWS and error.errno == errno.EINVAL)
