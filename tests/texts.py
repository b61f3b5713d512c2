"""The texts that the code itself says, read from its source."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psoas_cli
from psoas_cli.practice.model.text import Text

PACKAGE = Path(psoas_cli.__file__).parent


def written() -> Iterator[tuple[str, list[str]]]:
    """Where a text is written in the code, and its languages in their order."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Name("Text"), [ast.Constant(), *_] as said):
                    constants = [each.value for each in said if isinstance(each, ast.Constant)]
                    yield (
                        f"{path.relative_to(PACKAGE)}:{node.lineno}",
                        [each for each in constants if isinstance(each, str)],
                    )


@cache
def texts() -> tuple[Text, ...]:
    """All of them."""
    return tuple(Text(*said) for _, said in written())
