"""The journal: an SQLite file with a row for each session, updated while it runs.

A practice never fails because of it: that it cannot be written is reported once, and the practice continues.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths

VERSION = 2
"""The version of the file's format; a file of a later version is left alone."""

State = Literal["running", "completed", "ended", "interrupted"]
"""How a session ended: `completed` by itself, `ended` by the user, or `interrupted`; `running` until then."""

_BUSY = 2.0  # seconds to wait while another program writes
_COLUMNS = """
    id TEXT PRIMARY KEY, began TEXT NOT NULL, seen TEXT NOT NULL, state TEXT NOT NULL, command TEXT NOT NULL,
    title TEXT NOT NULL, lang TEXT NOT NULL, asked_s REAL, breath TEXT, length_s REAL NOT NULL, speed REAL NOT NULL,
    digest TEXT NOT NULL, position_s REAL NOT NULL, practised_s REAL NOT NULL, stops INTEGER NOT NULL,
    breaths INTEGER NOT NULL, changes TEXT NOT NULL, process INTEGER NOT NULL, sessions INTEGER NOT NULL DEFAULT 0,
    tension_before INTEGER, tension_after INTEGER, breath_before INTEGER, breath_after INTEGER, line TEXT NOT NULL
"""


@dataclass(frozen=True)
class Entry:
    """A session in the journal.

    Args:
        id: Unique to the session.
        began: When it began, ISO 8601 with a time zone.
        seen: When it was last written.
        state: How it ended.
        command: The command that begins it again, such as `practice yin`.
        title: The title of the practice, in *lang*.
        lang: The language it was practised in.
        asked_s: The length asked for, in seconds; None for the usual length.
        breath: The breath in holds that was asked for, if any.
        length_s: The length of the whole practice, in seconds.
        speed: 1, or the speed of a rehearsal.
        digest: A digest of the practice, which changes with it.
        position_s: How far it got on its timeline, in seconds.
        practised_s: Seconds of practice, without pauses and the lead-in.
        stops: How many stops were begun.
        breaths: How many paced breaths went by.
        changes: What was changed on its timeline by keys: what, at which second, by how many seconds.
        process: The id of the process that wrote it.
        sessions: How often the same was practised before; it decides what is offered to notice.
        tension_before: How tense the user felt before, 0 (relaxed) to 10 (tense).
        tension_after: The same, afterwards.
        breath_before: How the breath felt before, 0 (shallow) to 10 (deep).
        breath_after: The same, afterwards.
        line: What the user wrote about it.
    """

    id: str
    began: str
    seen: str
    state: State
    command: str
    title: str
    lang: str
    asked_s: float | None
    breath: str | None
    length_s: float
    speed: float
    digest: str
    position_s: float = 0.0
    practised_s: float = 0.0
    stops: int = 0
    breaths: int = 0
    changes: tuple[tuple[str, float, float], ...] = ()
    process: int = 0
    sessions: int = 0
    tension_before: int | None = None
    tension_after: int | None = None
    breath_before: int | None = None
    breath_after: int | None = None
    line: str = ""

    @property
    def when(self) -> datetime:
        """When it began."""
        return datetime.fromisoformat(self.began)


_NAMES = tuple(field.name for field in fields(Entry))


class Journal:
    """The journal in the file at *path*, which is created when the first session is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, entry: Entry) -> str:
        """Write *entry*, replacing what was written of its session before.

        Returns:
            The new path of a broken journal that had to be moved out of the way; otherwise empty.

        Raises:
            PsoasError: It cannot be written; the message gives the reason.
        """
        values = [*asdict(entry).values()]
        values[_NAMES.index("changes")] = json.dumps(entry.changes)
        statement = f"INSERT OR REPLACE INTO sessions ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608 - our own names
        try:
            paths.make(self._path.parent)
            try:
                self._execute(statement, values)
            except sqlite3.DatabaseError as error:
                if not _is_broken(error):
                    raise
                aside = self._set_aside()
                self._execute(statement, values)
                return str(aside)
        except (OSError, sqlite3.Error) as error:
            raise PsoasError(f"the journal {self._path} cannot be written: {_why(error)}", exit_code=1) from None
        return ""

    def entries(self, since: str = "", most: int = -1, *, rehearsed: bool = True) -> list[Entry]:
        """The sessions, latest first.

        Args:
            since: The first day, ISO 8601; empty for all.
            most: How many at most; -1 for all.
            rehearsed: Whether to include those with a speed other than 1.

        Raises:
            PsoasError: The file cannot be read.
        """
        real = "" if rehearsed else "AND speed = 1"
        rows = self._rows(
            f"{', '.join(_NAMES)} FROM sessions WHERE began >= ? {real} ORDER BY began DESC LIMIT ?", since, most
        )
        return [_entry(row) for row in rows]

    def days(self, since: str = "") -> list[tuple[date, float]]:
        """The days of practice *since* a day, each with its seconds; rehearsals do not count.

        Raises:
            PsoasError: The file cannot be read.
        """
        rows = self._rows(
            "substr(began, 1, 10) AS day, SUM(practised_s) FROM sessions WHERE began >= ? AND speed = 1 GROUP BY day",
            since,
        )
        return [(date.fromisoformat(str(day)), float(str(seconds))) for day, seconds in rows]

    def total(self, since: str = "") -> tuple[int, float]:
        """The number of sessions *since* a day, and their seconds in total; rehearsals do not count.

        Raises:
            PsoasError: The file cannot be read.
        """
        rows = self._rows("COUNT(*), TOTAL(practised_s) FROM sessions WHERE began >= ? AND speed = 1", since)
        return (int(str(rows[0][0])), float(str(rows[0][1]))) if rows else (0, 0.0)

    def tension(self, since: str = "") -> tuple[int, float]:
        """The number of sessions *since* a day with tension noted before and after, and its average change.

        Raises:
            PsoasError: The file cannot be read.
        """
        both = "tension_before IS NOT NULL AND tension_after IS NOT NULL"
        change = "COUNT(*), TOTAL(tension_after - tension_before)"
        rows = self._rows(f"{change} FROM sessions WHERE began >= ? AND speed = 1 AND {both}", since)
        count = int(str(rows[0][0])) if rows else 0
        return count, float(str(rows[0][1])) / count if count else 0.0

    def _rows(self, selection: str, *values: object) -> list[tuple[object, ...]]:
        """The rows selected; none if there is no file.

        Raises:
            PsoasError: The file cannot be read.
        """
        if not self._path.exists():
            return []
        try:
            with self._opened() as connection:
                return connection.execute(f"SELECT {selection}", values).fetchall()
        except (OSError, sqlite3.Error) as error:
            raise PsoasError(f"the journal {self._path} cannot be read: {_why(error)}", exit_code=1) from None

    def times(self, command: str) -> int:
        """How often *command* was practised, without rehearsals; 0 if the file cannot be read."""
        with suppress(PsoasError):
            rows = self._rows("COUNT(*) FROM sessions WHERE command = ? AND speed = 1", command)
            return int(str(rows[0][0])) if rows else 0
        return 0

    def latest(self) -> Entry | None:
        """The latest session, without rehearsals; None if there is none, or the file cannot be read."""
        with suppress(PsoasError):
            return next(iter(self.entries(most=1, rehearsed=False)), None)
        return None

    def delete(self, name: str) -> bool:
        """Delete the session with the id *name*; return whether there was one.

        Raises:
            PsoasError: It cannot be deleted.
        """
        try:
            return self._path.exists() and bool(self._execute("DELETE FROM sessions WHERE id = ?", [name]))
        except (OSError, sqlite3.Error) as error:
            raise PsoasError(f"the journal {self._path} cannot be written: {_why(error)}", exit_code=1) from None

    def _execute(self, statement: str, values: list[object]) -> int:
        with self._opened() as connection, connection:
            return connection.execute(statement, values).rowcount

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file, brought up to the current format.

        Raises:
            sqlite3.Error: It cannot be opened, or has a later format.
        """
        new = not self._path.exists()
        with closing(sqlite3.connect(self._path, timeout=_BUSY)) as connection:
            if new:
                self._path.chmod(0o600)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise sqlite3.NotSupportedError(f"written by a newer psoas (format {version}), and left as it is")
            if version < VERSION:
                connection.execute("PRAGMA journal_mode = WAL")
                with connection:
                    if version == 1:
                        connection.execute("ALTER TABLE sessions ADD COLUMN sessions INTEGER NOT NULL DEFAULT 0")
                    connection.execute(f"CREATE TABLE IF NOT EXISTS sessions ({_COLUMNS})")
                    connection.execute(
                        "CREATE INDEX IF NOT EXISTS by_beginning ON sessions (began, speed, practised_s)"
                    )
                    connection.execute(f"PRAGMA user_version = {VERSION}")
            yield connection

    def _set_aside(self) -> Path:
        """Move a broken file out of the way, with its companions; return its new path."""
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        aside = self._path.with_name(f"{self._path.stem}-broken-{stamp}{self._path.suffix}")
        for ending in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                self._path.with_name(self._path.name + ending).rename(aside.with_name(aside.name + ending))
        return aside


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(_NAMES, row, strict=True))
    values["changes"] = tuple(map(tuple, json.loads(str(values["changes"]))))
    return Entry(**values)  # type: ignore[arg-type] # as the columns say


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
