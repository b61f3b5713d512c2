"""Where the built-in sequences and sounds are: in the installed package, or in a checkout."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal


def bundled(kind: Literal["sequences", "sounds"]) -> Traversable:
    """The folder of the built-in *kind*."""
    installed = files("psoas_cli") / kind
    return installed if installed.is_dir() else Path(__file__).parents[2] / kind
