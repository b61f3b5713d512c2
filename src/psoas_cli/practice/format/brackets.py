"""Quotes, brackets and braces in a file, over as many lines as it takes: where they end, or what is wrong in them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from psoas_cli.practice.format.characters import name_of
from psoas_cli.practice.format.problems import FaultError, Spot
from psoas_cli.practice.format.prose import REMEDY

_KEY = r"""\s*(?:-[ \t]+)*["']?[\w-]+["']?[ \t]*:(?:\s|$)"""
KEY_IN_LINE = re.compile(_KEY)
"""A line that begins like a key, or like an entry with one."""

KEY_LINE = re.compile(rf"{_KEY}|\s*-(?:\s|$)")
"""A line that begins like a key or an entry of a list."""

_ESCAPE = re.compile(r"\\(?!$|[0abt\tnvfre \"/\\N_LP]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
"""A backslash in double quotes that means nothing."""

_APOSTROPHE = re.compile(r"'(?:[stnkmr]|ns|em|er|tis|twas|til|\d\ds?)\s(?!(?:[^']++|'')*+'\s*(?:[,}\]:#]|$))")
"""Prose that begins with an apostrophe and is no quoted text: `'s Avonds`, `'t Is stil`."""

_CLOSING = {"[": "]", "{": "}"}
_ENDS = ("", " ", "\t", ",", "[", "]", "{", "}")
"""What may follow a colon, a dash or a question mark that is not a part of a text."""

_BLANK = re.compile(r"[ \t]*")
_PROPERTY = re.compile(r"[&!*][\w!/.:-]*(?=[\s,\]}]|$)")
_PLAIN = re.compile(r"(?:[^,\[\]{}:#]++|:(?![\s,\[\]{}]|$)|(?<!\s)#)++")  # keeps no way back, which takes memory


def after_quotes(lines: list[str], begin: Spot) -> Spot:
    """Return where the quoted text at *begin* is over.

    Raises:
        FaultError: It is not closed, or has a backslash that means nothing.
    """
    line, at = begin.line, begin.column + 1
    quote = lines[line][begin.column]
    if quote == "'" and _APOSTROPHE.match(lines[line], begin.column):
        raise FaultError(begin, f"text that begins with an apostrophe: {REMEDY}")
    while line < len(lines):
        written = lines[line]
        while at < len(written):
            if quote == '"' and written[at] == "\\":
                if _ESCAPE.match(written, at):
                    told = "a backslash in double quotes: write two, or put the text in single quotes"
                    raise FaultError(Spot(line, at), told)
                at += 2
            elif written[at] != quote:
                at += 1
            elif quote == "'" and written[at + 1 : at + 2] == "'":
                at += 2
            else:
                return Spot(line, at + 1)
        line, at = line + 1, 0
        if line < len(lines) and KEY_LINE.match(lines[line]):
            break
    if odd := re.search(
        "[\u201c\u201d\u201e]" if quote == '"' else "[\u2018\u2019]", lines[begin.line][begin.column + 1 :]
    ):
        told = f"{name_of(odd[0])} cannot close a text that begins with {quote}: type {quote} instead"
        raise FaultError(Spot(begin.line, begin.column + 1 + odd.start()), told)
    raise FaultError(begin, f"a {quote} without another one at the end of the text: add it, or delete this one")


def after_brackets(lines: list[str], begin: Spot, margin: int, keys: Collection[str]) -> Spot:
    """Return where the bracket at *begin* is closed.

    Args:
        lines: The lines of the file.
        begin: The opening bracket.
        margin: The column of the key or dash that it belongs to; -1 without one. A key no farther in is outside.
        keys: Words that are probably keys.

    Raises:
        FaultError: It is not closed, or something in it is wrong.
    """
    return _Brackets(lines, margin, keys).closed(begin)


@dataclass
class _Open:
    """A bracket that is open, and how far its present entry is.

    Args:
        spot: Where it stands.
        began: Where the bracket before it in the entry was opened, if there is one.
        ended: Where the text or the bracket before is over, within the entry; None at the beginning of one.
        plain: Whether that is a text without quotes, which may go on.
        colon: Whether the entry has had its colon.
    """

    spot: Spot
    began: Spot | None = None
    ended: Spot | None = None
    plain: bool = False
    colon: bool = False

    def end(self, spot: Spot | None, *, plain: bool) -> None:
        """Note where a text or a bracket is over."""
        self.began, self.ended, self.plain = None, spot, plain


class _Brackets:
    """Reads from an opening bracket to the one that closes it."""

    def __init__(self, lines: list[str], margin: int, keys: Collection[str]) -> None:
        self.lines = lines
        self.margin = margin
        self.keys = keys
        self.open: list[_Open] = []
        self.comment: Spot | None = None  # the first that may not be meant as one

    def closed(self, at: Spot) -> Spot:
        self.open.append(_Open(at))
        at = Spot(at.line, at.column + 1)
        while self.open:
            at = self._step(at)
        return at

    def _step(self, at: Spot) -> Spot:
        """Read what stands at *at*, and return the place after it."""
        written = self.lines[at.line]
        column = _BLANK.match(written, at.column).end()  # type: ignore[union-attr] # it matches nothing, too
        char, then = written[column : column + 1], written[column + 1 : column + 2]
        spot, after, entry = Spot(at.line, column), Spot(at.line, column + 1), self.open[-1]
        if not char or (char == "#" and written[column - 1 : column] in ("", " ", "\t")):
            return self._next_line(spot)
        if char in "]}":
            self._close(spot)
        elif char == ",":
            entry.end(None, plain=False)
            entry.colon = False
        elif char == ":" and ((entry.ended and not entry.plain) or then in _ENDS):
            self._colon(spot)
        elif entry.ended and (not entry.plain or char in "\"'[{"):
            if entry.began and entry.ended.line == spot.line and char not in "\"'[{":
                raise FaultError(entry.began, f"text that begins with {self._char(entry.began)}: {REMEDY}")
            raise FaultError(entry.ended, "a comma is missing here")
        elif char in "\"'":
            after = after_quotes(self.lines, spot)
            entry.end(after, plain=False)
        elif char in _CLOSING:
            self.open.append(_Open(spot))
        else:
            after = self._text(spot)
        return after

    def _next_line(self, at: Spot) -> Spot:
        if self.lines[at.line][at.column + 1 : at.column + 2].strip() and not self.comment:
            self.comment = at
        line = at.line + 1
        if line < len(self.lines):
            indent = len(self.lines[line]) - len(self.lines[line].lstrip(" "))
            if indent > self.margin or not KEY_LINE.match(self.lines[line]):
                return Spot(line, 0)
        if self.comment:
            raise FaultError(self.comment, f"a # after a space ends the text: {REMEDY}")
        char = self._char(self.open[-1].spot)
        raise FaultError(
            self.open[-1].spot, f"a {char} without its {_CLOSING[char]}: add it, or quote a text that begins so"
        )

    def _char(self, spot: Spot) -> str:
        return self.lines[spot.line][spot.column]

    def _close(self, at: Spot) -> None:
        opened = self.open.pop().spot
        char, wanted = self._char(at), _CLOSING[self._char(opened)]
        if char != wanted:
            raise FaultError(at, f"a {char} where a {wanted} belongs, for the bracket opened in line {opened.line + 1}")
        if self.open:
            self.open[-1].end(Spot(at.line, at.column + 1), plain=False)
            self.open[-1].began = opened

    def _colon(self, at: Spot) -> None:
        entry = self.open[-1]
        if entry.plain and entry.ended and self.lines[at.line][at.column + 1 : at.column + 2] in ("[", "{"):
            raise FaultError(at, "a space is missing after the colon")
        if entry.colon:
            before = self.lines[at.line][: at.column]
            word = re.search(r"(?<![^\s\"'])([\w-]+)[\"']?$", before)
            if word and word[1] in self.keys:
                spot = Spot(at.line, len(before[: word.start()].rstrip("\"' ")))
                raise FaultError(spot, f"a comma is missing before {word[1]}")
            raise FaultError(at, f"a second colon between two commas: {REMEDY}")
        entry.end(None, plain=False)
        entry.colon = True

    def _text(self, at: Spot) -> Spot:
        """Read a text without quotes."""
        written, entry = self.lines[at.line], self.open[-1]
        begin, then = written[at.column], written[at.column + 1 : at.column + 2]
        if begin in "&!*" and (match := _PROPERTY.match(written, at.column)):
            after = Spot(at.line, match.end())
            entry.end(after if begin == "*" else None, plain=False)
            return after
        if not entry.ended and begin + then in ("//", "/*"):
            raise FaultError(at, "a comment begins with #")
        if (
            not entry.ended
            and entry.colon
            and re.match(r"-[ \t]+[\d.,]+ ?(?:[a-z]+|%)[ \t]*(?:[,}]|$)", written[at.column :])
        ):
            raise FaultError(at, "a space after the minus: delete it")
        if not entry.ended and begin == "-" and then in _ENDS:
            raise FaultError(at, "a dash inside brackets: leave it out, as commas stand between the entries")
        if not entry.ended and (begin in "@`%*&!|>" or (begin == "?" and then in _ENDS)):
            raise FaultError(at, f"text that begins with {begin}: {REMEDY}")
        match = _PLAIN.match(written, at.column)
        end = match.end() if match else at.column + 1
        entry.end(Spot(at.line, len(written[:end].rstrip())), plain=True)
        return Spot(at.line, end)
