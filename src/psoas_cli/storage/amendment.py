"""Changes to the text of the settings: one setting is written anew, and every other character stays as it was."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.composer import compose
from psoas_cli.storage.config import config_in, says_anything

Value = str | tuple[str, ...] | Mapping[str, str] | None
"""What a setting is to be: a word, a list or a map; None takes it out, which leaves what holds without it."""

_PLAIN = re.compile(r"[\w./~][\w./~-]*", re.ASCII)
"""A word that YAML reads as it is written, wherever it stands."""

_NEWLINE = re.compile(r"\r\n|\n|\r")
_REMARK = re.compile(r"(?:^|\s)#", re.MULTILINE)
_BLANK = " \t"


class _Edit(NamedTuple):
    """A piece of a text, from *start* to *end* in characters, and what takes its place."""

    start: int
    end: int
    instead: str


_Entry = tuple[yaml.Node, yaml.Node]


def amendments(content: str, keys: tuple[str, ...], value: Value) -> Iterator[str]:
    """Yield the ways to write a setting anew in *content*, the best first; each replaces one piece of it.

    A comment is never lost. Whether a way changes nothing else is for the caller to find out, by reading it.

    Args:
        content: The settings, which must be valid.
        keys: The setting, or the setting and a key of the map that it is, which must be there.
        value: What it is to be.
    """
    mark = "\ufeff" if content.startswith("\ufeff") else ""
    text = content.removeprefix(mark)
    for edit in _edits(text, keys, value):
        yield mark + text[: edit.start] + edit.instead + text[edit.end :]


def written(value: Value) -> str:
    """*value* as it is written on one line."""
    match value:
        case None:
            return ""
        case str():
            return value if _PLAIN.fullmatch(value) else "'{}'".format(value.replace("'", "''"))
        case tuple():
            return f"[{', '.join(map(written, value))}]"
    return f"{{{', '.join(f'{key}: {written(each)}' for key, each in value.items())}}}"


def _edits(text: str, keys: tuple[str, ...], value: Value) -> Iterator[_Edit]:
    top = compose(text, [], ()) if says_anything(text) else None
    if top is not None and not isinstance(top, yaml.MappingNode):
        return
    where = top
    for key in keys[:-1]:
        entry = _entry(where, key)
        where = entry[1] if entry and isinstance(entry[1], yaml.MappingNode) and not _is_alias(*entry) else None
        if where is None:
            return
    found = _entry(where, keys[-1])
    if found and value is None:
        assert where is not None
        yield from _removed(text, where, found)
    elif found:
        yield from _replaced(text, *found, value)
    elif value is not None and where is not None and (where.flow_style or where is not top):
        yield from _inserted(text, where, f"{keys[-1]}: {written(value)}")
    elif value is not None:
        yield from _line(text, where, keys[-1], written(value))


def _entry(node: yaml.MappingNode | None, key: str) -> _Entry | None:
    return next((entry for entry in (node.value if node else ()) if entry[0].value == key), None)


def _is_alias(key: yaml.Node, node: yaml.Node) -> bool:
    """Whether the value *node* of *key* stands for one that is elsewhere."""
    return bool(node.start_mark.index < key.end_mark.index)


def _newline(text: str) -> str:
    """How lines end in *text*."""
    found = _NEWLINE.search(text)
    return found[0] if found else "\n"


# -- one that is there


def _replaced(text: str, key: yaml.Node, node: yaml.Node, value: Value) -> Iterator[_Edit]:
    """Put *value* in the place of *node*."""
    if _is_alias(key, node):
        alias = re.compile(r"\s*:\s+(\*[^\s,\]}]+)").match(text, key.end_mark.index)
        if alias:
            yield _Edit(alias.start(1), alias.end(1), written(value))
        return
    end = _end(text, node)
    if end is None:
        return
    start = node.start_mark.index
    if not isinstance(node, yaml.CollectionNode):
        yield _Edit(start, end, written(value))
        return
    if isinstance(node, yaml.SequenceNode) and isinstance(value, tuple) and not node.flow_style:
        yield from _in_lines(text, node, value)
    colon = re.compile(r"\s*:(?=\s+\Z)").match(text[:start], key.end_mark.index)
    begin, gap = (colon.end(), " ") if colon and not node.flow_style else (start, "")
    if not _REMARK.search(text, start, end):
        yield _Edit(begin, end, gap + written(value))


def _end(text: str, node: yaml.Node) -> int | None:
    """Where *node* ends, without the blanks and comments that follow it; None if that is not sure."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return start + len(text[start:end].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return int(end)
    last = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    return _end(text, last) if last.start_mark.index >= start else None


def _in_lines(text: str, node: yaml.SequenceNode, value: tuple[str, ...]) -> Iterator[_Edit]:
    """Add a line to the list *node*, or take one out, if that makes it *value*."""
    items = [each.value.lower() if isinstance(each, yaml.ScalarNode) else "" for each in node.value]
    if [*value[:-1]] == items:
        last = _end(text, node)
        if last is not None:
            following = _NEWLINE.search(text, last)
            at = following.start() if following else len(text)
            yield _Edit(at, at, f"{_newline(text)}{' ' * node.start_mark.column}- {written(value[-1])}")
    for number, item in enumerate(node.value):
        end = _end(text, item)
        dash = text.rfind("-", 0, item.start_mark.index)
        if value and items[:number] + items[number + 1 :] == [*value] and end is not None:
            yield from _without_lines(text, dash, end)


def _removed(text: str, where: yaml.MappingNode, entry: _Entry) -> Iterator[_Edit]:
    """Take *entry* out of the map *where*."""
    key, node = entry
    end = None if _is_alias(key, node) else _end(text, node)
    if end is None:
        return
    if not where.flow_style:
        yield from _without_lines(text, key.start_mark.index, end)
        return
    start, number = key.start_mark.index, where.value.index(entry)
    if number + 1 < len(where.value):
        end = where.value[number + 1][0].start_mark.index
    elif number:
        before = _end(text, where.value[number - 1][1])
        start = start if before is None else before
    if not _REMARK.search(text, start, end):
        yield _Edit(start, end, "")


def _without_lines(text: str, start: int, end: int) -> Iterator[_Edit]:
    """Take out the lines from *start* to *end*; if a comment is on them, they become comments themselves."""
    first = 1 + max(text.rfind(sign, 0, start) for sign in "\r\n")
    if text[first:start].strip(_BLANK):
        return
    following = _NEWLINE.search(text, end)
    last = following.start() if following else len(text)
    if not _REMARK.search(text, start, last):
        yield _Edit(first, following.end() if following else last, "")
        return
    indent = re.compile(rf"(?m)^[ \t]{{{start - first}}}(?=[^\r\n])")
    yield _Edit(first, last, indent.sub(lambda found: f"{found[0]}# ", text[first:last]))


# -- one that is not


def _inserted(text: str, where: yaml.MappingNode, entry: str) -> Iterator[_Edit]:
    """Put *entry* at the beginning of the map *where*."""
    if where.flow_style:
        at = text.find("{", where.start_mark.index) + 1
        yield _Edit(at, at, f"{entry}{', ' if where.value else ''}")
        return
    first = where.value[0][0].start_mark
    yield _Edit(first.index, first.index, f"{entry}{_newline(text)}{' ' * first.column}")


def _line(text: str, top: yaml.MappingNode | None, key: str, value: str) -> Iterator[_Edit]:
    """Give the setting *key* a line of its own: the one that waits for it as a comment, or else one at the end."""
    indent = " " * (top.value[0][0].start_mark.column if top and top.value else 0)
    waits = re.compile(rf"^[ \t]*#[ \t]*{re.escape(key)}:[ \t]+(\S[^\r\n]*?)(?=[ \t]+#|[ \t]*(?:\r|$))", re.MULTILINE)
    lines = [each for each in waits.finditer(text) if _is_setting(key, each[1])]
    lines = [each for each in lines if each[1] == value] or lines
    if len(lines) == 1:
        yield _Edit(lines[0].start(), lines[0].end(1), f"{indent}{key}: {value}")
    newline = _newline(text)
    gap = "" if not text or text.endswith(("\n", "\r")) else newline
    yield _Edit(len(text), len(text), f"{gap}{indent}{key}: {value}{newline}")


def _is_setting(key: str, value: str) -> bool:
    """Whether *value* is one that *key* can have, and so no prose."""
    try:
        config_in(f"{key}: {value}\n", Path())
    except PsoasError:
        return False
    return True
