"""The program as a person starts it: in this process, or in a terminal's window."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyte
import pytest
from tests.systems import NO_TERMINALS, WINDOWS

from psoas_cli.storage import paths

if sys.platform != "win32":
    import termios

    import pexpect

# What a person's own environment says about language, colours and sound is no matter here.
TOLD = ("LANG", "LC_ALL", "LC_MESSAGES", "PSOAS_LANG", "PSOAS_MUTE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    code: int
    out: str
    err: str


Psoas = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, that is also the folder that one is in."""
    readings = tmp_path_factory.getbasetemp() / "readings"  # what was read of practices is the same in each home
    monkeypatch.setattr(paths, "readings_folder", lambda: readings)
    for name in (*TOLD, "SSH_CONNECTION", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def psoas(capsys: pytest.CaptureFixture[str]) -> Psoas:
    """Runs a command in this process."""
    from psoas_cli.main import run

    gc.enable()  # the entry switches it off, and no session follows that switches it on

    def ran(*arguments: str) -> Result:
        code = run(list(arguments))
        return Result(code, *capsys.readouterr())

    return ran


def settle(lived_in: Path) -> None:
    """Furnish the home like one that is *lived_in*: a program starts there in half the time."""
    home = os.environ.get("PSOAS_HOME")
    if home and not (Path(home) / "readings").exists():
        shutil.copytree(lived_in, home, dirs_exist_ok=True)


def _modes_of_a_new_terminal() -> list[Any]:
    """What a terminal is like before anybody changed it; that of the child may be changed already."""
    ours, theirs = os.openpty()
    try:
        return termios.tcgetattr(ours)
    finally:
        os.close(ours)
        os.close(theirs)


class Window:
    """A command in a terminal's window, and the screen that a person sees."""

    def __init__(self, *command: str, columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.output = ""
        self._stream = pyte.Stream(self.screen)
        self.child: Any = pexpect.spawn(
            command[0],
            list(command[1:]),
            encoding="utf-8",
            codec_errors="replace",  # a signal may cut a character in two
            dimensions=(lines, columns),
            env=dict(os.environ),
            timeout=10,
        )
        self.child.delaybeforesend = None
        self.before = _modes_of_a_new_terminal()

    def send(self, text: str) -> None:
        self.child.send(text)

    def see(self, pattern: str) -> str:
        """Look until the screen shows *pattern*; the screen."""
        self.look(lambda: re.search(pattern, self.text) is not None, pattern)
        return self.text

    def look(self, until: Callable[[], bool], what: str) -> None:
        """Look at what comes *until* that is *what* was to be seen."""
        patience = time.monotonic() + 10
        while not until():
            assert time.monotonic() < patience, f"{what} is not seen on\n{self.text}"
            with suppress(pexpect.TIMEOUT):
                self._feed(self.child.read_nonblocking(65_536, timeout=1))

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.reset()  # what is seen next was painted for the new size
        self.screen.resize(lines, columns)
        self.child.setwinsize(lines, columns)

    def end(self) -> int:
        """The exit code, once it is over."""
        self.child.expect(pexpect.EOF)
        self._feed(self.child.before)
        after = termios.tcgetattr(self.child.child_fd)
        patience = time.monotonic() + 10
        while self.child.isalive():
            assert time.monotonic() < patience, "it has closed the terminal, and lives on"
            time.sleep(0.002)
        self.child.ptyproc.delayafterclose = 0  # it is over
        self.child.close()
        assert after == self.before
        switched = dict(re.findall(r"\x1b\[\?(\d+)([hl])", self.output))
        assert {mode: switched.get(mode, "l") for mode in ("1049", "2004", "2026")} == dict.fromkeys(
            ("1049", "2004", "2026"), "l"
        )
        assert switched.get("25", "h") == "h"
        assert self.screen.cursor.attrs == self.screen.default_char
        if self.child.signalstatus is not None:
            return -int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def _feed(self, output: str) -> None:
        self.output += output
        # the emulator has no second screen: both are empty when one comes to them
        self._stream.feed(re.sub(r"\x1b\[\?1049[hl]", "\x1b[H\x1b[2J", output))


@pytest.fixture
def window(lived_in: Path) -> Iterator[Callable[..., Window]]:
    """Opens windows, in a home in which psoas was before, and closes them afterwards."""
    if WINDOWS:
        pytest.skip(NO_TERMINALS)
    windows: list[Window] = []

    def opened(*command: str, columns: int = 80, lines: int = 24) -> Window:
        settle(lived_in)
        windows.append(Window(*command, columns=columns, lines=lines))
        return windows[-1]

    yield opened
    for each in windows:
        each.child.close(force=True)
