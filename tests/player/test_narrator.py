"""What a practice is told with: a voice, recordings, or words on the screen and one line that says so."""

from pathlib import Path

import pytest
from tests.audio.programs import Programs, tone, wav

from psoas_cli.audio.tts import speaker
from psoas_cli.errors import PsoasError
from psoas_cli.player.grounding import OPENING
from psoas_cli.player.narrator import NO_VOICE, UNSAID, VOICE_TO_COME, Narrator, VoiceWishes, spoken
from psoas_cli.practice.model.verbosity_texts import ANNOUNCED
from psoas_cli.practice.score.speech import Words
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.config import VoiceSettings
from psoas_cli.storage.library import Library

PRACTICE = """
title: T
language: en
lead-in: 15s
steps:
  - name: Lying
    hold: 1m
    say: [{at: 20s, text: Something}, {at: 30s, audio: own.wav}, {at: 32s, text: Else}]
"""
OFF, UNSET = VoiceSettings(on=False), VoiceSettings()
SPOKEN, UNSPOKEN = VoiceWishes("best"), VoiceWishes("none")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(speaker, "_built_in", lambda: tmp_path / "voices")
    return Programs(tmp_path / "bin", monkeypatch)


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    (tmp_path / "t.yaml").write_text(PRACTICE, "utf-8")
    (tmp_path / "own.wav").write_bytes(wav(tone(1.5)))
    return compile_sequence(Library("en").sequence(str(tmp_path / "t.yaml")))


def said(told: Narrator, timeline: Timeline) -> list[str]:
    return [each.words.text or "(recorded)" for each in told.narration.speech(timeline).utterances]


@pytest.mark.usefixtures("programs")
def test_without_a_voice_one_line_says_so_and_recordings_are_heard(timeline: Timeline) -> None:
    told = spoken(timeline, "nl", UNSET, SPOKEN)
    assert told.notes == (NO_VOICE.nl,)
    assert (said(told, timeline), told.voice) == (["(recorded)"], "")


@pytest.mark.usefixtures("programs")
def test_a_voice_that_is_not_there_is_named_and_the_practice_goes_on(timeline: Timeline) -> None:
    told = spoken(timeline, "en", VoiceSettings(en="Xander"), VoiceWishes())
    assert told.notes == ('There is no voice "Xander" here. The words are only shown.',)


def test_a_hard_voice_speaks_only_where_that_is_asked_for(programs: Programs, timeline: Timeline) -> None:
    programs.add("espeak-ng")
    assert said(spoken(timeline, "en", UNSET, VoiceWishes()), timeline) == ["(recorded)"]
    told = spoken(timeline, "en", UNSET, SPOKEN)
    assert (said(told, timeline), told.voice) == (["Lying.", "Something", "(recorded)", "Else"], "espeak-ng")
    assert told.notes == ()


def test_what_a_person_asks_for_on_the_way_can_be_spoken_too(programs: Programs, timeline: Timeline) -> None:
    programs.add("espeak-ng")
    asked = [Words(text.en) for text in (OPENING, ANNOUNCED["none"])]
    told = spoken(timeline, "en", UNSET, SPOKEN).narration
    assert all(told.seconds(words) for words in asked)
    in_a_file = spoken(timeline, "en", UNSET, SPOKEN, fixed=True).narration
    assert not any(in_a_file.seconds(words) for words in asked)


def test_a_screen_reader_hears_once_that_a_voice_is_made_ready(
    programs: Programs, timeline: Timeline, capsys: pytest.CaptureFixture[str]
) -> None:
    programs.add("espeak-ng")
    for _ in range(2):  # the second time it is kept
        told = spoken(timeline, "nl", UNSET, SPOKEN, plain=True)
        for each in told.narration.speech(timeline).utterances:
            told.narration.clip(each.words).decoded()
    assert capsys.readouterr().err == VOICE_TO_COME.nl + "\n"


@pytest.mark.parametrize(("settings", "wishes"), [(UNSET, UNSPOKEN), (OFF, VoiceWishes())])
def test_where_no_voice_is_wanted_recordings_are_heard(
    programs: Programs, timeline: Timeline, settings: VoiceSettings, wishes: VoiceWishes
) -> None:
    programs.add("espeak-ng")
    told = spoken(timeline, "en", settings, wishes)
    assert (said(told, timeline), told.notes) == (["(recorded)"], ())
    assert programs.calls("espeak-ng") == []


@pytest.mark.usefixtures("programs")
def test_a_recording_that_is_too_long_is_counted_in_a_line(tmp_path: Path, timeline: Timeline) -> None:
    (tmp_path / "own.wav").write_bytes(wav(tone(2.5)))
    told = spoken(timeline, "en", UNSET, VoiceWishes())
    assert (said(told, timeline), told.notes[-1]) == ([], UNSAID.filled(count=1).en)


@pytest.mark.usefixtures("programs")
def test_a_recording_that_cannot_be_read_is_told_before_the_practice(tmp_path: Path, timeline: Timeline) -> None:
    (tmp_path / "own.wav").write_bytes(b"no sound at all")
    with pytest.raises(PsoasError, match=r"own\.wav"):
        spoken(timeline, "en", UNSET, VoiceWishes())


def test_what_a_voice_cannot_speak_is_counted_with_the_reason(programs: Programs, timeline: Timeline) -> None:
    programs.add("espeak-ng", code=1, complaint="broken")
    told = spoken(timeline, "en", UNSET, SPOKEN)
    assert said(told, timeline) == ["(recorded)"]
    assert len(told.notes) == 1
    assert "broken" in told.notes[0]
