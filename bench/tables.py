"""The tables of bench/README.md: what was measured, and the goals."""

from collections.abc import Sequence
from typing import NamedTuple

_YES = {True: "yes", False: "**no**"}


class Goal(NamedTuple):
    """A figure with an upper bound: its name, the value found, and the bound."""

    figure: str
    found: float
    most: float

    @property
    def met(self) -> bool:
        """Whether the value is within the bound."""
        return self.found <= self.most


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    print()
    for row in (headings, ["---"] * len(headings), *rows):
        print(f"| {' | '.join(row)} |", flush=True)


def print_goals(goals: Sequence[Goal]) -> None:
    """Print which goals are met."""
    rows = [(goal.figure, number(goal.found), f"<= {number(goal.most)}", _YES[goal.met]) for goal in goals]
    print_table(("goal", "measured", "at most", "met"), rows)


def number(value: float | None, digits: int = 3) -> str:
    """*value* with *digits* significant digits; a dash if there is none."""
    if value is None:
        return "-"
    if value == 0 or abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def span(values: Sequence[float]) -> str:
    """The range of *values*, from least to greatest."""
    return f"{min(values):.2f}-{max(values):.2f}"
