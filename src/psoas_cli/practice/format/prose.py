"""The five ways in which ordinary prose trips up YAML, and what to write instead."""

import re

import yaml

_REMEDY = "put the text in double quotes, or on the lines below after >-"
_APOSTROPHE = re.compile(r"(?:^\s*|[-:,\[{]\s+)'(?!(?:[^']|'')*'\s*(?:[,}\]:#]|$))")
"""Text that begins with an apostrophe and is not a quoted string ending on the same line."""

_LINES_BACK = 30
"""How far to look back for the start of an unintended quotation, which ends at the next apostrophe."""

COMMA = f"inside {{}} a comma ends the text: {_REMEDY}"
"""For the words after such a comma, which YAML reads as a key without a value."""


def trap(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str] | None:
    """Return the likely trap behind *error*: its line and column (from 0), and what to do; None if there is none.

    Text with a comma inside `{}` or with ` #` in it is valid YAML: see `COMMA` and `cut_short`.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return None
    said = f"{error.context} {error.problem}"
    if "quoted scalar" in said or "did not find expected" in said:
        first = error.context_mark.line if error.context_mark and "quoted" in said else mark.line
        for number in range(min(first, len(lines) - 1), max(-1, first - _LINES_BACK), -1):
            if found := _APOSTROPHE.search(lines[number]):
                return number, found.end() - 1, f"text that begins with an apostrophe: {_REMEDY}"
    if "mapping values" in said:
        return mark.line, mark.column, f"text with a colon followed by a space: {_REMEDY}"
    if "flow mapping" in said:
        where = error.context_mark or mark
        return where.line, where.column, f"text inside {{}} with a comma, a colon, a ? or a # in it: {_REMEDY}"
    return None


def cut_short(node: yaml.ScalarNode, lines: list[str]) -> bool:
    """Whether the text at *node* runs into what is probably not meant as a comment: `Take block #2`."""
    if node.style or node.end_mark.line >= len(lines):
        return False
    rest = lines[node.end_mark.line][node.end_mark.column :]
    return "#" in rest and bool(re.match(r"\s+#\w", rest))


COMMENT = f"text cut short by a space and #: {_REMEDY}; if a comment is meant, put a space after #"
"""For text that `cut_short` finds."""
