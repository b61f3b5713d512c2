"""The names of practices, poses and voices: what they may be, which one is meant, and which look alike."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from psoas_cli.practice.model.text import shortened, shown

Name = TypeVar("Name", bound=str)

STEPS = "--steps "
"""What begins the name of a practice without a file, before its steps; no id begins like this."""

KEYWORDS = ("breathe", "scan", "rest")
"""What such a step may begin with instead of a pose."""

LONGEST = 64
"""Characters of a name."""

_SAFE_IN_QUOTES = re.compile(r"[^\"$`\\!%]*")
"""What every shell leaves alone between double quotes."""

_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
"""What Windows takes for a device, in any case and whatever follows a dot."""

_ALIKE = dict(zip("аеорсухіјѕһԁԛԝкмтвнӏοιναρτκυχεıɡոսօ", "aeopcyxijshdqwkmtbhloivaptkuxeignuo", strict=True))
"""Letters of Cyrillic, Greek and others, and the Latin one that each looks like."""


def composed(written: str) -> str:
    """Return *written* as names are compared and kept: an `é` of two characters as one."""
    return unicodedata.normalize("NFC", written)


def as_typed(name: str) -> str:
    """Return the practice *name* as it is typed on a command line: steps in quotes, after their option."""
    if not name.startswith(STEPS):
        return name
    steps = name.removeprefix(STEPS)
    if _SAFE_IN_QUOTES.fullmatch(steps):
        return f'{STEPS}"{steps}"'
    inside = steps.replace("'", "'\\''")
    return f"{STEPS}'{inside}'"


def fault_in(name: str) -> str:
    """Return what is wrong with a *name* that a person gives, as a message; empty if nothing is.

    It becomes a file's name, on any system, and a word on the command line.
    """
    if is_reserved(name):
        return f"{shown(name)} is the name of a device on Windows"
    letters = composed(name).replace("-", "")
    if not letters or name.startswith("-") or len(name) > LONGEST or not all(map(_is_letter, letters)):
        quoted = shortened(shown(name), LONGEST)
        return f'expected a name of letters, digits and hyphens, not starting with a hyphen, got "{quoted}"'
    return ""


def _is_letter(char: str) -> bool:
    """Whether *char* is a letter, a digit, or an accent or vowel sign that belongs to one."""
    return (char.isalnum() or unicodedata.category(char)[0] == "M") and shown(char) == char


def is_reserved(name: str) -> bool:
    """Whether Windows would take the file *name* for a device, such as `nul` or `com1.txt`."""
    return unicodedata.normalize("NFKC", name).partition(".")[0].rstrip().casefold() in _DEVICES


def match(written: str, known: Iterable[Name]) -> Name | None:
    """Return the one of *known* that *written* means: itself, or the only one that differs from it by case alone."""
    names = list(known)
    if written in names:
        return names[names.index(written)]
    wanted = composed(written)
    if exact := next((name for name in names if composed(name) == wanted), None):
        return exact
    for folded in (str.lower, str.casefold):  # by case alone SS is ss; only where no such name is, it may be ß as well
        if found := [name for name in names if folded(composed(name)) == folded(wanted)]:
            return found[0] if len(found) == 1 else None
    return None


def letters_of(name: str) -> str:
    """Return the letters and digits of *name* alone, without accents, in small letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum())


def lookalike(name: str, known: Iterable[Name]) -> Name | None:
    """Return the one of *known* that *name* looks like without being it, as in other letters or full width."""
    if name.isascii():
        return None
    skeleton = _skeleton(name)
    return next((each for each in known if each != name and _skeleton(each) == skeleton), None)


def _skeleton(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).lower()  # casefold would make ss of ß, which looks different
    return "".join(_ALIKE.get(char, char) for char in plain)
