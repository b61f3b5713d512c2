"""`psoas doctor`: a line for each thing, what to do about it, and the exit code; `--audio` with it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.packs import ANNA, pack_at
from tests.audio.programs import Programs
from tests.buses import bus  # noqa: F401 - a fixture
from tests.storage.test_journal import ENTRY
from tests.systems import BUS

from psoas_cli.audio.silent_sink import SilentSink
from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
from psoas_cli.audio.simpleaudio.simple_stream import SimpleStream
from psoas_cli.audio.sink import Sink
from psoas_cli.audio.tts import speaker
from psoas_cli.commands.doctor import button_findings, findings, sound_findings
from psoas_cli.main import run
from psoas_cli.player.narrator import SAMPLE
from psoas_cli.player.session_bus import SessionBus
from psoas_cli.practice.model.text import LANGS, Text
from psoas_cli.storage.journal import VERSION, Journal

if TYPE_CHECKING:
    from pathlib import Path

HEARD = findings.Finding("sound", Text("Sound", "Geluid"), (Text("heard", "gehoord"),))

Doctor = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "PSOAS_LANG", "PSOAS_MUTE", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Runs it with options; the exit code, and what was printed."""

    def ran(*options: str) -> tuple[int, str]:
        code = run(["doctor", *options])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out

    return ran


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the doctor wants to know about the sound; the answer is that it is heard."""
    asked: list[dict[str, Any]] = []

    def sound(audio: str, volume: int | None, **how: bool) -> findings.Finding:
        asked.append({"audio": audio, "volume": volume, **how})
        return HEARD

    monkeypatch.setattr(sound_findings, "sound", sound)
    return asked


def test_each_thing_has_its_line_in_both_languages(doctor: Doctor, asked: list[dict[str, Any]]) -> None:
    code, out = doctor()
    assert code == 0
    for line in ("Terminal ", "Sound  ", "Voice  ", "Media keys ", "Keep awake ", "Folders ", "Journal ", "Settings "):
        assert f"\n{line}" in f"\n{out}"
    code, out = doctor("-l", "nl")
    assert "Wakker blijven" in out
    assert "gehoord" in out
    assert asked == [{"audio": "miniaudio", "volume": None, "ring": True, "over_ssh": False}] * 2


def test_the_same_for_programs(doctor: Doctor, asked: list[dict[str, Any]], home: Path) -> None:
    assert asked == []
    found = {check["id"]: check for check in json.loads(doctor("--json")[1])["checks"]}
    assert list(found) == ["terminal", "sound", "voice", "media-keys", "awake", "folders", "journal", "config"]
    assert found["sound"] == {"id": "sound", "ok": True, "text": "heard", "advice": None}
    assert found["folders"]["data"] == {"path": str(home), "exists": True, "writable": True}


@pytest.mark.parametrize(
    ("system", "setting", "said", "speak", "advised"),
    [
        ("linux", "", "English: none (espeak-ng only on request); Dutch: none", (None, None), True),
        ("linux", "voice: on", "English: espeak-ng; Dutch: espeak-ng", ("espeak-ng", "espeak-ng"), False),
        ("linux", "voice: off", "off in the settings", (None, None), False),
        ("linux", "voice: {en: espeak-ng, nl: none}", "English: espeak-ng; Dutch: none", ("espeak-ng", None), False),
        ("linux", "voice: {nl: Xander}", 'Dutch: there is no voice "Xander" here', (None, None), True),
        ("darwin", "voice: {rate: 110}", "English: none (espeak-ng", (None, "say:Xander"), True),
    ],
)
def test_which_voice_would_speak_each_language(
    doctor: Doctor,
    asked: list[dict[str, Any]],
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    system: str,
    setting: str,
    said: str,
    speak: tuple[str | None, str | None],
    advised: bool,
) -> None:
    monkeypatch.setattr(speaker, "_built_in", lambda: home / "nothing")
    programs = Programs(home / "bin", monkeypatch, system)
    programs.add("espeak-ng")
    programs.add("say", prints="Xander              nl_NL    # Hallo! Mijn naam is Xander.\n")
    (home / "config.yaml").write_text(f"{setting}\n")
    code, out = doctor("--json")
    found = {check["id"]: check for check in json.loads(out)["checks"]}["voice"]
    assert (code, len(asked)) == (0, 1)
    assert said in found["text"]
    assert (found["en"], found["nl"]) == speak
    assert found["rate"] == (110 if "110" in setting else 125)
    assert (found["advice"] is not None) == advised != found["ok"]


def test_a_language_without_a_voice_gets_the_one_command_for_one(
    doctor: Doctor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "_built_in", lambda: home / "built-in")
    Programs(home / "bin", monkeypatch)
    pack_at(home / "built-in" / "heart", ANNA._replace(id="heart", lang="en"), (SAMPLE.en,))
    _, out = doctor()
    assert "English: heart; Dutch: none" in out
    assert "psoas voices --get nl downloads one for Dutch" in " ".join(out.split())
    pack_at(home / "voices" / "anna", texts=(SAMPLE.nl,))
    assert "English: heart; Dutch: anna" in doctor()[1]
    assert "--get" not in doctor()[1]


def test_a_pack_that_cannot_be_used_is_told_beside_the_voice_that_speaks(
    doctor: Doctor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "_built_in", lambda: home / "built-in")
    Programs(home / "bin", monkeypatch)
    for lang in LANGS:
        pack_at(home / "built-in" / lang, ANNA._replace(id=lang, lang=lang), (SAMPLE.said(lang),))
    (pack_at(home / "voices" / "anna") / "voice.yaml").write_text("no", "utf-8")
    found = {check["id"]: check for check in json.loads(doctor("--json")[1])["checks"]}["voice"]
    assert (found["en"], found["nl"]) == ("en", "nl")
    assert found["text"].count("anna cannot be used") == 1


def test_wrong_settings_are_shown_with_their_lines_and_the_rest_all_the_same(
    doctor: Doctor, asked: list[dict[str, Any]], home: Path
) -> None:
    (home / "config.yaml").write_text("volume: 40\naudio: loud\n")
    code, out = doctor()
    assert code == 2
    assert "config.yaml:2:" in out
    assert "Terminal " in out
    assert asked[0]["audio"] == "miniaudio"


@pytest.mark.usefixtures("asked")
def test_a_wrong_setting_leaves_the_language_as_it_is_set(doctor: Doctor, home: Path) -> None:
    (home / "config.yaml").write_text("lang: nl\nvolume: 160\n")
    code, out = doctor()
    assert code == 2
    assert "Geluid" in out
    assert "config.yaml:2:" in out


@pytest.mark.usefixtures("asked")
def test_what_is_left_aside_around_the_settings_is_told_with_them(
    doctor: Doctor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.yaml.txt").write_text("lang: nl\n")
    monkeypatch.setenv("PSOAS_LANG", "klingon")
    code, out = doctor()
    assert code == 2
    assert "config.yaml.txt is not read: rename it to config.yaml" in out
    assert 'PSOAS_LANG: expected en or nl, got "klingon"; left aside' in out


def test_a_place_that_cannot_be_used_is_an_error(
    doctor: Doctor, asked: list[dict[str, Any]], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked == []
    (home / "file").touch()
    monkeypatch.setenv("PSOAS_HOME", str(home / "file" / "psoas"))
    code, out = doctor()
    assert code == 1
    assert "not writable" in out


def full(_file: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.usefixtures("asked")
def test_a_full_disk_is_an_error(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", full)
    code, out = doctor("-l", "nl")
    assert code == 1
    assert "niet te beschrijven: No space left on device" in out


@pytest.mark.usefixtures("asked")
def test_a_journal_that_can_be_read_and_written_is_counted(doctor: Doctor, home: Path) -> None:
    file = home / "journal.sqlite3"
    assert f"no {file}: nothing practised yet" in doctor()[1]
    assert not file.exists()
    for number in range(2):
        Journal(file).write(replace(ENTRY, id=str(number)))
    code, out = doctor("--json")
    found = {check["id"]: check for check in json.loads(out)["checks"]}["journal"]
    assert (code, found["ok"], found["sessions"], found["unreadable"]) == (0, True, 2, 0)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE sessions SET seen = 'x' WHERE id = '1'")
    code, out = doctor()
    assert code == 0
    assert "1 session; unreadable: 1" in out


def in_a_folder(file: Path) -> None:
    file.mkdir()


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def nonsense(file: Path) -> None:
    file.write_bytes(b"nonsense" * 1000)


def torn(file: Path) -> None:
    with file.open("r+b") as content:
        content.seek(2 * 4096)  # the index of the ids
        content.write(b"\x0a\x00\x00\x00\x00\x10\x00\x00" + bytes(4088))


def locked(file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    OPEN.append(connection)


OPEN: list[sqlite3.Connection] = []


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (in_a_folder, "it is a folder"),
        (newer, f"written by a newer psoas (format {VERSION + 1})"),
        (nonsense, "file is not a database"),
        (torn, "it is damaged: "),  # and what SQLite says of it
        (locked, "database is locked"),
    ],
)
def test_a_journal_that_cannot_be_used_is_an_error(
    doctor: Doctor, home: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None], said: str
) -> None:
    monkeypatch.setattr("psoas_cli.storage.journal._BUSY", 0.01)
    file = home / "journal.sqlite3"
    if harm is not in_a_folder:
        Journal(file).write(ENTRY)
    harm(file)
    code, out = doctor()
    for each in OPEN:
        each.close()
    OPEN.clear()
    assert code == 1
    assert said in " ".join(out.split())


@pytest.mark.parametrize(
    ("options", "env", "ring", "over_ssh"),
    [
        (["--mute"], {}, False, False),
        ([], {"PSOAS_MUTE": "1"}, False, False),
        ([], {"SSH_CONNECTION": "there"}, True, True),
        (["--sound"], {"SSH_CONNECTION": "there", "PSOAS_MUTE": "1"}, True, False),
    ],
)
def test_when_a_bell_is_rung(
    doctor: Doctor,
    asked: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    env: dict[str, str],
    *,
    ring: bool,
    over_ssh: bool,
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    doctor(*options)
    assert (asked[0]["ring"], asked[0]["over_ssh"]) == (ring, over_ssh)


def test_over_ssh_no_device_is_opened(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "there")
    monkeypatch.setattr("psoas_cli.audio.sink.Sink.start", lambda _: pytest.fail("opened"))
    code, out = doctor()
    assert code == 0
    assert "--sound" in out


def refuse(_pull: object) -> None:
    raise OSError("no sound device")


@pytest.mark.parametrize(
    ("platform", "release", "advice"),
    [
        ("linux", {"ID": "debian"}, "sudo apt install pipewire-pulse"),
        ("linux", {"ID": "nobara", "ID_LIKE": "rhel fedora"}, "sudo dnf install pipewire-pulseaudio"),
        ("win32", {}, "Windows Audio"),
        ("darwin", {}, "macOS"),
    ],
)
def test_without_a_device_it_says_what_to_do_on_this_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, release: dict[str, str], advice: str
) -> None:
    monkeypatch.setattr("psoas_cli.audio.device.open_device", refuse)
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    monkeypatch.setattr("sys.platform", platform)
    found = sound_findings.sound("miniaudio", None, ring=True, over_ssh=False)
    assert (found.facts["state"], found.broken) == ("lost", 0)
    assert found.advice
    assert all(advice in found.advice.said(lang) for lang in LANGS)


def test_simpleaudio_that_is_missing_comes_with_the_line_that_installs_it(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = tmp_path / "child.py"
    child.write_text("print('missing')")
    monkeypatch.setattr(
        "psoas_cli.audio.simpleaudio.simple_sink.SimpleStream", partial(SimpleStream, (sys.executable, str(child)))
    )
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"ID": "debian"})
    code, out = doctor("--audio", "simpleaudio")
    assert code == 0
    assert f"{sys.executable} -m pip install simpleaudio" in out


@pytest.mark.parametrize(
    ("option", "config", "plays"),
    [
        (None, None, Sink),
        (None, "simpleaudio", SimpleSink),
        ("simpleaudio", None, SimpleSink),
        ("miniaudio", "none", Sink),
        (None, "none", SilentSink),
        ("none", "simpleaudio", SilentSink),
    ],
)
def test_what_plays_a_practice_is_the_option_then_the_setting(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    option: str | None,
    config: str | None,
    plays: type,
) -> None:
    if config:
        (home / "config.yaml").write_text(f"audio: {config}\n")
    used = []

    def perform(_run: object, sound: object, note: str, _untold: object) -> None:
        used.append((type(sound), bool(note)))

    monkeypatch.setattr("psoas_cli.player.performance._in_lines", perform)
    for command in (["practice", "yin"], ["breathe"]):
        assert run([*command, "--plain", *(["--audio", option] if option else [])]) == 0
    assert used == [(plays, plays is SilentSink)] * 2
    assert capsys.readouterr() == ("", "")


def test_what_there_is_not_to_play_with_is_wrong_usage() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "psoas_cli", "practice", "--audio", "alsa"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert "simpleaudio" in ran.stderr


@BUS
@pytest.mark.usefixtures("asked")
def test_without_a_session_bus_media_keys_do_not_reach_psoas(doctor: Doctor) -> None:
    code, out = doctor()
    assert code == 0
    assert "Media keys  no session bus answers" in out
    assert "The keyboard works without it" in out


@pytest.mark.usefixtures("asked", "bus")
@pytest.mark.parametrize("desktop", ["org.gnome.SettingsDaemon.MediaKeys", "org.kde.kglobalaccel", ""])
def test_what_passes_buttons_on_over_the_session_bus_is_named(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, desktop: str
) -> None:
    monkeypatch.setattr(button_findings, "_PROXY", "no-such-program")
    with SessionBus() as other:
        assert not desktop or other.is_given(desktop)
        found = {check["id"]: check for check in json.loads(doctor("--json")[1])["checks"]}["media-keys"]
    through = [button_findings._PASSING_ON[desktop]] if desktop else []
    assert {key: found[key] for key in ("ok", "bus", "name", "through")} == {
        "ok": bool(desktop),
        "bus": True,
        "name": True,
        "through": through,
    }
    assert ("mpris-proxy" in (found["advice"] or "")) is not bool(desktop)


@pytest.mark.usefixtures("asked", "bus")
def test_mpris_proxy_is_found_by_its_process(doctor: Doctor, home: Path) -> None:
    shutil.copy(str(shutil.which("sleep")), home / "mpris-proxy")
    with subprocess.Popen([home / "mpris-proxy", "60"]) as proxy:
        out = doctor()[1]
        proxy.kill()
    assert "buttons come through mpris-proxy" in out


@pytest.mark.usefixtures("asked")
def test_media_keys_that_are_off_are_not_looked_for(doctor: Doctor, home: Path) -> None:
    (home / "config.yaml").write_text("media-keys: off\n", "utf-8")
    assert "Media keys  off in the settings" in doctor()[1]
