"""`psoas practice` in a real terminal: led to its end, left in every way, and the terminal is as it was."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas, Window

PSOAS = (sys.executable, "-m", "psoas_cli")
PRACTICE = (*PSOAS, "practice", "yin", "-y", "--mute")
BOOM = """
import sys, psoas_cli.player.session as session
from psoas_cli.main import main
def boom(*_):
    raise RuntimeError("boom")
session.view_at, sys.argv = boom, ["psoas", "practice", "yin", "-y", "--mute"]
main()
"""

Open = Callable[..., "Window"]


def test_a_practice_to_its_end(window: Open) -> None:
    seen = window(*PSOAS, "practice", "constructive-rest", "-y", "--speed", "200", "--mute")
    assert seen.end() == 0
    assert "Come onto your back" in seen.output
    assert seen.text.strip() == "Constructive rest: Rehearsed 9 minutes."


def test_a_practice_that_comes_through_a_pipe_has_keys_all_the_same(window: Open, home: Path) -> None:
    (home / "mine.yaml").write_text("title: Mine\nlanguage: en\nsteps: [{rest: 3m}]\n", "utf-8")
    seen = window("/bin/sh", "-c", f"cat mine.yaml | {sys.executable} -m psoas_cli practice - --mute")
    seen.see("Enter begin")
    seen.send("\r")
    seen.see("q end")
    seen.send("?")
    seen.see(r"\? back")
    seen.child.sendintr()
    assert seen.end() in (130, -2)  # the shell ends as its last command does


def test_a_bug_is_reported_on_the_screen_that_stays(window: Open) -> None:
    seen = window(sys.executable, "-c", BOOM, lines=60)
    assert seen.end() == 1
    assert "RuntimeError: boom" in seen.text
    assert "boom" not in seen.output.split("\x1b[?1049l")[0]


def test_the_preview_shows_what_is_to_come_and_waits(window: Open) -> None:
    seen = window(*PSOAS, "practice", "yin", "--mute", "-l", "nl")
    text = seen.see("Enter begint")
    for said in ("Yin voor de psoas", "45 minuten · klaar om ", "Binnen handbereik: ", "Babydraak", "Let op bij: "):
        assert said in text
    seen.send("i")
    seen.see("Erin")
    seen.send("i")
    seen.see("Enter begint")
    seen.send("q")
    assert seen.end() == 0
    assert seen.text.strip() == ""


def test_the_preview_names_the_bed_that_is_asked_for(window: Open, home: Path) -> None:
    (home / "config.yaml").write_text("bed: {sound: ocean, level: -42}\n", "utf-8")
    for more, said in (((), "Klanktapijt: zee"), (("--bed", "brown"), "Klanktapijt: bruine ruis")):
        seen = window(*PSOAS, "practice", "yin", "--mute", "-l", "nl", *more)
        assert said in " ".join(seen.see("Enter begint").split())
        seen.send("q")
        assert seen.end() == 0
    for silent in (("--bed", "none"), ("--quiet",)):
        seen = window(*PSOAS, "practice", "yin", "--mute", "-l", "nl", *silent)
        assert "Klanktapijt" not in seen.see("Enter begint")
        seen.send("q")
        assert seen.end() == 0


def test_a_bed_that_is_not_there_is_said_before_the_practice(psoas: Psoas) -> None:
    result = psoas("practice", "yin", "--yes", "--mute", "--bed", "oceaan")
    assert result.code == 2
    assert 'there is no bed called "oceaan"' in result.err
    assert "ocean, brown, drone, none" in result.err


def test_enter_begins_and_what_is_pasted_are_no_keys(window: Open) -> None:
    seen = window(*PSOAS, "practice", "yin", "--mute")
    seen.see("Enter begin")
    seen.send("\x1b[200~q\rq\x1b[201~\r")
    seen.see("0:5[0-9]|█")
    seen.send(" ")
    seen.see("4:[0-9]+")  # it begins at once
    seen.send(" ")
    seen.see("space to resume")
    seen.send("?")
    seen.see("end gently")
    seen.send("\x1bqqq")
    assert seen.end() == 0


def test_every_size_shows_the_practice(window: Open) -> None:
    seen = window(*PRACTICE)
    seen.see("Knees bent, feet flat")
    for columns, lines, shown in (
        (20, 5, "Const"),
        (120, 40, "Knees"),
        (1, 1, "."),
        (40, 12, "rest"),
        (80, 24, "Knees"),
    ):
        seen.resize(columns, lines)
        seen.see(shown)
    seen.send("qqq")
    assert seen.end() == 0


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_outside_a_terminal_there_are_lines_and_nothing_waits(
    home: Path, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    with (home / "out").open("w", encoding="utf-8") as out:
        result = subprocess.run(
            [*PSOAS, "practice", "constructive-rest", "--speed", "1000"],
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    written = (home / "out").read_text("utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert "\x1b" not in written
    assert "\nRest, 1 minute 30 seconds.\n" in written
    assert written.count("No sound while rehearsing faster") == 1
    assert written.endswith("The practice is over. Take your time.\nConstructive rest: Rehearsed 9 minutes.\n")


def test_a_dumb_terminal_gets_lines_and_waits_for_enter(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    seen = window(*PSOAS, "practice", "constructive-rest", "--speed", "1000")
    seen.see("Press Enter to begin")
    seen.send("\r")
    assert seen.end() == 0
    assert not re.search(r"\x1b", seen.output)
    assert "Rehearsed 9 minutes" in seen.text
    left = window(*PSOAS, "practice", "constructive-rest", "--plain", columns=24)
    left.see("lists the keys")
    assert left.text.rstrip().endswith("Press Enter to begin, or\nq to quit. The question\nmark lists the keys.")
    left.send("q")
    assert left.end() == 0


def test_breathing_begins_by_itself_and_a_volume_is_remembered(window: Open, home: Path) -> None:
    seen = window(*PSOAS, "breathe", "--mute", "-l", "nl")
    seen.see("Adem in")
    seen.send("\x1b[A")
    seen.see("Volume 75")
    seen.send("qqq")
    assert seen.end() == 0
    assert (home / "remembered.json").read_text("utf-8") == '{"volume": 75}\n'
    again = window(*PSOAS, "practice", "yin")
    again.see("Enter begin")
    again.see("volume 75|no device answers")
    again.send("q")
    assert again.end() == 0


def test_rehearsing_does_not_touch_the_remembered_volume(window: Open, home: Path) -> None:
    seen = window(*PSOAS, "practice", "yin", "-y", "--speed", "2")
    seen.see("Knees bent, feet flat")
    seen.send("\x1b[Am")
    seen.see("No sound while rehearsing faster")
    seen.send("qqq")
    assert seen.end() == 0
    assert not (home / "remembered.json").exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["Sfinx", "SPHINX"])
def test_a_practice_starts_at_a_pose_by_what_the_screen_calls_it(name: str) -> None:
    command = [*PSOAS, "practice", "yin", "--from", name, "--plain", "-y", "--speed", "1000", "-l", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1].startswith("From Sphinx: ")
