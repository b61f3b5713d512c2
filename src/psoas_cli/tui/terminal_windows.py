"""The terminal during a session, like `terminal_posix`, through the console's own functions (Windows)."""

import contextlib
import importlib
import shutil
import signal
import sys
import time
from types import TracebackType
from typing import Any, Self

from psoas_cli.practice.model.text import encodable
from psoas_cli.tty import is_terminal
from psoas_cli.tui.keys import Key
from psoas_cli.tui.window_title import title_codes

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[?2026l\x1b[0m\x1b[?25h\x1b[?1049l"
_BREAK: int | None = getattr(signal, "SIGBREAK", None)
_READER_GONE = 1

# Seconds between two looks for a key: the console cannot wait for one with a timeout.
_POLL = 0.01

# More characters than this between two looks are a paste, not typing.
_PASTED = 8

_SPECIAL = {
    "H": "up",
    "P": "down",
    "K": "left",
    "M": "right",
    "G": "home",
    "O": "end",
    "I": "pageup",
    "Q": "pagedown",
}
_KEY_PREFIXES = "\x00\xe0"
_NAMES = {"\x1b": "esc", "\r": "enter", "\n": "enter", "\b": "backspace", " ": "space"}


class Terminal:
    """The whole screen, as a context manager; see `terminal_posix.Terminal` for what it promises.

    There is no Ctrl-Z here, so `events` never returns `"stopped"` or `"continued"`.

    Attributes:
        dirty: Whether the screen must be painted anew; the painting code resets it to False.
    """

    enter_codes = _ENTER
    leave_codes = _LEAVE

    def __init__(self, stdin: int = 0, stdout: int = 1) -> None:
        self.dirty = True
        self._has_keys = is_terminal(stdin)
        self._is_screen = is_terminal(stdout)
        self._title = ""
        self._console: Any = importlib.import_module("msvcrt")

    def __enter__(self) -> Self:
        self._old_break = signal.signal(_BREAK, signal.default_int_handler) if _BREAK else None
        self._size = self.size
        self.write(self.enter_codes)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, SystemExit):
            self.entitle("")
            self.write(self.leave_codes)
        if _BREAK:
            signal.signal(_BREAK, self._old_break)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines; 80x24 if unknown."""
        columns, lines = shutil.get_terminal_size()
        return columns, lines

    def write(self, text: str) -> None:
        """Send text.

        Raises:
            SystemExit: With 1, if the reader is gone.
        """
        try:
            sys.stdout.write(encodable(text, sys.stdout.encoding or "utf-8"))
            sys.stdout.flush()
        except OSError as error:
            raise SystemExit(_READER_GONE) from error

    def bell(self) -> None:
        """Ring the terminal's own bell, if the output is a terminal."""
        if self._is_screen:
            self.write("\a")

    def entitle(self, title: str) -> None:
        """Show *title* as that of the window; an empty one brings back the one it had."""
        before, self._title = self._title, title
        self.write(title_codes(before, title))

    def events(self, timeout: float | None) -> list[str]:
        """Wait for keys, a resize or the timeout (seconds; None for no limit); return the names of the keys.

        Raises:
            KeyboardInterrupt: Ctrl-C or Ctrl-Break.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            keys = self._typed()
            if self.size != self._size:
                self._size, self.dirty = self.size, True
                return keys
            left = _POLL if deadline is None else deadline - time.monotonic()
            if keys or left <= 0:
                return keys
            time.sleep(min(_POLL, left))

    def _typed(self) -> list[str]:
        keys: list[str] = []
        while self._has_keys and self._console.kbhit():
            char = self._console.getwch()
            if char == "\x03":
                raise KeyboardInterrupt
            # An "à" has the code of an arrow's prefix, but nothing follows it.
            if char in _KEY_PREFIXES and self._console.kbhit():
                name = _SPECIAL.get(self._console.getwch(), "")
            else:
                name = _NAMES.get(char) or (Key(char) if char.isprintable() else "")
            if name:
                keys.append(name)
        characters = sum(key not in _SPECIAL.values() for key in keys)
        return [] if characters > _PASTED else keys


class PlainTerminal(Terminal):
    """Lines instead of a screen: the same events, and scrolling output."""

    enter_codes = leave_codes = ""

    def entitle(self, title: str) -> None:
        """Do nothing: lines leave the window as it is."""
