"""A lock on one byte of an open file, which the system releases whenever the process ends, by whatever.

The byte need not be there, so that the file can stay empty.
"""

import errno
import sys

_AT_ONCE, _FOR_ONE = 1, 2  # LOCKFILE_FAIL_IMMEDIATELY, LOCKFILE_EXCLUSIVE_LOCK
_IS_LOCKED = 33  # ERROR_LOCK_VIOLATION


def lock(descriptor: int, byte: int, *, shared: bool = False) -> bool:
    """Lock *byte* of the open file; the lock lasts until the file is closed.

    Args:
        descriptor: The file; open for writing, unless the lock is shared.
        byte: Its number, from 0, whether it is there or not.
        shared: Whether others may hold the same lock, each a shared one.

    Returns:
        Whether it is ours now; False if another process has it.

    Raises:
        OSError: There are no locks where the file is.
    """
    if sys.platform == "win32":
        return _lock_on_windows(descriptor, byte, shared=shared)
    import fcntl

    try:
        fcntl.lockf(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB, 1, byte)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            return False
        raise
    return True


def _lock_on_windows(descriptor: int, byte: int, *, shared: bool) -> bool:
    import ctypes
    import importlib

    from psoas_cli.windows import BOOL, DWORD, HANDLE, function, last_error

    class Overlapped(ctypes.Structure):
        """Where the lock begins, as Windows takes it."""

        _fields_ = (
            ("internal", ctypes.c_size_t),
            ("internal_high", ctypes.c_size_t),
            ("offset", DWORD),
            ("offset_high", DWORD),
            ("event", HANDLE),
        )

    begins = ctypes.POINTER(Overlapped)
    lock_file = function("LockFileEx", HANDLE, DWORD, DWORD, DWORD, DWORD, begins, result=BOOL)
    handle = importlib.import_module("msvcrt").get_osfhandle(descriptor)
    begin = Overlapped(offset=byte & 0xFFFF_FFFF, offset_high=byte >> 32)
    if lock_file(handle, _AT_ONCE | (0 if shared else _FOR_ONE), 0, 1, 0, ctypes.byref(begin)):
        return True
    number = last_error()
    if number == _IS_LOCKED:
        return False
    raise OSError(errno.ENOLCK, f"Windows cannot lock it: error {number}")
