"""Ordinary prose that YAML takes for something else without a word, and what to write instead."""

import re
from collections.abc import Callable, Collection

import yaml

REMEDY = "put the text in double quotes, or on the lines below after >-"
COMMA = f"inside {{}} a comma ends the text: {REMEDY}"
"""For the words after such a comma, which YAML reads as a key without a value."""


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


COMMENT = f"text cut short by a space and #: {REMEDY}; if a comment is meant, put a space after #"
"""For text that `cut_short` finds."""
