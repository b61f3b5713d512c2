"""What comes from a console of Windows: keys, sizes, and what asks the program to end, waited for together."""

import ctypes
import math
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from psoas_cli.tty_windows import forget_typed, mode_of, set_mode
from psoas_cli.tui.key_events import KeyEvent
from psoas_cli.windows import BOOL, DWORD, HANDLE, WORD, function

CTRL_C, CTRL_BREAK = 0, 1
"""The keys that ask the program to end, among the numbers that the system gives; all others end it soon."""

_ANSWERER: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(BOOL, DWORD)
_FOREVER = 0xFFFFFFFF
_MOST = 128  # records that are read at a time
_KEY, _RESIZED = 0x1, 0x4

# Ctrl-C is reported as what it asks for, sizes are reported, and whatever the mouse does is not; with _EXTENDED and
# without _QUICK_EDIT a click does not begin to mark text, which would hold up all that is written meanwhile.
_CTRL_C_ASKS, _SIZES, _MOUSE, _QUICK_EDIT, _EXTENDED, _AS_SEQUENCES = 0x0001, 0x0008, 0x0010, 0x0040, 0x0080, 0x0200


class _KeyRecord(ctypes.Structure):
    _fields_ = (
        ("down", BOOL),
        ("repeats", WORD),
        ("key", WORD),
        ("scan_code", WORD),
        ("char", WORD),
        ("held", DWORD),
    )


class _Content(ctypes.Union):
    _fields_ = (("key", _KeyRecord),)  # the largest, with the mouse's


class _Record(ctypes.Structure):
    _fields_ = (("kind", WORD), ("content", _Content))


class ConsoleInput:
    """The input of a console, as a context manager: inside, keys come at once and without echo.

    Args:
        handle: The system's handle of the input; None if there are no keys, but still something to wait for.
        asked: Called in another thread with the number of what asks the program to end, at once; returns whether that
            is taken care of. When it returns, the system ends the program for all but Ctrl-C and Ctrl-Break.
    """

    def __init__(self, handle: int | None, asked: Callable[[int], bool]) -> None:
        self._handle = handle
        self._answerer = _ANSWERER(asked)
        self._ended = False

    def __enter__(self) -> Self:
        self._mode = mode_of(self._handle)
        if self._handle is not None and self._mode is not None:
            on, off = _CTRL_C_ASKS | _SIZES | _EXTENDED, _MOUSE | _QUICK_EDIT | _AS_SEQUENCES
            set_mode(self._handle, (self._mode | on) & ~off)
        self._woken = function("CreateEventW", HANDLE, BOOL, BOOL, HANDLE, result=HANDLE)(None, 0, 0, None)
        _answered_by(self._answerer, is_there=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None and self._mode is not None:
            set_mode(self._handle, self._mode)
        if self._ended:  # it still waits for the program's end, and the system would wait for it
            _LAST.append(self._answerer)
            return
        _answered_by(self._answerer, is_there=False)
        function("CloseHandle", HANDLE)(self._woken)

    def wait(self, seconds: float | None) -> None:
        """Wait until something has come, `wake` is called, or *seconds* are over; None for no limit."""
        handles = [self._woken, *([self._handle] if self._handle is not None else [])]
        patience = _FOREVER if seconds is None else min(_FOREVER - 1, max(0, math.ceil(seconds * 1000)))
        waited = function("WaitForMultipleObjects", DWORD, ctypes.POINTER(HANDLE), BOOL, DWORD, result=DWORD)
        waited(len(handles), (HANDLE * len(handles))(*handles), 0, patience)

    def wake(self, *, ends: bool = False) -> None:
        """End a `wait`, from any thread; *ends* if the program is about to be ended by the system."""
        self._ended = self._ended or ends
        function("SetEvent", HANDLE)(self._woken)

    def read(self) -> tuple[list[KeyEvent], bool]:
        """Return the keys that have come, without waiting, and whether the size has changed."""
        keys: list[KeyEvent] = []
        resized = False
        while self._waiting:
            records, count = (_Record * _MOST)(), DWORD()
            asked = function("ReadConsoleInputW", HANDLE, ctypes.POINTER(_Record), DWORD, ctypes.POINTER(DWORD))
            if not asked(self._handle, records, _MOST, ctypes.byref(count)):
                break
            for record in records[: count.value]:
                if record.kind == _KEY:
                    keys.append(_event_of(record.content.key))
                resized = resized or record.kind == _RESIZED
        return keys, resized

    def forget(self) -> None:
        """Forget what has come and was not read."""
        if self._handle is not None:
            forget_typed(self._handle)

    @property
    def _waiting(self) -> int:
        """How many records can be read."""
        if self._handle is None:
            return 0
        count = DWORD()
        asked = function("GetNumberOfConsoleInputEvents", HANDLE, ctypes.POINTER(DWORD))
        return count.value if asked(self._handle, ctypes.byref(count)) else 0


_LAST: list[Any] = []
"""Who answers for as long as the program lasts, although nobody else knows of them any more."""


def _answered_by(answerer: Any, *, is_there: bool) -> None:  # noqa: ANN401 - a type of ctypes
    """Have *answerer* called first, or no more, when something asks the program to end."""
    function("SetConsoleCtrlHandler", _ANSWERER, BOOL)(answerer, is_there)


def _event_of(record: _KeyRecord) -> KeyEvent:
    char = chr(record.char) if record.char else ""
    return KeyEvent(bool(record.down), max(1, record.repeats), record.key, char, record.held)
