"""The terminal during a session: raw keys, signals, and everything restored afterwards (POSIX)."""

import errno
import os
import select
import signal
import sys
import termios
import time
from contextlib import suppress
from math import inf
from threading import Lock
from types import FrameType, TracebackType
from typing import Any, Self

from psoas_cli.practice.model.text import encoded
from psoas_cli.tty import is_terminal, obeys, window_size
from psoas_cli.tui.keys import KeyParser
from psoas_cli.tui.output import Output
from psoas_cli.tui.window_title import has_title, title_codes

_PASTE_ON, _PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"
_MOUSE_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l"  # a program that crashed before may have left it on
_WRAP_OFF, _WRAP_ON = "\x1b[?7l", "\x1b[?7h"  # terminals disagree about widths: a row stays a row
_HUNG_UP = 128 + signal.SIGHUP
_CANNOT = 1  # the reader of a pipe is gone

# The last three, Ctrl-\ and signals sent by mistake, would otherwise end the program without restoring the terminal.
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2)

# Seconds after a stop in which nothing is posted: it may be what was pressed meanwhile, for another program.
_DEAF = 1.0
_POSTED = 16  # names that wait to be returned; what comes beyond them is lost: nobody presses so many buttons

# Seconds to wait on leaving for a terminal that accepts nothing more.
_LAST_WORDS = 1.0


class Terminal:
    """The whole screen, as a context manager.

    Inside, keys arrive at once and without echo, the alternate screen is shown and the cursor is hidden; outside,
    everything is as it was before, however the context was left. Ctrl-C and all other signals that ask the program
    to end are raised in `events`, so that no half-written frame is left behind; a second one is raised at once.

    Args:
        stdin: The file descriptor of the keys; if it is not a terminal there are none.
        stdout: The file descriptor of the screen.

    Attributes:
        dirty: Whether the screen must be painted anew (start, resize, back from the shell, output lost); the
            painting code resets it to False.
    """

    enter_codes = "\x1b[?1049h\x1b[?25l" + _MOUSE_OFF + _WRAP_OFF + _PASTE_ON + "\x1b[2J"
    leave_codes = "\x1b[?2026l\x1b[0m" + _PASTE_OFF + _WRAP_ON + "\x1b[?25h\x1b[?1049l"
    _has_screen = True

    def __init__(self, stdin: int = 0, stdout: int = 1) -> None:
        self.dirty = True
        self._stdin = stdin
        self._stdout = stdout
        self._has_keys = is_terminal(stdin)
        self._keys = KeyParser(over_a_line="SSH_CONNECTION" in os.environ)
        self._encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        self._modes: list[Any] | None = None
        self._taken = self._leaving = self._lost = self._end_asked = False
        self._stop_asked = self._stop_told = self._continued = False
        self._exit: BaseException | None = None
        self._handlers: dict[int, Any] = {}
        self._title = ""  # of the window, while psoas has given it one
        self._posted: list[str] | None = None  # None outside the context
        self._posting = Lock()
        self._deaf_until = -inf  # the clock time
        self._errors: int | None = None  # a copy of standard error while that is closed

    def __enter__(self) -> Self:
        self._output = Output(self._stdout)
        self._close_errors()
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)
        self._old_wakeup = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        for number, handler in (
            *((ending, self._on_end) for ending in _ENDINGS),
            (signal.SIGTSTP, self._on_stop),
            (signal.SIGCONT, self._on_continue),
            (signal.SIGWINCH, self._on_resize),
        ):
            # nohup, and shells without job control, ignore signals on purpose: leave those alone.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, handler)
        if self._has_keys:
            try:
                self._modes = termios.tcgetattr(self._stdin)
            except termios.error:
                self._exit = SystemExit(_HUNG_UP)
        self._take()
        self._posted = []
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving = True
        with self._posting:
            self._posted = None
        if self._taken:  # false if ended while stopped: the terminal is the shell's then
            self._give_back()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_wakeup)
        os.close(self._woken)
        os.close(self._wake)
        self._output.close()
        self._open_errors()
        if kind is None:
            self._raise_exit()

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines; `COLUMNS` can narrow the screen; 80x24 if unknown."""
        return window_size(self._stdout)

    def write(self, text: str) -> None:
        """Send text, without ever waiting for a terminal that accepts nothing more.

        What it does not accept is kept and sent later; text written meanwhile is dropped, and the screen is
        `dirty` once output flows again.
        """
        if self._output.waiting:
            self._lost = True
        else:
            self._send(text)

    def bell(self) -> None:
        """Ring the terminal's own bell."""
        self.write("\a")

    def entitle(self, title: str) -> None:
        """Show *title* as that of the window, if there is one; an empty one brings back the one it had."""
        if self._has_screen and has_title():
            self._send(title_codes(self._title, title))
            self._title = title

    def events(self, timeout: float | None) -> list[str]:
        """Wait for keys, a signal or the timeout.

        Args:
            timeout: Seconds; None for no limit.

        Returns:
            Names of keys (see `KeyParser`), and what was posted; `"stopped"` if the program is about to be stopped
            (Ctrl-Z), which the next call does; `"continued"` if it was resumed. Empty on a timeout, a resize or an
            unknown key.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            SystemExit: With 143 (SIGTERM), 129 (SIGHUP, terminal closed), 128 plus its number for another
                signal, 1 (reader of a pipe gone).
            OSError: Nothing more can be written, as on a full disk.
        """
        if self._stop_told and self._exit is None:
            self._suspend()
        deadline = None if timeout is None else time.monotonic() + timeout
        found = [] if self._exit or self._continued else self._wait(deadline)
        self._raise_exit()
        if self._continued:
            self._continued = False
            self._keys.reset()
            self._forget_posted()
            self._take()
            found.append("continued")
        if self._stop_asked:
            self._stop_asked, self._stop_told = False, True
            found.append("stopped")
        return found

    def post(self, name: str) -> None:
        """Have `events` return *name* among the keys, now; called from any thread, and without effect once it is left.

        What comes beyond what anybody would press is lost, and so is what comes as the program goes on after a stop.
        """
        with self._posting:
            if time.monotonic() < self._deaf_until:
                return
            if self._posted is not None and len(self._posted) < _POSTED:
                self._posted.append(name)
                with suppress(BlockingIOError):  # it is full of what wakes as well
                    os.write(self._wake, b"\0")

    def _take_posted(self) -> list[str]:
        with self._posting:
            found = self._posted or []
            self._posted = []
        return found

    def _forget_posted(self) -> None:
        """Forget what was posted while the program was stopped, and what is still on its way from there."""
        with self._posting:
            self._posted = []
            self._deaf_until = time.monotonic() + _DEAF

    def _wait(self, deadline: float | None) -> list[str]:
        """Wait for a key, a signal or the deadline; meanwhile send what is unsent."""
        while True:
            now = time.monotonic()
            ends = [moment for moment in (deadline, self._keys.deadline) if moment is not None]
            patience = max(0.0, min(ends) - now) if ends else None
            reading = [self._woken, self._stdin] if self._has_keys else [self._woken]
            readable, writable, _ = select.select(reading, self._output.waiting, [], patience)
            if writable:
                self._send("")
            if self._woken in readable:
                os.read(self._woken, 512)
            posted = self._take_posted()
            read = self._read() if self._has_keys and self._stdin in readable else b""
            keys = [*self._keys.feed(read, time.monotonic()), *posted]
            if keys or not writable or readable or self.dirty or self._exit:
                return keys

    def _read(self) -> bytes:
        try:
            data = os.read(self._stdin, 4096)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:  # the terminal is gone
            self._has_keys = False
            self._exit = self._exit or SystemExit(_HUNG_UP)
        return data

    def _send(self, text: str) -> None:
        self._output.send(encoded(text, self._encoding))
        if error := self._output.error:
            known = {errno.EIO: SystemExit(_HUNG_UP), errno.EPIPE: SystemExit(_CANNOT)}
            self._exit = self._exit or known.get(error.errno or 0, error)
        if self._lost and not self._output.waiting:
            self._lost, self.dirty = False, True

    def _close_errors(self) -> None:
        """Keep off the screen what libraries write to standard error, as that of a sound server without a home does."""
        with suppress(OSError):  # it was closed from the start
            if self._has_screen and os.path.sameopenfile(2, self._stdout):
                self._errors = os.dup(2)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2)
                os.close(nowhere)

    def _open_errors(self) -> None:
        if self._errors is not None:
            os.dup2(self._errors, 2)
            os.close(self._errors)
            self._errors = None

    def _take(self) -> None:
        """Take the terminal over."""
        self.dirty = self._taken = True
        if self._modes is not None:
            ours = [*self._modes[:6], list(self._modes[6])]
            ours[0] &= ~termios.IXON  # Ctrl-S must not freeze a screen that nobody is looking at
            ours[3] &= ~(termios.ICANON | termios.ECHO)
            ours[6][termios.VMIN], ours[6][termios.VTIME] = 1, 0
            self._set_modes(ours)
        self._send(self.enter_codes + title_codes("", self._title))

    def _give_back(self) -> None:
        """Restore the terminal, as far as it still responds."""
        self._taken = self._lost = False
        # In the background as well, where by default writing to the terminal stops the program.
        in_background = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        self._output.finish((title_codes(self._title, "") + self.leave_codes).encode(), _LAST_WORDS)
        if self._modes is not None:
            if self._leaving and self._keys.pending:
                self._discard()
            self._set_modes(self._modes)
        signal.signal(signal.SIGTTOU, in_background)

    def _discard(self) -> None:
        """Discard unread input: the rest of a paste is not a command for the shell."""
        try:
            termios.tcflush(self._stdin, termios.TCIFLUSH)
        except termios.error:
            self._exit = self._exit or SystemExit(_HUNG_UP)

    def _set_modes(self, modes: list[Any]) -> None:
        while True:
            try:
                termios.tcsetattr(self._stdin, termios.TCSANOW, modes)  # the other modes wait for output
            except termios.error as error:
                if error.args[0] == errno.EINTR:  # stopped for this in the background, and continued
                    continue
                self._exit = self._exit or SystemExit(_HUNG_UP)
            return

    def _suspend(self) -> None:
        self._stop_told = False
        self._give_back()
        # The default action does not stop a program that no shell could continue.
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._on_stop)
        self._continued = True

    def _raise_exit(self) -> None:
        if self._exit is not None:
            error, self._exit = self._exit, None
            raise error

    def _on_end(self, number: int, _frame: FrameType | None) -> None:
        again, self._end_asked = self._end_asked, True
        self._exit = KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)
        if again and not self._leaving:  # also if the first was raised, and something does not let it get through
            self._raise_exit()

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_asked = True

    def _on_continue(self, _number: int, _frame: FrameType | None) -> None:
        self._continued = True

    def _on_resize(self, _number: int, _frame: FrameType | None) -> None:
        self.dirty = True


class PlainTerminal(Terminal):
    """Lines instead of a screen: the same events, and scrolling output to a terminal, pipe or file."""

    enter_codes = leave_codes = ""
    _has_screen = False

    def __init__(self, stdin: int = 0, stdout: int = 1) -> None:
        super().__init__(stdin, stdout)
        if self._has_keys and obeys(stdout):
            self.enter_codes, self.leave_codes = _MOUSE_OFF + _PASTE_ON, _PASTE_OFF

    def write(self, text: str) -> None:
        """Send text; what is not accepted at once is kept, in order, and sent later."""
        self._send(text)

    def bell(self) -> None:
        """Ring the terminal's own bell, if the output is a terminal."""
        if is_terminal(self._stdout):
            self.write("\a")
