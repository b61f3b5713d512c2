"""Reads YAML nodes with their positions: every scalar as it was written, every problem with its line and column.

YAML 1.1 would turn `1:30` into 90 and `no` into false, and silently keep the last of two equal keys. Nodes preserve
what the author wrote, and no tag ever builds a Python object.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import yaml

from psoas_cli.errors import nearest
from psoas_cli.practice.format import prose
from psoas_cli.practice.format.composer import compose
from psoas_cli.practice.format.problems import BadFileError, FaultError, Path, Problem, excerpt_of
from psoas_cli.practice.model.durations import parse_duration
from psoas_cli.practice.model.flags import parse_flag
from psoas_cli.practice.model.names import match
from psoas_cli.practice.model.sequence import LARGEST_FILE
from psoas_cli.practice.model.text import LANGS, Lang, Text, shown

if TYPE_CHECKING:
    from psoas_cli.practice.format.characters import Oddity

T = TypeVar("T")
Name = TypeVar("Name", bound=str)

_LONGEST_MESSAGE = 400
_FEW = 12
"""Names that are listed whatever was written instead."""

NONE = "none"
"""What may stand for a list without entries."""


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
        self._keys: Collection[str] = ()
        self._aliases = cache(lambda: prose.aliases_in(self._lines))

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

    def top(self, content: str, keys: Collection[str] = ()) -> Place:
        """Return the top node of *content*; its *keys* help to say what is wrong with a line.

        Raises:
            BadFileError: It is not valid YAML, is empty, or exceeds the limits on size and nesting.
        """
        content = content.removeprefix("\ufeff")
        self._lines, self._keys = re.split("\r\n|[\n\r]", content), keys
        if len(content.encode(errors="replace")) > LARGEST_FILE:
            self._note(None, (), "the file is larger than 1 MiB")
            raise BadFileError(self.problems)
        try:
            node = compose(content, self._lines, keys)
        except FaultError as error:
            line, column = error.spot
            shown_line = self._lines[line] if line < len(self._lines) else ""
            excerpt = excerpt_of(shown_line, column) if shown_line.strip() else ""
            self.problems.append(self._problem(line, column, (), error.message)._replace(excerpt=excerpt))
            raise BadFileError(self.problems) from None
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
            from psoas_cli.practice.format import remedies  # only mistakes need it

            self.bad(place, remedies.instead_of_value(place.node))
            return default
        if lost := prose.lost_from(place.node, self._lines, self._aliases):
            self._note(place.node.start_mark, place.path, lost)
            return default
        try:
            return convert(place.node.value)
        except ValueError as error:
            from psoas_cli.practice.format import remedies  # only mistakes need it

            self._bad_within(
                place.node, place.mark, place.path, remedies.of_value(place.node.value, convert, str(error))
            )
            return default

    def _bad_within(self, node: yaml.Node, mark: yaml.Mark, path: Path, odd: "Oddity") -> None:
        """Add a problem at *mark*, or at a character of *node* if it is not about the beginning of that."""
        written = node.value if isinstance(node, yaml.ScalarNode) else ""
        column = node.start_mark.column + odd.at + bool(isinstance(node, yaml.ScalarNode) and node.style)
        if odd.at and self._lines[node.start_mark.line][column : column + 1] == written[odd.at : odd.at + 1]:
            self.problems.append(self._problem(node.start_mark.line, column, path, odd.message))
        else:
            self._note(mark, path, odd.message)

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

    def flag(self, place: Place | None, *, default: bool = False) -> bool:
        """Return the flag at *place*; *default* if it is missing or wrong."""
        return self.value(place, parse_flag, default)

    def choice(
        self, place: Place | None, known: Collection[Name], what: str, *, hint: str = "", several: str = ""
    ) -> Name | None:
        """Return the name at *place* if it is one of *known*, else None.

        Args:
            place: The node; None if its key is missing.
            known: The names allowed.
            what: What is named, for the message: "a pose".
            hint: What to say if no name is near, and there are too many to list.
            several: How to write more than one, if that is allowed, with `{}` for them.
        """

        def convert(written: str) -> Name:
            if name := match(written, known):
                return name
            if several:
                from psoas_cli.practice.format import remedies  # only mistakes need it

                if names := remedies.names_in(written, known):
                    raise ValueError(f'expected {what}, got "{written}"; {several.format(", ".join(names))}')
            near, listed = nearest(written, known), ", ".join(known)
            if not listed or (len(known) > _FEW and (near or len(listed) > _LONGEST_MESSAGE // 2)):
                raise ValueError(f'expected {what}, got "{written}"{near or hint}')
            raise ValueError(f'expected {what} ({listed}), got "{written}"{near}')

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
        keys = [key.value for key, _ in place.node.value if isinstance(key, yaml.ScalarNode)]
        if set(keys) & set(LANGS):
            return self.map(place, LANGS)
        from psoas_cli.practice.format import remedies  # only mistakes need it

        self.bad(place, remedies.instead_of_languages(keys, place.node))  # type: ignore[arg-type] # as called
        return {}

    def _line(self, place: Place) -> str:
        """Return the text of the scalar at *place*, on one line."""
        if isinstance(place.node, yaml.ScalarNode) and prose.cut_short(place.node, self._lines):
            self.bad(place, prose.COMMENT)
            return ""
        if isinstance(place.node, yaml.ScalarNode) and (told := prose.cut_in_quotes(place.node, self._lines)):
            self.bad(place, told)
            return ""
        if isinstance(place.node, yaml.SequenceNode):
            from psoas_cli.practice.format import remedies  # only mistakes need it

            self.bad(place, remedies.instead_of_text(place.node))
            return ""

        def convert(written: str) -> str:
            if line := shown(written):
                return line
            raise ValueError("expected text, got nothing")

        return self.value(place, convert, "")

    def texts(self, place: Place | None) -> tuple[Text, ...]:
        """Return the texts of the list at *place*."""
        return tuple(text for each in self.list(place) if (text := self.text(each)))

    def names(self, place: Place | None, known: Collection[Name], what: str) -> tuple[Name, ...]:
        """Return the names in the list at *place* that are *known*, and nothing for `none`; see `choice`."""
        if place is None or self.is_scalar(place, NONE):
            return ()
        if isinstance(place.node, yaml.ScalarNode) and place.node.value and not match(place.node.value, known):
            self.choice(place, known, f"{NONE}, or a list with {what}", several="write [{}]")
            return ()
        several = (
            "put a comma between them: {}"
            if getattr(place.node, "flow_style", False)
            else "put each after a dash of its own"
        )
        found = (self.choice(each, known, what, several=several) for each in self.list(place))
        return tuple(name for name in found if name is not None)

    def list(self, place: Place | None, form: str = "") -> list[Place]:
        """Return the entries of the list at *place*; for *form*, that of an entry, see `map`."""
        if place is None:
            return []
        if not isinstance(place.node, yaml.SequenceNode):
            from psoas_cli.practice.format import remedies  # only mistakes need it

            node = (
                place.node.value[0][0] if isinstance(place.node, yaml.MappingNode) and place.node.value else place.node
            )
            mark = node.start_mark if node.start_mark.line > place.mark.line and not _lacking(node) else place.mark
            self._bad_within(node, mark, place.path, remedies.instead_of_list(place.node, form))
            return []
        return [Place(node, node.start_mark, (*place.path, i)) for i, node in enumerate(place.node.value)]

    def map(
        self, place: Place | None, keys: Iterable[str] | None, form: str = "", *, ids: bool = False
    ) -> dict[str, Place]:
        """Return the entries of the map at *place* by key.

        Args:
            place: The node; None if its key is missing.
            keys: The keys allowed, any other is a problem; None allows any.
            form: How to write the map, with `{}` for a value that stands there instead, for the message.
            ids: Whether its keys are names that others refer to.
        """
        if place is None:
            return {}
        if not isinstance(place.node, yaml.MappingNode):
            from psoas_cli.practice.format import remedies  # only mistakes need it

            odd = remedies.instead_of_map(place.node, form, self._keys if keys is None else tuple(keys))
            self._bad_within(place.node, place.mark, place.path, odd)
            return {}
        known = None if keys is None else tuple(keys)
        found: dict[str, Place] = {}
        for key, node in place.node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(
                    key.start_mark,
                    place.path,
                    f"expected a key, got {'a list' if isinstance(key, yaml.SequenceNode) else 'a map'}",
                )
                continue
            path = (*place.path, shown(key.value))
            name = self._key(key, node, known, path, inside=bool(place.node.flow_style), ids=ids)
            if name in found:
                self._note(key.start_mark, path, f'duplicate key "{name}"')
            elif name:
                found[name] = Place(node, key.start_mark, path)
        return found

    def _key(
        self,
        key: yaml.ScalarNode,
        node: yaml.Node,
        known: tuple[str, ...] | None,
        path: Path,
        *,
        inside: bool,
        ids: bool,
    ) -> str:
        """Return what *key* is called, or nothing if it is none of those *known*; adds what is wrong with it."""
        alone = inside and _lacking(node)
        if key.value.isascii() and not alone and (known is None or key.value in known):
            return shown(key.value)
        from psoas_cli.practice.format import characters, remedies  # only mistakes need it

        odd = remedies.of_key(key.value, known, self._keys, alone=alone, ids=ids)
        if not odd:
            return shown(key.value)
        plain = "".join(characters.plainly_typed(key.value).split())
        self._bad_within(key, key.start_mark, (*path[:-1], plain) if characters.oddity_in(key.value) else path, odd)
        return plain if plain != key.value and (known is None or plain in known) else ""

    def is_scalar(self, place: Place, *values: str) -> bool:
        """Whether *place* is a scalar, and one of *values* if any are given."""
        return isinstance(place.node, yaml.ScalarNode) and (not values or place.node.value in values)

    def is_list(self, place: Place) -> bool:
        """Whether *place* is a list."""
        return isinstance(place.node, yaml.SequenceNode)


def _lacking(node: yaml.Node) -> bool:
    """Whether *node* is a key or value that was not written at all."""
    return isinstance(node, yaml.ScalarNode) and node.start_mark.index == node.end_mark.index
