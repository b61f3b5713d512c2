"""Finds the built-in sequences and sounds, installed or in a checkout, and what a person's path means."""

import os
import sys
from pathlib import Path
from typing import Literal

from psoas_cli.errors import PsoasError

IS_ONE_FILE = hasattr(sys, "frozen")
"""Whether this is a program of one file, which is no Python: it takes in no packages, and runs no module."""

COMPLETE_IT = "install psoas again; a program that was made of it needs its data too"
"""The hint where something that comes with psoas is missing."""

_PACKAGE = Path(__file__).parent  # importlib.resources finds the same, but takes 5 ms to import


def bundled(kind: Literal["sequences", "sounds"]) -> Path:
    """Return the folder of the built-in *kind*.

    Raises:
        PsoasError: There is none.
    """
    places = _PACKAGE / kind, _PACKAGE.parents[1] / kind
    for folder in places:
        if folder.is_dir():
            return folder
    raise PsoasError(f"the built-in {kind} are missing: {places[0]} is not there", COMPLETE_IT, exit_code=1)


def is_ours(file: str) -> bool:
    """Whether *file* is one that comes with psoas."""
    return Path(file).is_relative_to(_PACKAGE)


def expanded(written: str) -> Path:
    """Return the path *written*, with `~` for a home; left as it is where there is no such person."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 - that of pathlib raises RuntimeError
