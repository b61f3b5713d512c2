"""The terminal during a session, like `terminal_posix`, through the console's own functions (Windows)."""

import contextlib
import signal
import sys
import time
from types import TracebackType
from typing import Self

from psoas_cli import tty_windows
from psoas_cli.practice.model.text import encodable
from psoas_cli.tty import is_reader_gone, is_terminal, window_size
from psoas_cli.tui.console_input import CTRL_BREAK, CTRL_C, ConsoleInput
from psoas_cli.tui.key_events import INTERRUPT, KeyEvents

_WRAP_OFF, _WRAP_ON = "\x1b[?7l", "\x1b[?7h"  # a row stays a row
_ENTER = "\x1b[?1049h\x1b[?25l" + _WRAP_OFF + "\x1b[2J"
_LEAVE = "\x1b[?2026l\x1b[0m" + _WRAP_ON + "\x1b[?25h\x1b[?1049l"
_BREAK: int | None = getattr(signal, "SIGBREAK", None)
_HUNG_UP = 129  # as where SIGHUP says so
_CANNOT = 1  # the reader of a pipe is gone

# Seconds to hold up the end of the program once its window is closed; Windows ends it after five, or when the person
# logs off or shuts down somewhat later. Of these two it tells no program that has loaded user32.dll, as ctypes has:
# that is ended at once, and its practice can be resumed.
_CLOSING = 30.0


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
        self._stdout = stdout
        self._is_screen = is_terminal(stdout)
        self._input = ConsoleInput(tty_windows.handle_of(stdin) if is_terminal(stdin) else None, self._asked)
        self._keys = KeyEvents()
        self._title = self._old_title = ""
        self._exit: BaseException | None = None
        self._end_asked = False

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as taken:
            if _BREAK:  # a second one is left to Python, which would end without putting anything back
                taken.callback(signal.signal, _BREAK, signal.signal(_BREAK, signal.default_int_handler))
            taken.enter_context(self._input)
            self._size = self.size
            self.write(self.enter_codes)
            self._taken = taken.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._taken:  # which is given back whatever comes, a second Ctrl-C as well
            with contextlib.suppress(OSError, SystemExit):
                self.entitle("")
                self.write(self.leave_codes)
            if self._keys.is_pasting(time.monotonic()):
                self._input.forget()  # the rest of a paste is not a command for the shell
        if kind is None:
            self._raise_exit()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines; `COLUMNS` can narrow the screen; 80x24 if unknown."""
        return window_size(self._stdout)

    def write(self, text: str) -> None:
        """Send text, with the nearest equivalents of characters that the output's encoding lacks.

        Raises:
            SystemExit: With 1, if the reader is gone, or 129, if the console is.
            OSError: It cannot be written, as on a full disk.
        """
        try:
            sys.stdout.write(encodable(text, sys.stdout.encoding or "utf-8"))
            sys.stdout.flush()
        except OSError as error:
            if self._is_screen:
                raise SystemExit(_HUNG_UP) from error
            if is_reader_gone(error):
                raise SystemExit(_CANNOT) from error
            raise

    def bell(self) -> None:
        """Ring the terminal's own bell, if the output is a terminal."""
        if self._is_screen:
            self.write("\a")

    def entitle(self, title: str) -> None:
        """Show *title* as that of the window; an empty one brings back the one it had."""
        if title != self._title and self._is_screen:  # no code: most consoles know none that gives the old one back
            self._old_title = self._old_title if self._title else tty_windows.title()
            self._title = title
            tty_windows.entitle(title or self._old_title)

    def events(self, timeout: float | None) -> list[str]:
        """Wait for keys, a resize or the timeout (seconds; None for no limit); return the names of the keys.

        Raises:
            KeyboardInterrupt: Ctrl-C or Ctrl-Break.
            SystemExit: With 129, if the window was closed, or the person logs off and Windows says so.
        """
        self._raise_exit()
        self._input.wait(timeout)
        reported, resized = self._input.read()
        self._raise_exit()
        keys = self._keys.feed(reported, time.monotonic())
        if INTERRUPT in keys:
            raise KeyboardInterrupt
        if resized or self.size != self._size:  # some consoles tell only of what they keep, not of their window
            self._size, self.dirty = self.size, True
        return keys

    def _asked(self, kind: int) -> bool:
        """Note that the program is to end; called by the system, in a thread of its own.

        A second Ctrl-C or Ctrl-Break is left to Python, which raises it at once. All else ends the program when this
        returns: then it does so while the main thread puts everything in order.
        """
        again, self._end_asked = self._end_asked, True
        if kind in (CTRL_C, CTRL_BREAK):
            self._exit = KeyboardInterrupt()
            self._input.wake()
            return not again
        self._exit = SystemExit(_HUNG_UP)
        self._input.wake(ends=True)
        time.sleep(_CLOSING)
        return True

    def _raise_exit(self) -> None:
        if self._exit is not None:
            error, self._exit = self._exit, None
            raise error


class PlainTerminal(Terminal):
    """Lines instead of a screen: the same events, and scrolling output."""

    enter_codes = leave_codes = ""

    def entitle(self, title: str) -> None:
        """Do nothing: lines leave the window as it is."""
