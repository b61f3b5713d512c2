"""`psoas voices` with a real voice and a real sound server: its lines are heard, as loud as they were made."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio.loudness import integrated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rig.conftest import Rig


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
def test_a_line_in_each_language_is_heard(rig: Rig, tmp_path: Path) -> None:
    env = {name: value for name, value in rig.env.items() if name not in ("SSH_CONNECTION", "PSOAS_MUTE")}
    begin = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "psoas_cli", "voices", "--rate", "300"],
        env=env | {"PSOAS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.rstrip().endswith("espeak-ng: Ga liggen wanneer je wilt. Minder mag altijd.")
    heard = rig.recording().between(begin, time.monotonic())
    assert integrated(heard) == pytest.approx(-20, abs=1.5)
    assert list((tmp_path / "speech").iterdir())
