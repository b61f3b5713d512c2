"""A stand-in for a console of Windows: its functions as ctypes calls them, and no more lenient than the system's."""

from __future__ import annotations

import ctypes
import io
import struct
import sys
from dataclasses import dataclass, field
from threading import Event, Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from psoas_cli import tty, windows
from psoas_cli.windows import BOOL, DWORD, HANDLE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

INPUT, OUTPUT, DEVICE = 0x10, 0x14, 0x18
"""Handles: of the console's input and output, and of `NUL`."""

KEY, SIZE, FOCUS = 1, 4, 16
"""The kinds of what the input reports."""

CTRL_C, CTRL_BREAK, CLOSED, LOGGED_OFF, SHUT_DOWN = 0, 1, 2, 5, 6
"""What asks a program to end."""

ESCAPE_CODES = 0x0004
_USUAL = {INPUT: 0x01F7, OUTPUT: 0x0003}  # the modes of a console that has just been opened
_KNOWN = {INPUT: 0x03FF, OUTPUT: 0x001F}  # the bits that each takes
_WINDOW, _EVENT, _FOREVER, _TIMEOUT = 0x20, 0x24, 0xFFFFFFFF, 0x102
_PATIENCE = 10.0  # seconds for what must come from another thread


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
        title: What that shows above.
        records: What its input reports, as bytes, and was not read.
        waits: For how many milliseconds it was waited, one after another; nothing really takes that long.
    """

    handles: dict[int, int] = field(default_factory=lambda: {0: INPUT, 1: OUTPUT, 2: OUTPUT})
    modes: dict[int, int] = field(default_factory=lambda: dict(_USUAL))
    obeys: bool = True
    window: str = "ConsoleWindowClass"
    title: str = "Command Prompt"
    records: list[bytes] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)
    _libraries: dict[str, SimpleNamespace] = field(default_factory=dict)
    _woken: Event = field(default_factory=Event)
    _there: set[int] = field(default_factory=set)  # handles that were made and not closed
    _answerers: dict[int, Any] = field(default_factory=dict)  # by their places in memory

    @classmethod
    def opened(cls, monkeypatch: pytest.MonkeyPatch) -> Console:
        """Put a console in the system's place for the length of a test."""
        console = cls()
        monkeypatch.setattr(tty, "IS_WINDOWS", True)
        for name in ("TERM", "TERM_PROGRAM", "WT_SESSION"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=console.handle_at))
        monkeypatch.setattr(windows, "loaded", console.library)
        return console

    def press(self, char: str = "", key: int = 0, *, down: bool = True, repeats: int = 1, held: int = 0) -> None:
        """Report a key, with the *char* that it types, for each of whose units of UTF-16 it goes down."""
        units = struct.unpack(f"<{len(char.encode('utf-16-le')) // 2}H", char.encode("utf-16-le")) or (0,)
        for unit in units:
            self.records.append(struct.pack("<HxxiHHHHI", KEY, down, repeats, key, 0, unit, held))

    def type(self, text: str) -> None:
        """Report *text* as keys that go down and up."""
        for char in text:
            self.press(char)
            self.press(char, down=False)

    def report(self, kind: int) -> None:
        """Report something else than a key."""
        self.records.append(struct.pack("<Hxx16x", kind))

    def ask(self, kind: int) -> Thread:
        """Ask the program to end, as the system does: in a thread of its own, and the last that would answer first."""
        thread = Thread(target=self.answered, args=(kind,))
        thread.start()
        return thread

    def answered(self, kind: int) -> bool:
        """Whether somebody takes care when the program is asked to end; otherwise Python would."""
        return any(answerer(kind) for answerer in reversed(self._answerers.values()))

    @property
    def is_left(self) -> bool:
        """Whether nothing remains of what a program had made."""
        return not self._there and not self._answerers and self.modes == _USUAL

    def handle_at(self, descriptor: int) -> int:
        if descriptor not in self.handles:
            raise OSError(9, "Bad file descriptor")
        return self.handles[descriptor]

    def library(self, name: str) -> SimpleNamespace:
        """The library *name*, with the functions that this console has."""
        if name not in self._libraries:
            functions = {each: _as_called(*self._functions[each]) for each in _EXPORTED[name]}
            self._libraries[name] = SimpleNamespace(**functions)
        return self._libraries[name]

    @property
    def _functions(self) -> dict[str, tuple[Callable[..., int], Any, tuple[Any, ...]]]:
        return {
            "GetConsoleMode": (self._get_mode, BOOL, (HANDLE, ctypes.POINTER(DWORD))),
            "SetConsoleMode": (self._set_mode, BOOL, (HANDLE, DWORD)),
            "GetNumberOfConsoleInputEvents": (self._count, BOOL, (HANDLE, ctypes.POINTER(DWORD))),
            "ReadConsoleInputW": (self._read, BOOL, (HANDLE, HANDLE, DWORD, ctypes.POINTER(DWORD))),
            "FlushConsoleInputBuffer": (self._flush, BOOL, (HANDLE,)),
            "GetConsoleTitleW": (self._get_title, DWORD, (ctypes.POINTER(ctypes.c_wchar), DWORD)),
            "SetConsoleTitleW": (self._set_title, BOOL, (ctypes.c_wchar_p,)),
            "CreateEventW": (self._create_event, HANDLE, (HANDLE, BOOL, BOOL, HANDLE)),
            "SetEvent": (self._set_event, BOOL, (HANDLE,)),
            "CloseHandle": (self._close, BOOL, (HANDLE,)),
            "WaitForMultipleObjects": (self._wait, DWORD, (DWORD, ctypes.POINTER(HANDLE), BOOL, DWORD)),
            "SetConsoleCtrlHandler": (self._set_answerer, BOOL, (_ANSWERER, BOOL)),
            "GetConsoleWindow": (lambda: _WINDOW, HANDLE, ()),
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

    def _count(self, handle: int, count: Any) -> int:
        if handle != INPUT:
            return 0
        count[0] = len(self.records)
        return 1

    def _read(self, handle: int, place: int, room: int, count: Any) -> int:
        """Copy what is there; a real one would wait for something, which nobody is to notice."""
        assert handle == INPUT
        assert self.records
        read, self.records = self.records[:room], self.records[room:]
        ctypes.memmove(place, b"".join(read), 20 * len(read))
        count[0] = len(read)
        return 1

    def _flush(self, handle: int) -> int:
        assert handle == INPUT
        self.records.clear()
        return 1

    def _create_event(self, rights: int | None, by_hand: int, is_set: int, name: int | None) -> int:
        assert (rights, by_hand, is_set, name) == (None, 0, 0, None)
        self._there.add(_EVENT)
        return _EVENT

    def _set_event(self, handle: int) -> int:
        assert handle in self._there
        self._woken.set()
        return 1

    def _close(self, handle: int) -> int:
        self._there.remove(handle)
        return 1

    def _wait(self, count: int, handles: Any, together: int, patience: int) -> int:
        assert not together
        assert handles[0] in self._there
        assert handles[1:count] in ([], [INPUT])
        self.waits.append(patience)
        if patience == _FOREVER and not (count > 1 and self.records):
            assert self._woken.wait(_PATIENCE), "nothing would ever come"
        if self._woken.is_set():
            self._woken.clear()
            return 0
        return 1 if count > 1 and self.records else _TIMEOUT

    def _set_answerer(self, answerer: Any, add: int) -> int:
        place = ctypes.cast(answerer, HANDLE).value
        assert place
        if add:
            self._answerers[place] = ctypes.cast(place, _ANSWERER)
        else:
            del self._answerers[place]
        return 1

    def _class_name(self, window: int, name: Any, room: int) -> int:
        assert window == _WINDOW
        return _copied(self.window, name, room)

    def _get_title(self, title: Any, room: int) -> int:
        return _copied(self.title, title, room)

    def _set_title(self, title: str) -> int:
        self.title = title
        return 1


_EXPORTED = {
    "kernel32": (
        "GetConsoleMode", "SetConsoleMode", "GetConsoleWindow", "GetNumberOfConsoleInputEvents", "ReadConsoleInputW",
        "FlushConsoleInputBuffer", "CreateEventW", "SetEvent", "CloseHandle", "WaitForMultipleObjects",
        "SetConsoleCtrlHandler", "GetConsoleTitleW", "SetConsoleTitleW",
    ),
    "user32": ("GetClassNameW",),
}  # fmt: skip
_ANSWERER = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(BOOL, DWORD)


def _copied(text: str, place: Any, room: int) -> int:
    shown = text[: room - 1]
    for number, char in enumerate(f"{shown}\0"):
        place[number] = char
    return len(shown)


def _as_called(function: Callable[..., int], result: Any, arguments: tuple[Any, ...]) -> Any:
    """*function* behind a pointer, so that ctypes turns what it is given into C's values and back."""
    return ctypes.CFUNCTYPE(result, *arguments)(function)
