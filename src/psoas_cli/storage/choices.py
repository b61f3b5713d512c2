"""The closed lists of settings that are one of a few values."""

from typing import Literal, get_args

Audio = Literal["miniaudio", "simpleaudio", "none"]
"""What plays the sounds."""

ThemeName = Literal["terminal", "dark", "light", "high-contrast", "night"]
"""The colours of the screen."""

AnyKey = Literal["off", "pause"]
"""What a key does in a practice: what it means (`off`), or whichever it is, it pauses and goes on."""

AUDIOS: tuple[Audio, ...] = get_args(Audio)
THEME_NAMES: tuple[ThemeName, ...] = get_args(ThemeName)
ANY_KEYS: tuple[AnyKey, ...] = get_args(AnyKey)
