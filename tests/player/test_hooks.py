"""Hooks: run at what they are for, told what they are promised; whatever they do, the practice is as it was."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from tests.player.world import World, sequence_of
from tests.systems import PROCESSES, SHELL, make_pipe

from psoas_cli.player import hooks
from psoas_cli.player.hooks import MOST, Hooks
from psoas_cli.storage.hook_settings import HOOK_EVENTS, program_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.program import Psoas, Window

    from psoas_cli.storage.hook_settings import HookEvent
    from psoas_cli.tui.status import Status

    Open = Callable[..., Window]

KEEPS = (
    "import os, sys; new = sys.argv[1] + '.new'; open(new, 'wb').write(os.fsencode({})); os.replace(new, sys.argv[1])"
)
"""A program that keeps something in a file, which is there once it is whole."""
PSOAS = (sys.executable, "-m", "psoas_cli")
LEAVE = [(400.0, "q"), (400.5, "q"), (402.0, "enter")]
STEPS = """
  - {name: Lie, hold: 60s}
  - {name: Roll, hold: 60s}
  - {name: Rest, hold: 60s}
"""
FACTS = {"PSOAS_TITLE": "Test", "PSOAS_PRACTICE": "test"}
PRACTICE = f"title: Short\nlanguage: en\nlead-in: 10s\ntransition: 0s\nbreath: none\nsteps:\n{STEPS}"


class Ran:
    """What was run, in the place of real programs: nothing of it lives."""

    def __init__(self) -> None:
        self.programs: list[list[str]] = []
        self.facts: list[dict[str, str]] = []

    def __call__(self, command: list[str], *, env: dict[str, str], **_: object) -> Ran:
        self.programs.append(command)
        self.facts.append(env)
        return self

    def poll(self) -> int:
        return 0

    @property
    def events(self) -> list[str]:
        """The events, that of a stop with its number."""
        return [
            f"{each['PSOAS_EVENT']} {each['PSOAS_STOP']}" if "stop" in each["PSOAS_EVENT"] else each["PSOAS_EVENT"]
            for each in self.facts
        ]


class Ending(World):
    """A world in which the program is asked to end, after a while."""

    def show(self, status: Status) -> None:
        super().show(status)
        if self.at > 30:
            raise SystemExit(143)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    ran = Ran()
    monkeypatch.setattr(hooks.subprocess, "Popen", ran)  # type: ignore[attr-defined]
    return ran


def led(world: World, *events: HookEvent, command: tuple[str, ...] = (sys.executable,)) -> World:
    """Lead through the practice of *world*, with *command* to be run at *events*; at all if none are named."""
    commands = dict.fromkeys(events or HOOK_EVENTS, command)
    with Hooks(commands, FACTS, "en", []) as follower:
        world._watch_over = follower.follow  # type: ignore[method-assign]
        world.run()
    if follower._thread:
        follower._thread.join(10)
        assert not follower._thread.is_alive()
    return world


def test_a_practice_from_its_start_to_its_end(ran: Ran) -> None:
    led(World(sequence_of(STEPS)))
    assert ran.events == ["start", "stop-begins 1", "stop-begins 2", "stop-begins 3", "end"]
    assert ran.facts[-1]["PSOAS_STATE"] == "completed"
    assert "PSOAS_STATE" not in ran.facts[0]


@pytest.mark.parametrize(
    ("keys", "events"),
    [
        ([(20, "space"), (22, "space")], ["pause", "go-on"]),
        ([(20, "space"), (60, "space")], ["pause", "go-on"]),  # with time to come back, which begins it
        ([(20, "g"), (30, "space")], ["pause", "go-on"]),
        ([(20, "lid"), (90, "space")], ["pause", "go-on"]),
        ([(20, "stopped"), (21, "continued"), (23, "space")], ["pause", "go-on"]),
        ([(20, "space"), (21, "q"), (22, "space"), (23, "space")], ["pause", "go-on"]),
        ([(20, "q"), (21, "space")], []),  # an end that is taken back is none
        ([(21, "?"), (22, "w"), (23, "+")], []),
    ],
)
def test_time_that_stops_and_goes_on(ran: Ran, keys: list[tuple[float, str]], events: list[str]) -> None:
    led(World(sequence_of(STEPS), *keys, *LEAVE), "pause", "go-on")
    assert ran.events == events


def test_a_stop_begins_when_one_is_there_and_again_when_one_comes_back_to_it(ran: Ran) -> None:
    led(World(sequence_of(STEPS), (20, "n"), (22, "space"), (40, "p"), *LEAVE), "stop-begins")
    assert ran.events == ["stop-begins 1", "stop-begins 2", "stop-begins 2", "stop-begins 3"]


def test_one_that_is_gone_to_in_a_pause_begins_when_the_pause_is_over(ran: Ran) -> None:
    led(World(sequence_of(STEPS), (20, "space"), (21, "n"), (22, "n"), (40, "q"), (41, "q"), (45, "enter")))
    assert ran.events == ["start", "stop-begins 1", "pause", "end"]
    assert ran.facts[-1]["PSOAS_STATE"] == "ended"


def test_in_the_middle_a_practice_begins_with_time_to_get_there(ran: Ran) -> None:
    led(World(sequence_of(STEPS), position=70.0))
    assert ran.events == ["start", "stop-begins 2", "stop-begins 3", "end"]


def test_what_breaks_off_is_interrupted(ran: Ran) -> None:
    with pytest.raises(SystemExit):
        led(Ending(sequence_of(STEPS)), "end")
    patience = time.monotonic() + 10
    while not ran.facts:
        assert time.monotonic() < patience
        time.sleep(0.005)
    assert [each["PSOAS_STATE"] for each in ran.facts] == ["interrupted"]


def test_the_facts_are_those_of_the_moment(ran: Ran) -> None:
    sequence = sequence_of(
        "  - {pose: baby-dragon, hold: 60s}\n", "lead-in: 10s\ntransition: 20s\nbreath: none", with_poses=True
    )
    led(World(sequence), "stop-begins")
    told = [{key: fact for key, fact in each.items() if key.startswith("PSOAS_")} for each in ran.facts]
    first, second, *_ = told
    assert (first["PSOAS_POSE"], first["PSOAS_SIDE"]) == ("Baby dragon", "Right foot forward")
    assert (second["PSOAS_POSE"], second["PSOAS_SIDE"]) == ("Baby dragon", "Left foot forward")
    assert (first["PSOAS_STOP"], second["PSOAS_STOP"], second["PSOAS_STOPS"]) == ("1", "2", "2")
    assert int(first["PSOAS_POSITION"]) < int(second["PSOAS_POSITION"]) < int(second["PSOAS_LENGTH"])


@SHELL
def test_what_is_in_a_name_cannot_break_it(tmp_path: Path) -> None:
    written = tmp_path / "title"
    command = (sys.executable, "-c", KEEPS.format("os.environ['PSOAS_TITLE']"), str(written))
    world = World(sequence_of(STEPS))
    facts = {"PSOAS_TITLE": "a\0b\x1b]2;c\a \udcff \u202e→\nd"}
    with Hooks({"start": command}, facts, "en", []) as follower:
        world._watch_over = follower.follow  # type: ignore[method-assign]
        world.run()
        patience = time.monotonic() + 10
        while not written.exists():
            assert time.monotonic() < patience
            time.sleep(0.005)
    assert written.read_bytes().startswith(b"ab")


def test_neither_frames_nor_sounds_are_later_where_a_program_hangs_as_it_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    free = Event()
    monkeypatch.setattr(hooks, "program_of", lambda _: free.wait(20) and "/nowhere")
    keys = [(20.0 + 2 * each, "space") for each in range(40)]  # more than can wait
    plain = World(sequence_of(STEPS), *keys, *LEAVE).run()
    beside = World(sequence_of(STEPS), *keys, *LEAVE)
    with Hooks(dict.fromkeys(HOOK_EVENTS, (sys.executable,)), FACTS, "en", []) as follower:
        beside._watch_over = follower.follow  # type: ignore[method-assign]
        beside.run()
    free.set()
    assert follower._thread
    follower._thread.join(10)
    assert [each[0] for each in beside.seen] == [each[0] for each in plain.seen]
    assert beside.bells == plain.bells
    assert beside.session.finished


def children() -> dict[int, str]:
    """The processes that this one began and that are still in the system's list, each with its state."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid():
                found[int(stat.parent.name)] = state
    return found


@PROCESSES
def test_no_more_than_eight_run_at_once_and_none_that_has_ended_stays_in_the_systems_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "_LOOK", 0.01)
    gate = tmp_path / "gate"
    make_pipe(gate)
    keys = [(20.0 + 2 * each, "space") for each in range(12)]
    world = World(sequence_of(STEPS), *keys, *LEAVE)
    before = set(children())
    started: list[object] = []
    real = subprocess.Popen

    def counted(*given: Any, **named: Any) -> Any:
        started.append(given)
        return real(*given, **named)

    monkeypatch.setattr(hooks.subprocess, "Popen", counted)  # type: ignore[attr-defined]
    waits = ("sh", "-c", 'read line < "$0"', str(gate))
    with Hooks(dict.fromkeys(("pause", "go-on"), waits), FACTS, "en", []) as follower:
        world._watch_over = follower.follow  # type: ignore[method-assign]
        world.run()
        patience = time.monotonic() + 10
        while not follower._orders.empty():
            assert time.monotonic() < patience
            time.sleep(0.005)
        assert len(set(children()) - before) <= MOST
    with gate.open("w") as opened:
        assert follower._thread
        for _ in range(MOST):
            opened.write("go\n")
        opened.flush()
        follower._thread.join(0.05)
    follower._thread.join(10)
    assert not follower._thread.is_alive()
    assert len(started) == MOST
    assert set(children()) <= before


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("no-such-program-here", FileNotFoundError),
        ("/no/such/program", FileNotFoundError),
        ("{}", IsADirectoryError),
        ("{}/plain", PermissionError),
        ("own", FileNotFoundError),  # in the current folder, which PATH may even name
    ],
)
def test_what_cannot_be_run_says_why(
    program: str, error: type[OSError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").touch(0o600)
    (tmp_path / "own").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "own").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}:")
    with pytest.raises(error):
        program_of(program.format(tmp_path))


# -- the real program


@pytest.fixture
def practice(home: Path) -> Path:
    (home / "short.yaml").write_text(PRACTICE, "utf-8")
    return home


def set_to(home: Path, **commands: str) -> None:
    """Set the hooks, as a person writes them."""
    lines = [f"  {event.replace('_', '-')}: {command}\n" for event, command in commands.items()]
    (home / "config.yaml").write_text(f"audio: none\nhooks:\n{''.join(lines)}", "utf-8")


@pytest.fixture
def left() -> Iterator[list[int]]:
    """The processes that live on, which are ended at last."""
    pids: list[int] = []
    yield pids
    for pid in pids:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def pids_in(file: Path, count: int) -> list[int]:
    """The ids of *count* processes, which have written them."""
    patience = time.monotonic() + 10
    while not file.exists() or len(file.read_text("utf-8").split()) < count:
        assert time.monotonic() < patience, "none has been run"
        time.sleep(0.005)
    return [int(each) for each in file.read_text("utf-8").split()]


def in_lines(*options: str) -> subprocess.CompletedProcess[str]:
    command = [*PSOAS, "practice", "short.yaml", "-y", "--plain", "--speed", "400", *options]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False)


@SHELL
def test_what_is_promised_is_in_the_environment(practice: Path, psoas: Psoas) -> None:
    told = [sys.executable, "-c", KEEPS.format("'\\n'.join(map('='.join, os.environ.items()))")]
    files = {event: practice / event for event in ("start", "stop-begins", "end")}
    set_to(practice, **{event: json.dumps([*told, str(file)]) for event, file in files.items()})
    assert psoas("practice", "short.yaml", "-y", "--plain", "--speed", "400").code == 0
    patience = time.monotonic() + 10
    while not all(file.exists() for file in files.values()):
        assert time.monotonic() < patience
        time.sleep(0.005)
    facts = dict(re.findall(r"^(PSOAS_\w+)=(.*)$", files["end"].read_text("utf-8"), re.MULTILINE))
    assert facts == {
        "PSOAS_HOME": str(practice),
        "PSOAS_EVENT": "end",
        "PSOAS_STATE": "completed",
        "PSOAS_PRACTICE": str(practice / "short.yaml"),
        "PSOAS_TITLE": "Short",
        "PSOAS_POSE": "Rest",
        "PSOAS_SIDE": "",
        "PSOAS_STOP": "3",
        "PSOAS_STOPS": "3",
        "PSOAS_POSITION": "190",
        "PSOAS_LENGTH": "190",
        "PSOAS_LANG": "en",
        "PSOAS_SPEED": "400",
    }


@SHELL
def test_whatever_they_do_the_practice_is_the_same_and_they_live_on(practice: Path, left: list[int]) -> None:
    (practice / "config.yaml").write_text("audio: none\n", "utf-8")
    without = in_lines()
    pids = practice / "pids"
    set_to(
        practice,
        start=f"[sh, -c, 'echo $$ >> {pids}; exec sleep 600']",
        stop_begins=f"[sh, -c, 'sleep 600 & sleep 600 & echo $$ >> {pids}; echo out; echo err >&2; wait']",
        pause="[sh, -c, exit 1]",
        end=f"[sh, -c, 'echo $$ >> {pids}; exec yes']",
    )
    beside = in_lines()
    left += pids_in(pids, 5)
    for pid in left:
        os.kill(pid, 0)
        assert os.getsid(pid) == pid
    assert (beside.returncode, beside.stdout, beside.stderr) == (0, without.stdout, "")


def test_one_that_cannot_start_as_the_practice_ends_is_told_of_afterwards(practice: Path) -> None:
    set_to(practice, end="no-such-program")
    told = in_lines()
    assert told.stderr == "Hooks that cannot start: no-such-program (No such file or directory)\n"


@SHELL
def test_one_that_cannot_start_is_told_of_once(practice: Path) -> None:
    set_to(practice, start=str(practice), stop_begins="no-such-program", pause="[sh, -c, exit 1]")
    ended = in_lines()
    out = ended.stdout + ended.stderr  # where it is told once the practice is over
    first, second = f"{practice} (Is a directory)", "no-such-program (No such file or directory)"
    told = [line for line in out.splitlines() if line.startswith("Hooks that cannot start: ")]
    told_of = f"Hooks that cannot start: {first}", second
    assert told[-1] in (", ".join(told_of), " · ".join(told_of))  # the screen's dot, if that is left as it is found
    assert len(told) <= 2
    assert "practice is over" in out


@pytest.mark.parametrize(
    ("ending", "code"), [("\x03", 130), ("SIGTERM", 143), ("SIGHUP", 129)], ids=["Ctrl-C", "TERM", "HUP"]
)
def test_what_ends_the_practice_ends_none_of_them_and_is_told(
    practice: Path, window: Open, left: list[int], ending: str, code: int
) -> None:
    pids, state = practice / "pids", practice / "state"
    set_to(
        practice,
        start=f"[sh, -c, 'echo $$ >> {pids}; exec sleep 600']",
        end=f"[sh, -c, 'echo $PSOAS_STATE >> {state}; echo $$ >> {pids}']",
    )
    seen = window(*PSOAS, "practice", "short.yaml", "-y")
    seen.see(r"3:0\d left")
    left += pids_in(pids, 1)
    seen.child.kill(signal.Signals[ending]) if ending in signal.Signals.__members__ else seen.send(ending)
    assert abs(seen.end()) in (code, code - 128)
    pids_in(pids, 2)
    os.kill(left[0], 0)
    assert state.read_text("utf-8") == "interrupted\n"


def test_they_come_from_the_settings_alone(practice: Path, psoas: Psoas) -> None:
    file = practice / "short.yaml"
    file.write_text(f"{PRACTICE}\nhooks: {{start: [touch, {practice / 'touched'}]}}\n", "utf-8")
    assert 'unknown key "hooks"' in psoas("check", str(file)).out
    assert psoas("practice", str(file), "-y", "--plain", "--speed", "1000", "--audio", "none").code == 2
    assert not (practice / "touched").exists()


@SHELL
def test_breathing_has_them_as_well(practice: Path, psoas: Psoas) -> None:
    pids, told = practice / "pids", practice / "told"
    set_to(practice, end=f"[sh, -c, 'echo $PSOAS_PRACTICE > {told}; echo $$ > {pids}']")
    assert psoas("breathe", "4-6", "--cycles", "2", "-y", "--plain", "--speed", "100").code == 0
    pids_in(pids, 1)
    assert told.read_text("utf-8").startswith("breathe ")


@SHELL
def test_the_doctor_finds_what_can_be_run_and_what_cannot(practice: Path, psoas: Psoas) -> None:
    set_to(practice, start=json.dumps(sys.executable), end="no-such-program")
    out = psoas("doctor", "--mute").out
    runs = re.escape(f"start: {sys.executable}; end: no-such-program cannot be run (")
    assert re.search(f"Hooks +{runs}No such file", out)
    set_to(practice, start=json.dumps(sys.executable))
    assert "cannot be run" not in psoas("doctor", "--mute").out


def test_the_settings_show_them_as_they_are_written(practice: Path, psoas: Psoas) -> None:
    set_to(practice, start="[notify-send, Sphinx]", go_on="xset")
    assert "start [notify-send, Sphinx], go-on [xset]" in psoas("config").out
