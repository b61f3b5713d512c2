"""A stand-in for a console of Windows: its functions as ctypes calls them, and no more lenient than the system's."""

from __future__ import annotations

import ctypes
import io
import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from psoas_cli import tty
from psoas_cli.tty_windows import BOOL, DWORD, HANDLE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

INPUT, OUTPUT, DEVICE = 0x10, 0x14, 0x18
"""Handles: of the console's input and output, and of `NUL`."""

ESCAPE_CODES = 0x0004
_USUAL = {INPUT: 0x01F7, OUTPUT: 0x0003}  # the modes of a console that has just been opened
_KNOWN = {INPUT: 0x03FF, OUTPUT: 0x001F}  # the bits that each takes
_INVALID = 6


class Stream(io.TextIOWrapper):
    """Standard output or standard error, which says of any device that it is a terminal, as Python's do."""

    def __init__(self, number: int, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding, newline="\n", write_through=True)
        self._number = number

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        """What was written so far."""
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


def streams(monkeypatch: pytest.MonkeyPatch, encoding: str = "utf-8") -> Stream:
    """Put streams at the descriptors of standard output, which is returned, and of standard error."""
    output = Stream(1, encoding)
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.setattr(sys, "stderr", Stream(2, encoding))
    return output


@dataclass
class Console:
    """A console with its input and its output, and what stands at the three descriptors.

    Attributes:
        handles: The handle at each descriptor.
        modes: The modes of both handles.
        obeys: Whether it can obey escape codes, as since 2016.
        window: The class of its window.
    """

    handles: dict[int, int] = field(default_factory=lambda: {0: INPUT, 1: OUTPUT, 2: OUTPUT})
    modes: dict[int, int] = field(default_factory=lambda: dict(_USUAL))
    obeys: bool = True
    window: str = "ConsoleWindowClass"

    @classmethod
    def opened(cls, monkeypatch: pytest.MonkeyPatch) -> Console:
        """Put a console in the system's place for the length of a test."""
        console = cls()
        monkeypatch.setattr(tty, "IS_WINDOWS", True)
        for name in ("TERM", "TERM_PROGRAM", "WT_SESSION"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=console.handle_at))
        monkeypatch.setattr(ctypes, "WinDLL", console.library, raising=False)
        return console

    def handle_at(self, descriptor: int) -> int:
        if descriptor not in self.handles:
            raise OSError(9, "Bad file descriptor")
        return self.handles[descriptor]

    def library(self, name: str, *, use_last_error: bool) -> SimpleNamespace:
        assert use_last_error
        return SimpleNamespace(**{each: _as_called(*self._functions[each]) for each in _EXPORTED[name]})

    @property
    def _functions(self) -> dict[str, tuple[Callable[..., int], Any, tuple[Any, ...]]]:
        return {
            "GetConsoleMode": (self._get_mode, BOOL, (HANDLE, ctypes.POINTER(DWORD))),
            "SetConsoleMode": (self._set_mode, BOOL, (HANDLE, DWORD)),
            "GetConsoleWindow": (lambda: 0x20, HANDLE, ()),
            "GetClassNameW": (self._class_name, BOOL, (HANDLE, ctypes.POINTER(ctypes.c_wchar), BOOL)),
        }

    def _get_mode(self, handle: int, mode: Any) -> int:
        if handle not in self.modes:
            return 0
        mode[0] = self.modes[handle]
        return 1

    def _set_mode(self, handle: int, mode: int) -> int:
        if handle not in self.modes or mode & ~_KNOWN[handle]:
            return 0
        if handle == OUTPUT and mode & ESCAPE_CODES and not self.obeys:
            return 0
        self.modes[handle] = mode
        return 1

    def _class_name(self, window: int, name: Any, room: int) -> int:
        assert window == 0x20
        shown = self.window[: room - 1]
        for number, char in enumerate(f"{shown}\0"):
            name[number] = char
        return len(shown)


_EXPORTED = {"kernel32": ("GetConsoleMode", "SetConsoleMode", "GetConsoleWindow"), "user32": ("GetClassNameW",)}


def _as_called(function: Callable[..., int], result: Any, arguments: tuple[Any, ...]) -> Any:
    """*function* behind a pointer, so that ctypes turns what it is given into C's values and back."""
    return ctypes.CFUNCTYPE(result, *arguments)(function)
