"""A lock on one byte: another process has it until it ends in whatever way; and what Windows is asked for it."""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.storage.byte_lock import lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAR = (5 << 32) + 7
"""A byte that no 32 bits can count."""

HOLDS = """
import os, sys
from psoas_cli.storage.byte_lock import lock
print(lock(os.open(sys.argv[1], os.O_RDWR | os.O_CREAT), int(sys.argv[2]), shared=sys.argv[3] == "shared"), flush=True)
sys.stdin.readline()
"""


@contextmanager
def elsewhere(path: Path, byte: int, how: str = "alone") -> Iterator[subprocess.Popen[str]]:
    """Another process, which has locked *byte*."""
    command = [sys.executable, "-c", HOLDS, str(path), str(byte), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


@contextmanager
def opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
    yield descriptor
    os.close(descriptor)


def test_it_is_held_until_the_process_ends_in_whatever_way(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with elsewhere(path, FAR) as process:
        with opened(path) as file:
            assert (lock(file, FAR), lock(file, FAR, shared=True), lock(file, FAR + 1)) == (False, False, True)
        process.kill()
        process.wait()
        with opened(path) as file:
            assert lock(file, FAR)


def test_several_share_it_and_none_has_it_alone(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with elsewhere(path, FAR, "shared"), opened(path) as file:
        assert lock(file, FAR, shared=True)
        assert not lock(file, FAR)
    assert path.stat().st_size == 0


# -- Windows, by a stand-in


class LockFileEx:
    """The function of kernel32, which answers with an error; it sees to it that it is given what it declares."""

    argtypes: tuple[type, ...] = ()
    restype: type | None = None

    def __init__(self, error: int) -> None:
        self.error = error
        self.asked: tuple[int, ...] = ()

    def __call__(self, *given: int) -> int:
        handle, flags, reserved, low, high, where = given
        begin = where._obj  # type: ignore[attr-defined]
        sizes = [ctypes.sizeof(kind) for kind in self.argtypes]
        assert sizes == [ctypes.sizeof(ctypes.c_void_p), 4, 4, 4, 4, ctypes.sizeof(ctypes.c_void_p)]
        assert ctypes.sizeof(begin) == 8 + 3 * ctypes.sizeof(ctypes.c_void_p)
        assert reserved == 0
        self.asked = (handle, flags, (begin.offset_high << 32) + begin.offset, (high << 32) + low)
        return int(not self.error)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> LockFileEx:
    """Windows, on which a lock comes to the error that is the parameter."""
    function = LockFileEx(request.param)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: SimpleNamespace(LockFileEx=function))
    monkeypatch.setattr(ctypes, "get_last_error", lambda: function.error, raising=False)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(get_osfhandle=lambda descriptor: 1000 + descriptor))
    return function


@pytest.mark.parametrize("windows", [0], indirect=True)
def test_windows_locks_one_byte_at_once_or_not_at_all(windows: LockFileEx) -> None:
    assert lock(3, FAR)
    assert windows.asked == (1003, 3, FAR, 1)  # LOCKFILE_FAIL_IMMEDIATELY and LOCKFILE_EXCLUSIVE_LOCK
    assert lock(3, FAR, shared=True)
    assert windows.asked == (1003, 1, FAR, 1)


@pytest.mark.parametrize("windows", [33], indirect=True)
def test_what_another_one_has_is_no_error(windows: LockFileEx) -> None:
    assert not lock(3, FAR, shared=True)
    assert windows.asked


@pytest.mark.parametrize("windows", [50], indirect=True)  # ERROR_NOT_SUPPORTED
@pytest.mark.usefixtures("windows")
def test_where_there_are_no_locks_that_is_said() -> None:
    with pytest.raises(OSError, match="error 50") as caught:
        lock(3, FAR)
    assert caught.value.errno == errno.ENOLCK
