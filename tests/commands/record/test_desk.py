"""The desk: how a person is led from text to text, and what is on the disk at each moment."""

from __future__ import annotations

import errno
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audio.speech import babble, click
from tests.commands.record.booth import TEXTS, Session, opened

from psoas_cli.audio.loudness import integrated, peak_of
from psoas_cli.audio.samples import RATE, frames_of
from psoas_cli.audio.tts import pack as packs
from psoas_cli.audio.tts.pack import read_pack
from psoas_cli.commands.record import own_pack
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.atomic import keep
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def takes(folder: Path) -> int:
    """How many takes are on the disk that nobody has decided about."""
    return len(list(folder.glob("anna/takes/*")))


# -- one text


def test_the_word_to_speak_comes_only_once_the_microphone_hears_and_after_a_count(tmp_path: Path) -> None:
    booth = Session(tmp_path)
    booth.wait(1.4)
    booth.press("enter")
    assert "being opened" in booth.said
    booth.ear.state = "on"
    booth.wait(1.0)
    assert "How quiet is the room?" in booth.said
    booth.wait(1.6)
    assert "Come onto your back." in booth.said
    booth.press("enter")
    seen = []
    for _ in range(64):
        if booth.shown.sign not in seen:
            seen.append(booth.shown.sign)
        booth.wait(0.05)
    assert seen == ["3", "2", "1", "Speak"]
    assert booth.played.signs == pytest.approx([booth.now - 0.7], abs=0.06)  # half a second before the word


def test_a_take_is_played_and_kept_as_loud_as_the_set(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak(1.5, level=-30)
    assert booth.shown.sign == "Keep it?"
    assert "words a minute" in booth.said
    assert takes(tmp_path) == 1
    booth.press("enter")
    pack = read_pack(tmp_path / "anna")
    pack.check()
    clip = pack.clip(TEXTS[0])
    assert clip is not None
    assert clip.decoded() == booth.played.clips[0]
    assert integrated(clip.decoded()) == pytest.approx(-20, abs=1)
    assert 1.5 <= clip.seconds < 2.0
    assert takes(tmp_path) == 0
    assert booth.desk.text == TEXTS[1]


def test_only_keys_that_do_something_are_offered_and_the_way_out_is_among_the_first(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    assert booth.shown.hints[:2] == ("Enter begin", "q later")
    assert not {"p back", "b hear the one before", "r hear it"} & set(booth.shown.hints)
    booth.speak()
    booth.press("enter")
    assert {"p back", "b hear the one before"} <= set(booth.shown.hints)
    booth.press("p")
    assert "r hear it" in booth.shown.hints  # it is recorded
    booth.press("r")
    assert len(booth.played.clips) == 2


@pytest.mark.parametrize("before_key", [0.16, 0.1, 0.04])
def test_the_click_of_the_key_that_ends_a_take_is_not_in_it(tmp_path: Path, before_key: float) -> None:
    booth = Session(tmp_path).open()
    booth.begin()
    booth.sound(babble(1.0), 0.3)
    booth.sound(click(-20.0), 0.3 + 1.0 + 0.25 - before_key)
    booth.wait(0.3 + 1.0 + 0.25)
    booth.press("enter")
    clip = booth.played.clips[0]
    assert peak_of(clip[-frames_of(0.03) :]) < 0.05 * peak_of(clip)


def test_the_beginning_is_not_lost_if_one_speaks_with_the_sign(tmp_path: Path) -> None:
    booth = Session(tmp_path, level=-85).open()
    booth.press("enter")
    booth.sound(babble(1.0), 2.95)
    booth.wait(4.6)
    booth.press("enter")
    assert len(booth.played.clips[0]) / RATE == pytest.approx(1.0 + 0.18, abs=0.06)


def test_what_cannot_be_used_is_said_and_not_kept(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.begin()
    booth.wait(1.0)
    booth.press("enter")
    assert "Nothing was heard" in booth.said
    booth.speak(1.0, level=12)
    assert "louder than the microphone can take" in booth.said
    assert not list(tmp_path.rglob("*.wav"))
    booth.speak()
    assert booth.shown.sign == "Keep it?"


def test_an_end_that_is_cut_off_is_noticed(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.begin()
    booth.sound(babble(1.0), 0.3)
    booth.wait(1.2)
    booth.press("enter")
    assert "Its end may be missing" in booth.said


def test_a_take_that_is_longer_than_its_move_says_by_how_much(tmp_path: Path) -> None:
    timeline = compile_sequence(Library("en").sequence("yin-short"))
    text = "Child's pose."
    booth = Session(tmp_path, [text], timelines=[timeline]).open()
    allowed = booth.desk.allowed
    assert allowed is not None
    booth.speak(math.ceil(allowed) + 3)
    assert "4 s longer than its move" in booth.said
    booth.press("a")
    booth.wait(3.1)
    booth.sound(babble(1.0), 0.3)
    booth.wait(1.8)
    booth.press("enter")
    assert "words a minute" in booth.said
    assert "longer than" not in booth.said


def test_nobody_has_to_end_a_take_that_nobody_ends(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.begin()
    booth.sound(babble(1.0), 0.3)
    booth.desk.tick(booth.now + 119)
    assert booth.shown.sign == "Speak"
    booth.desk.tick(booth.now + 121)
    assert booth.said.startswith("1 of 3 · 3 to go")
    assert "One moment" in booth.said


# -- from text to text


def test_again_deletes_the_take_and_skip_leaves_the_text_for_later(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak()
    booth.press("a")
    assert (booth.desk.phase, takes(tmp_path)) == ("countdown", 0)
    booth.press("esc", "s")
    assert booth.desk.text == TEXTS[1]
    booth.speak()
    booth.press("enter")
    booth.speak()
    booth.press("enter")
    assert booth.shown.text == "Texts for later: 1."
    booth.press("enter")
    assert booth.desk.text == TEXTS[0]


def test_one_goes_back_to_record_a_text_anew(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak(1.0)
    booth.press("enter", "p")
    assert booth.desk.text == TEXTS[0]
    assert "This one is recorded" in booth.said
    booth.press("r")
    assert booth.played.clips[-1] == booth.played.clips[0]
    booth.speak(2.0)
    booth.press("enter")
    clip = read_pack(tmp_path / "anna").clip(TEXTS[0])
    assert clip is not None
    assert clip.seconds > 2


def test_the_text_before_is_shown_and_heard(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    assert booth.shown.before == ""
    booth.press("b")
    booth.speak()
    booth.press("enter")
    assert booth.shown.before == f"Before: {TEXTS[0]}"
    booth.press("b")
    assert [*map(len, booth.played.clips)] == [len(booth.played.clips[0])] * 2


def test_all_that_is_recorded_is_a_pack_and_the_end(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    for _ in TEXTS:
        booth.speak()
        booth.press("enter")
    assert booth.shown.text == "Everything is recorded."
    booth.press("enter")
    assert booth.desk.phase == "left"
    pack = read_pack(tmp_path / "anna")
    pack.check()
    assert [entry.text for entry in pack.entries.values()] == list(TEXTS)
    words, seconds = sum(len(text.split()) for text in TEXTS), sum(map(len, booth.played.clips)) / RATE
    assert pack.about.pace == pytest.approx(words * 60 / seconds, abs=1)


# -- what can go wrong


def test_one_goes_on_where_one_left_off_even_with_a_take_that_was_not_kept(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak()
    booth.press("enter")
    booth.speak()  # and the power fails
    again = Session(tmp_path).open()
    assert (again.desk.text, again.shown.sign) == (TEXTS[1], "Keep it?")
    assert "Still here from the last time." in again.said
    assert again.played.clips == booth.played.clips[-1:]
    again.press("enter")
    assert takes(tmp_path) == 0
    assert opened(tmp_path).recorded(TEXTS[1]) == booth.played.clips[-1]


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    booth = Session(tmp_path).open()
    booth.speak()
    booth.press("enter")
    booth.speak()
    count = 0

    def full(path: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if count == fails_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        keep(path, content)

    for module in (own_pack, packs):
        monkeypatch.setattr(module, "keep", full)
    booth.press("enter")
    assert "could not be saved: No space left on device" in booth.said
    read_pack(tmp_path / "anna").check()
    assert takes(tmp_path) == 1
    booth.press("enter")
    assert booth.desk.text == TEXTS[2]
    read_pack(tmp_path / "anna").check()


def test_a_take_stays_if_it_cannot_be_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    booth = Session(tmp_path).open()

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(own_pack, "keep", full)
        booth.speak()
    assert "could not be saved" in booth.said
    booth.press("enter")
    assert booth.desk.text == TEXTS[1]
    assert opened(tmp_path).has(TEXTS[0])


def test_a_microphone_that_vanishes_while_one_speaks_can_come_back(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak()
    booth.press("enter")
    booth.begin()
    booth.wait(0.5)
    booth.ear.state = "lost"
    booth.wait(0.1)
    assert "The microphone has gone" in booth.said
    booth.press("enter")
    assert booth.ear.starts == 1
    booth.open()
    assert (booth.desk.phase, booth.desk.text) == ("ready", TEXTS[1])
    booth.speak()
    assert booth.shown.sign == "Keep it?"


def test_a_microphone_that_vanishes_while_one_decides_takes_nothing_along(tmp_path: Path) -> None:
    booth = Session(tmp_path).open()
    booth.speak()
    booth.ear.state = "lost"
    booth.wait(1.0)
    booth.press("enter")
    assert booth.desk.text == TEXTS[1]
    booth.press("enter")
    assert "The microphone has gone" in booth.said


@pytest.mark.parametrize(
    ("platform", "where"),
    [
        ("darwin", "Privacy & Security, Microphone"),
        ("win32", "Privacy & security, Microphone"),
        ("linux", "pavucontrol"),
    ],
)
def test_a_system_without_a_microphone_says_where_it_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, where: str
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    booth = Session(tmp_path)
    booth.ear.state = "refused"
    booth.wait(0.1)
    assert "No microphone answers" in booth.said
    assert where in booth.said
    booth.press("enter")
    assert (booth.desk.phase, booth.ear.starts) == ("opening", 1)


def test_a_room_that_is_too_loud_is_said_and_measured_again(tmp_path: Path) -> None:
    booth = Session(tmp_path, level=-38).open()
    assert "The room is too loud" in booth.said
    booth.press("a")
    booth.wait(2.6)
    assert "The room is too loud" in booth.said
    booth.press("enter")
    booth.speak(1.0, level=-12)
    assert "quieter than your voice" in booth.said


def test_a_microphone_that_gives_nothing_but_zeros_is_noticed(tmp_path: Path) -> None:
    booth = Session(tmp_path, level=-200).open()
    assert "Nothing at all comes from the microphone" in booth.said
    booth.press("enter")
    booth.speak()
    assert booth.shown.sign == "Keep it?"


KEYS = ["enter", "space", "a", "s", "p", "left", "b", "r", "esc", "stopped", "x", "wait", "speak", "lost", "found"]


@settings(max_examples=25)
@given(keys=st.lists(st.sampled_from(KEYS), max_size=25), lang=st.sampled_from(LANGS))
def test_any_keys_in_any_order_lead_somewhere_and_leave_a_whole_pack(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str], lang: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    booth = Session(folder, lang="nl" if lang == "nl" else "en").open()
    for key in keys:
        match key:
            case "wait":
                booth.wait(3.1)
            case "speak":
                booth.sound(babble(0.5)) if booth.ear.state == "on" else None
                booth.wait(1.0)
            case "lost":
                booth.ear.state = "lost"
                booth.wait(0.1)
            case "found":
                booth.ear.state = "on"
                booth.wait(2.6)
            case _:
                booth.press(key)
        assert booth.desk.phase == "left" or (booth.shown.hints and booth.shown.text)
    kept = [text for text in TEXTS if booth.pack.has(text)]
    assert sorted(kept) == sorted(text for text in TEXTS if opened(folder).has(text))
    assert takes(folder) <= len(TEXTS)
    if kept:
        read_pack(folder / "anna").check()
