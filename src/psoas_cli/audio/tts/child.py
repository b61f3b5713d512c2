"""A child: a program that psoas runs to have something spoken, of which nothing is left afterwards.

It may be anything: it may hang, leave children of its own behind, or write without end.
"""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from psoas_cli.practice.model.text import shown
from psoas_cli.programs import NO_WINDOW
from psoas_cli.threads import NO_MORE, begun

if TYPE_CHECKING:
    from threading import Thread

    from psoas_cli.audio.tts.job import Job

_COMPLAINT = 4096  # bytes to keep of what it writes to standard error: the last ones
_PRINTED = 1024 * 1024  # bytes to keep of what it prints
_QUOTED = 200  # characters of an error message
_READING = 1.0  # seconds to wait for its last words once it has ended


class Child:
    """A running program, as a context manager: outside, it has ended, and so have all that it started.

    Args:
        arguments: Its command.
        environment: Variables to add to our own.
        told: What it reads on standard input; None if `tell` says it.
        prints: Whether to keep what it prints.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        told: bytes | None = None,
        *,
        prints: bool = False,
    ) -> None:
        self._arguments = arguments
        self._environment = environment
        self._told = told
        self._prints = prints
        self._complaint = self._printed = b""
        self._readers: list[Thread] = []

    def __enter__(self) -> Self:
        """Start it.

        Raises:
            OSError: It cannot be started.
        """
        import tempfile

        with tempfile.TemporaryFile() as told:  # a file, as a pipe that nobody reads would keep us waiting
            told.write(self._told or b"")
            told.seek(0)
            self._process = subprocess.Popen(  # noqa: S603 - whose arguments are the callers'
                self._arguments,
                stdin=subprocess.PIPE if self._told is None else told,
                stdout=subprocess.PIPE if self._prints else subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**os.environ, **self._environment},
                start_new_session=True,  # so that all of its children can be ended
                creationflags=NO_WINDOW,
            )
        self._job = _job_of(self._process)
        for stream, read in ((self._process.stderr, self._read_complaint), (self._process.stdout, self._read_printed)):
            if stream and not (reader := begun(read, stream, name="psoas-child")):
                self.__exit__(None, None, None)
                raise BlockingIOError(errno.EAGAIN, NO_MORE)
            if stream and reader:
                self._readers.append(reader)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self.end_input()
        self._process.wait()

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.poll()

    def ends(self, seconds: float) -> bool:
        """Whether it has ended, or does within some *seconds*."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def tell(self, line: bytes) -> None:
        """Have it read *line* next; if it has ended, nobody does."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def end_input(self) -> None:
        """Tell it that nothing more comes."""
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()

    def printed(self) -> str:
        """What it has printed, once it has ended; the first 1 MiB of it."""
        self._end()
        return self._printed.decode("utf-8", "replace")

    def failure(self) -> str:
        """What to say of it once it has failed: the last line that it wrote to standard error, if there is one."""
        self._end()
        lines = self._complaint.decode("utf-8", "replace").split("\n")
        last = next((shown(line) for line in reversed(lines) if line.strip()), "")
        return f"failed: {last[:_QUOTED]}" if last else "failed without an error message"

    def _end(self) -> None:
        """End it and all that it started, and read what it wrote until then."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # macOS has the latter for those that ended
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            if self._job:
                self._job.end()
            with suppress(PermissionError):  # it is about to end
                self._process.kill()
        for reader in self._readers:
            reader.join(_READING)  # longer only if one of its children has left its group

    def _read_complaint(self, stream: IO[bytes]) -> None:
        with stream:
            while part := os.read(stream.fileno(), 65_536):
                self._complaint = (self._complaint + part)[-_COMPLAINT:]

    def _read_printed(self, stream: IO[bytes]) -> None:
        with stream:
            while part := os.read(stream.fileno(), 65_536):
                self._printed += part[: _PRINTED - len(self._printed)]


def _job_of(process: "subprocess.Popen[bytes]") -> "Job | None":
    """The job of *process* on Windows; None elsewhere, and where it cannot have one."""
    if sys.platform != "win32":
        return None
    from psoas_cli.audio.tts.job import Job

    with suppress(OSError):  # it is ended alone then
        return Job(int(process._handle))  # noqa: SLF001 - which has no other name
    return None


def size_of(path: Path) -> int:
    """The size of the file that a child writes to *path*, in bytes; 0 if there is none, or none any more."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
