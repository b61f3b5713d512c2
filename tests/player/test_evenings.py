"""From one evening to the next: what is offered to notice changes, and how long one has to come to the mat."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from psoas_cli.cli.context import Context
from psoas_cli.player import recorder
from psoas_cli.player.run import Run, of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.timeline import after
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


def a_run(name: str = "yin-short", lang: Lang = "en", minutes: float | None = None, *, no_journal: bool = False) -> Run:
    wishes = Wishes(yes=True, no_journal=no_journal)
    return of_practice(Context(lang), name, minutes, begin=None, breath=None, wishes=wishes)


def offered(run: Run) -> list[str]:
    return [said for texts in told_in_holds(run).values() for said in texts]


def told_in_holds(run: Run, role: str = "notice") -> dict[int, list[str]]:
    """What is told in each hold of *run*, by the number of its span."""
    found: dict[int, list[str]] = {}
    for cue in run.timeline.cues:
        if cue.role == role:
            found.setdefault(cue.span, []).append(" ".join(cue.spoken(run.lang)))
    return found


def test_each_evening_offers_something_else_to_notice_and_without_a_journal_it_is_the_first() -> None:
    journal, evenings = Journal(paths.journal_file()), []
    for number in (1, 2, 3):
        evenings.append(offered(a_run()))
        journal.write(evening(number, state="ended"))
    assert all(evenings[i] != evenings[j] for i, j in ((0, 1), (0, 2), (1, 2)))
    assert offered(a_run(no_journal=True)) == evenings[0]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "minutes", "holds"),
    [("yin", None, 6), ("yin", 91, 12), ("yin-short", None, 3), ("yin-long", None, 14), ("yin-long", 113, 15)],
)
def test_wherever_something_is_offered_it_is_another_thing_on_each_of_three_evenings(
    name: str, minutes: float | None, holds: int, lang: Lang
) -> None:
    journal, evenings = Journal(paths.journal_file()), []
    for number in (1, 2, 3):
        evenings.append(a_run(name, lang, minutes))
        journal.write(evening(number, state="ended", command=f"practice {name}"))
    assert len(told_in_holds(evenings[0])) == holds
    first, second, third = (told_in_holds(each) for each in evenings)
    assert first.keys() == second.keys() == third.keys()
    assert all(len({each[hold][0] for each in (first, second, third)}) == 3 for hold in first)
    for one, next_one in pairwise(told_in_holds(each, "ending") for each in evenings):
        assert all(one[hold] != next_one[hold] for hold in one)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sessions", range(3))
def test_the_second_side_offers_nothing_that_the_first_one_did_on_any_evening(sessions: int, lang: Lang) -> None:
    run = a_run("yin-long", lang)
    timeline = after(run.timeline, sessions)
    sides: dict[int | None, list[list[str]]] = {}
    for hold, texts in told_in_holds(replace(run, timeline=timeline)).items():
        if timeline.spans[hold].segment.side:
            sides.setdefault(timeline.spans[hold].segment.pair, []).append(texts)
    assert [len(both) for both in sides.values()] == [2, 2, 2]
    assert all(not {*one} & {*other} for one, other in sides.values())


def test_what_is_shown_or_made_into_a_file_says_what_comes_first_on_any_evening(home: Path, psoas: Psoas) -> None:
    (home / "short.yaml").write_text("title: Short\nlead-in: 0s\nsteps: [{pose: belly-rest, hold: 1m}]", "utf-8")
    before, journal = [], Journal(paths.journal_file())
    for number in (0, 1):
        assert psoas("render", "./short.yaml", "-o", f"{number}.wav", "-l", "en").code == 0
        before.append((psoas("show", "./short.yaml", "--json").out, (home / f"{number}.wav").read_bytes()))
        again = of_practice(Context("en"), "./short.yaml", None, begin=None, breath=None, wishes=Wishes()).again
        journal.write(evening(1, state="ended", command=again))
    assert recorder.times(again) == 1
    assert before[0] == before[1]


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
    [entry] = Journal(path).read().entries
    assert (entry.id, entry.sessions) == ("1", 0)
    Journal(path).write(evening(2, state="ended"))
    assert len(Journal(path).read().entries) == 2
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
