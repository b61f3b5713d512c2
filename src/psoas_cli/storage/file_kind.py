"""What a file is that is not what it should be, told from its first bytes."""

import re
from typing import NamedTuple


class FileKind(NamedTuple):
    """A kind of file.

    Args:
        name: Its name with its article.
        hint: What to do to get the text in it.
        instead: What it is not; empty for what was asked for.
    """

    name: str
    hint: str = "name the file that you wrote in an editor"
    instead: str = ""


_AS_TEXT = "save it as plain text in your editor"
_RAW = "download the file itself, not the page that shows it (on GitHub, with the button Raw)"
_UNPACK = "unpack it, and name the file in it"
_UTF_8 = "save it as UTF-8 in your editor"

_OFFICE = "an office document"
SOUND = FileKind("a sound file", "a sequence names it under audio, or as the sound of a bell")
"""What can be played, or might be."""

_PAGE = FileKind("a web page", _RAW)
_PACK = FileKind("a voice pack", "psoas add adds it, from a file that ends in .zip")

_BEGINNINGS: tuple[tuple[str, FileKind], ...] = (
    (r"%PDF-", FileKind("a PDF document", _AS_TEXT)),
    (r"%!PS", FileKind("a PostScript document", _AS_TEXT)),
    (r"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind(_OFFICE, _AS_TEXT)),
    (r"PK\x03\x04.{26}mimetypeapplication/epub", FileKind("an e-book", _AS_TEXT)),
    (r"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", FileKind(_OFFICE, _AS_TEXT)),
    (r"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|word/|docProps/)", FileKind(_OFFICE, _AS_TEXT)),
    (r"PK\x03\x04.{26}Index/", FileKind(_OFFICE, _AS_TEXT)),
    (r"PK\x03\x04.*voice\.yaml", _PACK),
    (r"PK(?:\x03\x04|\x05\x06)", FileKind("a zip archive", _UNPACK)),
    (r"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd", FileKind("a compressed file", _UNPACK)),
    (r"7z\xbc\xaf\x27\x1c|Rar!\x1a|.{257}ustar", FileKind("an archive", _UNPACK)),
    ((r"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM.{4}\x00{4}|II\*\x00|MM\x00\*|\x00\x00\x01\x00[^\x00]|8BPS\x00"
     r"|.{4}ftyp(?:hei|hev|mif|msf|avi[fs])"), FileKind("a picture")),
    ((r"RIFF.{4}WAVE|RF64|fLaC|OggS|ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb][^\xff]|FORM.{4}AIF|MThd|caff\x00|#!AMR"
     r"|.{4}ftypM4[ABP]"), SOUND),
    (r".{4}ftyp|RIFF.{4}AVI |\x1aE\xdf\xa3|\x00\x00\x01[\xb3\xba]", FileKind("a video")),
    (r"SQLite format 3\x00", FileKind("a database")),
    (r"bplist00", FileKind("a property list of macOS")),
    (r"L\x00\x00\x00\x01\x14\x02\x00|\[InternetShortcut\]", FileKind("a shortcut", "name the file that it leads to")),
    (r"version https://git-lfs", FileKind("a pointer to a file in Git LFS", "get the file itself: git lfs pull")),
    (r"\x7fELF|MZ.[\x00-\x03].\x00|\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm", FileKind("a program")),
    (r"\xff\xfe\x00\x00|\x00\x00\xfe\xff|(?:[^\x00]\x00{3}){4}|(?:\x00{3}[^\x00]){4}",
     FileKind("UTF-32", _UTF_8, "UTF-8")),
    (r"\xff\xfe|\xfe\xff|(?:[^\x00]\x00){4}|(?:\x00[^\x00]){4}", FileKind("UTF-16", _UTF_8, "UTF-8")),
)  # fmt: skip
"""How each kind begins, as a pattern of bytes in Latin-1; the first that fits is it."""

_BEFORE = r"(?:(?:<\?[^>]*>|<!--(?:(?!-->).)*-->|<!(?!--)[^>]*>)\s*)*"
"""What may come before the first element of markup; it matches in one way alone, so it takes no time to fail."""

_TEXTS: tuple[tuple[str, FileKind], ...] = (
    (r"\{\\rtf", FileKind("an RTF document", _AS_TEXT)),
    (_BEFORE + r"(?:<!doctype html|<(?:html|head|body|title|meta|script|div|p)[\s>])", _PAGE),
    (_BEFORE + r"<svg[\s>]", FileKind("a picture")),
    (r"<\?xml|<!doctype|<!--", FileKind("an XML document", _AS_TEXT)),
    (r"From: <Saved by |MIME-Version: 1", FileKind("a saved web page or mail", _RAW)),
    (r"\\documentclass|\\input\b", FileKind("a TeX document", _AS_TEXT)),
)
"""The same for kinds that are text, in which blank lines and a byte order mark may come first."""

_LOOKED_AT = 4096  # bytes


def kind_of(content: bytes) -> FileKind | None:
    """What a file with this *content*, or its beginning, is; None if it may well be text for psoas."""
    begin = content[:_LOOKED_AT].decode("latin-1")
    for pattern, kind in _BEGINNINGS:
        if re.match(pattern, begin, re.DOTALL):
            return kind
    text = begin.removeprefix("\xef\xbb\xbf").lstrip()
    return next((kind for pattern, kind in _TEXTS if re.match(pattern, text, re.DOTALL | re.IGNORECASE)), None)
