"""Texts to show or speak, in English and Dutch, with side words that can be mirrored."""

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
_AFTER_A_SENTENCE = re.compile(r"(?<=[.!?]) ")
_SIDE_WORD = re.compile(rf"\[({'|'.join(_MIRROR)})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in each language; an empty field falls back to the other language.

    Texts are written for the right side, with side words in brackets: `Step your [right] foot forward`.
    """

    en: str = ""
    nl: str = ""

    @classmethod
    def each(cls, said: Callable[[Lang], str]) -> "Text":
        """Make a text from what *said* returns for each language."""
        return cls(**{lang: said(lang) for lang in LANGS})

    def said(self, lang: Lang, side: Side | None = None) -> str:
        """Return the text in *lang*; for the left *side* its side words are mirrored."""
        chosen = getattr(self, lang) or self._any
        return _SIDE_WORD.sub(lambda match: _word_of_side(match[1], side), chosen) if "[" in chosen else chosen

    def has(self, lang: Lang) -> bool:
        """Whether the text is there in *lang* itself."""
        return bool(getattr(self, lang))

    def changed(self, change: Callable[[str], str], side: Side | None = None) -> "Text":
        """Return the text for *side*, with *change* made in each language that it has."""
        return Text.each(lambda lang: change(self.said(lang, side)) if self.has(lang) else "")

    def filled(self, **values: object) -> "Text":
        """Return the text with its `{names}` replaced by *values*; a Text is filled in per language."""

        def said(lang: Lang) -> str:
            each = {name: value.said(lang) if isinstance(value, Text) else value for name, value in values.items()}
            return str(getattr(self, lang)).format(**each)

        return Text.each(said)

    @property
    def _any(self) -> str:
        """The text in the first language that has one."""
        return next((said for lang in LANGS if (said := getattr(self, lang))), "")

    def __bool__(self) -> bool:
        return bool(self._any)


LANGUAGES: Mapping[Lang, Text] = {"en": Text("English", "Engels"), "nl": Text("Dutch", "Nederlands")}
"""The names of the languages."""


def _word_of_side(word: str, side: Side | None) -> str:
    """Return *word* for *side*, keeping its capitals."""
    if side != "left":
        return word
    other = _MIRROR[word.lower()]
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def capitalised(said: str) -> str:
    """Return *said* with a capital, as at the start of a sentence."""
    return said[:1].upper() + said[1:]


def uncapitalised(said: str) -> str:
    """Return *said* without its capital, as in the middle of a sentence."""
    return said[:1].lower() + said[1:]


def sentence(said: str) -> str:
    """Return *said* with a full stop, unless it already ends like a sentence."""
    return said if said.endswith((".", "?", "!")) else f"{said}."


def sentences(text: Text) -> tuple[Text, ...]:
    """Return the sentences of *text*, each in both languages; the whole text if their numbers differ."""
    en, nl = (_AFTER_A_SENTENCE.split(said) for said in (text.en, text.nl))
    return tuple(map(Text, en, nl)) if len(en) == len(nl) else (text,)


def decimal(number: float) -> Text:
    """Return *number* with at most one decimal, with the decimal point or comma of each language."""
    written = f"{number:.1f}".removesuffix(".0")
    return Text(written, written.replace(".", ","))


def shown(written: str) -> str:
    """Return *written* on one line, with every control character replaced by a visible one.

    Files may come from strangers: an escape sequence must not reach the terminal, and marks that change the writing
    direction must not disguise a line.
    """
    return visible(" ".join(written.split()))


def visible(written: str) -> str:
    """Return the one-line *written* with each control character replaced by one visible character."""
    return written if written.isprintable() else "".join(map(_visible, written))  # a fast path: most text is printable


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of the control character: ␛ for escape
    if code == 0x7F:
        return "␡"
    disguised = 0x80 <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return "\N{REPLACEMENT CHARACTER}" if disguised or 0xD800 <= code <= 0xDFFF else char


_NEAR = dict(zip("·–—…→←↑↓▸’‘“”×", "---.><^v>''\"\"x", strict=True))  # noqa: RUF001 - ambiguous characters are intended here


def encoded(text: str, encoding: str) -> bytes:
    """Encode *text*; a character that *encoding* lacks becomes a similar ASCII one, or a question mark."""
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
