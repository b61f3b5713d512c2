"""The workflow runs what the README tells a person to run, on each system, with nothing of others and no rights."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FILE = ROOT / ".github" / "workflows" / "test.yml"
WORKFLOW: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), yaml.BaseLoader)  # that makes only text
JOB: dict[str, Any] = WORKFLOW["jobs"]["test"]
STEPS: list[dict[str, Any]] = JOB["steps"]
README = (ROOT / "README.md").read_text("utf-8")
INSTALL, TEST = re.findall(r"^python3 -m venv .*(?:practice yin|pytest)$", README, re.MULTILINE)


def run_on(*, windows: bool) -> list[str]:
    """What is run there, in order."""
    left_out = "runner.os != 'Windows'" if windows else "runner.os == 'Windows'"
    return [step["run"] for step in STEPS if "run" in step and step.get("if") != left_out]


def test_it_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert "permissions" not in JOB


def test_each_system_is_tried_with_the_oldest_and_the_newest_python() -> None:
    matrix = JOB["strategy"]["matrix"]
    assert {system.partition("-")[0] for system in matrix["system"]} == {"ubuntu", "windows", "macos"}
    versions = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert matrix["python"] == [versions[0], versions[-1]]
    assert set(matrix) == {"system", "python"}


def test_it_uses_no_action_of_others_and_no_version_that_moves() -> None:
    used = re.findall(r"^ *- uses: (.*)$", FILE.read_text("utf-8"), re.MULTILINE)
    assert len(used) == sum("uses" in step for step in STEPS) > 0
    assert [each for each in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []


@pytest.mark.parametrize("windows", [False, True], ids=["elsewhere", "on Windows"])
def test_it_runs_the_commands_of_the_readme(windows: bool) -> None:
    commands = [INSTALL, TEST]
    if windows:
        commands = [each.replace("python3 ", "python ").replace(".venv/bin/", ".venv\\Scripts\\") for each in commands]
    practised, tested = run_on(windows=windows)
    assert practised == f"{commands[0]} --yes --plain --speed 1000"  # an hour in a few seconds
    assert tested == commands[1]
