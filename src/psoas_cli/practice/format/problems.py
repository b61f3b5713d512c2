"""What is wrong in a file, and where."""

from collections.abc import Iterable
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import visible

Path = tuple[str | int, ...]
"""Where in a file: keys and list positions from its top, `("steps", 2, "hold")`."""


_EXCERPT = 72
"""Characters of a line that are shown at most."""


class Problem(NamedTuple):
    """One thing wrong in a file; line and column count from 1.

    Where the file cannot be taken apart, the *excerpt* shows its line, and a caret under the column.
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
        """The problem as it is printed, with the line that it is in where that helps."""
        return f"{self}\n{self.excerpt}" if self.excerpt else str(self)


class BadFileError(PsoasError):
    """A file that cannot be used.

    Args:
        problems: Every problem in it, at least one.
        warnings: What else was noted in it.
    """

    def __init__(self, problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> None:
        self.problems = in_order(problems)
        self.warnings = in_order(warnings)
        super().__init__("\n".join(problem.told for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """*problems*, each once, in the order of their lines."""
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line, problem.column))


def excerpt_of(line: str, column: int) -> str:
    """As much of *line* as fits a window, and below it a caret under its *column*, which counts from 0."""
    start = max(0, column - _EXCERPT // 2) if column > _EXCERPT - 10 else 0
    part = visible(line[start : start + _EXCERPT])
    before, after = "…" if start else "", "…" if start + _EXCERPT < len(line) else ""
    return f"    {before}{part}{after}\n    {' ' * (len(before) + column - start)}^"


def path_text(path: Path) -> str:
    """*path* as people write it: `steps[2].hold`."""
    written = ""
    for part in path:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else part
    return written


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint to the name in *known* that *name* is most like, `, did you mean hold?`, or nothing."""
    from difflib import get_close_matches  # 8 ms, and only mistakes need it

    near = get_close_matches(name, list(known), 1)
    return f", did you mean {near[0]}?" if near else ""
