"""Every signal at every stage: it ends as a shell expects, or goes on, and the terminal is whole."""

from __future__ import annotations

import random
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from tests.systems import NO_TERMINALS
from tests.torture.conftest import BEGUN, LEAD_IN, RAN, STAGES, Open, at, ended, kept, press

pytest.importorskip("termios", reason=NO_TERMINALS)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.program import Window


def key(text: str) -> Callable[[Window], None]:
    return lambda seen: seen.send(text)


def kill(number: signal.Signals) -> Callable[[Window], None]:
    return lambda seen: seen.child.kill(number)


ENDINGS = {
    "Ctrl-C": (key("\x03"), 130),
    "SIGTERM": (kill(signal.SIGTERM), 143),
    "SIGHUP": (kill(signal.SIGHUP), 129),
    "Ctrl-backslash": (key("\x1c"), 131),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "asking"])
def test_it_ends(window: Open, stage: str, ending: str) -> None:
    send, code = ENDINGS[ending]
    seen = at(STAGES[stage], window)
    send(seen)
    assert ended(seen) == code
    assert kept() == [STAGES[stage].kept] * bool(STAGES[stage].kept)


@pytest.mark.parametrize(
    ("ending", "number"),
    [(key("\x1c"), signal.SIGQUIT), (kill(signal.SIGUSR1), signal.SIGUSR1)],
    ids=["Ctrl-backslash", "SIGUSR1"],
)
def test_it_ends_also_by_what_nobody_should_send(
    window: Open, ending: Callable[[Window], None], number: signal.Signals
) -> None:
    seen = at(STAGES["hold"], window)
    ending(seen)
    assert ended(seen) == 128 + number
    assert kept() == ["interrupted"]


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "lines"])
def test_it_goes_on_after_sigpipe_sigwinch_sigtstp_and_sigstop(window: Open, stage: str) -> None:
    there = STAGES[stage]
    seen = at(there, window)
    seen.child.kill(signal.SIGPIPE)
    again(seen, there.shown, signal.SIGWINCH)
    again(seen, there.stopped, signal.SIGTSTP)  # no shell could continue it: it goes on
    again(seen, there.stopped, signal.SIGSTOP, signal.SIGCONT)
    press(seen, there.back)
    assert ended(seen) == 0


def again(seen: Window, shown: str, *numbers: signal.Signals) -> None:
    """Send signals after which all is painted anew."""
    seen.screen.reset()
    for number in numbers:
        seen.child.kill(number)
    seen.see(shown)


def test_ctrl_c_while_starting(window: Open) -> None:
    strike = "import builtins, signal; there = __import__; builtins.__import__ = lambda name, *more: {}"
    patch = strike.format("signal.raise_signal(signal.SIGINT) if name == 'typer' else there(name, *more)")
    assert ended(window(sys.executable, "-c", RAN.format(patch), *BEGUN.split())) == 130


def test_ctrl_c_before_the_summary(window: Open) -> None:
    strike = "signal.raise_signal(signal.SIGINT)"
    patch = f"import psoas_cli.player.performance as performing, signal; performing._summary = lambda *_: {strike}"
    seen = window(sys.executable, "-c", RAN.format(patch), *BEGUN.split())
    seen.see(LEAD_IN)
    seen.send("qqq")
    assert ended(seen) == 130
    assert kept() == ["ended"]


def test_ctrl_c_twice_and_once_more(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    seen.send("\x03\x03")
    seen.look(lambda: "\x1b[?1049l" in seen.output, "the screen given back")
    seen.send("\x03")
    assert ended(seen) == 130
    assert kept() == ["interrupted"]


def test_sigterm_while_resizing(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    sizes = random.Random(1)
    for i in range(60):
        seen.child.setwinsize(sizes.randint(1, 60), sizes.randint(1, 200))
        if i == 20:
            seen.child.kill(signal.SIGTERM)
    assert ended(seen) == 143
    assert kept() == ["interrupted"]


def test_sighup_while_stopped(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    for number in (signal.SIGSTOP, signal.SIGHUP, signal.SIGCONT):
        seen.child.kill(number)
    assert ended(seen) == 129
    assert kept() == ["interrupted"]
