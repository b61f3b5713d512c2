"""Tables, as they stand in bench/README.md: what was measured, and what was aimed at."""

from collections.abc import Sequence
from typing import NamedTuple

_YES = {True: "yes", False: "**no**"}


class Goal(NamedTuple):
    """A figure that is to be at most so much: what it is, what was found, and the goal."""

    figure: str
    found: float
    most: float

    @property
    def met(self) -> bool:
        """Whether it is."""
        return self.found <= self.most


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    print()
    for row in (headings, ["---"] * len(headings), *rows):
        print(f"| {' | '.join(row)} |", flush=True)


def print_goals(goals: Sequence[Goal]) -> None:
    """Print which goals are met."""
    rows = [(goal.figure, number(goal.found), f"<= {number(goal.most)}", _YES[goal.met]) for goal in goals]
    print_table(("goal", "measured", "at most", "met"), rows)


def number(value: float | None, digits: int = 3) -> str:
    """*value* with so many digits that count; a dash where there is none."""
    if value is None:
        return "-"
    if value == 0 or abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def span(values: Sequence[float]) -> str:
    """From the least to the greatest of *values*."""
    return f"{min(values):.2f}-{max(values):.2f}"
