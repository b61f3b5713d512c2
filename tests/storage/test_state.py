from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from psoas_cli.storage import paths, state
from psoas_cli.storage.state import Done

if TYPE_CHECKING:
    from pathlib import Path


def test_a_volume_is_remembered_in_a_folder_for_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "remembered.json"
    assert state.volume(path) is None
    state.remember_volume(path, 35)
    state.remember_volume(path, 0)
    assert state.volume(path) == 0
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["remembered.json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[1]", "7", '{"volume": 101}', '{"volume": "70"}', '{"volume": true}', "\x00", "[" * 10**5]
)
def test_nonsense_is_not_remembered(tmp_path: Path, content: str) -> None:
    path = tmp_path / "remembered.json"
    path.write_text(content, "utf-8")
    assert state.volume(path) is None


def test_the_last_time_and_the_volume_do_not_forget_each_other(tmp_path: Path) -> None:
    path = tmp_path / "remembered.json"
    state.remember_volume(path, 35)
    first = Done(None, 1800.0, datetime(2026, 3, 1, 7, 30, tzinfo=UTC))
    second = Done(30.0, 1790.5, datetime(2026, 3, 2, 7, 30, tzinfo=UTC))
    state.remember_done(path, "practice yin", first)
    state.remember_done(path, "breathe 4-6", first)
    state.remember_done(path, "practice yin", second)
    state.remember_volume(path, 40)
    assert state.volume(path) == 40
    assert state.done(path) == {"practice yin": second, "breathe 4-6": first}


@pytest.mark.parametrize(
    "row",
    [
        "{}", "[]", "7", '{"minutes": -1, "practised": 60, "ended": "2026-03-01"}',
        '{"minutes": NaN, "practised": 60, "ended": "2026-03-01"}', '{"practised": 60, "ended": "0001-01-01"}',
        '{"practised": 60, "ended": "yesterday"}', '{"practised": "60", "ended": "2026-03-01"}',
    ],
)  # fmt: skip
def test_a_last_time_that_is_not_to_be_made_out_is_none(tmp_path: Path, row: str) -> None:
    path = tmp_path / "remembered.json"
    path.write_text(f'{{"done": {{"practice yin": {row}}}}}', "utf-8")
    assert set(state.done(path)) <= ({"practice yin"} if "0001" in row else set())


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
