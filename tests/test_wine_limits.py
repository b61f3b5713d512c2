"""What is known to fail under Wine is there, and has a reason."""

import re
from pathlib import Path

from wine_limits import KNOWN, reasons

ROOT = Path(__file__).parents[1]


def test_each_line_names_a_test_that_is_there_and_a_reason() -> None:
    for test, reason in reasons(KNOWN.read_text("utf-8")).items():
        file, name = re.fullmatch(r"(tests/[\w/]+\.py)::(test_\w+)(?:\[.*\])?", test, re.DOTALL).groups()  # type: ignore[union-attr]
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), test
        assert len(reason.split()) > 3, test


def test_a_line_without_a_reason_has_none() -> None:
    known = "# A heading.\n\ntests/a.py::test_b[c d] # Wine says so\ntests/a.py::test_e\n"
    assert reasons(known) == {"tests/a.py::test_b[c d]": "Wine says so", "tests/a.py::test_e": ""}
