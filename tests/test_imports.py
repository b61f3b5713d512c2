"""The arrows of the design: what may import what, lazily imported modules too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "psoas_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))

PURE = {
    "__future__", "bisect", "codecs", "collections", "dataclasses", "difflib", "enum", "fractions", "functools",
    "itertools", "math", "operator", "re", "types", "typing", "unicodedata", "yaml",
}  # fmt: skip
"""All that the core may import besides itself: no clock, no file, no terminal, no sound."""

BELOW = {
    "practice": set(),
    "tui": {"practice"},
    "audio": {"practice"},
    "storage": {"practice"},
    "player": {"practice", "tui", "audio", "storage", "cli"},
    "cli": {"practice", "tui", "audio", "storage"},
    "commands": {"practice", "tui", "audio", "storage", "player", "cli"},
}
"""The packages that each package may import from."""


SHARED = "psoas_cli.storage.atomic"
"""The one way to write a file: whatever is kept on disk is written by it."""


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that is imported anywhere in *path*, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to(PACKAGE / "practice")], ids=name_of)
def test_the_core_imports_nothing_that_has_a_clock_a_file_a_terminal_or_a_sound(path: Path) -> None:
    for line, module in imports_of(path):
        if module.startswith("psoas_cli."):
            assert module.split(".")[1] in {"practice", "errors"}, f"{path}:{line}"
        else:
            assert module.split(".")[0] in PURE, f"{path}:{line}"


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to(PACKAGE / "practice")], ids=name_of)
def test_the_core_opens_and_prints_nothing(path: Path) -> None:
    called = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"open", "print", "input", "exec", "eval", "__import__"}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent != PACKAGE and name_of(path) != "cli/app.py"], ids=name_of
)
def test_arrows_between_packages_point_down(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0]
    for line, module in imports_of(path):
        parts = module.split(".")
        if parts[0] == "psoas_cli" and parts[1] in BELOW and parts[1] != own and not module.startswith(SHARED):
            assert parts[1] in BELOW[own], f"{path}:{line}: {own} imports {parts[1]}"


def test_numpy_is_for_files_alone() -> None:
    def users(name: str) -> set[str]:
        return {
            name_of(path) for path in MODULES for _, module in imports_of(path) if f"{module}.".startswith(f"{name}.")
        }

    assert users("numpy") == {"audio/export/numpy_buffer.py"}
    assert users("psoas_cli.audio.export.numpy_buffer") == {"audio/export/mixdown.py"}
    assert users("psoas_cli.audio.export.mixdown") == {"commands/render.py"}


def test_every_package_has_its_place_in_the_arrows() -> None:
    assert {path.relative_to(PACKAGE).parts[0] for path in MODULES if path.parent != PACKAGE} == BELOW.keys()
