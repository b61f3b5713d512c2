"""Where ordinary prose trips YAML: the five traps, and what to write instead."""

import re

import yaml

_REMEDY = "write the text between double quotes, or below as >-"
_APOSTROPHE = re.compile(r"(?:^\s*|[-:,\[{]\s+)'(?!(?:[^']|'')*'\s*(?:[,}\]:#]|$))")
"""A text that begins with an apostrophe, and is no quotation that ends on its line."""

_LINES_BACK = 30
"""A quotation that was never meant as one ends at the next apostrophe; so far back its beginning is looked for."""

COMMA = f"a comma inside {{}} ends a text: {_REMEDY}"
"""For what stands after such a comma: a key without a value."""


def trap(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int, str] | None:
    """The trap that *error* in *lines* most likely is: line and column (from 0), and what to do; None for another one.

    A text with a comma inside `{}` or with ` #` in it is no error to YAML: see `COMMA` and `cut_short`.
    """
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return None
    said = f"{error.context} {error.problem}"
    if "quoted scalar" in said or "did not find expected" in said:
        first = error.context_mark.line if error.context_mark and "quoted" in said else mark.line
        for number in range(min(first, len(lines) - 1), max(-1, first - _LINES_BACK), -1):
            if found := _APOSTROPHE.search(lines[number]):
                return number, found.end() - 1, f"a text that begins with an apostrophe: {_REMEDY}"
    if "mapping values" in said:
        return mark.line, mark.column, f"a colon and a space inside a text: {_REMEDY}"
    if "flow mapping" in said:
        where = error.context_mark or mark
        return where.line, where.column, f"a text inside {{}} with a comma, a colon, a ? or a # in it: {_REMEDY}"
    return None


def cut_short(node: yaml.ScalarNode, lines: list[str]) -> bool:
    """Whether a text at *node* goes on as a comment that was not meant as one: `Take block #2`."""
    if node.style or node.end_mark.line >= len(lines):
        return False
    rest = lines[node.end_mark.line][node.end_mark.column :]
    return "#" in rest and bool(re.match(r"\s+#\w", rest))


COMMENT = f"a space and # end a text, what follows is a comment: {_REMEDY}; a comment begins with # and a space"
"""For a text that is cut short."""
