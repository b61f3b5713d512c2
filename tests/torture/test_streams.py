"""Streams that are closed, full, empty or gone."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

import pytest
from tests.systems import FULL_DISK, SHELL
from tests.torture.conftest import BEGUN, PSOAS, STAGES, Open, at, kept

from psoas_cli.main import run

pytestmark = SHELL

LINES = f"{BEGUN} --plain --speed 1000 --from 2"


def shell(command: str) -> tuple[int, str, str]:
    """What psoas came to in a shell, what it printed, and what it said was wrong."""
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {' '.join(PSOAS)} {command}"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("stage", ["home", "hold", "lines"])
def test_the_terminal_is_closed(window: Open, stage: str) -> None:
    seen = at(STAGES[stage], window)
    seen.child.ptyproc.fileobj.close()
    seen.child.ptyproc.wait()
    assert seen.child.ptyproc.exitstatus == 129
    assert kept() == [STAGES[stage].kept] * bool(STAGES[stage].kept)


@pytest.mark.parametrize(
    ("closed", "command", "expected"),
    [
        ("<&-", "", 0),
        (">&-", LINES, 0),
        (">&-", "list", 0),
        ("2>&-", LINES, 0),
        ("2>&-", "practice nowhere", 2),
        ("<&- >&- 2>&-", LINES, 0),
    ],
    ids=["stdin-home", "stdout-lines", "stdout-list", "stderr-lines", "stderr-wrong", "all-lines"],
)
def test_a_closed_stream_is_an_empty_one(closed: str, command: str, expected: int) -> None:
    code, out, err = shell(f"{command} {closed}")
    assert (code, err) == (expected, "")
    assert (out == "") == (">&-" in closed.split() or expected == 2)
    assert kept() == ["completed"] * (command == LINES)


@pytest.mark.parametrize(
    ("closed", "command", "said"),
    [
        (">&-", "render --breathe 4-6 -c 1 -o -", "standard output is closed"),
        (">&-", "share wind-down -o /dev/stdout", "standard output is closed"),
        ("<&-", "practice -", "/dev/stdin cannot be read: it is closed"),
        ("<&-", "check /dev/fd/0", "/dev/fd/0 cannot be read: it is closed"),
    ],
    ids=["sound", "text", "practice", "number"],
)
def test_a_closed_stream_that_is_named_is_told_as_such(closed: str, command: str, said: str) -> None:
    code, out, err = shell(f"{command} {closed}")
    assert code in (1, 2)
    assert (out, err.splitlines()[0]) == ("", f"psoas: {said}")


@pytest.mark.parametrize(
    ("command", "reader", "codes"),
    [(LINES, "head -1", {1}), (LINES, "true", {1}), ("list", "head -1", {0, 1})],  # a list may be written before
    ids=["lines-head", "lines-true", "list-head"],
)
def test_the_reader_leaves(command: str, reader: str, codes: set[int]) -> None:
    code, out, err = shell(f"{command} | {reader}")
    assert code in codes
    assert err == ""
    assert len(out.splitlines()) == (reader == "head -1")


FULL = "psoas: cannot write the output: No space left on device\n"


@FULL_DISK
@pytest.mark.parametrize(
    ("full", "command", "code", "said"),
    [
        (">/dev/full", "list", 1, FULL),
        (">/dev/full", "show --help", 1, FULL),
        (">/dev/full", LINES, 1, FULL),
        (">/dev/full", "add short.yaml", 2, "psoas: nothing was added: there is no terminal to ask on\n"),
        ("2>/dev/full", "practice nowhere", 2, ""),
        (">/dev/full 2>/dev/full", "add short.yaml", 2, ""),
    ],
    ids=["list", "help", "lines", "error", "stderr", "both"],
)
def test_a_full_disk_is_one_line(
    full: str, command: str, code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    came, _out, err = shell(f"{command} <&- {full}")
    assert came == code
    assert err.startswith(said)
    assert "Traceback" not in err
    assert "Exception" not in err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device", "/x/y"), "psoas: cannot use /x/y: No space left on device\n"),
        (
            OSError(28, "No space left on device", "/x/\x1by\n"),
            "psoas: cannot use /x/\N{SYMBOL FOR ESCAPE}y\N{SYMBOL FOR LINE FEED}: No space left on device\n",
        ),
        (OSError("gone"), "psoas: cannot write the output: gone\n"),
    ],
)
def test_an_error_of_the_system_is_told_with_its_path(
    error: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("psoas_cli.cli.app.app", failing)
    assert run(["list"]) == 1
    assert capsys.readouterr().err == said


def test_nobody_reads_a_full_pipe() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)
    os.set_blocking(writer, True)
    ran = subprocess.run(
        [*PSOAS, *LINES.split()],
        stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    assert kept() == ["completed"]
    os.close(reader)
    os.close(writer)
