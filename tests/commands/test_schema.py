"""`psoas schema`: printed, and written for an editor."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths
from psoas_cli.storage.schemas import write_schemas

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas


def test_it_is_printed_for_sequences_and_for_poses(psoas: Psoas) -> None:
    shown = psoas("schema")
    assert (shown.code, shown.err) == (0, "")
    sequence, poses = json.loads(shown.out), json.loads(psoas("schema", "--poses").out)
    assert sequence["required"] == ["title", "steps"]
    assert poses["additionalProperties"] == {"$ref": "#/$defs/pose"}
    assert "baby-dragon" in sequence["$defs"]["pose-id"]["anyOf"][0]["enum"]


def test_it_is_written_and_takes_the_place_of_a_file_only_by_force(psoas: Psoas, home: Path) -> None:
    written = psoas("schema", "-o", "form.json")
    assert (written.code, written.out, written.err) == (0, "", "")
    assert (home / "form.json").read_text("utf-8") == psoas("schema").out
    (home / "mine.yaml").write_text("title: Mine", "utf-8")
    refused = psoas("schema", "-o", "mine.yaml")
    assert refused.code == 1
    assert "mine.yaml already exists" in refused.err
    assert (home / "mine.yaml").read_text("utf-8") == "title: Mine"
    assert psoas("schema", "-o", "form.json", "--poses", "--force").code == 0
    assert (home / "form.json").read_text("utf-8") == psoas("schema", "--poses").out
    assert sorted(path.name for path in home.iterdir()) == ["form.json", "mine.yaml"]
    assert "there is no folder" in psoas("schema", "-o", "nowhere/form.json").err


def test_an_editor_finds_it_from_the_sequences_folder(psoas: Psoas, home: Path) -> None:
    paths.schema_file().write_text("an older one", "utf-8")
    write_schemas()
    path = paths.schema_file()
    assert path == (paths.sequences_folder() / ".." / "schema.json").resolve()
    assert path.read_text("utf-8") == psoas("schema").out
    assert paths.poses_schema_file().read_text("utf-8") == psoas("schema", "--poses").out
    assert {each.name for each in home.iterdir()} == {"schema.json", "poses-schema.json"}


def test_a_place_where_nothing_can_be_written_is_told(home: Path) -> None:
    paths.schema_file().mkdir()
    with pytest.raises(PsoasError, match="is a folder"):
        write_schemas()
    assert [each.name for each in home.iterdir()] == ["schema.json"]
