"""Damage: content as it comes from slips of hands and editors, from broken disks, and from people who mean harm."""

import re
from collections.abc import Callable, Sequence
from random import Random

_SPACES, _CONTROLS = "\u00a0\u2003\u3000\u2028\x85\x0b\x0c", "\x7f\x9b\x1b\x07\0"
UNSEEN = f"{_SPACES}{_CONTROLS}\u200b\u200d\u00ad\u2011\ufeff\u200e\u202e\u2066\u061c\ud800"
"""Characters that cannot be seen, or not told from others, and some that a terminal obeys."""

_LIKENESSES = str.maketrans(":-'\",0123456789 ", "：－‘“，０１２３４５６７８９　")  # noqa: RUF001 - that is what they are for
_HEADS = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\x14\0\0\0", b"\x1f\x8b\x08\0", b"SQLite format 3\0", b"%PDF-1.7\n",
    b"{\\rtf1\\ansi\\deff0 {\\fonttbl {\\f0 Times;}}\\f0 ", b"<!DOCTYPE html>\n<html><body><pre>",
    b"<?xml version='1.0'?>\n",
    b"OggS\0\x02", b"RIFF\x24\0\0\0WAVEfmt ", b"ID3\x03", b"\xff\xfb\x90", b"\x7fELF", b"#!/bin/sh\n",
    b"---\n...\n---\n",
    b"%YAML 9.9\n---\n", b"\xef\xbb\xbf\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"```yaml\n",
    b"\0" * 64,
)  # fmt: skip
_CODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "latin-1", "utf-7", "cp037")
_NASTY = (
    *b"' \" { } [ ] , : - # & * ! | > % @ ` ? ~ <<: --- ... !!python/object:os.system !Let &relax *all".split(),
    *b"{} [] '' true null = 0% 101% -0s 0s 1ms 1e9s 99999h -5s 24h 1:00:00 nan inf -inf 1_000 0x10 1e309".split(),
    *b"4-7-8 box 0-0 0.5-0.5 60-60-60-60 4-6-0 9223372036854775808 yin mine poses [right] {en} %s".split(),
    *b"./x.ogg ~nosuchuser/x /dev/zero ../../x".split(),
    "\uff14-\uff16".encode(), "y\u0456n".encode(), "e\u0301".encode(), "🧘🏽‍♀️".encode(), "漢字".encode(),
    "\u202eniy".encode(), b"\xed\xa0\x80",
)  # fmt: skip
_UNITS = ("s", "m", "h", "min", "sec", "minuten", "uur", "M", "ms", "", "'", '"', "\u2032", "%", " breaths")
_SIGNS = ("", "-", "−", "+", "~", "±", "à ", "<", "PT")  # noqa: RUF001 - a real minus sign
_JOINTS = ("", " ", "-", "–", " to ", ":", "：", ",", "½", " tot ", "\t")  # noqa: RUF001 - an en dash, a wide colon

Way = Callable[[Random, bytes, Sequence[bytes]], bytes]


def damaged(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """*content* after a few changes, some of which bring in parts of *others*."""
    for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 5))):
        content = random.choices(_WAYS, _OFTEN)[0](random, content, others)
    return content


def flipped(random: Random, content: bytes, _others: Sequence[bytes] = ()) -> bytes:
    """Change, delete or insert single bytes, or cut off the end: a broken disk."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 40))):
        at = random.randrange(len(changed) + 1)
        match random.randrange(5):
            case 0:
                changed[at : at + 1] = bytes((random.randrange(256),))
            case 1:
                changed[at : at + 1] = bytes((changed[at] ^ (1 << random.randrange(8)),)) if at < len(changed) else b""
            case 2:
                del changed[at : at + random.randrange(1, 20)]
            case 3:
                changed[at:at] = random.randbytes(random.randrange(1, 5))
            case _:
                del changed[len(changed) - random.choice((0, 0, 1, len(changed) - at)) :]
    return bytes(changed)


def duration(random: Random) -> str:
    """A length of time as somebody may write it, right or wrong."""
    parts = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3))):
        number = random.choice(
            (str(random.randrange(100)), f"{random.randrange(100)}.{random.randrange(100)}", "0", "2,5")
        )
        parts.append(number + random.choice(("", " ")) + random.choice(_UNITS))
    return random.choice(_SIGNS) + random.choice(_JOINTS).join(parts)


def _line(random: Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """Delete, repeat, swap, indent, join or replace lines."""
    lines = content.splitlines(keepends=True) or [b""]
    at, other = (random.randrange(len(lines)) for _ in range(2))
    line = lines[at]
    match random.randrange(6):
        case 0:
            lines[at] = b""
        case 1:
            lines[at] = line * random.randrange(2, 40)
        case 2:
            lines[at], lines[other] = lines[other], line
        case 3:
            lines[at] = random.choice((b" ", b" ", b"\t")) * random.randrange(12) + line.lstrip(b" ")
        case 4:
            lines[at] = line.rstrip(b"\n")
        case _:
            lines[at : at + random.randrange(1, 30)] = lines[other : other + random.randrange(1, 30)]
    return b"".join(lines)


def _word(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Replace a word, or put another one before it."""
    start, end = _place(random, rb"\S+", content)
    words = random.choice(others).split() or [b""]
    new = random.choice((random.choice(_NASTY), random.choice(words), duration(random).encode()))
    return content[:start] + new + (content[start:end] if random.random() < 0.3 else b"") + content[end:]


def _value(random: Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """Replace what stands after a colon: by a length, by what is huge, deep, or full of aliases."""
    start, end = _place(random, rb"(?<=: )[^\n]+", content)
    match random.choices(range(6), (8, 4, 1, 1, 1, 1))[0]:
        case 0:
            new = duration(random).encode()
        case 1:
            new = random.choice(_NASTY)
        case 2:
            new = random.choice(("x", "🧘", "a b ", "é", "[right] ")).encode() * random.choice((300, 5000, 200_000))
        case 3:
            depth = random.choice((5, 31, 33, 200, 20_000))
            new = random.choice((b"[" * depth, b"{a: " * depth, b"[" * depth + b"]" * depth, b"- " * depth))
        case 4:
            new = _bomb(random)
        case _:
            new = random.choice((b"|\n", b">-\n", b"'", b'"', b"&a ", b"*a", b"!!binary ", b"<<")) + content[start:end]
    return content[:start] + new + content[end:]


def _bomb(random: Random) -> bytes:
    """Aliases of aliases: a few lines that stand for millions of values, or for themselves."""
    if random.random() < 0.2:
        return b"&a [*a, *a]"
    width, depth = random.choice((2, 9)), random.choice((3, 9, 30))
    lists = [b"&a0 [x]", *(b"&a%d [" % i + b", ".join([b"*a%d" % (i - 1)] * width) + b"]" for i in range(1, depth))]
    return b"[" + b", ".join(lists) + b"]"


def _unseen(random: Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """Put a character that cannot be seen somewhere, or one that looks like another in its place."""
    text = content.decode("utf-8", "replace")
    at = random.randrange(len(text) + 1)
    if random.random() < 0.3:
        near = re.search(r"[:'\",0-9 -]", text[at:])
        at += near.start() if near else 0
        text = text[:at] + text[at : at + 1].translate(_LIKENESSES) + text[at + 1 :]
    else:
        text = text[:at] + random.choice(UNSEEN) + text[at + random.randrange(2) :]
    return text.encode("utf-8", random.choice(("replace", "surrogatepass")))


def _splice(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Put a block of lines of another file somewhere, indented as it was or as what it comes to."""
    lines, source = content.splitlines(keepends=True), random.choice(others).splitlines(keepends=True) or [b""]
    begin = random.randrange(len(source))
    depth = _indent(source[begin])
    end = begin + 1
    while end < len(source) and (not source[end].strip() or _indent(source[end]) > depth):
        end += 1
    at = random.randrange(len(lines) + 1)
    there = _indent(lines[at]) if at < len(lines) and random.random() < 0.7 else depth
    block = [b" " * max(0, _indent(line) - depth + there) + line.lstrip(b" ") for line in source[begin:end]]
    lines[at:at] = block * random.choice((1, 1, 1, 1, 2, 300))
    return b"".join(lines)


def _recoded(random: Random, content: bytes, _others: Sequence[bytes]) -> bytes:
    """Write it in another encoding, with other line ends, or as if it were a file of another type."""
    match random.randrange(4):
        case 0:
            return random.choice(_HEADS) + content
        case 1:
            return random.choice(_HEADS) + random.randbytes(random.choice((0, 20, 2000)))
        case 2:
            return content.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b"\x85", b"")))
    return content.decode("utf-8", "replace").encode(random.choice(_CODINGS), "replace")


def _place(random: Random, pattern: bytes, content: bytes) -> tuple[int, int]:
    """Where *pattern* is next found from somewhere on; nothing at that place if it is not."""
    at = random.randrange(len(content) + 1)
    found = re.compile(pattern).search(content, at)
    return found.span() if found else (at, at)


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" "))


_WAYS: tuple[Way, ...] = (_line, _word, _value, _unseen, _splice, flipped, _recoded)
_OFTEN = (5, 6, 5, 3, 5, 2, 1)
