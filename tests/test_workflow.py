"""The workflows: one runs what the README tells a person to run, on each system, with nothing of others and no rights.

The other makes a release, with the rights that each of its jobs needs and no more.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import release_notes

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


RELEASE = ROOT / ".github" / "workflows" / "release.yml"
JOBS: dict[str, dict[str, Any]] = yaml.load(RELEASE.read_text("utf-8"), yaml.BaseLoader)["jobs"]
OF_PYPA = "pypa/gh-action-pypi-publish@release/v1"  # the branch that PyPI's makers keep for this


def commands(job: str) -> str:
    return "\n".join(step.get("run", "") for step in JOBS[job]["steps"])


def test_a_release_begins_with_a_tag_alone_and_each_job_may_do_its_own_thing_only() -> None:
    whole = yaml.load(RELEASE.read_text("utf-8"), yaml.BaseLoader)
    assert whole["on"] == {"push": {"tags": ["v*"]}}
    assert whole["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read"},
        "programs": {"contents": "read"},
        "publish": {"id-token": "write"},
        "release": {"contents": "write"},
    }
    assert JOBS["publish"]["environment"] == "pypi"
    assert [name for name, job in JOBS.items() if "environment" in job] == ["publish"]


def test_what_may_write_runs_nothing_of_the_repository() -> None:
    for name in ("publish", "release"):
        used = [step.get("uses", "").partition("@")[0] for step in JOBS[name]["steps"]]
        assert "actions/checkout" not in used
        assert not re.search(r"python|pip|bash", commands(name))


def test_a_release_uses_no_version_of_an_action_that_moves_but_that_of_pypi() -> None:
    used = re.findall(r"^ *- uses: (.*)$", RELEASE.read_text("utf-8"), re.MULTILINE)
    assert len(used) == sum("uses" in step for job in JOBS.values() for step in job["steps"])
    fixed = r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [each for each in used if not re.fullmatch(fixed, each)] == [OF_PYPA]


def test_the_distributions_are_built_once_and_all_else_is_made_of_them() -> None:
    assert [name for name in JOBS if "python -m build" in commands(name)] == ["build"]
    assert "twine check --strict" in commands("build")
    assert "tools/make_programs.py dist/*.whl" in commands("programs")
    systems = JOBS["programs"]["strategy"]["matrix"]["system"]
    assert {system.partition("-")[0] for system in systems} == {"ubuntu", "windows", "macos"}
    assert (JOBS["programs"]["needs"], JOBS["publish"]["needs"]) == ("build", ["build", "programs"])
    assert JOBS["release"]["needs"] == "publish"
    assert "all/dist/* all/programs-*/*" in commands("release")


CHANGES = """# Changelog

## [Unreleased]

## [1.1.0] - 2027-01-02

### Added

- A thing.

## [1.0.0] - 2026-12-31

- The first.
"""


def test_the_notes_of_a_release_are_what_the_changelog_says_of_it() -> None:
    assert release_notes.notes("v1.1.0", '__version__ = "1.1.0"\n', CHANGES) == "### Added\n\n- A thing."
    assert release_notes.notes("v1.0.0", '__version__ = "1.0.0"\n', CHANGES) == "- The first."


@pytest.mark.parametrize(
    ("tag", "code", "wrong"),
    [
        ("v1.1.0", "1.0.0", "the code's version is not 1.1.0"),
        ("v1.2.0", "1.2.0", "the changelog has nothing of 1.2.0"),
        ("vUnreleased", "Unreleased", "the changelog has nothing of Unreleased"),
    ],
)
def test_a_tag_that_is_not_the_code_s_or_has_no_changes_makes_no_release(tag: str, code: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        release_notes.notes(tag, f'__version__ = "{code}"\n', CHANGES)
