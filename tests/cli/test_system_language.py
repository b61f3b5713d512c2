"""The language of the whole system: what Windows and macOS are asked for, and what becomes of the answer."""

from __future__ import annotations

import ctypes
import itertools
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import language

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PSOAS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


class Function:
    """A function of a library, which is called as it was declared, or else would cut a pointer in half."""

    argtypes: tuple[type, ...] | None = None
    restype: type | None = ctypes.c_int

    def __init__(self, does: Callable[..., object], *takes: type, returns: type | None) -> None:
        self._does = does
        self._declared = (takes, returns)

    def __call__(self, *given: object) -> object:
        assert ((self.argtypes or ()), self.restype) == self._declared
        return self._does(*given)


def windows(number: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Windows, whose menus are in the language of that *number*."""

    def there(monkeypatch: pytest.MonkeyPatch) -> None:
        chosen = Function(lambda: number, returns=ctypes.c_ushort)
        monkeypatch.setattr(sys, "platform", "win32")
        kernel = SimpleNamespace(GetUserDefaultUILanguage=chosen)
        monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: kernel)

    return there


class CoreFoundation:
    """That library of macOS, with the languages of the settings; what is made is to be released once."""

    ARRAY, FIRST = 1 << 40, 1 << 41

    def __init__(self, languages: tuple[str, ...]) -> None:
        pointer, number = ctypes.c_void_p, ctypes.c_long
        self.kept = 0
        self._languages = languages
        self.CFLocaleCopyPreferredLanguages = Function(self._copy, returns=pointer)
        self.CFArrayGetCount = Function(self._count, pointer, returns=number)
        self.CFArrayGetValueAtIndex = Function(self._at, pointer, number, returns=pointer)
        self.CFStringGetCString = Function(
            self._string, pointer, ctypes.c_char_p, number, ctypes.c_uint32, returns=ctypes.c_ubyte
        )
        self.CFRelease = Function(self._release, pointer, returns=None)

    def _copy(self) -> int:
        self.kept += 1
        return self.ARRAY

    def _count(self, array: int) -> int:
        assert (array, self.kept) == (self.ARRAY, 1)
        return len(self._languages)

    def _at(self, array: int, number: int) -> int:
        assert (array, self.kept) == (self.ARRAY, 1)
        assert number < len(self._languages), "the program would end here"
        return self.FIRST + number

    def _string(self, string: int, into: ctypes.Array[ctypes.c_char], size: int, encoding: int) -> int:
        written = self._languages[string - self.FIRST].encode()
        assert encoding == 0x0800_0100
        assert len(into) == size
        if len(written) >= size:
            return 0
        into.value = written
        return 1

    def _release(self, array: int) -> None:
        assert array == self.ARRAY
        self.kept -= 1


def macos(*languages: str) -> Callable[[pytest.MonkeyPatch], None]:
    """macOS, whose settings name these *languages*, the one that is wanted most first."""

    def there(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "darwin")
        monkeypatch.setattr(ctypes, "CDLL", lambda path: core if "CoreFoundation" in path else None)

    core = CoreFoundation(languages)
    return there


def without(library: str, system: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A system whose library cannot be opened."""

    def missing(*_: object) -> None:
        raise OSError("no such library")

    def there(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(library, missing)

    return there


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (windows(0x0413), "nl"),  # of the Netherlands
        (windows(0x0813), "nl"),  # of Belgium
        (windows(0x0409), "en"),
        (windows(0x0407), "en"),  # German, which psoas does not speak
        (windows(0x1000), "en"),  # a language without a number
        (macos("nl-NL", "en-NL"), "nl"),
        (macos("en-NL", "nl-NL"), "en"),
        (macos("de-BE"), "en"),
        (macos(), "en"),
        (macos("nl-" + "x" * 200), "en"),
        (without("psoas_cli.windows.loaded", "win32"), "en"),
        (without("ctypes.CDLL", "darwin"), "en"),
    ],
    ids=itertools.count(),
)
def test_it_is_that_of_the_system_where_no_variable_says_it(
    monkeypatch: pytest.MonkeyPatch, system: Callable[[pytest.MonkeyPatch], None], expected: str
) -> None:
    with monkeypatch.context() as of_system:
        system(of_system)
        assert language(None, None) == expected


@pytest.mark.parametrize("name", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_a_variable_a_setting_and_an_option_come_first(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with monkeypatch.context() as of_system:
        windows(0x0413)(of_system)
        assert language("en", None) == language(None, "en") == "en"
        of_system.setenv(name, "en_GB.UTF-8")
        assert language(None, None) == "en"


def test_macos_has_back_what_it_made(monkeypatch: pytest.MonkeyPatch) -> None:
    core = CoreFoundation(("nl-NL",))
    with monkeypatch.context() as of_system:
        of_system.setattr(sys, "platform", "darwin")
        of_system.setattr(ctypes, "CDLL", lambda _: core)
        assert language(None, None) == "nl"
    assert core.kept == 0
