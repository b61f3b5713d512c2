"""The README promises nothing that does not run: every command of its tour does."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from psoas_cli.practice.model.cautions import CAUTIONS

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
_SHOWN = README.split("## The tour")[1].split("```")[1]
TOUR = [
    shlex.split(line, comments=True)[1:]
    for line in re.findall(r"^psoas\b.*$", _SHOWN, re.MULTILINE)
    if "--lesson" not in line  # plays for a minute and a half: that is tried with a fake player
    and not line.startswith("psoas record")  # needs somebody who speaks
]
LED = ("practice", "breathe")


def run(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "psoas_cli", *command],
        cwd=home,  # a file that it makes comes there
        env=os.environ | {"PSOAS_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", TOUR, ids=" ".join)
def test_a_command_of_the_tour_runs(command: list[str], lived_in: Path, tmp_path: Path) -> None:
    shutil.copytree(lived_in, tmp_path, dirs_exist_ok=True)
    quickly = ["--yes", "--plain", "--speed", "1000"] if command and command[0] in LED else []
    result = run(*command, *quickly, home=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout


def test_its_settings_are_all_there_are_and_so_are_its_cautions(tmp_path: Path) -> None:
    section = README.partition("\n## Settings\n")[2].partition("\n## ")[0]
    shown = re.findall(r"^([a-z-]+):", section.split("```")[1], re.MULTILINE)
    listed = json.loads(run("config", "--json", home=tmp_path).stdout)["settings"]
    assert sorted(shown) == sorted({each["key"] for each in listed} - {"mute"})  # which PSOAS_MUTE is
    cautions = re.findall("`([a-z-]+)`", section.partition("`care` lists")[2].partition("\n\n")[0])
    assert sorted(cautions) == sorted(CAUTIONS)


def test_the_tour_is_found() -> None:
    assert len(TOUR) > 8
