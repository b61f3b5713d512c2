"""Finds where a person went wrong in a file that is not valid YAML, and says what to type instead.

The parser notices a mistake where it can go on no longer, often lines below it, and says what it was doing then. This
reads the lines as people write them: keys one under another, entries after dashes, a text after a colon. The first
line that does not fit is the mistake.
"""

import re
from collections import Counter
from collections.abc import Collection

from psoas_cli.errors import nearest
from psoas_cli.practice.format import characters
from psoas_cli.practice.format.brackets import KEY_IN_LINE, KEY_LINE, after_brackets, after_quotes
from psoas_cli.practice.format.outline import NO_SPACE_AFTER_DASH, Outline
from psoas_cli.practice.format.problems import FaultError, Spot
from psoas_cli.practice.format.prose import QUOTED_LINE, REMEDY, as_value, quotes_around
from psoas_cli.practice.model.text import LANGS

_COLON = f"text with a colon followed by a space: {REMEDY}"
_UNLIKE_ABOVE = "this does not fit the lines above: compare its spaces, dashes, colons and quotes with theirs"

_PARSER_WORDS = (
    ("escape", "a backslash in double quotes: write two, or put the text in single quotes"),
    ("quoted", "quotes that are not closed: add one at the end of the text"),
    ("flow", "a bracket that is not closed, or a comma that is missing after it"),
    ("alias", f"text that begins with *: {REMEDY}"),
    ("anchor", f"text that begins with &: {REMEDY}"),
    ("tag", f"text that begins with !: {REMEDY}"),
    ("document", "a line of --- or ... ends the file above this line: delete it"),
)
"""What is said of a mistake that only the parser finds, by a word of its own."""

_KEY = re.compile(
    r"(?:\"[^\"]*\"|'[^']*'|(?:[^\s\"'\[\]{},#&*!|>@`%?-]|-(?=\S))(?:[^#]|(?<=\S)#){0,80}?)[ \t]*:(?=[ \t]|$)"
)
"""A key with its colon, at the beginning of what stands on a line."""

_TEXT_BELOW = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])[ \t]*(?:#.*)?$")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t]+)+")
_ALIAS = re.compile(r"\*([\w-]+)[ \t]*(?:#.*)?$")
_ANCHOR = re.compile(r"(?:^|\s)&([\w-]+)(?=\s|$)", re.MULTILINE)
_BULLET = re.compile("([*+\u2010-\u2015\u2212\u2022\u2023\u2043\u00b7\u25aa\u25cf]|\\d+[.)])\\s+")
"""What stands before an entry in other places than a file like this."""

_GUESSES = tuple(
    (re.compile(pattern), told)
    for pattern, told in (
        (
            r"(?P<key>[\"']?[\w-]+[\"']?):(?P<at>)(?P<value>[^\s/].*)",
            "a space is missing after the colon: write {key}: {value}",
        ),
        (
            r"(?P<key>[\w-]+)[ \t]*(?P<at>=>?|;|->)[ \t]*(?P<value>.*)",
            "a colon belongs after a key: write {key}: {value}",
        ),
        (r"(?P<at>)(?://|/\*|--|;|<!--)", "a comment begins with #"),
        (
            r"(?P<at>)(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)",
            "a line of a merge: keep one of the versions, and delete this line",
        ),
        (r"(?P<at>)```", "``` is no part of the file: delete this line"),
        (r"-(?P<at>)[\w-]+:(?:\s|$)", NO_SPACE_AFTER_DASH),
    )
)
"""What a line that is neither a key nor an entry looks like, and what to say of it."""


def fault_behind(said: str, at: Spot, context: Spot, lines: list[str], keys: Collection[str]) -> FaultError:
    """Return the mistake that made the parser stop.

    Args:
        said: What it said.
        at: Where it stopped; the mistake is there or before.
        context: Where what it was reading begins.
        lines: The lines of the file.
        keys: The keys that such a file may have, to know one that lacks its colon.
    """
    found = fault_in(lines, keys)
    if found and found.spot.line <= at.line:
        return found
    if "tab character" in said:
        return FaultError(at, "indent with spaces, not tabs")
    anchors = set(_ANCHOR.findall("\n".join(lines)))
    if at.line < len(lines) and (told := _no_mark(lines[at.line][at.column :], anchors)):
        return FaultError(at, told)
    told = next((told for word, told in _PARSER_WORDS if word in said), "")
    return FaultError(context, told) if told else FaultError(at, _UNLIKE_ABOVE)


def fault_in(lines: list[str], keys: Collection[str]) -> FaultError | None:
    """Return the first mistake in *lines*, or None if nothing is found."""
    written = Counter(match[1] for line in lines if (match := re.match(r" *(?:- +)*([a-z][a-z-]*):(?: |$)", line)))
    walk = _Walk(lines, {*keys, *(key for key, times in written.items() if times > 1)})
    line = 0
    try:
        while line < len(lines):
            line = walk.after(line)
    except FaultError as error:
        return error
    return None


class _Walk:
    """Reads a file line by line."""

    def __init__(self, lines: list[str], keys: Collection[str]) -> None:
        self.lines = lines
        self.keys = keys
        self.anchors = set(_ANCHOR.findall("\n".join(lines)))
        self.outline = Outline()
        self.text: Spot | None = None  # where the last value begins if it is a text without quotes, which may go on
        self.keyless: Spot | None = None  # the same if a key could stand there
        self.comment: Spot | None = None  # the first comment since the last text began, or in it

    def after(self, line: int) -> int:
        """Read what begins on *line*; return the line after it.

        Raises:
            FaultError: Something is wrong with it.
        """
        written = self.lines[line]
        column = _first(written, 0)
        if column == len(written) or written[column] == "#" or (written[0] == "%" and not self.outline.levels):
            self._note_comment(Spot(line, column))
            return line + 1
        if not self._goes_on(line, column):
            self._check_space(line, column)
            self._check_bullet(line, column)
        if "\t" in written[:column]:
            raise FaultError(Spot(line, written.index("\t")), "indent with spaces, not tabs")
        if re.match(r"(?:---|\.\.\.)(?:\s|$)", written):
            return self._divider(line)
        first = True
        while re.match(r"-(?:[ \t]|$)", written[column:]) and not (first and self._goes_on(line, column)):
            if self.keyless and column > self.keyless.column and self._lacks_its_colon(self.keyless):
                raise self._without_key(self.keyless)
            self.outline.dash(Spot(line, column), first=first)
            first, after = False, column + 1
            column = _first(written, after)
            self._value_is(None, waits=True)
            if column == len(written) or written[column] == "#":
                return line + 1
            if "\t" in written[after:column]:
                raise FaultError(Spot(line, after), "a tab after the dash: type a space instead")
            self._check_space(line, column)
        return self._content(Spot(line, column), first=first)

    def _check_space(self, line: int, column: int) -> None:
        """Check that no odd space stands at *column*, where something is to begin."""
        rest = self.lines[line][column:]
        if _is_plain(rest[0]):
            return
        alone = not "".join(filter(_is_plain, rest)).strip()
        odd = characters.oddity_in(rest)
        told = f"{characters.name_of(rest[0])} on an empty line: delete it" if alone else odd.message if odd else ""
        raise FaultError(Spot(line, column), told)

    def _check_bullet(self, line: int, column: int) -> None:
        """Check that no other mark, and no odd space, takes the place of a dash and a space."""
        rest = self.lines[line][column:]
        if rest[0] == "-" and rest[1:2] not in ("", " ", "\t"):
            self._check_space(line, column + 1)
        elif (match := _BULLET.match(rest)) and KEY_LINE.match(rest, match.end()):
            raise FaultError(Spot(line, column), f"an entry of a list begins with - and a space, not with {match[1]}")

    def _divider(self, line: int) -> int:
        if self.lines[line].startswith("...") and not any(each.strip() for each in self.lines[:line]):
            raise FaultError(Spot(line, 0), "... ends the file here: delete this line")
        before, after = self.lines[:line], self.lines[line + 1 :]
        if any(each.strip() and each[0] not in "#%" for each in before) and any(each.strip() for each in after):
            raise FaultError(Spot(line, 0), f"{self.lines[line][:3]} ends the file here: delete this line")
        return line + 1

    def _goes_on(self, line: int, column: int) -> bool:
        """Whether what stands at *column*, even if it begins like an entry, is a part of the text above."""
        if not self.text or column <= self.outline.margin:
            return False
        return not KEY_IN_LINE.match("".join(filter(_is_plain, self.lines[line])))

    def _content(self, spot: Spot, *, first: bool) -> int:
        """Read a key with its value, or a value; *first* says whether no dash stands before it."""
        written = self.lines[spot.line]
        match = _KEY.match(written, spot.column)
        if match:
            self._key(match[0][:-1].strip(" \t\"'"), spot, first=first)
            return self._value(Spot(spot.line, match.end()), spot.column)
        if self.outline.waits and (self.outline.levels or written[spot.column] in "\"'[{"):
            self._check_below(spot)
            after = self._value(spot, self.outline.margin)
            self.keyless = spot if QUOTED_LINE.fullmatch(written, spot.column) else self.text
            return after
        if not self.text or spot.column <= self.outline.margin:
            if written[spot.column] in "\"'":
                after_quotes(self.lines, spot)
            raise self._without_key(spot)
        if self.comment:
            meant = self.lines[self.comment.line][self.comment.column + 1 :][:1].strip()
            word = re.match(r"[\w-]+", self.lines[spot.line][spot.column :])
            if not meant and word and word[0] in self.keys and word[0] not in LANGS:  # "en" begins many a Dutch line
                raise self._without_key(spot)
            told = (
                f"text cut short by a space and #: {REMEDY}" if meant else "a comment inside a text: put it above that"
            )
            raise FaultError(self.comment, told)
        self._check_colon(spot)
        return spot.line + 1

    def _check_below(self, spot: Spot) -> None:
        """Check that a value at *spot*, below its key, is farther in than that."""
        rest = self.lines[spot.line][spot.column :].rstrip(" \t")
        above = self.outline.levels[-1] if self.outline.levels else None
        if not above or not above.name or spot.column > above.column or rest in self.keys:
            return
        if re.fullmatch(r"[\w-]+", rest):
            raise FaultError(spot, f"{rest} stands below its key: put it on the line of that, {above.name}: {rest}")

    def _note_comment(self, spot: Spot) -> None:
        """Note the first comment at *spot* or after it on its line, while a text may go on."""
        match = re.compile(r"(?:^|(?<=\s))#").search(self.lines[spot.line], spot.column)
        if match and self.text and not self.comment:
            self.comment = Spot(spot.line, match.start())

    def _key(self, name: str, spot: Spot, *, first: bool) -> None:
        text = self.keyless
        if text and (spot.column == text.column or (spot.column > text.column and self._lacks_its_colon(text))):
            raise self._without_key(text)  # what was taken for a text is a key without a colon
        if first and self.text and spot.column > self.outline.margin and name not in self.keys:
            raise FaultError(Spot(spot.line, spot.column + len(name)), _COLON)
        self.outline.key(name, spot, first=first)

    # -- values

    def _value_is(self, text: Spot | None, *, waits: bool = False) -> None:
        self.outline.waits, self.text, self.keyless, self.comment = waits, text, None, None

    def _value(self, spot: Spot, margin: int) -> int:
        """Read the value that begins at *spot* or after it; it belongs to a key or a dash at *margin*."""
        written = self.lines[spot.line]
        column = _first(written, spot.column)
        if match := _PROPERTIES.match(written, column):
            column = match.end()
        rest, spot = written[column:], Spot(spot.line, column)
        self._value_is(None, waits=not rest or rest[0] == "#" or bool(re.fullmatch(r"[&!]\S*\s*", rest)))
        if self.outline.waits or self._is_alias(rest):
            return spot.line + 1
        if rest[0] in "\"'":
            return self._closed(spot, after_quotes(self.lines, spot))
        if rest[0] in "[{":
            return self._closed(spot, after_brackets(self.lines, spot, margin, self.keys))
        if _TEXT_BELOW.fullmatch(rest):
            width = re.search(r"\d", rest[:3])
            return self._text_below(spot.line, margin, max(margin, 0) + int(width[0]) if width else 0)
        if re.match(r"-[ \t]+[\d.,]+ ?(?:[a-z]+|%)[ \t]*(?:#|$)", rest):
            raise FaultError(spot, "a space after the minus: delete it")
        if re.match(r"-(?:\s|$)", rest):
            raise FaultError(spot, f"a dash on the line of its key: put it on a line of its own below, or {REMEDY}")
        if told := _no_mark(rest, self.anchors):
            raise FaultError(spot, told)
        if rest[0] in "@`%*&!,]}|>" or re.match(r"\?(?:\s|$)", rest):
            raise FaultError(spot, f"text that begins with {rest[0]}: {REMEDY}")
        self._check_colon(spot)
        self._value_is(spot)
        self._note_comment(spot)
        return spot.line + 1

    def _is_alias(self, rest: str) -> bool:
        """Whether *rest* stands for something marked elsewhere in the file."""
        match = _ALIAS.fullmatch(rest)
        return bool(match and match[1] in self.anchors)

    def _check_colon(self, spot: Spot) -> None:
        """Check that no colon followed by a space stands in the text from *spot* on, and note a comment after it."""
        self._note_comment(spot)
        text = re.split(r"\s#", self.lines[spot.line][spot.column :], maxsplit=1)[0]
        match = re.search(r":(?=[ \t]|$)", text)
        if not match:
            return
        if self.keyless and self._lacks_its_colon(self.keyless):
            raise self._without_key(self.keyless)
        colon = spot.column + match.start()
        word = re.search(r"(?<=\s)[a-z-]+$", self.lines[spot.line][spot.column : colon])
        if word and word[0] in self.keys:
            told = f"a second key on the line: put {word[0]} on a line of its own, or the text in double quotes"
            raise FaultError(Spot(spot.line, spot.column + word.start()), told)
        raise FaultError(Spot(spot.line, colon), _COLON)

    def _closed(self, begin: Spot, after: Spot) -> int:
        """Return the line after a value from *begin* to *after*, when nothing follows it there."""
        written = self.lines[after.line]
        rest = written[after.column :].lstrip()
        spot = Spot(after.line, len(written) - len(rest))
        if not rest or rest[0] == "#":
            return after.line + 1
        if rest.strip() in {",", ";"}:
            raise FaultError(spot, f"a {rest[0]} at the end of the line: delete it")
        mark = self.lines[begin.line][begin.column]
        if mark in "[{" and rest[0] in "]}":
            raise FaultError(spot, f"a {rest[0]} too many: delete it")
        if mark == "[" and rest[0] == ",":
            raise FaultError(begin, f"one pair of brackets belongs around all entries; for a text, {REMEDY}")
        if mark in "[{":
            raise FaultError(begin, f"text that begins with {mark}: {REMEDY}")
        inside = 'write each " inside it as \\"' if mark == '"' else "write each ' inside it twice"
        told = f"text goes on after its closing {mark}: {inside}, or begin it on the line below after >-"
        raise FaultError(spot, told)

    def _text_below(self, line: int, margin: int, inside: int) -> int:
        """Return the line after the text that stands below `>-` on *line*.

        Args:
            line: The line above it.
            margin: The column of its key, or of its dash.
            inside: Where the text begins; 0 if its first line says that.
        """
        for at in range(line + 1, len(self.lines)):
            written = self.lines[at]
            column = len(written) - len(written.lstrip(" "))
            if column == len(written) or (column > margin and column >= inside):
                inside = inside or (column if column < len(written) else 0)
            elif KEY_LINE.match(written) or written[column] == "#" or (inside and column <= margin):
                return at
            else:
                raise self._outside(Spot(at, column), Spot(line, margin), inside)
        return len(self.lines)

    def _outside(self, spot: Spot, key: Spot, inside: int) -> FaultError:
        """Return what is wrong with the line at *spot*, which is not as far in as the text of *key* is to be."""
        if inside:
            told = f"this line begins in column {spot.column + 1}, but its text in column {inside + 1}: line them up"
            return FaultError(spot, told)
        self._check_space(*spot)
        level = self.outline.levels[-1]
        if self.outline.moved(level, key.column - 2):
            return FaultError(
                key, f"{level} begins in column {key.column + 1}, as far in as its text: put it farther out"
            )
        missing = _spaces(key.column + 1 - spot.column)
        return FaultError(spot, f"text below >- or | stands farther in: put {missing} before each line of it")

    # -- a line that is neither a key nor an entry

    def _lacks_its_colon(self, spot: Spot) -> bool:
        """Whether the text at *spot* begins like a key."""
        rest = self.lines[spot.line][spot.column :].rstrip(" \t")
        word = re.match(r"[\w-]+", rest)
        return bool(
            QUOTED_LINE.fullmatch(rest)
            or (word and (word[0] in self.keys or word[0] == rest))
            or characters.odd_after_word(rest)
        )

    def _without_key(self, spot: Spot) -> FaultError:
        """Return what is wrong with a line that is neither a key, nor an entry, nor the rest of a text."""
        rest = self.lines[spot.line][spot.column :].rstrip(" \t")
        if odd := characters.odd_after_word(rest):
            return FaultError(spot._replace(column=spot.column + odd.at), odd.message)
        if whole := QUOTED_LINE.fullmatch(rest):
            return FaultError(spot, quotes_around(whole))
        for pattern, told in _GUESSES:
            if match := pattern.match(rest):
                at = spot._replace(column=spot.column + match.start("at"))
                parts = match.groupdict() | {"value": as_value(match.groupdict().get("value") or "")}
                return FaultError(at, told.format(**parts).rstrip())
        word = re.match(r"([\w-]+)[ \t]*(.*)", rest)
        if word and (word[1] in self.keys or (spot == self.keyless and not word[2])):
            told = f"a colon is missing after {word[1]}: write {word[1]}: {as_value(word[2])}".rstrip()
            return FaultError(spot._replace(column=spot.column + len(word[1])), told)
        if spot != self.keyless and self.outline.margin >= spot.column:
            missing = _spaces(self.outline.margin + 1 - spot.column)
            told = f"to go on with {self.outline.levels[-1]}, put {missing} before this line; after a key put a colon"
            return FaultError(spot, told)
        return FaultError(spot, f"expected a key, a colon and a space before {rest[:40]}")


def _no_mark(rest: str, anchors: Collection[str]) -> str:
    """Return what to say if *rest* begins with a `*name` that is nearly one of *anchors*, else nothing."""
    match = re.match(r"\*([\w-]+)[ \t]*(?:[,\]}#]|$)", rest)
    near = nearest(match[1], anchors) if match and match[1] not in anchors else ""
    return f"there is no &{match[1]} for this *{match[1]}{near}" if match and near else ""


def _first(written: str, column: int) -> int:
    """Return where in *written*, from *column* on, something else than a space or a tab stands."""
    return column + len(written[column:]) - len(written[column:].lstrip(" \t"))


def _spaces(number: int) -> str:
    return f"at least {number} space{'s' if number > 1 else ''}"


def _is_plain(char: str) -> bool:
    """Whether *char* is neither an odd space nor unseen."""
    return not (characters.is_unseen(char) or characters.is_odd_space(char))
