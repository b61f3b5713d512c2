"""psoas check, on the time that a file leaves: to move, to speak, to be silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from psoas_cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

HURRIED = """\
title: T
lead-in: 10s
steps:
  - pose: baby-dragon
    between: {leave: 5s, pose: childs-pose, hold: 20s, back: 10s}
  - transition: 12s
  - rest: 3m
    pose: savasana
"""
TALKATIVE = """\
title: T
language: en
steps:
  - name: Sitting
    hold: {typical: 2m, min: 2m, max: 3m}
    say:
      - {at: 33%, text: One}
      - {at: 66%, text: Two}
  - rest: 3m
"""

SHORT_WITH_CARE = """\
title: T
language: en
steps:
  - pose: constructive-rest
    hold: 2m
  - rest: 3m
    pose: savasana
  - transition: 30s
    text: Sit up.
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    return tmp_path


def warnings_of(content: str, home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    (home / "t.yaml").write_text(content, "utf-8")
    assert run(["check", *options, str(home / "t.yaml")]) == 0
    return [
        line.partition("t.yaml:")[2]
        for line in capsys.readouterr().out.splitlines()
        if "t.yaml:" in line and "cannot say" not in line
    ]


def test_a_written_time_to_move_that_is_short_is_told_with_both_figures(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = warnings_of(HURRIED, home, capsys)
    short = [line for line in said if "is short" in line]
    assert [line.split(" ")[0] for line in short] == ["2:1:", "4:5:", "4:5:", "6:5:"]
    assert [line.split(": ")[3].split(" ")[0] for line in short] == ["10s", "5s", "10s", "12s"]
    assert all("it takes" in line and line.endswith("as auto would give") for line in short)
    assert any("runs on into it" in line for line in said)


def test_a_long_hold_without_silence_is_found_at_the_length_at_which_it_is_long(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [said] = warnings_of(TALKATIVE, home, capsys)  # only at its greatest length it is three minutes
    assert said.startswith("4:5: warning: steps[0]: no silence lasts half of this hold")
    assert warnings_of(TALKATIVE.replace("max: 3m", "max: 2m50s"), home, capsys) == []


@pytest.mark.parametrize("name", ["yin", "yin-short", "yin-long", "body-scan", "micro-movements", "wind-down"])
def test_the_built_in_practices_leave_time(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", name]) == 0
    assert capsys.readouterr().out == "1 file checked, no problems\n"


def test_a_fault_that_only_care_brings_about_is_found_with_each_caution_and_names_them_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert warnings_of(SHORT_WITH_CARE, home, capsys) == []
    [said] = warnings_of(SHORT_WITH_CARE, home, capsys, "--all-cares")
    assert said.startswith("8:5: warning: steps[2]: with care for pregnancy, trauma or lying-flat: 30s to move here is")


def test_a_fault_is_found_with_the_care_of_ones_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "config.yaml").write_text("care: [knees, pregnancy]\n", "utf-8")
    [said] = warnings_of(SHORT_WITH_CARE, home, capsys)
    assert ": with care for knees and pregnancy: 30s to move here is short" in said
    (home / "config.yaml").write_text("care: [knees]\n", "utf-8")
    assert warnings_of(SHORT_WITH_CARE, home, capsys) == []


def test_a_fault_that_everybody_hears_is_told_once_without_a_caution(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = SHORT_WITH_CARE.replace("30s", "5s")
    assert warnings_of(content, home, capsys, "--all-cares") == warnings_of(content, home, capsys)


def test_a_practice_of_which_care_leaves_nothing_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = "bow: {name: Bow, hold: 2m, cautions: [neck]}\n"
    (home / "sequences").mkdir()
    (home / "sequences" / "poses.yaml").write_text(own, "utf-8")
    said = warnings_of("title: T\nlanguage: en\nsteps: [{pose: bow, hold: 2m}]\n", home, capsys, "--all-cares")
    assert [line for line in said if "nothing is left of this practice" in line and "with care for neck" in line]


@pytest.mark.parametrize("name", ["yin-short", "constructive-rest"])
def test_the_built_in_practices_leave_time_with_care_too(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--all-cares", name]) == 0
    assert capsys.readouterr().out == "1 file checked, no problems\n"


def test_a_pose_that_care_leaves_out_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plank = "poses: {plank: {name: Plank, hold: 1m, cautions: [neck]}}\n"
    content = f"title: T\nlanguage: en\n{plank}steps:\n  - {{pose: plank}}\n  - {{pose: constructive-rest, hold: 2m}}\n"
    said = warnings_of(content, home, capsys, "--all-cares")
    assert [line for line in said if "left out" in line] == [
        "5:5: warning: steps[0]: with care for neck: Plank is left out: no other pose can replace it"
    ]
