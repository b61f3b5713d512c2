"""The line that installs something for the interpreter that runs this."""

import sys
from importlib.util import find_spec


def install_line(*packages: str) -> str:
    """What a person can paste to have *packages*: with pip, or with uv, whose environments have none."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    if find_spec("pip") is None:
        return f"uv pip install --python {python} {' '.join(packages)}"
    return f"{python} -m pip install {' '.join(packages)}"
