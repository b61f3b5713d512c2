"""Finds the built-in sequences and sounds, installed or in a checkout, and what a person's path means."""

import os
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent  # importlib.resources finds the same, but takes 5 ms to import


def bundled(kind: Literal["sequences", "sounds"]) -> Path:
    """Return the folder of the built-in *kind*."""
    installed = _PACKAGE / kind
    return installed if installed.is_dir() else _PACKAGE.parents[1] / kind


def expanded(written: str) -> Path:
    """Return the path *written*, with `~` for a home; left as it is where there is no such person."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 - that of pathlib raises RuntimeError
