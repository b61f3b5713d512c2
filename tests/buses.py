"""A session bus of the tests alone."""

from __future__ import annotations

import shutil
import subprocess
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """Start one, and tell programs of it."""
    for program in ("dbus-daemon", "playerctl"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    with TemporaryDirectory() as folder:  # a socket's path is short; where the bus chooses one, it stays behind
        command = ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={folder}/bus", "--print-address=1"]
        daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert daemon.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield daemon
        daemon.kill()
        daemon.wait()
        daemon.stdout.close()
