"""Every YAML example of the docs is right: the reader takes it, it can be practised, and an editor has no complaints.

A block with `steps:` is a sequence. A list is steps; a map of settings of a sequence, or of a step, is put into one;
what begins with `# poses.yaml` is a library of poses; and other maps are settings of psoas.
"""

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from psoas_cli.practice.format.pose_reader import read_library
from psoas_cli.practice.format.reader import TOP_KEYS
from psoas_cli.practice.format.schema import poses_schema, sequence_schema
from psoas_cli.practice.format.step_reader import STEP_KINDS
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.config import Config, read_config
from psoas_cli.storage.library import Library

ROOT = Path(__file__).parents[1]
EXAMPLES = [
    pytest.param(textwrap.dedent(block), id=f"{page.stem}-{number}")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for number, block in enumerate(
        re.findall(r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL), 1
    )
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    return tmp_path


def whole(example: str) -> str:
    """The sequence that *example* is, or is a part of; nothing where it is none."""
    found = yaml.load(example, yaml.BaseLoader)
    if isinstance(found, list):
        return f"title: Steps\nsteps:\n{textwrap.indent(example, '  ')}"
    if "steps" in found:
        return example
    if set(found) <= set(TOP_KEYS):
        return f"title: Settings\n{example}steps: [{{name: Here, hold: 5m}}]\n"
    step = f"title: A step\nsteps:\n  - name: Here\n    hold: 5m\n{textwrap.indent(example, '    ')}"
    return step if set(found) <= set(STEP_KINDS["name"]) else ""


def complaints(example: str, schema: dict[str, Any]) -> list[str]:
    seen = yaml.load(example, yaml.BaseLoader)
    return [error.message for error in Draft202012Validator(schema).iter_errors(seen)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_the_docs_can_be_used_as_it_stands(example: str, home: Path) -> None:
    path = home / "example.yaml"
    if example.startswith("# poses.yaml"):
        assert read_library(example, "poses.yaml", "en", {})
        assert complaints(example, poses_schema()) == []
    elif sequence := whole(example):
        path.write_text(sequence, "utf-8")
        assert compile_sequence(Library("en").sequence(str(path))).duration > 60
        assert complaints(sequence, sequence_schema()) == []
    else:
        path.write_text(example, "utf-8")
        for sound in re.findall(r"[\w.-]+\.(?:wav|flac|ogg|mp3)\b", example):
            (home / sound).touch()
        assert read_config(path) != Config()


def test_the_examples_are_found_and_name_every_word_of_the_format() -> None:
    written = "\n".join(str(example.values[0]) for example in EXAMPLES)
    keys = {*TOP_KEYS, *(key for kind in STEP_KINDS.values() for key in kind)} - {"format"}
    assert {key for key in keys if not re.search(rf"(^|[\s{{-]){key}:", written)} == set()
