"""What the pages for developers name is there: every file, and every function, class and list of the code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("developers")  # the code is taken apart once

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "psoas_cli"
DOCS = ROOT / "docs"
PAGES = [ROOT / "CONTRIBUTING.md", DOCS / "architecture.md", *sorted((DOCS / "how-to-extend").glob("*.md"))]

FILE = re.compile(r"(?:[\w.-]+/)+(?:[\w-]+\.[\w.]+)?|[\w-]+\.(?:py|md|yaml|json|sqlite3)")
NAME = re.compile(r"(?:\w+\.)?(?:[A-Z]\w+|\w+_\w+)|\w+\.\w+")
NAME_IN_FILE = re.compile(r"`([\w.]+)` in `([\w/]+\.py)`")
ELSEWHERE = {
    *(
        "config.yaml",
        "sequences/",
        "poses.yaml",
        "journal.sqlite3",
        "running.lock",
        "remembered.json",
        "catalogue.json",
        "readings/",
        "speech/",
        "voices/",
    ),
    *("commands/remind.py", "tests/commands/test_remind.py"),
    *("docs/poses/cobbler.svg", "rich.live", "time.monotonic"),
    *("PSOAS_HOME", "PSOAS_LANG", "NO_COLOR", "SystemExit", "Literal", "assert_never", "FAILS"),
}
"""What looks like a file or a name of ours and is a person's, Python's, or made by an example."""


@cache
def definitions() -> defaultdict[str, set[str]]:
    """The names in the code by where they are defined: anywhere (no key), in a module's file, in a class."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for folder in (PACKAGE, ROOT / "tools", ROOT / "tests"):
        for path in folder.rglob("*.py"):
            file = path.relative_to(PACKAGE if folder == PACKAGE else ROOT).as_posix()
            for owner, name in names_in(ast.parse(path.read_text("utf-8")), path.stem):
                for each in ("", file, owner):
                    found[each].add(name)
    return found


def names_in(tree: ast.AST, owner: str) -> Iterator[tuple[str, str]]:
    """Each name that is defined in *tree*, with the module or the class that it belongs to."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.ClassDef(name) | ast.FunctionDef(name):
                yield owner, name
                yield from names_in(node, name)
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]):
                yield owner, name


def prose(page: Path) -> str:
    """*page* without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def is_defined(name: str, where: str = "") -> bool:
    owner, _, last = name.rpartition(".")
    return all(last in definitions()[place] for place in (where.removeprefix("src/psoas_cli/"), owner))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`([^`\n]+)`", prose(page))) - ELSEWHERE
    files = {each for each in named if FILE.fullmatch(each)}
    assert files
    assert not {each for each in files if not ((ROOT / each).exists() or (PACKAGE / each).exists())}
    assert not {each for each in named - files if NAME.fullmatch(each) and not is_defined(each)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_says_is_in_a_file_is_in_it(page: Path) -> None:
    assert not [found for found in NAME_IN_FILE.findall(prose(page)) if not is_defined(*found)]


def test_what_the_picture_names_is_there() -> None:
    picture = (DOCS / "pictures" / "architecture.svg").read_text("utf-8")
    named = [each for each in re.findall(r'class="name"[^>]*>([^<]+)<', picture) if NAME.fullmatch(each)]
    assert len(named) > 10
    assert not {each for each in named if each not in ELSEWHERE and not FILE.fullmatch(each) and not is_defined(each)}


def test_such_names_are_found_and_a_wrong_one_is_told() -> None:
    assert sum(len(NAME_IN_FILE.findall(prose(page))) for page in PAGES) > 15
    assert is_defined("Session.tick", "player/session.py")
    assert not is_defined("Session.tock")
    assert not is_defined("Session.tick", "player/scheduler.py")
