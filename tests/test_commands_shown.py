"""Every command that the docs show is one that psoas takes: its options are there, with such values, and so are names.

Nothing is run; `tests/test_readme.py` does that with the README's tour.
"""

import re
import shlex
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.test_links import PAGES, ROOT, tokens, within

from psoas_cli.cli.app import VERBS, app, command_of
from psoas_cli.practice.format.shorthand import read_steps
from psoas_cli.practice.model.bed import BEDS, NO_BED
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.model.sequence import SOUNDS
from psoas_cli.storage.library import Library

_USAGE: type[Exception] = typer.BadParameter.__mro__[1]  # Typer bundles its own click since 0.26
_MENTIONED = re.compile("Missing (argument|option)|requires an argument")
_PERSONS_OWN = re.compile(r"my-|mijn-|.*[./]|-$|[A-Z]+$")  # a name that an example makes, a file, NAME
_COUNTS = re.compile(r"[\d.]+(-[\d.]+)+")
_MADE_THERE = {"psoas remind", "psoas remind --json", "psoas bells tube", "psoas poses cobbler"}
"""What a page for developers adds while one reads it."""


def commands(page: Path) -> Iterator[tuple[str, bool]]:
    """Each command in *page*, without what is said of it, and whether it is only mentioned in a sentence."""
    for token in within(tokens(page.read_text("utf-8"))):
        if token.type in ("fence", "code_inline"):
            for line in token.content.splitlines():
                if found := re.match(r"(?:\S*/)?(psoas(?: .*)?)$", line.strip()):
                    yield re.split(r"\s+#|\s{2,}|\s[>|]\s", found[1])[0].strip(), token.type == "code_inline"


@cache
def library() -> Library:
    return Library("en", own_poses=False)


@cache
def parsed_by(verb: str) -> Any:
    return command_of(verb)


def unknown(command: str, *, mentioned: bool) -> str:
    """What of *command* psoas does not take; empty if nothing."""
    _, *words = shlex.split(command)
    if not words or "[OPTIONS]" in words or command in _MADE_THERE:
        return ""
    verb, *arguments = words
    if verb.startswith("-"):
        options = {name for each in typer.main.get_command(app).params for name in each.opts}
        return "" if {*words} <= options | {"--help"} else "an option of psoas"
    if verb not in VERBS:
        return "a command"
    try:
        given = parsed_by(verb).make_context(verb, arguments).params
    except _USAGE as error:
        told = str(error.format_message())  # type: ignore[attr-defined] # every usage error has it
        return "" if mentioned and _MENTIONED.search(told) else told
    return ", ".join(unknown_names(verb, given))


def unknown_names(verb: str, given: dict[str, Any]) -> Iterator[str]:
    """What the values that were *given* to *verb* name, and is not there."""
    poses, practices = library().poses, library().entries
    if (steps := given.get("steps")) and steps != "…":
        assert read_steps(steps, poses)
    named = {"bells": SOUNDS, "poses": poses}.get(verb, practices)
    names: dict[str, Collection[str]] = {
        "name": () if verb in ("new", "add") else named,
        "files": practices,
        "source": practices,
        "begin": {*poses, "6"},
        "avoid": poses,
        "bed": {*BEDS, NO_BED},
        "pattern": NAMED,
        "breathe": NAMED,
    }
    for parameter, known in names.items():
        value = given.get(parameter) or ()
        for each in [value] if isinstance(value, str) else value:
            if known and each not in known and not _PERSONS_OWN.match(each) and not _COUNTS.fullmatch(each):
                yield f"{parameter} {each}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_shown_is_one_that_psoas_takes(page: Path) -> None:
    said = {command: unknown(command, mentioned=mentioned) for command, mentioned in commands(page)}
    assert {command: why for command, why in said.items() if why} == {}


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("psoas practise yin", "a command"),
        ("psoas --versions", "an option of psoas"),
        ("psoas show yin --minute 30", "No such option: --minute"),
        ("psoas practice yin --words some", "some"),
        ("psoas practice yang", "name yang"),
        ("psoas poses sfinx", "name sfinx"),
        ("psoas voices --share", "requires an argument"),
    ],
)
def test_a_command_that_is_not_taken_is_found(command: str, why: str) -> None:
    assert why in unknown(command, mentioned=False)
