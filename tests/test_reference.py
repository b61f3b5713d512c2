"""The reference of the docs says what the code does, and its links lead somewhere."""

import re
from pathlib import Path

import pytest

import make_reference
from psoas_cli.practice.model.durations import parse_duration

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("name", ["format.md", "command-line.md"])
def test_the_reference_is_that_of_the_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")  # a narrow window changes nothing of it
    made = make_reference.pages()[name]
    assert (DOCS / "reference" / name).read_text("utf-8") == made, "run: python tools/make_reference.py"


PAGES = [DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def anchors(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
    return [make_reference.slug(title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_every_link_within_the_docs_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchors(target).count(anchor) == 1, link


def test_its_durations_are_read_and_refused_as_it_says() -> None:
    section = (
        (DOCS / "reference" / "format.md").read_text("utf-8").partition("\n## Durations\n")[2].partition("\n## ")[0]
    )
    taken, refused = (re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for table in section.split("| not read"))
    assert taken
    assert refused
    for written in re.findall(r"`(.*?)`", " ".join(taken)):
        assert parse_duration(written) > 0
    for written in re.findall(r"`(.*?)`", " ".join(refused)):
        with pytest.raises(ValueError, match="expected a duration"):
            parse_duration(written)
