"""What the reference promises by name stays: options, settings, keys and ids, as `promised.txt` has them.

A line that goes from there takes a major version. One that comes is promised from its release on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.practice.test_builtin import IDS
from tests.test_readme import README

import make_reference
from psoas_cli.cli.app import VERBS, command_of
from psoas_cli.practice.format.schema import poses_schema, sequence_schema
from psoas_cli.practice.model.bed import BEDS
from psoas_cli.storage.hook_settings import HOOK_EVENTS
from psoas_cli.storage.library import Library

FILE = Path(__file__).parent / "promised.txt"


def named() -> Iterator[str]:
    """Each name that is promised, after what it is a name of."""
    for verb in VERBS:
        for each in command_of(verb).params:
            choices = (each.metavar or "").split("|")
            for written in each.opts if each.param_type_name == "option" else ["a name or a file"]:
                yield f"psoas {verb}: {written}"
                yield from (f"psoas {verb}: {written} {choice}" for choice in choices if len(choices) > 1)
    section = README.partition("\n## Settings\n")[2].split("```")[1]
    yield from (f"settings: {key}" for key in re.findall(r"^([a-z-]+):", section, re.MULTILINE))
    yield from (f"settings: hooks: {event}" for event in HOOK_EVENTS)
    yield from (f"settings: bed: {bed}" for bed in BEDS)
    for names in make_reference.EXPORT:
        yield from (f"history: {name}" for name in names.split(", "))
    for command, fields in make_reference.OUTPUT.items():
        yield from (f"{command} --json: {name}" for names in fields for name in names.split(", "))
    yield from (f"exit codes: {code}" for codes in make_reference.EXIT_CODES for code in codes.split(", "))
    for names in make_reference.ENVIRONMENT:
        yield from (f"environment: {name}" for name in re.findall("`(.*?)`", names))
    yield from _of_the_format()
    yield from (f"practices: {name}" for name in IDS)
    for pose in Library("en", own_poses=False).poses.values():
        yield f"poses: {pose.id}"
        yield from (f"poses: {pose.id}:{variation}" for variation in pose.variations)


def _of_the_format() -> Iterator[str]:
    sequence = sequence_schema()
    forms: dict[str, Any] = {"sequence": sequence, **sequence["$defs"], **poses_schema()["$defs"]}
    for name, form in forms.items():
        for each in (form, form.get("items", {}), *form.get("anyOf", ())):
            yield from (f"format: {name}: {key}" for key in each.get("properties", ()))
            yield from (f"format: {name}: {value}" for value in each.get("enum", ()))


def test_what_is_promised_by_name_is_there_and_what_is_new_is_promised() -> None:
    there, promised = {*named()}, {*FILE.read_text("utf-8").splitlines()}
    assert promised - there == set(), "promised, and gone: that takes a major version"
    assert there - promised == set(), f"new: promised from the next release on, if you write it into {FILE.name}"
