from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from psoas_cli.player.awake import Awake

if TYPE_CHECKING:
    from collections.abc import Iterator


class Desktop(ModuleType):
    """A desktop that is asked to stay awake, through a module of the name wakepy."""

    def __init__(self, *, works: bool = True, answers: bool = True) -> None:
        super().__init__("wakepy")
        self.log: list[str] = []
        self._works = works
        self._answer = Event()
        if answers:
            self._answer.set()

    @property
    def keep(self) -> Desktop:
        return self

    @contextmanager
    def presenting(self, on_fail: str) -> Iterator[None]:
        assert on_fail == "pass"
        self._answer.wait(10)
        self.log.append("awake")
        if not self._works:
            raise RuntimeError("no bus")
        yield
        self.log.append("free")


def wished(desktop: ModuleType | None, monkeypatch: pytest.MonkeyPatch, *wishes: bool) -> None:
    """Wish in turn, as a session does at each frame, and let go."""
    monkeypatch.setitem(sys.modules, "wakepy", desktop)
    awake = Awake()
    for wish in wishes:
        awake.want(wish)
    awake.release()


@pytest.mark.parametrize(
    ("wishes", "log"),
    [
        ([True, True, True], ["awake", "free"]),
        ([True, False, False, True], ["awake", "free", "awake", "free"]),
        ([True, False], ["awake", "free"]),
        ([False], []),
        ([], []),
    ],
)
def test_it_is_kept_awake_exactly_while_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, wishes: list[bool], log: list[str]
) -> None:
    desktop = Desktop()
    wished(desktop, monkeypatch, *wishes)
    assert desktop.log == log


def test_where_that_is_not_possible_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    desktop = Desktop(works=False)
    wished(desktop, monkeypatch, True, False, True)
    assert desktop.log == ["awake", "awake"]
    wished(None, monkeypatch, True)  # it is not even installed
    assert capfd.readouterr() == ("", "")


def test_a_desktop_that_does_not_answer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop(answers=False)
    wished(desktop, monkeypatch, True)  # were it waited for, this would take ten seconds
    assert desktop.log == []
    desktop._answer.set()
