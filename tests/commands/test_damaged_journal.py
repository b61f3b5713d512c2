"""A journal that somebody or something has damaged: no value in it stops anything, and what is wrong is named."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.storage.test_journal import ENTRY
from tests.systems import make_pipe

from psoas_cli.cli.context import Context
from psoas_cli.commands.home import _opened
from psoas_cli.errors import PsoasError
from psoas_cli.main import run
from psoas_cli.player import recorder
from psoas_cli.player.run import of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.storage import paths
from psoas_cli.storage.entry import NAMES
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

    from psoas_cli.storage.entry import Entry

NOW = datetime.now().astimezone().replace(microsecond=0)
CHANGES = ("", "[", "{}", "[1]", '[["hold", 1, 1]]', '[["breath", 1e9, -3600], ["hold", 0, 3600]]', '[["later", 1, 2]]')
NO_CHANGES = ('[["hold", 1e400, NaN]]', '[["hold", "1", true]]', "[" * 100_000, "1" * 5000)
INSTANTS = ("now", "2026-03-01T20:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
COMMANDS = ("practice yin", "practice \0", "practice ~nobody-of-that-name/x", "breathe 4-6-0")
WORDS = st.sampled_from(
    [*CHANGES, *NO_CHANGES, *INSTANTS, *COMMANDS, "running", "interrupted", "de", "\x1b[31m=1+1", "\u202e", "a\nb"]
)
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.binary(max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    WORDS,
)


@cache
def rows() -> tuple[Entry, Entry]:
    """A good row, and the one that will be hurt, of a practice that can be resumed."""
    run = of_practice(Context("en"), "yin", None, begin=None, breath=None, wishes=Wishes(no_journal=True))
    hurt = recorder.new_entry(
        run.timeline, command="practice yin", title="Yin", lang="en", asked_s=None, breath=None, speed=1.0
    )
    hurt = replace(hurt, id="hurt", state="interrupted", position_s=900.0, changes=(("hold", 800.0, 30.0),))
    return replace(hurt, id="good", state="ended", practised_s=600.0, changes=()), hurt


def damaged(path: Path, column: str, value: object) -> None:
    """Put *value* into *column* of the hurt row, in a table that takes anything at all."""
    for entry in rows():
        Journal(path).write(entry)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE sessions RENAME TO strict")
        connection.execute("CREATE TABLE sessions AS SELECT * FROM strict")
        connection.execute(f"UPDATE sessions SET {column} = ? WHERE id = 'hurt'", [value])  # noqa: S608 - our own names
        connection.execute("DROP TABLE strict")


def ran(*arguments: str) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(arguments))
    for stream in (out, err):
        stream.seek(0)
    return code, out.read(), err.read()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which all but the journal stays: what psoas has read of its practices it need not read each time."""
    return tmp_path_factory.mktemp("home")


@given(column=st.sampled_from(NAMES), value=VALUES)
def test_whatever_stands_in_whatever_column_stops_nothing_and_the_good_row_is_shown(
    place: Path, column: str, value: object
) -> None:
    for left in place.glob("journal*"):
        left.unlink()
    with patch.dict(os.environ, {"PSOAS_HOME": str(place), "PSOAS_LANG": "en"}):
        damaged(paths.journal_file(), column, value)
        found = Journal(paths.journal_file()).read()
        assert len(found.entries) + len(found.unreadable) == 2
        bad = [each.column for each in found.unreadable]
        assert bad in ([], [column])

        code, out, err = ran("history")
        assert (code, err) == (0, "")
        assert "good  " in out
        assert (f"({column})" in out) == bool(bad)
        code, out, err = ran("history", "--json")
        assert code == 0
        assert "good" in [each["id"] for each in json.loads(out)["sessions"]]
        assert (f"({column})" in err) == bool(bad)
        code, out, err = ran("history", "--csv")
        assert code == 0
        assert "good" in [row["id"] for row in csv.DictReader(io.StringIO(out))]
        assert (f"({column})" in err) == bool(bad)

        for command in (None, "practice yin"):
            recorder.interrupted(command)
        assert recorder.times("practice yin") >= 1
        with suppress(PsoasError):
            resumed(Context(), None, wishes=Wishes())
        of_practice(Context(), "yin", None, begin=None, breath=None, wishes=Wishes())
        assert "practice yin" in Journal(paths.journal_file()).last_times(NOW + timedelta(days=1))
        opened = _opened("en")
        assert opened.chosen is not None
        assert any(choice.last for choice in opened.choices)

        for row in bad and [found.unreadable[0].id]:
            assert ran("history", "--delete", row, "--yes")[0] == 0
            assert Journal(paths.journal_file()).read().unreadable == []


def test_what_cannot_be_read_is_named_in_both_languages_and_at_most_five_of_it(psoas: Psoas, home: Path) -> None:
    path = home / "journal.sqlite3"
    for number in range(7):
        Journal(path).write(replace(ENTRY, id=f"{number}abcdef"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE sessions SET practised_s = 'long'")
    english, dutch = (" ".join(psoas("history", "-l", lang).out.split()) for lang in ("en", "nl"))
    assert english.startswith("No sessions yet.")
    assert "6abc (practised_s), 5abc (practised_s)" in english
    assert "and 2 more. psoas history --delete ID deletes it." in english
    assert "Overgeslagen, want niet te lezen: 6abc" in dutch
    assert "en nog 2." in dutch


def test_a_broken_journal_is_told_of_with_what_will_become_of_it_and_left_where_it_is(psoas: Psoas, home: Path) -> None:
    path = home / "journal.sqlite3"
    path.write_bytes(b"no journal" * 1000)
    for arguments in (("history",), ("history", "--json"), ("history", "--delete", "abcd"), ("practice", "--resume")):
        result = psoas(*arguments)
        assert result.code == 1
        assert str(path) in result.err
        assert "the next practice keeps this file" in result.err
    assert [each.name for each in home.iterdir()] == ["journal.sqlite3"]


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_told_as_what_it_is(psoas: Psoas, home: Path, kind: str) -> None:
    path = home / "journal.sqlite3"
    path.mkdir() if kind == "folder" else make_pipe(path)
    said = "it is a folder" if kind == "folder" else "it is not a file"
    assert said in psoas("history").err
    assert said in psoas("practice", "--resume").err
    assert said in psoas("doctor", "--mute", "--audio", "none").out
