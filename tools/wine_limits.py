"""A plugin of pytest for the suite under Wine: what fails there for a reason that is Wine's own is expected to.

`.ci/windows-known` has a test a line, and the reason behind ` # `. One of them that passes is told.
"""

from pathlib import Path

import pytest

KNOWN = Path(__file__).parents[1] / ".ci" / "windows-known"


def reasons(known: str) -> dict[str, str]:
    """The reason for each test that is named in the text *known*; empty where none is given."""
    lines = [line for line in known.splitlines() if line and not line.startswith("#")]
    return {test.strip(): reason.strip() for test, _, reason in (line.partition(" # ") for line in lines)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that are known."""
    known = reasons(KNOWN.read_text("utf-8"))
    for item in items:
        if item.nodeid in known:
            item.add_marker(pytest.mark.xfail(reason=known[item.nodeid], strict=False))
