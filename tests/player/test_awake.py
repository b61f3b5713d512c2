from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from threading import Event
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.player.awake import Awake, SleepWatch, sleep_clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


@pytest.fixture(autouse=True)
def desktop_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its bus would be; it is not asked here."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")


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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no bus is asked")
def test_without_the_bus_of_a_desktop_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    desktop = Desktop()
    wished(desktop, monkeypatch, True)
    assert desktop.log == []


def test_a_desktop_that_does_not_answer_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop(answers=False)
    wished(desktop, monkeypatch, True)  # were it waited for, this would take ten seconds
    assert desktop.log == []
    desktop._answer.set()


class Computer:
    """A computer on which seconds pass, as its system counts them."""

    def __init__(self) -> None:
        self.on = 1000.0
        self.asleep = 0.0
        self.wall = 1_700_000_000.0

    def run(self, seconds: float) -> None:
        self.on += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        self.asleep += seconds
        self.wall += seconds

    def set_wall(self, seconds: float) -> None:
        self.wall += seconds

    def since_boot(self) -> float:
        return self.on + self.asleep


class Kernel(SimpleNamespace):
    """The two counts of Windows, in 100 ns."""

    def __init__(self, computer: Computer) -> None:
        super().__init__(
            QueryInterruptTime=lambda count: setattr(count._obj, "value", round(computer.since_boot() * 1e7)),
            QueryUnbiasedInterruptTime=lambda count: setattr(count._obj, "value", round(computer.on * 1e7)),
        )


def on_posix(monkeypatch: pytest.MonkeyPatch, computer: Computer, **clocks: Callable[[], float]) -> None:
    names = list(clocks)
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC", "CLOCK_MONOTONIC_RAW", "CLOCK_UPTIME_RAW"):
        monkeypatch.delattr(time, name, raising=False)
        if name in clocks:
            monkeypatch.setattr(time, name, names.index(name), raising=False)
    monkeypatch.setattr(time, "clock_gettime", lambda number: clocks[names[number]](), raising=False)
    monkeypatch.setattr(time, "time", lambda: computer.wall)


def linux(monkeypatch: pytest.MonkeyPatch, computer: Computer) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    awake = lambda: computer.on  # noqa: E731 - a clock
    on_posix(
        monkeypatch, computer, CLOCK_BOOTTIME=computer.since_boot, CLOCK_MONOTONIC=awake, CLOCK_MONOTONIC_RAW=awake
    )


def macos(monkeypatch: pytest.MonkeyPatch, computer: Computer) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    booted = computer.wall - computer.since_boot()
    on_posix(
        monkeypatch,
        computer,
        CLOCK_MONOTONIC=lambda: computer.wall - booted,
        CLOCK_MONOTONIC_RAW=computer.since_boot,
        CLOCK_UPTIME_RAW=lambda: computer.on,
    )


def windows(monkeypatch: pytest.MonkeyPatch, computer: Computer) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    on_posix(monkeypatch, computer)
    kernel = Kernel(computer)
    monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: kernel)


def old_windows(monkeypatch: pytest.MonkeyPatch, computer: Computer) -> None:
    windows(monkeypatch, computer)
    monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: SimpleNamespace())


def another(monkeypatch: pytest.MonkeyPatch, computer: Computer) -> None:
    monkeypatch.setattr(sys, "platform", "haiku")
    on_posix(monkeypatch, computer, CLOCK_MONOTONIC=lambda: computer.on)


@pytest.mark.parametrize(
    ("system", "notices"), [(linux, True), (macos, True), (windows, True), (old_windows, False), (another, False)]
)
def test_sleep_is_noticed_once_and_a_clock_that_is_set_is_not_sleep(
    monkeypatch: pytest.MonkeyPatch,
    system: Callable[[pytest.MonkeyPatch, Computer], None],
    notices: bool,
) -> None:
    computer = Computer()
    with monkeypatch.context() as system_of:
        system(system_of, computer)
        watch = SleepWatch(lambda: computer.on, sleep_clock())
        found = []
        for event in (lambda _: None, computer.set_wall, computer.sleep, lambda _: None, computer.set_wall):
            for seconds in (3.0, 3600.0, -3.0, -3600.0) if event == computer.set_wall else (3.0,):
                planned = computer.on + 0.1
                event(seconds)
                computer.run(0.15)  # a tick is always a little late
                found.append((event == computer.sleep, watch.slept(planned)))
    assert [was for was, _ in found] == [False] * 5 + [True] + [False] * 5
    assert [noticed for _, noticed in found] == [False] * 5 + [notices] + [False] * 5


def test_this_systems_own_sleep_clock_stands_still_while_it_is_awake() -> None:
    clock = sleep_clock()
    begin = clock()
    assert clock() - begin == pytest.approx(0, abs=0.5)
