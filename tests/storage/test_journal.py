"""The journal: what is written is there, and what goes wrong with its file costs nothing else."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from psoas_cli.errors import PsoasError
from psoas_cli.storage.journal import VERSION, Entry, Journal

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
    assert journal.entries() == [other, later]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_two_at_once_each_have_their_row(path: Path) -> None:
    first, second = Journal(path), Journal(path)
    first.write(ENTRY)
    second.write(replace(ENTRY, id="def"))
    first.write(replace(ENTRY, practised_s=10.0))
    assert {each.id: each.practised_s for each in first.entries()} == {"abc": 10.0, "def": 0.0}


def test_without_a_file_there_is_nothing_and_none_is_made(path: Path) -> None:
    assert (Journal(path).entries(), Journal(path).latest(), Journal(path).delete("abc")) == ([], None, False)
    assert not path.exists()


def test_the_latest_is_one_that_was_no_rehearsal(path: Path) -> None:
    journal = Journal(path)
    journal.write(ENTRY)
    journal.write(replace(ENTRY, id="fast", began="2026-03-05T20:00:00+01:00", speed=60.0))
    assert journal.latest() == ENTRY


def test_one_can_be_deleted(path: Path) -> None:
    journal = Journal(path)
    journal.write(ENTRY)
    assert journal.delete("abc")
    assert not journal.delete("abc")
    assert journal.entries() == []


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
    assert journal.entries() == [ENTRY]


def test_a_file_of_a_newer_psoas_stays_as_it_is(path: Path) -> None:
    Journal(path).write(ENTRY)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(PsoasError, match="newer psoas"):
        Journal(path).write(replace(ENTRY, id="new"))
    with pytest.raises(PsoasError, match="newer psoas"):
        Journal(path).entries()
    assert Journal(path).latest() is None
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
    assert [each.practised_s for each in journal.entries()] == [30.0]
