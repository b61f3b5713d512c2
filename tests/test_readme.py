"""The README promises nothing that does not run: every command of its tour does."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
_SHOWN = README.split("## The tour")[1].split("```")[1]
TOUR = [
    shlex.split(line, comments=True)[1:]
    for line in re.findall(r"^psoas\b.*$", _SHOWN, re.MULTILINE)
    if "--lesson" not in line  # plays for a minute and a half: that is tried with a fake player
    and not line.startswith("psoas record")  # needs somebody who speaks
]
LED = ("practice", "breathe")


@pytest.mark.parametrize("command", TOUR, ids=" ".join)
def test_a_command_of_the_tour_runs(command: list[str], tmp_path: Path) -> None:
    quickly = ["--yes", "--plain", "--speed", "1000"] if command and command[0] in LED else []
    result = subprocess.run(
        [sys.executable, "-m", "psoas_cli", *command, *quickly],
        cwd=tmp_path,  # a file that it makes comes there
        env=os.environ | {"PSOAS_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_the_tour_is_found() -> None:
    assert len(TOUR) > 8
