"""From one evening to the next: what is offered to notice changes, and how long one has to come to the mat."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import Context
from psoas_cli.player import recorder
from psoas_cli.player.run import Run, of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.storage import paths
from psoas_cli.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

    from psoas_cli.storage.entry import Entry


def evening(number: int, **changed: object) -> Entry:
    """The session number *number* of the short yin, or with what is *changed*."""
    run = a_run()
    entry = recorder.new_entry(
        run.timeline, command=run.again, title="Yin", lang="en", asked_s=None, breath=None, speed=1.0
    )
    return replace(entry, id=str(number), began=f"2026-01-0{number}T20:00:00+01:00", **changed)  # type: ignore[arg-type]


def a_run(*, no_journal: bool = False) -> Run:
    wishes = Wishes(yes=True, no_journal=no_journal)
    return of_practice(Context("en"), "yin-short", None, begin=None, breath=None, wishes=wishes)


def offered(run: Run) -> list[str]:
    return [" ".join(cue.spoken("en")) for cue in run.timeline.cues if cue.role == "notice"]


def test_each_evening_offers_something_else_to_notice_and_without_a_journal_it_is_the_first() -> None:
    journal, evenings = Journal(paths.journal_file()), []
    for number in (1, 2, 3):
        evenings.append(offered(a_run()))
        journal.write(evening(number, state="ended"))
    assert all(evenings[i] != evenings[j] for i, j in ((0, 1), (0, 2), (1, 2)))
    assert offered(a_run(no_journal=True)) == evenings[0]


def test_rehearsals_and_other_practices_do_not_count() -> None:
    journal = Journal(paths.journal_file())
    journal.write(evening(1, state="ended", speed=60.0))
    journal.write(evening(2, state="ended", command="practice yin"))
    assert a_run().timeline.sessions == 0


def test_who_goes_on_is_offered_what_was_chosen_then() -> None:
    journal = Journal(paths.journal_file())
    journal.write(evening(1, state="ended"))
    chosen = a_run()
    began = recorder.new_entry(
        chosen.timeline, command=chosen.again, title="Yin", lang="en", asked_s=None, breath=None, speed=1.0
    )
    journal.write(replace(began, state="interrupted", position_s=700.0))
    journal.write(evening(3, state="ended", speed=2.0))
    again = resumed(Context("en"), "yin-short", wishes=Wishes(yes=True))
    assert (again.timeline.sessions, offered(again)) == (1, offered(chosen))
    assert a_run().timeline.sessions == 2


def test_a_journal_of_before_is_read_and_grows(home: Path) -> None:
    path = paths.journal_file()
    Journal(path).write(evening(1, state="ended"))
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE sessions DROP COLUMN sessions")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    [entry] = Journal(path).entries()
    assert (entry.id, entry.sessions) == ("1", 0)
    Journal(path).write(evening(2, state="ended"))
    assert len(Journal(path).entries()) == 2
    assert home in path.parents


@pytest.mark.parametrize(("setting", "seconds"), [("auto", 55.0), ("20s", 20.0), ("0s", 0.0)])
def test_the_settings_say_how_long_one_has_to_come_to_the_mat_and_the_practice_lasts_as_long(
    setting: str, seconds: float, home: Path, psoas: Psoas
) -> None:
    (home / "config.yaml").write_text(f"lead-in: {setting}\n", "utf-8")
    plan = json.loads(psoas("show", "yin", "--json").out)
    assert plan["duration_s"] == 2700
    first = plan["spans"][0]
    assert (first["end_s"] if first["kind"] == "lead-in" else 0.0) == seconds
    settings = json.loads(psoas("config", "--json").out)["settings"]
    assert next(each["value"] for each in settings if each["key"] == "lead-in") == setting


def test_a_lead_in_that_is_no_time_is_told_with_its_line(home: Path, psoas: Psoas) -> None:
    (home / "config.yaml").write_text("lead-in: 20\n", "utf-8")
    result = psoas("show", "yin")
    assert result.code == 0
    assert "config.yaml:1:1: lead-in: expected a duration with a unit" in result.err
