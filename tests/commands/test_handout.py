"""`psoas show --html`: one page to print, that is safe to open whoever wrote its texts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

HOSTILE = """
title: <script>alert(1)</script> & "quoted"
language: en
credit: <img src=x onerror=alert(2)>
poses:
  trap:
    name: '"><script>alert(3)</script>'
    text: <b>bold</b> \u202e backwards
    notice: [</p></div></body>]
    leave: "javascript:alert(4) &lt;"
    props: [</style>]
    sides: true
    hold: 1m
    figure: {head: 0.1 0.1, trunk: '0.3 0.1, 0.8 0.1'}
steps:
  - pose: trap
    say: [{at: 5s, text: <iframe src="//x">}]
  - scan: [<u>Feet</u>]
    text: <svg onload=alert(5)>
  - transition: 20s
    text: </table><form>
"""

VOID = {"meta"}


class Page(HTMLParser):
    """What stands on a page: its elements, well closed, and its text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.lang = ""
        self.feed(content)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += f" {data}"


def page_of(psoas: Psoas, home: Path, *arguments: str) -> Page:
    made = psoas("show", *arguments, "--html", "page.html", "--force")
    assert (made.code, made.err) == (0, "")
    assert "page.html" in made.out
    return Page((home / "page.html").read_text("utf-8"))


@pytest.mark.parametrize("name", ["yin", "wind-down", "breathing", "micro-movements"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", ("The plan", "Precautions", "Credit", "Props")), ("nl", ("Het plan", "Let op bij", "Herkomst"))],
)
def test_a_page_has_all_of_a_practice_and_nothing_from_elsewhere(
    psoas: Psoas, home: Path, name: str, lang: str, said: tuple[str, ...]
) -> None:
    page = page_of(psoas, home, name, "-l", lang)
    assert page.attributes["lang"] == {lang}
    assert not page.tags & {"script", "link", "img", "iframe", "object"}
    assert not page.attributes.keys() & {"src", "href", "style"}
    assert all(heading in page.text for heading in said)


def test_a_page_tells_each_pose_with_its_texts_and_picture(psoas: Psoas, home: Path) -> None:
    page = page_of(psoas, home, "yin", "-m", "30")
    assert "30:00" in page.text
    assert {"Baby dragon", "Child's pose", "Savasana"} <= page.attributes["aria-label"]
    for said in (
        "Step your right foot between your hands",
        "How is your left knee?",
        "Hands down; bring your right knee back",
        "This side may well be different from the first.",
        "Stay for a breath, then press up to hands and knees",
        "You might pad your knees",
    ):
        assert page.text.count(said) == 1
    scan = page_of(psoas, home, "wind-down")
    assert "Both feet · Lower legs · Knees" in scan.text


def test_texts_of_strangers_are_shown_and_never_obeyed(psoas: Psoas, home: Path) -> None:
    (home / "trap.yaml").write_text(HOSTILE, "utf-8")
    tame = page_of(psoas, home, "yin")
    page = page_of(psoas, home, "trap.yaml")
    assert page.tags <= tame.tags
    assert page.attributes.keys() <= tame.attributes.keys()
    for shown in (
        '<script>alert(1)</script> & "quoted"',
        "<img src=x onerror=alert(2)>",
        '<iframe src="//x">',
        "</p></div></body>",
        "&lt;",
        "</style>",
        "<svg onload=alert(5)>",
        "</table><form>",
        "<u>Feet</u>",
    ):
        assert shown in page.text
    assert "\u202e" not in page.text
    assert '"><script>alert(3)</script>' in page.attributes["aria-label"]


def test_a_page_takes_no_other_files_place(psoas: Psoas, home: Path) -> None:
    (home / "page.html").write_text("mine", "utf-8")
    refused = psoas("show", "yin", "--html", "page.html")
    assert (refused.code, refused.err) == (1, "psoas: page.html already exists\n       use --force to replace it\n")
    assert (home / "page.html").read_text("utf-8") == "mine"
    assert psoas("show", "yin", "-m", "2", "--html", "page.html", "--force").code == 2
    assert (home / "page.html").read_text("utf-8") == "mine"
