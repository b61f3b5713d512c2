"""A length as it is typed, key by key: which lengths it can still become."""

import re
from collections.abc import Iterator

from psoas_cli.practice.model.durations import LONGEST

Range = tuple[float, float]
"""From the first up to, and without, the second, in seconds."""

_WHOLE = re.compile(r"\d+", re.ASCII)
_DECIMAL = re.compile(r"(\d+)(?:\.(\d*)|,(\d?|\d[1-9]))", re.ASCII)
_OF_HOURS = re.compile(r"(\d+[.,]\d+)[hu]", re.ASCII)
_OF_MINUTES = re.compile(r"(\d+[.,]\d+)m", re.ASCII)
_HOURS = re.compile(r"(\d+)[hu](\d{0,2})(?:(?<=\d)(m)(\d{0,2})(?:(?<=\d)(s))?)?", re.ASCII)
_MINUTES = re.compile(r"(\d+)m(\d{0,2})(?:(?<=\d)(s))?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{0,2})", re.ASCII)
_LONG_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):(\d{0,2})", re.ASCII)


def becomes(typed: str) -> Iterator[Range]:
    """The lengths that *typed* can become by further keys, or is already.

    It can be a number of minutes (`45`, `2,5`), hours or minutes with what is left of them below sixty (`1h15`, `30m`,
    `2m30s`), or a time as on a clock (`1:15:00`). What can become none of these gives nothing.
    """
    if _WHOLE.fullmatch(typed):
        yield from _grown(int(typed))
    elif found := _DECIMAL.fullmatch(typed):
        digits = found[2] or found[3] or ""
        number, step = float(f"{found[1]}.{digits}"), 10.0 ** -len(digits)
        yield from ((number * unit, (number + step) * unit) for unit in (60, 3600))
    elif found := _OF_HOURS.fullmatch(typed) or _OF_MINUTES.fullmatch(typed):
        seconds = float(found[1].replace(",", ".")) * (60 if typed.endswith("m") else 3600)
        yield seconds, seconds + 1
    elif found := _HOURS.fullmatch(typed):
        base = int(found[1]) * 3600
        if not found[3]:
            yield from _below_sixty(found[2], 60, base)
        elif int(found[2]) < 60:
            yield from _below_sixty(found[4], 1, base + int(found[2]) * 60, ended=bool(found[5]))
    elif found := _MINUTES.fullmatch(typed):
        yield from _below_sixty(found[2], 1, int(found[1]) * 60, ended=bool(found[3]))
    elif found := _CLOCK.fullmatch(typed):
        yield from _below_sixty(found[2], 1, int(found[1]) * 60, two=True)
        yield from _below_sixty(found[2], 60, int(found[1]) * 3600, two=True)
    elif found := _LONG_CLOCK.fullmatch(typed):
        yield from _below_sixty(found[3], 1, int(found[1]) * 3600 + int(found[2]) * 60, two=True)


def _grown(number: int) -> Iterator[Range]:
    """What a whole *number* becomes with more digits, or a unit, a comma or a colon after them."""
    low, high = number * 60, (number + 1) * 60
    yield low * 60, high * 60
    yield low, high
    while 0 < low <= LONGEST:
        low, high = low * 10, high * 10
        yield low, high


def _below_sixty(digits: str, unit: int, base: float, *, ended: bool = False, two: bool = False) -> Iterator[Range]:
    """What *digits*, a number below sixty of *unit* seconds, become after *base* seconds.

    Args:
        digits: What is there of the number.
        unit: The seconds of each.
        base: The seconds before.
        ended: Whether its unit is there already.
        two: Whether it must have two digits.
    """
    if not digits:
        yield base, base + 60 * unit
    elif int(digits) < 60:
        number = int(digits)
        if len(digits) == 2 or not two:
            yield base + number * unit, base + (number + 1) * unit
        if len(digits) == 1 and not ended and number < 6:
            yield base + number * 10 * unit, base + (number + 1) * 10 * unit
