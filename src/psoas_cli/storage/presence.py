"""Presence: which sessions go on at this moment, on this computer or wherever the same files are seen.

Each session locks a byte of one file as long as it goes on. The system releases it whenever the process ends, by
whatever; the number of a process says less, as another one may have it by now, or it may count in another container.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from psoas_cli.storage import paths
from psoas_cli.storage.byte_lock import lock
from psoas_cli.storage.entry import Entry

_UNSEEN = timedelta(hours=1)  # where there are no locks, a session last written longer ago is over
_PLACES = 1 << 62  # bytes that can be locked, whether they are there or not
_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)  # neither waits for a pipe, nor is inherited


@contextmanager
def present(entry: Entry) -> Iterator[None]:
    """Let others know that the session of *entry* goes on, until the block ends."""
    descriptor = None
    with suppress(OSError):  # then it is taken for one that was interrupted
        paths.make(_file().parent)
        descriptor = os.open(_file(), os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
        lock(descriptor, _place(entry))
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def runs_on(entry: Entry) -> bool:
    """Whether the session of *entry* still goes on, in another process.

    Not to be asked while a session of this process goes on: on POSIX that would release its lock.
    """
    if entry.state != "running":
        return False
    try:
        descriptor = os.open(_file(), os.O_RDONLY | _FLAGS)
    except OSError:  # nobody has ever locked anything
        return False
    try:
        return not lock(descriptor, _place(entry), shared=True)
    except OSError:  # a file system without locks
        return _was_seen(entry) and _is_process(entry.process)
    finally:
        os.close(descriptor)


def _file() -> Path:
    return paths.journal_file().with_name("running.lock")


def _place(entry: Entry) -> int:
    """The byte that stands for the session of *entry*."""
    return int.from_bytes(entry.id.encode("utf-8", "replace")[:16]) % _PLACES


def _was_seen(entry: Entry) -> bool:
    if entry.process <= 0 or entry.process == os.getpid():  # that of this process has not begun
        return False
    return abs(datetime.now().astimezone() - entry.last) <= _UNSEEN


def _is_process(number: int) -> bool:
    if sys.platform == "win32":  # os.kill would send it Ctrl-C, or end it
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):  # a number that no process has
        return False
    except OSError:  # it exists, and belongs to someone else
        return True
    return True
