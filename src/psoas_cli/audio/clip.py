"""A clip of speech: how long it is, and how to decode it, which is done shortly before it sounds."""

from collections.abc import Callable
from typing import NamedTuple

from psoas_cli.audio.samples import RATE, Samples


class Clip(NamedTuple):
    """A clip.

    Args:
        frames: Its length, at 48 kHz.
        decoded: Returns its samples; raises PsoasError if they cannot be read any more.
    """

    frames: int
    decoded: Callable[[], Samples]

    @property
    def seconds(self) -> float:
        """Its length in seconds."""
        return self.frames / RATE


def in_memory(samples: Samples) -> Clip:
    """*samples* as a clip."""
    return Clip(len(samples), lambda: samples)
