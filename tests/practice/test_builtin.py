"""The built-in practices, poses and words: that they are whole, in both languages, and fit their places."""

from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas_cli.practice import cautions, patterns, words
from psoas_cli.practice.fitting import FitError, feasible_minutes, fit
from psoas_cli.practice.pose_reader import read_library
from psoas_cli.practice.problems import BadFileError
from psoas_cli.practice.reader import Shelf, Source, read_sequence
from psoas_cli.practice.sequence import PoseStep, Sequence
from psoas_cli.practice.text import LANGS, Text
from psoas_cli.practice.timeline import compile_sequence

FOLDER = Path(__file__).parents[2] / "sequences"
FILES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
POSES = read_library(FILES["poses"], "poses.yaml", "en", {})
IDS = [name for name in FILES if name != "poses"]


def built_in(name: str) -> Sequence:
    return read_sequence(Source(name, f"{name}.yaml", FILES[name]), Shelf("en", POSES))


def texts_in(thing: object) -> list[Text]:
    if isinstance(thing, Text):
        return [thing] if thing else []
    inner: list[Any] = []
    if is_dataclass(thing):
        inner = [getattr(thing, field.name) for field in fields(thing)]
    elif isinstance(thing, dict):
        inner = list(thing.values())
    elif isinstance(thing, tuple | list):
        inner = list(thing)
    return [text for each in inner for text in texts_in(each)]


@pytest.mark.parametrize(
    "thing",
    [dict(vars(words)), dict(vars(cautions)), dict(patterns.TITLES), POSES, *map(built_in, IDS)],
    ids=["words", "cautions", "patterns", "poses", *IDS],
)
def test_every_text_is_there_in_both_languages(thing: object) -> None:
    found = texts_in(thing)
    assert found
    assert not [text for text in found if not (text.en and text.nl)]


@pytest.mark.parametrize(("name", "seconds"), [("yin", 2700), ("constructive-rest", 600)])
def test_a_built_in_practice_has_the_length_it_says(name: str, seconds: float) -> None:
    assert compile_sequence(built_in(name)).duration == seconds


@pytest.mark.parametrize("name", IDS)
def test_a_built_in_practice_fits_every_feasible_minute_and_no_other(name: str) -> None:
    sequence = built_in(name)
    low, high = feasible_minutes(sequence)
    for minutes in range(low, high + 1):
        assert compile_sequence(sequence, minutes * 60).duration == minutes * 60
    for minutes in (low - 1, high + 1):
        with pytest.raises(FitError):
            fit(sequence, minutes * 60)


def test_yin_runs_from_24_to_84_minutes_with_all_its_poses() -> None:
    sequence = built_in("yin")
    assert feasible_minutes(sequence) == (24, 84)
    assert fit(sequence, 24 * 60).left_out == 0


def test_every_text_fits_its_place_on_the_screen() -> None:
    def too_long(text: Text, most: int) -> list[str]:
        return [said for lang in LANGS if len(said := text.said(lang, "left")) > most]

    poses = [*POSES.values()]
    variations = [variation for pose in poses for variation in pose.variations.values()]
    steps = [step for name in IDS for step in built_in(name).steps if isinstance(step, PoseStep)]
    named = [each.name for each in poses] + [each.name for each in variations]
    ways_in = [each.text for each in poses] + [each.text for each in variations] + [each.text for each in steps]
    assert not [long for name in named for long in too_long(name, 26)]
    assert not [long for text in ways_in for long in too_long(text, 190)]
    assert not [long for pose in poses for long in too_long(pose.leave, 150)]
    assert not [long for pose in poses for notice in pose.notice for long in too_long(notice, 90)]


def test_what_poses_and_practices_name_is_there() -> None:
    for pose in POSES.values():
        assert {*pose.instead.values(), pose.counter} - {None} <= POSES.keys()
        assert {pose.softer, pose.deeper} - {None} <= pose.variations.keys()
        assert {*pose.cautions, *pose.instead} <= cautions.CAUTIONS.keys()
        assert pose.text, f"{pose.id} has no way in"


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """A built-in file, some of its lines or characters deleted, doubled or replaced."""
    name = draw(st.sampled_from([*FILES]))
    lines = FILES[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        i, j = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        at = draw(st.integers(0, len(lines[i])))
        char = draw(st.one_of(st.sampled_from("'\"{}[]:,#&*!|>%@`?-\t\n "), st.characters()))
        line = lines[i]
        lines[i] = draw(
            st.sampled_from(["", line * 2, lines[j], line[:at] + char + line[at:], line[:at] + line[at + 3 :]])
        )
    return name, "".join(lines)


@settings(max_examples=100)
@given(damaged())
def test_a_damaged_built_in_file_is_read_or_refused_but_never_crashes(file: tuple[str, str]) -> None:
    name, content = file
    with suppress(BadFileError):
        if name == "poses":
            read_library(content, "poses.yaml", "en", {})
        else:
            compile_sequence(read_sequence(Source(name, f"{name}.yaml", content), Shelf("en", POSES)))
