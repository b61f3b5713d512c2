"""The journal as a person meets it: written while they practise, looked back on, and taken up again."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import weakref
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.player.world import sequence_of
from tests.program import settle
from tests.storage.test_journal import ENTRY
from tests.systems import NAMES, be_a_terminal, interrupt, make_link

from psoas_cli.commands.history.sums import KINDS, sums
from psoas_cli.player.session import Session
from psoas_cli.practice.model.text import LANGS, cells
from psoas_cli.practice.score.revisions import replayed
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.journal import Journal
from psoas_cli.storage.presence import present

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

    from psoas_cli.storage.entry import Entry

NOW = datetime.now().astimezone().replace(microsecond=0)
PRACTICE = """
title: Short
lead-in: 0s
transition: 0s
steps: [{name: One, hold: 60s}, {name: Two, hold: 60s}, {name: Three, hold: 60s}]
"""


def kept(home: Path) -> list[Entry]:
    return Journal(home / "journal.sqlite3").read().entries


def put(home: Path, *entries: Entry) -> None:
    for entry in entries:
        Journal(home / "journal.sqlite3").write(entry)


def ago(**since: float) -> str:
    return (NOW - timedelta(**since)).isoformat()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a program of its own: what a session says it writes to the terminal itself."""
    command = [sys.executable, "-m", "psoas_cli", *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def short(home: Path, lived_in: Path) -> None:
    settle(lived_in)
    (home / "sequences").mkdir()
    (home / "sequences" / "short.yaml").write_text(PRACTICE, "utf-8")


@pytest.mark.usefixtures("short")
def test_what_a_session_leaves_behind_is_gone_with_the_next(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[weakref.ref[Session]] = []

    def begun(*given: Any, **named: Any) -> Session:
        session = Session(*given, **named)
        left.append(weakref.ref(session))
        return session

    monkeypatch.setattr("psoas_cli.player.session.Session", begun)
    for _ in range(3):
        assert psoas("practice", "short", "--yes", "--plain", "--speed", "1000").code == 0
    assert [each() is None for each in left[:2]] == [True, True]


@pytest.mark.usefixtures("short")
def test_a_practice_to_its_end_is_written_down(psoas: Psoas, home: Path) -> None:
    assert psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en").code == 0
    entry = kept(home)[0]
    assert (entry.state, entry.command, entry.title, entry.speed) == ("completed", "practice short", "Short", 1000.0)
    assert (entry.practised_s, entry.position_s, entry.stops) == (180.0, 180.0, 3)
    assert psoas("history").out.startswith("No sessions yet"), "a rehearsal is in no sum"


@pytest.mark.usefixtures("short")
def test_nothing_is_kept_where_that_is_wanted(psoas: Psoas, home: Path) -> None:
    psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "--no-journal")
    assert not (home / "journal.sqlite3").exists()


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("state", ["running", "interrupted"], ids=["killed", "interrupted"])
def test_what_was_practised_is_there_whatever_ended_it(home: Path, state: str) -> None:
    command = [sys.executable, "-m", "psoas_cli", "practice", "short", "-y", "--plain", "--mute", "--from", "2"]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    until = time.monotonic() + 20
    while not kept(home):
        assert time.monotonic() < until
        time.sleep(0.05)
    program.kill() if state == "running" else interrupt(program)
    program.wait(10)
    assert [(each.state, each.position_s >= 60) for each in kept(home)] == [(state, True)]
    assert run("practice", "--resume", "--yes", "--plain", "--mute", "--speed", "1000", "-l", "en").returncode == 0


@pytest.mark.usefixtures("short")
def test_a_journal_that_cannot_be_written_stops_no_practice(home: Path) -> None:
    (home / "journal.sqlite3").mkdir()
    result = run("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en")
    assert result.returncode == 0
    assert "The practice is over" in result.stdout
    assert (result.stdout + result.stderr).count("cannot be written") == 1


@pytest.mark.usefixtures("short")
def test_it_goes_on_at_the_start_of_where_it_was_with_its_lengths(psoas: Psoas, home: Path) -> None:
    psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en")
    whole = kept(home)[0]
    cut = {"began": ago(hours=1), "seen": ago(minutes=50), "speed": 1.0, "state": "interrupted"}
    put(home, replace(whole, id="cut", **cut, position_s=100.0, changes=(("hold", 10.0, 30.0),)))  # type: ignore[arg-type] # of an Entry
    result = run("practice", "--resume", "--plain", "--speed", "1000", "-l", "en")  # nobody is there to go on
    assert result.returncode == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    left = "Goes on at Two: 2 minutes of 3 minutes 30 seconds left."
    assert left in lines, "the first was made half a minute longer"
    assert "Two, 1 minute." in lines
    assert not [line for line in lines if line.startswith("One, ")]
    (again,) = (each for each in kept(home) if each.id not in {whole.id, "cut"})
    assert again.changes == (("hold", 10.0, 30.0),)


@pytest.mark.usefixtures("short")
def test_a_hold_that_a_key_opened_is_open_again_from_its_start(psoas: Psoas, home: Path) -> None:
    psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en")
    whole = kept(home)[0]
    cut = {"began": ago(hours=1), "seen": ago(minutes=50), "speed": 1.0, "state": "interrupted"}
    put(home, replace(whole, id="cut", **cut, position_s=400.0, changes=(("open", 30.0, 600.0),)))  # type: ignore[arg-type] # of an Entry
    result = run("practice", "--resume", "--plain", "--speed", "1000", "-l", "en")
    assert result.returncode == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert {"3 minutes.", "One, open.", "Two, 1 minute."} < set(lines), "nothing reckons with the most of it"
    (again,) = (each for each in kept(home) if each.id not in {whole.id, "cut"})
    assert [kind for kind, _, _ in again.changes[:3]] == ["open", "close", "open"]
    assert again.changes[2][1] < 30, "from its start"


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    "changed",
    [{"digest": "other"}, {"seen": ago(days=2)}, {"state": "completed"}],
    ids=["another practice by now", "long ago", "not interrupted"],
)
def test_what_cannot_be_taken_up_is_refused_kindly(psoas: Psoas, home: Path, changed: dict[str, str | int]) -> None:
    entry = replace(ENTRY, command="practice short", state="interrupted", began=ago(hours=1), seen=ago(minutes=30))
    put(home, replace(entry, asked_s=None, **changed))  # type: ignore[arg-type] # of an Entry
    result = psoas("practice", "--resume", "--yes", "--plain")
    assert result.code == 1
    assert "--from" in result.err


def test_looking_back(psoas: Psoas, home: Path) -> None:
    days = (0, 1, 8, 15)
    put(
        home,
        *(
            replace(ENTRY, id=str(day), title="Yin", state="ended", began=ago(days=day), practised_s=600.0 + 60 * day)
            for day in days
        ),
        replace(ENTRY, id="fast", speed=60.0, practised_s=9999.0),
    )
    english, dutch = psoas("history", "-l", "en").out, psoas("history", "-l", "nl").out
    assert "Yin  10 minutes  ended early" in english
    assert "Total: 1 hour 4 minutes in 4 sessions." in english
    assert "Samen 1 uur en 4 minuten, in 4 sessies." in dutch
    assert "eerder gestopt" in dutch
    assert english.count("█") > 10
    assert "█" not in psoas("history", "--plain", "-l", "en").out
    assert "streak" not in english.lower()
    since = (NOW - timedelta(days=5)).date().isoformat()
    assert "in 2 sessions" in psoas("history", "--since", since, "-l", "en").out
    assert len(json.loads(psoas("history", "--json").out)["sessions"]) == 5
    rows = list(csv.DictReader(io.StringIO(psoas("history", "--csv").out)))
    assert [row["practised_s"] for row in rows if row["id"] == "8"] == ["1080.0"]
    assert psoas("history", "--delete", "8", "--yes").code == 0
    assert psoas("history", "--delete", "8", "--yes").code == 1
    assert psoas("history", "--since", "yesterday").code == 2


def test_a_session_is_deleted_by_the_beginning_of_its_id_as_it_is_shown(psoas: Psoas, home: Path) -> None:
    named = {"3fa9c1d20000": "Yin", "3fa9c1d2ffff": "Wind down", "81c200000000": "Scan", "81": "Short"}
    when = {"began": "2026-03-01T20:00:00+01:00", "practised_s": 60.0}
    put(home, *(replace(ENTRY, id=name, title=title, **when) for name, title in named.items()))  # type: ignore[arg-type]
    out = psoas("history", "-l", "en").out
    assert [line.split()[0] for line in out.splitlines()[:4]] == ["81", "81c2", "3fa9c1d2f", "3fa9c1d20"]
    assert "Total: 4 minutes in 4 sessions." in out

    several = psoas("history", "--delete", "3fa9", "--yes")
    assert several.code == 1
    assert 'the ids of 2 sessions begin with "3fa9"' in several.err
    assert "3fa9c1d20 (Yin, 1 Mar 2026 20:00, 1 minute), 3fa9c1d2f (Wind down, 1 Mar 2026 20:00," in several.err
    for nothing in ("", "x", "3fa9c1d20000f"):
        refused = psoas("history", "--delete", nothing, "--yes")
        assert (refused.code, len(kept(home))) == (1, 4)
        assert f'there is no session "{nothing}"' in refused.err

    asked = psoas("history", "--delete", "81")
    assert (asked.code, len(kept(home))) == (2, 4)
    assert "there is no terminal to ask on" in asked.err
    assert psoas("history", "--delete", "81", "-y", "-l", "en").out == (
        "Deleted: 81 (Short, 1 Mar 2026 20:00, 1 minute).\n"
    )
    assert psoas("history", "--delete", "3FA9C1D2F", "-y", "-l", "nl").out == (
        "Verwijderd: 3fa9c1d2f (Wind down, 1 mrt 2026 20:00, 1 minuut).\n"
    )
    assert {each.id for each in kept(home)} == {"3fa9c1d20000", "81c200000000"}


@pytest.mark.parametrize(("answer", "left", "said"), [("n", 1, "Er is niets verwijderd"), ("j", 0, "Verwijderd: 3fa9")])
def test_before_it_is_deleted_it_is_shown_and_asked(
    home: Path, window: Callable[..., Window], answer: str, left: int, said: str
) -> None:
    put(home, replace(ENTRY, id="3fa9c1d20000", practised_s=600.0, state="ended"))
    seen = window(sys.executable, "-m", "psoas_cli", "history", "--delete", "3fa9", "-l", "nl")
    seen.see(r"3fa9 \(Yin, 1 mrt 2026 20:00, 10 minuten\) voorgoed verwijderen\?")
    seen.send(f"{answer}\r")
    seen.see(said)
    assert seen.end() == 0
    assert len(kept(home)) == left


def test_a_session_that_goes_on_is_not_deleted_as_it_would_come_back(psoas: Psoas, home: Path) -> None:
    put(home, ENTRY)
    with present(ENTRY):
        code = run("history", "--delete", ENTRY.id, "--yes")
    assert (code.returncode, len(kept(home))) == (2, 1)
    assert "still goes on" in code.stderr
    assert psoas("history", "--delete", ENTRY.id, "--yes").code == 0


def test_sums_are_of_what_there_was_and_of_nothing_else(psoas: Psoas, home: Path) -> None:
    evening = {"state": "completed", "practised_s": 2700.0, "title": "Yin"}
    put(
        home,
        replace(ENTRY, id="1", began="2026-03-02T20:10:00+01:00", **evening),  # type: ignore[arg-type] # of an Entry
        replace(ENTRY, id="2", began="2026-03-20T21:50:00+01:00", **evening),  # type: ignore[arg-type]
        replace(
            ENTRY, id="3", began="2026-03-20T07:00:00+01:00", command="breathe 4-6", title="Ademen", practised_s=300
        ),
        replace(ENTRY, id="4", began="2026-03-21T07:00:00+01:00", command="practice /a/yin.yaml", title="Yin"),
        replace(ENTRY, id="fast", speed=60.0, practised_s=9999.0),
    )
    by = {kind: psoas("history", "--by", kind, "--plain", "-l", "en").out.splitlines() for kind in KINDS}
    assert by["week"][1:-2] == [
        "week of 16 Mar 2026: 50 minutes in 3 sessions",
        "week of 2 Mar 2026: 45 minutes in 1 session",
    ]
    assert by["practice"][1:-2] == [
        "Yin (yin.yaml): less than a minute in 1 session",
        "Yin (yin): 1 hour 30 minutes in 2 sessions",
        "Ademen: 5 minutes in 1 session",
    ]
    assert by["hour"][1:-2] == [
        "7:00 (morning): 5 minutes in 2 sessions",
        "20:00 (evening): 45 minutes in 1 session",
        "21:00 (evening): 45 minutes in 1 session",
    ]
    assert {lines[-1] for lines in by.values()} == {"Total: 1 hour 35 minutes in 4 sessions."}
    drawn = psoas("history", "--by", "hour", "-l", "nl").out
    assert [line.split()[0] for line in drawn.splitlines()[1:4]] == ["ochtend", "avond", "21:00"]
    assert psoas("history", "-l", "en").out.count("By ") == 2

    told = json.loads(psoas("history", "--json", "-l", "en").out)
    assert [*told["sums"]] == ["week", "practice", "hour"]
    assert told["sums"]["hour"][1] == {"hour": 20, "name": "20:00", "sessions": 1, "practised_s": 2700.0}
    alone = json.loads(psoas("history", "--json", "--by", "week", "--since", "2026-03-19", "-l", "en").out)
    assert alone == {
        "sums": {"week": [{"week": "2026-03-16", "name": "week of 16 Mar 2026", "sessions": 3, "practised_s": 3000.0}]}
    }
    refused = psoas("history", "--csv", "--by", "week")
    assert (refused.code, refused.out) == (2, "")
    assert "--json --by week" in refused.err


@given(
    st.lists(
        st.tuples(st.integers(0, 400 * 24), st.integers(-12, 14), st.integers(0, 5000), st.sampled_from("abc")),
        max_size=12,
    )
)
def test_every_way_to_sum_up_comes_to_the_same(sessions: list[tuple[int, int, int, str]]) -> None:
    entries = [
        replace(
            ENTRY,
            began=(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
            .astimezone(timezone(timedelta(hours=zone)))
            .isoformat(),
            practised_s=float(seconds),
            command=f"practice {name}",
        )
        for hours, zone, seconds, name in sessions
    ]
    for by in KINDS:
        rows = sums(entries, by, "en")
        assert sum(row.seconds for row in rows) == sum(each.practised_s for each in entries)
        assert sum(len(row.entries) for row in rows) == len(entries)
        assert all(row.entries for row in rows), "nothing is there for what was not practised"
        assert len({row.name for row in rows}) == len(rows)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_window(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    titles = ["Yin for the psoas, slow and long, with a title that does not end", "Kort", "腰筋のための陰ヨガ"]
    for number in range(20):
        title = titles[number % 3]
        entry = replace(ENTRY, title=title, command=f"practice {number % 3}", practised_s=1234.0 * number)
        put(home, replace(entry, id=f"{number:08}", began=ago(days=9 * number, hours=number)))
    monkeypatch.setenv("COLUMNS", str(width))
    be_a_terminal("sys.stdout", monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    for arguments in ((), ("--by", "practice"), ("--by", "hour"), ("--by", "week", "--plain")):
        lines = psoas("history", "-l", lang, *arguments).out.splitlines()
        assert max(map(cells, lines)) <= width
    whole = psoas("history", "-l", "en").out
    assert ("By week" in whole.partition("By practice")[0].splitlines()[-1]) == (width == 120)


def test_one_minute_is_told_as_one(psoas: Psoas, home: Path) -> None:
    put(home, replace(ENTRY, practised_s=60.0))
    assert "Total: 1 minute in 1 session." in psoas("history", "-l", "en").out


def test_what_is_no_minute_looks_like_no_hours_and_minutes(psoas: Psoas, home: Path) -> None:
    put(home, replace(ENTRY, practised_s=20.0))
    assert "  less than a minute" in psoas("history", "-l", "en").out
    assert "20 s" in psoas("history", "-l", "en", "--by", "practice").out


def test_a_table_runs_nothing_in_a_spreadsheet_and_its_numbers_stay_numbers(psoas: Psoas, home: Path) -> None:
    titles = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "Yin\x1b[31m", "a-b"]
    for number, title in enumerate(titles):
        put(
            home, replace(ENTRY, id=str(number), title=title, line=title, breath=title, tension_before=0, state="ended")
        )
    rows = {int(row["id"]): row for row in csv.DictReader(io.StringIO(psoas("history", "--csv").out))}
    for number, title in enumerate(titles):
        safe = title if number == 9 else title.replace("\x1b", "␛")
        safe = safe.replace("\t", "␉").replace("\r", "␍").replace("\n", "␊")
        expected = safe if number >= 8 else f"'{safe}"
        assert [rows[number][column] for column in ("title", "line", "breath")] == [expected] * 3
        assert float(rows[number]["length_s"]) == 1800.0
    assert "\x1b" not in psoas("history").out
    assert psoas("history", "--csv", "--since", "2999-01-01").out.startswith("id,began,seen,state,")


def test_without_a_journal_that_can_be_read_there_is_nothing_to_resume_and_that_is_said(
    psoas: Psoas, home: Path
) -> None:
    (home / "journal.sqlite3").mkdir()
    result = psoas("practice", "--resume", "--yes", "--plain")
    assert result.code == 1
    assert "journal.sqlite3 cannot be read: it is a folder" in result.err


@pytest.mark.usefixtures("short")
def test_what_was_resumed_is_not_offered_again_even_after_something_else(psoas: Psoas, home: Path) -> None:
    cut = replace(ENTRY, command="practice short", state="interrupted", began=ago(hours=1), seen=ago(minutes=30))
    psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en")
    whole = kept(home)[0]
    put(home, replace(cut, digest=whole.digest, asked_s=None, position_s=100.0, practised_s=100.0))
    put(home, replace(cut, id="breath", command="breathe 4-6", began=ago(minutes=5), seen=ago(minutes=4)))
    again = ("practice", "short", "--resume", "--yes", "--plain", "--speed", "1000", "-l", "en")
    for _ in range(2):  # a rehearsal is no reason to forget it
        assert run(*again).returncode == 0
    rehearsed = [each for each in kept(home) if each.id not in {whole.id, "abc", "breath"}]
    assert [each.continues for each in rehearsed] == ["abc", "abc"]
    put(home, replace(rehearsed[0], id="resumed", speed=1.0, state="ended"))
    refused = psoas(*again)
    assert refused.code == 1
    assert "short was not interrupted in the last 24 hours" in refused.err
    assert "no practice was interrupted in the last 24 hours" in psoas("practice", "--resume").err


@NAMES
@pytest.mark.usefixtures("short")
def test_a_practice_whose_name_is_no_text_is_written_down(home: Path) -> None:
    name = b"bad\xff.yaml"
    try:
        (home / os.fsdecode(name)).write_text(PRACTICE, "utf-8")
    except OSError:  # macOS
        pytest.skip("names are text here")
    result = run("practice", os.fsdecode(b"./" + name), "-y", "--plain", "--speed", "1000")
    assert (result.returncode, result.stderr) == (0, "")
    assert [(each.state, each.command[-9:]) for each in kept(home)] == [("completed", "bad\ufffd.yaml")]


def interrupted(home: Path, *arguments: str, **program: Any) -> None:
    """Have a practice begun and, once it is in the journal, interrupted."""
    known = len(kept(home))
    command = [sys.executable, "-m", "psoas_cli", "practice", *arguments, "-y", "--plain", "--mute"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **program) as process:
        until = time.monotonic() + 20
        while len(kept(home)) == known:
            assert time.monotonic() < until
            time.sleep(0.02)
        interrupt(process)


FAST = ("--yes", "--plain", "--speed", "1000", "-l", "en")


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("pipe", [False, True])
def test_what_came_through_a_pipe_is_not_offered_and_hides_nothing(home: Path, pipe: bool) -> None:
    interrupted(home, "short")
    file = home / "sequences" / "short.yaml"
    if pipe:
        reads, writes = os.pipe()
        os.write(writes, file.read_bytes())
        os.close(writes)
        name = f"/dev/fd/{reads}"
        interrupted(home, name, pass_fds=[reads])
        os.close(reads)
    else:
        name = "-"
        with file.open() as stream:
            interrupted(home, name, stdin=stream)
    assert [each.command for each in kept(home)] == ["practice -", "practice short"]
    begun = subprocess.run(
        [sys.executable, "-m", "psoas_cli", "practice", "-", *FAST],
        input=PRACTICE,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "--resume" not in begun.stdout
    assert "cannot be resumed" in run("practice", "-", "--resume", *FAST).stderr
    assert run("practice", "--resume", *FAST).returncode == 0
    assert kept(home)[0].command == "practice short"


@pytest.mark.usefixtures("short")
def test_where_the_last_one_is_gone_the_one_before_is_named(home: Path) -> None:
    interrupted(home, "short")
    (home / "gone.yaml").write_text(PRACTICE, "utf-8")
    interrupted(home, "./gone.yaml")
    (home / "gone.yaml").unlink()
    told = run("practice", "--resume", *FAST)
    assert told.returncode == 2
    assert "there is no file" in told.stderr
    assert "psoas practice short --resume continues Short" in " ".join(told.stderr.split())
    assert run("practice", "short", "--resume", *FAST).returncode == 0


@pytest.mark.usefixtures("short")
def test_a_file_is_the_same_however_its_folder_is_written(home: Path) -> None:
    (home / "w1").mkdir()
    make_link(home / "here", home / "w1")
    (home / "w1" / "my.yaml").write_text(PRACTICE, "utf-8")
    interrupted(home, "w1/my.yaml")
    for name in ("./w1/../w1/my.yaml", "here/my.yaml", str(home / "w1" / "my.yaml")):
        assert run("practice", name, "--resume", *FAST).returncode == 0, name
    assert len({each.command for each in kept(home)}) == 1


@NAMES
@pytest.mark.usefixtures("short")
def test_a_practice_whose_name_is_no_text_is_resumed_by_name_or_without(home: Path) -> None:
    folder = home / os.fsdecode(b"f\xfe")
    name = folder / os.fsdecode(b"b\xff.yaml")
    try:
        folder.mkdir()
        name.write_text(PRACTICE, "utf-8")
    except OSError:
        pytest.skip("names are text here")
    interrupted(home, str(name))
    for arguments in ((), (str(name),)):
        told = run("practice", *arguments, "--resume", *FAST)
        assert (told.returncode, told.stderr) == (0, "")


def test_json_and_csv_at_once_are_refused(psoas: Psoas) -> None:
    told = psoas("history", "--json", "--csv")
    assert (told.code, told.out) == (2, "")
    assert "--json and --csv" in told.err


def test_where_there_are_only_rehearsals_that_is_said(psoas: Psoas, home: Path) -> None:
    put(home, replace(ENTRY, speed=60.0))
    assert psoas("history", "-l", "en").out.startswith("No sessions yet, only rehearsals: 1.")
    assert psoas("history", "-l", "nl").out.startswith("Er staat nog niets; wel 1 keer op een ander tempo.")


def test_a_change_after_the_end_makes_nothing_longer() -> None:
    timeline = compile_sequence(sequence_of("  - {name: One, hold: 25s}\n"))
    changes = [("hold", 1e9, 30.0), ("breath", 1e9, 0.0)]
    assert replayed(timeline, changes).duration == timeline.duration


def test_nothing_yet(psoas: Psoas) -> None:
    assert psoas("history", "-l", "nl").out.startswith("Er staat nog niets.")
    assert json.loads(psoas("history", "--json").out) == {
        "sessions": [],
        "sums": {"week": [], "practice": [], "hour": []},
    }


@pytest.mark.usefixtures("short")
def test_going_on_is_offered_where_it_was_interrupted(home: Path) -> None:
    begin = ("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "nl")
    run(*begin)
    cut = replace(kept(home)[0], state="interrupted", began=ago(hours=1), seen=ago(minutes=30), speed=1.0)
    put(home, cut)
    assert "psoas practice short --resume gaat daar verder." in run(*begin).stdout
    put(home, replace(cut, digest="other"))
    assert "--resume" not in run(*begin).stdout  # it has changed since
    assert "--resume" not in run("practice", "yin-short", "--yes", "--plain", "--speed", "1000", "-l", "nl").stdout


@pytest.mark.usefixtures("short")
def test_a_change_that_a_later_version_made_is_kept_and_refuses_going_on_in_a_line(psoas: Psoas, home: Path) -> None:
    run("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "nl")
    later = (("hold", 5.0, 30.0), ("sideways", 6.0, 7000.0))
    put(
        home,
        replace(kept(home)[0], state="interrupted", began=ago(hours=1), seen=ago(minutes=30), speed=1.0, changes=later),
    )
    told = psoas("practice", "short", "--resume")
    assert told.code == 1
    assert "that this version of psoas does not know (sideways), so it cannot be resumed" in told.err
    assert "psoas practice short --from N" in told.err
    assert kept(home)[0].changes == later
    assert "--resume" not in run("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "nl").stdout


def test_what_was_noticed_after_a_rest_is_told_in_words_and_exported(psoas: Psoas, home: Path) -> None:
    put(home, replace(ENTRY, felt_breath="slower-lower", felt_belly="softer", felt_hips="unsure"))
    put(home, replace(ENTRY, id="def", began=ago(days=1), felt_hips="same"))
    put(home, replace(ENTRY, id="ghi", began=ago(days=2)))
    told = psoas("history", "-l", "en").out
    assert told.count(": breath slower and lower, belly softer, hips hard to say.\n") == 1
    assert told.count(": hips much as it was.\n") == 1
    assert "adem trager en lager, buik zachter, heupen moeilijk te zeggen." in psoas("history", "-l", "nl").out
    rows = list(csv.DictReader(io.StringIO(psoas("history", "--csv").out)))
    assert [row["felt_breath"] for row in rows].count("slower-lower") == 1
    assert {"felt_breath", "felt_belly", "felt_hips"} <= json.loads(psoas("history", "--json").out)["sessions"][
        0
    ].keys()


def test_tension_is_told_as_a_plain_sentence_from_five_sessions_on(psoas: Psoas, home: Path) -> None:
    for day in range(4):
        put(home, replace(ENTRY, id=str(day), began=ago(days=day), tension_before=7, tension_after=5))
    assert "tension" not in psoas("history", "-l", "en").out
    put(home, replace(ENTRY, id="4", began=ago(days=4), tension_before=6, tension_after=6))
    assert "In 5 sessions you rated your tension" in psoas("history", "-l", "en").out
    assert "erna gemiddeld 1,6 lager" in " ".join(psoas("history", "-l", "nl").out.split())


@pytest.mark.usefixtures("short")
def test_how_it_is_is_asked_before_and_after_where_that_is_wanted(home: Path, window: Callable[..., Window]) -> None:
    (home / "config.yaml").write_text("check-in: on\nlang: en\n", "utf-8")
    seen = window(sys.executable, "-m", "psoas_cli", "practice", "short", "--mute")
    seen.see("Enter begin")
    seen.send("\r")
    seen.see("How tense")
    seen.send("7\r")
    seen.see("How deep")
    seen.send("\r")
    seen.see("ends ")
    seen.send("qq")
    seen.see("take your time|let the sound fade|How tense")
    seen.send("q")
    seen.see("How tense")
    seen.send("4\r6\rwarm hands\r")
    assert seen.end() == 0
    (entry,) = kept(home)
    told = (entry.tension_before, entry.tension_after, entry.breath_before, entry.breath_after, entry.line)
    assert told == (7, 4, None, 6, "warm hands")
    assert entry.state == "ended"


@pytest.mark.usefixtures("short")
def test_after_a_rest_is_asked_how_it_is_where_the_practice_says_so(home: Path, window: Callable[..., Window]) -> None:
    (home / "config.yaml").write_text("check-in: on\nlang: en\n", "utf-8")
    with (home / "sequences" / "short.yaml").open("a", encoding="utf-8") as file:
        file.write("check-in: rest\n")
    seen = window(sys.executable, "-m", "psoas_cli", "practice", "short", "--mute")
    seen.see("Enter begin")
    seen.send("\r")
    seen.see("How tense")
    seen.send("\r\r")
    seen.see("ends ")
    seen.send("qqq")
    seen.see("How tense")
    seen.send("\r\r")
    assert "4  slower and lower" in seen.see("how is it now, after this rest")
    seen.send("4\r\x1b[B\x1b[B\r\rall quiet\r")
    assert seen.end() == 0
    (entry,) = kept(home)
    assert (entry.felt_breath, entry.felt_belly, entry.felt_hips) == ("slower-lower", "softer", "")
    assert entry.line == "all quiet"


@pytest.mark.usefixtures("short")
def test_on_a_terminal_one_enter_gives_time_to_get_to_where_it_is_taken_up(
    psoas: Psoas, home: Path, window: Callable[..., Window]
) -> None:
    psoas("practice", "short", "--yes", "--plain", "--speed", "1000", "-l", "en")
    whole = kept(home)[0]
    cut = replace(whole, id="cut", began=ago(hours=1), seen=ago(minutes=5), speed=1.0, state="interrupted")
    put(home, replace(cut, position_s=100.0))
    seen = window(sys.executable, "-m", "psoas_cli", "practice", "--resume", "--mute", "-l", "en")
    seen.see("Enter begin")
    seen.send("\r")
    seen.see("space begin")
    assert "2 of 3" in seen.text
    assert "Paused" not in seen.text
    seen.send("qqq")
    assert seen.end() == 0
