"""Sealed files: there are lines, or there are none."""

import os
from pathlib import Path

import pytest
from tests.systems import WINDOWS

from psoas_cli.storage.sealed_file import keep_lines, lines_kept


def test_lines_are_there_for_their_stamp_alone(tmp_path: Path) -> None:
    place = tmp_path / "new" / "kept.json"
    keep_lines(place, ["é\n", 1], lambda: [[], "two\nlines"])
    assert lines_kept(place, ["é\n", 1]) == [b"[]", b'"two\\nlines"']
    assert lines_kept(place, ["é\n", 2]) is None
    keep_lines(place, [2], list)
    assert lines_kept(place, [2]) == []


@pytest.mark.skipif(WINDOWS, reason="each person has a folder there that nobody else writes into")
def test_what_somebody_else_has_written_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "kept.json"
    keep_lines(place, [], lambda: ["mine"])
    assert lines_kept(place, []) == [b'"mine"']
    somebody_else = place.stat().st_uid + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody_else)
    assert lines_kept(place, []) is None


def test_nothing_is_made_where_it_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> list[object]:
        raise AssertionError("made in vain")

    keep_lines(Path(os.devnull, "psoas", "kept.json"), [], make)
    monkeypatch.setattr(os, "access", lambda *_: False)  # tests may run as root, whom nothing refuses
    keep_lines(tmp_path / "kept.json", [], make)
    assert list(tmp_path.iterdir()) == []
