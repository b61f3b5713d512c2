"""`psoas new`: a practice of one's own to begin with, and the editor that it is opened in."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.systems import WINDOWS, has_mode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas


def editor(home: Path, script: str, monkeypatch: pytest.MonkeyPatch, name: str = "EDITOR") -> None:
    """An editor that does what *script* says to the file at `path`."""
    program = home / "my editor.py"
    program.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[-1])\n{script}\n", "utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    command = [sys.executable, str(program), "--wait"]
    monkeypatch.setenv(name, subprocess.list2cmdline(command) if WINDOWS else shlex.join(command))


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_starter_runs_as_it_is_and_is_a_whole_practice(psoas: Psoas, home: Path, lang: str) -> None:
    made = psoas("new", "my-evening", "-l", lang)
    assert (made.code, made.err) == (0, "")
    assert str(home / "sequences" / "my-evening.yaml") in made.out
    assert "psoas practice my-evening" in made.out
    assert has_mode(home / "sequences", 0o700)

    plan = json.loads(psoas("show", "my-evening", "--json", "-l", lang).out)
    spans = plan["spans"]
    assert plan["title"] == "My evening"
    assert {each["side"] for each in spans if each["kind"] == "hold"} == {None, "right", "left"}
    assert {"between", "rebound", "breathe", "rest"} <= {each["kind"] for each in spans}
    assert {"childs-pose"} == {each["pose"] for each in spans if each["kind"] == "between"}
    said = [part for each in plan["cues"] if each["kind"] == "say" for part in each["spoken"]]
    assert {"This side may well be different from the first.", "Deze kant kan best anders zijn dan de eerste."} & set(
        said
    )
    assert {"Bring your blanket with you.", "Neem je deken mee."} & set(said)
    ran = psoas("practice", "my-evening", "--yes", "--plain", "--speed", "1000", "-l", lang)
    assert (ran.code, ran.err) == (0, "")
    assert "my-evening" in psoas("list").out


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_the_starter_offers_to_use_is_good_too(psoas: Psoas, home: Path, lang: str) -> None:
    psoas("new", "mine", "-l", lang)
    file = home / "sequences" / "mine.yaml"
    lines = file.read_text("utf-8").splitlines()
    used = [
        line.replace("# ", "", 1) if line.lstrip().startswith(("# bells:", "# - name", "#   ")) else line
        for line in lines
    ]
    assert used != lines
    file.write_text("\n".join(used), "utf-8")
    assert psoas("show", "mine").code == 0


def test_a_file_that_is_there_stays_as_it_is(psoas: Psoas, home: Path) -> None:
    psoas("new", "mine")
    file = home / "sequences" / "mine.yaml"
    file.write_text("my own words\n", "utf-8")
    for more in ([], ["--edit"], ["--from", "yin"]):
        result = psoas("new", "mine", *more)
        assert (result.code, result.out) == (1, "")
        assert f"psoas: {file} already exists" in result.err
    assert file.read_text("utf-8") == "my own words\n"
    assert os.listdir(home / "sequences") == ["mine.yaml"]  # noqa: PTH208 - nothing else, hidden or not


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "poses", "Poses", "-x", "x.yaml", "\x1b[31m", "x" * 80])
def test_a_name_is_letters_digits_and_hyphens(psoas: Psoas, home: Path, name: str) -> None:
    result = psoas("new", "--", name)
    assert (result.code, result.out) == (2, "")
    assert len(result.err.splitlines()) == 2
    assert "\x1b" not in result.err
    assert not (home / "sequences").exists()


def test_a_copy_keeps_the_comments_and_stands_in_place_of_a_built_in_one(psoas: Psoas, home: Path) -> None:
    made = psoas("new", "yin", "--from", "yin")
    assert "It now replaces the built-in yin" in made.out
    copied = (home / "sequences" / "yin.yaml").read_text("utf-8")
    assert copied.startswith("# Exactly forty-five minutes")
    rows = [line for line in psoas("list").out.splitlines() if line.startswith("yin ")]
    assert len(rows) == 1
    assert "yours, replaces the built-in one" in rows[0]
    assert "van jou, in plaats van de ingebouwde" in psoas("list", "-l", "nl").out
    practices = json.loads(psoas("list", "--json").out)["practices"]
    assert [each["source"] for each in practices if each["id"] == "yin"] == ["yours"]
    again = psoas("new", "mine", "--from", "yinn")
    assert (again.code, "did you mean yin" in again.err) == (2, True)


def test_the_editor_is_waited_for_and_what_was_written_looked_through(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(home, 'path.write_text(path.read_text("utf-8").replace("4m", "5m"), "utf-8")', monkeypatch)
    made = psoas("new", "mine", "--edit")
    assert (made.code, made.err) == (0, "")
    assert "mine.yaml: no problems. Mine, " in made.out
    assert "psoas practice mine" in made.out

    editor(
        home,
        'path.write_text("titel: X\\nsteps:\\n  - pose: savasanna\\n    hold: 3\\n", "utf-8")',
        monkeypatch,
        "VISUAL",
    )
    bad = psoas("new", "other", "--edit")
    assert (bad.code, bad.out) == (2, "")
    assert [line.split("other.yaml:")[1].split(" ")[0] for line in bad.err.splitlines()] == [
        "1:1:",
        "1:1:",
        "3:5:",
        "4:5:",
    ]


def test_an_editor_that_fails_or_is_not_there_loses_nothing(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(home, "sys.exit(3)", monkeypatch)
    failed = psoas("new", "one", "--edit")
    assert failed.code == 1
    assert "failed with exit code 3" in failed.err
    monkeypatch.setenv("EDITOR", "no-such-editor -w")
    assert "EDITOR is set to no-such-editor, which cannot be found" in psoas("new", "two", "--edit").err
    monkeypatch.setenv("EDITOR", '"half')
    assert "unclosed quote in EDITOR" in psoas("new", "three", "--edit").err
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", str(home))
    none = psoas("new", "four", "--edit")
    assert "no editor found" in none.err
    assert str(home / "sequences" / "four.yaml") in none.err
    assert {path.stem for path in (home / "sequences").iterdir()} == {"one", "two", "three", "four"}


def test_where_nothing_can_be_written_that_is_said(psoas: Psoas, home: Path) -> None:
    (home / "sequences").write_text("a file, where a folder is wanted", "utf-8")
    result = psoas("new", "mine")
    assert (result.code, result.out) == (1, "")
    assert "cannot be created" in result.err


def test_settings_are_shown_with_their_origins(psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.yaml").write_text("# mine\nvolume: 40\ncare: [knees]\nnumbers: off\n", "utf-8")
    monkeypatch.setenv("PSOAS_LANG", "nl")
    monkeypatch.setenv("PSOAS_MUTE", "1")
    told = json.loads(psoas("config", "--json").out)
    settings = {each["key"]: (each["value"], each["origin"], each["where"]) for each in told["settings"]}
    assert settings["lang"] == ("nl", "environment", "PSOAS_LANG")
    assert settings["volume"] == (40, "file", 2)
    assert settings["care"] == (["knees"], "file", 3)
    assert settings["numbers"] == (False, "file", 4)
    assert settings["audio"] == ("miniaudio", "default", None)
    assert settings["mute"] == (True, "environment", "PSOAS_MUTE")
    assert told["paths"]["sequences"] == str(home / "sequences")
    shown = psoas("config").out
    assert "config.yaml, regel 2" in shown
    assert str(home / "config.yaml") in shown
    (home / "remembered.json").write_text('{"volume": 25}', "utf-8")
    again = json.loads(psoas("config", "--json").out)["settings"]
    assert [(each["value"], each["origin"]) for each in again if each["key"] == "volume"] == [(25, "remembered")]


def test_settings_that_say_the_same_as_without_them_have_their_line_too(psoas: Psoas, home: Path) -> None:
    (home / "config.yaml").write_text("numbers: on\n", "utf-8")
    told = json.loads(psoas("config", "--json").out)["settings"]
    assert [(each["origin"], each["where"]) for each in told if each["key"] == "numbers"] == [("file", 1)]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_settings_are_begun_edited_and_looked_through(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    editor(home, "pass", monkeypatch)
    assert psoas("config", "--edit", "-l", lang).code == 0
    template = (home / "config.yaml").read_text("utf-8")
    assert psoas("config", "--edit").code == 0
    assert (home / "config.yaml").read_text("utf-8") == template
    # What it offers is good as it stands, and is every setting there is.
    used = "\n".join(line.removeprefix("# ") for line in template.splitlines()[2:])
    (home / "config.yaml").write_text(used, "utf-8")
    told = json.loads(psoas("config", "--json").out)["settings"]
    assert {each["origin"] for each in told} == {"file"}
    editor(home, 'path.write_text("volume: 700\\n", "utf-8")', monkeypatch)
    bad = psoas("config", "--edit")
    assert (bad.code, bad.out) == (2, "")
    assert "config.yaml:1:1: volume:" in bad.err
