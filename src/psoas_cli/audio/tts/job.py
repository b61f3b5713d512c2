"""A job, as Windows calls it: a program and all that it starts, which end together; elsewhere a group does that."""

import ctypes

from psoas_cli.windows import BOOL, DWORD, HANDLE, function

_LIMITS = 9  # JobObjectExtendedLimitInformation
_END_WITH_IT = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", DWORD),
        ("smallest", ctypes.c_size_t),
        ("largest", ctypes.c_size_t),
        ("processes", DWORD),
        ("affinity", ctypes.c_size_t),
        ("priority", DWORD),
        ("scheduling", DWORD),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("counts", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("process_peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    )


class Job:
    """The job of the process with that *handle*, which has just begun; it also ends if psoas is ended by force.

    Raises:
        OSError: There are no more, or the process has ended.
    """

    def __init__(self, process: int) -> None:
        self._handle: int | None = function("CreateJobObjectW", HANDLE, HANDLE, result=HANDLE)(None, None)
        limits = _Extended(basic=_Basic(flags=_END_WITH_IT))
        limited = function("SetInformationJobObject", HANDLE, ctypes.c_int, ctypes.POINTER(_Extended), DWORD)
        taken = function("AssignProcessToJobObject", HANDLE, HANDLE)
        if not (
            self._handle
            and limited(self._handle, _LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            and taken(self._handle, process)
        ):
            self.end()
            raise OSError("Windows makes no job of it")

    def end(self) -> None:
        """End all that is in it at once, unless that has been done."""
        if self._handle:
            function("TerminateJobObject", HANDLE, DWORD, result=BOOL)(self._handle, 1)
            function("CloseHandle", HANDLE)(self._handle)
            self._handle = None
