"""What comes from a real console of Windows, in a window of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.systems import WINDOWS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not WINDOWS, reason="there are no consoles but on Windows")

_NEW_CONSOLE = 0x10

# Reports keys as a keyboard does, an arrow and a character beyond 16 bits among them, and writes down what they become.
_PROGRAM = """
import ctypes, json, os, signal, struct, sys, threading
from psoas_cli.tty import escape_codes_on, is_terminal, obeys
from psoas_cli.tui.terminal_windows import Terminal

kernel32, told = ctypes.WinDLL("kernel32"), {}
kernel32.GetStdHandle.restype = ctypes.c_void_p
keyboard = ctypes.c_void_p(kernel32.GetStdHandle(-10))

def press(char, key=0):
    for unit in struct.unpack(f"<{len(char.encode('utf-16-le')) // 2}H", char.encode("utf-16-le")) or (0,):
        for down in (1, 0):
            record = struct.pack("<HxxiHHHHI", 1, down, 1, key, 0, unit, 0)
            assert kernel32.WriteConsoleInputW(keyboard, record, 1, ctypes.byref(ctypes.c_uint32()))

with open(os.devnull, "rb") as nothing:
    told["nul"] = is_terminal(nothing.fileno())
told["before"] = obeys(1)
with escape_codes_on(), Terminal() as terminal:
    told["obeys"] = [is_terminal(0), is_terminal(1), obeys(1)]
    terminal.entitle("Sphinx")
    for pressed in (("q", 0x51), ("\u00e9", 0xBA), ("", 0x26), ("\U0001f9d8", 0)):
        press(*pressed)
    told["keys"] = []
    while len(told["keys"]) < 4:
        told["keys"] += terminal.events(None)
    told["nothing"] = terminal.events(0.01)
    threading.Timer(0.05, press, ("w", 0x57)).start()
    told["waited"] = terminal.events(None)
told["after"] = obeys(1)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(told, file)
"""


def test_a_real_console_reports_keys_and_obeys(tmp_path: Path) -> None:
    told = tmp_path / "told"
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(told)], creationflags=_NEW_CONSOLE, check=False, timeout=60
    )
    assert done.returncode == 0
    found = json.loads(told.read_text("utf-8"))
    assert found.pop("after") == found.pop("before")  # a window of Windows Terminal obeys from the start
    assert found == {
        "nul": False,
        "obeys": [True, True, True],
        "keys": ["q", "é", "up", "🧘"],
        "nothing": [],
        "waited": ["w"],
    }
