"""The reference of the docs says what the code does."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.program import home, psoas  # noqa: F401 - fixtures

import make_reference
from psoas_cli.commands import practice
from psoas_cli.practice.format.problems import BadStepsError
from psoas_cli.practice.format.shorthand import read_steps
from psoas_cli.practice.model.durations import parse_duration
from psoas_cli.storage.entry import NAMES
from psoas_cli.storage.library import Library
from psoas_cli.tui.hints import KEY_LIST, key_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.program import Psoas

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["format.md", "command-line.md"])
def test_the_reference_is_that_of_the_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")  # a narrow window changes nothing of it
    made = make_reference.pages()[name]
    assert (DOCS / "reference" / name).read_text("utf-8") == made, "run: python tools/make_reference.py"


def test_the_keys_are_the_same_on_the_screen_in_the_help_and_in_the_reference() -> None:
    on_the_screen = [(key, text.en) for key, text in KEY_LIST]
    shown = dict(on_the_screen)
    assert [row.strip() for (row,) in key_rows("en")] == [f"{key}   {said}" for key, said in on_the_screen]
    block = (inspect.getdoc(practice.command) or "").rpartition("\b\n")[2]
    width = max(len(key) for key, _ in on_the_screen)
    assert [(row[:width].rstrip(), row[width + 2 :]) for row in block.splitlines()] == on_the_screen
    page = (DOCS / "reference" / "command-line.md").read_text("utf-8")
    keys = page.partition("## Keys")[2].partition("## Exit codes")[0]
    assert dict(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", keys, re.MULTILINE)) == shown


def test_it_names_every_field_that_history_exports() -> None:
    named = [name for names in make_reference.EXPORT for name in names.split(", ")]
    assert sorted([*named, *make_reference.OWN_NOTES]) == sorted(NAMES)


def paths_in(value: object, before: str = "") -> Iterator[str]:
    """The path of each field in *value*, without the numbers of lists."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from paths_in(each, f"{before}.{name}".strip("."))
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield from (path for each in value for path in paths_in(each, before))
    else:
        yield before


def test_it_names_every_field_that_programs_are_given(psoas: Psoas, tmp_path: Path) -> None:  # noqa: F811
    wrong, odd = tmp_path / "wrong.yaml", tmp_path / "odd.yaml"
    wrong.write_text("title: 5", "utf-8")
    odd.write_text("title: Short\nsteps: [{pose: baby-dragon, hold: 5s, sides: right}]", "utf-8")
    ran = {
        "psoas list": psoas("list", "--json"),
        "psoas show": psoas("show", "yin", "--avoid", "sphinx", "--json"),
        "psoas check": psoas("check", str(wrong), str(odd), "--json"),
    }
    assert {command: {*paths_in(json.loads(ended.out))} for command, ended in ran.items()} == {
        command: {name for names in fields for name in names.split(", ")}
        for command, fields in make_reference.OUTPUT.items()
    }


def test_its_durations_are_read_and_refused_as_it_says() -> None:
    section = (
        (DOCS / "reference" / "format.md").read_text("utf-8").partition("\n## Durations\n")[2].partition("\n## ")[0]
    )
    taken, refused = (re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for table in section.split("| not read"))
    assert taken
    assert refused
    for written in re.findall(r"`(.*?)`", " ".join(taken)):
        assert parse_duration(written) > 0
    for written in re.findall(r"`(.*?)`", " ".join(refused)):
        with pytest.raises(ValueError, match="expected a duration"):
            parse_duration(written)


def test_its_steps_on_one_line_are_read_and_its_mistake_is_shown_as_it_says() -> None:
    section = (DOCS / "reference" / "command-line.md").read_text("utf-8").partition("\n## Steps on one line\n")[2]
    poses = Library("en", own_poses=False).poses
    column = re.findall(r"^\|[^|]*\| (`.*?) \|", section.partition("\nA length")[0], re.MULTILINE)
    examples = re.findall(r"`(.*?)`", " ".join(column))
    assert len(examples) > 5
    assert read_steps(", ".join(examples), poses)
    shown = re.findall(r"```text\n(.*?)\n```", section, re.DOTALL)[0].split("\n")
    with pytest.raises(BadStepsError) as caught:
        read_steps(shown[1].strip(), poses)
    assert caught.value.lines_within(80) == shown
