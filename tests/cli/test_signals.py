"""Signals while something is written: none is lost, and a second one always gets through."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from threading import Timer

import pytest
from tests.systems import SIGNALS, signal_called

from psoas_cli.cli.signals import Interruption
from psoas_cli.errors import PsoasError


def left(*came: signal.Signals | Exception, heeds: bool = False) -> int:
    """The exit code if *came* comes to pass while something is written, and what follows it as well."""
    whole = []
    try:
        with Interruption() as interruption:
            for each in came:
                if isinstance(each, Exception):
                    raise each
                signal.raise_signal(each)
            if heeds:
                interruption.heed()
            whole.append("written")
    except KeyboardInterrupt:
        assert whole == [] if heeds or len(came) > 1 else ["written"]
        return 130
    except SystemExit as end:
        assert whole == [] if heeds or len(came) > 1 else ["written"]
        return int(end.code or 0)
    return 0


CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131}


@pytest.mark.parametrize("name", CODES)
def test_a_signal_waits_until_it_is_heeded_and_none_that_comes_after_that_is_lost(name: str) -> None:
    number = signal_called(name)
    assert left(number, heeds=True) == left(number) == CODES[name]


def test_ctrl_break_on_windows_is_as_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(signal, "SIGBREAK"):  # another one stands in for it
        monkeypatch.setattr(signal, "SIGBREAK", signal.SIGUSR1, raising=False)
    ctrl_break: signal.Signals = getattr(signal, "SIGBREAK")  # noqa: B009 - of Windows alone
    assert left(ctrl_break, heeds=True) == left(ctrl_break) == left(ctrl_break, ctrl_break) == 130


def test_a_signal_is_not_lost_where_something_fails_after_it() -> None:
    assert left(signal.SIGTERM, PsoasError("the disk is full")) == 143
    assert left(signal.SIGINT, OSError("the disk is full")) == 130


def test_a_second_one_does_not_wait() -> None:
    assert left(signal.SIGINT, signal.SIGINT) == 130


@SIGNALS
def test_a_second_one_gets_through_a_pipe_that_nobody_reads() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 4096)
    os.set_blocking(writer, True)
    presses = [Timer(delay, os.kill, (os.getpid(), signal.SIGINT)) for delay in (0.02, 0.06)]

    def write() -> None:
        for press in presses:
            press.start()
        os.write(writer, b"one more")

    with pytest.raises(KeyboardInterrupt), Interruption():
        write()
    os.close(reader)
    os.close(writer)


def test_what_a_shell_ignores_stays_ignored() -> None:
    number = signal_called("SIGHUP")
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with Interruption():
            signal.raise_signal(number)
    finally:
        signal.signal(number, before)
