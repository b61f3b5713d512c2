"""Finds the built-in sequences and sounds, in the installed package or in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent  # importlib.resources finds the same, but takes 5 ms to import


def bundled(kind: Literal["sequences", "sounds"]) -> Path:
    """Return the folder of the built-in *kind*."""
    installed = _PACKAGE / kind
    return installed if installed.is_dir() else _PACKAGE.parents[1] / kind
