"""Problems in a file, each with its place, and the error that carries them."""

from collections.abc import Iterable
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import visible

Path = tuple[str | int, ...]
"""A place in a file: keys and list indices from the top, `("steps", 2, "hold")`."""


_EXCERPT = 72
"""The most characters of a line to show."""


class Problem(NamedTuple):
    """A problem or warning in a file; line and column count from 1.

    For a syntax error the *excerpt* shows the line, with a caret under the column; otherwise it is empty.
    """

    file: str
    line: int
    column: int
    path: Path
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        where = path_text(self.path)
        return f"{visible(self.file)}:{self.line}:{self.column}: {where + ': ' if where else ''}{self.message}"

    @property
    def told(self) -> str:
        """The problem as printed, with its excerpt if it has one."""
        return f"{self}\n{self.excerpt}" if self.excerpt else str(self)


class Spot(NamedTuple):
    """A place in a file: line and column, from 0."""

    line: int
    column: int


class FaultError(Exception):
    """What makes a file unreadable: its place, and what to do about it."""

    def __init__(self, spot: Spot, message: str) -> None:
        super().__init__(message)
        self.spot = spot
        self.message = message


class BadFileError(PsoasError):
    """A file that cannot be used.

    Args:
        problems: All of its problems, at least one.
        warnings: All of its warnings.
    """

    def __init__(self, problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> None:
        self.problems = in_order(problems)
        self.warnings = in_order(warnings)
        super().__init__("\n".join(problem.told for problem in self.problems))

    @property
    def lines(self) -> list[str]:
        """The lines of each problem."""
        return [line for problem in self.problems for line in problem.told.split("\n")]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return *problems* without duplicates, sorted by file, line and column."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.column))


def excerpt_of(line: str, column: int) -> str:
    """Return the part of *line* around *column* (from 0) that fits a window, with a caret on the next line."""
    start = max(0, column - _EXCERPT // 2) if column > _EXCERPT - 10 else 0
    part = visible(line[start : start + _EXCERPT])
    before, after = "…" if start else "", "…" if start + _EXCERPT < len(line) else ""
    return f"    {before}{part}{after}\n    {' ' * (len(before) + column - start)}^"


def path_text(path: Path) -> str:
    """Return *path* in its usual notation: `steps[2].hold`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written
