"""What the docs for developers name is there: files, functions and tests."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", *(ROOT / "docs" / "how-to-extend").glob("*.md")]
SOURCES = "\n".join(
    path.read_text("utf-8") for folder in ("src", "tests", "tools") for path in (ROOT / folder).rglob("*.py")
)
PATH = re.compile(r"[\w./-]+/[\w.-]+|[\w-]+\.(?:py|md|toml|svg)")
NAME = re.compile(r"_?[A-Za-z]\w*(?:\.\w+)?")

# What the pages add as an example, and what is not of psoas.
EXAMPLES = {
    "walk", "WALK", "low-gong", "sounds/low-gong.flac", "de", "nl", "rechts", "text", "action", "notice", "Lang",
    "termios", "select", "mypy", "ffmpeg", "sox", "bench",
}  # fmt: skip


def spoken_of(page: Path) -> set[str]:
    """The words in backticks, without blocks of code and command lines."""
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"`([^`\s]+)`", prose)) - EXAMPLES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_it_names_is_there(page: Path) -> None:
    named = spoken_of(page)
    assert named
    homes = (ROOT, ROOT / "src" / "psoas_cli", ROOT / "docs")
    paths = {each for each in named if PATH.fullmatch(each)}
    assert not [each for each in paths if not any((home / each).exists() for home in homes)]
    names = {each for each in named - paths if NAME.fullmatch(each)}
    assert not [each for each in names if not re.search(rf"\b{re.escape(each.split('.')[-1])}\b", SOURCES)]
