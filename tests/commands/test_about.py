"""`psoas about`: the background, in pages and in a pipe, and the same in docs."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.program import Psoas, Window

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("lang", "name"), [("en", "about"), ("nl", "over")])
def test_in_a_pipe_it_is_the_text_of_the_docs(psoas: Psoas, lang: str, name: str) -> None:
    assert psoas("about", "-l", lang).out == (DOCS / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["about", "over"])
def test_every_source_is_named_in_the_text_and_every_number_has_a_source(name: str) -> None:
    text, sources = re.split(r"## (?:Sources|Bronnen)", (DOCS / f"{name}.md").read_text("utf-8"))
    named = {number for group in re.findall(r"\[([\d, ]+)\]", text) for number in group.split(", ")}
    assert named == set(re.findall(r"^(\d+)\. ", sources, re.MULTILINE))


def test_on_a_terminal_the_pager_of_the_person_shows_it(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "sed s/psoas.is/PSOAS-IS/")
    seen = window(sys.executable, "-m", "psoas_cli", "about", "-l", "nl", lines=60)
    assert seen.end() == 0
    assert "PSOAS-IS geen medisch advies" in seen.text


@pytest.mark.parametrize(
    ("pager", "said"),
    [
        ("", ""),
        ("no-such-pager", 'psoas: the pager "no-such-pager" cannot be used: there is no such program'),
        ("less '", 'psoas: the pager "less \'" cannot be used: no closing quotation'),
        ("less \\", 'psoas: the pager "less \\" cannot be used: no escaped character'),
        (" ", "cannot be used: it is empty"),
    ],
)
def test_without_a_pager_it_is_there_all_at_once_and_what_is_wrong_with_one_is_said_below(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, pager: str, said: str
) -> None:
    monkeypatch.setenv("PAGER", pager)
    seen = window(sys.executable, "-m", "psoas_cli", "about", lines=60)
    assert seen.end() == 0
    assert "Sources" in seen.text
    assert said in seen.text.split("Sources")[1]
    assert ("psoas: the pager" in seen.text) is bool(said)


@pytest.mark.parametrize("pager", ["tr a-z A-Z | sed s/GEEN/{}/", 'X={}; tr a-z A-Z | sed "s/GEEN/$X/"'])
def test_a_pager_that_needs_a_shell_has_one(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, pager: str
) -> None:
    monkeypatch.setenv("PAGER", pager.format("no"))
    seen = window(sys.executable, "-m", "psoas_cli", "about", "-l", "nl", lines=60)
    assert seen.end() == 0
    assert "PSOAS IS no MEDISCH ADVIES" in seen.text


def test_a_program_that_the_shell_does_not_find_is_said_too(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "~/no-such-pager")
    seen = window(sys.executable, "-m", "psoas_cli", "about", lines=60)
    assert seen.end() == 0
    assert "there is no such program" in seen.text.split("Sources")[-1]


@pytest.mark.skipif(shutil.which("less") is None, reason="there is no less")
def test_ctrl_c_is_for_the_pager_which_goes_on(window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "less")
    seen = window(sys.executable, "-m", "psoas_cli", "about")
    seen.see(r"\n:$")
    seen.send("\x03")  # and may take the key after it along

    def on() -> bool:
        seen.send(" ")
        return "(END)" in seen.text

    seen.look(on, "the end")
    seen.send("q")
    assert seen.end() == 0  # this looks at the terminal's modes as well


@pytest.mark.skipif(shutil.which("less") is None, reason="there is no less")
@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda seen: seen.child.kill(signal.SIGTERM), 143),
        (lambda seen: seen.child.kill(signal.Signals["SIGHUP"]), 129),
        (lambda seen: seen.send("\x1c"), 131),
        (lambda seen: subprocess.run(["pkill", "-KILL", "-P", str(seen.child.pid)], check=True), 0),
    ],
    ids=["SIGTERM", "SIGHUP", "Ctrl-backslash", "the pager is killed"],
)
def test_whatever_ends_it_in_the_pager_the_terminal_is_as_it_was(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, end: Callable[[Window], object], code: int
) -> None:
    monkeypatch.setenv("PAGER", "less")
    seen = window(sys.executable, "-m", "psoas_cli", "about")
    seen.see(r"\n:$")
    end(seen)
    assert seen.end() == code
