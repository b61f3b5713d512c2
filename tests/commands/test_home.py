"""`psoas` alone: a home screen in a real terminal, a list in a pipe, and what is remembered for it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.storage.test_journal import ENTRY

from psoas_cli.cli.context import Context
from psoas_cli.commands.home import _opened, _resumable, choices_of
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import breathing_for, practice_for
from psoas_cli.player.run import entry_of, of_practice
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.score.view import view_at
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import listed
from psoas_cli.storage.journal import Journal
from psoas_cli.tui.home_state import Choice, home_at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas, Window

    from psoas_cli.tui.home_state import Last

PSOAS = (sys.executable, "-m", "psoas_cli")
Open = Callable[..., "Window"]


def last_done(command: str, minutes: float | None, *, days: int, **changed: object) -> None:
    seen = (datetime.now().astimezone() - timedelta(days=days)).isoformat()
    entry = replace(ENTRY, id=f"{command} {days}", command=command, began=seen, seen=seen, practised_s=1800.0)
    entry = replace(entry, state="ended", asked_s=minutes and minutes * 60, **changed)  # type: ignore[arg-type]
    Journal(paths.journal_file()).write(entry)


def opened() -> tuple[str, dict[str, Last]]:
    """What the home screen opens on, and the last time of what was done before."""
    home = _opened("en")
    assert home.chosen is not None
    return home.chosen.command, {choice.command: choice.last for choice in home.choices if choice.last}


def test_what_is_chosen_is_begun_as_its_command_begins_it(window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_MUTE", "1")
    seen = window(*PSOAS)
    text = seen.see("▸ Yin for the psoas .*45:00")
    assert "Coherent breathing" in text
    seen.see("[⠁-⣿]{3}")  # its picture
    seen.send("\x1b[A")
    seen.see("▸ Short yin")
    seen.send("30")
    seen.see("psoas practice yin-short -m 30")
    seen.send("l")
    seen.see("▸ Korte yin")
    seen.send("\r")
    assert "q terug" in seen.see("30 minuten · klaar om")
    seen.send("?")
    seen.see("q  Esc +terug")
    seen.send("qq")
    seen.see("▸ Korte yin(.*\n)*.*30 minuten(.*\n)*.*q uit")
    assert "\x1b[?1049l" not in seen.output  # all of it on one screen
    seen.send("q")
    assert seen.end() == 0
    assert seen.text.strip() == ""


def test_it_opens_on_the_last_and_leaves_by_q(window: Open, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "torn.yaml").write_text("title: \x1b[31mTorn\n", "utf-8")
    last_done("practice yin", 30, days=3)
    last_done("breathe 5-7", 12, days=1)
    seen = window(*PSOAS, columns=120, lines=40)
    text = seen.see("psoas breathe 5-7 -m 12")
    for said in ("▸ 5-7", "12 minutes", "yesterday, 30 minutes", "torn  "):
        assert said in text
    seen.send("/torn\r")
    assert "control character" in seen.see("psoas check torn")
    seen.send("\r\x1b")
    seen.see("Cyclic sigh")
    seen.send("/5-7\r")
    seen.see("▸ 5-7")
    seen.resize(40, 12)
    assert "12 minutes" in seen.see("▸ 5-7")
    seen.resize(20, 5)
    seen.see(r"^\s*5-7  12 min")
    seen.send("q")
    assert seen.end() == 0
    assert seen.text.strip() == ""


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_elsewhere_it_is_the_list(psoas: Psoas, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    assert psoas() == psoas("list")


def test_it_opens_on_what_was_practised_last_as_the_journal_has_it(home: Path, psoas: Psoas) -> None:
    assert opened() == ("practice yin", {})
    last_done("breathe 4-7-8", 7, days=3)
    last_done("practice body-scan", None, days=2)
    last_done(f"practice {home}/mine.yaml", None, days=1)
    command, lasts = opened()
    assert command == "practice body-scan"
    assert {name: (last.minutes, last.days) for name, last in lasts.items()} == {
        "practice body-scan": (None, 2),
        "breathe 4-7-8": (7, 3),
    }
    assert psoas("history", "--delete", "practice body-scan 2", "--yes").code == 0
    assert opened()[0] == "breathe 4-7-8"


def test_what_went_on_past_midnight_was_on_the_day_that_history_shows(psoas: Psoas) -> None:
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    began = midnight - timedelta(minutes=30)
    entry = replace(ENTRY, state="ended", practised_s=1800.0, began=began.isoformat(), seen=midnight.isoformat())
    Journal(paths.journal_file()).write(entry)
    assert opened()[1]["practice yin"].days == 1
    assert f"{began.day} " in psoas("history", "-l", "en").out.splitlines()[0]


@pytest.mark.parametrize("changed", [{"practised_s": 59.0}, {"speed": 60.0}])
def test_a_try_and_a_rehearsal_are_not_what_was_done_last(changed: dict[str, float]) -> None:
    last_done("practice body-scan", None, days=0, **changed)
    assert opened() == ("practice yin", {})


def test_a_day_far_ahead_is_no_last_time() -> None:
    last_done("practice body-scan", None, days=-400)
    last_done("practice yin-short", None, days=1)
    command, lasts = opened()
    assert (command, [*lasts]) == ("practice yin-short", ["practice yin-short"])


def test_what_earlier_versions_remembered_is_no_matter(home: Path) -> None:
    kept = {"practice body-scan": {"minutes": 5, "practised": 300, "ended": datetime.now().astimezone().isoformat()}}
    (home / "remembered.json").write_text(json.dumps({"volume": 30, "done": kept}), "utf-8")
    assert opened() == ("practice yin", {})


def test_without_a_journal_that_can_be_read_there_is_everything_to_choose_from(window: Open, home: Path) -> None:
    (home / "journal.sqlite3").write_bytes(b"nonsense" * 1000)
    seen = window(*PSOAS)
    seen.see("▸ Yin")
    seen.send("\x1b")
    assert seen.end() == 0


def interrupted(*, hours: float = 1, **changed: object) -> str:
    """Have the yin practice be interrupted in its middle; its stop there, as the screen calls it."""
    run = of_practice(Context("en"), "yin", None, begin=None, breath=None, wishes=Wishes())
    entry = entry_of(run)
    assert entry
    seen = (datetime.now().astimezone() - timedelta(hours=hours)).isoformat()
    at = {"position_s": 1200.0, "practised_s": 1190.0, "state": "interrupted", "seen": seen}
    Journal(paths.journal_file()).write(replace(entry, **(at | changed)))  # type: ignore[arg-type] # by their names
    return view_at(run.timeline, run.timeline.span_at(1200.0).start, "en").title


def test_an_interrupted_practice_comes_first_and_goes_on_where_it_was(window: Open) -> None:
    stop = interrupted()
    last_done("practice body-scan", None, days=1)
    seen = window(*PSOAS, columns=120, lines=40)
    text = seen.see("psoas practice --resume")
    assert re.search(f"▸ Go on with Yin for the psoas at {stop} .*[0-9]:[0-9][0-9] left", text)
    seen.see("[⠁-⣿]{3}")
    seen.send("l")
    seen.see("▸ Verder met Yin voor de psoas bij .*nog [0-9]")
    seen.send("l\r")
    assert "Yin for the psoas" in seen.see("q back")
    seen.send("q")
    seen.see(f"▸ Go on with Yin for the psoas at {stop}")
    seen.send("q")
    assert seen.end() == 0


def test_what_was_done_since_is_chosen_and_the_interrupted_one_stays_first() -> None:
    interrupted()
    last_done("practice body-scan", None, days=0)
    home = _opened("en", _resumable(Context("en")))
    assert (home.choices[0].kind, home.chosen and home.chosen.id) == ("resume", "body-scan")


def test_a_practice_that_has_changed_was_long_ago_or_never_began_is_not_offered() -> None:
    interrupted(digest="other")
    assert _resumable(Context("en")) is None
    interrupted(hours=30)
    assert _resumable(Context("en")) is None
    interrupted(practised_s=0.0)
    assert _resumable(Context("en")) is None


def test_practices_come_in_the_order_in_which_a_person_looks_for_them(home: Path) -> None:
    (home / "sequences").mkdir()
    for name, minutes in (("yin-evening", 50), ("nap", 12)):
        text = f"title: Own\nlanguage: en\nsteps:\n  - rest: {minutes}m\n"
        (home / "sequences" / f"{name}.yaml").write_text(text, "utf-8")
    (home / "sequences" / "torn.yaml").write_text("title: Torn\n", "utf-8")
    ids = [choice.id for choice in _opened("en").choices if choice.kind == "practice"]
    assert ids[:4] == ["yin-short", "yin", "yin-evening", "yin-long"]
    assert ids[-3:] == ["nap", "wind-down", "torn"]


def test_what_is_deleted_on_the_page_of_history_is_no_last_time_on_the_home_screen(window: Open) -> None:
    last_done("practice yin", None, days=2)
    last_done("practice body-scan", None, days=1)
    seen = window(*PSOAS)
    seen.see("▸ Body scan")
    seen.send("h")
    assert "30 min" in seen.see("▸ .*Yin")
    seen.send("dy")
    seen.see("Deleted: Yin")
    seen.send("\x1b")
    seen.see("▸ Body scan")
    assert "Last time" not in seen.text
    seen.send("q")
    assert seen.end() == 0
    assert len(Journal(paths.journal_file()).read().entries) == 1


def test_what_was_practised_is_chosen_again_from_the_page_of_history(window: Open) -> None:
    last_done("breathe long-exhale", 7, days=2)
    last_done("practice body-scan", None, days=1)
    seen = window(*PSOAS)
    seen.see("▸ Body scan")
    seen.send("h")
    seen.see("Enter again")
    seen.send("j\r")
    seen.see("▸ Long exhale")
    assert "psoas breathe long-exhale -m 7" in seen.text
    seen.send("q")
    assert seen.end() == 0


def test_what_is_set_on_the_page_of_settings_holds_on_the_home_screen(window: Open, home: Path) -> None:
    seen = window(*PSOAS)
    seen.see("▸ Yin for the psoas")
    seen.send("s")
    seen.see("▸ Language")
    seen.send("\x1b[C")
    seen.see("Bewaard.")
    seen.send("q")
    seen.see("▸ Yin voor de psoas")
    seen.send("q")
    assert seen.end() == 0
    assert "\nlang: nl " in (home / "config.yaml").read_text("utf-8")


def test_other_pages_are_a_key_away_and_lead_back_to_the_same_row(window: Open) -> None:
    seen = window(*PSOAS, columns=120, lines=45)
    seen.see("▸ Yin for the psoas")
    pages = {"h": "Nothing here yet", "p": "▸ Constructive rest", "b": "▸ deep-bowl", "v": "In use|in use"}
    for key, page in pages.items():
        seen.send(key)
        seen.see(page)
        seen.send("q")
        seen.see("▸ Yin for the psoas")
    seen.send("/voices\r\r")
    seen.see("in use")
    seen.send("q")
    seen.see("▸ Voices")
    seen.send("\x1b")
    seen.see("Cyclic sigh")
    seen.send("q")
    assert seen.end() == 0


LIMITED = ("yin-short", "wind-down", "4-7-8", "long-exhale")


def taken(choice: Choice, seconds: float) -> bool:
    """Whether the command that begins *choice* takes this length."""
    context = Context("en")
    try:
        if choice.kind == "practice":
            practice_for(context, choice.id, seconds / 60)
        else:
            breathing_for(context, choice.id, seconds / 60, None, ramp=False, sound=None, quiet=False)
    except PsoasError:
        return False
    return True


@pytest.mark.parametrize(
    "choice", [each for each in choices_of(listed("en"), []) if each.id in LIMITED], ids=lambda each: each.id
)
def test_enter_takes_the_lengths_that_the_command_takes(choice: Choice) -> None:
    low, high = round(choice.low * 60), round(choice.high * 60)
    for seconds in {low - 1, low, (low + high) // 2, high, high + 1} - {0, 24 * 3600, 24 * 3600 + 1}:
        home = replace(home_at((choice,), "en", (choice.kind, choice.id)), typed=str(timedelta(seconds=seconds)))
        assert (home.key("enter").outcome == "begin") is taken(choice, seconds)


def test_two_enters_begin_what_is_known(window: Open, home: Path) -> None:
    (home / "config.yaml").write_text("audio: none\n", "utf-8")
    seen = window(*PSOAS)
    seen.see("psoas practice yin")
    seen.send("\r")
    seen.see("Enter begin .* i poses")
    seen.send("\r")
    seen.see("1 of .* ends")
    seen.send("qq")
    seen.see("any key leaves")
    seen.send("q")
    assert seen.end() == 0


def test_what_cannot_be_begun_is_said_and_the_screen_stays(window: Open, home: Path) -> None:
    (home / "sequences").mkdir()
    own = home / "sequences" / "own.yaml"
    own.write_text("title: Own\nlanguage: en\nsteps:\n  - rest: 12m\n", "utf-8")
    seen = window(*PSOAS)
    seen.see("▸ Yin for the psoas")
    own.unlink()
    seen.send("/own\r")
    seen.see("▸ Own")
    seen.send("\r")
    seen.see("There is no .*own")
    seen.send("\x1b[A")
    seen.see("▸ Own(.*\n)*.*Enter begin")
    seen.send("q")
    assert seen.end() == 0


@pytest.mark.parametrize(("program", "shades"), [("Apple_Terminal", {"5"}), ("iTerm.app", {"2"})])
def test_apples_terminal_is_drawn_in_256_colours_though_a_shell_says_that_all_have_more(
    window: Open, home: Path, monkeypatch: pytest.MonkeyPatch, program: str, shades: set[str]
) -> None:
    (home / "config.yaml").write_text("theme: high-contrast\n", "utf-8")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM_PROGRAM", program)
    seen = window(*PSOAS)
    seen.see("yin")
    seen.send("q")
    assert seen.end() == 0
    assert set(re.findall(r"[34]8;([25]);", seen.output)) == shades
