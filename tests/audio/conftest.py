from __future__ import annotations

import math
from array import array
from threading import Event
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio.samples import RATE

if TYPE_CHECKING:
    from psoas_cli.audio.device import Pull
    from psoas_cli.audio.samples import Samples

PERIOD = 4800


def level_of(samples: Samples) -> float:
    """How loud *samples* are altogether, in dB: their root mean square."""
    return 10 * math.log10(sum(sample * sample for sample in samples) / len(samples))


class Card:
    """A sound card whose time is the test's: it pulls when it is told to play, and the clock goes with it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pulls: list[Pull] = []
        self.opened = Event()
        self.closed = 0

    def clock(self) -> float:
        return self.now

    def open(self, pull: Pull) -> Card:
        self.pulls.append(pull)
        self.opened.set()
        return self

    def close(self) -> None:
        self.closed += 1

    def play(self, seconds: float) -> Samples:
        """What is heard in the next *seconds*."""
        heard: Samples = array("h")
        for _ in range(round(seconds * RATE / PERIOD)):
            heard.extend(self.pulls[-1](PERIOD))
            self.now += PERIOD / RATE
        return heard


@pytest.fixture
def card() -> Card:
    return Card()
