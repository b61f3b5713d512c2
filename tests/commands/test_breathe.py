"""Patterns that are meant for a few breaths at a time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.program import Psoas


@pytest.mark.parametrize(
    ("asked", "breathing"),
    [((), "1 minute 16 seconds"), (("-c", "8"), "2 minutes 32 seconds"), (("-m", "2"), "1 minute 54 seconds")],
)
def test_4_7_8_has_four_breaths_or_as_many_as_are_asked_for(asked: tuple[str, ...], breathing: str) -> None:
    command = [sys.executable, "-m", "psoas_cli", "breathe", "4-7-8", *asked, "--plain", "-y", "--speed", "1000"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"Breathing, {breathing}." in told


@pytest.mark.parametrize("asked", [("-c", "9"), ("-m", "5")])
def test_more_than_eight_at_a_time_are_refused_with_what_there_is_instead(psoas: Psoas, asked: tuple[str, ...]) -> None:
    told = psoas("breathe", "4-7-8", *asked)
    assert told.code == 2
    assert "at most 8 at a time" in told.err
    assert "long-exhale" in told.err
