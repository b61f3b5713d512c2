"""The closed lists of settings that are one of a few values."""

from typing import Literal, get_args

Audio = Literal["miniaudio", "simpleaudio", "none"]
"""What plays the sounds."""

ThemeName = Literal["terminal", "dark", "light", "high-contrast", "night"]
"""The colours of the screen."""

AUDIOS: tuple[Audio, ...] = get_args(Audio)
THEME_NAMES: tuple[ThemeName, ...] = get_args(ThemeName)
