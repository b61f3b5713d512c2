"""Care: what the settings say of a person is seen in the plan and before the start; cautions are said in any case."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

    Open = Callable[..., Window]

PSOAS = (sys.executable, "-m", "psoas_cli")
TO_KNEES = "Constructive rest instead of Baby dragon"


@pytest.fixture
def knees(home: Path) -> None:
    """Someone whose knees are sensitive."""
    (home / "config.yaml").write_text("care: [knees]\n", "utf-8")


@pytest.mark.usefixtures("knees")
def test_the_plan_has_no_kneeling_lasts_as_long_and_says_what_changed(psoas: Psoas) -> None:
    plan = json.loads(psoas("show", "yin", "--json").out)
    assert plan["duration_s"] == 2700
    assert not {"baby-dragon", "childs-pose"} & {span["pose"] for span in plan["spans"]}
    assert {"was": "Baby dragon", "now": "Constructive rest", "cautions": ["knees"], "avoided": False} in plan[
        "changes"
    ]
    assert "knees" not in plan["cautions"]
    text = " ".join(psoas("show", "yin").out.split())
    assert f"Changed (sensitive knees): {TO_KNEES};" in text
    assert "Aangepast (gevoelige knieën):" in psoas("show", "yin", "-l", "nl").out
    short = json.loads(psoas("show", "yin", "--json", "-m", "30").out)
    assert short["duration_s"] == 1800
    refused = psoas("show", "yin", "-m", "10")
    assert (refused.code, refused.out) == (2, "")


def test_without_care_nothing_changes_and_the_advice_is_in_the_plan(psoas: Psoas) -> None:
    assert "changes" not in json.loads(psoas("show", "yin", "--json").out)
    text = " ".join(psoas("show", "yin").out.split())
    assert "Sensitive knees: You might pad your knees" in text
    assert "If it lasts, ask a doctor or physiotherapist" in text


@pytest.mark.usefixtures("knees")
def test_a_length_that_is_out_of_reach_with_care_becomes_the_nearest(psoas: Psoas, home: Path) -> None:
    steps = "steps:\n  - {pose: kneeling, hold: 10m}\n  - {pose: constructive-rest, hold: {typical: 2m, max: 4m}}\n"
    own = "poses:\n  kneeling: {name: Kneeling, cautions: [knees]}\n"
    (home / "mine.yaml").write_text(f"title: Mine\nlead-in: 15s\ntransition: 15s\n{own}{steps}", "utf-8")
    plan = psoas("show", "mine.yaml").out
    assert "Changed (sensitive knees): without Kneeling." in plan
    assert "With these changes it lasts 4 minutes, the closest possible." in plan
    (home / "mine.yaml").write_text(f"title: Mine\n{own}steps:\n  - {{pose: kneeling, hold: 10m}}\n", "utf-8")
    nothing = psoas("practice", "mine.yaml", "-y")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("psoas: nothing is left of mine with care for sensitive knees\n")


@pytest.mark.parametrize(
    ("care", "practice", "said"),
    [
        ("knees, back", "yin", "Constructive rest may suit you better now: psoas practice constructive-rest."),
        ("pregnancy, knees", "yin", "Slow breathing may suit you better now"),
        ("pregnancy", "micro-movements", "psoas practice breathing."),
    ],
)
def test_where_one_rest_takes_the_place_of_most_it_says_so_and_names_what_suits_better(
    psoas: Psoas, home: Path, care: str, practice: str, said: str
) -> None:
    (home / "config.yaml").write_text(f"care: [{care}]\n", "utf-8")
    text = " ".join(psoas("show", practice).out.split())
    assert "More than half of the poses become constructive rest." in text
    assert said in text
    assert "Meer dan de helft van de houdingen wordt constructieve rust." in " ".join(
        psoas("show", practice, "-l", "nl").out.split()
    )


@pytest.mark.usefixtures("knees")
def test_where_most_poses_stay_no_other_practice_is_named(psoas: Psoas) -> None:
    assert "More than half" not in psoas("show", "yin-short").out


def seen(window: Window) -> str:
    """All that was written, on one line and without colours."""
    return " ".join(re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", " ", window.output).split())


@pytest.mark.usefixtures("knees")
def test_the_preview_says_what_changed_and_why(window: Open) -> None:
    shown = window(*PSOAS, "practice", "yin", "--mute")
    text = " ".join(shown.see("Enter begin").split())
    assert "Baby dragon → constructive rest (knees)" in text
    assert "45 minutes · ends at " in text
    shown.send("c")
    shown.see("Ask your doctor or midwife first")
    shown.see(r"space more \(1/[23]\)")
    shown.send("\x1b[D")  # to the last page
    shown.see("If it lasts, ask a doctor")
    shown.send("cq")
    assert shown.end() == 0


@pytest.mark.usefixtures("knees")
def test_lines_say_it_before_they_begin() -> None:
    command = [*PSOAS, "practice", "yin", "--plain", "--speed", "1000"]
    lines = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    before, _, practice = lines.partition(" starts in ")
    assert TO_KNEES in before
    assert "Precautions: ask first (5); joints and bones (1); " in before
    assert "Adapted to: sensitive knees.\nCome out slowly if there is sharp pain, tingling or numbness.\n" in before
    assert "hip replacement" not in before.lower()
    assert "Baby dragon" not in practice
    assert "Yin for the psoas: Rehearsed 44 minutes." in practice


def test_cautions_are_one_line_for_who_began_the_same_before(window: Open) -> None:
    begun = window(*PSOAS, "practice", "constructive-rest", "-y", "--mute")
    begun.see("Constructive rest")
    begun.send("qqq")
    assert begun.end() == 0
    for arguments, asks in (
        (["constructive-rest"], False),
        (["constructive-rest", "--no-journal"], True),
        (["wind-down"], True),
    ):
        shown = window(*PSOAS, "practice", *arguments, "--mute")
        text = shown.see("Enter begin")
        assert "Precautions: " in text
        assert ("If one applies, " in text) is asks
        assert "Come out slowly if there is sharp pain, tingling or numbness." in text
        shown.send("q")
        assert shown.end() == 0
    again = window(*PSOAS, "practice", "constructive-rest", "--plain")
    text = again.see("Press Enter to begin")
    assert "If one applies, " not in text
    again.send("q")
    assert again.end() == 0


def test_lines_that_wait_name_the_groups(window: Open) -> None:
    shown = window(*PSOAS, "practice", "yin", "--plain", "-l", "nl", lines=40)
    text = " ".join(shown.see("Druk op Enter").split())
    for said in ("Eerst overleggen: ", "Gewrichten en botten: knieën, ", "Rug, nek en hoofd: ", "Psyche en rust: "):
        assert said in text
    assert "Herken je iets? Kies het in psoas met s: dan past de oefening zich aan." in text
    assert "Leg iets zachts onder je knieën" not in text
    shown.send("q")
    assert shown.end() == 0


@pytest.mark.parametrize(
    ("command", "notice"),
    [
        (["practice", "constructive-rest"], "psoas show constructive-rest says what you can do instead."),
        (["breathe", "box"], "There are pauses in this breathing."),
        (["practice", "constructive-rest", "--breath", "4-7-8"], "There are pauses in this breathing."),
    ],
    ids=["cautions", "retentions", "retentions in holds"],
)
def test_with_yes_notices_are_printed_and_nothing_waits(window: Open, command: list[str], notice: str) -> None:
    shown = window(*PSOAS, *command, "-y", "--speed", "1000")
    assert shown.end() == 0
    before, screen, _ = shown.output.partition("\x1b[?1049h")
    assert screen
    printed = " ".join(before.split())
    assert notice in printed
    assert ("Come out slowly if there is sharp pain, tingling or numbness." in printed) is ("practice" in command)
    assert "Rehearsed" in seen(shown)


def test_a_pattern_with_pauses_says_so_once_and_waits(window: Open) -> None:
    shown = window(*PSOAS, "breathe", "box", "--mute")
    shown.see("There are pauses in this breathing")
    shown.send("\r")
    shown.see("Your own rhythm is just as good")
    shown.send("qqq")
    assert shown.end() == 0
    assert seen(shown).count("There are pauses in this breathing") == 1


def test_grounding_and_an_easier_breath_by_key(window: Open) -> None:
    shown = window(*PSOAS, "breathe", "--ramp", "--mute")
    shown.see("ends ")
    shown.send("n")
    shown.see("Breathe in")
    shown.send("e")
    shown.see("Easier from the next breath on · 3-3")
    shown.send("g")
    shown.see("space resume")
    shown.see("there is no hurry")
    shown.send("qqq")
    assert shown.end() == 0
    plain = window(*PSOAS, "breathe", "4-6", "--mute")
    plain.see("ends ")
    plain.send("n")
    plain.see("Breathe in")
    plain.send("e")
    plain.see("your own is always fine")
    plain.send("\x03")
    assert plain.end() == 130
