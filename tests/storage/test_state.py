from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.systems import has_mode, make_pipe

from psoas_cli.storage import paths, state

if TYPE_CHECKING:
    from pathlib import Path

EARLIER = '{"volume": 35, "breaths_heard": 2, "done": {"practice yin": {"minutes": 30, "practised": 1790.5}}}'


def test_a_volume_is_remembered_in_a_folder_for_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "remembered.json"
    assert state.volume(path) is None
    state.remember_volume(path, 35)
    state.remember_volume(path, 0)
    assert state.volume(path) == 0
    assert has_mode(path.parent, 0o700)
    assert [each.name for each in path.parent.iterdir()] == ["remembered.json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", "7", '{"volume": 101}', '{"volume": "70"}', '{"volume": true}', "\x00", "[" * 10**5]
)
def test_nonsense_is_not_remembered(tmp_path: Path, content: str) -> None:
    path = tmp_path / "remembered.json"
    path.write_text(content, "utf-8")
    assert state.volume(path) is None


def test_what_earlier_versions_kept_besides_the_volume_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "remembered.json"
    path.write_text(EARLIER, "utf-8")
    assert state.volume(path) == 35
    state.remember_volume(path, 40)
    assert state.volume(path) == 40


def test_a_pipe_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    make_pipe(tmp_path / "remembered.json")
    assert state.volume(tmp_path / "remembered.json") is None


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    state.remember_volume(tmp_path / "file" / "remembered.json", 35)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_everything_is_in_one_place_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    places = [paths.config_file, paths.data_folder, paths.sequences_folder, paths.state_file]
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    assert all(place().is_relative_to(tmp_path) for place in places)
    monkeypatch.delenv("PSOAS_HOME")
    assert not any(place().is_relative_to(tmp_path) for place in places)
    assert all("psoas" in str(place()) for place in places)
