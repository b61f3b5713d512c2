"""Reads YAML nodes with their positions: every scalar as it was written, every problem with its line and column.

YAML 1.1 would turn `1:30` into 90 and `no` into false, and silently keep the last of two equal keys. Nodes preserve
what the author wrote, and no tag ever builds a Python object.
"""

import re
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple, TypeVar

import yaml

from psoas_cli.errors import nearest
from psoas_cli.practice.format import prose
from psoas_cli.practice.format.problems import BadFileError, Path, Problem, excerpt_of
from psoas_cli.practice.model.durations import parse_duration
from psoas_cli.practice.model.text import LANGS, Lang, Text, shown

T = TypeVar("T")
Name = TypeVar("Name", bound=str)

LARGEST_FILE = 1024 * 1024
"""Bytes. An hour-long sequence takes about ten thousand."""

YES, NO = ("true", "yes"), ("false", "no")
"""The spellings of a flag, in any case."""

_DEEPEST = 32
_SURELY_SHALLOW = 2000
"""Nesting marks in a file, up to which the loader's unlimited recursion is safe without a check."""

_SURELY_FEW = 200_000
"""Characters in a file, up to which its values fit in memory without a check."""

_LONGEST_MESSAGE = 400
_MOST_NODES = 100_000
"""Nodes, counting each alias as a copy; the largest sequence that can run has fewer."""


class Place(NamedTuple):
    """A node, the mark that its problems point to (that of its key, if it has one), and its path."""

    node: yaml.Node
    mark: yaml.Mark
    path: Path


class Notebook:
    """Reads the nodes of one file and collects its problems instead of stopping at the first.

    Args:
        file: The file name shown in problems.
        language: The language of plain texts; the reader changes it to the file's own `language`.

    Attributes:
        problems: What makes the file unusable.
        warnings: What is usable but may be a mistake.
        written: The texts and sound paths in the file, each with the place where it first occurs.
        steps: The places of the steps, with repeats and includes expanded.
        lead_in: The place of the lead-in, if it is given.
    """

    def __init__(self, file: str, language: Lang) -> None:
        self.file = file
        self.language = language
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.written: dict[Text | str, Place] = {}
        self.steps: tuple[Place, ...] = ()
        self.lead_in: Place | None = None
        self._lines: list[str] = []

    def bad(self, place: Place, message: str) -> None:
        """Add a problem at *place*."""
        self._note(place.mark, place.path, message)

    def warn(self, place: Place, message: str) -> None:
        """Add a warning at *place*: usable, but possibly a mistake."""
        self.warnings.append(self._problem(place.mark.line, place.mark.column, place.path, message))

    def _note(self, mark: yaml.Mark | None, path: Path, message: str) -> None:
        line, column = (mark.line, mark.column) if mark else (0, 0)
        self.problems.append(self._problem(line, column, path, message))

    def _problem(self, line: int, column: int, path: Path, message: str) -> Problem:
        """Build a problem; *line* and *column* count from 0."""
        message = shown(message)
        if len(message) > _LONGEST_MESSAGE:  # it quotes the value found, which may be a megabyte
            message = message[:_LONGEST_MESSAGE] + "…"
        return Problem(self.file, line + 1, column + 1, path, message)

    def top(self, content: str) -> Place:
        """Return the top node of *content*.

        Raises:
            BadFileError: It is not valid YAML, is empty, or exceeds the limits on size and nesting.
        """
        content = content.removeprefix("\ufeff")
        self._lines = re.split(_LINE_END, content)
        if len(content.encode(errors="replace")) > LARGEST_FILE:
            self._note(None, (), "the file is larger than 1 MiB")
            raise BadFileError(self.problems)
        try:
            node = _compose(content)
        except yaml.YAMLError as error:
            line, column, message = _syntax_error(error, content, self._lines)
            shown_line = self._lines[line] if line < len(self._lines) else ""
            excerpt = excerpt_of(shown_line, column) if shown_line.strip() else ""
            self.problems.append(self._problem(line, column, (), message)._replace(excerpt=excerpt))
            raise BadFileError(self.problems) from None
        if node is None:
            self._note(None, (), "the file is empty")
            raise BadFileError(self.problems)
        if problem := _insane(node):
            self._note(node.start_mark, (), problem)
            raise BadFileError(self.problems)
        return Place(node, node.start_mark, ())

    def value(self, place: Place | None, convert: Callable[[str], T], default: T) -> T:
        """Return the scalar at *place*, converted.

        Args:
            place: The node; None if its key is missing.
            convert: Turns the scalar into a value; its ValueError becomes a problem.
            default: The result if the key is missing or the value is wrong.
        """
        if place is None:
            return default
        if not isinstance(place.node, yaml.ScalarNode):
            self.bad(place, f"expected one value, got {_kind(place.node)}")
            return default
        try:
            return convert(place.node.value)
        except ValueError as error:
            self.bad(place, str(error))
            return default

    def duration(self, place: Place | None, default: float, *, zero: bool = False) -> float:
        """Return the duration at *place*, in seconds; *zero* allows `0s`."""
        return self.value(place, lambda written: parse_duration(written, zero=zero), default)

    def number(self, place: Place | None, default: int, most: int) -> int:
        """Return the whole number from 1 to *most* at *place*."""

        def convert(written: str) -> int:
            if written.isascii() and written.isdigit() and len(written) < 10 and 1 <= int(written) <= most:
                return int(written)
            raise ValueError(f'expected a whole number from 1 to {most}, got "{written}"')

        return self.value(place, convert, default)

    def flag(self, place: Place | None) -> bool:
        """Return the flag at *place*; False if it is missing."""

        def convert(written: str) -> bool:
            if written.lower() in YES:
                return True
            if written.lower() in NO:
                return False
            raise ValueError(f'expected true or false, got "{written}"')

        return self.value(place, convert, default=False)

    def choice(self, place: Place | None, known: Collection[Name], what: str) -> Name | None:
        """Return the name at *place* if it is one of *known*, else None.

        Args:
            place: The node; None if its key is missing.
            known: The names allowed.
            what: What is named, for the message: "a pose".
        """

        def convert(written: str) -> Name:
            for name in known:
                if name == written:
                    return name
            listed = f" ({', '.join(known)})" if len(known) <= 12 else ""
            near = nearest(written, known)
            raise ValueError(f'expected {what}{listed}, got "{written}"{near}')

        return self.value(place, convert, None)

    def text(self, place: Place | None) -> Text:
        """Return the text at *place*: a plain one in the file's language, or a map of languages."""
        if place is None:
            return Text()
        if isinstance(place.node, yaml.MappingNode):
            entries = self._languages(place)
            text = Text(**{lang: self._line(each) for lang, each in entries.items()})
            if len(entries) == 1:
                lacking = " and ".join(lang for lang in LANGS if lang not in entries)
                self.warn(place, f"text in one language only: {lacking} is missing")
        else:
            text = Text(**{self.language: self._line(place)})
        self.written.setdefault(text, place)
        return text

    def _languages(self, place: Place) -> dict[str, Place]:
        """Return the entries of a map of languages; any other map is probably prose with a colon in it."""
        keys = {key.value for key, _ in place.node.value if isinstance(key, yaml.ScalarNode)}
        if keys & set(LANGS):
            return self.map(place, LANGS)
        self.bad(
            place,
            f"expected text or a map of {' and '.join(LANGS)}; put text with a colon in double quotes, "
            "or on the lines below after >-",
        )
        return {}

    def _line(self, place: Place) -> str:
        """Return the text of the scalar at *place*, on one line."""
        if isinstance(place.node, yaml.ScalarNode) and prose.cut_short(place.node, self._lines):
            self.bad(place, prose.COMMENT)

        def convert(written: str) -> str:
            if line := shown(written):
                return line
            raise ValueError("expected text, got nothing")

        return self.value(place, convert, "")

    def texts(self, place: Place | None) -> tuple[Text, ...]:
        """Return the texts of the list at *place*."""
        return tuple(text for each in self.list(place) if (text := self.text(each)))

    def names(self, place: Place | None, known: Collection[Name], what: str) -> tuple[Name, ...]:
        """Return the names in the list at *place* that are *known*; see `choice`."""
        found = (self.choice(each, known, what) for each in self.list(place))
        return tuple(name for name in found if name is not None)

    def list(self, place: Place | None) -> list[Place]:
        """Return the entries of the list at *place*."""
        if place is None:
            return []
        if not isinstance(place.node, yaml.SequenceNode):
            self.bad(place, f"expected a list, got {_kind(place.node)}")
            return []
        return [Place(node, node.start_mark, (*place.path, i)) for i, node in enumerate(place.node.value)]

    def map(self, place: Place | None, keys: Iterable[str] | None) -> dict[str, Place]:
        """Return the entries of the map at *place* by key; a key not in *keys* is a problem (None allows any)."""
        if place is None:
            return {}
        if not isinstance(place.node, yaml.MappingNode):
            self.bad(place, f"expected a map, got {_kind(place.node)}")
            return {}
        known = None if keys is None else tuple(keys)
        found: dict[str, Place] = {}
        for key, node in place.node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(key.start_mark, place.path, f"expected a key, got {_kind(key)}")
                continue
            name = shown(key.value)
            path = (*place.path, name)
            if known is not None and key.value not in known and place.node.flow_style and _lacking(node):
                self._note(key.start_mark, path, prose.COMMA)
            elif known is not None and key.value not in known:
                self._note(key.start_mark, path, f'unknown key "{name}"{nearest(name, known)}')
            elif name in found:
                self._note(key.start_mark, path, f'duplicate key "{name}"')
            else:
                found[name] = Place(node, key.start_mark, path)
        return found

    def is_scalar(self, place: Place, *values: str) -> bool:
        """Whether *place* is a scalar, and one of *values* if any are given."""
        return isinstance(place.node, yaml.ScalarNode) and (not values or place.node.value in values)

    def is_list(self, place: Place) -> bool:
        """Whether *place* is a list."""
        return isinstance(place.node, yaml.SequenceNode)


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
    except (RecursionError, UnicodeError):
        raise yaml.YAMLError(f"nested deeper than {_DEEPEST} levels") from None


class _TooMuchError(yaml.MarkedYAMLError):
    """YAML that exceeds the limits on nesting or on values."""


def _check_amount(content: str, loader: type[yaml.BaseLoader]) -> None:
    """Check that *content* is small enough to compose.

    The compiled loader recurses once per level and would crash on deep nesting; a node takes half a kilobyte.

    Raises:
        _TooMuchError: It is not.
    """
    depth = seen = 0
    for event in yaml.parse(content, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        seen += isinstance(event, yaml.NodeEvent)
        if depth > _DEEPEST or seen > _MOST_NODES:
            said = f"nested deeper than {_DEEPEST} levels" if depth > _DEEPEST else f"more than {_MOST_NODES:,} values"
            raise _TooMuchError(None, None, said, event.start_mark)  # type: ignore[arg-type] # the compiled loader's marks will do


def _syntax_error(error: yaml.YAMLError, content: str, lines: list[str]) -> tuple[int, int, str]:
    """Return the line and column of *error* (from 0), and its message."""
    if isinstance(error, yaml.MarkedYAMLError):
        if found := prose.trap(error, lines):
            return found
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        said = ", ".join(filter(None, (error.problem, error.context)))
        if lines[line : line + 1] and lines[line][column : column + 1] == "\t":
            said = "indent with spaces, not tabs"
        return line, column, said if isinstance(error, _TooMuchError) else f"not valid YAML: {said}"
    bad = re.search(_NO_CHARACTER, content)
    if not bad:
        return 0, 0, f"not valid YAML: {error}"
    *above, before = re.split(_LINE_END, content[: bad.start()])
    return len(above), len(before), "not valid YAML: control characters are not allowed"


_LINE_END = "\r\n|[\n\r\x85\u2028\u2029]"
"""The line breaks of YAML."""


_NO_CHARACTER = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A character that YAML does not allow; a string, as compiling takes 9 ms and only bad files need it."""


def _lacking(node: yaml.Node) -> bool:
    """Whether *node* is a key or value that was not written at all."""
    return isinstance(node, yaml.ScalarNode) and node.start_mark.index == node.end_mark.index


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


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a map"
    return "a list" if isinstance(node, yaml.SequenceNode) else f'"{node.value}"'
