"""The journal: an SQLite file with a row for each session, updated while it runs.

A practice never fails because of it: that it cannot be written is reported once, and the practice continues. Reading
it changes nothing, not even where the file is broken or of an earlier version.
"""

import errno
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths
from psoas_cli.storage.entry import NAMES, Entry, entry_of, readable, row_of
from psoas_cli.storage.files import opened

VERSION = 3
"""The version of the file's format; a file of a later version is left alone."""

_BUSY = 2.0  # seconds to wait while another program writes
_MINUTE = 60  # seconds; what was practised for less was a try
_COLUMNS = """
    id TEXT PRIMARY KEY, began TEXT NOT NULL, seen TEXT NOT NULL, state TEXT NOT NULL, command TEXT NOT NULL,
    title TEXT NOT NULL, lang TEXT NOT NULL, asked_s REAL, breath TEXT, length_s REAL NOT NULL, speed REAL NOT NULL,
    digest TEXT NOT NULL, position_s REAL NOT NULL, practised_s REAL NOT NULL, stops INTEGER NOT NULL,
    breaths INTEGER NOT NULL, changes TEXT NOT NULL, process INTEGER NOT NULL
"""
_ADDED = {  # since the first version
    "tension_before": "INTEGER",
    "tension_after": "INTEGER",
    "breath_before": "INTEGER",
    "breath_after": "INTEGER",
    "line": "TEXT NOT NULL DEFAULT ''",
    "sessions": "INTEGER NOT NULL DEFAULT 0",
    "continues": "TEXT NOT NULL DEFAULT ''",
    "heard": "INTEGER NOT NULL DEFAULT 0",
}
_SQLITE = (sqlite3.Error, UnicodeDecodeError)  # the other one where SQLite cites damaged text in an error
_SET_ASIDE = "nothing is deleted: the next practice keeps this file under another name and begins a new one"


class Unreadable(NamedTuple):
    """A row that is no session: its id, as `Journal.delete` takes it, and the column that is wrong."""

    id: str
    column: str


class Reading(NamedTuple):
    """What the journal holds: its sessions, the one that began last first, and the rows that are none."""

    entries: list[Entry]
    unreadable: list[Unreadable]


class Journal:
    """The journal in the file at *path*, which is created when the first session is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_whole = False  # whether all of the file could be read, as a part that is written may be sound

    def write(self, entry: Entry) -> str:
        """Write *entry*, replacing what was written of its session before.

        Returns:
            The new path of a broken journal that had to be moved out of the way; otherwise empty.

        Raises:
            PsoasError: It cannot be written; the message gives the reason.
        """
        statement = f"INSERT OR REPLACE INTO sessions ({', '.join(NAMES)}) VALUES ({', '.join('?' * len(NAMES))})"  # noqa: S608 - our own names
        try:
            paths.make(self._path.parent)
            tried = self._identity()
            try:
                self._execute(statement, row_of(entry))
            except _SQLITE as error:
                if not _is_broken(error):
                    raise
                aside = self._set_aside(tried)
                self._execute(statement, row_of(entry))
                return str(aside or "")
        except (OSError, *_SQLITE) as error:
            raise self._error("written", error) from None
        return ""

    def read(self, since: str = "") -> Reading:
        """Read the sessions; a row that cannot be one is passed over.

        Args:
            since: A day, ISO 8601: only those that were seen after it, wherever that was; empty for all.

        Raises:
            PsoasError: The file cannot be read.
        """
        entries: list[tuple[datetime, Entry]] = []
        unreadable: list[Unreadable] = []
        select = "SELECT rowid, * FROM sessions"
        rows = self._rows(f"{select} WHERE seen >= ?", since) if since else self._rows(select)
        for row in reversed(rows):  # of two at the same instant, the one written last comes first
            try:
                entry = entry_of(row)
            except ValueError as error:
                unreadable.append(Unreadable(_id_of(row["rowid"], row.get("id")), str(error)))
            else:
                entries.append((entry.when, entry))
        entries.sort(key=lambda each: each[0], reverse=True)
        return Reading([entry for _, entry in entries], unreadable)

    def entries(self) -> list[Entry]:
        """The sessions, the one that began last first.

        Raises:
            PsoasError: The file cannot be read.
        """
        return self.read().entries

    def times(self, command: str) -> int:
        """How often *command* was practised, without rehearsals; 0 if the file cannot be read."""
        return self._count("command = ?", readable(command))

    def breaths_heard(self) -> int:
        """In how many practices a breath was heard, without rehearsals; 0 if the file cannot be read."""
        return self._count("heard = 1 AND practised_s >= ?", _MINUTE)

    def last_times(self, until: datetime) -> dict[str, Entry]:
        """The last session of everything that was practised for a minute, by its command, latest first; no rehearsals.

        Args:
            until: What is dated later does not count: the clock was wrong.

        Raises:
            PsoasError: The file cannot be read.
        """
        found: dict[str, Entry] = {}
        done = "SELECT rowid, * FROM sessions WHERE speed = 1 AND practised_s >= ?"
        for row in self._rows(f"{done} ORDER BY julianday(seen) DESC, rowid DESC", _MINUTE):
            if row.get("command") not in found:
                with suppress(ValueError):
                    entry = entry_of(row)
                    if entry.last <= until:
                        found[entry.command] = entry
        return found

    def delete(self, name: str) -> bool:
        """Delete the session with the id *name*; return whether there was one.

        Raises:
            PsoasError: It cannot be deleted.
        """
        try:
            if not self._is_there():
                return False
            with self._opened() as connection, connection:
                ids = connection.execute("SELECT rowid, id FROM sessions").fetchall()
                found = [(number,) for number, written in ids if _id_of(number, written) == name]
                connection.executemany("DELETE FROM sessions WHERE rowid = ?", found)
                return bool(found)
        except (OSError, *_SQLITE) as error:
            raise self._error("written", error) from None

    def check(self) -> Reading | None:
        """Read all of it, and see that it can be written; None if there is none.

        Raises:
            PsoasError: It cannot be read or written.
        """
        found = self.read()
        try:
            if not self._is_there():
                return None
            with self._opened() as connection:
                for (said,) in connection.execute("PRAGMA integrity_check").fetchall():
                    if said != "ok" and " value in " not in said:  # a wrong value concerns its row alone
                        raise sqlite3.DatabaseError(f"it is damaged: {said.splitlines()[-1]}")
                connection.execute(f"PRAGMA user_version = {VERSION}")  # as it is, but it has to come to the disk
        except (OSError, *_SQLITE) as error:
            raise self._error("written", error) from None
        return found

    # -- reading

    def _count(self, condition: str, value: object) -> int:
        with suppress(PsoasError):
            rows = self._rows(f"SELECT COUNT(*) AS count FROM sessions WHERE speed = 1 AND {condition}", value)  # noqa: S608 - our own words
            return int(str(rows[0]["count"])) if rows else 0
        return 0

    def _rows(self, statement: str, *values: object) -> list[dict[str, object]]:
        """The rows that *statement* selects, by their columns; none if there is no file.

        Raises:
            PsoasError: The file cannot be read.
        """
        try:
            if not self._is_there():
                return []
            try:
                with closing(sqlite3.connect(self._path, timeout=_BUSY)) as connection:
                    return _selected(connection, statement, values)
            except sqlite3.OperationalError as error:
                if not _is_closed_to_us(error):
                    raise
                with self._as_it_lies() as connection:
                    return _selected(connection, statement, values)
        except (OSError, *_SQLITE) as error:
            raise self._error("read", error) from None

    @contextmanager
    def _as_it_lies(self) -> Iterator[sqlite3.Connection]:
        """Open the file for reading where nothing can be written beside it: SQLite alone would need to."""
        with opened(self._path):  # says why, if it may not be read at all
            pass
        log = self._beside("-wal")
        if not (log.exists() and log.stat().st_size):
            uri = f"{self._path.absolute().as_uri()}?immutable=1"
            with closing(sqlite3.connect(uri, uri=True)) as connection:
                yield connection
            return
        import shutil
        import tempfile

        with tempfile.TemporaryDirectory() as folder:  # what was written last is in the log still
            copy = Path(folder, "journal")
            shutil.copyfile(self._path, copy)
            shutil.copyfile(log, f"{copy}-wal")
            with closing(sqlite3.connect(copy)) as connection:
                yield connection

    # -- the file

    def _is_there(self) -> bool:
        """Whether there is a file.

        Raises:
            OSError: Something else is in its place, or that cannot be seen; `strerror` says which.
        """
        try:
            mode = self._path.stat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(self._path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is not a file", str(self._path))
        return True

    def _identity(self) -> tuple[int, int] | None:
        """What tells the file from another one in its place; None if there is none."""
        if not self._is_there():
            return None
        found = self._path.stat()
        return found.st_dev, found.st_ino

    def _execute(self, statement: str, values: list[object]) -> None:
        with self._opened() as connection, connection:
            connection.execute(statement, values)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file for writing, brought up to the current format.

        Raises:
            sqlite3.Error: It cannot be opened, or has a later format.
            OSError: It is no file.
        """
        new = not self._is_there()
        with closing(sqlite3.connect(self._path, timeout=_BUSY)) as connection:
            connection.text_factory = _decoded
            if new:
                self._path.chmod(0o600)
            if _version(connection) < VERSION:
                with connection:
                    _bring_up_to_date(connection)
                with suppress(sqlite3.OperationalError):  # another psoas is at it
                    connection.execute("PRAGMA journal_mode = WAL")
            if not self._is_whole:
                for _ in connection.execute("SELECT * FROM sessions"):
                    pass
                self._is_whole = True
            yield connection

    def _set_aside(self, broken: tuple[int, int] | None) -> Path | None:
        """Move the *broken* file out of the way, with its companions; return its new path.

        Two that find it broken at once would move the new file of the first as well: the second waits, and then
        returns None.
        """
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self._path.with_name(f"{self._path.stem}-broken-{stamp}{self._path.suffix}")
        with suppress(FileNotFoundError), _alone(self._path):
            if self._identity() == broken:
                while aside.exists():  # another one, in the same second
                    aside = aside.with_name(f"{aside.stem}-{os.urandom(2).hex()}{aside.suffix}")
                for ending in ("-wal", "-shm", ""):
                    with suppress(FileNotFoundError):
                        self._beside(ending).rename(aside.with_name(aside.name + ending))
                return aside
        return None

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(self._path.name + ending)

    def _error(self, what: str, error: Exception) -> PsoasError:
        damaged = "it is damaged" if isinstance(error, UnicodeDecodeError) else ""
        why = damaged or getattr(error, "strerror", None) or str(error)
        hint = _SET_ASIDE if _is_broken(error) else ""
        return PsoasError(f"the journal {self._path} cannot be {what}: {why}", hint, exit_code=1)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others out that want the file at *path* for themselves as well, where the system can do so."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with opened(path) as file:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _version(connection: sqlite3.Connection) -> int:
    """Return the format of the file.

    Raises:
        sqlite3.Error: It is a later one.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise sqlite3.NotSupportedError(f"written by a newer psoas (format {version}), and left as it is")
    return version


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Create what the current format has, keeping every row."""
    connection.execute("BEGIN IMMEDIATE")  # another psoas may be about to do the same
    connection.execute(f"CREATE TABLE IF NOT EXISTS sessions ({_COLUMNS})")
    there = {row[1] for row in connection.execute("PRAGMA table_info(sessions)")}
    for name, kind in _ADDED.items():
        if name not in there:
            connection.execute(f"ALTER TABLE sessions ADD COLUMN {name} {kind}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _selected(connection: sqlite3.Connection, statement: str, values: tuple[object, ...]) -> list[dict[str, object]]:
    """Return the rows that *statement* selects; none if nothing was ever written."""
    connection.text_factory = _decoded
    _version(connection)
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sessions'").fetchone():
        return []
    found = connection.execute(statement, values)
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _decoded(written: bytes) -> str:
    return written.decode("utf-8", "replace")


def _id_of(number: object, written: object) -> str:
    """Return the id *written* in row *number*, or a name for the row if it is none."""
    return written if isinstance(written, str) and written else f"row-{number}"


def _is_broken(error: Exception) -> bool:
    return _code(error) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT} or isinstance(error, UnicodeDecodeError)


def _is_closed_to_us(error: Exception) -> bool:
    """Whether *error* may come from what SQLite wants to write beside a file that it reads."""
    return _code(error) in {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PERM,
    }


def _code(error: Exception) -> int:
    """Return SQLite's code for *error*, without the details in its higher bytes; 0 if it is another's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
