"""`psoas check`: every problem and every warning of every file, at its place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from typing import TYPE_CHECKING

import pytest
from tests.practice.format.test_reader import BAD, steps, top

from psoas_cli.practice.model.sequence import LARGEST_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

GOOD = """\
title: {en: My evening, nl: Mijn avond}
cautions: [blood-pressure]
steps:
  - pose: sphinx
    hold: 2m
    rebound: 60s
  - breathe: box
    cycles: 6
  - pose: dragon
    hold: 2m
  - rest: 3m
"""
PLACE = re.compile(r"^(?P<file>[^\x00-\x1f]+?):(?P<line>\d+):(?P<column>\d+): ")

BYTES = {
    "latin-1": (b"title: T\nsteps:\n  - name: caf\xe9\n    hold: 3m\n", "3:14: not valid UTF-8: save it as"),
    "latin-1 after a mark": (b"\xef\xbb\xbftitle: caf\xe9\n", "1:11: not valid UTF-8"),
    "UTF-16 as Windows writes it": (GOOD.encode("utf-16"), "1:1: this is UTF-16, not UTF-8"),
    "UTF-16 the other way round": (b"\xfe\xff" + GOOD.encode("utf-16-be"), "1:1: this is UTF-16"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "1:1: this is UTF-16, not UTF-8"),
    "a zero byte": (b"title: T\nsteps: \x00[]\n", "2:8: not a text file: it contains zero bytes"),
    "a byte order mark and a mistake": (b"\xef\xbb\xbftitel: T\nsteps: []\n", '1:1: titel: unknown key "titel"'),
    "Windows line ends and a mistake": (b"title: T\r\nsteps:\r\n  - pose: lying\r\n    hold: 3\r\n", "4:5: steps[0]"),
    "old line ends and a mistake": (b"title: T\rsteps:\r  - pose: lying\r    hold: 3\r", "4:5: steps[0].hold"),
    "a tab": (b"title: T\nsteps:\n\t- pose: lying\n", "3:1: indent with spaces, not tabs"),
    "too large": (b"title: T\n#" + b"x" * LARGEST_FILE, "1:1: the file is larger than 1 MiB"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "1:1: this is a picture, not a sequence"),
    "an escape as it is": (b"title: a\x1b]0;owned\x07\nsteps: []\n", "1:9: a control character (U+001B)"),
    "an escape, written": (steps('pose: "\\e[2Jlying"').encode(), "3:5: steps[0].pose: a control character (U+001B)"),
    "an escape in a key": (top('"a\\e[31mb": 1').encode(), "2:1: a[31mb: a control character (U+001B)"),
    "markup of Rich": (top("level: '[red]deep[/red]'").encode(), "2:1: level: expected a level (gentle"),
    "markup that is not closed": (top('"[/bold]": 1').encode(), '2:1: [/bold]: unknown key "[/bold]"'),
    "a turned line": (top('"\\u202ehold": 1').encode(), "2:1: hold: a right-to-left override (U+202E)"),
    "an object": (b"title: !!python/object/new:os.system [id]\nsteps: []\n", "1:1: title: expected one value"),
    "a module": (b"!!python/module:os {}\n", "1:1: a sequence needs a title"),
    "the same key twice in a step": (steps("pose: lying\n    hold: 3m\n    hold: 4m").encode(), "5:5: steps[0].hold: "),
    "an anchor to its ancestor": (b"title: T\nsteps: &a\n  - repeat: 2\n    steps: *a\n", "1:1: nested deeper than 32"),
    "many values": (b"title: T\nsteps: [" + b"a," * 400_000 + b"]\n", "2:199999: more than 100,000 values"),
    "many lines": (b"- a\n" * 200_000, "100000:3: more than 100,000 values"),
    "a bell that is not there": (top("bells: {open: ./gong.wav}").encode(), "2:9: bells.open: gong.wav cannot be read"),
    "a recording that is none": (
        steps("pose: lying\n    say: [{at: 5s, audio: ./text.wav}]").encode(),
        "4:20: steps[0].say[0].audio: text.wav is not a readable sound file",
    ),
}  # fmt: skip
"""Files as bytes, and what is said of each; `BAD` has those that are wrong as texts."""

HEARD_ONLY = {"a bell that is not there", "a recording that is none"}  # `psoas show` opens no sound


@pytest.fixture(autouse=True)
def poses(home: Path) -> None:
    """The poses that the files of `BAD` know."""
    (home / "sequences").mkdir()
    own = "lying: {name: Lying, hold: 2m}\nrocking: {name: Rocking, hold: 45s}\n"
    (home / "sequences" / "poses.yaml").write_text(own, "utf-8")
    (home / "text.wav").write_text("no sound\n", "utf-8")


def shown_only(output: str) -> bool:
    """Whether nothing in *output* would be obeyed by a terminal."""
    return all(char.isprintable() or char == "\n" for char in output)


def excerpts(lines: list[str]) -> int:
    """How many lines of files are shown among *lines*."""
    return sum(line.strip() == "^" for line in lines)


@pytest.mark.parametrize("name", BYTES)
def test_a_bad_file_is_told_at_its_place(psoas: Psoas, home: Path, name: str) -> None:
    content, problem = BYTES[name]
    (home / "x.yaml").write_bytes(content)
    checked, displayed = psoas("check", "x.yaml"), psoas("show", "x.yaml")
    assert (checked.code, checked.err) == (1, "")
    assert any(line.startswith(f"x.yaml:{problem}") for line in checked.out.splitlines()), checked.out
    assert shown_only(checked.out)
    if name not in HEARD_ONLY:
        assert (displayed.code, displayed.out) == (2, "")
        assert f"x.yaml:{problem}" in displayed.err
        assert shown_only(displayed.err)


def test_all_bad_files_are_told_in_one_go(psoas: Psoas, home: Path) -> None:
    names = [f"bad{number}.yaml" for number in range(len(BAD))]
    for name, (content, _) in zip(names, BAD, strict=True):
        (home / name).write_text(content, "utf-8", errors="surrogatepass")
    result = psoas("check", *names)
    assert (result.code, result.err) == (1, "")
    assert shown_only(result.out)
    *lines, counts = result.out.splitlines()
    told = {match["file"] for line in lines if (match := PLACE.match(line)) and ": warning: " not in line}
    assert told == set(names)
    assert len(names) + len(BYTES) >= 60
    assert counts == f"{len(lines) - 2 * excerpts(lines)} problems"
    for name in names[::10]:
        displayed = psoas("show", name)
        assert (displayed.code, displayed.out) == (2, "")
        assert PLACE.match(displayed.err.removeprefix("psoas: "))


def test_hostile_texts_of_a_good_file_are_shown_and_not_obeyed(psoas: Psoas, home: Path) -> None:
    title = '"\\e]0;owned\\a [red]Mine[/] \\u202e"'
    (home / "x.yaml").write_text(GOOD.replace("{en: My evening, nl: Mijn avond}", title), "utf-8")
    assert psoas("check", "x.yaml").code == 0
    result = psoas("show", "x.yaml")
    assert result.code == 0
    assert result.out.startswith("␛]0;owned␇ [red]Mine[/] �\n")
    assert shown_only(result.out)


HOSTILE = {
    "a billion laughs": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 5) for n in b"bcdefghijklmnopqrstuvwxyz"),
    "deep": b"[" * 1000 + b"]" * 1000,
    "spans": steps("repeat: 10000\n    steps: [{scan: [" + "x, " * 5000 + "y]}]").encode(),
    "values": b"title: [" + b"a," * 500_000 + b"]\n",
}


METER = """
import os, sys
pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "psoas_cli", *sys.argv[1:]])
_, status, used = os.wait4(pid, 0)
print(used.ru_maxrss // (1024 if sys.platform != "darwin" else 1024**2))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Runs psoas and prints how many MB it took at most: from a small program, as a child counts what its parent took."""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="nothing tells what a program used")
def test_a_hostile_file_costs_little_memory(home: Path) -> None:
    for name, content in HOSTILE.items():
        (home / "x.yaml").write_bytes(content)
        for command, code in (("show", 2), ("check", 1)):
            measured = [sys.executable, "-S", "-c", METER, command, "x.yaml"]
            result = subprocess.run(measured, capture_output=True, text=True, check=False, timeout=60)
            said = result.stderr + result.stdout
            assert result.returncode == code, f"{name}: {said}"
            assert PLACE.match(said.removeprefix("psoas: ")), f"{name}: {said}"
            assert "Traceback" not in said
            assert int(result.stdout.split()[-1]) < 100, name


def test_where_yaml_trips_the_line_is_shown_with_a_caret(psoas: Psoas, home: Path) -> None:
    (home / "x.yaml").write_text(steps('name: "Look\x85\t up": the sky'), "utf-8")
    (home / "y.yaml").write_text(steps("name: Look: the sky"), "utf-8")
    remedy = "put the text in double quotes, or on the lines below after >-"
    shown = f"y.yaml:3:15: text with a colon followed by a space: {remedy}\n"
    excerpt = "      - name: Look: the sky\n                  ^\n"
    assert psoas("check", "y.yaml").out == f"{shown}{excerpt}1 problem\n"
    assert psoas("practice", "y.yaml", "-y").err == f"{shown}{excerpt}"
    line, caret = psoas("check", "x.yaml").out.splitlines()[1:3]
    assert line == '      - name: "Look�␉ up": the sky'
    assert line[caret.index("^")] == "�"
    (home / "z.yaml").write_text(f"title: {'words ' * 200}: x\n", "utf-8")
    line, caret = psoas("check", "z.yaml").out.splitlines()[1:3]
    assert len(line) < 80
    assert line[caret.index("^")] == ":"


WARNED = [
    ("  - pose: dragon\n    hold: 2m", "sides: left", "11:5: warning: steps[2].sides: one side of a pose with two"),
    ("    rebound: 60s\n", "", "4:5: warning: steps[0].pose: a back bend without a rebound"),
    ("  - rest: 3m\n", "", "3:1: warning: steps: no final rest"),
    ("{en: My evening, nl: Mijn avond}", "{en: My evening}", "1:1: warning: title: text in one language only"),
    ("cautions: [blood-pressure]", "cautions: [knees]", "7:5: warning: steps[1].breathe: a pattern with retentions"),
    ("{en: My evening, nl: Mijn avond}", "word " * 20, "1:1: warning: title: this text is cut on a screen of 80x24"),
    ("  - pose: dragon", f"  - name: {'word ' * 20}", "9:5: warning: steps[2].name: this text is cut"),
    ("  - rest: 3m\n", f"  - rest: 3m\n    text: {'word ' * 100}\n", "12:5: warning: steps[3].text: this text is cut"),
    (
        "  - rest: 3m\n",
        "  - rest: {typical: 3m, until-key: true}\n    say: [{at: -9s, text: Soon}]\n",
        "12:11: warning: steps[3].say[0]: in an open hold this comes before its max",
    ),
    (
        "  - rest: 3m\n",
        f"  - rest: 3m\n    say: [{{at: 9s, text: {'word ' * 100}}}]\n",
        "12:20: warning: steps[3].say[0].text: this text is cut",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "warning"), WARNED, ids=[warning for _, _, warning in WARNED])
def test_what_may_be_meant_otherwise_is_a_warning(psoas: Psoas, home: Path, old: str, new: str, warning: str) -> None:
    changed = f"{old}\n    {new}" if new.startswith("sides") else new
    (home / "x.yaml").write_text(GOOD.replace(old, changed), "utf-8")
    result = psoas("check", "x.yaml")
    assert (result.code, result.err) == (0, "")
    told, *_, counts = result.out.splitlines()  # between them, what the voice cannot say of it
    assert told.startswith(f"x.yaml:{warning}")
    assert counts == "1 warning"


def test_a_recording_longer_than_its_time_says_by_how_much(psoas: Psoas, home: Path) -> None:
    with wave.open(str(home / "long.wav"), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(b"\x00\x20\x00\xe0" * 15 * 24_000)
    say = "    say: [{at: -10s, audio: ./long.wav}]\n"
    (home / "x.yaml").write_text(GOOD.replace("    rebound: 60s\n", f"    rebound: 60s\n{say}"), "utf-8")
    result = psoas("check", "x.yaml")
    assert result.code == 0
    assert re.match(
        r"x\.yaml:7:22: warning: steps\[0\]\.say\[0\]\.audio: the recording takes 1[45]\.\d s, which is [45]\.\d s too",
        result.out,
    ), result.out


def test_good_files_by_name_and_by_path(psoas: Psoas, home: Path) -> None:
    (home / "x.yaml").write_text(GOOD, "utf-8")
    assert psoas("check", "x.yaml") == (psoas("check", "./x.yaml"))
    result = psoas("check", "x.yaml", "yin", "yin-long", "yin-short", "body-scan", "breathing")
    assert (result.code, result.out) == (0, "6 files checked, no problems\n")
    result = psoas("check", "constructive-rest", "micro-movements", "wind-down", "sequences/poses.yaml")
    assert (result.code, result.out) == (0, "4 files checked, no problems\n")


def test_a_library_of_poses_is_checked_as_one(psoas: Psoas, home: Path) -> None:
    library = home / "sequences" / "poses.yaml"
    library.write_text(f"mine:\n  name: {{nl: Mijn}}\n  text: {'word ' * 90}\n  hold: 3m\n  counter: dragn\n", "utf-8")
    result = psoas("check", "sequences/poses.yaml")
    assert result.code == 1
    assert [line.split(" ")[0].replace("\\", "/") for line in result.out.splitlines()[:-1]] == [
        "sequences/poses.yaml:5:3:",
        "sequences/poses.yaml:2:3:",
    ]
    library.write_text(library.read_text("utf-8").replace("dragn", "dragon"), "utf-8")
    result = psoas("check", "sequences/poses.yaml")
    assert (result.code, result.out.splitlines()[-1]) == (0, "2 warnings")


def test_for_programs_and_with_problems_of_another_file(psoas: Psoas, home: Path) -> None:
    (home / "sequences" / "inner.yaml").write_text("title: I\nsteps:\n  - rest: 3 min or so\n", "utf-8")
    (home / "x.yaml").write_text("title: {en: T}\nsteps:\n  - include: inner\n", "utf-8")
    result = psoas("check", "x.yaml", "--json")
    assert result.code == 1
    outer, inner = json.loads(result.out)["files"]
    assert (outer["file"], outer["problems"]) == ("x.yaml", [])
    assert [(each["line"], each["column"], each["path"]) for each in outer["warnings"]] == [(1, 1, "title")]
    assert inner["file"].endswith("inner.yaml")
    assert inner["problems"] == [
        {
            "line": 3,
            "column": 5,
            "path": "steps[0].rest",
            "message": 'expected a duration like 3m or 90s, got "3 min or so"',
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], "psoas: there is no file nowhere.yaml"),
        (["yinn"], 'psoas: there is no practice "yinn", did you mean yin?'),
        (["./"], "psoas: . is a folder"),
        ([], "psoas: expected NAME or FILE..., got nothing"),
    ],
)
def test_wrong_usage_is_no_finding(psoas: Psoas, arguments: list[str], message: str) -> None:
    result = psoas("check", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(message)


def test_what_the_built_in_voice_cannot_say_is_counted(psoas: Psoas, home: Path) -> None:
    (home / "x.yaml").write_text(
        "title: T\nlanguage: en\nsteps:\n"
        "  - {pose: constructive-rest, hold: 2m, say: [{at: 60s, text: My own words.}]}\n  - rest: 3m\n",
        "utf-8",
    )
    result = psoas("check", "x.yaml")
    assert re.match(
        r"x\.yaml: the voice Heart cannot say 1 of the \d+ texts here; they are only shown\n1 file", result.out
    )
    assert json.loads(psoas("check", "x.yaml", "--json").out)["files"][0]["unspoken"] == 1
    assert "cannot say" not in psoas("check", "yin").out


def test_twice_as_many_moves_to_check_are_twice_the_work(psoas: Psoas, home: Path) -> None:
    def work(count: int) -> int:
        calls = 0

        def count_calls(_frame: object, event: str, _value: object) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        steps = f"[{{repeat: {count}, steps: [{{transition: 5s, text: Move}}]}}, {{name: Lie, hold: 1m, text: Lie}}]"
        (home / "a.yaml").write_text(f"title: T\nsteps: {steps}\n", "utf-8")
        sys.setprofile(count_calls)
        try:
            assert psoas("check", "a.yaml").code == 0
        finally:
            sys.setprofile(None)
        return calls

    work(1)  # what is imported, and read once
    few, many, more = work(1), work(80), work(160)
    assert more - few < 2.2 * (many - few)
