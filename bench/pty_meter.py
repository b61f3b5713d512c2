"""Run a program on a terminal of its own (a pty): what it shows, when, and at what cost. Linux: it reads /proc."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Self

_PATIENCE = 5.0  # seconds that a program may take to end after Ctrl-C
_LONGEST_WAIT = 60.0  # seconds; `select` takes no infinite timeout
_WANTED = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
_UNWANTED = {
    *("COLUMNS", "LINES", "TMUX", "NO_COLOR", "FORCE_COLOR", "LC_ALL"),
    *("PYTHONDONTWRITEBYTECODE", "PSOAS_HOME", "PSOAS_MUTE", "PSOAS_LANG", "SSH_CONNECTION"),
}

Shown = list[tuple[float, bytes]]
"""What was read from a terminal: pieces, each with the clock's time at which it was read."""


class Figures(NamedTuple):
    """What a program cost over a measured time.

    Args:
        begun: The clock's time at which measuring began.
        seconds: The time measured.
        cpu: Seconds of CPU time, user and system, of all threads.
        bytes: The bytes written to the terminal.
        peak: The peak memory since the program's start, in MiB.
        shown: All output since the program's start.
    """

    begun: float
    seconds: float
    cpu: float
    bytes: int
    peak: float
    shown: Shown


class Program:
    """*command* on a terminal of *size* (columns, lines), for as long as the context lasts.

    Args:
        command: The program and its arguments.
        env: Additions to the environment.
        size: The columns and lines of the terminal.

    Attributes:
        begun: The clock's time of its start.
        shown: The output read so far.
        ended: The clock's time of its end, once noticed.
        cpu: Seconds of CPU time, once it has ended.
        code: Its exit code, once it has ended.
    """

    def __init__(self, command: list[str], env: dict[str, str], size: tuple[int, int] = (80, 24)) -> None:
        known = {name: value for name, value in {**os.environ, **env}.items() if name in env or name not in _UNWANTED}
        self.begun = time.monotonic()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored if the bench runs in the background
            _set_size(0, size)
            os.execvpe(command[0], command, {**known, **_WANTED})  # noqa: S606 - the benches name what runs
        _set_size(self._terminal, size)
        self._life = os.pidfd_open(self.pid)
        self._writing = True
        self.shown: Shown = []
        self.ended: float | None = None
        self.cpu = 0.0
        self.code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def read(self, until: float, enough: Callable[[], bool] = lambda: False) -> bool:
        """Read until the clock's time *until*, or *enough*, or the program's end; return whether it is enough."""
        while self.ended is None and (left := until - time.monotonic()) > 0:
            watched = [self._terminal, self._life] if self._writing else [self._life]
            ready = select.select(watched, [], [], min(left, _LONGEST_WAIT))[0]
            if self._terminal in ready:
                try:
                    data = os.read(self._terminal, 65_536)
                except OSError:  # the other end is closed
                    self._writing = False
                else:
                    self.shown.append((time.monotonic(), data))
                    if enough():
                        return True
            elif ready:
                _, status, usage = os.wait4(self.pid, 0)
                self.ended, self.code = time.monotonic(), os.waitstatus_to_exitcode(status)
                self.cpu = usage.ru_utime + usage.ru_stime
        return False

    def press(self, keys: str) -> float:
        """Press *keys*, and return the clock's time at which they were pressed."""
        pressed = time.monotonic()
        os.write(self._terminal, keys.encode())
        return pressed

    def text(self) -> str:
        """All output so far."""
        return b"".join(data for _, data in self.shown).decode(errors="replace")

    def used(self) -> dict[int, float]:
        """Seconds of CPU time so far, by thread; threads that have ended are missing."""
        found = {}
        for thread in Path(f"/proc/{self.pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                found[int(thread.name)] = int((thread / "schedstat").read_text().split()[0]) / 1e9
        return found

    def memory(self, *, peak: bool = False) -> float:
        """Its memory now, or its *peak*, in MiB."""
        return memory(self.pid, peak=peak)

    def end(self) -> None:
        """Press Ctrl-C, kill the program if it goes on, and close the terminal."""
        if self.ended is None:
            with contextlib.suppress(OSError):
                self.press("\x03")
            self.read(time.monotonic() + _PATIENCE)
        if self.ended is None:
            os.kill(self.pid, signal.SIGKILL)
            self.read(time.monotonic() + _PATIENCE)
        if self._life >= 0:
            os.close(self._terminal)
            os.close(self._life)
            self._life = -1


def measure(command: list[str], size: tuple[int, int], warm: float, seconds: float, env: dict[str, str]) -> Figures:
    """Run *command* on a terminal of *size* (columns, lines), and measure it for *seconds* after *warm* seconds.

    Raises:
        RuntimeError: The program ended before it was measured.
    """
    with Program(command, env, size) as program:
        program.read(program.begun + warm)
        before, begun, read = program.used(), time.monotonic(), len(program.shown)
        program.read(begun + seconds)
        after, lasted = program.used(), time.monotonic() - begun
        if program.ended is not None:
            raise RuntimeError(f"{' '.join(command)} ended before it could be measured:\n{program.text()[-500:]}")
        spent = sum(used - before.get(thread, 0.0) for thread, used in after.items())
        written = sum(len(data) for _, data in program.shown[read:])
        return Figures(begun, lasted, spent, written, program.memory(peak=True), program.shown)


def memory(pid: int, *, peak: bool = False) -> float:
    """The memory of process *pid* now, or its *peak*, in MiB; 0 if it has ended."""
    # Not from wait4: its peak includes that of the bench, from which the program is forked.
    name, fields = "VmHWM:" if peak else "VmRSS:", [""]
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/status").read_text("utf-8").split()
    return int(fields[fields.index(name) + 1]) / 1024 if name in fields else 0.0


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
