"""Whatever comes from outside, psoas lives: a few of the cases that `bench/fuzz.py` tries, the same each time."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from tests.systems import NO_LIMITS

pytest.importorskip("resource", reason=NO_LIMITS)

from fuzz import case_of, trial_of

if TYPE_CHECKING:
    from pathlib import Path

CASES = {"sequences": 30, "steps": 20, "pages": 12, "settings": 60, "settings_page": 12, "journals": 10, "keys": 25}


@pytest.mark.parametrize("kind", CASES)
def test_nothing_but_a_message_comes_of_it(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "")
    trial = trial_of(kind)
    gc.enable()
    outcomes = {trial.tried(case_of(trial, kind, 1, number)) for number in range(CASES[kind])}
    assert len(outcomes) > 1, "everything comes to the same, and tells nothing"
