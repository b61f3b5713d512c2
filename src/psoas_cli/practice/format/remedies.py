"""What to say of a key or a value that is not what belongs there: the likely slip, and the right form."""

import re
from collections.abc import Callable, Collection, Sequence

import yaml

from psoas_cli.errors import nearest
from psoas_cli.practice.format import characters, prose
from psoas_cli.practice.format.characters import Oddity, oddity_in, plainly_typed
from psoas_cli.practice.model.names import Name, match
from psoas_cli.practice.model.text import LANGS, shown

_GLUED = re.compile(r"([\w-]+):(\S.{0,80}?)(?=\s+[\w-]+:|$)", re.DOTALL)
"""A key whose value follows without a space: YAML takes the whole for one word."""

_EQUALS = re.compile(r"([\w-]+)\s*=>?\s*(\S.{0,80}?)(?=\s+[\w-]+\s*=|$)", re.DOTALL)
_ELSEWHERE = "; it belongs elsewhere: line it up with the keys there"
_PLACES = {"until-key": "; only poses, rebounds and rests can be open: {typical: 3m, until-key: true} as their length"}
_BULLET = re.compile(r"([–—−•‣·*+‐‑]|\d+[.)](?=\s))\s*(\S.*)")  # noqa: RUF001 - look-alikes of the dash are meant


def of_key(  # noqa: PLR0911 - one for each way to be wrong
    written: str, known: Collection[str] | None, others: Collection[str], *, alone: bool, ids: bool
) -> Oddity | None:
    """Return what is wrong with the key *written*, or None.

    Args:
        written: The key.
        known: The keys allowed; None for any.
        others: The keys allowed in other places.
        alone: Whether it stands between commas without a colon and a value.
        ids: Whether it is a name that others refer to.
    """
    odd = characters.oddity_in_name(written) if ids else oddity_in(written)
    unseen = odd and (characters.is_unseen(written[odd.at]) or characters.is_odd_space(written[odd.at]))
    if unseen or (odd and (ids or (known is not None and plainly_typed(written) in known))):
        return odd
    if alone and (glued := _GLUED.match(written) or _EQUALS.match(written)):
        return Oddity(glued.end(1), f"a colon and a space are missing: write {glued[1]}: {glued[2]}")
    if known is None or written in known:
        return None
    if (bullet := _BULLET.match(written)) and bullet[2] in known:
        if bullet[1] == "+" and written[1] != " ":
            return Oddity(0, f"a + before {bullet[2]}: delete it")
        return Oddity(0, f"an entry of a list begins with a dash and a space: write - {bullet[2]}: and its value")
    if alone:
        return Oddity(0, prose.COMMA)
    told = nearest(written, known) or (_PLACES.get(written, _ELSEWHERE) if written in others else "")
    return Oddity(0, f'unknown key "{shown(written)}"{told}')


def of_value(written: str, convert: Callable[[str], object], message: str) -> Oddity:
    """Return *message* about the value *written*, or the odd character in it that alone is to blame."""
    odd = oddity_in(written)
    if odd and not characters.is_unseen(written[odd.at]):
        try:
            convert(plainly_typed(written).partition(" #")[0].strip())
        except ValueError:
            odd = None
    before, comment, _ = written.partition("#")
    if not odd and comment and before.strip():
        try:
            convert(before.strip())
        except ValueError:
            pass
        else:
            return Oddity(len(before), "a space is missing before #")
    return odd or Oddity(0, message)


_BETWEEN_NAMES = (
    "\\s*[;/|&+,\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}\N{FULLWIDTH SEMICOLON}]\\s*|\\s+(?:(?:and|en|or|of)\\s+)?"
)


def names_in(written: str, known: Collection[Name]) -> list[str]:
    """Return the names in *written* if it is several, at least one of them *known*, with anything between them."""
    names = re.split(_BETWEEN_NAMES, shown(written).strip(" ,;[]"))
    found = [match(name, known) or name for name in names]
    return found if len(found) > 1 and all(found) and set(found) & set(known) else []


def instead_of_value(node: yaml.Node) -> str:
    """Return what to say where *node* is a list or a map and one value belongs."""
    entries = node.value if isinstance(node, yaml.SequenceNode) else []
    if len(entries) == 1 and isinstance(entries[0], yaml.ScalarNode):
        return f"expected one value, got a list; write {entries[0].value} alone"
    return f"expected one value, got {kind_of(node)}"


def instead_of_text(node: yaml.Node) -> str:
    """Return what to say where *node* is a list and a text belongs."""
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        return f"expected one value, got a list; if it is text that begins with [, {prose.REMEDY}"
    return f"expected one value, got {kind_of(node)}; put the lines of one text below after >-, without dashes"


def instead_of_list(node: yaml.Node, form: str) -> Oddity:
    """Return what to say where a list belongs and *node* is something else.

    Args:
        node: What is there.
        form: The right form of an entry, with `{}` for a value that was written; may be empty.
    """
    told = f"expected a list, got {kind_of(node)}"
    first = node.value[0][0] if isinstance(node, yaml.MappingNode) and node.value else node
    written = first.value if isinstance(first, yaml.ScalarNode) else ""
    if odd := _instead_of_dash(written):
        return odd
    if isinstance(node, yaml.MappingNode):
        return Oddity(0, f"{told}; begin each entry with a dash and a space")
    if not written.strip():
        return Oddity(0, f"{told}; put the entries below it, each after a dash")
    return Oddity(
        0, f"{told}; write {form.replace('{}', written) if form else f'[{written}], or a dash before each entry'}"
    )


def _instead_of_dash(written: str) -> Oddity | None:
    """Return what is wrong with *written* if something else stands where a dash and a space belong."""
    if bullet := _BULLET.match(written):
        return Oddity(0, f"an entry of a list begins with - and a space, not with {bullet[1]}")
    if re.match(r"-[\w\"']", written):
        return Oddity(0, "a space is missing after the dash")
    odd = oddity_in(written.lstrip("-"))
    if odd and not odd.at and not plainly_typed(written[:1]).strip("- "):
        return oddity_in(written)
    return None


def instead_of_map(node: yaml.Node, form: str, keys: Collection[str]) -> Oddity:
    """Return what to say where a map belongs and *node* is something else.

    Args:
        node: What is there.
        form: See `instead_of_list`.
        keys: What the map, or any map of the file, may have for keys.
    """
    written = node.value if isinstance(node, yaml.ScalarNode) else ""
    if odd := characters.odd_after_word(written) or _instead_of_dash(written):
        return odd
    quoted = isinstance(node, yaml.ScalarNode) and node.style
    if quoted and (whole := prose.QUOTED_LINE.fullmatch(f"'{written}'")):
        return Oddity(0, prose.quotes_around(whole))
    if glued := _GLUED.match(written) or _EQUALS.match(written):
        return Oddity(glued.end(1), f"a colon and a space are missing: write {glued[1]}: {glued[2]}")
    word, _, rest = written.partition(" ")
    if rest and word in keys:
        value = f"[{rest[2:].strip()}]" if rest.startswith("- ") else prose.as_value(rest.strip())
        return Oddity(len(word), f"a colon is missing after {word}: write {word}: {value}")
    told = f"expected a map, got {kind_of(node)}"
    return Oddity(0, f"{told}; write {form.replace('{}', written or '…')}" if form else told)


def instead_of_languages(keys: Sequence[str], node: yaml.MappingNode) -> str:
    """Return what to say where *node*, a map with *keys*, is neither a text nor one of languages."""
    for key in keys:
        name = re.split(r"[-_]", key.casefold())[0]
        lang = {"english": "en", "engels": "en", "eng": "en", "dutch": "nl", "nederlands": "nl", "nld": "nl"}.get(
            name, name
        )
        if lang in LANGS:
            return f'expected a map of {" and ".join(LANGS)}, got "{key}", did you mean {lang}?'
    if node.flow_style and all(isinstance(value, yaml.ScalarNode) and not value.value for _, value in node.value):
        return f"text that begins with {{: {prose.REMEDY}"
    return (
        f"expected text or a map of {' and '.join(LANGS)}; put text with a colon in double quotes, "
        "or on the lines below after >-"
    )


_SIDE_WORDS = {
    "right": r"right|rechts|rechter\w*|r",
    "left": r"left|links|linker\w*|l",
    "both": r"both|beide\w*|alle\w*|two|twee|each",
}


def of_sides(written: str) -> str:
    """Return what to say of the sides *written*, in whatever words."""
    if odd := oddity_in(written):
        return odd.message
    expected = f'expected right, left, [right, left] or [left, right], got "{written}"'
    words = re.findall(r"\w+", plainly_typed(written).casefold())
    meant = [side for word in words for side, named in _SIDE_WORDS.items() if re.fullmatch(named, word)]
    if "both" in meant:
        meant = ["right", "left"]
    if not meant and len(words) == 1:
        return expected + nearest(words[0], ("right", "left"))
    if not meant or len(set(meant)) != len(meant):
        return expected
    return f"{expected}, did you mean {meant[0] if len(meant) == 1 else f'[{meant[0]}, {meant[1]}]'}?"


def of_step(kinds: Sequence[str], keys: Sequence[str], poses: Collection[str]) -> str:
    """Return what to say of a step with *keys*, of which the first is none of *kinds*."""
    first = keys[0]
    plain = plainly_typed(first)
    if plain in kinds and (odd := oddity_in(first)):
        return odd.message
    told = f'a step begins with one of {", ".join(kinds)}, got "{shown(first)}"'
    if plain in poses:
        return f"{told}; write pose: {plain}, and how long on a line below: hold: 3m"
    later = next((key for key in keys if key in kinds), None)
    return f"{told}; put {later} first" if later else f"{told}{nearest(first, kinds)}"


def of_bare_step(written: str, kinds: Collection[str], poses: Collection[str]) -> str:
    """Return the right form of a step that is only the words *written*, with `{}` for them where they fit."""
    first, _, rest = " ".join(written.split()).partition(" ")
    if first in kinds and rest:
        return f"{first}: {prose.as_value(rest)}{_HOW_LONG if first == 'breathe' else ''}"
    if first in kinds:
        return _BARE[first]
    known = match(first, poses)
    if known and rest:
        return f"pose: {known}{_HOW_LONG}"
    if match(written, poses):
        return "pose: {}"
    near = nearest(first, poses)
    return f"pose: before the id of a pose{near}" if near else f"name: {prose.as_value(written)}{_HOW_LONG}"


_HOW_LONG = ", and how long on a line below: hold: 3m"
_BARE = {
    "pose": "pose: and the id of a pose, which psoas poses lists",
    "name": f"name: and what it is called{_HOW_LONG}",
    "transition": "transition: 10s",
    "breathe": f"breathe: 4-6{_HOW_LONG}",
    "scan": "scan: and a list of regions, such as [Feet, Legs]",
    "rest": "rest: 3m",
    "repeat": "repeat: 2, and on a line below steps: with steps in it",
    "include": "include: and the id of a sequence, which psoas list shows",
}
"""How to write each kind of step of which only the kind was written."""


def kind_of(node: yaml.Node) -> str:
    """Return what *node* is, as a message says it."""
    if isinstance(node, yaml.MappingNode):
        return "a map"
    return "a list" if isinstance(node, yaml.SequenceNode) else f'"{node.value}"'
