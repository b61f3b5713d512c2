"""What is wrong in a file, and where."""

from collections.abc import Iterable
from typing import NamedTuple

from psoas_cli.errors import PsoasError

Path = tuple[str | int, ...]
"""Where in a file: keys and list positions from its top, `("steps", 2, "hold")`."""


class Problem(NamedTuple):
    """One thing wrong in a file; line and column count from 1, and an *excerpt* shows them where that is needed."""

    file: str
    line: int
    column: int
    path: Path
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        return self.said()

    def said(self, kind: str = "") -> str:
        """Where it is and what it is; the *kind* ("warning: ") comes in between."""
        where = path_text(self.path)
        line = f"{self.file}:{self.line}:{self.column}: {kind}{where + ': ' if where else ''}{self.message}"
        return "\n    ".join([line, *self.excerpt.splitlines()])


class BadFileError(PsoasError):
    """A file that cannot be used: every problem in it, at least one, in the order of its lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        once = dict.fromkeys(problems)
        self.problems = sorted(once, key=lambda problem: (problem.file, problem.line, problem.column))
        super().__init__("\n".join(map(str, self.problems)))


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
