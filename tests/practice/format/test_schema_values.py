"""The JSON Schema, by a real validator: it takes what the reader takes, and refuses what is wrong in form."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from tests.practice.strategies import SHELF, texts

from psoas_cli.practice.format import bundle, schema
from psoas_cli.practice.format.pose_reader import VARIATION_KEYS
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Source, read_sequence
from psoas_cli.practice.format.schema_values import VALUES
from psoas_cli.practice.format.step_reader import STEP_KINDS

FOLDER = Path(__file__).parents[3] / "sequences"
SEQUENCE = Draft202012Validator(schema.sequence_schema(["lying", "dragon"]))
POSES = Draft202012Validator(schema.poses_schema())


class Editor(yaml.BaseLoader):
    """Reads YAML as editors do, by the core schema of YAML 1.2: `1:30`, `no` and `4-6` are texts."""


def _constructor(made: Callable[[str], object]) -> Callable[[Editor, Any], object]:
    return lambda _, node: made(node.value)


CORE: tuple[tuple[str, str, str, Callable[[str], object]], ...] = (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF", lambda written: written.lower() == "true"),
    ("null", "~|null|Null|NULL", "~nN", lambda _: None),
    ("null", "", "", lambda _: None),
    ("int", "[-+]?[0-9]+", "-+0123456789", int),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789", float),
)
for tag, form, first, made in CORE:
    Editor.add_implicit_resolver(tag, re.compile(f"^(?:{form})$"), list(first) or [""])
    Editor.add_constructor(tag, _constructor(made))


def seen(content: str) -> Any:
    return yaml.load(content, Editor)  # noqa: S506 - it builds texts, numbers, lists and maps


def complaints(content: str, validator: Draft202012Validator = SEQUENCE) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(seen(content))]


def steps(written: str) -> str:
    return f"title: T\nsteps:\n  - {written}\n"


def top(written: str) -> str:
    return f"title: T\n{written}\nsteps:\n  - pose: lying\n"


def test_it_is_a_schema_of_the_draft_that_it_names() -> None:
    for each in (schema.sequence_schema(), schema.poses_schema()):
        Draft202012Validator.check_schema(each)
        assert each["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_built_in_file_is_right_for_an_editor(path: Path) -> None:
    assert complaints(path.read_text("utf-8"), POSES if path.stem == "poses" else SEQUENCE) == []


@given(texts())
@settings(max_examples=60, deadline=None)
def test_what_the_reader_takes_it_takes(content: str) -> None:
    assert complaints(content) == []


GOOD = [
    top("lead-in: 0s\ntransition: 1:30"),
    top("format: 1\nlanguage: nl\nlevel: deep\ncautions: [knees]\nprops: [Deken, {en: block, nl: blok}]"),
    top("breath: none\ncautions: none"),
    steps("breathe: 3+1-6\n    hold: 3m\n    ramp: [5½-5½, 3 + 1 - 4 + 2]"),
    top("breath: {pattern: 4-7-8, sound: air, for: 2m}"),
    top("bells: {open: none, close: sounds/My Gong.FLAC, side: {sound: tingsha, strikes: 2}, change: marimba}"),
    top("bells: {warn: {before: 10s, sound: high-bowl}, every: {interval: 5m, sound: ./g.mp3}}"),
    top("poses:\n  mine: {name: Mine, sides: yes, hold: {typical: 2m, max: 1:02:03}, instead: {knees: lying}}"),
    top(
        "poses:\n  mine: {name: Mine, text: In, position: left-side, into: 20s, second: Left, leave: Up,"
        " leaves-in: back, variations:"
        " {low: {name: Low, text: In, position: belly, leave: Up, leaves-in: sitting, notice: [Hip]}}}"
    ),
    steps("pose: lying\n    optional: true\n    sides: [left, right]\n    between: 0s\n    rebound: 1.5m"),
    steps("breathe: [{inhale: 3}, {inhale: 1}, {exhale: 6.5}]\n    cycles: 30\n    ramp: [3-3, box]"),
    steps("pose: lying\n    say: [{at: -15s, audio: a.wav}, {at: 50%, text: Half, side: first}]"),
    steps("scan: [Feet, {en: Legs, nl: Benen}, {text: Belly, for: 15s}]\n    each: 8s"),
    steps("rest: {typical: 3m}\n    pose: lying"),
    steps("repeat: 3\n    steps: [{transition: 0s, text: Up}, {include: inner}]"),
    steps("name: 108\n    hold: 3m"),
    steps("pose: lying\n    hold: {until-key: true, typical: 3m, max: 10m}"),
    steps("pose: lying\n    hold: 3m\n    rebound: {hold: {typical: 1m, until-key: yes}}"),
    steps("breathe: 5,5 \N{EN DASH} 5,5\n    hold: 1u30\n    say: [{at: \N{MINUS SIGN}15s, text: x}]"),
    steps("pose: lying\n    say: [{at: '33,3 %', text: x}]"),
    steps("breathe: [{inhale: '4,5'}, {exhale: 6 sec.}]\n    hold: 2\N{FULLWIDTH COLON}30"),
]


@pytest.mark.parametrize("content", GOOD)
def test_what_a_person_may_write_is_right(content: str) -> None:
    read_sequence(Source("x", "x.yaml", content), SHELF)
    assert complaints(content) == []


DURATIONS = (
    "3 min", "3 Minuten", "3M", "90 sec.", "1m 30s", "1,5 min", "2½m", "½ uur", "1u30", "2 min 30", "2'30", "3\u00a0m",
    "\u20033m", "３m", "２：３０", "1.25h", "0.001s", "1 minute and 30 seconds", "1:02:03", "90''",  # noqa: RUF001
)  # fmt: skip


@pytest.mark.parametrize("written", DURATIONS)
def test_every_way_to_write_a_duration_is_right(written: str) -> None:
    content = steps(f'name: X\n    hold: "{written}"\n    between: "{written}"')
    read_sequence(Source("x", "x.yaml", content), SHELF)
    assert complaints(content) == []


BAD = [
    "steps:\n  - pose: lying\n",
    "title: T\n",
    "title: T\nsteps: []\n",
    "title: T\nsteps: {pose: lying}\n",
    "title:\nsteps:\n  - pose: lying\n",
    "- pose: lying\n",
    top("colour: red"),
    top("format: 2"),
    top("language: de"),
    top("level: hard"),
    top("cautions: [knee]"),
    top("cautions: knees"),
    top("props: blanket"),
    top("summary: {de: Hallo}"),
    top("summary: [a, b]"),
    top("lead-in: 15"),
    top("lead-in: 15 beats"),
    top("transition: true"),
    top("breath: 4"),
    top("breath: {for: ever}"),
    top("breath: {sound: organ}"),
    top("bells: deep-bowl"),
    top("bells: {hold: gong}"),
    top("bells: {hold: {strikes: 2}}"),
    top("bells: {hold: {sound: tingsha, strikes: 0}}"),
    top("bells: {begin: tingsha}"),
    top("bells: {warn: tingsha}"),
    top("bells: {every: {sound: tingsha}}"),
    top("poses: {a: {text: x}}"),
    top("poses: {a: {name: A, kind: dance}}"),
    top("poses: {a: {name: A, instead: {nees: lying}}}"),
    top("poses: {a: {name: A, figure: {head: 1 1}}}"),
    top("poses: {a: {name: A, figure: {head: 1 1, trunk: 1 1}}}"),
    top("poses: {a: {name: A, figure: {head: 1 1, trunk: '1 1, 2 2', props: [sofa 0 0 1 1]}}}"),
    top("poses: {a: {name: A, position: upside-down}}"),
    top("poses: {a: {name: A, into: 0s}}"),
    top("poses: {a: {name: A, second: []}}"),
    top("poses: {a: {name: A, leaves-in: sitting}}"),
    top("poses: {a: {name: A, variations: {b: {name: B, position: back}}}}"),
    top("poses: {a: {name: A, variations: {b: {name: B, leave: Up}}}}"),
    steps("lying"),
    steps("hold: 3m"),
    steps("poze: lying"),
    steps("pose: lying\n    holt: 3m"),
    steps("pose: lying\n    hold: 3"),
    steps("pose: lying\n    hold: 0s"),
    steps("pose: lying\n    hold: 3-5 min"),
    steps("pose: lying\n    hold: until-key"),
    steps("pose: lying\n    hold: {until-key: maybe, typical: 3m}"),
    steps("breathe: 4-6\n    hold: {until-key: true, typical: 3m}"),
    steps("pose: lying\n    hold: {min: 1m}"),
    steps("pose: lying\n    hold: [3m]"),
    steps("pose: dragon\n    sides: up"),
    steps("pose: dragon\n    sides: []"),
    steps("pose: dragon\n    sides: [right, right]"),
    steps("pose: dragon\n    between: {hold: 0s}"),
    steps("pose: dragon\n    rebound: {length: 60s}"),
    steps("pose: lying\n    optional: maybe"),
    steps("pose: lying\n    bells: {open: none}"),
    steps("pose: lying\n    say: [{text: x}]"),
    steps("pose: lying\n    say: [{at: 5s}]"),
    steps("pose: lying\n    say: [{at: 5, text: x}]"),
    steps("pose: lying\n    say: [{at: 5s, audio: x.txt}]"),
    steps("pose: lying\n    say: [{at: 5s, text: x, side: both}]"),
    steps("name: Here"),
    steps("name: Here\n    pose: lying\n    hold: 3m"),
    steps("transition: soon"),
    steps("breathe: 4-6"),
    steps("breathe: 4-6\n    hold: 3m\n    cycles: 30"),
    steps("breathe: boxx\n    hold: 3m"),
    steps("breathe: [{inhale: 4}]\n    hold: 3m"),
    steps("breathe: 4-6\n    cycles: 0"),
    steps("breathe: 4-6\n    cycles: many"),
    steps("breathe: 4-6\n    hold: 3m\n    ramp: [9]"),
    steps("scan: []"),
    steps("scan: [Feet]\n    each: 5"),
    steps("rest: long"),
    steps("repeat: 2"),
    steps("repeat: x\n    steps: [{pose: lying}]"),
]


@pytest.mark.parametrize("content", BAD)
def test_what_is_wrong_in_form_is_refused_as_by_the_reader(content: str) -> None:
    with pytest.raises(BadFileError):
        read_sequence(Source("x", "x.yaml", content), SHELF)
    assert complaints(content)


def test_every_key_that_it_describes_is_one_of_the_reader() -> None:
    assert set(schema.TOP) == set(schema.sequence_schema()["properties"])
    assert set(schema.STEP) == {key for keys in STEP_KINDS.values() for key in keys}
    assert set(VARIATION_KEYS) <= set(schema.MAPS["variation"]["properties"])


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"].removeprefix("#/$defs/")} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    return set().union(*map(_references, part)) if isinstance(part, list) else set()


@pytest.mark.parametrize(
    ("form", "shape"),
    [(schema.STEP, bundle.STEP), (schema.MAPS["pose"]["properties"], bundle.POSE)],
    ids=["step", "pose"],
)
def test_every_text_keeps_its_language_when_it_is_written_into_another_file(form: Any, shape: Any) -> None:
    definitions = schema.sequence_schema()["$defs"]

    def has_texts(part: Any) -> bool:
        """Whether a text stands anywhere in *part*."""
        found = _references(part)
        return "text" in found or any(has_texts(definitions[name]) for name in found - {"steps", "pose"})

    assert {key for key, value in form.items() if has_texts(value) or key == "steps"} == set(shape)


def test_every_definition_is_used_and_there() -> None:
    whole = schema.sequence_schema()
    assert _references(whole) == set(whole["$defs"])
    assert set(VALUES) < set(whole["$defs"])


def test_a_person_can_read_what_each_key_is_for() -> None:
    def described(part: Any) -> bool:
        if isinstance(part, list):
            return all(map(described, part))
        if not isinstance(part, dict):
            return True
        told = all("description" in value or "$ref" in value for value in part.get("properties", {}).values())
        return told and all(map(described, part.values()))

    assert described(schema.MAPS)
    assert described(schema.TOP)
    assert all("description" in value for value in (*schema.TOP.values(), *schema.STEP.values()))
