"""`psoas doctor` with a real sound server, and with none."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from psoas_cli.audio import decode

if TYPE_CHECKING:
    from tests.rig.conftest import Rig


def sound_line(rig: Rig, *options: str) -> dict[str, Any]:
    env = {name: value for name, value in rig.env.items() if name not in ("SSH_CONNECTION", "PSOAS_MUTE")}
    ran = subprocess.run(
        [sys.executable, "-m", "psoas_cli", "doctor", "--json", *options],
        env=env,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    found: dict[str, Any] = next(check for check in json.loads(ran.stdout)["checks"] if check["id"] == "sound")
    return found


def test_the_doctor_names_the_server_and_its_latency_and_a_bell_is_heard(rig: Rig) -> None:
    begin = time.monotonic()
    found = sound_line(rig)
    assert (found["ok"], found["state"], found["backend"]) == (True, "on", "PulseAudio")
    assert found["server"].startswith("pulseaudio ")
    assert found["devices"]
    assert 0 < found["latency_s"] < 0.5
    heard = rig.recording().between(begin, time.monotonic())
    assert max(heard) > max(decode.load("high-bowl")) / 2


def test_without_a_server_the_doctor_says_what_to_do_and_nothing_else_is_printed(idle_rig: Rig) -> None:
    found = sound_line(idle_rig)
    assert (found["ok"], found["state"]) == (False, "lost")
    assert "sudo " in found["advice"]
