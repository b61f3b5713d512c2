"""Print what the changelog says of a version, for its release.

    python tools/release_notes.py v1.0.0

Nothing but Python's own library is needed.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def notes(tag: str, code: str, changelog: str) -> str:
    """What *changelog* says of the version of *tag*.

    Args:
        tag: As in `v1.0.0`.
        code: The module that has psoas's version.
        changelog: All of it.

    Raises:
        ValueError: The code has another version, or the changelog has nothing of this one, with its day.
    """
    version = tag.removeprefix("v")
    if f'__version__ = "{version}"' not in code:
        raise ValueError(f"the code's version is not {version}")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n(.*?)(?=^## |\Z)"
    told = re.search(heading, changelog, re.MULTILINE | re.DOTALL)
    if not told or not told[1].strip():
        raise ValueError(f"the changelog has nothing of {version}, with its day")
    return told[1].strip()


if __name__ == "__main__":
    own = ROOT / "src" / "psoas_cli" / "__init__.py"
    print(notes(sys.argv[1], own.read_text("utf-8"), (ROOT / "CHANGELOG.md").read_text("utf-8")))
