"""Runs a program on a terminal of its own (a pty), and tells what a stretch of it cost. Linux: it reads /proc."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 5.0  # seconds that a program may take to end when it is told to
_WANTED = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
_UNWANTED = {"COLUMNS", "LINES", "TMUX", "NO_COLOR", "FORCE_COLOR", "LC_ALL", "PYTHONDONTWRITEBYTECODE"}


class Figures(NamedTuple):
    """What a stretch of a program cost.

    Args:
        seconds: How long the stretch was.
        cpu: Seconds of CPU time, user and system, of all threads.
        bytes: What was written to the terminal.
        waits: How often the busiest thread went to wait: once a frame, in a loop that is on time.
    """

    seconds: float
    cpu: float
    bytes: int
    waits: int


class _Used(NamedTuple):
    """What one thread has used up to now: CPU in nanoseconds, and how often it waited of its own will."""

    cpu: int
    waits: int


def measure(command: list[str], size: tuple[int, int], warm: float, seconds: float, env: dict[str, str]) -> Figures:
    """Run *command* on a terminal of *size* (columns, lines), and measure it for *seconds* after *warm* seconds.

    It is ended with Ctrl-C.

    Raises:
        RuntimeError: Where it ended by itself before that.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
        _set_size(0, size)
        os.execvpe(command[0], command, {**kept, **_WANTED, **env})  # noqa: S606 - the benches name what runs
    _set_size(terminal, size)
    try:
        _drain(terminal, time.monotonic() + warm)
        before, begun = _used(pid), time.monotonic()
        written = _drain(terminal, begun + seconds)
        after, lasted = _used(pid), time.monotonic() - begun
    finally:
        _end(pid, terminal)
    if not after or lasted < seconds:
        raise RuntimeError(f"{' '.join(command)} ended before it could be measured")
    spent = {thread: _minus(used, before.get(thread, _Used(0, 0))) for thread, used in after.items()}
    return Figures(lasted, sum(used.cpu for used in spent.values()) / 1e9, written, max(spent.values()).waits)


def _set_size(descriptor: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


def _drain(terminal: int, until: float) -> int:
    """Read what comes until the moment *until*, or until nobody writes any more; the number of bytes."""
    count = 0
    while (left := until - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                count += len(os.read(terminal, 65536))
            except OSError:  # the program is gone
                break
    return count


def _used(pid: int) -> dict[str, _Used]:
    """What each thread of *pid* has used; one that has ended is missing."""
    found = {}
    for thread in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            status = (thread / "status").read_text().split()
            waits = int(status[status.index("voluntary_ctxt_switches:") + 1])
            found[thread.name] = _Used(int((thread / "schedstat").read_text().split()[0]), waits)
    return found


def _minus(after: _Used, before: _Used) -> _Used:
    return _Used(after.cpu - before.cpu, after.waits - before.waits)


def _end(pid: int, terminal: int) -> None:
    """Press Ctrl-C, and see that it is obeyed."""
    with contextlib.suppress(OSError):
        os.write(terminal, b"\x03")
    deadline = time.monotonic() + _PATIENCE
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        _drain(terminal, time.monotonic() + 0.05)
        time.sleep(0.01)
    os.close(terminal)
