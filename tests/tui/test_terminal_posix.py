"""A session in a real pseudo-terminal: keys arrive, and whatever ends it, the terminal is as it was."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest
from tests.systems import NO_TERMINALS

pytest.importorskip("termios", reason=NO_TERMINALS)

import termios

import pexpect

from psoas_cli.tui.terminal_posix import PlainTerminal, Terminal

# Says what it hears, on its own screen. In one word: `plain`, `boom` (fails on b), `flood` (writes without end).
PROGRAM = """
import os, sys
from psoas_cli.tui.terminal_posix import PlainTerminal, Terminal
with (PlainTerminal if "plain" in sys.argv else Terminal)() as terminal:
    while True:
        if terminal.dirty:
            terminal.dirty = False
            terminal.write("ready%dx%d " % terminal.size)
        if "flood" in sys.argv:
            terminal.write("x" * 5000)
        for key in terminal.events(0.02 if "flood" in sys.argv else None):
            terminal.write(f"<{key}>")
            if key == "e":
                os.write(2, b"from a library")
            if key == "b":
                raise RuntimeError("boom")
            if key == "q":
                sys.exit(0)
"""


class Session:
    """The program in a terminal, and the screen that a person sees."""

    def __init__(self, command: str, *args: str) -> None:
        environment = os.environ | {"TERM": "xterm-256color", "PS1": "prompt$ ", "PYTHON_COLORS": "0"}
        environment.pop("COLUMNS", None)
        self.child: Any = pexpect.spawn(
            command, list(args), encoding="utf-8", dimensions=(12, 60), env=environment, timeout=5
        )
        self.child.delaybeforesend = None
        self.output = ""

    def send(self, text: str) -> None:
        self.child.send(text)

    def expect(self, pattern: str) -> str:
        self.child.expect(pattern)
        self.output += self.child.before + self.child.after
        return str(self.child.before)

    def end(self) -> int | None:
        """The exit status, once it is over."""
        self.child.expect(pexpect.EOF)
        self.output += self.child.before
        self.child.close()
        return int(self.child.exitstatus) if self.child.exitstatus is not None else None

    def modes(self) -> list[Any]:
        return termios.tcgetattr(self.child.child_fd)

    def left_behind(self) -> dict[str, bool]:
        """The modes that were switched on and never off again."""
        switched = re.findall(r"\x1b\[\?(\d+)([hl])", self.output)
        return {mode: state == "h" for mode, state in switched}


MOUSE = {"1000": False, "1002": False, "1003": False}
RESTORED = {"1049": False, "25": True, "7": True, "2004": False, "2026": False} | MOUSE


@pytest.fixture
def start() -> Iterator[Callable[..., Session]]:
    sessions = []

    def started(*words: str) -> Session:
        sessions.append(Session(sys.executable, "-c", PROGRAM, *words))
        return sessions[-1]

    yield started
    for session in sessions:
        session.child.close(force=True)


def key(text: str) -> Callable[[Session], None]:
    return lambda session: session.send(text)


def kill(number: int) -> Callable[[Session], None]:
    return lambda session: session.child.kill(number)


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        (key("q"), 0),
        (key("b"), 1),
        (key("\x03"), None),
        (kill(signal.SIGINT), None),
        (kill(signal.SIGTERM), 143),
        (kill(signal.SIGHUP), 129),
        (key("\x1c"), 131),
        (kill(signal.SIGUSR1), 128 + signal.SIGUSR1),
    ],
    ids=["q", "exception", "ctrl-c", "SIGINT", "SIGTERM", "SIGHUP", "ctrl-backslash", "SIGUSR1"],
)
def test_whatever_ends_it_the_terminal_is_as_it_was(
    start: Callable[..., Session], ending: Callable[[Session], None], status: int | None
) -> None:
    session = start()
    # On a bare pseudo-terminal the modes survive the program, and can be looked at from this end.
    session.expect("ready60x12")
    during = session.modes()
    assert not during[3] & (termios.ECHO | termios.ICANON)
    assert during[3] & termios.ISIG
    ending(session)
    assert session.end() == status
    assert session.left_behind() == RESTORED
    screen, after = session.output.split("\x1b[?1049l")
    assert "Error" not in screen  # a traceback is seen on the screen that stays
    assert ("boom" in after) == (status == 1)


def test_the_modes_of_the_line_are_restored_exactly() -> None:
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    with Terminal(slave, slave) as terminal:
        assert termios.tcgetattr(slave) != before
        os.write(master, b"n\x1b[A")
        assert terminal.events(5) == ["n", "up"]
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() -> None:
    shell = Session("bash", "--norc", "--noprofile", "-i")
    try:
        shell.expect(r"prompt\$ ")
        shell.send(f"stty -g; {sys.executable} -c '{PROGRAM}'; echo ended=$?\r")
        before = re.findall(r"[0-9a-f]+:[0-9a-f:]+", shell.expect("ready60x12"))
        shell.send("\x1a")
        shell.expect("<stopped>")
        shell.expect(r"prompt\$ ")
        assert shell.left_behind()["1049"] is False
        shell.send("stty -g; fg\r")
        during = re.findall(r"[0-9a-f]+:[0-9a-f:]+", shell.expect("<continued>ready60x12"))
        assert during == before[-1:]
        shell.send("n")
        shell.expect("<n>")
        shell.send("q")
        shell.expect(r"prompt\$ ")
        assert shell.left_behind()["25"] is True
        # Ended while it is stopped: it does not touch a screen that is the shell's by then.
        shell.send(f"{sys.executable} -c '{PROGRAM}'\r")
        shell.expect("ready60x12")
        shell.send("\x1a")
        shell.expect("<stopped>")
        shell.expect(r"prompt\$ ")
        # A shell that has not seen the end yet says once more that the job is stopped (148).
        shell.send("kill %1; s=148; while [ $s = 148 ]; do wait %1; s=$?; done; echo status=$s\r")
        assert "\x1b[?1049" not in shell.expect("status=143")
    finally:
        shell.child.close(force=True)


def test_what_libraries_complain_of_stays_off_the_screen_and_what_psoas_says_afterwards_does_not(
    start: Callable[..., Session],
) -> None:
    session = start()
    session.expect("ready")
    session.send("eb")
    session.expect("<b>")
    session.expect("RuntimeError: boom")
    assert "from a library" not in session.output


def test_keys_in_pieces_and_pastes(start: Callable[..., Session]) -> None:
    session = start()
    session.expect("ready")
    session.send("\x1b")
    time.sleep(0.02)  # what is tested is that the pieces come apart
    session.send("[A")
    session.expect("<up>")
    session.send("\x1b[200~" + "q\x1b[Aq\r" * 2000)
    session.send("q\x1b[20")
    session.send("1~ n")
    assert "<" not in session.expect("<pasted><space><n>")
    session.send("\x1b")
    session.expect("<esc>")
    session.send("q")
    assert session.end() == 0


def test_a_resize_makes_it_dirty(start: Callable[..., Session]) -> None:
    session = start()
    session.expect("ready60x12")
    session.child.setwinsize(30, 100)
    session.expect("ready100x30")


def test_a_second_ctrl_c_gets_through_what_does_not_get_on_after_the_first() -> None:
    master, slave = os.openpty()
    came = []
    try:
        with Terminal(slave, slave) as terminal:
            signal.raise_signal(signal.SIGINT)
            came.append("it waits for a frame to be whole")
            try:
                terminal.events(0)
            finally:
                signal.raise_signal(signal.SIGINT)
                came.append("it waits once more")
    except KeyboardInterrupt:
        came.append("it ends")
    assert came == ["it waits for a frame to be whole", "it ends"]
    os.close(master)
    os.close(slave)


def test_a_closed_terminal_ends_it_without_a_traceback(tmp_path: Path) -> None:
    master, slave = os.openpty()
    errors = tmp_path / "errors"
    with errors.open("w") as file:
        program = subprocess.Popen([sys.executable, "-c", PROGRAM], stdin=slave, stdout=slave, stderr=file)
    os.close(slave)
    while b"ready" not in os.read(master, 1000):
        pass
    os.close(master)
    assert program.wait(5) == 129
    assert errors.read_text() == ""


def test_a_terminal_that_takes_nothing_more_does_not_keep_the_program(start: Callable[..., Session]) -> None:
    session = start("flood")
    session.expect("ready")
    time.sleep(0.3)  # by now it has written more than the line holds, and nobody has read it
    session.child.kill(signal.SIGTERM)
    end = time.monotonic() + 5
    while session.child.isalive() and time.monotonic() < end:
        time.sleep(0.02)
    assert session.child.exitstatus == 143


def test_lost_output_makes_the_screen_dirty_once_it_flows() -> None:
    reader, writer = os.pipe()
    with Terminal(reader, writer) as terminal:
        terminal.dirty = False
        terminal.write("x" * 100_000)
        terminal.write("lost")
        assert terminal.events(0) == []
        assert not terminal.dirty
        os.set_blocking(reader, False)
        received = b""
        while not terminal.dirty:
            received += os.read(reader, 65536)
            terminal.events(0)
        assert received.count(b"x") >= 30_000
        assert b"lost" not in received
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize("stdin", ["closed", "null", "pipe"])
def test_without_a_terminal_there_are_no_keys_but_timeouts(stdin: str) -> None:
    program = """
import time
from psoas_cli.tui.terminal_posix import PlainTerminal
with PlainTerminal() as terminal:
    began = time.monotonic()
    terminal.write(f"{terminal.events(0.3)}\\n")
    terminal.bell()
    terminal.write(f"{time.monotonic() - began >= 0.3}\\n")
"""
    ran = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" <&-' if stdin == "closed" else '"$0" -c "$1"', sys.executable, program],
        stdin=subprocess.DEVNULL if stdin == "null" else subprocess.PIPE,
        capture_output=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=10,
        text=True,
    )
    assert ran.stdout == "[]\nTrue\n"


def test_plain_has_keys_and_signals_but_no_screen_of_its_own(start: Callable[..., Session]) -> None:
    session = start("plain")
    session.expect("ready60x12")
    session.send("\x1b[B")
    session.expect("<down>")
    session.child.kill(signal.SIGTERM)
    assert session.end() == 143
    assert session.left_behind() == {"2004": False} | MOUSE
    screen = pyte.Screen(60, 12)
    pyte.Stream(screen).feed(session.output)
    assert screen.display[0].startswith("ready60x12 <down>")


def test_a_reader_that_is_gone_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    reader, writer = os.pipe()
    os.close(reader)
    with PlainTerminal(writer, writer) as terminal:
        terminal.write("a line\n")
        with pytest.raises(SystemExit, match="1"):
            terminal.events(None)
    os.close(writer)


def test_columns_narrows_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    termios.tcsetwinsize(slave, (20, 70))
    for wished, columns in (("40", 40), ("400", 70), ("wide", 70)):
        monkeypatch.setenv("COLUMNS", wished)
        assert Terminal(slave, slave).size == (columns, 20)
    os.close(master)
    os.close(slave)


@pytest.fixture
def quiet() -> Iterator[PlainTerminal]:
    """A terminal without keys of its own."""
    reader, writer = os.pipe()
    yield PlainTerminal(reader, writer)
    os.close(reader)
    os.close(writer)


def test_what_another_thread_posts_comes_among_the_keys_at_once(quiet: PlainTerminal) -> None:
    with quiet as terminal:
        thread = threading.Timer(0.05, terminal.post, ["media-pause"])
        thread.start()
        assert terminal.events(20) == ["media-pause"]
        thread.join()
        terminal.post("media-next")
        terminal.post("media-play")
        assert terminal.events(20) == ["media-next", "media-play"]
        assert terminal.events(0) == []


def test_a_flood_of_posts_is_cut_off_and_wakes_nobody_for_ever(quiet: PlainTerminal) -> None:
    with quiet as terminal:
        for _ in range(200_000):
            terminal.post("media-play-pause")
        found = terminal.events(0)
        assert 1 < len(found) < 100
        assert set(found) == {"media-play-pause"}
        assert terminal.events(0) == []
        terminal.post("media-pause")
        assert terminal.events(20) == ["media-pause"]


def test_what_is_posted_before_and_after_has_no_effect(quiet: PlainTerminal) -> None:
    quiet.post("media-pause")
    with quiet:
        assert quiet.events(0) == []
    reader, writer = os.pipe()  # with the numbers that the terminal's own pipe had
    quiet.post("media-pause")
    os.set_blocking(reader, False)
    with pytest.raises(BlockingIOError):
        os.read(reader, 1)
    os.close(reader)
    os.close(writer)


def test_what_is_posted_while_the_program_is_stopped_is_not_obeyed_as_it_goes_on(
    quiet: PlainTerminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    with quiet as terminal:
        terminal.post("media-next")
        signal.raise_signal(signal.SIGCONT)
        assert terminal.events(0) == ["continued"]
        terminal.post("media-play")  # the bus had kept it
        assert terminal.events(0) == []
        now += 60
        terminal.post("media-play")
        assert terminal.events(0) == ["media-play"]
