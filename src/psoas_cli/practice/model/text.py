"""Texts to show or speak, in English and Dutch, with side words that can be mirrored."""

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from psoas_cli.practice.model.record import record

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


@record(frozen=True)
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
        """Return the text with its `{names}` replaced by *values*, made visible; a Text is filled in per language."""

        def said(lang: Lang) -> str:
            return str(getattr(self, lang)).format(**{name: _value(each, lang) for name, each in values.items()})

        return Text.each(said)

    @property
    def _any(self) -> str:
        """The text in the first language that has one."""
        return next((said for lang in LANGS if (said := getattr(self, lang))), "")

    def __bool__(self) -> bool:
        return any(self.__dict__.values())  # asked a million times where a practice is laid out


LANGUAGES: Mapping[Lang, Text] = {"en": Text("English", "Engels"), "nl": Text("Dutch", "Nederlands")}
"""The names of the languages."""


_AND_MORE = Text("{names} and {count} more", "{names} en nog {count}")


def parse_lang(written: str) -> Lang:
    """Return the language *written*: its code, alone or as a locale begins (`nl_NL.UTF-8`), or its name in either one.

    Raises:
        ValueError: It is none of them.
    """
    word = re.split(r"[-_.@]", written.strip().lower(), maxsplit=1)[0]
    for lang in LANGS:
        if word in (lang, *(LANGUAGES[lang].said(each).lower() for each in LANGS)):
            return lang
    raise ValueError(f'expected {" or ".join(LANGS)}, got "{written}"')


def _value(value: object, lang: Lang) -> object:
    """Return *value* as it is filled in: nobody knows where a text or a path comes from, so it is made visible."""
    if isinstance(value, Text):
        return value.said(lang)
    return value if isinstance(value, int | float) else visible(str(value))


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


def named_in_part(names: Sequence[str], count: int, lang: Lang) -> str:
    """Return the first *count* of *names*, with how many more there are if that is not all of them."""
    first, more = ", ".join(names[:count]), len(names) - count
    return _AND_MORE.filled(names=first, count=more).said(lang) if more > 0 else first


def first_sentence(said: str) -> str:
    """Return the first sentence of *said*."""
    return _AFTER_A_SENTENCE.split(said, maxsplit=1)[0]


def decimal(number: float) -> Text:
    """Return *number* with at most one decimal, with the decimal point or comma of each language."""
    written = f"{number:.1f}".removesuffix(".0")
    return Text(written, written.replace(".", ","))


def shown(written: str) -> str:
    """Return *written* on one line, with every character that is not to be obeyed replaced by a visible one."""
    return visible(" ".join(written.split()))


def visible(written: str) -> str:
    """Return the one-line *written* with each hidden character replaced by one visible character.

    Files, their names and arguments may come from strangers: an escape sequence must not reach the terminal, marks that
    change the writing direction must not disguise a line, and a name is to look like what it is.
    """
    if written.isprintable() and not any(map(written.__contains__, _BLANK)):  # a fast path: most text is
        return written
    return "".join(_visible(char, written[i - 1] if i else "") for i, char in enumerate(written))


def _visible(char: str, before: str) -> str:
    """Return *char*, which follows *before*, or what is shown instead."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of the control character: ␛ for escape
    if code == 0x7F:
        return "␡"
    if char in _JOINERS and before >= _SCRIPTS_THAT_JOIN and unicodedata.category(before)[0] in "LMS":
        return char
    hidden = unicodedata.category(char) in _HIDDEN and char not in _SEEN
    no_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return "\N{REPLACEMENT CHARACTER}" if hidden or no_character or char in _BLANK else char


_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that a terminal obeys or does not show: controls, marks of direction, lone surrogates."""

_SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Signs of number and verse, which Unicode counts among the marks that cannot be seen."""

_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
"""Letters and accents that leave no mark."""

_JOINERS, _SCRIPTS_THAT_JOIN = "\u200c\u200d", "\u0590"
"""What joins emoji and the letters of many scripts, or keeps them apart; from Hebrew on, as Latin needs neither."""


def cells(text: str) -> int:
    """Return the columns of a terminal that *text* takes: two for Chinese and emoji, none for a combining accent."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me", "Cf"} or "\ufdd0" <= char <= "\ufdef":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, width: int) -> str:
    """Return *text* with spaces up to *width* columns."""
    return text + " " * (width - cells(text))


def shortened(text: str, most: int) -> str:
    """Return *text* in at most *most* columns; what is cut off leaves an ellipsis."""
    if len(text) <= most and cells(text) <= most:
        return text
    return f"{text[: fitting(text, most - 1)].rstrip()}…"


def fitting(text: str, width: int) -> int:
    """Return how many characters of *text* fit in *width* columns."""
    taken = 0
    for i, char in enumerate(text):
        taken += _width(char)
        if taken > width:
            return i
    return len(text)


def rows_of(text: str, width: int, indent: str = "", measure: Callable[[str], int] = cells) -> list[str]:
    """Return the one-line *text* in rows of at most *width* columns; a word that is longer is broken in itself.

    Args:
        text: The text.
        width: The most columns of a row.
        indent: What begins each row but the first.
        measure: Returns how many columns a text takes.
    """
    rows: list[str] = []
    row = begin = ""
    for word in text.split():
        longer = f"{row} {word}" if row != begin else row + word
        if measure(longer) <= width:
            row = longer
            continue
        if row != begin and (measure(indent + word) <= width or measure(row) + 2 > width):
            rows.append(row)
            row = begin = indent
        row += " " if row != begin else ""
        for char in word:  # it is longer than a row, as texts in scripts without spaces are
            if row != begin and measure(row + char) > width:
                rows.append(row.rstrip())
                row = begin = indent
            row += char
    return [*rows, row]


_NEAR = dict(zip("·–—…→←↑↓▸’‘“”×", "---.><^v>''\"\"x", strict=True))  # noqa: RUF001 - ambiguous characters are intended here


def encoded(text: str, encoding: str) -> bytes:
    """Encode *text*; a character that *encoding* lacks becomes a similar ASCII one, or a question mark."""
    return text.encode(encoding, _HANDLER)


def encodable(text: str, encoding: str) -> str:
    """Return *text* with what `encoded` makes of the characters that *encoding* lacks."""
    return encoded(text, encoding).decode(encoding)


def _instead(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_near, error.object[error.start : error.end])), error.end


def _near(char: str) -> str:
    base = _NEAR.get(char) or unicodedata.normalize("NFKD", char)[0]
    return base if base.isascii() and base.isprintable() else "?"


_HANDLER = "psoas.near"
codecs.register_error(_HANDLER, _instead)
