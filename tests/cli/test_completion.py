"""Completion in the real shells: what a person gets for the tab key."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.systems import NO_TERMINALS, make_link, make_pipe

pytest.importorskip("termios", reason=NO_TERMINALS)

import pexpect

LINES = {
    "psoas practice yi": {"yin", "yin-long", "yin-short", "yin-of-mine"},
    "psoas poses sa": {"saddle", "savasana", "sa-of-mine"},
    "psoas show yin --avoid sphinx,sad": {"sphinx,saddle"},
    "psoas breathe co": {"coherent"},
    "psoas practice --bed ": {"ocean", "brown", "drone", "none"},
    "psoas bells ": {"deep-bowl", "high-bowl", "marimba", "soft-stroke", "tingsha", "wood-block"},
    "psoas show yin -l ": {"en", "nl"},
    "psoas practice --steps re": {"reclined-butterfly", "reclining-twist", "rest"},
}
EACH = pytest.mark.parametrize("line", LINES)


@pytest.fixture(autouse=True)
def ready(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A practice and a pose of one's own, and psoas on the path."""
    (home / "sequences").mkdir(exist_ok=True)
    (home / "sequences" / "yin-of-mine.yaml").write_text("this: is not looked into\n", "utf-8")
    (home / "sequences" / "poses.yaml").write_text("# mine\nsa-of-mine:\n  name: Mine\n", "utf-8")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def script_for(shell: str) -> str:
    """The script that psoas gives to *shell*."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    return run(["psoas"], _PSOAS_COMPLETE=f"source_{shell}")


def run(command: list[str], **more: str) -> str:
    return subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=True).stdout


BASH = """
    eval "$SCRIPT"
    read -ra COMP_WORDS <<< "$LINE"
    [[ $LINE == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
    _psoas_completion psoas
    printf '%s\\n' "${COMPREPLY[@]}"
"""


@EACH
def test_bash(line: str) -> None:
    script = script_for("bash")
    offered = run(["bash", "--norc", "-c", BASH], SCRIPT=script, LINE=line).split()
    assert set(offered) == LINES[line]


ECHO = """#!/bin/sh
[ -n "$_PSOAS_COMPLETE" ] && exec {psoas} "$@"
printf "<%s>" "$@"; echo .
"""


def a_bash(home: Path) -> pexpect.spawn[str]:
    """A bash that completes, and whose psoas prints the words that it was given."""
    (home / "psoas.bash").write_text(script_for("bash"), "utf-8")
    (home / "bin").mkdir()
    (home / "bin" / "psoas").write_text(ECHO.format(psoas=shutil.which("psoas")), "utf-8")
    (home / "bin" / "psoas").chmod(0o755)
    bash = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"], encoding="utf-8", timeout=20, dimensions=(40, 200))
    bash.sendline("bind 'set enable-bracketed-paste off'; source ./psoas.bash; PATH=$PWD/bin:$PATH; echo rea''dy")
    bash.expect("ready\r\n")
    return bash


@pytest.mark.parametrize(
    ("typed", "finished"),
    [
        ("show yin --lang=n", "<show><yin><--lang=nl>"),
        ("practice --bed=oc", "<practice><--bed=ocean>"),
        ("practice --bed=OC", "<practice><--bed=ocean>"),
        ("show mijn", "<show><Mijn avond>"),
        ("poses BABY", "<poses><baby-dragon>"),
        ("show uur:t", "<show><uur:tien>"),
        ("show uur:", "<show><uur:tien>"),
        ("show a=", "<show><a=b c>"),
        ("show a=B", "<show><a=b c>"),
        ("show 'uur:t", "<show><uur:tien>"),
        ("show --html han", "<show><--html><handout.html>"),
        ("show yin --html han", "<show><yin><--html><handout.html>"),
        ("show yin --html=han", "<show><yin><--html=handout.html>"),
        ("render yin -o han", "<render><yin><-o><handout.html>"),
    ],
)
def test_bash_completes_what_it_parts_itself_and_in_any_capitals(home: Path, typed: str, finished: str) -> None:
    for name in ("Mijn avond", "uur:tien", "a=b c"):
        (home / "sequences" / f"{name}.yaml").touch()
    (home / "handout.html").touch()
    bash = a_bash(home)
    try:
        bash.send(f"psoas {typed}\t\r")
        bash.expect("(<.*>)\\.\r\n")
        assert isinstance(bash.match, re.Match)
        assert bash.match[1] == finished
    finally:
        bash.close(force=True)


def test_bash_types_a_name_as_one_word_whatever_is_in_it(home: Path) -> None:
    names = ["Mijn avond", "it's", "a$HOME b", 'q"uo te', "star*x", "semi;ls"]
    begun = ["Mij", '"Mij', "'Mij", "Mijn\\ a", "it", '"it', "'it", "a", '"a', "'a", "q", "'q", "star", '"star', "semi"]
    for name in names:
        (home / "sequences" / f"{name}.yaml").touch()
    bash = a_bash(home)
    try:
        for typed in begun:
            bash.send(f"psoas show {typed}\t\r")
            bash.expect([f"<show><{re.escape(name)}>\\.\r\n" for name in names])
    finally:
        bash.close(force=True)


@EACH
def test_fish(line: str) -> None:
    script = script_for("fish")
    offered = run(
        ["fish", "--no-config", "-c", 'echo "$SCRIPT" | source; complete -C "$LINE"'], SCRIPT=script, LINE=line
    )
    assert set(offered.split()) == LINES[line]


def test_zsh(home: Path) -> None:
    (home / "psoas.zsh").write_text(script_for("zsh"), "utf-8")
    zsh = pexpect.spawn("zsh", ["-f", "-i"], encoding="utf-8", timeout=20, dimensions=(40, 100))
    try:
        zsh.sendline("autoload -Uz compinit; compinit -u -D; source ./psoas.zsh; echo rea''dy")
        zsh.expect("ready\r\n")
        for line, offered in LINES.items():
            if len(offered) > 1:  # what is offered alone is typed out, and not listed
                zsh.send(f"{line}\t\t")
                for name in sorted(offered):
                    zsh.expect(rf"{name}(?![-\w])")
                zsh.sendcontrol("u")
    finally:
        zsh.close(force=True)


def test_what_is_no_file_is_passed_over(home: Path) -> None:
    from psoas_cli.cli.completion import poses, voices

    (home / "sequences").mkdir(exist_ok=True)
    (home / "voices" / "anna").mkdir(parents=True)
    before = poses("sph"), voices("")
    (home / "sequences" / "poses.yaml").unlink(missing_ok=True)
    make_pipe(home / "sequences" / "poses.yaml")
    make_link(home / "voices" / "anna" / "voice.yaml", "/dev/zero")
    assert (poses("sph"), voices("")) == before


def test_nothing_heavy_is_imported_to_complete() -> None:
    script = (
        "import sys\n"
        "from psoas_cli.main import run\n"
        "try: run([])\n"
        "finally: print({'yaml', 'rich', 'numpy', 'miniaudio', 'asyncio'} & set(sys.modules), file=sys.stderr)"
    )
    for line in ("psoas practice yi", "psoas poses s"):
        asking = {"_PSOAS_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "2"}
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, env=os.environ | asking, capture_output=True, text=True, check=False)
        assert done.stderr == "set()\n"
        assert done.stdout


def test_files_come_along_and_what_has_a_slash_is_left_to_the_shell(home: Path) -> None:
    from psoas_cli.cli.completion import practices

    (home / "yin-file.yaml").touch()
    assert "yin-file.yaml" in practices("yin")
    assert practices("./y") == []
    assert practices("[") == []
