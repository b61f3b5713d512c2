"""What a test needs of its system, and the reason why it is skipped where the system has none of it."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import Popen

WINDOWS = sys.platform == "win32"

NO_TERMINALS = "Windows has no pseudo-terminals as POSIX has them"
NO_SIGNALS = "Windows sends a program no signals: it ends it"
NO_PIPES = "Windows has no pipes among its files"
NO_LINKS = "links among files need a right here that this person does not have"
NO_RIGHTS = "Windows has no rights in a file's mode, and no user to be for a while"
NO_BUS = "Windows has no session bus"
NO_LIMITS = "Windows sets a process no limits"


def _posix(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(WINDOWS, reason=reason)


SIGNALS = _posix(NO_SIGNALS)
RIGHTS = _posix(NO_RIGHTS)
SHELL = _posix("Windows has no sh, and its programs get a line and not words")
SOUND_SERVER = _posix("there is no PulseAudio on Windows")
DEVICES = _posix("Windows has no devices among its files")
NAMES = _posix("names are text on Windows, with none of these signs")


def make_pipe(place: Path) -> None:
    """Make a pipe with a name; the test is skipped where there are none."""
    if WINDOWS:
        pytest.skip(NO_PIPES)
    os.mkfifo(place)


def make_link(place: Path, target: Path | str) -> None:
    """Make *place* a link to *target*; the test is skipped where that is not allowed."""
    if not WINDOWS:
        place.symlink_to(target)
        return
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip(NO_LINKS)


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
