"""The journal's file as the system sees it: whether it is there, what lies beside it, and who may write it."""

import errno
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from psoas_cli.storage.atomic import once_free
from psoas_cli.storage.byte_lock import lock
from psoas_cli.storage.files import opened

_COMPANIONS = ("-journal", "-wal", "-shm")  # how the names of the files end that SQLite has beside its own
_AGAIN = 0.02  # seconds until a lock is tried again
_AT_ONCE = 2  # companions that SQLite has open while it writes


class JournalFile:
    """The file at *path*, and its companions."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def is_there(self) -> bool:
        """Whether there is a file.

        Raises:
            OSError: Something else is in its place or in that of a companion, which SQLite would open and wait for,
                or that cannot be seen; `strerror` says which.
        """
        for ending in _COMPANIONS:
            if not _is_file_or_nothing(self._beside(ending)):
                raise OSError(errno.EINVAL, f"{self._beside(ending).name} beside it is not a file", str(self.path))
        return _is_file(self.path)

    def identity(self) -> tuple[int, int] | None:
        """What tells the file from another one in its place; None if there is none."""
        if not self.is_there():
            return None
        try:
            found = self.path.stat()
        except FileNotFoundError:  # another psoas has moved it out of the way in this instant
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def as_it_lies(self) -> Iterator[sqlite3.Connection]:
        """Open the file for reading where nothing can be written beside it: SQLite alone would need to."""
        with opened(self.path):  # says why, if it may not be read at all
            pass
        log = self._beside("-wal")
        if not (log.exists() and log.stat().st_size):
            uri = f"{self.path.absolute().as_uri()}?immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                yield connection
            return
        import shutil
        import tempfile

        with tempfile.TemporaryDirectory() as folder:  # what was written last is in the log still
            copy = Path(folder, "journal")
            shutil.copyfile(self.path, copy)
            shutil.copyfile(log, f"{copy}-wal")
            with closing(sqlite3.connect(copy)) as connection:
                yield connection

    def set_aside(self, broken: tuple[int, int] | None) -> Path | None:
        """Move the *broken* file out of the way, with its companions; return its new path.

        Two that find it broken at once would move the new file of the first as well: the second waits, and then
        returns None.
        """
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self.path.with_name(f"{self.path.stem}-broken-{stamp}{self.path.suffix}")
        with suppress(FileNotFoundError), _alone(self.path):
            while aside.exists():  # another one, in the same second
                aside = aside.with_name(f"{aside.stem}-{os.urandom(2).hex()}{aside.suffix}")
            return once_free(partial(self._moved, broken, aside))
        return None

    def _moved(self, broken: tuple[int, int] | None, place: Path) -> Path | None:
        if self.identity() != broken:
            return None
        for ending in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                self._beside(ending).rename(place.with_name(place.name + ending))
        return place

    def obstacle(self) -> str:
        """Why the system lets nobody write the file and what belongs beside it; empty if it does.

        SQLite knows only that it could not.
        """
        import tempfile

        try:
            with ExitStack() as held:
                if self.is_there():
                    held.enter_context(self.path.open("r+b"))
                for _ in range(_AT_ONCE):
                    held.enter_context(tempfile.TemporaryFile(dir=self.path.parent))
        except OSError as error:
            return error.strerror or str(error)
        return ""

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(self.path.name + ending)


def _is_file(path: Path) -> bool:
    """Whether there is a file at *path*.

    Raises:
        OSError: Something else is there, or that cannot be seen; `strerror` says which.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is not a file", str(path))
    return True


def _is_file_or_nothing(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, PermissionError):  # the last on Windows, while it is being deleted
        return True


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others out that want the file at *path* for themselves as well, where the system can do so."""
    if sys.platform == "win32":
        with _alone_on_windows(path.with_name(f"{path.name}-alone")):
            yield
        return
    import fcntl

    with opened(path) as file:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _alone_on_windows(place: Path) -> Iterator[None]:
    """The same by a file of its own at *place*, gone afterwards: nothing is moved that is open to be locked."""
    try:
        with place.open("ab") as file:
            with suppress(OSError):  # a file system without locks
                while not lock(file.fileno(), 0):
                    time.sleep(_AGAIN)
            yield
    finally:
        with suppress(OSError):  # another one has it open, or it could not be made
            place.unlink()
