"""What is spoken in a practice."""

from typing import NamedTuple


class Words(NamedTuple):
    """Something to be spoken.

    Args:
        text: As it is said in the practice's language, for its side.
        audio: The recording that takes the voice's place.
    """

    text: str
    audio: str | None = None
