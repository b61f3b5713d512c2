"""Put aside and taken up again in real shells."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import BEGUN, HOLD, LEAD_IN, PSOAS, STOPPED, Open, ended, kept

if TYPE_CHECKING:
    from tests.program import Window

SHELLS = {"bash": ("bash", "--norc", "--noprofile", "-i"), "zsh": ("zsh", "-f", "-i")}
PROMPT = r"prompt\$\s*$"


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, window: Open, monkeypatch: pytest.MonkeyPatch) -> Window:
    """A shell in which the practice was begun and put aside by Ctrl-Z."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    monkeypatch.setenv("PS1", "prompt$ ")
    seen = window(*SHELLS[request.param])
    seen.see(PROMPT)
    seen.send(f"{' '.join(PSOAS)} {BEGUN}\r")
    seen.see(LEAD_IN)
    seen.send(" ")
    seen.see(HOLD)
    seen.send("\x1a")
    seen.see(rf"(?i)(stopped|suspended)[^$]*{PROMPT}")
    return seen


def test_ctrl_z_gives_the_screen_back_and_fg_takes_it_again(shell: Window) -> None:
    assert {"1049": "l", "25": "h", "2026": "l"}.items() <= dict(
        re.findall(r"\x1b\[\?(\d+)([hl])", shell.output)
    ).items()
    shell.send("fg; echo code=$?\r")
    assert "space to resume" in shell.see(STOPPED)
    shell.send("n")
    shell.see("2 of 2")
    shell.send("qqq")
    assert "You practised" in shell.see(rf"code=0\s+{PROMPT}")
    shell.send("exit\r")
    assert ended(shell) == 0
    assert kept() == ["ended"]


def test_sighup_while_put_aside_touches_no_screen(shell: Window) -> None:
    before = len(shell.output)
    # a shell that has not seen the end yet says once more that the job is stopped (148)
    shell.send("kill -HUP %1; s=148; while [ $s = 148 ]; do wait %1; s=$?; done; echo code=$s\r")
    shell.see(rf"code=129\s[^$]*{PROMPT}")
    assert "1049" not in shell.output[before:]
    shell.send("exit\r")
    assert ended(shell) == 0
    assert kept() == ["interrupted"]
