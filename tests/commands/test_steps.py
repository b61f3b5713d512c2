"""A practice without a file: practised, taken up again, offered on the home screen, and kept with `psoas new`."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import Context
from psoas_cli.commands import home as home_screen
from psoas_cli.player.run import entry_of, of_practice
from psoas_cli.player.wishes import Wishes
from psoas_cli.storage import catalogue, paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas, Result

    Done = subprocess.CompletedProcess[str]

STEPS = "constructive-rest 1m, baby-dragon 30s, breathe 4-6 1m"
FIRST = "\nConstructive rest, 1 minute.\n"
OTHERWISE = "Constructive rest 60s,babydraak 30s , BREATHE 4 - 6 1 min"


def rehearsed(*more: str) -> Done:
    """What a rehearsal comes to, as a program of its own: it writes to the terminal itself."""
    line = [sys.executable, "-m", "psoas_cli", "practice", *more, "-y", "--plain", "--mute", "--speed", "1000"]
    return subprocess.run(line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def plan(shown: Result) -> str:
    """The plan that is *shown*, without its title and summary."""
    return re.sub(r"^.*?(?=\n(?:Length|Duur):)", "", shown.out, flags=re.DOTALL)


def interrupt(steps: str = STEPS) -> None:
    """Leave the journal with a practice of *steps* that was interrupted three minutes in, an hour ago."""
    entry = entry_of(of_practice(Context(), f"--steps {steps}", None, begin=None, breath=None, wishes=Wishes()))
    assert entry
    then = (datetime.now().astimezone() - timedelta(hours=1)).isoformat(timespec="seconds")
    cut = replace(entry, began=then, seen=then, state="interrupted", position_s=180.0, practised_s=120.0)
    Journal(paths.journal_file()).write(cut)


def test_steps_are_practised_at_once() -> None:
    done = rehearsed("--steps", STEPS, "-l", "nl")
    assert done.returncode == 0
    assert done.stdout.startswith("Eigen oefening\n")
    assert [entry.command for entry in Journal(paths.journal_file()).read().entries] == [f"practice --steps {STEPS}"]


def test_the_same_steps_are_the_same_practice_however_they_are_written(psoas: Psoas) -> None:
    interrupt()
    whole = rehearsed("--steps", OTHERWISE).stdout
    assert f'psoas practice --steps "{OTHERWISE}" --resume continues' in whole
    assert FIRST in whole
    for line in (("--resume",), ("--steps", OTHERWISE, "--resume")):
        again = rehearsed(*line)
        assert again.returncode == 0
        assert FIRST not in again.stdout, "it goes on where it was"
    other = psoas("practice", "--steps", "sphinx 1m", "--resume")
    assert (other.code, "was not interrupted" in other.err) == (1, True)


def test_it_can_be_fitted_looked_at_and_begun_at_a_stop(psoas: Psoas) -> None:
    assert "\nLength: 10:00" in psoas("show", "--steps", STEPS, "-m", "10").out
    assert "choose 9 to" in rehearsed("--steps", STEPS, "-m", "5").stderr
    assert FIRST not in rehearsed("--steps", STEPS, "--from", "baby-dragon").stdout


def test_the_latest_is_offered_on_the_home_screen(psoas: Psoas) -> None:
    assert "Your own practice" not in [choice.title.en for choice in home_screen._opened("en").choices]
    interrupt()
    for _ in ("read", "remembered"):
        opened = home_screen._opened("en")
        assert opened.chosen is not None
        assert (opened.chosen.title.en, opened.chosen.id) == ("Your own practice", f"--steps {STEPS}")
        assert opened.chosen.last is not None
    assert STEPS not in psoas("list").out
    assert len(catalogue.listed("en")) == len(catalogue.listed("en", f"--steps {STEPS}")) - 1
    interrupt("sphinx 1m")
    own = [choice.id for choice in home_screen._opened("en").choices if choice.title.en == "Your own practice"]
    assert own == ["--steps sphinx 1m"]


def test_steps_that_are_no_longer_there_are_not_offered(home: Path) -> None:
    poses = home / "sequences" / "poses.yaml"
    poses.parent.mkdir(exist_ok=True)
    poses.write_text("log:\n  name: Log\n  text: Lie down.\n", "utf-8")
    interrupt("log 3m")
    poses.unlink()
    assert "log" not in [choice.id for choice in home_screen._opened("en").choices if "steps" in choice.id]


def test_a_mistake_in_ones_own_poses_is_not_blamed_on_the_steps(psoas: Psoas, home: Path) -> None:
    poses = home / "sequences" / "poses.yaml"
    poses.parent.mkdir(exist_ok=True)
    poses.write_text("log: [\n", "utf-8")
    err = psoas("show", "--steps", "sphinx 3m, rest 4m").err
    assert "poses.yaml:1:" in err
    assert "--steps" not in err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("practice", "--steps", "constructive-rest 5m, babydragn 3m"), "                        ^^^^^^^^^\n"),
        (("practice", "--steps", ""), "--steps: expected steps"),
        (("practice", "yin", "--steps", STEPS), '--steps is a practice by itself, without "yin"'),
        (("new", "mine", "--steps", "sphinx 5"), "\n         ^\n"),
        (("new", "mine", "--steps", STEPS, "--from", "yin"), "both say what to begin with"),
        (("new", "mine", "--steps", "savasana 12h, savasana 12h"), "--steps: longer than 24 hours"),
        (("show",), "expected NAME or FILE, got nothing"),
        (("check", "--", f"--steps {STEPS}"), "there is no practice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    psoas: Psoas, home: Path, line: tuple[str, ...], said: str
) -> None:
    result = psoas(*line)
    assert result.code == 2
    assert said in result.err
    assert not [*home.rglob("*.yaml")]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_steps_are_kept_in_a_file_with_notes(psoas: Psoas, home: Path, lang: str) -> None:
    made = psoas("new", "my-own", "--steps", STEPS, "-l", lang)
    assert made.code == 0
    file = home / "sequences" / "my-own.yaml"
    kept = file.read_text("utf-8")
    assert "title: My own\n" in kept
    assert ("# Each step" in kept, "# Elke stap" in kept) == (lang == "en", lang == "nl")
    assert psoas("check", "my-own", "--all-cares").out == "1 file checked, no problems\n"
    assert plan(psoas("show", "my-own")) == plan(psoas("show", "--steps", STEPS))
    assert "already exists" in psoas("new", "my-own", "--steps", "sphinx 1m").err
    assert file.read_text("utf-8") == kept


def test_steps_are_completed_after_the_last_comma() -> None:
    from psoas_cli.cli.completion import steps

    assert steps("sphinx 3m, sadd") == ["sphinx 3m, saddle"]
    assert steps("sphinx 3m,childs-pose; sadd") == ["sphinx 3m,childs-pose; saddle"]
    assert set(steps("re")) == {"reclined-butterfly", "reclining-twist", "rest"}
