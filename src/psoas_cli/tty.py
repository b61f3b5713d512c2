"""What a terminal is: whether a stream is one, whether it obeys escape codes, how large it is, and what it can show."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, TextIO

IS_WINDOWS = sys.platform == "win32"
"""Whether terminals are those of Windows: its consoles, which are told apart and set up in another way."""

_DUMB = "dumb"


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


def colours() -> Literal["auto", "256"]:
    """How many colours to draw with, as Rich calls it: what the terminal says, but 256 in Apple's own.

    Before macOS 26 that shows others wrongly, and a `COLORTERM` is often set for all terminals alike.
    """
    return "256" if os.environ.get("TERM_PROGRAM") == "Apple_Terminal" else "auto"


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
