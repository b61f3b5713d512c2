"""Completion, as a person meets it: in a real bash, zsh and fish that were told how psoas completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from psoas_cli.cli import completing

BIN = Path(sys.executable).parent
BASH = """
source <(psoas --show-completion bash)
COMP_WORDS=({words}) COMP_CWORD={last}
_psoas_completion psoas
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
COMPLETED = [
    ("psoas practice yi", {"yin", "yin-short", "yin-long"}),
    ("psoas breathe co", {"coherent"}),
    ("psoas poses baby", {"baby-dragon"}),
    ("psoas bells ti", {"tingsha"}),
    ("psoas practice yin --lang n", {"nl"}),
    ("psoas show ev", {"evening"}),
    ("psoas practice ./my", {"./my.yaml", "./my-own/"}),
]


@pytest.fixture(autouse=True)
def people(home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "evening.yaml").write_text("title: Evening\n", "utf-8")
    (home / "my.yaml").touch()
    (home / "my.txt").touch()
    (home / "my-own").mkdir()


def env(shell: str) -> dict[str, str]:
    return os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}", "SHELL": f"/bin/{shell}"}


def told(shell: str, *arguments: str) -> set[str]:
    ran = subprocess.run([shell, *arguments], env=env(shell), capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return {line.split("\t")[0].strip() for line in ran.stdout.splitlines() if line.strip()}


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.parametrize(("line", "expected"), COMPLETED)
def test_bash_completes(line: str, expected: set[str]) -> None:
    words = line.split()
    script = BASH.format(words=" ".join(words), last=len(words) - 1)
    assert told("bash", "--norc", "-c", script) == expected


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed (Debian: fish)")
@pytest.mark.parametrize(("line", "expected"), COMPLETED)
def test_fish_completes(line: str, expected: set[str]) -> None:
    script = f"env _PSOAS_COMPLETE=source_fish psoas | source; complete -C '{line}'"
    assert told("fish", "--no-config", "-c", script) == expected


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed (Debian: zsh)")
def test_zsh_completes() -> None:
    child = pexpect.spawn("zsh", ["-f", "-i"], env=env("zsh"), encoding="utf-8", timeout=30, dimensions=(24, 120))
    child.sendline("PS1='READY> '; autoload -Uz compinit; compinit -D")
    child.sendline('eval "$(_PSOAS_COMPLETE=source_zsh psoas)"; echo o""k')
    child.expect("ok")
    child.expect("READY> ")
    child.send("psoas poses baby\t")
    child.expect("baby-dragon")
    child.sendcontrol("c")
    child.close(force=True)


def test_where_nothing_can_be_read_nothing_is_offered(home: Path) -> None:
    (home / "sequences" / "poses.yaml").write_text("a: [", "utf-8")
    assert completing.poses("baby") == []
    assert completing.files("./nowhere/x") == []
    assert completing.practices("zzz") == []
