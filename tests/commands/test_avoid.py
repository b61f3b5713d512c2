"""Leaving out poses: by the settings, by an option, in the plan, the preview, the file, and where one goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player.run import Run, entry_of, of_practice, resumed
from psoas_cli.player.wishes import Wishes, avoided
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window

    Open = Callable[..., Window]

PSOAS = (sys.executable, "-m", "psoas_cli")
SAID = "You leave out sphinx: resting on the belly instead."


def poses(psoas: Psoas, *arguments: str) -> set[str]:
    return {span["pose"] for span in json.loads(psoas("show", "yin", "--json", *arguments).out)["spans"]}


def test_the_plan_is_without_it_as_long_and_says_what_comes_instead(psoas: Psoas) -> None:
    plan = json.loads(psoas("show", "yin", "--json", "--avoid", "Sphinx,savasana", "--avoid", "happy-baby").out)
    assert plan["duration_s"] == 2700
    assert not {span["pose"] for span in plan["spans"]} & {"sphinx", "savasana", "happy-baby"}
    assert {"was": "Sphinx", "now": "Resting on the belly", "cautions": [], "avoided": True} in plan["changes"]
    assert SAID in psoas("show", "yin", "--avoid", "sphinx").out
    assert "Je laat weg: sfinx (nu rusten op je buik)." in psoas("show", "yin", "--avoid", "sphinx", "-l", "nl").out
    assert psoas("show", "yin", "--avoid", "saddle").out == psoas("show", "yin").out  # there is none in it


def test_what_an_option_leaves_out_comes_on_top_of_the_settings_and_none_sets_these_aside(
    psoas: Psoas, home: Path
) -> None:
    (home / "config.yaml").write_text("avoid: [sphinx]\n", "utf-8")
    assert not poses(psoas) & {"sphinx"}
    assert not poses(psoas, "--avoid", "savasana") & {"sphinx", "savasana"}
    assert poses(psoas, "--avoid", "none") >= {"sphinx", "savasana"}
    assert "savasana" not in poses(psoas, "--avoid", "none,savasana") >= {"sphinx"}


@pytest.mark.parametrize("name", ["Sfinx", "BABYDRAAK", "Baby dragon", "baby draak"])
def test_a_pose_is_left_out_by_what_the_screen_calls_it(psoas: Psoas, name: str) -> None:
    assert len({"sphinx", "baby-dragon"} & poses(psoas, "--avoid", name)) == 1
    assert psoas("poses", name).code == 0


@pytest.mark.parametrize("command", [("practice", "yin", "-y"), ("show", "yin"), ("render", "yin", "-o", "yin.wav")])
def test_a_pose_that_there_is_not_is_told_with_the_nearest(psoas: Psoas, home: Path, command: tuple[str, ...]) -> None:
    told = psoas(*command, "--avoid", "savasana,spinx")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith('psoas: --avoid: there is no pose "spinx", did you mean sphinx?\n')
    (home / "config.yaml").write_text("avoid: [savasana, spinx]\n", "utf-8")
    told = psoas(*command)
    if command[0] == "show":
        assert 'config.yaml:1:19: avoid[1]: expected a pose, got "spinx", did you mean sphinx?; left aside' in told.err
        assert told.code == 0
    else:
        assert (told.code, told.out) == (2, "")
        assert 'avoid[1]: expected a pose, got "spinx", did you mean sphinx?\n' in told.err


def test_poses_of_the_file_itself_can_be_left_out(psoas: Psoas, home: Path) -> None:
    own = "poses: {mine: {name: Mine}, other: {name: Other}}\n"
    steps = "steps:\n  - {pose: mine, hold: 3m}\n  - {pose: other, hold: {typical: 3m, max: 10m}}\n"
    (home / "mine.yaml").write_text(f"title: T\nlead-in: 15s\ntransition: 15s\n{own}{steps}", "utf-8")
    plan = psoas("show", "mine.yaml", "--avoid", "MINE").out
    assert "You leave out mine.\n" in plan
    nothing = psoas("show", "mine.yaml", "--avoid", "mine,other")
    assert (nothing.code, nothing.out) == (2, "")
    assert nothing.err.startswith("psoas: nothing is left of mine without mine, other\n")
    assert "change avoid in the settings" in nothing.err


def test_breathing_alone_has_no_poses_to_leave_out(psoas: Psoas) -> None:
    told = psoas("render", "--breathe", "4-6", "-o", "a.wav", "--avoid", "sphinx")
    assert told.err.startswith("psoas: --avoid is for the poses of a practice")


def test_the_preview_and_lines_say_it(window: Open) -> None:
    shown = window(*PSOAS, "practice", "yin", "--avoid", "sphinx", "--mute")
    assert "Sphinx → resting on the belly (your choice)" in " ".join(shown.see("Enter begin").split())
    shown.send("q")
    assert shown.end() == 0
    command = [*PSOAS, "practice", "yin-short", "--avoid", "savasana", "--plain", "--speed", "1000", "-l", "en"]
    lines = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stdout
    before, _, practice = lines.partition(" starts in ")
    assert "You leave out savasana: resting on your side instead." in before
    assert "Savasana" not in practice


def a_run(*values: str) -> Run:
    wishes = Wishes(yes=True, avoid=avoided(values))
    return of_practice(Context("en"), "yin-short", None, begin=None, breath=None, wishes=wishes)


def test_who_goes_on_leaves_out_the_same_again(psoas: Psoas, home: Path) -> None:
    run = a_run("savasana", "none")
    entry = entry_of(run)
    assert entry
    assert entry.avoid == "none,savasana"
    Journal(paths.journal_file()).write(replace(entry, state="interrupted", position_s=700.0, practised_s=600.0))
    again = resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))
    assert (again.timeline.duration, again.notes) == (run.timeline.duration, run.notes)
    (home / "config.yaml").write_text("avoid: [sphinx, baby-dragon]\n", "utf-8")
    resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))  # the settings did not count then either
    refused = psoas("practice", "--resume", "--avoid", "sphinx")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("psoas: --resume goes on as it was: without --minutes, --from, --breath and --avoid")


def test_who_leaves_out_something_else_meanwhile_cannot_go_on(home: Path) -> None:
    entry = entry_of(a_run())
    assert entry
    Journal(paths.journal_file()).write(replace(entry, state="interrupted", position_s=700.0, practised_s=600.0))
    resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))
    (home / "config.yaml").write_text("avoid: [baby-dragon]\n", "utf-8")
    with pytest.raises(PsoasError, match="has changed since"):
        resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))
    begun = of_practice(Context("en"), "yin-short", None, begin=None, breath=None, wishes=Wishes())
    assert "--resume" not in " ".join(begun.notes)
    (home / "config.yaml").unlink()
    begun = of_practice(Context("en"), "yin-short", 20, begin=None, breath=None, wishes=Wishes())
    assert "--resume" in " ".join(begun.notes)


def test_a_file_that_is_not_read_hides_nothing_to_leave_out(psoas: Psoas, home: Path) -> None:
    (home / "config.yaml").write_text("lang: en\n", "utf-8")
    (home / "config.yml").write_text("avoid: [sphinx]\n", "utf-8")
    told = psoas("practice", "yin", "-y", "--plain", "--speed", "1000")
    assert (told.code, told.out) == (2, "")
    (home / "config.yaml").write_text("avoid: [sphinx, saddle]\n", "utf-8")
    assert psoas("practice", "yin-short", "-y", "--plain", "--speed", "1000").code == 0


def test_practices_are_checked_without_what_is_left_out(psoas: Psoas, home: Path) -> None:
    own = "poses: {mine: {name: Mine}}\n"
    steps = "steps:\n  - {pose: mine, hold: 3m}\n  - {pose: savasana, hold: 3m}\n  - {rest: 3m, pose: savasana}\n"
    (home / "mine.yaml").write_text(f"title: T\n{own}{steps}", "utf-8")
    assert "left out" not in psoas("check", "mine.yaml").out
    (home / "sequences").mkdir()
    (home / "sequences" / "poses.yaml").write_text("mine: {name: Mine}\n", "utf-8")
    (home / "config.yaml").write_text("avoid: [mine]\n", "utf-8")
    assert "without mine: Mine is left out: no other pose can replace it" in psoas("check", "mine.yaml").out
