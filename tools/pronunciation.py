"""How an engine is made to say what it would say wrongly: respelt words, and sounds for texts and words."""

# ruff: noqa: RUF001 - the phonetic alphabet has letters that look like others

import re

RESPELT = {
    r"\b4-7-8\b": "four, seven, eight",
}
"""Patterns in a text, and what is read instead."""

RESOUNDED = {
    "sˈoʊəz": "sˈoʊæs",  # psoas
    "sˌævɐsˈɑːnə": "ʃəvˈɑːsənə",  # savasana
}
"""Sounds that espeak-ng gives to words it does not know, and theirs in English."""

BY_TEXT = {
    "Paused.": "pˈɔːzd…",  # trails off: cut short by a full stop, it is heard as "part" through noise
}
"""The sounds of whole texts that are said wrongly by themselves."""


def respelt(text: str) -> str:
    """*text* as it is read aloud."""
    for pattern, instead in RESPELT.items():
        text = re.sub(pattern, instead, text)
    return text


def resounded(sounds: str) -> str:
    """*sounds* with those of the words that espeak-ng does not know put right."""
    for wrong, right in RESOUNDED.items():
        sounds = sounds.replace(wrong, right)
    return sounds
