"""`psoas check`: what is wrong in any file is a clear line, and what may not be meant is a warning."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.practice.test_reader import BAD, steps
from tests.sound.programs import tone, wav

from psoas_cli.resources import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Psoas

GOOD = "title: T\nsteps: [{pose: constructive-rest}, {rest: 3m}]\n"
LAUGHS = "a: &a [x]\n" + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in pairwise("abcdefghi"))
HOSTILE = steps('pose: "\\e[2J[bold red]\\u202ex[/]"')
FILES = {
    "latin-1": ("title: Één\n".encode("latin-1"), "is no text in UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), "is no text in UTF-8"),
    "zero bytes": (GOOD.encode() + b"\0", "zero bytes"),
    "BOM and a mistake": (b"\xef\xbb\xbftitel: T\n", '1:1: titel: unknown key "titel", did you mean title?'),
    "CRLF and a mistake": (b"title: T\r\nsteps:\r\n  - poze: x\r\n", "3:5: steps[0].poze: a step begins with one of"),
    "old Mac's line ends": (b"title: T\rsteps: []\r", "2:1: steps: expected at least one step"),
    "an escape sequence": (b"title: \x1b[2J\n", "1:8: this is no YAML: a control character"),
    "hostile names": (HOSTILE.encode(), "expected a pose"),
    "a tag that builds": (b"!!python/object/apply:os.system [id]\n", "expected a map, got a list"),
    "billion laughs": (
        (
            "a: &a [x]\n"
            + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        ).encode(),
        "more than 100,000 values",
    ),
}
WARNINGS = {
    "one side": (steps("pose: dragon\n    sides: left\n  - rest: 3m"), "4:5: warning: steps[0].sides: this pose has"),
    "back bend": (steps("pose: sphinx\n  - rest: 3m"), "3:5: warning: steps[0].pose: a back bend without a rebound"),
    "no rest": (steps("pose: constructive-rest"), "2:1: warning: steps: no final rest"),
    "one language": (steps("rest: 3m\n    text: {en: Rest}"), "4:5: warning: steps[0].text: this text is in"),
    "retentions": (
        steps("breathe: 4-7-8\n    cycles: 4\n  - rest: 3m"),
        "3:5: warning: steps[0].breathe: pauses in the breath are not for everybody",
    ),
    "a long text": (
        steps(f"pose: constructive-rest\n    text: {'Lie down as you like. ' * 30}\n  - rest: 3m"),
        "4:5: warning: steps[0].text: at 80x24 there is no room",
    ),
    "a long recording": (
        steps("pose: constructive-rest\n    say: [{at: 20s, audio: own.wav}, {at: 22s, text: B}]\n  - rest: 3m"),
        "4:21: warning: steps[0].say[0].audio: the recording own.wav is 1.0 s too long",
    ),
}  # fmt: skip


def checked(psoas: Psoas, home: Path, content: bytes) -> str:
    """What is printed of a file that is wrong: a line each, nothing that a terminal would obey."""
    (home / "x.yaml").write_bytes(content)
    result = psoas("check", "./x.yaml")
    assert (result.code, result.err) == (1, "")
    assert re.match(r"(x\.yaml|.*/x\.yaml):\d+:\d+: ", result.out)
    assert result.out.rstrip().splitlines()[-1].split(" ", 1)[1].startswith("problem")
    assert all(char.isprintable() or char == "\n" for char in result.out)
    refused = psoas("show", "./x.yaml")
    assert refused.code == 2
    assert "Traceback" not in refused.err
    return result.out


@pytest.mark.parametrize("number", range(0, len(BAD), 2))
def test_a_bad_file_is_a_clear_line(psoas: Psoas, home: Path, number: int) -> None:
    content, _ = BAD[number]
    checked(psoas, home, content.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_plain_text_is_a_clear_line(psoas: Psoas, home: Path, name: str) -> None:
    content, problem = FILES[name]
    assert problem in checked(psoas, home, content)


def test_there_are_enough_of_them() -> None:
    assert len(BAD) + len(FILES) > 100


def test_syntax_is_shown_with_a_caret(psoas: Psoas, home: Path) -> None:
    (home / "x.yaml").write_text("title: T\nsteps: [a\n  b: c\n", "utf-8")
    lines = psoas("check", "./x.yaml").out.splitlines()
    assert lines[1].strip()
    assert lines[2].strip() == "^"


@pytest.mark.parametrize("name", WARNINGS)
def test_what_may_not_be_meant_is_a_warning_and_no_error(psoas: Psoas, home: Path, name: str) -> None:
    content, warning = WARNINGS[name]
    content = content.replace("pose: dragon", "pose: baby-dragon")
    (home / "x.yaml").write_text(content, "utf-8")
    (home / "own.wav").write_bytes(wav(tone(3.0)))
    result = psoas("check", "./x.yaml")
    assert result.code == 0
    assert warning in result.out
    told = json.loads(psoas("check", "./x.yaml", "--json").out)["files"][0]
    assert (told["problems"], bool(told["warnings"])) == ([], True)


@pytest.mark.parametrize("file", sorted(bundled("sequences").glob("*.yaml")), ids=lambda file: file.stem)
def test_what_is_built_in_is_all_good(psoas: Psoas, file: Path) -> None:
    assert psoas("check", str(file)).out == "1 file checked, all good\n"


def test_all_files_are_checked_in_one_go(psoas: Psoas, home: Path) -> None:
    (home / "a.yaml").write_text("title: T\n", "utf-8")
    (home / "b.yaml").write_text(GOOD, "utf-8")
    result = psoas("check", "./a.yaml", "./b.yaml", "yin", "./nowhere.yaml")
    assert result.code == 1
    assert [line.split(":")[0] for line in result.out.splitlines()] == ["a.yaml", "./nowhere.yaml", "2 problems"]


def test_a_recording_that_is_not_there_is_a_problem(psoas: Psoas, home: Path) -> None:
    (home / "x.yaml").write_text(steps("rest: 3m\n    say: [{at: 20s, audio: gone.wav}]"), "utf-8")
    result = psoas("check", "./x.yaml")
    assert result.code == 1
    assert "gone.wav" in result.out


MEASURED = """
import re, sys
from pathlib import Path
from psoas_cli.main import run
code = run(["check", "./x.yaml"])
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc tells how much memory it took")
@pytest.mark.parametrize("content", ["[" * 100_000, "title: T\n#" + "x" * 2_000_000, LAUGHS])
def test_a_hostile_file_costs_little(home: Path, content: str) -> None:
    (home / "x.yaml").write_text(content, "utf-8")
    ran = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, timeout=20, check=False)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert int(ran.stdout.splitlines()[-1]) < 100 * 1024
