"""The functions of Windows, as ctypes calls them; only what is needed on Windows alone imports this."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

BOOL, WORD, DWORD, HANDLE = ctypes.c_int32, ctypes.c_uint16, ctypes.c_uint32, ctypes.c_void_p
"""The types of the system's functions, as wide here as there; those of `ctypes.wintypes` are so on Windows alone."""


def function(name: str, *arguments: Any, result: Any = BOOL, library: str = "kernel32") -> Callable[..., Any]:  # noqa: ANN401 - types of ctypes
    """Return the system's function *name*, with the types of its *arguments* and of its *result*.

    Raises:
        OSError, AttributeError: This Windows lacks it, or the library; the latter where this is no Windows.
    """
    found: Any = getattr(loaded(library), name)
    found.argtypes, found.restype = arguments, result
    return found  # type: ignore[no-any-return] # which ctypes makes


@cache
def loaded(library: str) -> Any:  # noqa: ANN401 - a type of ctypes
    """The system's *library*, for us alone: others give its functions types of their own."""
    return getattr(ctypes, "WinDLL")(library, use_last_error=True)  # noqa: B009 - it exists on Windows alone


def last_error() -> int:
    """The number of the error of the function that failed last, in this thread."""
    number: int = getattr(ctypes, "get_last_error")()  # noqa: B009 - it exists on Windows alone
    return number
