"""Looking back on the full screen: what is seen of the journal, and what its keys do to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.commands.test_history import kept, put
from tests.player.test_check_in import Typist
from tests.storage.test_journal import ENTRY
from tests.tui.test_screen import SIZES, Terminal

from psoas_cli.cli.context import Context
from psoas_cli.commands.history.history_menu import look_back

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.text import Lang

DONE = replace(ENTRY, state="completed", title="Yin voor de psoas", practised_s=1800.0)
SESSIONS = (
    replace(DONE, id="3fa9c1d20000", tension_before=7, tension_after=4, breath_after=6, line="warme handen"),
    replace(DONE, id="81c200000000", began="2026-03-03T07:05:00+01:00", state="ended", practised_s=620.0),
    replace(
        DONE,
        id="9b00",
        began="2026-02-21T21:30:00+01:00",
        command="breathe 4-6",
        title="Rustig ademen",
        practised_s=300,
    ),
    replace(DONE, id="fast", speed=60.0, practised_s=9999.0),
)


class Onlooker(Typist):
    """Someone who presses keys, one at a time, and keeps what was seen before each."""

    def __init__(self, terminal: Terminal, *keys: str, size: tuple[int, int]) -> None:
        super().__init__([], *([key] for key in keys), size=size)
        self.terminal = terminal
        self.frames: list[str] = []

    def events(self, timeout: float | None) -> list[str]:
        if timeout != 0:
            self.frames.append(self.terminal.frame)
        return super().events(timeout)


def frames(*keys: str, size: str = "80x24", lang: Lang = "en") -> list[str]:
    """What is seen before each of *keys*, the last of which leaves."""
    terminal = Terminal(*SIZES[size])
    onlooker = Onlooker(terminal, *keys, size=SIZES[size])
    look_back(onlooker, terminal.screen, Context(lang))
    return onlooker.frames


def broken(home: Path) -> None:
    with closing(sqlite3.connect(home / "journal.sqlite3")) as connection, connection:
        connection.execute("UPDATE sessions SET practised_s = 'long' WHERE id = '9b00'")


@pytest.mark.parametrize(("size", "lang"), [("80x24", "en"), ("120x40", "nl"), ("40x12", "nl"), ("20x5", "en")])
def test_it_looks_like_this(home: Path, size: str, lang: Lang, snapshot: SnapshotAssertion) -> None:
    put(home, *SESSIONS)
    seen = frames("d", "esc", "right", "right", "q", size=size, lang=lang)
    assert "\n=====\n".join((seen[0], seen[1], *seen[3:])) == snapshot


def test_a_session_is_deleted_once_that_is_confirmed_and_the_next_one_is_chosen(home: Path) -> None:
    put(home, *SESSIONS)
    first, asked, left, *_, again, after, last = frames("d", "n", "d", "y", "x", "q")
    assert "▸ Tue  3 07:05" in first
    assert "Delete this session for good?" in asked
    assert "81c2" in left
    assert "Deleted: Yin voor de psoas, 3 Mar 2026 07:05" in after
    assert "Deleted" not in last
    assert "▸ Sun  1 20:00" in last
    assert "Delete this" in again
    assert {each.id for each in kept(home)} == {"3fa9c1d20000", "9b00", "fast"}


def test_a_session_that_goes_on_stays(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("history_menu", "phrases"):
        monkeypatch.setattr(f"psoas_cli.commands.history.{module}.runs_on", lambda entry: entry.state == "running")
    put(home, ENTRY)
    seen = frames("d", "y", "x", "q")
    assert "is still going on" in " ".join(seen[0].split())
    assert "is still going on" in seen[2].splitlines()[-1]
    assert kept(home) == [ENTRY]


def test_a_row_that_cannot_be_read_is_named_and_can_be_deleted(home: Path) -> None:
    put(home, *SESSIONS)
    broken(home)
    seen = frames("end", "d", "y", "x", "q")
    assert "Cannot be read" in seen[1]
    assert "▸ 9b00" in seen[1]
    assert "column practised_s" in seen[1]
    assert "Deleted: 9b00" in seen[3]
    assert "9b00" not in {each.id for each in kept(home)}


@pytest.mark.parametrize(("lang", "said"), [("en", "Nothing here yet"), ("nl", "Hier staat nog niets")])
def test_where_nothing_was_practised_that_is_said_kindly(home: Path, lang: Lang, said: str) -> None:
    for frame in frames("d", "right", "right", "q", lang=lang):
        assert said in frame
        assert "?" not in frame.splitlines()[0]
    assert not (home / "journal.sqlite3").exists()


def test_a_journal_that_cannot_be_read_is_told_of(home: Path) -> None:
    (home / "journal.sqlite3").write_bytes(b"nonsense" * 1000)
    seen = " ".join(frames("d", "y", "q")[0].split())
    assert "The journal cannot be read" in seen
    assert "nothing is deleted" in seen.lower()
    assert (home / "journal.sqlite3").read_bytes() == b"nonsense" * 1000


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_what_was_noticed_after_a_rest_is_told_of_the_session(home: Path, size: str) -> None:
    put(home, replace(DONE, felt_breath="slower", felt_hips="softer"))
    about = "".join(frames("q", size=size)[0].split())
    assert "Breathslower,hipssofter." in about
