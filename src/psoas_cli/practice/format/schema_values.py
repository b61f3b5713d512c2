"""JSON Schema definitions for the values in a file, one for each kind of value.

Editors read YAML 1.2, in which `1:30`, `4-6`, `no` and `50%` are strings and `30` is a number. psoas reads every
scalar as text, so `"30"` in quotes is as good as `30`; the schema allows both.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from psoas_cli.practice.format.nodes import NONE
from psoas_cli.practice.format.pose_reader import SHARED
from psoas_cli.practice.format.step_reader import AUTO, CUE_SIDES, PHASES, SIDES
from psoas_cli.practice.model.breath_sound import BREATH_SOUNDS
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.durations import DASHES, IN_UNITS, ON_A_CLOCK, SPACES, wide
from psoas_cli.practice.model.figure import PROPS
from psoas_cli.practice.model.flags import NO, YES
from psoas_cli.practice.model.patterns import COUNT, COUNTS, LONGEST_PHASE, NAMED
from psoas_cli.practice.model.positions import POSITIONS
from psoas_cli.practice.model.sequence import SOUND_SUFFIXES, SOUNDS
from psoas_cli.practice.model.text import LANGS

Schema = Mapping[str, Any]
"""A schema or part of one, ready for JSON."""

_DECIMAL = r"\d+(?:[.,]\d+)?"
_DURATION = f"(?:{IN_UNITS}|{ON_A_CLOCK})"
_JOINT = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_POINT = rf"{_JOINT}\s+{_JOINT}"


def ref(name: str) -> Schema:
    """Return a reference to the definition *name* under `$defs`."""
    return {"$ref": f"#/$defs/{name}"}


def one_of(values: Iterable[object]) -> Schema:
    """Return a schema for one of *values*, which editors can offer."""
    return {"enum": list(values)}


def text_like(pattern: str) -> Schema:
    """Return a schema for a string that matches all of *pattern*."""
    return {"type": "string", "pattern": f"^(?:{pattern})$".replace(r"\d", "[0-9]")}


_DIGITS = f"0-9{wide('0')}-{wide('9')}"
_LOOKS_LIKE = {
    " ": f"[ {SPACES}]",
    "-": f"[-{DASHES}]",
    **{char: f"[{char}{wide(char)}]" for char in ":,%"},
    r"\.": f"[.{wide('.')}]",
    "[.,]": f"[.,{wide('.')}{wide(',')}]",
    r"\d": f"[{_DIGITS}]",
    "[0-5]": f"[0-5{wide('0')}-{wide('5')}]",
    "[1-9]": f"[1-9{wide('1')}-{wide('9')}]",
}


def plainly_like(pattern: str) -> Schema:
    """Return a schema for a string that matches all of *pattern*, in any case, once `plainly` has been at it."""
    written = re.sub(
        r"\\.|\[.*?\]|\{[\d,]+\}|\(\?.|[a-zA-Z ,:%-]",
        lambda part: _LOOKS_LIKE.get(part[0]) or (_any_case(part[0]) if part[0].isalpha() else part[0]),
        pattern,
    )
    around = f"{_LOOKS_LIKE[' ']}*"
    return {"type": "string", "pattern": f"^{around}(?:{written}){around}$"}


def any_of(*schemas: Schema) -> Schema:
    """Return a schema for whatever at least one of *schemas* allows."""
    return {"anyOf": list(schemas)}


def list_of(schema: Schema, **limits: object) -> Schema:
    """Return a schema for a list of what *schema* allows; *limits* are further keywords, such as `minItems`."""
    return {"type": "array", "items": schema, **limits}


def names_of(known: Collection[str]) -> Schema:
    """Return a schema for a list of names that are *known*, or `none`."""
    return any_of(list_of(one_of(known)), one_of([NONE]))


def map_of(
    keys: Sequence[str], meanings: Mapping[str, Schema], required: Sequence[str] = (), **limits: object
) -> Schema:
    """Return a schema for a map.

    Args:
        keys: The keys allowed.
        meanings: The schema of each key; may have others too.
        required: The keys that must be there.
        **limits: Further keywords, such as `minProperties`.
    """
    needed = {"required": list(required)} if required else {}
    properties = {key: meanings[key] for key in keys}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False, **limits}


def whole_number(most: int) -> Schema:
    """Return a schema for a whole number from 1 to *most*."""
    return {"type": ["integer", "string"], "minimum": 1, "maximum": most, "pattern": "^[0-9]+$"}


def _any_case(word: str) -> str:
    return "".join(f"[{char.lower()}{char.upper()}]" if char.isalpha() else re.escape(char) for char in word)


def _titled(title: str, description: str, schema: Schema) -> Schema:
    return {"title": title, "description": description, **schema}


_PATH = text_like(rf"[^\x00-\x1f]*(?:{'|'.join(map(_any_case, SOUND_SUFFIXES))})")
_COUNT = any_of({"type": "number", "minimum": 0, "maximum": LONGEST_PHASE}, plainly_like(rf"{COUNT}|{_DURATION}"))
_WORDS = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
_PHASE = map_of(PHASES, dict.fromkeys(PHASES, _COUNT), minProperties=1)
_BOTH_WAYS = [{"contains": {"required": [kind]}} for kind in PHASES if kind != "retention"]

VALUES: Mapping[str, Schema] = {
    "text": _titled(
        "text",
        f"Text to show or speak: plain text in the file's language, or a map of {' and '.join(LANGS)}. "
        "Side words in brackets ([right], [rechter]) are mirrored on the left side.",
        any_of(_WORDS, map_of(LANGS, dict.fromkeys(LANGS, _WORDS), minProperties=1)),
    ),
    "texts": _titled("list of texts", "Texts, each after a dash.", list_of(ref("text"))),
    "duration": _titled(
        "duration",
        "A length of time with a unit (90s, 3m, 1h, 1m30s, 1.5m), or as on a clock (1:30 is a minute and a half). "
        "Words (3 minutes) and a decimal comma will do too.",
        plainly_like(rf"(?=.*(?:[1-9]|[¼½¾])){_DURATION}"),
    ),
    "time-to-move": _titled(
        "time to move",
        f"{AUTO} (as long as the instructions and the movement take), or a duration; 0s for no time at all.",
        any_of(one_of([AUTO]), plainly_like(_DURATION)),
    ),
    "moment": _titled(
        "moment",
        "A moment in a hold: 20s (after its start), -15s (before its end) or 50% (halfway).",
        plainly_like(rf"-? ?{_DURATION}|{_DECIMAL} ?%"),
    ),
    "pattern": _titled(
        "pattern",
        "A breathing pattern: a name, counts in seconds, or a list of phases, each a map of its kind and its seconds. "
        "4-6 is inhale and exhale; 4-7-8 is inhale, retention, exhale; 4-4-4-4 has a retention after the exhale too. "
        "In 3+1-6 a second inhale follows the first.",
        any_of(one_of(NAMED), plainly_like(COUNTS), {"type": "array", "items": _PHASE, "allOf": _BOTH_WAYS}),
    ),
    "breath-sound": _titled("breath sound", "How the breath sounds.", one_of(BREATH_SOUNDS)),
    "sound": _titled(
        "sound",
        "A built-in bell, or the path of a WAV, FLAC, OGG or MP3 file, relative to this file.",
        any_of(one_of(SOUNDS), _PATH),
    ),
    "recording": _titled("recording", "The path of a WAV, FLAC, OGG or MP3 file, relative to this file.", _PATH),
    "flag": _titled(
        "true or false", "true or false.", any_of({"type": "boolean"}, text_like("|".join(map(_any_case, YES + NO))))
    ),
    "side": _titled("side", "A side of the body.", one_of(SIDES)),
    "sides": _titled(
        "sides",
        "[right, left], [left, right], or one of them.",
        any_of(one_of(SIDES), list_of(ref("side"), minItems=1, maxItems=len(SIDES), uniqueItems=True)),
    ),
    "cue-side": _titled("first or second", "The first or the second side practised.", one_of(CUE_SIDES)),
    "shares": _titled("list of what is shared", "The way out, and the things to notice.", names_of(SHARED)),
    "cautions": _titled("list of cautions", "Ids of cautions, or none.", names_of(CAUTIONS)),
    "id": _titled("id", "A name used in commands and files.", {"type": "string", "minLength": 1}),
    "position": _titled(
        "position",
        "The body's position. psoas gives the directions from one position to the next. For a pose with two sides, "
        "it is that of the right side.",
        one_of(POSITIONS),
    ),
    "point": _titled("point", "Coordinates: x to the right and y up, roughly in metres.", text_like(_POINT)),
    "points": _titled(
        "points", "Two to twelve points, separated by commas.", text_like(rf"{_POINT}(?:\s*,\s*{_POINT}){{1,11}}")
    ),
    "prop": _titled(
        "prop",
        "The kind of prop and its rectangle: x and y of the lower left corner, width and height.",
        text_like(rf"(?:{'|'.join(PROPS)})(?:\s+{_JOINT}){{4}}"),
    ),
}
"""The definitions by name, each with a title and a description."""
