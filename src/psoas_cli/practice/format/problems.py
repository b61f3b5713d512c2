"""Problems in a file, each with its place, and the error that carries them."""

from collections.abc import Iterable
from typing import NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import cells, fitting, visible

Path = tuple[str | int, ...]
"""A place in a file: keys and list indices from the top, `("steps", 2, "hold")`."""


_EXCERPT = 72
"""The most characters of a line to show."""

_MOST_SLIPS = 20
_NARROWEST = 20  # columns of the steps that are shown in any case
_INDENT = "  "
_HINT = "psoas poses lists the poses; psoas practice --help shows how steps are written"


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

    def lines_within(self, width: int) -> list[str]:  # noqa: ARG002 - editors read them
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


class Slip(NamedTuple):
    """A mistake in a line, from *begin* to *end* (from 0), and what to say of it."""

    begin: int
    end: int
    message: str


class BadStepsError(PsoasError):
    """Steps in shorthand that cannot be read.

    Args:
        written: The line.
        slips: All that is wrong with it, at least one.
    """

    def __init__(self, written: str, slips: Iterable[Slip]) -> None:
        found = sorted(dict.fromkeys(slips))
        self.slips, self._left = found[:_MOST_SLIPS], len(found[_MOST_SLIPS:])
        self._written = visible(written)  # each character as one, so that the slips keep their places
        super().__init__(f"--steps: {self.slips[0].message}", _HINT)

    def lines_within(self, width: int) -> list[str]:
        """The lines of each mistake in *width* columns: what it is, the line, and a caret below the place."""
        lines: list[str] = []
        for slip in self.slips:
            lines.append(f"--steps: {slip.message}")
            lines += self._excerpt(slip, max(_NARROWEST, width - len(_INDENT) - 1)) if self._written.strip() else ()
        return [*lines, f"--steps: and {self._left} more like these"] if self._left else lines

    def _excerpt(self, slip: Slip, room: int) -> tuple[str, str]:
        """The part of the line around *slip* that fits *room* columns, and the caret."""
        line, start, stop = self._written, 0, len(self._written)
        if cells(line) > room:
            start = max(0, slip.begin - room)
            while start < slip.begin and cells(line[start : slip.begin]) > room // 3:
                start += 1
            stop = start + fitting(line[start : start + 4 * room], room - 2)
        before, after = "…" if start else "", "…" if stop < len(line) else ""
        at = len(before) + cells(line[start : slip.begin])
        under = max(1, cells(line[slip.begin : max(slip.begin, min(slip.end, stop))]))
        return f"{_INDENT}{before}{line[start:stop]}{after}", f"{_INDENT}{' ' * at}{'^' * under}"
