"""The pager of Windows: which one it is, and in which letters it is given the text."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from tests.systems import SHELL

from psoas_cli.cli import pager
from psoas_cli.cli.console import bold

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = SHELL  # it is stood in for

TEXT = f"{bold('Sources')}\nbétween · 練習 → ½\n"


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Windows with a console of code page 850, and the folder of its programs."""
    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetConsoleOutputCP=lambda: 850)
    monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: kernel)
    for asked in ("is_terminal", "obeys"):
        monkeypatch.setattr(pager, asked, lambda _: True)
    monkeypatch.setattr(pager, "height", lambda: 1)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PAGER", raising=False)
    program(tmp_path / "more")
    return tmp_path


def program(place: Path) -> None:
    """Put a pager there that keeps what it is given."""
    place.write_text(f"#!/bin/sh\n/bin/cat >'{place}.given'\n", "utf-8")
    place.chmod(0o755)


def test_more_is_given_the_letters_of_the_console_and_no_styles(windows: Path) -> None:
    pager.show_paged(TEXT)
    assert (windows / "more.given").read_bytes() == "Sources\nbétween · ?? > ½\n\n".encode("cp850")


def test_a_code_page_that_nobody_knows_gets_ascii(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetConsoleOutputCP=lambda: 57011)
    monkeypatch.setattr("psoas_cli.windows.loaded", lambda _: kernel)
    pager.show_paged(TEXT)
    assert (windows / "more.given").read_bytes() == b"Sources\nbetween - ?? > 1\n\n"


@pytest.mark.parametrize("asked", ["", "less"])
def test_less_comes_first_where_it_is_there_and_keeps_all_of_it(
    windows: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    if asked:
        monkeypatch.setenv("PAGER", asked)
    program(windows / "less")
    pager.show_paged(TEXT)
    assert (windows / "less.given").read_text("utf-8") == f"\x1b[1mSources\x1b[0m\n{TEXT.splitlines()[1]}\n\n"
    assert not (windows / "more.given").exists()
    assert capsys.readouterr() == ("", "")


def test_a_pager_of_windows_may_lie_in_a_folder_with_a_space(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = windows / "Program Files"
    folder.mkdir()
    program(folder / "less")
    monkeypatch.setenv("PAGER", f'"{folder}{os.sep}less" -R')
    pager.show_paged(TEXT)
    assert (folder / "less.given").exists()
