"""`psoas list`, `psoas show` and help: what programs and people read."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.systems import SHELL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

SCAN = """
title: {en: Mine, nl: Van mij}
lead-in: 10s
transition: 15s
steps:
  - scan: [Feet, Legs, {text: Belly, for: 20s}]
  - pose: baby-dragon
    hold: 1m
    between: 15s
    say: [{at: 5s, text: {en: "Your [right] foot", nl: "Je [rechter]voet"}}]
  - breathe: box
    cycles: 2
"""


def test_the_list_for_programs(psoas: Psoas, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "mine.yaml").write_text(SCAN, "utf-8")
    odd = "title: Half a minute\nlead-in: 0s\nsteps: [{breathe: box, cycles: 2}]"
    (home / "sequences" / "odd.yaml").write_text(odd, "utf-8")
    practices = {each["id"]: each for each in json.loads(psoas("list", "--json").out)["practices"]}
    keys = ["id", "title", "duration_s", "min_minutes", "max_minutes", "level", "props", "source"]
    assert all(list(each) == keys for each in practices.values())
    assert practices["yin"] | {"props": []} == {
        "id": "yin",
        "title": "Yin for the psoas",
        "duration_s": 2700.0,
        "min_minutes": 30,
        "max_minutes": 91,
        "level": "moderate",
        "props": [],
        "source": "built in",
    }
    assert "blanket" in practices["yin"]["props"]
    assert practices["mine"]["source"] == "yours"
    assert practices["mine"]["level"] is None
    assert (practices["odd"]["min_minutes"], practices["odd"]["max_minutes"]) == (None, None)
    dutch = json.loads(psoas("list", "--json", "-l", "nl").out)["practices"]
    assert "Yin voor de psoas" in [each["title"] for each in dutch]


@pytest.mark.parametrize("arguments", [["yin"], ["yin", "-m", "30"], ["constructive-rest"], ["mine.yaml"]])
def test_the_plan_for_programs(psoas: Psoas, home: Path, arguments: list[str]) -> None:
    (home / "mine.yaml").write_text(SCAN, "utf-8")
    plan: dict[str, Any] = json.loads(psoas("show", *arguments, "--json").out)
    assert list(plan) == ["id", "title", "duration_s", "tail_s", "props", "cautions", "spans", "cues"]
    spans, cues = plan["spans"], plan["cues"]
    of_a_span = ["start_s", "end_s", "kind", "pose", "title", "side", "breath", "stop", "until_key_s"]
    assert all(list(each) == of_a_span for each in spans)
    keys = {"bell": ["at_s", "kind", "sound", "strikes", "text"]}
    keys["say"] = [*keys["bell"], "spoken", "stop"]
    assert all(list(each) == keys[each["kind"]] for each in cues)
    assert spans[0]["start_s"] == 0
    assert [each["end_s"] for each in spans[:-1]] == [each["start_s"] for each in spans[1:]]
    assert spans[-1]["end_s"] == plan["duration_s"]
    assert plan["duration_s"] == {"30": 1800}.get(arguments[-1], plan["duration_s"])
    assert plan["tail_s"] == 26.0
    stops = [each["stop"] for each in spans if each["stop"] is not None]
    assert stops == list(range(1, len(stops) + 1))
    kinds = {"lead-in", "hold", "transition", "between", "back", "rebound", "breathe", "scan", "rest", "quiet"}
    assert {each["kind"] for each in spans} <= kinds
    assert [each["at_s"] for each in cues] == sorted(each["at_s"] for each in cues)
    assert {each["kind"] for each in cues} == {"bell", "say"}
    for cue in cues:
        assert (cue["text"] is None) == (cue["kind"] == "bell")
        assert (cue["strikes"] is None) == (cue["kind"] == "say")
    assert (cues[-1]["at_s"], cues[-1]["sound"], cues[-1]["strikes"]) == (plan["duration_s"], "deep-bowl", 3)


def test_a_plan_says_sides_breaths_and_texts_as_they_will_be(psoas: Psoas, home: Path) -> None:
    (home / "mine.yaml").write_text(SCAN, "utf-8")
    plan = json.loads(psoas("show", "mine.yaml", "--json", "-l", "nl").out)
    assert plan["title"] == "Van mij"
    holds = [each for each in plan["spans"] if each["kind"] == "hold"]
    assert [(each["pose"], each["side"], each["breath"]) for each in holds] == [
        ("baby-dragon", "right", "long-exhale"),
        ("baby-dragon", "left", "long-exhale"),
    ]
    said = [each["text"] for each in plan["cues"]]
    assert "Je rechtervoet" in said
    assert "Je linkervoet" in said
    breaths = [(each["end_s"] - each["start_s"], each["breath"]) for each in plan["spans"] if each["kind"] == "breathe"]
    assert breaths == [(32, "box")]
    silent = json.loads(psoas("show", "mine.yaml", "--json", "--breath", "none").out)
    assert {each["breath"] for each in silent["spans"] if each["kind"] == "hold"} == {None}


@pytest.mark.parametrize(("lang", "length"), [("en", "Length: 45:00"), ("nl", "Duur: 45:00")])
def test_the_plan_for_people(psoas: Psoas, lang: str, length: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = psoas("show", "yin", "-l", lang)
    assert (asked.code, asked.err) == (0, "")
    assert length in asked.out.splitlines()
    plan = json.loads(psoas("show", "yin", "--json", "-l", lang).out)
    stops = [each for each in plan["spans"] if each["stop"]]
    shown = [line.split() for line in asked.out.splitlines()]
    for stop in stops:
        minutes, seconds = divmod(round(stop["start_s"]), 60)
        line = next(each for each in shown if each[:2] == [str(stop["stop"]), f"{minutes}:{seconds:02}"])
        assert stop["title"] in " ".join(line)
    for name in ("PSOAS_LANG", "LC_ALL"):
        monkeypatch.setenv(name, {"en": "en", "nl": "nl"}[lang])
        assert psoas("show", "yin").out == asked.out
        monkeypatch.delenv(name)


def test_a_fitted_plan_says_which_holds_became_how_long(psoas: Psoas, home: Path) -> None:
    assert "instead of" not in psoas("show", "yin").out
    assert "instead of" not in psoas("show", "yin", "-m", "45").out
    out = psoas("show", "yin", "-m", "30").out
    plan: dict[str, Any] = json.loads(psoas("show", "yin", "--json").out)
    fitted: dict[str, Any] = json.loads(psoas("show", "yin", "-m", "30", "--json").out)
    changed = 0
    lines = [line for line in out.splitlines() if re.match(r" *\d* +\d+:\d\d +\d+:\d\d  ", line)]
    for was, now, line in zip(plan["spans"], fitted["spans"], lines, strict=True):
        before, after = (int(each["end_s"] - each["start_s"]) for each in (was, now))
        told = re.search(r"instead of (\d+):(\d\d)(?: ·|$)", line)
        assert bool(told) == (before != after), line
        if told:
            changed += 1
            assert int(told[1]) * 60 + int(told[2]) == before
    assert 10 < changed < len(lines)
    (home / "mine.yaml").write_text(SCAN, "utf-8")
    dutch = psoas("show", "mine.yaml", "-m", "6", "-l", "nl").out
    assert re.search(r"1 +0:10 +0:40  Bodyscan · in plaats van 0:30", dutch)


def test_a_scan_is_one_line_with_all_of_its_length(psoas: Psoas, home: Path) -> None:
    (home / "mine.yaml").write_text(SCAN, "utf-8")
    lines = [line.split() for line in psoas("show", "mine.yaml").out.splitlines()]
    assert [line for line in lines if "scan" in line] == [["1", "0:10", "0:30", "Body", "scan"]]


def test_without_a_command_outside_a_terminal_the_practices_are_listed(psoas: Psoas) -> None:
    assert psoas() == psoas("list")
    assert {"constructive-rest", "yin"} <= {line.split()[0] for line in psoas().out.splitlines()}
    assert "4-7-8" in psoas("breathe", "--list").out
    assert psoas("--version").out.startswith("psoas ")


def test_bold_is_for_terminals_unless_asked_for_or_forbidden(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in psoas("show", "yin").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1m" in psoas("show", "yin").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in psoas("show", "yin").out


def test_a_narrow_window_breaks_words_off_nowhere(psoas: Psoas, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = psoas("show", "yin").out
    monkeypatch.setenv("COLUMNS", "40")
    narrow = psoas("show", "yin").out
    assert narrow.split() == wide.split()
    assert all(len(line) <= 40 for line in narrow.split("\n\n")[1].splitlines())


HOW = "-l --lang -m --minutes --mute --sound --volume --quiet --breath-sound --plain --no-motion --speed -y --yes"

FILE = "-o --output --force --breathe -c --cycles --ramp"


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("practice", f"{HOW} --from --breath"),
        ("breathe", f"{HOW} -c --cycles --ramp --list"),
        ("render", f"{FILE} -m --minutes -l --lang --breath --breath-sound --quiet --volume"),
        ("list", "-l --lang --json"),
        ("show", "-m --minutes -l --lang --breath --json --html --force"),
        ("new", "--from --edit -l --lang"),
        ("share", "-o --output --force"),
        ("add", "--name -y --yes"),
        ("config", "--edit --json -l --lang"),
    ],
)
def test_help_has_every_option_and_examples(psoas: Psoas, command: str, options: str) -> None:
    shown = psoas(command, "--help")
    assert (shown.code, shown.err) == (0, "")
    words = shown.out.replace(",", " ").split()
    assert set(options.split()) - set(words) == set()
    assert f"  psoas {command} " in shown.out
    assert f" {command} " in psoas("-h").out


def test_nothing_is_imported_before_it_is_needed() -> None:
    heavy = "{'pydantic', 'numpy', 'miniaudio', 'wakepy', 'rich', 'asyncio', 'sqlite3'}"
    script = (
        "import sys; from psoas_cli.main import run\n"
        "assert run(['list']) == run(['show', 'yin']) == 0\n"
        f"print({heavy} & set(sys.modules), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.stderr == "set()\n"


@SHELL
def test_a_plan_is_shown_of_what_comes_through_a_pipe(home: Path) -> None:
    """As `psoas show <(cat mine.yaml)`, `cat mine.yaml | psoas show -`, and so on; sounds lie in this folder."""
    (home / "mine.yaml").write_text("title: Mine\nsteps: [{rest: 3m}]\nbells: {open: ./gong.wav}\n", "utf-8")
    psoas = f"{sys.executable} -m psoas_cli"
    for line in (
        f"{psoas} show <(cat mine.yaml)",
        f"cat mine.yaml | {psoas} show -",
        f"{psoas} show /dev/stdin < mine.yaml",
        f"{psoas} new another --from <(cat mine.yaml)",
        f"cat mine.yaml | {psoas} share - -o shared.yaml",
    ):
        done = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, check=False, timeout=20)
        assert (done.returncode, done.stderr) == (0, ""), line
    assert (home / "sequences" / "another.yaml").read_text("utf-8") == (home / "mine.yaml").read_text("utf-8")
    line = f"{psoas} check - < mine.yaml"
    checked = subprocess.run(["/bin/bash", "-c", line], capture_output=True, text=True, check=False, timeout=20)
    assert "/dev/stdin:3:9: bells.open: gong.wav cannot be read" in checked.stdout


OPEN = """
title: Open
steps:
  - pose: dragon
    hold: {typical: 2m, max: 8m, until-key: true}
  - pose: sphinx
    hold: 2m
    rebound: {hold: {typical: 1m, until-key: true}}
  - rest: {typical: 4m, until-key: true}
"""


def test_an_open_hold_is_planned_with_its_typical_length_and_says_that_it_is_open(psoas: Psoas, home: Path) -> None:
    (home / "open.yaml").write_text(OPEN, "utf-8")
    shown = psoas("show", "open.yaml", "--lang", "en").out
    assert "2:00  Dragon, flying high, right foot forward · first of two sides · open, at most 8:00" in shown
    assert shown.count("open, at most") == 3, "not the second side"
    assert "4:00  Rest · open, at most 15:00" in shown
    plain = psoas("show", "open.yaml", "--lang", "nl").out
    assert "open, hoogstens 8:00" in plain
    spans = json.loads(psoas("show", "open.yaml", "--json").out)["spans"]
    assert [span["until_key_s"] for span in spans if span["until_key_s"]] == [480.0, 600.0, 900.0]
    page = psoas("show", "open.yaml", "--html", "-", "--lang", "en").out
    assert "open, at most 8:00" in page
