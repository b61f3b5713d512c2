"""Flags as people write them, in files and settings alike."""

YES, NO = ("true", "yes", "on"), ("false", "no", "off")
"""The spellings of a flag, in any case."""


def parse_flag(written: str) -> bool:
    """Parse a flag.

    Raises:
        ValueError: It is neither; the message says what was expected and what was found.
    """
    if (plain := written.strip().lower()) in YES + NO:
        return plain in YES
    raise ValueError(f'expected on or off, got "{written}"')
