"""Durations: parsing them as people write them, and showing them as text or on a clock."""

import re

from psoas_cli.practice.model.text import Text, decimal

_PRACTISED = Text("You practised for {minutes} minutes", "Je hebt {minutes} minuten geoefend")
_PRACTISED_A_MINUTE = Text("You practised for a minute", "Je hebt een minuut geoefend")
_PRACTISED_A_MOMENT = Text("You practised for a moment", "Je hebt even geoefend")
_MINUTES = Text("{minutes} minutes", "{minutes} minuten")
RANGE = Text("{low}-{high} min", "{low}-{high} min")
_A_MINUTE = Text("1 minute", "1 minuut")

UNITS = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?", re.ASCII)
CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)

LONGEST = 24 * 3600.0
"""The longest duration, in seconds."""


def parse_duration(written: str, *, zero: bool = False) -> float:
    """Parse a duration such as `90s`, `3m`, `1h`, `1m30s`, `1.5m`, `1:30` or `1:02:03`.

    Args:
        written: The text of the value.
        zero: Whether `0s` is allowed.

    Returns:
        The duration in seconds.

    Raises:
        ValueError: It is not a duration; the message says what was expected and what was found.
    """
    written = written.strip()
    if _NUMBER.fullmatch(written):
        raise ValueError(
            f'expected a duration with a unit, {written}m (minutes) or {written}s (seconds), got "{written}"'
        )
    seconds = _clock(written) if ":" in written else _sum_of_units(written)
    if seconds is None:
        raise ValueError(f'expected a duration like 3m or 90s, got "{written}"')
    if seconds < 0.001 and not (zero and seconds == 0):
        raise ValueError(f'expected a duration of more than 0, got "{written}"')
    if seconds > LONGEST:
        raise ValueError(f'expected a duration of at most 24 hours, got "{written}"')
    return seconds


def _clock(written: str) -> float | None:
    match = CLOCK.fullmatch(written)
    if not match:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    return float(hours * 3600 + minutes * 60 + seconds)


def _sum_of_units(written: str) -> float | None:
    match = UNITS.fullmatch(written)
    if not written or not match or not any(match.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return round(hours * 3600 + minutes * 60 + seconds, 3)


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
