"""The reference of the docs says what the code does."""

import inspect
import re
from pathlib import Path

import pytest

import make_reference
from psoas_cli.commands import practice
from psoas_cli.practice.format.problems import BadStepsError
from psoas_cli.practice.format.shorthand import read_steps
from psoas_cli.practice.model.durations import parse_duration
from psoas_cli.storage.entry import NAMES
from psoas_cli.storage.library import Library
from psoas_cli.tui.hints import KEY_LIST, key_rows

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
