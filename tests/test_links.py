"""Every link of the docs leads somewhere: to a file that is there, and to one heading in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import make_reference

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FOLDERS = ("bench", "docs", "sequences", "sounds", "src", "tests", "tools")
PAGES = [*sorted(ROOT.glob("*.md")), *(page for folder in FOLDERS for page in sorted((ROOT / folder).rglob("*.md")))]
ELSEWHERE = ("http://", "https://", "mailto:")  # nothing is fetched


def tokens(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page)


def within(found: Iterable[Token]) -> Iterator[Token]:
    for token in found:
        yield token
        yield from within(token.children or ())


def links(page: str) -> Iterator[str]:
    """Where links and pictures in *page* lead, those in HTML among them."""
    for token in within(tokens(page)):
        yield from (str(token.attrs[name]) for name in ("href", "src") if name in token.attrs)
        if token.type.startswith("html"):
            yield from re.findall(r"(?:href|src(?:set)?)=\"([^\"]+)\"", token.content)


@cache
def anchors(page: str) -> set[str]:
    """The anchors of the headings of *page*, as GitHub makes them: one that is there already gets a number."""
    seen: Counter[str] = Counter()
    found = set()
    parsed = tokens(page)
    for heading, text in pairwise(parsed):
        if heading.type == "heading_open":
            said = "".join(each.content for each in text.children or () if each.type in ("text", "code_inline"))
            slug = make_reference.slug(said)
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return found


def astray(page: Path) -> list[str]:
    """The links of *page* that lead nowhere."""
    found = []
    for link in links(page.read_text("utf-8")):
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        leads = target.exists() and target.is_relative_to(ROOT)
        if not leads or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    assert astray(page) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "# The `code` of it\n\n## Twice\n\n## Twice\n\n[good](#the-code-of-it) [good](page.md#twice-1) [no](#thrice)\n"
        '[no](gone.md) ![no](gone.svg) [no](../out.md) <img src="gone.png"> `[code](gone)` [good](https://gone.org/)\n\n'
        "| a |\n| --- |\n| [no](table.md) |\n\n```text\n[code](gone)\n```\n",
        "utf-8",
    )
    assert astray(page) == ["#thrice", "gone.md", "gone.svg", "../out.md", "gone.png", "table.md"]


def test_every_page_of_the_docs_is_in_their_index() -> None:
    index = DOCS / "README.md"
    named = {(DOCS / link.partition("#")[0]).resolve() for link in links(index.read_text("utf-8"))}
    assert set(DOCS.rglob("*.md")) - {index} - named == set()
