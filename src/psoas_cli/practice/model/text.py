"""What a person reads or hears, in English and Dutch, with the words of a side mirrored."""

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Lang = Literal["en", "nl"]
LANGS: tuple[Lang, ...] = get_args(Lang)

Side = Literal["right", "left"]

_MIRROR = {
    "right": "left",
    "rechts": "links",
    "rechter": "linker",
    "rechtse": "linkse",
}
_MIRROR |= {left: right for right, left in _MIRROR.items()}
_SIDE_WORD = re.compile(rf"\[({'|'.join(_MIRROR)})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages, a field for each; an empty one falls back to the other.

    It is written for the right side, with the words of the side in brackets: `Step your [right] foot forward`.
    """

    en: str = ""
    nl: str = ""

    @classmethod
    def each(cls, said: Callable[[Lang], str]) -> "Text":
        """What is *said* in each language."""
        return cls(**{lang: said(lang) for lang in LANGS})

    def said(self, lang: Lang, side: Side | None = None) -> str:
        """The text in *lang*, for *side*: on the left its words of the side are mirrored."""
        chosen = getattr(self, lang) or self._any
        return _SIDE_WORD.sub(lambda match: _word_of_side(match[1], side), chosen) if "[" in chosen else chosen

    def filled(self, **values: object) -> "Text":
        """The text with its `{names}` replaced by *values*; a value that is a Text is said in each language."""

        def said(lang: Lang) -> str:
            each = {name: value.said(lang) if isinstance(value, Text) else value for name, value in values.items()}
            return str(getattr(self, lang)).format(**each)

        return Text.each(said)

    @property
    def _any(self) -> str:
        """The text in the first language that it is there in."""
        return next((said for lang in LANGS if (said := getattr(self, lang))), "")

    def __bool__(self) -> bool:
        return bool(self._any)


LANGUAGES: Mapping[Lang, Text] = {"en": Text("English", "Engels"), "nl": Text("Dutch", "Nederlands")}
"""The languages that psoas speaks, by name."""


def _word_of_side(word: str, side: Side | None) -> str:
    """*word* on *side*, with its capitals kept."""
    if side != "left":
        return word
    other = _MIRROR[word.lower()]
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def capitalised(said: str) -> str:
    """*said* as a sentence begins."""
    return said[:1].upper() + said[1:]


def uncapitalised(said: str) -> str:
    """*said* as it goes on within a sentence."""
    return said[:1].lower() + said[1:]


def sentence(said: str) -> str:
    """*said* with the full stop that ends a sentence, where nothing ends it yet."""
    return said if said.endswith((".", "?", "!")) else f"{said}."


def decimal(number: float) -> Text:
    """A number with at most one decimal, as each language writes it."""
    written = f"{number:.1f}".removesuffix(".0")
    return Text(written, written.replace(".", ","))


def shown(written: str) -> str:
    """*written* on one line, with every control character made visible instead of obeyed.

    A file is data from a stranger: an escape sequence in it must not reach the terminal, and marks that turn the
    direction of writing must not disguise a line.
    """
    return visible(" ".join(written.split()))


def visible(written: str) -> str:
    """*written*, which is one line, with its control characters made visible, a character for each."""
    return written if written.isprintable() else "".join(map(_visible, written))  # most are, and files are full of text


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of the control character: ␛ for escape
    if code == 0x7F:
        return "␡"
    disguised = 0x80 <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return "\N{REPLACEMENT CHARACTER}" if disguised or 0xD800 <= code <= 0xDFFF else char


_NEAR = dict(zip("·–—…→←↑↓▸’‘“”×", "---.><^v>''\"\"x", strict=True))  # noqa: RUF001 - those that are mistaken for others are meant


def encoded(text: str, encoding: str) -> bytes:
    """*text* in *encoding*; what that lacks is the nearest of ASCII, without its accent, or a question mark."""
    return text.encode(encoding, _HANDLER)


def _instead(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_near, error.object[error.start : error.end])), error.end


def _near(char: str) -> str:
    base = _NEAR.get(char) or unicodedata.normalize("NFKD", char)[0]
    return base if base.isascii() and base.isprintable() else "?"


_HANDLER = "psoas.near"
codecs.register_error(_HANDLER, _instead)
