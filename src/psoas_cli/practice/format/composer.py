"""Composes the nodes of a file within limits; what is not valid YAML is told where the person made it."""

import re
from collections.abc import Collection

import yaml

from psoas_cli.practice.format.problems import FaultError, Spot

_DEEPEST = 32
_SURELY_SHALLOW = 2000
"""Nesting marks in a file, up to which the loader's unlimited recursion is safe without a check."""

_SURELY_FEW = 200_000
"""Characters in a file, up to which its values fit in memory without a check."""

_MOST_NODES = 100_000
"""Nodes, counting each alias as a copy; the largest sequence that can run has fewer."""

_NO_CHARACTER = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A character that YAML does not allow; a string, as compiling takes 9 ms and only bad files need it."""

_NO_LINE_END = "\x85\u2028\u2029"
"""Characters that end a line for YAML, but not in an editor."""


def compose(content: str, lines: list[str], keys: Collection[str]) -> yaml.Node:
    """Return the top node of *content*.

    Args:
        content: The text of the file.
        lines: Its lines.
        keys: The keys that it may have, to know one that lacks its colon.

    Raises:
        FaultError: It is not valid YAML, is empty, or exceeds the limits on nesting and on values.
    """
    if not content.isascii() and any(char in content for char in _NO_LINE_END):
        raise _unseen(f"[{_NO_LINE_END}]", lines)
    try:
        node = _compose(_without_tabs(content) if "\t" in content else content)
    except yaml.MarkedYAMLError as error:
        raise _fault(error, lines, keys) from None
    except yaml.YAMLError:  # the reader's, about a character
        raise _unseen(_NO_CHARACTER, lines) from None
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value and not node.style):
        raise FaultError(Spot(0, 0), "the file is empty")
    if not content.isascii() and (odd := [number for number, line in enumerate(lines) if _begins_oddly(line)]):
        from psoas_cli.practice.format.diagnosis import fault_in  # only mistakes need it

        if (fault := fault_in(lines, keys)) and fault.spot.line in odd:
            raise fault
    if problem := _insane(node):
        raise FaultError(Spot(node.start_mark.line, node.start_mark.column), problem)
    return node


def _without_tabs(content: str) -> str:
    """Return *content* with spaces for the tabs on empty lines and before comments, where the loaders refuse them."""
    blank = re.compile(r"^[ \t]++(?=[\r\n#]|\Z)", re.MULTILINE)
    return blank.sub(lambda found: found[0].replace("\t", " "), content)


def _compose(content: str) -> yaml.Node | None:
    # Base loaders leave scalars as text; the compiled one, if installed, is thirteen times as fast.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    if len(content) > _SURELY_FEW or sum(map(content.count, "[{-?")) > _SURELY_SHALLOW:
        try:
            _check_amount(content, loader)
        except yaml.scanner.ScannerError as error:
            if "nesting" in str(error.problem):  # some compiled ones have a limit, and hit it while looking ahead
                _check_amount(content, yaml.BaseLoader)
            raise
    try:
        return yaml.compose(content, Loader=loader)
    except RecursionError:
        raise FaultError(Spot(0, 0), f"nested deeper than {_DEEPEST} levels") from None
    except UnicodeError:  # the compiled loader's, about half a character
        raise yaml.YAMLError from None


def _check_amount(content: str, loader: type[yaml.BaseLoader]) -> None:
    """Check that *content* is small enough to compose.

    The compiled loader recurses once per level and would crash on deep nesting; a node takes half a kilobyte.

    Raises:
        FaultError: It is not.
    """
    depth = seen = 0
    for event in yaml.parse(content, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        seen += isinstance(event, yaml.NodeEvent)
        if depth > _DEEPEST or seen > _MOST_NODES:
            said = f"nested deeper than {_DEEPEST} levels" if depth > _DEEPEST else f"more than {_MOST_NODES:,} values"
            mark = event.start_mark
            raise FaultError(Spot(mark.line, mark.column) if mark else Spot(0, 0), said)


def _begins_oddly(line: str) -> bool:
    """Whether *line* begins, after spaces and a dash, with a character that looks like a space or like nothing."""
    first = line.lstrip(" \t-")[:1]
    if not first or first.isascii() or first.isalnum():
        return False
    from psoas_cli.practice.format.characters import is_odd_space, is_unseen  # only mistakes need it

    return is_unseen(first) or is_odd_space(first)


def _unseen(characters: str, lines: list[str]) -> FaultError:
    """Return the first of *characters*, a pattern, as a fault."""
    from psoas_cli.practice.format.characters import oddity_in  # only mistakes need it

    for number, line in enumerate(lines):
        if match := re.search(characters, line):
            odd = oddity_in(match[0])
            return FaultError(Spot(number, match.start()), odd.message if odd else "a character that cannot be read")
    return FaultError(Spot(0, 0), "a character that cannot be read")


def _fault(error: yaml.MarkedYAMLError, lines: list[str], keys: Collection[str]) -> FaultError:
    """Return the mistake behind *error*."""
    from psoas_cli.practice.format.diagnosis import fault_behind  # only mistakes need it

    spots = [Spot(mark.line, mark.column) for mark in (error.problem_mark, error.context_mark) if mark]
    at, context = (spots or [Spot(0, 0)])[0], (spots or [Spot(0, 0)])[-1]
    return fault_behind(f"{error.context} {error.problem}", at, context, lines, keys)


def _insane(top: yaml.Node) -> str:
    """Return which limit the tree below *top* exceeds, counting each alias as a copy; empty if none."""
    waiting, seen = [(top, 1)], 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > _DEEPEST:
            return f"nested deeper than {_DEEPEST} levels, or inside itself"
        if seen > _MOST_NODES:
            return f"more than {_MOST_NODES:,} values, counting aliases"
        if isinstance(node, yaml.MappingNode):
            waiting += [(each, depth + 1) for pair in node.value for each in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(each, depth + 1) for each in node.value]
    return ""
