"""Programs: where one is found, and how a command line is read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from psoas_cli import programs


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in PATH, with programs in it; they are in the current one too, as traps."""
    for folder in (tmp_path / "bin", tmp_path / "here"):
        folder.mkdir()
        for name in ("tool", "tool.exe", "script.cmd", "notes.txt"):
            file = folder / name
            file.touch()
            file.chmod(0o644 if name == "notes.txt" else 0o755)
        (folder / "folder").mkdir()
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", "here", str(tmp_path / "nowhere"), str(tmp_path / "bin")]))
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "bin"


def test_a_name_alone_is_never_looked_up_where_one_is(place: Path) -> None:
    assert programs.found("tool.exe") == str(place / "tool.exe")
    assert programs.found("tool.exe", ["here", "."]) is None
    assert programs.found("tool.exe", [str(place.parent / "here")]) == str(place.parent / "here" / "tool.exe")


@pytest.mark.parametrize("name", ["no-such-program", "folder", "too\0l", ""])
def test_what_cannot_be_run_is_none(place: Path, name: str) -> None:
    assert programs.found(name) is None
    assert programs.found(str(place / name)) is None


def test_a_path_is_that_program(place: Path) -> None:
    assert programs.found(str(place / "tool.exe")) == str(place / "tool.exe")
    assert programs.found(os.path.join(".", "tool.exe")) == os.path.join(".", "tool.exe")  # noqa: PTH118 - Path leaves the dot out


@pytest.mark.parametrize(
    ("name", "file"),
    [("tool", "tool.exe"), ("tool.exe", "tool.exe"), ("script", "script.cmd"), ("notes", ""), ("notes.txt", "")],
)
def test_on_windows_a_program_has_a_suffix_that_nobody_types(
    place: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    monkeypatch.setattr(programs, "SUFFIXES", (".com", ".exe", ".bat", ".cmd"))
    assert programs.found(name) == (str(place / file) if file else None)
    assert programs.found(str(place / name)) == (str(place / file) if file else None)


@pytest.mark.parametrize(
    ("system", "line", "expected"),
    [
        ("linux", r"vi -c 'set tw=80' a\ b", ["vi", "-c", "set tw=80", "a b"]),
        ("win32", r'"C:\Program Files\vim\gvim.exe" -f', [r"C:\Program Files\vim\gvim.exe", "-f"]),
        ("win32", r"C:\Users\O'Brien\vim.exe  -u '' ", [r"C:\Users\O'Brien\vim.exe", "-u", "''"]),
        ("win32", r'C:\"My tools"\code.cmd ""', [r"C:\My tools\code.cmd", ""]),
        ("win32", r"C:\tools\code.cmd --wait", [r"C:\tools\code.cmd", "--wait"]),
    ],
)
def test_a_line_is_read_as_its_system_writes_it(
    monkeypatch: pytest.MonkeyPatch, system: str, line: str, expected: list[str]
) -> None:
    with monkeypatch.context() as of_system:
        of_system.setattr(sys, "platform", system)
        assert programs.words(line) == expected


@pytest.mark.parametrize("system", ["linux", "win32"])
def test_a_quote_that_is_not_closed_is_said(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    with monkeypatch.context() as of_system:
        of_system.setattr(sys, "platform", system)
        with pytest.raises(ValueError, match="No closing quotation"):
            programs.words('less "a')


@pytest.mark.skipif(sys.platform != "win32", reason="these are programs of Windows")
def test_windows_has_its_own() -> None:
    for name in ("cmd", "notepad"):
        assert programs.found(name), name
    assert Path(programs.found("cmd.exe") or "").name.lower() == "cmd.exe"
