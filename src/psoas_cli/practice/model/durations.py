"""Durations: parsing them as people write them, and showing them as text or on a clock."""

import math
import re

from psoas_cli.practice.model.text import Text, decimal

_PRACTISED = Text("You practised for {minutes} minutes", "Je hebt {minutes} minuten geoefend")
_PRACTISED_A_MINUTE = Text("You practised for a minute", "Je hebt een minuut geoefend")
_PRACTISED_A_MOMENT = Text("You practised for a moment", "Je hebt even geoefend")
_REHEARSED = Text("Rehearsed {length}", "{length} doorgelopen")
_UNITS = (  # one of them, and more
    (Text("1 hour", "1 uur"), Text("{count} hours", "{count} uur")),
    (Text("1 minute", "1 minuut"), Text("{count} minutes", "{count} minuten")),
    (Text("1 second", "1 seconde"), Text("{count} seconds", "{count} seconden")),
)
_AND_MORE = Text("{more} {less}", "{more} en {less}")
_RANGE, _ALONE = Text("{low}-{high} min", "{low}-{high} min"), Text("{low} min", "{low} min")

NUMBER = r"\d+(?:\.(?:0|\d*[1-9])|,(?:0|\d?[1-9]))?"
"""A number with a decimal point or comma.

Neither `1.30` nor `1,500` is one: they may mean 1:30, or fifteen hundred.
"""

_FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75}
FRACTIONS = "".join(_FRACTIONS)
"""The fractions that have a sign of their own."""

_AMOUNT = rf"(?:{NUMBER}|(?:\d+ ?)?[{FRACTIONS}])"
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

_TOLERANCE = 1e-6  # seconds


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
        raise ValueError(refusal(plain, written.strip()))
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
        return number_of(plain)
    seconds = _seconds(plain)
    if seconds is None:
        bare = _bare(plain)
        if re.fullmatch(NUMBER, bare, re.ASCII):
            told = f", did you mean {bare}?"
        elif re.fullmatch(r"\d+[.,][0-5]0", plain, re.ASCII):  # nobody practises for 1.30 minutes
            told = _meant(f"{plain}h")
        else:
            told = _meant(plain) or (_meant(f"{plain}m") if plain[-1:].isdecimal() else "")
        raise ValueError(f'expected a length like 30 or 1h15, got "{written.strip()}"{told}')
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
        return round(
            sum(scale * number_of(part) for scale, part in zip(_SCALES, match.groups(), strict=True) if part), 3
        )
    return None


def number_of(plain: str) -> float:
    """Return the number that *plain* is, once `plainly` has been at it: `3`, `2.5`, `2,5` or `2½`."""
    fraction = _FRACTIONS.get(plain[-1])
    return float(plain.replace(",", ".")) if fraction is None else float(plain[:-1] or 0) + fraction


def refusal(plain: str, written: str, sign: str = "") -> str:
    """Return what to say of *written*, which is not a duration, with the right form of what it may mean.

    Args:
        plain: What should have been a duration, once `plainly` has been at it, without its sign.
        written: All that was written.
        sign: What stands before each duration here, if anything.
    """
    if re.fullmatch(NUMBER, plain, re.ASCII):
        units = f"{sign}{plain}m (minutes) or {sign}{plain}s (seconds)"
        return f'expected a duration with a unit, {units}, got "{written}"'
    return f'expected a duration like {sign}3m or {sign}90s, got "{written}"{_meant(plain, sign)}'


def _bare(plain: str) -> str:
    """Return *plain* without the marks around it, and with a digit before its decimal point."""
    return re.sub(r"^[.,](?=\d)", "0.", re.sub(r"^[.,](?!\d)", "", plain.strip(_AROUND).rstrip(".,")))


def _meant(plain: str, sign: str = "") -> str:
    """Return the right form of what *plain* may mean, after *sign*, or an empty string."""
    meant = _seconds(_bare(plain)) or _seconds(re.sub(r"^(?:PT|ca\.?|circa|about|ongeveer) ?", "", plain))
    if not meant and re.search(r"\D\d+$", plain):  # the last number without its unit
        meant = _seconds(plain + ("m" if re.search("[hu]", plain, re.IGNORECASE) else "s"))
    if meant:
        return f", did you mean {sign}{duration_text(meant)}?"
    if found := range_of(plain):
        return f"; instead of a range write one duration, like {sign}{duration_text(round(sum(found) / 2))}"
    if alone := re.fullmatch(r"(?!min(?:us)?\b)(?:[^\W\d_]+\.? )+(\d.*)", plain, re.IGNORECASE):
        meant = _seconds(alone[1])
    elif not re.search(r"\d", plain):
        meant = _in_words(plain)
        if meant or re.search(rf"\b(?:{_UNIT_HOURS}|{_UNIT_MINUTES}|{_UNIT_SECONDS})(?!\w)", plain, re.IGNORECASE):
            return f"; write the number in digits, like {sign}{duration_text(meant or 1800)}"
    if meant:
        return f"; write the time without words before it, like {sign}{duration_text(meant)}"
    advice = ((told, re.match(pattern, plain, re.ASCII | re.IGNORECASE)) for pattern, told in _ADVICE)
    return next((match.expand(told) for told, match in advice if match), "")


def _in_words(plain: str) -> float | None:
    """Return how many seconds *plain* is, with its number in words: `four minutes`, `een half uur`."""
    words = re.sub(r"^(?:een|an?) (?=half)|(?<=^half) an?(?= )", "", plain.casefold()).split()
    return _seconds(" ".join(_WORDS.get(word, word) for word in words))


_AROUND = "~±≈<> ;`\"'“”‘’"  # noqa: RUF001 - ambiguous characters are intended here
_ADVICE = (
    (r"(\d+) ?(?:breath|cycle|adem|x$)", r"; a number of breaths is cycles: \1, in a step that begins with breathe"),
    (r"(\d+)[.,]([0-5]0) ?(?:h|u)", r"; write \1h\2 for hours and minutes"),
    (r"\d+[.,]\d*0(?!\d)|\d+,\d{3}(?!\d)", "; write 1m30s or 1:30 for minutes and seconds, and 1500 as one number"),
    (r"\d*(?::\d*)+$", "; as on a clock, 1:05 or 1:02:03, minutes and seconds have two digits up to 59"),
)
"""What to say of what is no duration, by a pattern of it."""

_WORDS = {
    word: str(number)
    for words in (
        "a one two three four five six seven eight nine ten",
        "an een twee drie vier vijf zes zeven acht negen tien",
    )
    for number, word in zip((1, *range(1, 11)), words.split(), strict=True)
} | {"half": "½", "anderhalf": "1½", "anderhalve": "1½", "één": "1", "fifteen": "15", "vijftien": "15"}
_WORDS |= {"twenty": "20", "twintig": "20", "thirty": "30", "dertig": "30"}
"""Numbers that people write in words."""


def clock_text(seconds: float) -> str:
    """Return *seconds* as on a clock, `4:05` or `1:02:03`, rounded up to a whole second."""
    minutes, rest = divmod(_whole(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length_in_words(seconds: float) -> Text:
    """Return *seconds* as one would say them, `4 minutes 30 seconds`, rounded up to a whole second."""
    minutes, rest = divmod(_whole(seconds), 60)
    counts = (*divmod(minutes, 60), rest)
    said = _UNITS[-1][1].filled(count=0)
    for number, (count, (one, more)) in enumerate(zip(counts, _UNITS, strict=True)):
        if count:
            part = one if count == 1 else more.filled(count=count)
            said = _AND_MORE.filled(more=said, less=part) if any(counts[:number]) else part
    return said


def _whole(seconds: float) -> int:
    return max(0, math.ceil(seconds - _TOLERANCE))


def duration_text(seconds: float) -> str:
    """Return *seconds* as a duration for a file: 90 is `1m30s`, 300 is `5m`."""
    minutes, rest = divmod(round(seconds, 3), 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours}h" if hours else "", f"{minutes}m" if minutes else "", f"{rest:g}s" if rest else ""]
    return "".join(parts) or "0s"


def minutes_of(minutes: float) -> Text:
    """Return *minutes* with the unit: `1 minute`, `2.5 minutes`."""
    one, more = _UNITS[1]
    return one if minutes == 1 else more.filled(count=decimal(minutes))


def whole_minutes(least: float, most: float) -> tuple[int, int]:
    """Return the fewest and the most whole minutes from *least* to *most* seconds; with none, the first is larger."""
    return math.ceil((least - _TOLERANCE) / 60), math.floor((most + _TOLERANCE) / 60)


def bounds_text(least: float, most: float) -> tuple[str, str]:
    """Return *least* and *most*, in seconds, in whole minutes; as on a clock where that leaves less than a choice."""
    low, high = whole_minutes(least, most)
    if low < high or low * 60 == least == most:
        return str(low), str(high)
    return clock_text(least), clock_text(most)


def range_text(least: float, most: float) -> Text:
    """Return the lengths from *least* to *most* seconds in short: `17-62 min`, or `6 min` if there is no other."""
    low, high = bounds_text(least, most)
    return _ALONE.filled(low=low) if low == high else _RANGE.filled(low=low, high=high)


def practised(seconds: float, *, rehearsed: bool = False) -> Text:
    """Return a sentence on how long was practised, in whole minutes; if *rehearsed*, on how much one went through."""
    minutes = round(seconds / 60)
    if rehearsed:
        return _REHEARSED.filled(length=length_in_words(minutes * 60 if minutes else seconds))
    if minutes == 0:
        return _PRACTISED_A_MOMENT
    return _PRACTISED_A_MINUTE if minutes == 1 else _PRACTISED.filled(minutes=minutes)
