"""A sink that plays nothing, and says that it sounds."""

from typing import Any


class Quiet:
    """Takes every sound.

    Attributes:
        state: Whether it plays; as with a real one, it may change at any time.
        until: The clock's seconds until which it says that something sounds.
    """

    def __init__(self) -> None:
        self.state = "on"
        self.muted = False
        self.volume = 70
        self.until = 0.0

    def sounding_until(self) -> float:
        """The clock's seconds until which something sounds."""
        return self.until

    def _taken(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is given
        pass

    bell = breath = speech = bed = hush = hush_speech = hush_breath = _taken
