"""The built-in practices, poses and words: that they are whole, in both languages, and fit their places."""

import re
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.texts import texts

from psoas_cli.practice.format.pose_reader import check_library, read_library
from psoas_cli.practice.format.problems import BadFileError
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.model import cautions, patterns
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import as_done, cautions_of
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.sequence import PoseStep, RestStep, ScanStep, Sequence, TransitionStep
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.practice.score.fitting import FitError, feasible_minutes, fit
from psoas_cli.practice.score.timeline import compile_sequence

FOLDER = Path(__file__).parents[2] / "sequences"
FILES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
FACTS = (FOLDER.parent / "docs" / "facts.md").read_text("utf-8")
POSES = dict(read_library(FILES["poses"], "poses.yaml", "en", {}))
IDS = [name for name in FILES if name != "poses"]


def built_in(name: str) -> Sequence:
    return read_sequence(Source(name, f"{name}.yaml", FILES[name]), Shelf("en", POSES))


def texts_in(thing: object) -> list[Text]:
    if isinstance(thing, Text):
        return [thing] if thing else []
    inner: list[Any] = []
    if thing is texts:  # to read them takes a while, and nobody has to who only collects tests
        inner = list(texts())
    elif is_dataclass(thing):
        inner = [getattr(thing, field.name) for field in fields(thing)]
    elif isinstance(thing, dict):
        inner = list(thing.values())
    elif isinstance(thing, tuple | list):
        inner = list(thing)
    return [text for each in inner for text in texts_in(each)]


@pytest.mark.parametrize(
    "thing",
    [texts, dict(vars(cautions)), dict(patterns.TITLES), POSES, *map(built_in, IDS)],
    ids=["words", "cautions", "patterns", "poses", *IDS],
)
def test_every_text_is_there_in_every_language(thing: object) -> None:
    found = texts_in(thing)
    assert found
    assert not [text for text in found if not all(getattr(text, lang) for lang in LANGS)]


LENGTHS = {
    "body-scan": 600,
    "breathing": 600,
    "constructive-rest": 600,
    "micro-movements": 600,
    "wind-down": 900,
    "yin": 2700,
    "yin-long": 4500,
    "yin-short": 1200,
}


def test_the_eight_practices_have_the_lengths_they_say() -> None:
    assert {name: compile_sequence(built_in(name)).duration for name in IDS} == LENGTHS


@pytest.mark.parametrize("name", IDS)
def test_a_built_in_practice_says_whose_it_is_how_deep_and_what_to_take_care_with(name: str) -> None:
    sequence = built_in(name)
    assert sequence.summary
    assert sequence.credit
    assert sequence.level
    assert sequence.cautions
    assert isinstance([step for step in sequence.steps if not isinstance(step, TransitionStep)][-1], RestStep)


@pytest.mark.parametrize("name", IDS)
def test_a_built_in_practice_fits_every_feasible_minute_and_no_other(name: str) -> None:
    sequence = built_in(name)
    low, high = feasible_minutes(sequence)
    for minutes in range(low, high + 1):
        assert compile_sequence(sequence, minutes * 60).duration == minutes * 60
    for minutes in (low - 1, high + 1):
        with pytest.raises(FitError):
            fit(sequence, minutes * 60)


@pytest.mark.parametrize(("name", "low", "high"), [("yin-short", 17, 62), ("yin", 30, 91), ("yin-long", 41, 113)])
def test_a_yin_practice_keeps_all_its_poses_at_its_shortest(name: str, low: int, high: int) -> None:
    sequence = built_in(name)
    assert feasible_minutes(sequence) == (low, high)
    assert fit(sequence, low * 60).left_out == 0


def test_breathing_slows_down_by_three_steps_to_four_and_six() -> None:
    courses = [span.course for span in compile_sequence(built_in("breathing")).spans if span.course]
    assert [(pattern.counts, breaths) for pattern, breaths in courses[0].stages] == [
        ("3-3", 10),
        ("3-4", 9),
        ("4-5", 7),
        ("4-6", 21),
    ]


def test_every_text_fits_its_place_on_the_screen() -> None:
    poses = [*POSES.values()]
    variations = [variation for pose in poses for variation in pose.variations.values()]
    sequences = [built_in(name) for name in IDS]
    steps = [step for sequence in sequences for step in sequence.steps]
    named = [step.pose for step in steps if isinstance(step, PoseStep) and not step.pose.id]
    entries = [entry for step in steps if isinstance(step, ScanStep) for entry in step.entries]
    places: dict[int, list[Text]] = {
        26: [each.name for each in (*poses, *named)] + [each.name for each in variations],
        76: [entry.text for entry in entries],
        30: [sequence.title for sequence in sequences],
        90: [notice for pose in DONE.values() for notice in pose.notice],
        110: [say.text for step in steps if not isinstance(step, TransitionStep | ScanStep) for say in step.say],
        150: [pose.leave for pose in DONE.values()],
        190: [each.text for each in (*poses, *variations, *steps)],
        220: [sequence.summary for sequence in sequences],
    }
    said = [(most, text.said(lang, "left")) for most, texts in places.items() for text in texts for lang in LANGS]
    assert not [(most, len(text), text) for most, text in said if len(text) > most]


def test_a_word_of_the_side_stands_in_every_language_and_only_where_there_are_sides() -> None:
    for pose in POSES.values():
        mirrored = [text for text in texts_in(pose) if any("[" in getattr(text, lang) for lang in LANGS)]
        assert not [text for text in mirrored if not all("[" in getattr(text, lang) for lang in LANGS)]
        assert bool(mirrored) == pose.sides, pose.id


DONE = {
    "--".join(filter(None, (pose.id, variation.id if variation else ""))): as_done(pose, variation)
    for pose in POSES.values()
    for variation in (None, *pose.variations.values())
}
"""Every pose as it is, and in each of its variations."""

NAMED: dict[Lang, dict[str, str]] = {
    "en": {
        "sitting": r"\bsit(?:ting)?\b",
        "kneeling": r"\bkneel|\b(?:on|onto) your knees\b",
        "hands-and-knees": r"\bhands and knees\b",
        "lunge": r"\blunge\b",
        "back": r"\b(?:on|onto) your back\b",
        "belly": r"\b(?:on|onto) your belly\b",
        "side": r"\b(?:on|onto) (?:your|one) (?:\[?\w+\]? )?side\b",
        "standing": r"\bstanding\b",
    },
    "nl": {
        "sitting": r"\btot zit\b|\bzitten\b",
        "kneeling": r"\bkniel|\bop je knieën\b",
        "hands-and-knees": r"\bhanden en knieën\b",
        "lunge": r"\blunge\b",
        "back": r"\bop je rug\b",
        "belly": r"\bop je buik\b",
        "side": r"\bop (?:je|een) (?:\[?\w+\]?)?zij\b",
        "standing": r"\btot stand\b|\bga staan\b|\bkom staan\b",
    },
}
"""How a text names a position."""


def positions_in(said: str, lang: Lang) -> list[str]:
    """The positions that *said* names, in its order."""
    found = [(match.start(), name) for name, form in NAMED[lang].items() for match in re.finditer(form, said.lower())]
    return [name for _, name in sorted(found)]


def on_the_whole(position: Position | None) -> str | None:
    return "side" if position in ("left-side", "right-side") else position


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DONE)
def test_no_way_out_names_a_position_that_it_does_not_end_in(name: str, lang: Lang) -> None:
    pose = DONE[name]
    named = positions_in(pose.leave.said(lang), lang)
    assert named[-1:] in ([], [on_the_whole(pose.leaves_in or pose.position)])
    assert set(named[:-1]) <= {"side"}  # over the side, on the way
    assert not re.search(r"comes? next|\bthen the\b|\bhierna\b|\bdaarna\b|wat er (nu|dan) komt", pose.leave.said(lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", DONE)
def test_no_way_in_says_how_to_come_where_it_begins(name: str, lang: Lang) -> None:
    pose = DONE[name]
    assert on_the_whole(pose.position) not in positions_in(pose.text.said(lang), lang)


def test_every_pose_but_one_that_is_told_from_anywhere_says_where_it_begins() -> None:
    assert [name for name, pose in DONE.items() if not pose.position] == ["side-rest"]
    elsewhere = [
        variation
        for pose in POSES.values()
        for variation in pose.variations.values()
        if variation.position not in (None, pose.position)
    ]
    assert elsewhere
    assert all(variation.leave for variation in elsewhere)


def test_the_second_side_of_every_two_sided_pose_is_told_in_a_few_words() -> None:
    assert [name for name, pose in DONE.items() if pose.second] == [name for name, pose in DONE.items() if pose.sides]
    assert check_library(FILES["poses"], "poses.yaml", "en", {})[1].warnings == []


def test_every_way_in_is_told_in_a_few_words_and_half_a_minute_at_most_to_do_it() -> None:
    long = [(name, lang) for name, pose in DONE.items() for lang in LANGS if len(pose.text.said(lang).split()) > 33]
    assert not long
    assert all(pose.into is None or 5 < pose.into <= 30 for pose in DONE.values())


def test_every_variation_has_a_way_out_and_something_to_notice_and_the_softer_one_a_way_to_it_from_here() -> None:
    for pose in POSES.values():
        for variation in pose.variations.values():
            done = as_done(pose, variation)
            assert bool(done.leave) == bool(pose.leave), (pose.id, variation.id)
            assert done.notice, (pose.id, variation.id)
        if pose.softer:
            for lang in LANGS:
                assert 1 <= len(pose.variations[pose.softer].from_here.said(lang).split()) <= 15, pose.id


def test_every_pose_has_something_else_to_notice_on_three_evenings() -> None:
    forms = [as_done(pose, each) for pose in POSES.values() for each in (None, *pose.variations.values())]
    assert [form.name.en for form in forms if len(form.notice) < 3] == []


def test_a_variation_with_its_own_text_leaves_and_notices_what_it_says_or_shares() -> None:
    content = """
a:
  name: A
  text: In
  leave: Out
  leaves-in: sitting
  notice: [See]
  variations:
    bare: {name: Bare}
    own: {name: Own, text: Own in}
    half: {name: Half, text: Half in, notice: [Feel], shares: [leave]}
    whole: {name: Whole, text: Whole in, shares: [leave, notice]}
"""
    pose = read_library(content, "poses.yaml", "en", {})["a"]
    done = {name: as_done(pose, variation) for name, variation in pose.variations.items()}
    left = {name: (each.leave.en, each.leaves_in, [text.en for text in each.notice]) for name, each in done.items()}
    assert left == {
        "bare": ("Out", "sitting", ["See"]),
        "own": ("", None, []),
        "half": ("Out", "sitting", ["Feel"]),
        "whole": ("Out", "sitting", ["See"]),
    }


def test_every_caution_of_a_pose_has_a_pose_that_goes_without_it() -> None:
    for pose in POSES.values():
        assert set(pose.cautions) <= pose.instead.keys(), pose.id
        for name in pose.cautions:
            other = POSES[pose.instead[name]]
            ways = [cautions_of(other), *(cautions_of(other, each) for each in other.variations.values())]
            assert any(name not in cautions for cautions in ways), f"{pose.id}: {name}"


def test_the_facts_list_how_long_each_pose_may_last() -> None:
    rows = [line.split(" | ")[:2] for line in FACTS.splitlines() if " / " in line and line.startswith("| `")]
    holds = {pose.id: pose.hold for pose in POSES.values() if pose.hold}
    expected = {
        f"| `{name}`": " / ".join(clock_text(length) for length in (hold.min, hold.typical, hold.max))
        for name, hold in holds.items()
    }
    assert dict(rows) == expected


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
