"""Nodes written anew: copies in which every scalar stays as it was written, and plain texts get their language."""

from collections.abc import Mapping
from typing import TypeAlias, Union

import yaml
from yaml.resolver import Resolver

from psoas_cli.practice.model.text import Lang

Shape: TypeAlias = Union[str, "list[Shape]", "dict[str, Shape]"]
"""Where texts are below a node: itself, in each of its entries, or by key (`*` is any key)."""

_TEXT = "text"
POSE: Shape = {
    **dict.fromkeys(("name", "text", "second", "leave", "side-label"), _TEXT),
    "notice": [_TEXT],
    "props": [_TEXT],
    "variations": {
        "*": {
            **dict.fromkeys(("name", "text", "from-here", "second", "leave"), _TEXT),
            "notice": [_TEXT],
            "props": [_TEXT],
        }
    },
}
"""The texts of a pose."""

_STEP: dict[str, Shape] = {
    **dict.fromkeys(("name", "text", "fetch"), _TEXT),
    "props": [_TEXT],
    "say": [{"text": _TEXT}],
    "scan": [_TEXT],
}
_STEP["steps"] = [_STEP]
STEP: Shape = _STEP
"""The texts of a step."""

_STR = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_RESOLVER = Resolver()
_WIDTH = 100  # columns of a line; longer texts go on below


def scalar(value: str) -> yaml.ScalarNode:
    """A scalar that reads as *value*."""
    return yaml.ScalarNode(_tag(value, None), value)


def mapping(entries: Mapping[str, yaml.Node], *, flow: bool = False) -> yaml.MappingNode:
    """A map of *entries*, on one line where it is *flow*."""
    return yaml.MappingNode(_MAP, [(scalar(key), node) for key, node in entries.items()], flow_style=flow)


def listing(nodes: list[yaml.Node], *, flow: bool = False) -> yaml.SequenceNode:
    """A list of *nodes*, on one line where it is *flow*."""
    return yaml.SequenceNode(_SEQ, nodes, flow_style=flow)


def entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """The entries of a map by key; none where it is no map."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def copied(node: yaml.Node, shape: Shape = "", lang: Lang | None = None) -> yaml.Node:
    """A copy of *node*, without anchors and tags.

    Args:
        node: What is copied; an alias is written out.
        shape: Where texts are in it.
        lang: What plain texts are in, to be said of each of them; None where that need not be.
    """
    if isinstance(node, yaml.ScalarNode):
        same = yaml.ScalarNode(_tag(node.value, node.style), node.value, style=node.style)
        return mapping({lang: same}) if lang and shape == _TEXT else same
    if isinstance(node, yaml.SequenceNode):
        inner = shape[0] if isinstance(shape, list) else ""
        return listing([copied(each, inner, lang) for each in node.value], flow=node.flow_style)
    assert isinstance(node, yaml.MappingNode)
    if shape == _TEXT:  # a map of languages, or an entry of a scan
        shape = {"text": _TEXT}
    shapes = shape if isinstance(shape, dict) else {}
    pairs = [
        (copied(key), copied(value, shapes.get(str(key.value), shapes.get("*", "")), lang)) for key, value in node.value
    ]
    return yaml.MappingNode(_MAP, pairs, flow_style=node.flow_style)


def written(node: yaml.Node, indent: int = 0) -> str:
    """*node* as YAML, each line after so many spaces."""
    text = str(yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=_WIDTH - indent))
    return "".join(f"{' ' * indent}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _tag(value: str, style: str | None) -> str:
    """The tag that YAML finds for *value* by itself, so that none has to be written."""
    return _STR if style else str(_RESOLVER.resolve(yaml.ScalarNode, value, (True, False)))  # type: ignore[no-untyped-call]
