"""The few styles of the screen. Text is in the terminal's own colours; nothing is said by colour alone."""

from typing import Literal

StyleName = Literal["plain", "strong", "faint", "name", "breath", "mark", "bar", "alert"]

THEME: dict[StyleName, str] = {
    "plain": "",
    "strong": "bold",
    "faint": "dim",
    "name": "bold",
    "breath": "cyan",
    "mark": "dim",
    "bar": "cyan",
    "alert": "bold",
}
