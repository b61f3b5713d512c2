"""The journal: what is written is there, and what goes wrong with its file costs nothing else."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.systems import DEVICES, NO_LIMITS, RIGHTS, has_mode, make_link, make_pipe

from psoas_cli.errors import PsoasError
from psoas_cli.storage import journal
from psoas_cli.storage.entry import NAMES, Entry, entry_of, readable, row_of
from psoas_cli.storage.journal import VERSION, Journal
from psoas_cli.storage.journal_file import JournalFile

ENTRY = Entry(
    id="abc",
    began="2026-03-01T20:00:00+01:00",
    seen="2026-03-01T20:00:10+01:00",
    state="running",
    command="practice yin",
    title="Yin",
    lang="nl",
    asked_s=1800.0,
    breath=None,
    length_s=1800.0,
    speed=1.0,
    digest="d",
    changes=(("hold", 30.0, -30.0),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite3"


def test_a_session_has_one_row_that_grows(path: Path) -> None:
    journal = Journal(path)
    assert journal.write(ENTRY) == ""
    later = replace(ENTRY, state="ended", practised_s=600.0, stops=3)
    journal.write(later)
    other = replace(ENTRY, id="def", began="2026-03-02T20:00:00+01:00")
    journal.write(other)
    assert journal.read().entries == [other, later]
    assert has_mode(path, 0o600)
    assert has_mode(path.parent, 0o700)


def test_two_at_once_each_have_their_row(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    first.write(ENTRY)
    second.write(replace(ENTRY, id="def"))
    first.write(replace(ENTRY, practised_s=10.0))
    assert {each.id: each.practised_s for each in first.read().entries} == {"abc": 10.0, "def": 0.0}


def test_without_a_file_there_is_nothing_and_none_is_made(path: Path) -> None:
    assert (Journal(path).read().entries, Journal(path).times("practice yin"), Journal(path).delete("abc")) == (
        [],
        0,
        False,
    )
    assert not path.exists()


def test_one_can_be_deleted(path: Path) -> None:
    journal = Journal(path)
    journal.write(ENTRY)
    assert journal.delete("abc")
    assert not journal.delete("abc")
    assert journal.read().entries == []


@pytest.mark.parametrize("damage", ["header", "middle"])
def test_a_broken_file_is_set_aside_and_never_deleted(path: Path, damage: str) -> None:
    journal = Journal(path)
    for number in range(200):
        journal.write(replace(ENTRY, id=str(number)))
    content = bytearray(path.read_bytes())
    begin = 0 if damage == "header" else 100
    content[begin:] = b"x" * (len(content) - begin)
    path.write_bytes(content)
    aside = Path(journal.write(ENTRY))
    assert aside.read_bytes() == bytes(content)
    assert aside.name.startswith("journal-broken-")
    assert journal.read().entries == [ENTRY]


def test_whichever_page_is_broken_what_is_written_next_can_be_read(path: Path) -> None:
    for number in range(60):
        Journal(path).write(replace(ENTRY, id=str(number)))
    whole, page = path.read_bytes(), 4096
    for begin in range(page, len(whole), page):
        path.write_bytes(whole[:begin] + b"x" * page + whole[begin + page :])
        Journal(path).write(ENTRY)
        assert ENTRY in Journal(path).read().entries


def test_a_file_of_a_newer_psoas_stays_as_it_is(path: Path) -> None:
    Journal(path).write(ENTRY)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(PsoasError, match="newer psoas"):
        Journal(path).write(replace(ENTRY, id="new"))
    with pytest.raises(PsoasError, match="newer psoas"):
        Journal(path).read()
    assert Journal(path).times("practice yin") == 0
    assert path.read_bytes() == before


def test_where_nothing_can_be_written_that_is_said(path: Path) -> None:
    path.parent.mkdir()
    path.mkdir()
    with pytest.raises(PsoasError, match="cannot be written"):
        Journal(path).write(ENTRY)


def test_a_lock_that_stays_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psoas_cli.storage.journal._BUSY", 0.05)
    journal = Journal(path)
    journal.write(ENTRY)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PsoasError, match="locked"):
            journal.write(replace(ENTRY, practised_s=20.0))
        other.execute("ROLLBACK")
    journal.write(replace(ENTRY, practised_s=30.0))
    assert [each.practised_s for each in journal.read().entries] == [30.0]


def test_of_a_broken_file_that_another_psoas_has_set_aside_meanwhile_the_new_one_is_kept(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Journal(path).write(ENTRY)
    path.write_bytes(b"x" * 8192)
    journal, execute = Journal(path), Journal._execute

    def late(*_: object) -> None:
        monkeypatch.setattr(Journal, "_execute", execute)
        Journal(path).write(replace(ENTRY, id="other"))  # sets it aside
        raise broken("file is not a database", sqlite3.SQLITE_NOTADB)

    monkeypatch.setattr(Journal, "_execute", late)
    assert journal.write(ENTRY) == ""
    assert {each.id for each in journal.read().entries} == {"abc", "other"}
    assert len(list(path.parent.glob("journal-broken-*"))) == 1


def broken(message: str, code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(message)
    error.sqlite_errorcode = code
    return error


def test_a_broken_index_is_a_broken_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, execute = Journal(path), Journal._execute
    journal.write(ENTRY)

    def fails(*_: object) -> None:
        monkeypatch.setattr(Journal, "_execute", execute)
        raise broken("database disk image is malformed", sqlite3.SQLITE_CORRUPT_INDEX)

    monkeypatch.setattr(Journal, "_execute", fails)
    assert Path(journal.write(ENTRY)).exists()


@given(st.data())
def test_whatever_is_damaged_in_the_file_is_an_error_that_is_told_or_nothing(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal.sqlite3")
        Journal(path).write(ENTRY)
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 9))):
            at = data.draw(st.integers(0, 2000) | st.integers(0, len(content) - 1) | st.just(content.find(b"TEXT NOT")))
            content[at] = data.draw(st.integers(0, 255))
        path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.just(len(content)))])
        journal = Journal(path)
        for call in (journal.read, journal.check, lambda: journal.delete("abc"), lambda: journal.write(ENTRY)):
            with suppress(PsoasError):
                call()
        assert isinstance(journal.times("practice yin"), int)


# -- files of earlier versions

FIRST = """
    id TEXT PRIMARY KEY, began TEXT NOT NULL, seen TEXT NOT NULL, state TEXT NOT NULL, command TEXT NOT NULL,
    title TEXT NOT NULL, lang TEXT NOT NULL, asked_s REAL, breath TEXT, length_s REAL NOT NULL, speed REAL NOT NULL,
    digest TEXT NOT NULL, position_s REAL NOT NULL, practised_s REAL NOT NULL, stops INTEGER NOT NULL,
    breaths INTEGER NOT NULL, changes TEXT NOT NULL, process INTEGER NOT NULL"""
CHECKED_IN = """,
    tension_before INTEGER, tension_after INTEGER, breath_before INTEGER, breath_after INTEGER, line TEXT NOT NULL"""
COUNTED = ", sessions INTEGER NOT NULL DEFAULT 0"
CONTINUED = ", continues TEXT NOT NULL DEFAULT '', heard INTEGER NOT NULL DEFAULT 0"
EARLIER = [
    (0, FIRST),
    (1, FIRST),
    (1, FIRST + CHECKED_IN),
    (2, FIRST + COUNTED + CHECKED_IN),
    (3, FIRST + CHECKED_IN + COUNTED + CONTINUED),
]


def earlier(path: Path, version: int, columns: str) -> None:
    """Make a file as an earlier version made it, with one session in it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE sessions ({columns})")
        connection.execute("CREATE INDEX by_beginning ON sessions (began, speed, practised_s)")
        names = [row[1] for row in connection.execute("PRAGMA table_info(sessions)")]
        values = dict(zip(NAMES, row_of(ENTRY), strict=True))
        marks = ", ".join("?" * len(names))
        connection.execute(f"INSERT INTO sessions VALUES ({marks})", [values[name] for name in names])  # noqa: S608
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize(("version", "columns"), EARLIER)
def test_a_file_of_an_earlier_version_is_read_as_it_is_and_brought_up_to_date_by_what_is_written(
    path: Path, version: int, columns: str
) -> None:
    earlier(path, version, columns)
    before = path.read_bytes()
    assert Journal(path).read() == ([ENTRY], [])
    assert (Journal(path).times("practice yin"), Journal(path).breaths_heard()) == (1, 0)
    assert path.read_bytes() == before
    Journal(path).write(later := replace(ENTRY, id="later", began="2026-03-05T20:00:00+01:00", continues="abc"))
    assert Journal(path).read().entries == [later, ENTRY]


def test_what_took_no_session_for_a_moment_stays_where_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).write(ENTRY)
    put, error = journal._put, sqlite3.OperationalError("no such column")
    error.sqlite_errorcode = sqlite3.SQLITE_ERROR
    tries = [error]

    def trying(connection: sqlite3.Connection, entry: Entry) -> None:
        if tries:
            raise tries.pop()
        put(connection, entry)

    monkeypatch.setattr(journal, "_put", trying)
    later = replace(ENTRY, id="later")
    assert not Journal(path).write(later)
    assert len(Journal(path).read().entries) == 2
    assert not list(path.parent.glob("journal-broken-*"))


WRITER = f"""
import sys
from dataclasses import replace
from pathlib import Path
from psoas_cli.storage.entry import Entry
from psoas_cli.storage.journal import Journal
print(flush=True)
sys.stdin.readline()
for number in range(5):
    Journal(Path(sys.argv[1])).write(replace({ENTRY!r}, id=f"{{sys.argv[2]}}-{{number}}"))
"""


def test_a_file_that_another_psoas_moves_away_as_it_is_looked_at_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = JournalFile.is_there

    def late(_: JournalFile) -> bool:
        monkeypatch.setattr(JournalFile, "is_there", look)
        path.unlink()
        return True

    path.parent.mkdir()
    path.write_bytes(b"nonsense" * 1000)
    monkeypatch.setattr(JournalFile, "is_there", late)
    assert Journal(path).write(ENTRY) == ""
    assert [each.id for each in Journal(path).read().entries] == ["abc"]


@pytest.mark.parametrize("found", ["nothing", "an earlier version", "a broken file"])
def test_several_that_begin_at_the_same_moment_lose_nothing(path: Path, found: str) -> None:
    if found == "an earlier version":
        earlier(path, *EARLIER[1])
    elif found == "a broken file":
        path.parent.mkdir()
        path.write_bytes(b"nonsense" * 1000)
    command = [sys.executable, "-c", WRITER, str(path)]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    writers: list[Any] = [subprocess.Popen([*command, str(number)], text=True, **pipes) for number in range(3)]
    for each in writers:
        each.stdout.readline()
    for each in writers:
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.communicate(timeout=60)[1] for each in writers] == [""] * 3
    assert len(Journal(path).read().entries) == 15 + (found == "an earlier version")
    assert len(list(path.parent.glob("journal-broken-*.sqlite3"))) == (found == "a broken file")


# -- what others made of it

FOREIGN = {
    "another table": "DROP TABLE sessions; CREATE TABLE sessions (a, b)",
    "a view": "ALTER TABLE sessions RENAME TO old; CREATE VIEW sessions AS SELECT * FROM old",
    "a trigger that refuses": "CREATE TRIGGER t BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'no'); END",
    "a trigger that forgets": "CREATE TRIGGER t BEFORE INSERT ON sessions BEGIN SELECT RAISE(IGNORE); END",
    "a column of its own": "DROP TABLE sessions; CREATE TABLE sessions (id, mine NOT NULL)",
}


def made_of_it(path: Path, script: str) -> None:
    Journal(path).write(ENTRY)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.mark.parametrize("script", FOREIGN.values(), ids=FOREIGN)
def test_a_table_that_takes_no_session_is_told_and_set_aside_by_the_next(path: Path, script: str) -> None:
    made_of_it(path, script)
    with pytest.raises(PsoasError) as told:
        Journal(path).check()
    assert "keeps this file under another name" in told.value.hint
    assert Path(Journal(path).write(ENTRY)).exists()
    assert Journal(path).check() == ([ENTRY], [])


@pytest.mark.parametrize("script", ["DROP TABLE sessions", "ALTER TABLE sessions DROP COLUMN heard"])
def test_whatever_the_version_says_what_is_missing_is_made(path: Path, script: str) -> None:
    made_of_it(path, script)
    assert Journal(path).check() is not None
    assert Journal(path).write(ENTRY) == ""
    assert Journal(path).read().entries == [ENTRY]


def test_a_table_without_its_key_still_has_one_row_a_session(path: Path) -> None:
    made_of_it(
        path, "CREATE TABLE new AS SELECT * FROM sessions; DROP TABLE sessions; ALTER TABLE new RENAME TO sessions"
    )
    assert Journal(path).write(later := replace(ENTRY, practised_s=60.0)) == ""
    assert Journal(path).read().entries == [later]


def test_looking_whether_it_can_be_written_leaves_nothing_in_it(path: Path) -> None:
    Journal(path).write(ENTRY)
    assert Journal(path).check() == Journal(path).check() == ([ENTRY], [])


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("kind", [make_pipe, os.mkdir])
@pytest.mark.parametrize("begun", [True, False])
def test_a_pipe_or_a_folder_in_the_place_of_a_companion_is_told_and_not_waited_for(
    path: Path, ending: str, kind: Callable[[Path], None], begun: bool
) -> None:
    path.parent.mkdir()
    if begun:
        Journal(path).write(ENTRY)
    kind(path.with_name(path.name + ending))
    for call in (Journal(path).read, Journal(path).check, lambda: Journal(path).write(ENTRY)):
        with pytest.raises(PsoasError, match=f"sqlite3{ending} beside it is not a file"):
            call()


@RIGHTS
@pytest.mark.parametrize("denied", ["the file", "the folder", "a new file"])
def test_who_may_not_write_it_is_told_what_the_system_says(
    public: Path, request: pytest.FixtureRequest, denied: str
) -> None:
    path = public / "journal.sqlite3"
    if denied != "a new file":
        Journal(path).write(ENTRY)
        path.chmod(0o444 if denied == "the file" else 0o666)
    public.chmod(0o777 if denied == "the file" else 0o555)
    request.getfixturevalue("as_anybody")
    for call in (lambda: Journal(path).write(ENTRY), *([Journal(path).check] if path.exists() else [])):
        with pytest.raises(PsoasError, match=r"cannot be written: Permission denied$"):
            call()


def test_too_many_open_files_are_named_as_the_cause(path: Path) -> None:
    resource = pytest.importorskip("resource", reason=NO_LIMITS)

    Journal(path).write(ENTRY)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    last = os.dup(0)
    os.close(last)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (last + 1, hard))
        with pytest.raises(PsoasError, match="Too many open files"):
            Journal(path).write(ENTRY)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("kind", ["file", pytest.param("device", marks=DEVICES), "loop"])
def test_a_home_that_is_no_folder_is_told_as_that(tmp_path: Path, kind: str) -> None:
    home = Path(os.devnull) if kind == "device" else tmp_path / "home"
    if kind == "file":
        home.touch()
    elif kind == "loop":
        make_link(home, home)
    for folder in (home, home / "deeper"):
        with pytest.raises(PsoasError, match=re.escape(f"{home} is not a folder")):
            Journal(folder / "journal.sqlite3").write(ENTRY)


# -- files that may only be read


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_anybody() -> Iterator[None]:
    """The rights of somebody who may not do everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield
    if root:
        os.seteuid(0)


@RIGHTS
@pytest.mark.parametrize("left", ["nothing", "a log", "a log without its index"])
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)])
def test_what_may_not_be_written_is_read_all_the_same_with_what_was_written_last(
    public: Path, request: pytest.FixtureRequest, left: str, file: int, folder: int
) -> None:
    path = public / "journal.sqlite3"
    Journal(path).write(ENTRY)
    Journal(path).write(last := replace(ENTRY, id="last", began="2026-03-05T20:00:00+01:00"))
    if left != "nothing":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE sessions SET stops = 7 WHERE id = 'last'")
            connection.commit()
            for each in public.glob("journal.sqlite3*"):
                shutil.copy(each, public / each.name.replace("journal", "copy"))
        last, path = replace(last, stops=7), public / "copy.sqlite3"
        if "without" in left:
            (public / "copy.sqlite3-shm").unlink()
    for each in public.glob(f"{path.name}*"):
        each.chmod(file)
    public.chmod(folder)
    request.getfixturevalue("as_anybody")
    assert Journal(path).read().entries == [last, ENTRY]
    assert Journal(path).times("practice yin") == 2


@RIGHTS
def test_a_folder_that_may_not_be_searched_is_told_with_the_file(public: Path, request: pytest.FixtureRequest) -> None:
    path = public / "journal.sqlite3"
    Journal(path).write(ENTRY)
    public.chmod(0o600)
    request.getfixturevalue("as_anybody")
    for call in (Journal(path).read, lambda: Journal(path).write(ENTRY), lambda: Journal(path).delete("abc")):
        with pytest.raises(PsoasError, match=r"journal.sqlite3 cannot be (read|written): Permission denied"):
            call()


# -- what is written is read


@given(st.datetimes(timezones=st.sampled_from([UTC, ENTRY.when.tzinfo])), st.text(), st.booleans())
def test_every_row_that_is_written_is_read_as_it_was(when: datetime, text: str, heard: bool) -> None:
    entry = replace(ENTRY, began=when.isoformat(), title=text, line=text, heard=heard, breath=text, continues="a")
    entry = replace(entry, avoid=text, felt_breath="slower-lower", felt_hips="unsure")
    entry = replace(entry, tension_after=10, asked_s=None, changes=(("hold", 30.0, -30.0), ("breath", 60.5, 0.0)))
    row = entry_of(dict(zip(NAMES, row_of(entry), strict=True)))
    told = readable(text)
    assert row == replace(entry, title=told, line=told, breath=told, avoid=told)


@pytest.mark.parametrize(("column", "value"), [("felt_breath", "warmer"), ("felt_belly", 1), ("felt_hips", None)])
def test_what_is_no_answer_makes_a_row_unreadable(column: str, value: object) -> None:
    with pytest.raises(ValueError, match=column):
        entry_of({**dict(zip(NAMES, row_of(ENTRY), strict=True)), column: value})


def test_a_name_that_is_no_text_is_kept_readably_and_found_again(path: Path) -> None:
    command = "practice /tmp/bad\udcff.yaml"
    Journal(path).write(replace(ENTRY, command=command, title="\udcff", line="\ud800a"))
    (entry,) = Journal(path).read().entries
    assert (entry.command, entry.title, entry.line) == ("practice /tmp/bad\ufffd.yaml", "\ufffd", "\ufffda")
    assert Journal(path).times(command) == 1


def test_they_are_sorted_by_the_instant_at_which_they_began(path: Path) -> None:
    began = ["2026-03-01T16:00:00-05:00", "2026-03-01T20:00:00+01:00", "2026-03-02T03:00:00+09:00"]
    for each in began:
        Journal(path).write(replace(ENTRY, id=each[-6:], began=each))
    assert [entry.began for entry in Journal(path).read().entries] == [began[0], began[1], began[2]]


def test_the_last_time_of_each_is_the_last_by_the_instant_and_never_in_the_future(path: Path) -> None:
    seen = ["2026-03-01T16:00:00-05:00", "2026-03-01T20:00:00+01:00", "2030-03-01T20:00:00+01:00"]
    for each in seen:
        Journal(path).write(replace(ENTRY, id=each, seen=each, practised_s=60.0))
    Journal(path).write(replace(ENTRY, id="short", seen="2026-03-01T23:00:00+01:00", practised_s=59.0))
    Journal(path).write(replace(ENTRY, id="fast", seen="2026-03-01T23:00:00+01:00", practised_s=60.0, speed=2.0))
    Journal(path).write(replace(ENTRY, id="4-6", seen=seen[1], practised_s=60.0, command="breathe 4-6"))
    found = Journal(path).last_times(datetime(2026, 3, 3, tzinfo=UTC))
    assert [(command, entry.id) for command, entry in found.items()] == [
        ("practice yin", seen[0]),
        ("breathe 4-6", "4-6"),
    ]
