"""What Windows is asked for, so that all that a program started ends with it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pytest

from psoas_cli import windows
from psoas_cli.audio.tts.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable

JOB, PROCESS = 0x1_0000_0004, 0x1_0000_0008
"""Handles, too large for 32 bits."""


class Function:
    """One of the functions, which sees to it that no handle is cut in half; None stands for no handle."""

    argtypes: tuple[type, ...] = ()
    restype: type | None = None

    def __init__(self, answer: Callable[..., int]) -> None:
        self._answer = answer

    def __call__(self, *given: Any) -> int:
        for kind, each in zip(self.argtypes, given, strict=True):
            assert each not in (JOB, PROCESS) or kind is ctypes.c_void_p
        return self._answer(*given)


class Kernel:
    """The functions that Windows has for jobs; the one called *fails* does."""

    def __init__(self, fails: str) -> None:
        self.asked: list[str] = []
        self._fails = fails

    def __getattr__(self, name: str) -> Function:
        def answer(*given: Any) -> int:
            self.asked.append(name)
            if name == "SetInformationJobObject":
                assert (given[1], given[3], given[2]._obj.basic.flags) == (9, 144, 0x2000)
            if name == "AssignProcessToJobObject":
                assert given == (JOB, PROCESS)
            return 0 if name == self._fails else JOB

        return Function(answer)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Kernel:
    there = Kernel(getattr(request, "param", ""))
    monkeypatch.setattr(windows, "loaded", lambda _: there)
    return there


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes are those of 64 bits")
def test_a_job_has_the_process_and_ends_once(kernel: Kernel) -> None:
    job = Job(PROCESS)
    assert kernel.asked == ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
    job.end()
    job.end()
    assert kernel.asked[3:] == ["TerminateJobObject", "CloseHandle"]


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="sizes are those of 64 bits")
@pytest.mark.parametrize(
    "kernel", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"], indirect=True
)
def test_where_there_is_none_nothing_is_kept(kernel: Kernel) -> None:
    with pytest.raises(OSError, match="no job"):
        Job(PROCESS)
    assert kernel.asked[-1] == ("CloseHandle" if len(kernel.asked) > 1 else "CreateJobObjectW")
