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


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    return tmp_path


def warnings_of(content: str, home: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    (home / "t.yaml").write_text(content, "utf-8")
    assert run(["check", str(home / "t.yaml")]) == 0
    return [line.partition("t.yaml:")[2] for line in capsys.readouterr().out.splitlines() if "t.yaml:" in line]


def test_a_written_time_to_move_that_is_short_is_told_with_both_figures(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = warnings_of(HURRIED, home, capsys)
    short = [line for line in said if "is short" in line]
    assert [line.split(" ")[0] for line in short] == ["2:1:", "4:5:", "4:5:", "6:5:"]
    assert [line.split(": ")[3].split(" ")[0] for line in short] == ["10s", "5s", "10s", "12s"]
    assert all("it takes" in line and line.endswith("as auto would give") for line in short)
    assert any("goes on into it" in line for line in said)


def test_a_long_hold_without_silence_is_found_at_the_length_at_which_it_is_long(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [said] = warnings_of(TALKATIVE, home, capsys)  # only at its greatest length it is three minutes
    assert said.startswith("4:5: warning: steps[0]: no silence of half of this hold")
    assert warnings_of(TALKATIVE.replace("max: 3m", "max: 2m50s"), home, capsys) == []


@pytest.mark.parametrize("name", ["yin", "yin-short", "yin-long", "body-scan", "micro-movements", "wind-down"])
def test_the_built_in_practices_leave_time(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", name]) == 0
    assert capsys.readouterr().out == "1 file is good\n"
