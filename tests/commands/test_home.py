"""`psoas` alone: a home screen in a real terminal, a list in a pipe, and what is remembered for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from psoas_cli.player import performance
from psoas_cli.storage import paths, state

if TYPE_CHECKING:
    from tests.program import Psoas, Window

PSOAS = (sys.executable, "-m", "psoas_cli")
Open = Callable[..., "Window"]


def last_done(command: str, minutes: float | None, *, days: int) -> None:
    ended = datetime.now().astimezone() - timedelta(days=days)
    state.remember_done(paths.state_file(), command, state.Done(minutes, 1800, ended))


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
    assert "Duur: 30:00" in seen.see("Enter begint · b")
    seen.send("q")
    assert seen.end() == 0
    assert seen.text.strip() == ""


def test_it_opens_on_the_last_and_leaves_by_q(window: Open, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "torn.yaml").write_text("title: \x1b[31mTorn\n", "utf-8")
    last_done("practice yin", 30, days=3)
    last_done("breathe 5-7", 12, days=1)
    seen = window(*PSOAS, columns=120, lines=40)
    text = seen.see("▸ 5-7")
    for said in ("12 minutes", "yesterday, 30 minutes", "psoas breathe 5-7 -m 12", "torn: "):
        assert said in text
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


@pytest.mark.parametrize(
    ("arguments", "practised", "kept"),
    [
        ("practice yin -m 30 -y", 1790.0, {"practice yin": 30}),
        ("practice -y", 60.0, {"practice yin": None}),
        ("breathe 4-6 -m 7", 420.0, {"breathe 4-6": 7}),
        ("practice yin -y", 59.0, {}),
        ("practice yin -y --speed 60", 2700.0, {}),
        ("practice ./mine.yaml -y", 240.0, {}),
    ],
)
def test_what_was_done_is_remembered(
    psoas: Psoas, monkeypatch: pytest.MonkeyPatch, arguments: str, practised: float, kept: dict[str, float | None]
) -> None:
    Path("mine.yaml").write_text("title: Mine\nsteps: [{name: Lie, hold: 4m}]\n", "utf-8")
    monkeypatch.setattr(performance, "_in_lines", lambda *_: SimpleNamespace(practised=practised))
    assert psoas(*arguments.split(), "--mute", "--plain", "--audio", "none").code == 0
    found = state.done(paths.state_file())
    assert {command: each.minutes for command, each in found.items()} == kept
    assert all(each.practised == practised for each in found.values())


@pytest.mark.parametrize("kept", [[], {"practice yin": 3}, {"breathe nonsense": {"minutes": 5, "practised": 300}}, 7])
def test_nonsense_that_is_remembered_is_no_matter(window: Open, home: Path, kept: object) -> None:
    (home / "remembered.json").write_text(json.dumps({"done": kept}), "utf-8")
    seen = window(*PSOAS)
    seen.see("▸ Yin")
    seen.send("\x1b")
    assert seen.end() == 0
