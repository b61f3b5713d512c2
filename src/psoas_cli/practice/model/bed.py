"""The bed of sound that may lie under a practice: which there are, and how loud they are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from psoas_cli.practice.model.text import Lang, Text, shown

BEDS: Mapping[str, Text] = MappingProxyType(
    {
        "ocean": Text("ocean", "zee"),
        "brown": Text("brown noise", "bruine ruis"),
        "drone": Text("drone", "drone"),
    }
)
"""The built-in beds, by the names that options and settings know."""

NO_BED = "none"
"""What options and settings call a practice without a bed."""

LEVEL = -38.0
"""The loudness of a bed in LUFS, unless the settings say otherwise: 18 LU below the bells and the voice."""

SOFTEST, LOUDEST = -60.0, -20.0
"""The range of its loudness in LUFS: from barely there to as loud as the voice."""


class Bed(NamedTuple):
    """A bed of sound.

    Args:
        sound: One of `BEDS`, the path of a sound file, or `none`.
        level: Its loudness in LUFS.
    """

    sound: str = NO_BED
    level: float = LEVEL

    def title(self, lang: Lang) -> str:
        """What a preview calls it: its name, or that of its file; empty without a bed."""
        if self.sound == NO_BED:
            return ""
        if named := BEDS.get(self.sound):
            return named.said(lang)
        return shown(self.sound.replace("\\", "/").rpartition("/")[2])
