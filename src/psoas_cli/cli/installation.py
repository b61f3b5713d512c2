"""The command that installs packages for the running Python."""

import sys
from importlib.util import find_spec

from psoas_cli.resources import IS_ONE_FILE


def install_line(*packages: str) -> str:
    """Return a command that installs *packages* with pip, or with uv, whose environments have no pip.

    A program of one file takes in nothing: for that, the command installs a psoas beside them that finds them.
    """
    if IS_ONE_FILE:
        return f"python3 -m pip install psoas {' '.join(packages)}"
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if find_spec("pip") is None:
        return f"uv pip install --python {python} {' '.join(packages)}"
    return f"{python} -m pip install {' '.join(packages)}"
