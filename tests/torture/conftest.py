"""psoas where things go wrong: in a real terminal, with a practice that is short to write and long to practise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import home, window  # noqa: F401 - fixtures here, too

if TYPE_CHECKING:
    from pathlib import Path

PSOAS = (sys.executable, "-m", "psoas_cli")

_PRACTICE = """
title: Tried
language: en
lead-in: 60s
transition: 0s
steps:
  - pose: constructive-rest
    hold: 5m
    breath: 4-6
  - rest: 5m
"""


@pytest.fixture(autouse=True)
def tried(home: Path) -> Path:  # noqa: F811 - the fixture
    """The practice, as a file in the folder that one is in; nothing sounds."""
    (home / "config.yaml").write_text("audio: none\n", "utf-8")
    file = home / "tried.yaml"
    file.write_text(_PRACTICE, "utf-8")
    return file
