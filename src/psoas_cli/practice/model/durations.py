"""Durations: parsing them as people write them, and showing them as text or on a clock."""

import re

from psoas_cli.practice.model.text import Text, decimal

_PRACTISED = Text("You practised for {minutes} minutes", "Je hebt {minutes} minuten geoefend")
_PRACTISED_A_MINUTE = Text("You practised for a minute", "Je hebt een minuut geoefend")
_PRACTISED_A_MOMENT = Text("You practised for a moment", "Je hebt even geoefend")
_MINUTES = Text("{minutes} minutes", "{minutes} minuten")
RANGE = Text("{low}-{high} min", "{low}-{high} min")
_A_MINUTE = Text("1 minute", "1 minuut")

NUMBER = r"\d+(?:\.(?:0|\d*[1-9])|,(?:0|\d?[1-9]))?"
"""A number with a decimal point or comma.

Neither `1.30` nor `1,500` is one: they may mean 1:30, or fifteen hundred.
"""

_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_AMOUNT = rf"(?:{NUMBER}|(?:\d+ ?)?[{''.join(_FRACTIONS)}])"
_UNIT_HOURS = r"(?:hours?|hrs?|h|uren|uur|u)\.?"
_UNIT_MINUTES = r"(?:minutes?|minuten|minuut|mins?|m)\.?"
_UNIT_SECONDS = r"(?:seconds?|seconden|seconde|secs?|s)\.?"
_AND = r" ?(?:(?:and|en) )?"
_SIXTIETHS = r"[0-5]\d"
_PRIMES = "['\N{PRIME}\N{RIGHT SINGLE QUOTATION MARK}]"
_DOUBLE_PRIMES = f'(?:["\N{DOUBLE PRIME}\N{RIGHT DOUBLE QUOTATION MARK}]|{_PRIMES}{{2}})'

IN_UNITS = "|".join(
    (
        rf"({_AMOUNT}) ?{_UNIT_HOURS}(?:{_AND}({_AMOUNT}) ?{_UNIT_MINUTES})?(?:{_AND}({_AMOUNT}) ?{_UNIT_SECONDS})?",
        rf"({_AMOUNT}) ?{_UNIT_MINUTES}(?:{_AND}({_AMOUNT}) ?{_UNIT_SECONDS})?",
        rf"({_AMOUNT}) ?{_UNIT_SECONDS}",
        rf"(\d+) ?{_UNIT_HOURS} ?({_SIXTIETHS})",
        rf"(\d+) ?{_UNIT_MINUTES} ?({_SIXTIETHS})",
        rf"(\d+){_PRIMES}(?:({_SIXTIETHS}){_DOUBLE_PRIMES}?)?",
        rf"(\d+){_DOUBLE_PRIMES}",
    )
)
"""A duration in units, in any case, once `plainly` has been at it; a number at the end is in the next smaller unit."""

_SCALES = (3600, 60, 1, 60, 1, 1, 3600, 60, 60, 1, 60, 1, 1)
"""Seconds of each group of `IN_UNITS`."""

_SHORT = r"(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?"
"""The usual one of `IN_UNITS`, which alone is compiled in a tenth of the time."""

ON_A_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})"

SPACES = "\t\u00a0\u2000-\u200a\u202f\u205f\u3000"
DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
"""Other spaces and dashes than the plain ones, as the inside of a character class."""


def wide(char: str) -> str:
    """Return the full-width form of *char*, a plain digit or sign."""
    return chr(ord(char) + 0xFEE0)


_WIDE = {ord(wide(char)): char for char in "0123456789:,.%"}
"""The full-width characters that cannot mean anything else than the plain ones."""

LONGEST = 24 * 3600.0
"""The longest duration, in seconds."""


def plainly(written: str) -> str:
    """Return *written* with plain digits, spaces and dashes for their look-alikes, and no space around it."""
    if not written.isascii():
        written = re.sub(f"[{DASHES}]", "-", written.translate(_WIDE))
    return re.sub(f"[ {SPACES}]+", " ", written).strip()


def parse_duration(written: str, *, zero: bool = False) -> float:
    """Parse a duration such as `90s`, `3 min`, `1h`, `1m30s`, `1,5 minuut`, `1h15`, `2'30"`, `1:30` or `1:02:03`.

    Args:
        written: The text of the value.
        zero: Whether `0s` is allowed.

    Returns:
        The duration in seconds.

    Raises:
        ValueError: It is not a duration; the message says what was expected and what was found.
    """
    plain = plainly(written)
    seconds = _seconds(plain)
    if seconds is None:
        raise ValueError(_refusal(plain, written.strip()))
    if seconds < 0.001 and not (zero and seconds == 0):
        raise ValueError(f'expected a duration of more than 0, got "{written.strip()}"')
    if seconds > LONGEST:
        raise ValueError(f'expected a duration of at most 24 hours, got "{written.strip()}"')
    return seconds


def parse_minutes(written: str) -> float:
    """Parse the length of a practice: a bare number of minutes (`30`, `2,5`), or a duration.

    Returns:
        The length in minutes.

    Raises:
        ValueError: It is neither.
    """
    plain = plainly(written)
    if re.fullmatch(NUMBER, plain, re.ASCII):
        return _number(plain)
    seconds = _seconds(plain)
    if seconds is None:
        raise ValueError(f'expected a length like 30 or 1h15, got "{written.strip()}"')
    return seconds / 60


def range_of(written: str) -> tuple[float, float] | None:
    """Return the two durations of a range like `3-5 min`, in seconds; None if *written* is none."""
    match = re.fullmatch(r"(.+?) ?(?:-|\.\.+|tot|to|à) ?(.+)", plainly(written))
    high = match and _seconds(match[2])
    if not match or not high:
        return None
    unit = re.search(r"[^\d.,]+$", match[2])  # of `3-5 min`, the first has the unit of the second
    low = _seconds(match[1]) or (_seconds(match[1] + unit[0]) if unit else None)
    return (low, high) if low and low < high else None


def _seconds(plain: str) -> float | None:
    """Return how many seconds *plain* is, or None."""
    for pattern in (_SHORT, ON_A_CLOCK):
        if match := re.fullmatch(pattern, plain, re.ASCII):
            hours, minutes, seconds = (float(part or 0) for part in match.groups())
            wrong = pattern == ON_A_CLOCK and (seconds > 59 or (match[1] and minutes > 59))
            return None if wrong else hours * 3600 + minutes * 60 + seconds
    if match := re.fullmatch(IN_UNITS, plain, re.ASCII | re.IGNORECASE):
        return round(sum(scale * _number(part) for scale, part in zip(_SCALES, match.groups(), strict=True) if part), 3)
    return None


def _number(plain: str) -> float:
    fraction = _FRACTIONS.get(plain[-1])
    return float(plain.replace(",", ".")) if fraction is None else float(plain[:-1] or 0) + fraction


def _refusal(plain: str, written: str) -> str:
    """Return what to say of *written*, which is not a duration, with the right form of what it may mean."""
    if re.fullmatch(NUMBER, plain, re.ASCII):
        return f'expected a duration with a unit, {plain}m (minutes) or {plain}s (seconds), got "{written}"'
    return f'expected a duration like 3m or 90s, got "{written}"{_meant(plain)}'


def _meant(plain: str) -> str:
    """Return the right form of what *plain* may mean, or an empty string."""
    meant = _seconds(plain.strip(_AROUND)) or _seconds(re.sub(r"^(?:PT|ca\.?|circa|about|ongeveer) ?", "", plain))
    if not meant and re.search(r"\D\d+$", plain):  # the last number without its unit
        meant = _seconds(plain + ("m" if re.search("[hu]", plain, re.IGNORECASE) else "s"))
    if meant:
        return f", did you mean {duration_text(meant)}?"
    if found := range_of(plain):
        return f"; instead of a range write one duration, like {duration_text(round(sum(found) / 2))}"
    return next((told for pattern, told in _ADVICE if re.match(pattern, plain, re.ASCII | re.IGNORECASE)), "")


_AROUND = "~±≈<> .,;`\"'“”‘’"  # noqa: RUF001 - ambiguous characters are intended here
_ADVICE = (
    (r"\d+ ?(?:breath|cycle|adem|x$)", "; a number of breaths is cycles: 10, in a step that begins with breathe"),
    (r"\d+[.,]\d*0(?!\d)|\d+,\d{3}(?!\d)", "; write 1m30s or 1:30 for minutes and seconds, and 1500 as one number"),
    (r"\d*(?::\d*)+$", "; as on a clock, 1:05 or 1:02:03, minutes and seconds have two digits up to 59"),
    (r"[^\d]*(?:hour|uur|min|sec)", "; write the number in digits, like 30m"),
)
"""What to say of what is no duration, by a pattern of it."""


def clock_text(seconds: float) -> str:
    """Return *seconds* as on a clock, `4:05` or `1:02:03`, rounded up to a whole second."""
    whole = max(0, -int(-(seconds - 1e-6) // 1))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def duration_text(seconds: float) -> str:
    """Return *seconds* as a duration for a file: 90 is `1m30s`, 300 is `5m`."""
    minutes, rest = divmod(round(seconds, 3), 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else "", f"{rest:g}s" if rest else ""]
    return "".join(parts) or "0s"


def minutes_of(minutes: float) -> Text:
    """Return *minutes* with the unit: `1 minute`, `2.5 minutes`."""
    return _A_MINUTE if minutes == 1 else _MINUTES.filled(minutes=decimal(minutes))


def practised(seconds: float) -> Text:
    """Return a sentence on how long was practised, in whole minutes."""
    minutes = round(seconds / 60)
    if minutes == 0:
        return _PRACTISED_A_MOMENT
    return _PRACTISED_A_MINUTE if minutes == 1 else _PRACTISED.filled(minutes=minutes)
