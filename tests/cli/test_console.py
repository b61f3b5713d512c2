"""Everything that psoas prints goes through one writer, which shows and never obeys."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.systems import NAMES

from psoas_cli.cli import console
from psoas_cli.practice.model.text import cells, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

EVIL = "a\x1b[1mb\x9b2J\u202ec\u200bd\ufdd0e\u061c"
SHOWN = "a␛[1mb\N{REPLACEMENT CHARACTER}2J\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}d"


HIDDEN = {"Cc", "Cs", "Zl", "Zp"}


def obeyed(text: str) -> set[str]:
    """The characters in *text* that a terminal would obey, or not show."""
    told = {"\u202e", "\u200b", "\ufdd0", "\ufdd3", "\u061c"}
    return {char for char in text if char != "\n" and (unicodedata.category(char) in HIDDEN or char in told)}


def test_bold_is_what_psoas_says_and_not_what_a_name_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    console.write(console.bold(f"Yin {EVIL}"))
    out = capsys.readouterr().out
    assert out.startswith("\x1b[1mYin a␛[1mb")
    assert out.endswith("\x1b[0m\n")
    assert out.count("\x1b") == 2
    console.write(console.bold("Yin"), to_stderr=True)
    assert "\x1b" not in capsys.readouterr().err


@given(st.text(), st.text())
def test_nothing_from_others_is_obeyed_whatever_it_stands_in(first: str, second: str) -> None:
    made = console.columns([(first, second, second), ("x", first, first)], strong=1)
    assert not obeyed(console.painted(made))
    assert not obeyed(console.plain(first))


@pytest.mark.parametrize("script", ["夜の練習 🌙", "cafe\u0301 plié", "Ваш вечер"])
def test_columns_are_aligned_by_what_is_seen(script: str) -> None:
    rows = [(script, "b", "|x"), ("yin", "b", "|y"), ("a much longer name", "b", "|z")]
    made = console.painted(console.columns(rows, strong=1))
    assert {cells(line.partition("|")[0]) for line in made.split("\n")} == {len("a much longer name  b  ")}


def test_a_title_without_end_widens_no_other_row() -> None:
    made = console.columns([("yin", "long " * 200_000, "x"), ("box", "Box", "y")], strong=0)
    assert len(made) < 700
    assert "…" in made


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(4, 40))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    for line in rows_of(text, room, "  "):
        assert cells(line) <= room


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252"])
@given(value=st.dictionaries(st.text(), st.text()))
def test_json_is_valid_and_says_the_same_in_any_encoding(encoding: str, value: dict[str, str]) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding, newline="\n")
    before, sys.stdout = sys.stdout, stream
    try:
        console.write_json(value)
        stream.flush()
    finally:
        sys.stdout = before
    text = written.getvalue().decode("utf-8")
    assert json.loads(text) == value
    assert not obeyed(text)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii", "cp1252"])
def test_data_is_utf_8_in_any_encoding_and_comes_after_what_was_said(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline="\r\n"))
    console.write("before")
    console.write_data("id,title\n1,Ψ 練習 é")
    assert written.getvalue() == b"before\r\n" + "id,title\n1,Ψ 練習 é\n".encode()


def test_a_list_in_another_encoding_is_json_too(psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "mine.yaml").write_text("title: Één 夜\nsteps:\n  - rest: 3m\n", "utf-8")
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written := io.BytesIO(), "latin-1"))
    assert psoas("list", "--json").code == 0
    sys.stdout.flush()
    titles = [each["title"] for each in json.loads(written.getvalue().decode("ascii"))["practices"]]
    assert "Één 夜" in titles


COMMANDS = [
    ["show", EVIL],
    ["poses", EVIL],
    ["practice", "--from", EVIL],
    ["practice", f"./{EVIL}.yaml"],
    ["check", f"./{EVIL}/x"],
    ["breathe", EVIL],
    ["bells", EVIL],
    ["new", EVIL],
    ["new", "mine", "--from", EVIL],
    ["add", f"{EVIL}.yaml"],
    ["share", EVIL, "-o", "x.yaml"],
    ["share", "yin", "-o", f"{EVIL}/x.yaml"],
    ["show", "yin", "--html", f"{EVIL}.html"],
    ["voices", "--share", EVIL, "-o", "x.zip"],
    ["practice", "--voice", EVIL],
    ["practice", "--bed", EVIL],
    ["history", "--delete", EVIL],
    ["history", "--since", EVIL],
    ["list", "--lang", EVIL],
    [EVIL],
    [f"--{EVIL}"],
    ["list", EVIL],
    ["practice", "-m", EVIL],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command))[:40])
def test_an_argument_is_shown_in_a_line_and_not_obeyed(psoas: Psoas, command: list[str]) -> None:
    result = psoas(*command)
    assert not obeyed(result.out)
    assert not obeyed(result.err)
    assert len(result.err.splitlines()) <= 2


@NAMES
def test_a_file_name_is_shown_in_the_list_and_not_obeyed(psoas: Psoas, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / f"{EVIL}.yaml").write_text("title: Mine\nsteps:\n  - rest: 3m\n", "utf-8")
    (home / "sequences" / f"torn{EVIL}.yaml").write_text("title: [\n", "utf-8")
    for command in (["list"], ["show", "nothing"], ["practice", EVIL, "-y", "--speed", "1000", "--plain"], ["config"]):
        result = psoas(*command)
        assert not obeyed(result.out + result.err)
    assert SHOWN in psoas("list").out


def test_what_is_very_long_is_not_said_to_the_end(psoas: Psoas) -> None:
    result = psoas("show", "x" * 1_000_000)
    assert result.code == 2
    assert len(result.err) < 2_500
    assert "…" in result.err


def test_a_question_is_shown_and_not_obeyed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert console.ask(f"Add it as {EVIL}? ") == "y\n"
    assert not obeyed(capsys.readouterr().out)
