"""What a test needs of its system, and the reason why it is skipped where the system has none of it."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from subprocess import Popen

WINDOWS = sys.platform == "win32"

NO_TERMINALS = "Windows has no pseudo-terminals as POSIX has them"
NO_SIGNALS = "Windows sends a program no signals: it ends it"
NO_PIPES = "Windows has no pipes among its files"
NO_LINKS = "hardly anybody may make links among files on Windows"
NO_RIGHTS = "Windows has no rights in a file's mode, and no user to be for a while"
ONE_WHATEVER_CASE = "files whose names differ in case alone are one here"
NO_SOUND_SERVER = "Windows has no PulseAudio"
NO_BUS = "Windows has no session bus"
NO_LIMITS = "Windows sets a process no limits"

LISTED = not WINDOWS and Path("/proc/self/stat").exists()
NOT_LISTED = "the system's list of processes is not in /proc"


def _posix(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(WINDOWS, reason=reason)


SIGNALS = _posix(NO_SIGNALS)
RIGHTS = _posix(NO_RIGHTS)
BUS = _posix(NO_BUS)
SHELL = _posix("Windows has no sh, and its programs get a line and not words")
DEVICES = _posix("a device is found in any folder on Windows, and is none")
FULL_DISK = pytest.mark.skipif(WINDOWS or not Path("/dev/full").exists(), reason="there is no disk that is always full")
PROCESSES = pytest.mark.skipif(not LISTED, reason=NOT_LISTED)
NAMES = _posix("names of files are text on Windows, without these signs")
HOMES_OF_OTHERS = _posix("on Windows the homes of others are thought to lie beside one's own")


def has_mode(place: Path, mode: int) -> bool:
    """Whether *place* has the rights *mode*, or is where there are none."""
    return WINDOWS or place.stat().st_mode & 0o777 == mode


def make_program(place: Path, script: str, python: str = sys.executable) -> None:
    """Make the Python *script* a program, called as *place* without a suffix.

    On Windows that is a file of three parts, such as pip makes there: what starts it, the interpreter, and a zip file.
    """
    if not WINDOWS:
        place.write_text(f"#!{python} -IS\n{script}", "utf-8")
        place.chmod(0o755)
        return
    distlib = pytest.importorskip("pip._vendor.distlib", reason="there is no pip, whose programs these are")
    zipped = io.BytesIO()
    with ZipFile(zipped, "w") as file:
        file.writestr("__main__.py", script)
    starts = (Path(distlib.__file__).parent / "t64.exe").read_bytes()
    place.with_name(f"{place.name}.exe").write_bytes(starts + f'#!"{python}" -IS\r\n'.encode() + zipped.getvalue())


def make_pipe(place: Path) -> None:
    """Make a pipe with a name; the test is skipped where there are none."""
    if WINDOWS:
        pytest.skip(NO_PIPES)
    os.mkfifo(place)


def make_link(place: Path, target: Path | str) -> None:
    """Make *place* a link to *target*; the test is skipped where hardly anybody may do so."""
    if WINDOWS:
        pytest.skip(NO_LINKS)
    place.symlink_to(target)


def interrupt(process: Popen[bytes]) -> None:
    """Interrupt *process* as Ctrl-C does; the test is skipped where only a console can."""
    if WINDOWS:
        process.kill()
        pytest.skip(NO_SIGNALS)
    process.send_signal(signal.SIGINT)


def signal_called(name: str) -> signal.Signals:
    """The signal *name*; the test is skipped where there is none."""
    if name not in signal.Signals.__members__:
        pytest.skip(f"there is no {name} here")
    return signal.Signals[name]


def be_a_terminal(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have *stream*, `sys.stdout` or `sys.stderr`, be a terminal as POSIX has them."""
    monkeypatch.setattr("psoas_cli.tty.IS_WINDOWS", False)
    monkeypatch.setattr(f"{stream}.isatty", lambda: True)
