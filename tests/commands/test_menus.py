"""The pages of the full screen for poses, bells and voices: what they show, what is heard, and how one leaves them."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audio.packs import pack_at
from tests.audio.programs import Programs, tone, wav
from tests.tui.test_screen import Terminal

from psoas_cli.audio.tts import speaker
from psoas_cli.cli.context import Context
from psoas_cli.commands.bells.bell_menu import bell_rows, heard_on, visit_bells
from psoas_cli.commands.poses.pose_menu import PoseMenu, card_of, pose_menu_of, visit_poses
from psoas_cli.commands.poses.pose_page import further_parts
from psoas_cli.commands.voices.voice_menu import visit_voices
from psoas_cli.player import background_task, page_sound
from psoas_cli.player.narrator import SAMPLE
from psoas_cli.practice.model.sequence import Bells
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage import paths, state
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from tests.program import Window

    from psoas_cli.audio.clip import Clip
    from psoas_cli.practice.model.sequence import Bell

POSES = Library("en").poses
KEYS = ["up", "down", "left", "right", "pagedown", "end", "enter", "esc", "q", "space", "/", "?", "d", "r", "backspace"]


class Rung:
    """A sink that writes down what it is asked for."""

    def __init__(self) -> None:
        self.state = "on"
        self.volume = 70
        self.muted = False
        self.heard: list[str] = []
        self.closed = False

    def start(self) -> None:
        """It is as it is."""

    def close(self) -> None:
        self.closed = True

    def bell(self, bell: Bell, _at: float) -> None:
        self.heard.append(f"{bell.sound} {bell.strikes}")

    def breath(self, phase: str, *_: object) -> None:
        self.heard.append(phase)

    def speech(self, clip: Clip, _at: float) -> None:
        self.heard.append(f"clip of {clip.seconds:g} s")

    def hush(self, _seconds: float) -> None:
        if self.heard and self.heard[-1] != "hush":
            self.heard.append("hush")


class Person:
    """Presses keys, one each time the page waits, and looks at the screen; what is no key is called."""

    def __init__(self, terminal: Terminal, *does: str | Callable[[], object]) -> None:
        self.dirty = False
        self.size = (80, 24)
        self.saw: list[str] = []
        self._terminal = terminal
        self._does = list(does)

    def events(self, timeout: float | None) -> list[str]:
        if timeout == 0 and not self.saw and not self._terminal.sent:
            return []
        self.saw.append(self._terminal.frame)
        does = self._does.pop(0)
        if isinstance(does, str):
            return [does]
        does()
        return []


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> Rung:
    rung = Rung()
    monkeypatch.setattr(page_sound, "sink_for", lambda _wishes, _context: (rung, ""))
    monkeypatch.setattr(background_task, "begun", lambda *_, **__: None)  # what takes its time is done at once
    return rung


def put_off(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What takes its time, which is only done when it is called."""
    later: list[Callable[[], None]] = []

    def begun(work: Callable[[], None], **_: object) -> bool:
        later.append(work)
        return True

    monkeypatch.setattr(background_task, "begun", begun)
    return later


def visit(page: Any, *does: str | Callable[[], object], lang: Lang = "en") -> list[str]:
    """What is seen on *page* before each of the things that a person *does*, of which the last leaves it."""
    terminal = Terminal(80, 24)
    person = Person(terminal, *does)
    page(person, terminal.screen, Context(lang))
    assert not person._does
    return person.saw


# -- poses


@pytest.mark.parametrize("lang", LANGS)
def test_the_poses_are_listed_by_where_they_begin_and_opened(snapshot: SnapshotAssertion, lang: Lang) -> None:
    opened, _, card, second, *_ = visit(visit_poses, "end", "enter", "right", "esc", "q", lang=lang)
    assert opened == snapshot(name="the list")
    assert card == snapshot(name="a card")
    assert "1 / 26" in second


def test_a_card_has_all_that_is_told_of_a_pose() -> None:
    for number, pose in enumerate(POSES.values(), start=1):
        card = card_of(pose, POSES, "en", number, len(POSES))
        said = {heading.en: said for heading, said in card.options}
        for heading, text in further_parts(pose, POSES, "en"):
            assert said.get(heading, "") == text
        assert (card.way_in, card.way_out, card.figure) == (pose.text.said("en"), pose.leave.said("en"), pose.figure)


def after(*keys: str) -> PoseMenu:
    page = pose_menu_of(POSES, "en")
    for key in keys:
        page = page.key(key)
    return page


def test_a_search_finds_names_in_both_languages_and_keeps_what_was_chosen() -> None:
    page = after("end", "/", *"gong")
    assert [pose.id for pose in page.found] == []
    assert after("/", *"draak").found == after("/", *"dragon").found
    found = after("/", *"drag", "down", "enter")
    assert found.pose is not None
    assert found.pose.id == "dragon"
    assert found.key("esc").pose == found.pose
    assert found.key("esc").menu.closed is False
    assert found.key("esc").key("esc").closed
    assert found.key("enter").key("right").pose == found.found[2]


@given(st.lists(st.sampled_from(KEYS), max_size=40))
def test_whatever_is_pressed_the_page_shows_one_of_what_is_found(keys: list[str]) -> None:
    page = after(*keys)
    assert page.pose in (page.found or (None,))
    assert len(page.menu.rows) == len(page.found)
    if page.card:
        assert page.card.title == page.pose.name.en  # type: ignore[union-attr] # there is a card of it


def test_poses_of_one_s_own_that_cannot_be_read_are_told_and_the_others_are_there(home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "poses.yaml").write_text("poses: [", "utf-8")
    first, after_a_key, *_ = visit(visit_poses, "down", "q")
    assert "poses.yaml" in first
    assert "Constructive rest" in first
    assert "poses.yaml" not in after_a_key


# -- bells


@pytest.mark.parametrize("lang", LANGS)
def test_the_list_of_bells_says_what_each_means(rung: Rung, snapshot: SnapshotAssertion, lang: Lang) -> None:
    assert visit(visit_bells, "q", lang=lang)[-1] == snapshot
    assert rung.closed


def test_the_chosen_bell_is_struck_in_place_of_the_one_before(rung: Rung) -> None:
    visit(visit_bells, "space", "down", "enter", *["down"] * 15, "enter", "end", "enter", "q")
    assert rung.heard == ["deep-bowl 1", "hush", "high-bowl 1", "hush", "deep-bowl 3", "hush", "exhale"]


def test_a_bell_waits_for_the_device_and_none_is_told(rung: Rung) -> None:
    rung.state = "opening"
    saw = visit(
        visit_bells,
        "enter",
        lambda: setattr(rung, "state", "on"),
        lambda: setattr(rung, "state", "lost"),
        "enter",
        "j",
        "q",
    )
    assert "One moment" in saw[1]
    assert rung.heard == ["deep-bowl 1"]
    assert "One moment" not in saw[3]
    assert "No sound device: see psoas doctor" in saw[4]
    assert "see psoas doctor" not in saw[5]


def test_the_volume_is_turned_and_kept_and_what_is_muted_says_so(rung: Rung) -> None:
    saw = visit(visit_bells, "-", "-", "+", "m", "enter", "m", "q")
    assert "Volume 65" in saw[3]
    assert "Sound muted; m turns it on" in saw[5]
    assert rung.heard == []
    assert not rung.muted
    assert state.volume(paths.state_file()) == 65


def test_bells_that_are_not_read_yet_are_struck_once_they_are(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    later = put_off(monkeypatch)

    def run_later() -> None:
        later.pop()()

    saw = visit(visit_bells, "enter", run_later, "?", "esc", "q")
    assert "18.0 s" not in saw[1]
    assert "One moment" in saw[1]
    assert "18.0 s" in saw[2]
    assert rung.heard == ["deep-bowl 1"]
    assert "strike the bell" in saw[3]


def test_a_bell_of_one_s_own_is_listed_and_one_that_cannot_be_played_says_why(rung: Rung, home: Path) -> None:
    (home / "mine.wav").write_bytes(wav(tone(1.0)))
    (home / "torn.wav").write_bytes(b"RIFF")
    (home / "config.yaml").write_text("bells: {open: mine.wav, side: torn.wav}", "utf-8")
    saw = visit(visit_bells, *["down"] * 6, "enter", "down", "enter", "q")
    assert "mine.wav" in saw[6]
    assert "The practice begins" in saw[6]
    assert "cannot be played" in saw[8]
    assert len(rung.heard) == 1
    assert "torn.wav: cannot be played" in saw[9].splitlines()[-1]


@pytest.mark.parametrize("lang", LANGS)
def test_there_is_a_row_for_all_that_is_heard_in_a_practice(lang: Lang) -> None:
    bells = Bells(open=None, end=None)
    rows = bell_rows(bells, {}, lang)
    assert len(rows) == len(heard_on(bells)) == 6 + 13
    assert all(row.about and row.brief for row in rows)


# -- voices


@pytest.fixture
def espeak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setattr(speaker, "_built_in", lambda: tmp_path / "nothing")
    programs = Programs(tmp_path / "bin", monkeypatch)
    programs.add("espeak-ng", wav(tone(1.5)))
    return programs


@pytest.mark.usefixtures("espeak")
def test_the_voices_of_the_person_s_language_come_first_and_the_one_in_use_is_marked(rung: Rung, home: Path) -> None:
    pack_at(home / "voices" / "anna", texts=(SAMPLE.nl,))
    saw = visit(visit_voices, "q", lang="nl")[-1]
    lines = [line[:44].strip() for line in saw.splitlines()]
    assert [" ".join(line.split()) for line in lines if line][1:6] == [
        "Nederlands",
        "▸ Anna in gebruik",
        "espeak-ng",
        "Engels",
        "espeak-ng",
    ]
    assert "Ga liggen wanneer je wilt" in saw
    assert rung.closed


@pytest.mark.usefixtures("espeak", "rung")
def test_a_voice_is_taken_into_use_and_only_that_is_written(home: Path) -> None:
    (home / "config.yaml").write_text("# mine\nvolume: 40   # softly\n", "utf-8")
    saw = visit(visit_voices, "down", "u", "u", "q")
    assert "in use" not in saw[1]
    assert "Kept: espeak-ng speaks in your practices" in saw[2]
    assert re.search("Dutch.*\n *▸ espeak-ng +in use", saw[2])
    assert "espeak-ng speaks in your practices already" in saw[3]
    assert Context().config.voice.nl == "espeak-ng"
    assert (home / "config.yaml").read_text("utf-8").startswith("# mine\nvolume: 40   # softly\n")


@pytest.mark.usefixtures("espeak", "rung")
def test_settings_with_mistakes_are_left_alone(home: Path) -> None:
    (home / "config.yaml").write_text("volume: loud\n", "utf-8")
    saw = visit(visit_voices, "u", "q")
    assert "Not kept: " in saw[1]
    assert "in use" not in saw[1]
    assert (home / "config.yaml").read_text("utf-8") == "volume: loud\n"


@pytest.mark.usefixtures("espeak")
def test_a_voice_is_heard(rung: Rung) -> None:
    saw = visit(visit_voices, "enter", "q")
    assert rung.heard == ["clip of 1.5 s"]
    assert "One moment" not in saw[1]


@pytest.mark.usefixtures("espeak")
def test_a_voice_that_takes_its_time_does_not_hold_up_the_page(rung: Rung, monkeypatch: pytest.MonkeyPatch) -> None:
    later = put_off(monkeypatch)

    def now() -> None:
        later.pop(0)()

    saw = visit(visit_voices, now, now, "enter", "down", "enter", now, now, "q")
    assert "looking for voices" in saw[0]
    assert "One moment: espeak-ng is about to speak" in saw[3]
    assert "▸ espeak-ng" in saw[4]
    assert rung.heard == ["clip of 1.5 s"], "the first was given up for the second"


def test_a_voice_that_fails_says_so_and_nobody_speaks_where_sound_is_off(rung: Rung, espeak: Programs) -> None:
    espeak.add("espeak-ng", code=3)
    saw = visit(visit_voices, "enter", "m", "enter", "q")
    assert "The voice espeak-ng failed" in saw[1]
    assert "Sound muted; m turns it on" in saw[3]
    assert rung.heard == []


def test_without_any_voice_the_page_says_how_to_get_one(
    rung: Rung, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.setattr(speaker, "_built_in", lambda: tmp_path / "nothing")
    Programs(tmp_path / "bin", monkeypatch)
    assert visit(visit_voices, "enter", "q")[-1] == snapshot
    assert rung.heard == []


def test_its_pages_are_opened_from_home_and_left_by_ctrl_c(
    window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_MUTE", "1")
    seen = window(sys.executable, "-m", "psoas_cli")
    seen.see("▸ Yin for the psoas")
    for keys, shown in (
        ("p", "Poses and movements"),
        ("\x1b[F\r", "The way in"),
        ("\x1b", "▸ Resting on your side"),
        ("q", "▸ Yin for the psoas"),
        ("v", "▸ Heart"),
        (" ", "Sound muted; m turns it on"),
        ("q", "▸ Yin for the psoas"),
        ("b", "▸ deep-bowl"),
        ("\r", "Sound muted; m turns it on"),
    ):
        seen.send(keys)
        seen.see(shown)
    seen.send("\x03")
    assert seen.end() == 130
    assert seen.text.strip() == ""
