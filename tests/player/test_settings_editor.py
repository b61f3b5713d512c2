"""The page of settings: what its keys change, what it says, and what is in the file then."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.tui.test_screen import Terminal

from psoas_cli.cli.context import Context
from psoas_cli.player.settings_editor import edit_settings
from psoas_cli.player.settings_list import settings_list
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage import paths, state
from psoas_cli.storage.config import Config, read_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.sequence import Bell

SIZES = {"40x12": (40, 12), "60x16": (60, 16), "80x24": (80, 24), "120x40": (120, 40), "20x5": (20, 5)}
TEMPLATE = (Path(__file__).parents[2] / "src/psoas_cli/commands/settings.en.yaml").read_text("utf-8")
ROWS = [each.key for each in settings_list("en", None)]


@dataclass
class Keys:
    """A terminal's window in which keys are pressed, once the screen has come to rest: those named together at once."""

    terminal: Terminal
    size: tuple[int, int]
    pressed: list[str]
    dirty: bool = True
    seen: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def events(self, timeout: float | None) -> list[str]:
        if timeout is not None:  # nothing is pressed at once
            return []
        self.seen.append(self.terminal.frame)
        return self.pressed.pop(0).split() if self.pressed else ["q"]


def at(key: str, *more: str) -> list[str]:
    """The keys that lead to the setting *key*, and *more*."""
    way = " ".join(["down"] * ROWS.index(key))
    return [*filter(None, [way]), *more]


def led(*pressed: str, size: str = "80x24", lang: str | None = None) -> tuple[Context, list[str]]:
    """What holds after these keys, and what was seen before each of them and at the end."""
    terminal = Terminal(*SIZES[size])
    window = Keys(terminal, SIZES[size], [*pressed])
    context = edit_settings(window, terminal.screen, Context(lang), TEMPLATE)
    return context, window.seen


@dataclass
class Sounds:
    """What is heard on the page, instead of a device."""

    heard: list[tuple[str, int]] = field(default_factory=list)
    volume: int = 0
    patience: None = None

    def hear(self, play: Callable[[Sounds, float], None]) -> None:
        play(self, 0.0)

    def bell(self, bell: Bell, _at: float) -> None:
        self.heard.append((bell.sound, self.volume))

    def look(self) -> None:
        pass

    def close(self) -> None:
        self.heard.append(("silence", 0))


@pytest.fixture(autouse=True)
def sounds(monkeypatch: pytest.MonkeyPatch) -> Sounds:
    found = Sounds()
    monkeypatch.setattr("psoas_cli.player.page_sound.PageSound", lambda _: found)
    return found


@pytest.fixture
def file() -> Path:
    return paths.config_file()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("lang", "key"), [("en", "volume"), ("nl", "voice"), ("en", "knees"), ("nl", "avoid")])
def test_the_page_looks_as_it_should(snapshot: SnapshotAssertion, size: str, lang: str, key: str) -> None:
    assert led(*at(key), size=size, lang=lang)[1][-1] == snapshot


def test_a_change_is_kept_at_once_and_said(file: Path) -> None:
    context, seen = led(*at("theme", "right", "x"))
    assert context.config.theme == "dark"
    assert "\ntheme: dark       # terminal (its own colours)" in file.read_text("utf-8")
    assert "Kept." in seen[-2]
    assert "Kept." not in seen[-1]
    assert "‹ dark ›" in seen[-1]  # noqa: RUF001 - as it is seen


def test_in_one_line_it_can_be_seen_what_a_setting_became() -> None:
    seen = led(*at("volume", "right"), size="20x5")[1][-1]
    assert "Volume  75" in seen
    assert seen.count("Kept.") == 1


def test_names_and_values_stand_whole_beside_what_is_told_of_them() -> None:
    for lang in LANGS:
        seen = led(*at("theme"), lang=lang)[1][-1]
        assert not any("…" in line[:41] for line in seen.splitlines())


@pytest.mark.parametrize("lang", LANGS)
def test_what_becomes_of_poses_is_told_on_a_small_screen_too(lang: Lang) -> None:
    told = led(*at("lying-flat"), size="40x12", lang=lang)[1][-1]
    assert re.search(r"\d", told.partition("▸")[2])
    told = led(*at("avoid", "enter", "down"), size="40x12", lang=lang)[1][-2]
    assert {"en": "constructive rest", "nl": "constructieve rust"}[lang] in told


def test_looking_around_writes_nothing(file: Path) -> None:
    led("end", "up", "pagedown", "home", "?", "right", "esc", "x", "q")
    assert not file.exists()


@pytest.mark.parametrize("key", ROWS[:-1])
def test_what_is_turned_and_turned_back_holds_as_before(file: Path, key: str) -> None:
    file.write_text("lang: en\n# mine\nvolume: 43\nlead-in: 45s\nbed: {sound: drone, level: -30}\n", "utf-8")
    before = read_config(file)
    turned = led(*at(key, "right"))[0].config
    assert turned != before
    file.write_text("lang: en\n# mine\nvolume: 43\nlead-in: 45s\nbed: {sound: drone, level: -30}\n", "utf-8")
    state.remember_volume(paths.state_file(), 43)
    led(*at(key, "right", "left"))
    now = read_config(file)
    usual = now._replace(audio=None, voice=now.voice._replace(verbosity=None, volume=None))
    assert usual == before
    assert "# mine\n" in file.read_text("utf-8")


def test_the_language_is_that_of_the_page_at_once_unless_something_goes_first(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, seen = led("space")
    assert (context.lang, read_config(file).lang) == ("nl", "nl")
    assert "Instellingen" in seen[-1]
    assert "Bewaard." in seen[-1]
    monkeypatch.setenv("PSOAS_LANG", "nl")
    context, seen = led("space", size="120x40")
    assert (context.lang, read_config(file).lang) == ("nl", "en")
    assert "PSOAS_LANG is ingesteld, en gaat voor." in seen[-1]


def test_a_language_that_is_chosen_here_takes_the_place_of_the_one_asked_for(file: Path) -> None:
    assert led("space", lang="nl")[0].lang == "en"
    assert read_config(file).lang == "en"


def test_a_theme_is_seen_at_once() -> None:
    terminal = Terminal(80, 24)
    edit_settings(
        Keys(terminal, (80, 24), at("theme", "left")), terminal.screen, Context(), TEMPLATE
    )  # night, the last one
    grounds = {cell.bg for line in terminal.emulated.buffer.values() for cell in line.values()}
    assert grounds <= {"black", "000000"}, "a style keeps the codes of the first terminal it was written for"


def test_the_volume_set_here_is_that_of_the_next_practice(file: Path) -> None:
    state.remember_volume(paths.state_file(), 40)
    file.write_text("volume: 90\n", "utf-8")
    context, seen = led(*at("volume", "right"))
    assert "‹ 45 ›" in seen[-1]  # noqa: RUF001 - as it is seen
    assert (context.config.volume, state.volume(paths.state_file())) == (45, 45)
    assert file.read_text("utf-8") == "volume: 45\n"


def test_a_volume_is_heard_as_soon_as_it_is_chosen(sounds: Sounds) -> None:
    led(*at("volume", "right", "right", "down", "right"))
    assert sounds.heard == [("deep-bowl", 75), ("deep-bowl", 80), ("silence", 0)]


def test_a_scale_ends_and_a_choice_begins_again() -> None:
    assert led(*at("volume", *["right"] * 9))[0].config.volume == 100
    assert led(*at("numbers", "right", "right"))[0].config.numbers is True
    assert led(*at("lead-in", "left"))[0].config.lead_in is None


def test_a_caution_says_how_many_poses_change_and_which() -> None:
    knees, sciatica = (
        " ".join(line[77:].strip() for line in led(*at(each), size="120x40")[1][-1].splitlines())
        for each in ("knees", "sciatica")
    )
    assert "2 in another form, 8 replaced, of the 26 poses." in knees
    assert "Supported bridge instead of" in knees
    assert "3 of the 26 poses in another form." in sciatica


def test_cautions_are_listed_one_by_one(file: Path) -> None:
    led(*at("knees", "space"))
    led(*at("neck", "enter"))
    assert read_config(file).care == ("knees", "neck")
    led(*at("knees", "left"))
    led(*at("neck", "right"))
    assert read_config(file) == Config()


def test_a_voice_is_chosen_among_those_there_are(file: Path) -> None:
    file.write_text("voice: {nl: anna}\n", "utf-8")
    led(*at("voice", "right", "right"))
    assert file.read_text("utf-8") == "voice: {en: heart, nl: anna}\n"
    led(*at("voice", "left"))
    assert file.read_text("utf-8") == "voice: {en: none, nl: anna}\n"
    led(*at("voice", "left"))
    assert file.read_text("utf-8") == "voice: {nl: anna}\n"


def test_the_voice_is_switched_off_and_on_for_one_language_alone(file: Path) -> None:
    file.write_text("voice: on  # spoken\n", "utf-8")
    led(*at("voice", "right"))
    assert file.read_text("utf-8") == "voice: {en: none}  # spoken\n"
    led(*at("voice", "left"))
    assert read_config(file) == Config()
    led(*at("voice", "right"))
    assert file.read_text("utf-8") == "voice: {en: none}  # spoken\n"
    file.write_text("voice: off\n", "utf-8")
    led(*at("voice", "left"))
    assert file.read_text("utf-8") == "voice: {nl: none}\n"
    led(*at("voice", "right"))
    assert file.read_text("utf-8") == "voice: {en: none, nl: none}\n"


def test_poses_are_left_out_on_a_page_of_their_own(file: Path) -> None:
    _, seen = led(*at("avoid", "enter", "end", "space", "up", "up", "space", "q"))
    assert "Poses left out" in seen[-4]
    assert "It usually becomes" in seen[-3]
    assert len(read_config(file).avoid) == 2
    assert "Poses left out: resting on" in seen[-1]
    led(*at("avoid", "enter", "end", "space", "up", "up", "space"))
    assert read_config(file).avoid == ()


def test_the_poses_are_listed_even_if_ones_own_have_problems(file: Path) -> None:
    own = file.parent / "sequences" / "poses.yaml"
    own.parent.mkdir()
    own.write_text("log: [\n", "utf-8")
    led(*at("avoid", "enter", "end", "space"))
    assert read_config(file).avoid == ("side-rest",)


def test_a_file_with_problems_is_not_touched_and_the_page_says_where(file: Path) -> None:
    content = "# mine\nvolume: loud\ncare: [knees]\n"
    file.write_text(content, "utf-8")
    context, seen = led(*at("neck", "space"))
    assert file.read_text("utf-8") == content
    assert context.config.care == ("knees",)
    assert "Nothing is written; this page says why." in seen[-1]
    said = "".join(line[45:].strip() for line in seen[-1].splitlines())
    assert "config.yaml:2:1:" in said
    assert "psoasconfig--edit" in said.replace(" ", "")


def test_no_editor_is_named_for_what_it_cannot_open(file: Path) -> None:
    file.mkdir()
    seen = led(*at("theme", "right"))[1][-1]
    assert "is a folder" in seen
    assert "--edit" not in seen


def test_no_file_is_made_beside_one_that_only_has_another_name(file: Path) -> None:
    file.with_name("config.yaml.txt").write_text("care: [knees]\n", "utf-8")
    _, seen = led(*at("theme", "right"))
    assert not file.exists()
    assert "config.yaml.txt is not read" in seen[-1]


def test_what_was_edited_meanwhile_stays(file: Path) -> None:
    file.write_text("care: [knees]\n", "utf-8")

    class Edited(Keys):
        def events(self, timeout: float | None) -> list[str]:
            if timeout is None and self.pressed == ["space"]:
                file.write_text("lang: en\ncare: [eyes]  # since today\n", "utf-8")
            return super().events(timeout)

    terminal = Terminal(80, 24)
    edit_settings(Edited(terminal, (80, 24), at("neck", "space")), terminal.screen, Context(), TEMPLATE)
    assert file.read_text("utf-8") == "lang: en\ncare: [eyes, neck]  # since today\n"


def test_what_another_psoas_set_meanwhile_is_as_good_as_set_here(file: Path) -> None:
    content = "care:\n  # the left one\n  - knees\n  - eyes\n"

    class Elsewhere(Keys):
        def events(self, timeout: float | None) -> list[str]:
            if timeout is None and self.pressed == ["space"]:
                file.write_text(content, "utf-8")
            return super().events(timeout)

    terminal = Terminal(80, 24)
    keys = Elsewhere(terminal, (80, 24), at("knees", "space"))
    context = edit_settings(keys, terminal.screen, Context(), TEMPLATE)
    assert "Kept." in keys.seen[-1]
    assert context.config.care == ("knees", "eyes")
    assert file.read_text("utf-8") == content


NAMES = ("up", "down", "left", "right", "space", "enter", "pageup", "pagedown", "home", "end", "esc", "?", "j", "x")
FILES = (
    *("", TEMPLATE, "# mine\nlang: nl", "care:\n  - knees # left\n  - eyes\r\n", "{volume: 60, care: [knees]}"),
    *("volume: loud\n", "numbers: &a off\ncheck-in: *a\n", "voice: {en: heart, rate: 90}\nbed: {level: -30}\n"),
    'hooks:\n  start: [a, b]  # left\n  stop-begins: "x"\nlang: nl # mine\n',
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.sampled_from(FILES), st.lists(st.sampled_from(NAMES), max_size=12))
def test_whatever_is_pressed_the_file_can_be_read_and_keeps_its_comments(
    file: Path, content: str, pressed: list[str]
) -> None:
    file.write_bytes(content.encode())
    is_good = content != FILES[5]
    context, _ = led(*pressed, size="40x12")
    after = file.read_bytes().decode()
    assert all(mark in after for mark in ("# mine", "# left") if mark in content)
    if is_good:
        assert read_config(file) == context.config
    else:
        assert after == content


def test_every_caution_has_a_row() -> None:
    assert set(CAUTIONS) <= set(ROWS)
