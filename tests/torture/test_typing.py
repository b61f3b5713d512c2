"""Keys as no hand types them: pastes, and sequences in pieces over a slow line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.torture.conftest import HOLD, STAGES, Open, at, ended

if TYPE_CHECKING:
    import pytest

PASTED = ("q \r\ng?np+-i\x1b[C\x1b" + "Lorem ipsum é ") * 400  # more than 10,000 characters


def test_a_paste_of_10000_characters_is_no_keys(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    seen.send(f"\x1b[200~{PASTED}\x1b[201~ ")
    assert "Lie" in seen.see("space to resume")
    seen.send("qqq")
    assert ended(seen) == 0


def test_a_paste_of_10000_characters_without_brackets_ends_well(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    seen.send(PASTED + "q" * 10)  # wherever it has come to, these lead out of it
    assert ended(seen) == 0


def test_ctrl_c_in_a_paste_is_ctrl_c(window: Open) -> None:
    # it is the line that knows it, and not the program: a terminal that cares takes it out
    seen = at(STAGES["hold"], window)
    seen.send(f"\x1b[200~{PASTED}\x03{PASTED}\x1b[201~")
    assert ended(seen) == 130


def test_an_arrow_in_pieces_over_a_slow_line_is_an_arrow_and_esc_closes_only_help(
    window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    seen = at(STAGES["hold"], window)
    seen.send("?")
    seen.see("end gently")
    seen.send("\x1b")
    seen.see(HOLD)
    for byte in "\x1b[C":
        seen.send(byte)
        time.sleep(0.3)  # that they come apart is what is tested
    seen.see("2 of 2")
    seen.send("qqq")
    assert ended(seen) == 0
