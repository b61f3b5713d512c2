"""The maps and lists of a file that are open, line by line, as their keys and dashes stand one under another."""

from collections import Counter
from dataclasses import dataclass, replace

from psoas_cli.practice.format.problems import FaultError, Spot

NO_SPACE_AFTER_DASH = "a space is missing after the dash"


@dataclass
class Level:
    """A map or a list that is open.

    Args:
        column: Where its keys or dashes stand, from 0.
        name: Its last key; empty for a list.
        line: The line of its last key or dash, from 0.
        begun: Its first key, and the line of that.
        outer: The column of the level around it; None at the margin.
        entries: How many keys or dashes it has had.
        ends_list: Whether its last key ended a list whose dashes stood in the same column.
    """

    column: int
    name: str
    line: int
    begun: tuple[str, int] = ("", 0)
    outer: int | None = None
    entries: int = 1
    ends_list: bool = False

    def __str__(self) -> str:
        return self.name or "the dash"


class Outline:
    """What is open; each key and each dash opens a level, goes on with one, or stands wrong.

    Attributes:
        levels: What is open, the innermost last.
        waits: Whether the last key or dash still waits for its value.
    """

    def __init__(self) -> None:
        self.levels: list[Level] = []
        self.waits = True
        self._steps = Counter({2: 1})  # how much farther in than the level around it each level is

    @property
    def margin(self) -> int:
        """The column of the innermost level; -1 without any."""
        return self.levels[-1].column if self.levels else -1

    def dash(self, spot: Spot, *, first: bool) -> None:
        """Open or go on with the list whose dash stands at *spot*; *first* says whether it is the first of its line.

        Raises:
            FaultError: It stands wrong.
        """
        above = self._above(spot.column)
        new = Level(spot.column, "", spot.line)
        if first and above and not above.name and above.column == spot.column:
            self._go_on(above, new)
        elif not first or not self.levels or (self.waits and above is self.levels[-1]):
            self._open(new)
        else:
            raise self.misplaced(new)

    def key(self, name: str, spot: Spot, *, first: bool) -> None:
        """Open or go on with the map whose key *name* stands at *spot*; *first* says whether no dash stands before it.

        Raises:
            FaultError: It stands wrong.
        """
        above = self._above(spot.column)
        if first and above and not above.name and above.column == spot.column:  # a list may stand right under its key
            above = next((level for level in self.levels if level.column == spot.column and level.name), above)
        new = Level(spot.column, name, spot.line)
        if first and above and above.name and above.column == spot.column:
            self._go_on(above, new)
        elif not first or not self.levels or (self.waits and above is self.levels[-1] and spot.column > above.column):
            self._open(new)
        else:
            raise self.misplaced(new)

    def _above(self, column: int) -> Level | None:
        """Return the innermost level that is open at *column* or to the left of it."""
        return next((level for level in reversed(self.levels) if level.column <= column), None)

    def _open(self, new: Level) -> None:
        if self.levels:
            self._steps[new.column - self.margin] += 1
        self.levels.append(replace(new, begun=(new.name, new.line), outer=self.margin if self.levels else None))

    def _go_on(self, level: Level, new: Level) -> None:
        level.name, level.line = new.name, new.line
        level.entries += 1
        level.ends_list = any(
            not each.name and each is not level and each.column == level.column for each in self.levels
        )
        del self.levels[self.levels.index(level) + 1 :]

    # -- what stands wrong

    def misplaced(self, new: Level) -> FaultError:  # noqa: PLR0911 - one for each way to stand wrong
        """Return with what *new* is to be lined up, or which one above it stands wrong instead."""
        if new.name.startswith("-"):
            return FaultError(Spot(new.line, new.column + 1), NO_SPACE_AFTER_DASH)
        last = self.levels[-1] if self.levels else None
        if last and not new.name and last.name == "repeat" and new.column >= last.column:
            return FaultError(Spot(new.line, new.column), "steps: is missing on a line above this one, below repeat")
        ended = next((level for level in self.levels if level.ends_list and level.column == new.column), None)
        if not new.name and ended:
            told = f"{ended} ends the list above: put it in column {ended.column + 3}, to be a part of its last entry"
            return FaultError(Spot(ended.line, ended.column), told)
        undashed = next((level for level in self.levels if level.name and level.column == new.column + 2), None)
        if not new.name and undashed and not any(level.column == new.column for level in self.levels):
            name, line = undashed.begun
            return FaultError(Spot(line, undashed.column), f"a dash and a space are missing before {name}")
        alike = [level for level in self.levels if bool(level.name) == bool(new.name)] or self.levels
        inner = next((level for level in alike if level.column > new.column), None)
        outer = next((level for level in reversed(alike) if level.column <= new.column), None)
        near = [level for level in (inner, outer) if level]
        for level in near:
            if level.name.startswith("-"):
                return FaultError(Spot(level.line, level.column + 1), NO_SPACE_AFTER_DASH)
            if moved := self.moved(level, new.column):
                right = new.column + moved.column - level.column
                told = f"{moved} begins in column {moved.column + 1}: put it in column {right + 1}"
                return FaultError(Spot(moved.line, moved.column), told)
        places = ", or ".join(f"with {level} in line {level.line + 1}, column {level.column + 1}" for level in near)
        if new.name and any(not level.name and level.column == new.column for level in self.levels):
            places += ", or begin it with a dash and a space"
        what = new.name or "this dash"
        return FaultError(Spot(new.line, new.column), f"{what} begins in column {new.column + 1}: line it up {places}")

    def moved(self, level: Level, column: int) -> Level | None:
        """Return what stands wrong rather than what begins at *column*: *level*, or the dash before it.

        That is so if it is the only one of its level, and would stand as far in as is usual here at *column*.
        """
        before = self.levels[self.levels.index(level) - 1] if level is not self.levels[0] else level
        moved = before if before.line == level.line and not before.name else level
        if level.entries > 1 or moved.entries > 1:
            return None
        if moved.outer is None:
            return moved if column < level.column else None
        (usual, _), *_ = self._steps.most_common(1)
        return moved if level.column != column == moved.outer + usual + level.column - moved.column else None
