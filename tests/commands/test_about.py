"""`psoas about`: the background, in pages and in a pipe, and the same in docs."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("pager", ["", "no-such-pager"])
def test_without_a_pager_it_is_there_all_at_once(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, pager: str
) -> None:
    monkeypatch.setenv("PAGER", pager)
    seen = window(sys.executable, "-m", "psoas_cli", "about", lines=60)
    assert seen.end() == 0
    assert "Sources" in seen.text
