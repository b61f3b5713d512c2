"""The half of `tty` that only Windows needs: consoles, through their own functions."""

import ctypes
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, TextIO

from psoas_cli.windows import DWORD, HANDLE, function

_PROCESSED_OUTPUT, _ESCAPE_CODES = 0x0001, 0x0004
_ALL_COLOURS = (10, 15063)  # the version of Windows and its build since which its consoles have all of them
_NAMED, _LONGEST_TITLE = 256, 1024  # characters of a class and of a title that are asked for

# The class of the window that stands in for a terminal which only reads and draws, such as Windows Terminal; that one
# has fonts for all signs. It also says so itself, unless Windows has opened it in place of a console.
_STANDS_IN = "PseudoConsoleWindow"
_SAID_BY = ("WT_SESSION", "TERM_PROGRAM", "TERM")


def handle_of(stream: TextIO | int) -> int | None:
    """The system's handle of *stream*, or of the descriptor of one; None if it has none."""
    console: Any = importlib.import_module("msvcrt")
    try:
        handle: int = console.get_osfhandle(stream if isinstance(stream, int) else stream.fileno())
    except (OSError, ValueError):  # it is closed, or no file
        return None
    return handle


def mode_of(handle: int | None) -> int | None:
    """The mode of the console at *handle*; None if that is no console."""
    if handle is None:
        return None
    mode = DWORD()
    asked = function("GetConsoleMode", HANDLE, ctypes.POINTER(DWORD))
    return mode.value if asked(handle, ctypes.byref(mode)) else None


def set_mode(handle: int, mode: int) -> bool:
    """Give the console at *handle* the *mode*; return whether it takes it."""
    return bool(function("SetConsoleMode", HANDLE, DWORD)(handle, mode))


def is_console(stream: TextIO | int) -> bool:
    """Whether *stream* is a console; a device such as `NUL` is none, although it says that it is a terminal."""
    return mode_of(handle_of(stream)) is not None


def obeys(stream: TextIO | int) -> bool:
    """Whether *stream* is a console that obeys escape codes now."""
    return bool((mode_of(handle_of(stream)) or 0) & _ESCAPE_CODES)


@contextmanager
def escape_codes_on() -> Iterator[None]:
    """Have standard output and standard error obey escape codes, as far as they are consoles that can.

    Their modes are put back when the block ends.
    """
    before: list[tuple[int, int]] = []
    for stream in (sys.stdout, sys.stderr):
        handle = handle_of(stream)
        mode = mode_of(handle)
        if handle is not None and mode is not None and set_mode(handle, mode | _PROCESSED_OUTPUT | _ESCAPE_CODES):
            before.append((handle, mode))
    try:
        yield
    finally:
        for handle, mode in reversed(before):  # both may be the same console
            set_mode(handle, mode)


def palette() -> Literal["truecolor", "256"]:
    """The colours of a console that obeys escape codes."""
    system: Any = sys
    version = system.getwindowsversion()
    return "truecolor" if (version.major, version.build) >= _ALL_COLOURS else "256"


def forget_typed(handle: int) -> None:
    """Forget what was typed into the console at *handle* and not read."""
    function("FlushConsoleInputBuffer", HANDLE)(handle)


def title() -> str:
    """The title of the console's window."""
    said = ctypes.create_unicode_buffer(_LONGEST_TITLE)
    function("GetConsoleTitleW", ctypes.c_wchar_p, DWORD, result=DWORD)(said, _LONGEST_TITLE)
    return said.value


def entitle(said: str) -> None:
    """Have the console's window show the title *said*."""
    function("SetConsoleTitleW", ctypes.c_wchar_p)(said)


def is_old_console(stream: TextIO | int) -> bool:
    """Whether *stream* is a console in a window of its own, with the few signs that the fonts of consoles have."""
    if any(map(os.environ.get, _SAID_BY)) or not is_console(stream):
        return False
    name = ctypes.create_unicode_buffer(_NAMED)
    window = function("GetConsoleWindow", result=HANDLE)()
    asked = function("GetClassNameW", HANDLE, ctypes.c_wchar_p, ctypes.c_int, library="user32")
    return not (window and asked(window, name, _NAMED) and name.value == _STANDS_IN)
