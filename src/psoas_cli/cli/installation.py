"""The command that installs packages for the running Python."""

import sys
from importlib.util import find_spec


def install_line(*packages: str) -> str:
    """Return a command that installs *packages* with pip, or with uv, whose environments have no pip."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if find_spec("pip") is None:
        return f"uv pip install --python {python} {' '.join(packages)}"
    return f"{python} -m pip install {' '.join(packages)}"
