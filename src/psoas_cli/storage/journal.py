"""The journal: an SQLite file with a row for each session, updated while it runs.

A practice never fails because of it: that it cannot be written is reported once, and the practice continues. Reading
it changes nothing, not even where the file is broken or of an earlier version.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths
from psoas_cli.storage.entry import NAMES, Entry, entry_of, readable, row_of
from psoas_cli.storage.journal_file import JournalFile

VERSION = 4
"""The version of the file's format; a file of a later version is left alone."""

SHORTEST = 60
"""Seconds; what was practised for less was a try, and is no last time."""

_BUSY = 2.0  # seconds to wait while another program writes
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
    "avoid": "TEXT NOT NULL DEFAULT ''",
    "felt_breath": "TEXT NOT NULL DEFAULT ''",
    "felt_belly": "TEXT NOT NULL DEFAULT ''",
    "felt_hips": "TEXT NOT NULL DEFAULT ''",
}
_SQLITE = (sqlite3.Error, UnicodeDecodeError)  # the other one where SQLite cites damaged text in an error
_TRIAL = Entry("-", "", "", "running", "", "", "en", None, None, 0.0, 1.0, "")  # a row that is taken back
_SET_ASIDE = "nothing is deleted: the next practice keeps this file under another name and begins a new one"


class ForeignTableError(sqlite3.DatabaseError):
    """The table is not psoas's, or has something of another program that undoes what is written."""


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
        self._file = JournalFile(path)
        self._path = path
        self._is_whole = False  # whether all of the file could be read, as a part that is written may be sound

    def write(self, entry: Entry) -> str:
        """Write *entry*, replacing what was written of its session before.

        Returns:
            The new path of a broken journal that had to be moved out of the way; otherwise empty.

        Raises:
            PsoasError: It cannot be written; the message gives the reason.
        """
        try:
            paths.make(self._path.parent)
            tried = self._file.identity()
            try:
                self._execute(entry)
            except _SQLITE as error:
                if not _is_broken(error):
                    raise
                return self._write_anew(entry, tried)
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

    def times(self, command: str) -> int:
        """How often *command* was practised, without rehearsals; 0 if the file cannot be read."""
        return self._count("command = ?", readable(command))

    def breaths_heard(self) -> int:
        """In how many practices a breath was heard, without rehearsals; 0 if the file cannot be read."""
        return self._count("heard = 1 AND practised_s >= ?", SHORTEST)

    def last_times(self, until: datetime) -> dict[str, Entry]:
        """The last session of everything that was practised for a minute, by its command, latest first; no rehearsals.

        Args:
            until: What is dated later does not count: the clock was wrong.

        Raises:
            PsoasError: The file cannot be read.
        """
        found: dict[str, Entry] = {}
        done = "SELECT rowid, * FROM sessions WHERE speed = 1 AND practised_s >= ?"
        for row in self._rows(f"{done} ORDER BY julianday(seen) DESC, rowid DESC", SHORTEST):
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
            if not self._file.is_there():
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
            if not self._file.is_there():
                return None
            with self._opened() as connection:
                for (said,) in connection.execute("PRAGMA integrity_check").fetchall():
                    if said != "ok" and " value in " not in said:  # a wrong value concerns its row alone
                        raise sqlite3.DatabaseError(f"it is damaged: {said.splitlines()[-1]}")
                _put(connection, _TRIAL)
                connection.rollback()
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
            if not self._file.is_there():
                return []
            try:
                with closing(sqlite3.connect(self._path, timeout=_BUSY)) as connection:
                    return _selected(connection, statement, values)
            except sqlite3.OperationalError as error:
                if not _is_closed_to_us(error):
                    raise
                with self._file.as_it_lies() as connection:
                    return _selected(connection, statement, values)
        except (OSError, *_SQLITE) as error:
            raise self._error("read", error) from None

    # -- writing

    def _write_anew(self, entry: Entry, tried: tuple[int, int] | None) -> str:
        """Write *entry*, which the file that was *tried* did not take: into that once more, and then into a new one.

        Another psoas may just have been bringing it up to date.

        Returns:
            The new path of the broken file; empty if it took the entry, or somebody else has moved it.
        """
        try:
            self._execute(entry)
        except _SQLITE as error:
            if not _is_broken(error):
                raise
            aside = self._file.set_aside(tried)
            self._execute(entry)
            return str(aside or "")
        return ""

    def _execute(self, entry: Entry) -> None:
        with self._opened() as connection, connection:
            _put(connection, entry)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file for writing, brought up to the current format.

        Raises:
            sqlite3.Error: It cannot be opened, has a later format, or holds another program's table.
            OSError: It is no file.
        """
        new = not self._file.is_there()
        with closing(sqlite3.connect(self._path, timeout=_BUSY)) as connection:
            connection.text_factory = _decoded
            if new:
                self._path.chmod(0o600)
            if _version(connection) < VERSION or _missing(connection):
                with connection:
                    _bring_up_to_date(connection)
                with suppress(sqlite3.OperationalError):  # another psoas is at it
                    connection.execute("PRAGMA journal_mode = WAL")
            if not self._is_whole:
                for _ in connection.execute("SELECT * FROM sessions"):
                    pass
                self._is_whole = True
            yield connection

    def _error(self, what: str, error: Exception) -> PsoasError:
        damaged = "it is damaged" if isinstance(error, UnicodeDecodeError) else ""
        obstacle = self._file.obstacle() if _is_closed_to_us(error) else ""
        why = damaged or obstacle or getattr(error, "strerror", None) or str(error)
        hint = _SET_ASIDE if _is_broken(error) else ""
        return PsoasError(f"the journal {self._path} cannot be {what}: {why}", hint, exit_code=1)


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
    missing = _missing(connection)
    for name, kind in _ADDED.items():
        if name in missing:
            connection.execute(f"ALTER TABLE sessions ADD COLUMN {name} {kind}")
    if missing - _ADDED.keys():
        raise ForeignTableError("its table of sessions is not one of psoas")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _missing(connection: sqlite3.Connection) -> set[str]:
    """The columns that the table of sessions lacks; all of them if there is none."""
    return {*NAMES} - {row[1] for row in connection.execute("PRAGMA table_info(sessions)")}


def _put(connection: sqlite3.Connection, entry: Entry) -> None:
    """Put *entry* in place of its earlier row.

    Raises:
        sqlite3.Error: It cannot be written, or is not what is in the table afterwards.
    """
    connection.execute("DELETE FROM sessions WHERE id = ?", [entry.id])
    marks = ", ".join("?" * len(NAMES))
    connection.execute(f"INSERT INTO sessions ({', '.join(NAMES)}) VALUES ({marks})", row_of(entry))  # noqa: S608 - our own names
    found = connection.execute("SELECT COUNT(*) FROM sessions WHERE id = ? AND seen = ?", [entry.id, entry.seen])
    if found.fetchone() != (1,):  # a trigger may do anything, and say nothing
        raise ForeignTableError("its table of sessions does not keep what is written")


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
    """Whether *error* says that the file is damaged, or that what it holds takes no session."""
    return isinstance(error, (UnicodeDecodeError, ForeignTableError)) or _code(error) in {
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,  # no such column, a view
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
    }


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
