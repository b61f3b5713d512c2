"""Where the built-in sequences and sounds are: in the installed package, or in a checkout."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parent  # importlib.resources would find the same, and take 5 ms to be imported


def bundled(kind: Literal["sequences", "sounds"]) -> Path:
    """The folder of the built-in *kind*."""
    installed = _PACKAGE / kind
    return installed if installed.is_dir() else _PACKAGE.parents[1] / kind
