"""Values that a JSON Schema permits, at random: all that a file of its kind may hold, however unlikely."""

import re
from collections.abc import Callable, Mapping
from random import Random
from re import _constants as sre  # type: ignore[attr-defined] # the only parser of patterns there is
from re import _parser  # type: ignore[attr-defined]
from types import MappingProxyType
from typing import Any

_DEEPEST = 7  # maps and lists in each other; deeper, only what is required
_RARELY = 0.02  # how often a definition has another value than its usual ones

Usual = Mapping[str, Callable[[Random], Any]]
"""By the name of a definition: makes values that also make sense, which a schema cannot say."""


class Permitted:
    """Values that *schema* permits.

    Args:
        schema: A JSON Schema, as far as psoas uses them.
        random: Chooses.
        usual: What most values are chosen from.
    """

    def __init__(self, schema: dict[str, Any], random: Random, usual: Usual = MappingProxyType({})) -> None:
        self._schema = schema
        self._random = random
        self._usual = usual

    def value(self) -> Any:  # noqa: ANN401 - JSON
        """A value for the whole."""
        return self._of(self._schema, 0)

    def _of(self, schema: dict[str, Any], depth: int) -> Any:  # noqa: ANN401, PLR0911 - JSON
        random = self._random
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name in self._usual and random.random() > _RARELY:
                return self._usual[name](random)
            return self._of(self._schema["$defs"][name], depth)
        if "enum" in schema:
            return random.choice(schema["enum"])
        for either in ("anyOf", "oneOf"):
            if either in schema and "properties" not in schema:
                return self._of(random.choice(schema[either]), depth)
        kind = schema.get("type", "string")
        match random.choice(kind) if isinstance(kind, list) else kind:
            case "object":
                return self._map(schema, depth)
            case "array":
                count = schema.get("minItems", 0) + random.choice((0, 1, 1, 2, 3) if depth < _DEEPEST else (0,))
                return [
                    self._of(schema.get("items", {}), depth + 1) for _ in range(min(count, schema.get("maxItems", 9)))
                ]
            case "boolean":
                return random.random() < 0.5
            case "number" | "integer":
                low, high = schema.get("minimum", 0), min(schema.get("maximum", 60), 60)
                return (
                    random.randint(int(low), int(high))
                    if random.random() < 0.7
                    else round(random.uniform(low, high), 2)
                )
        return self._text(schema.get("pattern", ""))

    def _map(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        random, properties = self._random, schema.get("properties", {})
        either = random.choice(schema.get("anyOf") or schema.get("oneOf") or [{}])
        needed = {*schema.get("required", ()), *either.get("required", ())}
        properties = properties | either.get("properties", {})
        share = 0.0 if depth >= _DEEPEST else random.choice((0.0, 0.15, 0.3, 0.6))
        found = {
            name: self._of(each, depth + 1)
            for name, each in properties.items()
            if name in needed or (random.random() < share and each is not False)
        }
        if isinstance(more := schema.get("additionalProperties"), dict) and share:
            found |= {random.choice(("mine", "sphinx", "yin", "a")): self._of(more, depth + 1)}
        if not found and properties:
            name = random.choice([*properties])
            found[name] = self._of(properties[name], depth + 1)
        return found

    def _text(self, pattern: str) -> str:
        if pattern in {"", r"\S"}:
            return self._random.choice(
                ("Lie", "Step your [right] foot forward", "Rust. En dan: nog even.", "🧘", "é" * 200, "a")
            )
        for _ in range(20):
            text = "".join(self._match(_parser.parse(pattern)))
            if re.search(pattern, text):
                return text
        return "1m"

    def _match(self, parsed: Any) -> list[str]:  # noqa: ANN401 - the parser's own
        """The characters of a text that matches what was *parsed*, but for its assertions."""
        found: list[str] = []
        for what, value in parsed:
            if what is sre.LITERAL:
                found.append(chr(value))
            elif what is sre.ANY:
                found.append("x")
            elif what is sre.IN:
                found.append(self._one_of(value))
            elif what is sre.BRANCH:
                found += self._match(self._random.choice(value[1]))
            elif what is sre.SUBPATTERN:
                found += self._match(value[3])
            elif what in (sre.MAX_REPEAT, sre.MIN_REPEAT):
                low, high, each = value
                for _ in range(self._random.randint(low, min(high, low + 2))):
                    found += self._match(each)
        return found

    def _one_of(self, members: Any) -> str:  # noqa: ANN401 - the parser's own
        what, value = self._random.choice([each for each in members if each[0] is not sre.NEGATE])
        if members[0][0] is sre.NEGATE:
            return self._random.choice("abcdefgh")
        if what is sre.RANGE:
            return chr(self._random.randint(*value))
        if what is sre.LITERAL:
            return chr(value)
        return " " if value is sre.CATEGORY_SPACE else "5"
