"""Keys as no hand types them: pastes, and sequences in pieces over a slow line."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from tests.torture.conftest import BEGUN, HOLD, PSOAS, RAN, SHORT, STAGES, Open, at, ended, kept

if TYPE_CHECKING:
    from pathlib import Path

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


def test_a_paste_that_never_ends_blocks_no_key_for_long(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    seen.send("\x1b[200~q q")
    time.sleep(2.1)  # that nothing comes is what is tested
    seen.send(" ")
    assert "Lie" in seen.see("space resume")
    seen.send("qqq")
    assert ended(seen) == 0


def test_with_caps_lock_every_key_means_the_same(window: Open) -> None:
    seen = at(STAGES["hold"], window)
    for key, shown in (
        ("G", "there is no hurry"),
        (" ", "resume now"),
        ("N", "2 of 2"),
        ("I", "i back"),
        ("I", "when you like"),
    ):
        seen.send(key)
        seen.see(shown)
    seen.send("Q")
    seen.see("stay a while longer")
    seen.send("QQ")
    assert ended(seen) == 0


@pytest.mark.parametrize(
    ("command", "shown"), [("practice short.yaml", "Enter begin"), ("practice short.yaml --plain", "Press Enter")]
)
def test_what_is_typed_before_a_question_is_seen_is_no_answer_to_it(window: Open, command: str, shown: str) -> None:
    seen = window(*PSOAS, *command.split())
    seen.send("\r")
    seen.see(shown)
    seen.send("q")
    assert ended(seen) == 0
    assert kept() == []


def test_what_is_typed_along_with_the_key_that_begins_is_for_the_practice(window: Open, home: Path) -> None:
    (home / "config.yaml").write_text("audio: none\n", "utf-8")
    seen = window(*PSOAS, "practice", "short.yaml")
    seen.see("Enter begin")
    seen.send("\r   ")  # begin, settle in no longer, pause, and do not
    seen.see(HOLD)
    seen.send("qqq")
    assert ended(seen) == 0


def test_keys_pressed_while_the_device_is_opened_count(window: Open, home: Path) -> None:
    (home / "short.yaml").write_text(SHORT.replace("60s", "0s"), "utf-8")
    opening = "lambda _: 'opening' if time.monotonic() < began + 1 else 'off'"
    patch = "import psoas_cli.audio.silent_sink as sink, time; began = time.monotonic(); "
    patch += f"sink.SilentSink.state = property({opening})"
    seen = window(sys.executable, "-c", RAN.format(patch), *BEGUN.split())
    seen.look(lambda: "\x1b[?1049h" in seen.output, "the screen")
    seen.send(" ")
    seen.see("space resume")
    seen.send("qqq")
    assert ended(seen) == 0
