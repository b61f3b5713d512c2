"""The sink that plays nothing: apart from the one that plays, of which a silent practice needs none."""

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psoas_cli.audio.clip import Clip
    from psoas_cli.audio.sink import PhaseSound
    from psoas_cli.audio.stream import State
    from psoas_cli.practice.model.breath_sound import BreathSound
    from psoas_cli.practice.model.patterns import PhaseKind
    from psoas_cli.practice.model.sequence import Bell


class SilentSink:
    """A sink that plays nothing, for a practice without sound: the same methods as `Sink`, always `off`."""

    speaks: Literal[False] = False
    state: "State" = "off"
    volume = 0
    muted = True

    def start(self) -> None:
        """Nothing to open."""

    def close(self) -> None:
        """Nothing to close."""

    def bell(self, bell: "Bell", at: float) -> None:
        """Not heard."""

    def breath(
        self, phase: "PhaseKind", seconds: float, style: "BreathSound", at: float, fill: tuple[float, float]
    ) -> None:
        """Not heard."""

    def speech(self, clip: "Clip", at: float, softer: float = 0.0) -> None:
        """Not heard."""

    def prepare(self, bells: "Iterable[Bell]", phases: "Iterable[PhaseSound]") -> None:
        """Nothing to prepare."""

    def bed(self, *, heard: bool, seconds: float) -> None:
        """Not heard."""

    def hush(self, seconds: float = 0.2) -> None:
        """Silent already."""

    def hush_breath(self, seconds: float = 0.2) -> None:
        """Silent already."""

    def hush_speech(self, seconds: float = 0.2) -> None:
        """Silent already."""

    def length(self, sound: str) -> float:  # noqa: ARG002 - the signature of Sink
        """0 seconds: nothing rings on."""
        return 0.0

    def sounding_until(self) -> float:
        """-inf: nothing is ever planned."""
        return -math.inf
