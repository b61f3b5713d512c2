"""The language that a person chose for the whole system, where it is not a variable that says so: Windows, macOS."""

import sys
from contextlib import suppress

_CORE_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_UTF_8 = 0x0800_0100  # kCFStringEncodingUTF8
_LONGEST = 100  # bytes of a language's name


def system_language() -> str:
    """The name of that language, as a locale begins: `nl_NL`, `nl-BE`; empty where there is none, or no such choice."""
    with suppress(OSError, AttributeError):  # a system that lacks the function, or the library
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "darwin":
            return _of_macos()
    return ""


def _of_windows() -> str:
    """The language of Windows's own menus.

    Raises:
        OSError, AttributeError: It cannot be asked.
    """
    import locale

    from psoas_cli.windows import WORD, function

    return locale.windows_locale.get(function("GetUserDefaultUILanguage", result=WORD)(), "")


def _of_macos() -> str:
    """The first of the languages in the system's settings; the program `defaults` knows it too, and is slow.

    Raises:
        OSError, AttributeError: It cannot be asked.
    """
    import ctypes

    pointer, number = ctypes.c_void_p, ctypes.c_long
    core = ctypes.CDLL(_CORE_FOUNDATION)
    core.CFLocaleCopyPreferredLanguages.argtypes, core.CFLocaleCopyPreferredLanguages.restype = (), pointer
    core.CFArrayGetCount.argtypes, core.CFArrayGetCount.restype = (pointer,), number
    core.CFArrayGetValueAtIndex.argtypes, core.CFArrayGetValueAtIndex.restype = (pointer, number), pointer
    core.CFStringGetCString.argtypes = (pointer, ctypes.c_char_p, number, ctypes.c_uint32)
    core.CFStringGetCString.restype = ctypes.c_ubyte
    core.CFRelease.argtypes, core.CFRelease.restype = (pointer,), None
    if not (languages := core.CFLocaleCopyPreferredLanguages()):
        return ""
    try:
        written = ctypes.create_string_buffer(_LONGEST)
        if not core.CFArrayGetCount(languages):
            return ""
        first = core.CFArrayGetValueAtIndex(languages, 0)
        return written.value.decode() if core.CFStringGetCString(first, written, _LONGEST, _UTF_8) else ""
    finally:
        core.CFRelease(languages)
