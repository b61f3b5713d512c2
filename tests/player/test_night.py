"""Practising in the dark: with the theme for the night a practice closes with one soft stroke."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import Context
from psoas_cli.player import recorder
from psoas_cli.player.introduction import introduction_of
from psoas_cli.player.run import Run, entry_of, of_breathing, of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

SOFT = Bell("deep-bowl", 1, 8.0)


def a_run(home: Path, theme: str, name: str = "yin-short", *, quiet: bool = False) -> Run:
    (home / "config.yaml").write_text(f"theme: {theme}\n", "utf-8")
    wishes = Wishes(yes=True, quiet=quiet)
    return of_practice(Context("en"), name, None, begin=None, breath=None, wishes=wishes)


def closing(run: Run) -> list[Bell | None]:
    return [cue.bell for cue in run.timeline.cues if cue.role == "close"]


def test_at_night_one_soft_stroke_closes_a_practice_which_is_otherwise_the_same(home: Path) -> None:
    day, night = (a_run(home, theme) for theme in ("dark", "night"))
    assert closing(day) == [Bell("deep-bowl", 3)]
    assert closing(night) == [SOFT]
    assert [cue for cue in night.timeline.cues if cue.role != "close"] == [
        cue for cue in day.timeline.cues if cue.role != "close"
    ]
    assert night.timeline.duration == day.timeline.duration
    assert recorder.digest_of(night.timeline) == recorder.digest_of(day.timeline)


def test_quiet_closes_with_one_stroke_too_which_is_as_loud_as_the_others_unless_it_is_night(home: Path) -> None:
    assert closing(a_run(home, "dark", quiet=True)) == [Bell("deep-bowl")]
    assert closing(a_run(home, "night", quiet=True)) == [SOFT]


@pytest.mark.parametrize(
    ("close", "expected"),
    [
        ("none", []),
        ("tingsha", [Bell("tingsha", 1, 8.0)]),
        ("{sound: high-bowl, strikes: 5}", [Bell("high-bowl", 1, 8.0)]),
    ],
)
def test_it_is_the_closing_bell_of_the_file_and_none_where_it_has_none(
    close: str, expected: list[Bell], home: Path
) -> None:
    (home / "own.yaml").write_text(f"title: T\nbells: {{close: {close}}}\nsteps: [{{rest: 2m}}]", "utf-8")
    run = a_run(home, "night", "./own.yaml")
    assert closing(run) == expected
    assert any("closing bell" in note for note in introduction_of(run).others) == bool(expected)


def test_breathing_alone_closes_so_as_well(home: Path) -> None:
    a_run(home, "night")
    run = of_breathing(Context("en"), "4-6", None, None, ramp=False, wishes=Wishes(yes=True))
    assert closing(run) == [SOFT]


@pytest.mark.parametrize(("before", "now"), [("dark", "night"), ("night", "dark")])
def test_one_can_go_on_after_the_theme_was_changed(before: str, now: str, home: Path) -> None:
    entry = entry_of(a_run(home, before))
    assert entry
    Journal(paths.journal_file()).write(replace(entry, state="interrupted", position_s=700.0, practised_s=600.0))
    again_by_day = a_run(home, now)
    again = resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))
    assert again.position > 0
    assert closing(again) == closing(again_by_day)


def test_it_is_said_where_bells_are_listed_and_before_a_practice_begins(home: Path, psoas: Psoas) -> None:
    assert "closing bell" not in " ".join(introduction_of(a_run(home, "dark")).others)
    assert "the closing bell is struck once, softly" in " ".join(introduction_of(a_run(home, "night")).others)
    assert "3 strokes: the practice is over" not in psoas("bells", "-l", "en").out
    cues = [each for each in json.loads(psoas("show", "yin", "--json").out)["cues"] if each.get("sound")]
    assert (cues[-1]["sound"], cues[-1]["strikes"]) == ("deep-bowl", 1)
