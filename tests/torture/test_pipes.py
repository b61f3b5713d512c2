"""Inputs and outputs that are closed, full, or gone: nothing hangs, and the exit code says how it went."""

from __future__ import annotations

import fcntl
import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import PSOAS

from psoas_cli.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

PRACTICE = (*PSOAS, "practice", "tried.yaml", "--lang", "en", "--yes", "--speed", "1000")
PATIENCE = 20  # seconds, many times what any of these takes


def shell(script: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run *command* where *script* says `"$@"`."""
    words = ["bash", "-o", "pipefail", "-c", script, "bash", *command]
    return subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.mark.parametrize(
    ("closed", "code"),
    [("<&-", 0), ("</dev/null", 0), ("2>&-", 0), (">&-", 0), ("<&- >&- 2>&-", 0), (">/dev/full", 1)],
)
@pytest.mark.parametrize("command", [PRACTICE, (*PSOAS, "list"), PSOAS], ids=["practice", "list", "home"])
def test_what_is_closed_or_full_is_borne(closed: str, code: int, command: tuple[str, ...]) -> None:
    ran = shell(f'"$@" {closed}', *command)
    assert ran.returncode == code
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr


def test_a_reader_that_has_seen_enough(home: Path) -> None:
    ran = shell('"$@" | head -n 1', *PRACTICE[:-1], "60")  # it still has something to say when nobody reads
    assert (ran.stdout, ran.returncode) == ("Tried\n", 1)
    assert ran.stderr == ""
    assert (home / "journal.sqlite3").is_file()


def test_a_pipe_that_nobody_reads_holds_up_no_practice(home: Path) -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    os.write(writer, b"x" * 4096)
    program = subprocess.Popen(PRACTICE, stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    journal, until = Journal(home / "journal.sqlite3"), time.monotonic() + PATIENCE
    while [entry.state for entry in journal.entries()] != ["completed"]:
        assert time.monotonic() < until, "it does not come to its end"
        time.sleep(0.02)
    _, err = program.communicate(timeout=PATIENCE)  # what it still wants to say, nobody hears
    os.close(reader)
    assert (program.returncode, err) == (0, "")
