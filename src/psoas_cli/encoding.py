"""Text for an output whose encoding lacks some of it: the nearest character stands in, always one for one."""

import codecs
import unicodedata

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
