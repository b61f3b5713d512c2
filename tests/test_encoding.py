"""An output that lacks a character shows one that is near, and keeps its columns."""

import pytest

from psoas_cli.encoding import encoded


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gevoelige knieën · één …", b"gevoelige knieen - een ."),
        ("← → ↑ ↓ ▸ “zo” it’s 2×", b'< > ^ v > "zo" it\'s 2x'),  # noqa: RUF001
        ("木 🧘", b"? ?"),
    ],
)
def test_what_ascii_lacks_is_near(text: str, shown: bytes) -> None:
    assert encoded(text, "ascii") == shown
    assert encoded(text, "utf-8").decode() == text
