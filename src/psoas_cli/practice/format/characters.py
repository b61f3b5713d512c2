"""Characters that look like nothing, or like another one: what they are called, and what to type instead.

Word processors, phones and copied pages bring them along. In prose most of them are right; where a file names
something, and in its form, they are mistakes that cannot be seen.
"""

import re
import unicodedata
from typing import NamedTuple

_DASHES = "‐‑‒–—―−﹘﹣－⁃•‣·●▪∙"  # noqa: RUF001 - look-alikes are the subject here
_COLONS = "：﹕∶ː꞉︓"  # noqa: RUF001 - see above
_QUOTES = "“”„‟«»″‘’‚‛′`´"  # noqa: RUF001 - see above
_BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Characters that are drawn as nothing though they count as letters or marks."""

_LETTERS = dict(zip("аеорсухіјѕԁһкмтнвАЕОРСУХІЈЅКМТНВοαινΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "aeopcyxijsdhkmthbAEOPCYXIJSKMTHBoaivABEHIKMNOPTYXZ", strict=True))  # fmt: skip # noqa: E501
"""Cyrillic and Greek letters, and those that they look like."""


class Oddity(NamedTuple):
    """An odd character: where it stands in a text, and what to do about it."""

    at: int
    message: str


def oddity_in(written: str) -> Oddity | None:
    """Return the first character of *written* that cannot be seen or is not what it looks like, or None."""
    at = next((at for at, char in enumerate(written) if is_odd(char)), None)
    if at is None:
        return None
    name, plain = name_of(written[at]), plain_of(written[at])
    if is_unseen(written[at]):
        return Oddity(at, f"{name}, which cannot be seen: delete it")
    if plain == " " and not written[at + 1 :].strip():
        return Oddity(at, f"{name} at the end: delete it")
    return Oddity(at, f"{name}: type {'a plain space' if plain == ' ' else plain} instead")


def oddity_in_name(written: str) -> Oddity | None:
    """Return the first odd character of a name that a person chose, in any letters, or None.

    A letter that looks like another is odd only in a word that has plain ones too.
    """
    mixed = [
        (word.start(), word.end()) for word in re.finditer(r"[^\W\d_]+", written) if re.search("[a-zA-Z]", word[0])
    ]
    for at, char in enumerate(written):
        if is_odd(char) and (char not in _LETTERS or any(begin <= at < end for begin, end in mixed)):
            found = oddity_in(written[at:])
            return found._replace(at=at) if found else None
    return None


def odd_after_word(written: str) -> Oddity | None:
    """Return the odd character where a colon and a space belong, after the word at the beginning of *written*."""
    match = re.match(r"[\w-]+[ \t]*:?", written)
    if not match or match.end() == len(written) or not is_odd(written[match.end()]):
        return None
    odd = oddity_in(written)
    return odd if odd and odd.at == match.end() else None


def is_odd(char: str) -> bool:
    """Whether *char* cannot be seen, or looks like another one."""
    return not (char.isascii() and char.isprintable()) and (is_unseen(char) or plain_of(char) != char)


def is_unseen(char: str) -> bool:
    """Whether *char* is drawn as nothing, or changes how others are drawn."""
    kind = unicodedata.category(char)
    return (
        kind in {"Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
        or char in _BLANK
        or (kind == "Cc" and char != "\t")
        or "\ufe00" <= char <= "\ufe0f"
    )


def is_odd_space(char: str) -> bool:
    """Whether *char* is a space other than the plain one."""
    return char == "\t" or (char != " " and unicodedata.category(char) == "Zs")


def plain_of(char: str) -> str:
    """Return what stands on a keyboard for *char*; *char* itself if nothing does."""
    if is_odd_space(char):
        return " "
    for plain, alike in (("-", _DASHES), (":", _COLONS), ('"', _QUOTES)):
        if char in alike:
            return plain
    if char in _LETTERS:
        return _LETTERS[char]
    return unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" else char


def plainly_typed(written: str) -> str:
    """Return *written* as it would be typed, without what cannot be seen, and without quotes around it."""
    return "".join(plain_of(char) for char in written if not is_unseen(char)).strip(" \"'")


def name_of(char: str) -> str:
    """Return the name of *char* with its number: `a no-break space (U+00A0)`."""
    unnamed = "control character" if unicodedata.category(char) == "Cc" else "character without a name"
    name = "tab" if char == "\t" else unicodedata.name(char, unnamed).lower()
    name = name.replace("zero width no-break space", "byte order mark")
    name = re.sub("cyrillic|greek|latin", lambda script: script[0].capitalize(), name)
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} (U+{ord(char):04X})"
