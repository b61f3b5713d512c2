"""The voices: what is listed, what is heard, and what is said where nothing can be."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.packs import ANNA, pack_at
from tests.audio.programs import Programs, aiff, tone

from psoas_cli.audio import sink
from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.tts import engines, speaker
from psoas_cli.commands.voices import audition
from psoas_cli.main import run
from psoas_cli.player import playback
from psoas_cli.player.narrator import SAMPLE
from psoas_cli.practice.model.text import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psoas_cli.audio.clip import Clip
    from psoas_cli.audio.samples import Samples

ON_MACOS = """\
Albert              en_US    # Hello! My name is Albert.
Samantha            en_US    # Hello! My name is Samantha.
Thomas              fr_FR    # Bonjour ! Mon nom est Thomas.
Xander              nl_NL    # Hallo! Mijn naam is Xander.
"""


@pytest.fixture(autouse=True)
def _no_built_in_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the system's voices, unless a test says so."""
    monkeypatch.setattr(speaker, "_built_in", lambda: tmp_path / "nothing")


class Heard:
    """A player that writes down what is spoken; its time passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.state = "on"
        self.clips: list[Samples] = []
        self.until = 0.0
        self.closed = False

    def __call__(self, *, volume: int) -> Heard:
        assert volume == 70
        return self

    def start(self) -> None:
        """It is on."""

    def close(self) -> None:
        self.closed = True

    def speech(self, clip: Clip, at: float) -> None:
        assert at >= self.now + 0.3, "a device needs it a little ahead"
        assert self.until <= self.now, "the one before still speaks"
        self.clips.append(clip.decoded())
        self.until = at + clip.seconds

    def sounding_until(self) -> float:
        return self.until

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(sink, "Sink", heard)
    for module in (playback, audition):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: heard.now, sleep=heard.sleep))
    return heard


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    programs = Programs(tmp_path / "bin", monkeypatch)
    programs.add("espeak-ng")
    return programs


@pytest.fixture
def macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    programs = Programs(tmp_path / "bin", monkeypatch, "darwin")
    programs.add("say", aiff(tone(1.0)), prints=ON_MACOS)
    return programs


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command prints, that does what it is asked for."""

    def printed(*arguments: str) -> str:
        assert run(["voices", *arguments]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return printed


def said_by(programs: Programs, name: str) -> list[tuple[str, str]]:
    """The voices that were asked to speak, and their lines."""
    return [
        (call.arguments[call.arguments.index("-v") + 1], call.stdin.strip())
        for call in programs.calls(name)
        if call.stdin
    ]


def test_the_best_of_each_language_is_heard(macos: Programs, heard: Heard, printed: Callable[..., str]) -> None:
    lines = printed().splitlines()
    assert lines[:3] == [
        "English  say:Samantha  speaks in a practice",
        "         say:Albert",
        "Dutch    say:Xander    speaks in a practice",
    ]
    assert lines[-2:] == [
        "say:Samantha: Lie down whenever you like. Less is always possible.",
        "say:Xander: Ga liggen wanneer je wilt. Minder mag altijd.",
    ]
    assert [voice for voice, _ in said_by(macos, "say")] == ["Samantha", "Xander"]
    assert [round(integrated(clip)) for clip in heard.clips] == [-20, -20]
    assert heard.closed


def test_all_of_them_are_heard_where_that_is_asked_for(
    macos: Programs, heard: Heard, printed: Callable[..., str]
) -> None:
    printed("--all", "--rate", "110")
    assert [voice for voice, _ in said_by(macos, "say")] == ["Samantha", "Albert", "Xander"]
    assert len(heard.clips) == 3
    assert "110" in macos.calls("say")[-1].arguments


def test_what_does_not_speak_by_itself_is_heard_and_said_to_be_so(
    linux: Programs, heard: Heard, printed: Callable[..., str]
) -> None:
    out = printed("-l", "nl")
    assert "Nederlands  espeak-ng  alleen als je erom vraagt: lastig te verstaan" in out
    assert [voice for voice, _ in said_by(linux, "espeak-ng")] == ["en", "nl"]
    assert len(heard.clips) == 2


def test_the_settings_choose_what_speaks(
    linux: Programs, heard: Heard, printed: Callable[..., str], home: Path
) -> None:
    linux.add("piper")
    (home / "voices").mkdir()
    for name in ("nl.onnx", "nl.onnx.json"):
        (home / "voices" / name).write_text("{}")
    (home / "config.yaml").write_text("voice: {nl: voices/nl.onnx, en: none, rate: 100}\n")
    out = printed()
    assert f"Dutch    piper:{home / 'voices' / 'nl.onnx'}  speaks in a practice" in out
    assert linux.calls("piper")[0].arguments[:2] == ["--model", str(home / "voices" / "nl.onnx")]
    assert len(heard.clips) == 2


def test_the_voice_of_mbrola_is_listed_where_it_is(
    linux: Programs, printed: Callable[..., str], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linux.add("espeak-ng", prints="7  nl  --/M  dutch-mbrola-2  mb/mb-nl2\n")
    linux.add("mbrola")
    monkeypatch.setattr(engines, "MBROLA_DATA", home)
    out = printed("--mute")
    assert "Dutch    mb-nl2     only on request; hard to understand\n         espeak-ng" in out
    assert "sudo apt" not in out


def test_what_the_settings_name_and_is_not_there_is_told_and_the_rest_all_the_same(
    linux: Programs, printed: Callable[..., str], home: Path
) -> None:
    (home / "config.yaml").write_text("voice: {nl: Xander}\n")
    out = printed("--mute")
    assert 'there is no voice "Xander" here' in out
    assert "English  espeak-ng" in out
    assert linux.calls("espeak-ng") == []


def test_without_any_voice_there_is_a_way_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: Heard, printed: Callable[..., str]
) -> None:
    Programs(tmp_path / "bin", monkeypatch)
    out = printed()
    assert "Dutch    -  no voice found" in out
    assert "\n  psoas voices --get en\n  psoas voices --get nl\n" in out
    assert "\n  sudo apt install mbrola mbrola-nl2 espeak-ng\n" in out
    assert heard.clips == []


def test_who_has_a_natural_voice_is_not_sent_for_another(
    linux: Programs, printed: Callable[..., str], home: Path
) -> None:
    for lang in LANGS:
        pack_at(home / "voices" / lang, ANNA._replace(id=lang, lang=lang), (SAMPLE.said(lang),))
    out = printed("--mute")
    assert "--get" not in out
    assert "sudo apt" not in out
    assert linux.calls("espeak-ng") == []


@pytest.mark.parametrize(("platform", "where"), [("darwin", "Spoken Content"), ("win32", "Speech, Add voices")])
def test_where_the_system_has_more_voices_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: Callable[..., str], platform: str, where: str
) -> None:
    Programs(tmp_path / "bin", monkeypatch, platform)
    assert where in printed("--mute")


def test_for_programs_nothing_is_heard(macos: Programs, heard: Heard, printed: Callable[..., str]) -> None:
    told: dict[str, Any] = json.loads(printed("--json"))
    assert told["rate"] == 125
    assert told["voices"][2] == {
        "lang": "nl", "engine": "say", "name": "Xander", "written": "say:Xander", "speaks": True,
    }  # fmt: skip
    assert [voice["speaks"] for voice in told["voices"]] == [True, False, True]
    assert said_by(macos, "say") == []
    assert heard.clips == []


def test_over_ssh_they_are_listed_and_a_line_says_why_it_is_silent(
    linux: Programs, heard: Heard, printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    out = printed()
    assert "English  espeak-ng" in out
    assert out.splitlines()[-1] == "Sound is off over SSH; --sound turns it on"
    assert heard.clips == []
    printed("--sound")
    assert len(heard.clips) == 2
    assert len(linux.calls("espeak-ng")) == 2


@pytest.mark.parametrize("silent", ["--mute", "PSOAS_MUTE"])
def test_where_it_is_muted_nothing_is_spoken(
    linux: Programs, heard: Heard, printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch, silent: str
) -> None:
    if silent == "PSOAS_MUTE":
        monkeypatch.setenv(silent, "1")
    printed(*([silent] if silent.startswith("--") else []))
    assert linux.calls("espeak-ng") == []
    assert heard.clips == []


def test_without_a_device_they_are_listed_all_the_same(
    linux: Programs, heard: Heard, printed: Callable[..., str]
) -> None:
    heard.state = "lost"
    out = printed("-l", "nl")
    assert "Engels      espeak-ng" in out
    assert out.splitlines()[-1] == "Er is geen geluidsapparaat, dus er klinkt niets."
    assert heard.closed
    assert linux.calls("espeak-ng") == []


def test_a_voice_that_fails_is_told_and_the_next_is_heard(
    macos: Programs, heard: Heard, printed: Callable[..., str]
) -> None:
    macos.add("say", prints=ON_MACOS, code=1, complaint="no such voice")
    out = printed()
    assert out.count("no such voice") == 2
    assert heard.clips == []


@pytest.mark.parametrize("rate", ["59", "301", "fast"])
def test_a_rate_that_nobody_follows_is_wrong_usage(rate: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voices", "--rate", rate]) == 2
    assert "--rate" in capsys.readouterr().err
