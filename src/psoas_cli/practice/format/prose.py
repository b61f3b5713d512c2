"""Ordinary prose that YAML takes for something else without a word, and what to write instead."""

import re
from collections.abc import Callable, Collection

import yaml

REMEDY = "put the text in double quotes, or on the lines below after >-"
COMMA = f"inside {{}} a comma ends the text: {REMEDY}"
"""For the words after such a comma, which YAML reads as a key without a value."""


QUOTED_LINE = re.compile(r"([\"'])([\w-]+):(?:[ \t]+([^\"']*))?\1[ \t]*(?:#.*)?")
"""A key with its value, in quotes as a whole."""


def quotes_around(whole: re.Match[str]) -> str:
    """Return what to say of *whole*, a match of `QUOTED_LINE`."""
    what = "value" if whole[3] else "colon"
    return f"quotes around a key and its {what}: write {whole[2]}: {as_value(whole[3] or '')}".rstrip()


def as_value(written: str) -> str:
    """Return *written* as it can stand after a key."""
    odd = written.startswith("#") or re.search(r": |:$", written.partition(" #")[0])
    return f'"{written}"' if odd and '"' not in written else written


def lost_from(node: yaml.ScalarNode, lines: list[str], aliases: Callable[[], Collection[str]]) -> str:
    """Return what is wrong if YAML takes the beginning of the value at *node* for a mark of its own, else nothing.

    `!Let op` would be read as `op`, and `&relax and breathe` as `and breathe`. A `&` that one of *aliases* refers to
    is meant.
    """
    line = lines[node.start_mark.line] if node.start_mark.line < len(lines) else ""
    begins = line[node.start_mark.column : node.start_mark.column + 1]
    if begins not in ("!", "&"):
        return ""
    name = re.compile(r"&([\w-]+)").match(line, node.start_mark.column)
    return "" if name and name[1] in aliases() else f"text that begins with {begins}: {REMEDY}"


def aliases_in(lines: list[str]) -> frozenset[str]:
    """Return the names that `*name` refers to in *lines*."""
    return frozenset(re.findall(r"(?:^|[\s,\[{])\*([\w-]+)(?=[\s,\]}]|$)", "\n".join(lines), re.MULTILINE))


def cut_short(node: yaml.ScalarNode, lines: list[str]) -> bool:
    """Whether the text at *node* runs into what is probably not meant as a comment: `Take block #2`."""
    if node.style or node.end_mark.line >= len(lines):
        return False
    rest = lines[node.end_mark.line][node.end_mark.column :]
    return "#" in rest and bool(re.match(r"\s+#\w", rest))


def cut_in_quotes(node: yaml.ScalarNode, lines: list[str]) -> str:
    """Return what is wrong if a comma cuts the text at *node* in its curly quotes, which only readers know as such."""
    closing = _CURLY.get(node.value[:1], "") if not node.style else ""
    if not closing or any(mark in node.value for mark in closing) or node.end_mark.line >= len(lines):
        return ""
    rest = lines[node.end_mark.line][node.end_mark.column :].lstrip()
    if not rest.startswith(",") or not any(mark in rest for mark in closing):
        return ""
    return f'a comma ends a text in {node.value[0]} quotes: type " before and after it instead'


_CURLY = {"\N{LEFT DOUBLE QUOTATION MARK}": "\N{RIGHT DOUBLE QUOTATION MARK}"}
_CURLY |= {"\N{DOUBLE LOW-9 QUOTATION MARK}": "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"}
"""Typographic quotes that open, each with those that may close it."""

COMMENT = f"text cut short by a space and #: {REMEDY}; if a comment is meant, put a space after #"
"""For text that `cut_short` finds."""
