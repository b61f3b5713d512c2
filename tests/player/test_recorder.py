"""What is written down of a session while it runs, and which session can be resumed."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from threading import Event, Semaphore, Thread
from typing import TYPE_CHECKING

import pytest
from tests.player.world import World, sequence_of
from tests.storage.test_journal import ENTRY
from tests.systems import make_pipe

from psoas_cli.player import recorder
from psoas_cli.player.recorder import Progress, Recorder, Watch
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage import paths, presence
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from psoas_cli.player.session import Session
    from psoas_cli.storage.entry import Entry, State

STEPS = "  - {name: One, hold: 25s}\n  - {name: Two, hold: 5s}\n"
NOW = datetime(2026, 3, 1, 20, 0, tzinfo=timezone(timedelta(hours=1)))
NO_PROCESS = 2**31 - 1


class Patient(Recorder):
    """A recorder that has written each order before the session goes on."""

    def _put(self, session: Session, state: State) -> None:
        super()._put(session, state)
        assert WROTE.acquire(timeout=5)


WROTE = Semaphore(0)


def written(*failures: str) -> tuple[list[tuple[Progress, str]], str]:
    """All that is written of a whole session, whose first attempts fail, and what the person is told."""
    orders, reasons = [], [*failures]

    def write(progress: Progress, state: str) -> str:
        orders.append((progress, state))
        WROTE.release()
        return reasons.pop(0) if reasons else ""

    keeper, world = Patient(write), World(sequence_of(STEPS))
    show = world.show

    def look(status: object) -> None:
        show(status)  # type: ignore[arg-type] # a Status
        keeper.look(world.session)

    world.show = look  # type: ignore[method-assign] # it sees every instant
    world.run()
    keeper.end(world.session, "completed")
    return orders, keeper.told


def a_session() -> Session:
    return World(sequence_of(STEPS)).session


# -- writing


def test_it_is_written_at_every_span_every_ten_seconds_and_in_the_end() -> None:
    orders, told = written()
    practised = [round(progress.practised) for progress, _ in orders]
    assert practised == [0, 0, 10, 20, 25, 30]
    assert [state for _, state in orders] == ["running"] * 5 + ["completed"]
    assert (orders[-1][0].stops, told) == (2, "")


def test_after_a_failure_it_is_written_on_and_told_once() -> None:
    orders, told = written("It is locked", "It is locked still")
    assert told == "It is locked"
    assert orders == written()[0]


def test_while_one_write_waits_only_the_last_of_all_others_follows_it() -> None:
    session, goes_on, begun, states = a_session(), Event(), Event(), []

    class Late(Recorder):
        """A recorder whose first write goes on once all is ordered."""

        def _put(self, session: Session, state: State) -> None:
            super()._put(session, state)
            if state != "running":
                goes_on.set()

    def write(_progress: Progress, state: str) -> str:
        states.append(state)
        begun.set()
        assert goes_on.wait(5)
        return ""

    keeper = Late(write)
    keeper.look(session)
    assert begun.wait(5)
    for _ in range(9):
        keeper._put(session, "running")
    assert keeper.end(session, "completed") == ""
    assert states == ["running", "completed"]


def test_who_gives_up_waiting_for_the_last_word_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "_PATIENCE", 0.01)
    goes_on = Event()
    keeper = Recorder(lambda *_: f"{goes_on.wait(5)}", "nl")
    told = Watch(keeper).end(a_session(), interrupted=False)
    goes_on.set()
    assert told.startswith("Het logboek laat te lang op zich wachten")


def test_what_has_gone_wrong_by_the_last_bell_is_told_once_the_screen_is_left() -> None:
    keeper, session = Recorder(lambda *_: ""), World(sequence_of(STEPS)).run().session
    keeper.told = "It is locked"
    watch = Watch(keeper)
    watch(session)
    assert watch.end(session, interrupted=False) == "It is locked"


def test_what_was_told_on_a_screen_is_told_once_and_what_no_picture_followed_once_it_is_left() -> None:
    keeper, world = Recorder(lambda *_: ""), World(sequence_of(STEPS))
    keeper.told = "It is locked"
    seen, unseen = Watch(keeper), Watch(keeper)
    world.session.begin()
    for watch in (seen, seen, unseen):
        watch(world.session)
    assert [watch.end(world.session, interrupted=True) for watch in (seen, unseen)] == ["", "It is locked"]


def test_whatever_goes_wrong_in_its_thread_is_told_and_the_last_word_is_written() -> None:
    session, begun, states = a_session(), Event(), []

    def write(_progress: Progress, state: str) -> str:
        states.append(state)
        begun.set()
        raise LookupError(f"lost while {state}")

    keeper = Recorder(write)
    keeper.look(session)
    assert begun.wait(5)
    told = Watch(keeper).end(session, interrupted=True)
    assert states == ["running", "interrupted"]
    assert told.splitlines() == [f"The journal cannot be written: LookupError: lost while {state}." for state in states]


def test_where_no_thread_can_be_started_it_is_written_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    states = []
    keeper = Recorder(lambda _, state: states.append(state) or "")  # type: ignore[func-returns-value]
    keeper.look(session := a_session())
    assert Watch(keeper).end(session, interrupted=False) == ""
    assert states == ["ended"]


# -- resuming


@pytest.fixture(autouse=True)
def at_eight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    monkeypatch.setattr(recorder, "_clock", lambda: NOW)


def session(name: str, hours: float, state: State = "interrupted", practice: str = "yin", **changed: object) -> Entry:
    """The session *name* that was last seen so many *hours* ago."""
    seen = (NOW - timedelta(hours=hours)).isoformat()
    entry = replace(ENTRY, id=name, began=seen, seen=seen, state=state, command=f"practice {practice}")
    return replace(entry, **{"practised_s": 600.0, "process": NO_PROCESS} | changed)  # type: ignore[arg-type]


def offered(*entries: Entry, practice: str | None = None) -> str:
    """The id of the session that is offered after *entries*."""
    paths.journal_file().unlink(missing_ok=True)
    for entry in entries:
        Journal(paths.journal_file()).write(entry)
    found = recorder.interrupted(practice and f"practice {practice}")
    return found[0].id if found else ""


def test_what_was_interrupted_last_is_resumed_wherever_the_clocks_were() -> None:
    tokyo = session("tokyo", 2.0, began="2026-03-02T01:50:00+09:00", seen="2026-03-02T02:00:00+09:00")
    new_york = session("new-york", 1.0, began="2026-03-01T12:50:00-05:00", seen="2026-03-01T13:00:00-05:00")
    assert (tokyo.last, new_york.last) == (NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    assert offered(new_york, tokyo) == offered(tokyo, new_york) == "new-york"


@pytest.mark.parametrize(
    "since",
    [
        session("s", 1, "ended", practised_s=0.0),
        session("s", 1, "ended", "body-scan"),
        session("s", 1, "completed", "body-scan"),
        session("s", 1, "completed", command="breathe 4-6"),
        session("s", 1, "interrupted", command="breathe 4-6"),
        session("s", 1, "interrupted", practised_s=0.0),
        session("s", 1, "interrupted", "body-scan", practised_s=0.0),
        session("s", 1, "completed", speed=60.0),
        session("s", 1, "ended", continues="yin", practised_s=0.0),
        session("s", 1, "ended", continues="yin", practised_s=9.0),
        session("s", 1, speed=9, continues="yin"),
        session("s", 1, "completed", speed=9, continues="yin"),
        session("s", 1, "interrupted", command="practice -"),
        session("s", -24 * 365, "interrupted"),
        session("s", -24 * 365, "completed"),
        session("s", -2, "completed"),
        session("s", -2, "interrupted"),
    ],
    ids=lambda each: f"{each.command}, {each.state}, {each.seen}, {each.practised_s}, {each.continues}, {each.speed}",
)
def test_what_was_done_since_is_no_reason_to_forget_it(since: Entry) -> None:
    assert offered(session("yin", 3), since) == "yin"
    assert offered(session("yin", 3), since, practice="yin") == "yin"


@pytest.mark.parametrize(
    "since",
    [
        session("s", 1, "completed"),
        session("s", 1, "ended", continues="yin"),
    ],
    ids=["done to its end", "resumed"],
)
def test_what_was_resumed_or_done_to_its_end_since_is_not_offered_again(since: Entry) -> None:
    assert offered(session("yin", 3), since) == ""


def test_what_was_resumed_and_interrupted_again_is_resumed_from_there() -> None:
    assert offered(session("yin", 3), session("again", 1, continues="yin", practised_s=0.0)) == "again"


def test_of_two_the_one_that_is_named_is_resumed() -> None:
    both = session("yin", 3), session("scan", 1, practice="body-scan")
    assert offered(*both) == "scan"
    assert offered(*both, practice="yin") == "yin"
    assert offered(*both, practice="yin-short") == ""


def test_one_stopped_in_its_lead_in_can_be_resumed_if_there_is_no_other() -> None:
    assert offered(session("first", 2, practised_s=0.0), session("second", 1, practised_s=0.0)) == "second"


def test_it_is_offered_for_24_hours_and_a_clock_that_was_set_back_is_borne() -> None:
    for hours, found in ((23.9, "yin"), (24.1, ""), (-5, "yin"), (-24.1, "")):
        assert offered(session("yin", hours)) == found, hours


GOES_ON = f"""
import os, sys
from dataclasses import replace
from psoas_cli.storage.entry import Entry
from psoas_cli.storage.presence import present
with present(replace({ENTRY!r}, id="goes-on")):
    print(flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def elsewhere() -> Iterator[subprocess.Popen[str]]:
    """Another process, in which the session goes-on goes on."""
    process = subprocess.Popen(
        [sys.executable, "-c", GOES_ON], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_session_goes_on_until_its_process_ends_in_whatever_way(elsewhere: subprocess.Popen[str]) -> None:
    goes_on = session("goes-on", 0.1, "running")
    assert presence.runs_on(goes_on)
    assert presence.runs_on(replace(goes_on, process=1)), "its number may be that of another container"
    assert offered(session("yin", 3), goes_on) == "yin"
    assert offered(session("yin", 3), session("goes-on", 0.1, "running", continues="yin", practised_s=0.0)) == ""
    elsewhere.kill()
    if hasattr(os, "waitid"):
        os.waitid(os.P_PID, elsewhere.pid, os.WEXITED | os.WNOWAIT)
    else:  # macOS, and Windows
        elsewhere.wait()
    assert not presence.runs_on(goes_on), "even where nobody has taken note of its end"
    assert offered(session("yin", 3), goes_on) == "goes-on"


def test_a_number_that_another_process_has_by_now_keeps_nothing_from_being_resumed() -> None:
    for number in (1, os.getpid(), os.getppid()):
        assert offered(session("cut", 0.1, "running", process=number)) == "cut"


@pytest.mark.parametrize(
    ("hours", "process", "expected"),
    [(0.9, os.getppid(), True), (1.1, os.getppid(), False), (0.1, os.getpid(), False), (0.1, NO_PROCESS, False)]
    + [(0.1, number, False) for number in (0, -1, 2**63 - 1)],
    ids=itertools.count(),
)
def test_where_nothing_can_be_locked_a_process_of_its_number_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: float, process: int, expected: bool
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="Windows locks files in another way")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", refuse)
    (tmp_path / "running.lock").touch()
    seen = (datetime.now().astimezone() - timedelta(hours=hours)).isoformat()
    assert presence.runs_on(session("s", 0, "running", seen=seen, process=process)) == expected


@pytest.mark.parametrize("kind", [make_pipe, os.mkdir])
def test_whatever_is_in_the_place_of_the_lock_stops_nothing(tmp_path: Path, kind: Callable[[Path], None]) -> None:
    kind(tmp_path / "running.lock")
    with presence.present(ENTRY):
        assert not presence.runs_on(session("s", 0.1, "running"))


def test_what_is_resumed_is_told_from_what_it_continues_and_keeps_its_own_speed() -> None:
    again = recorder.renewed(session("yin", 1), speed=60.0)
    assert (again.continues, again.speed, again.state, again.command) == ("yin", 60.0, "running", "practice yin")
    assert again.id != "yin"


def test_a_name_that_is_no_text_finds_its_session() -> None:
    assert offered(session("odd", 1, practice="/home/bad\udcff.yaml"), practice="/home/bad\udcff.yaml") == "odd"


def test_practices_with_a_breath_to_hear_are_counted_once_a_minute_of_them_was_practised() -> None:
    timelines = [
        compile_sequence(sequence_of(STEPS, settings))
        for settings in ("breath: {pattern: 4-6, sound: air}", "breath: none")
    ]
    assert [recorder.is_breath_heard(timeline) for timeline in timelines] == [True, False]
    tried = [{"heard": True}, {}, {"heard": True, "practised_s": 59.0}, {"heard": True, "speed": 2.0}]
    for number, changed in enumerate(tried):
        Journal(paths.journal_file()).write(replace(session(str(number), 1), **changed))  # type: ignore[arg-type]
    assert recorder.breaths_heard() == 1
