"""What goes wrong is said in one clear line, and what to do about it in another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas

REST = "title: Mine\nbells: {{open: {bell}}}\nsteps:\n  - pose: {pose}\n    hold: 3m\n"


@pytest.fixture
def files(home: Path) -> None:
    """Files that something is wrong with."""
    (home / "folder.yaml").mkdir()
    (home / "empty.yaml").touch()
    (home / "binary.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (home / "twice.yaml").write_text("titel: Mine\nsteps:\n  - pose: dragn\n    hold: 3 min or so\n", "utf-8")
    (home / "silent.yaml").write_text(REST.format(bell="./missing.wav", pose="savasana"), "utf-8")
    (home / "text.yaml").write_text(REST.format(bell="./text.wav", pose="savasana"), "utf-8")
    (home / "text.wav").write_text("no sound\n", "utf-8")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        ("practice yinn", 'there is no practice "yinn", did you mean yin?', "choose one of body-scan"),
        ("practice ./folder.yaml", "folder.yaml is a folder", "name a sequence file in it"),
        ("practice ./", ". is a folder", "name a sequence file in it"),
        ("practice empty.yaml", "empty.yaml:1:1: the file is empty", None),
        (
            "practice binary.yaml",
            "binary.yaml:1:1: this is a picture, not a sequence: name the file that you wrote in an editor",
            None,
        ),
        ("practice nowhere.yaml", "there is no file nowhere.yaml", "psoas list shows the practices"),
        ("show nowhere/", "there is no file nowhere", "psoas list shows the practices"),
        ("practice yin -m 2", "yin cannot last 2 minutes", "choose 30 to 91 minutes"),
        ("show yin -m 92", "yin cannot last 92 minutes", "choose 30 to 91 minutes"),
        ("practice -m 0", "--minutes: expected more than 0 and at most 1440, got 0", None),
        ("practice -m nan", 'expected a length like 30 or 1h15, got "nan"', "--help"),
        ("practice -m ten", 'expected a length like 30 or 1h15, got "ten"', "--help"),
        ("practice -m 25h", "--minutes: expected more than 0 and at most 1440, got 1500", None),
        ("practice yin -m 2m", "yin cannot last 2 minutes", "choose 30 to 91 minutes"),
        ("practice --volume -5", "invalid value for '--volume': -5 is not in the range 0<=x<=100", "--help"),
        ("practice --speed 0", "invalid value for '--speed'", "--help"),
        ("practice --speed nan", "invalid value for '--speed'", "--help"),
        ("practice --breath-sound airs", "invalid value for '--breath-sound'", "--help"),
        ("practice --from 99", '--from: there is no stop "99"', "choose 1 to 12, or constructive-"),
        ("practice --from sphynx", 'there is no stop "sphynx", did you mean sphinx?', "choose 1 to 12, or"),
        ("practice --breath 4-", "--breath: expected a pattern", "psoas breathe --list shows the patterns"),
        ("practice -l xx", '--lang: expected en or nl, got "xx"', None),
        ("practice --loud", "no such option: --loud", "--help"),
        ("practice yin two", "got unexpected extra argument", "--help"),
        ("practise", "no such command 'practise'. Did you mean 'practice'?", "--help"),
        ("show", "missing argument 'NAME or FILE'", "--help"),
        ("breathe bxo", 'got "bxo", did you mean box?', "psoas breathe --list shows the patterns"),
        ("breathe 0-6", "expected counts of 0.5 to 60 seconds, got 0", "psoas breathe --list shows the patterns"),
        ("breathe -m 3 -c 4", "expected --minutes or --cycles, got both", None),
        ("breathe -c 0", "invalid value for '--cycles' / '-c'", "--help"),
        ("breathe -m 2000", "--minutes: expected more than 0 and at most 1440, got 2000", None),
        ("practice silent.yaml --mute", "missing.wav cannot be read: No such file or directory", None),
        ("practice text.yaml -y", "text.wav is not a readable sound file", "use WAV, FLAC, OGG Vorbis or MP3"),
    ],
)
def test_wrong_usage_and_bad_files(psoas: Psoas, command: str, message: str, hint: str | None) -> None:
    result = psoas(*command.split())
    assert (result.code, result.out) == (2, "")
    said, *rest = result.err.splitlines()
    assert said.startswith("psoas: ")
    assert message in said
    assert len(rest) == (0 if hint is None else 1)
    assert hint is None or hint in rest[0]


@pytest.mark.usefixtures("files")
def test_all_that_is_wrong_with_a_file_is_said_at_once(psoas: Psoas) -> None:
    result = psoas("practice", "twice.yaml", "-y")
    assert (result.code, result.out) == (2, "")
    lines = result.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"twice.yaml:{at}" for at in ("1:1", "1:1", "3:5", "4:5")]
    assert '"dragn", did you mean' in lines[2]
    assert 'steps[0].hold: expected a duration like 3m or 90s, got "3 min or so"' in lines[3]


@pytest.mark.parametrize("command", ["list", "show yin", "practice", "breathe", "breathe --list"])
def test_wrong_settings_are_said_by_every_command(
    psoas: Psoas, home: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.yaml").write_text("volume: 700\n", "utf-8")
    result = psoas(*command.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"psoas: {home / 'config.yaml'}:1:")
    (home / "config.yaml").unlink()
    monkeypatch.setenv("PSOAS_LANG", "xx")
    assert psoas(*command.split()).err == 'psoas: PSOAS_LANG: expected en or nl, got "xx"\n'


def test_a_broken_file_of_ones_own_is_named_beside_the_list(psoas: Psoas, home: Path) -> None:
    (home / "sequences").mkdir()
    (home / "sequences" / "mine.yaml").write_text("titel: Mine\n", "utf-8")
    result = psoas("list")
    assert result.code == 0
    names = [line.split()[0] for line in result.out.splitlines()]
    assert "yin" in names
    assert "mine" not in names
    assert result.err.startswith("mine: ")
    assert len(result.err.splitlines()) == 1


def test_a_bell_of_ones_own_is_heard_of_before_anything_begins(psoas: Psoas, home: Path) -> None:
    (home / "broken.flac").write_bytes(b"fLaC" + bytes(100))
    (home / "mine.yaml").write_text(REST.format(bell="./broken.flac", pose="savasana"), "utf-8")
    result = psoas("practice", "mine.yaml", "-y", "--speed", "60")
    assert (result.code, result.out) == (2, "")
    assert "broken.flac" in result.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")  # noqa: PTH110
def test_a_full_disk_and_a_reader_that_has_gone() -> None:
    for command in (["show", "yin", "--json"], ["--version"]):
        with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
            psoas = [sys.executable, "-m", "psoas_cli", *command]
            result = subprocess.run(psoas, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (result.returncode, result.stderr) == (1, "psoas: cannot write the output: No space left on device\n")
    reader = f"{sys.executable} -m psoas_cli show yin --json | head -n 1"
    read = subprocess.run(["bash", "-c", reader], capture_output=True, text=True, check=False)
    assert (read.stdout, read.stderr) == ("{\n", "")


def test_the_home_of_nobody_is_a_name_like_any_other(psoas: Psoas, home: Path) -> None:
    """`~nosuchuser` where anything is named: in a sequence, in the settings, in an option, as an argument."""
    place = "~nosuchuser/x"
    (home / "sequences").mkdir(exist_ok=True)
    written = (
        f"title: T\nlanguage: en\nbells: {{open: {place}.wav}}\nsteps:\n"
        f'  - pose: sphinx\n    hold: 3m\n    say: [{{at: 5s, audio: "{place}2.wav"}}]\n  - rest: 3m\n'
    )
    (home / "sequences" / "mine.yaml").write_text(written, "utf-8")
    (home / "settings.yaml").write_text(f"bells: {{close: {place}.wav}}\nbed: {place}.ogg\n", "utf-8")
    assert psoas("list").code == 0
    checked = psoas("check", "mine").out
    assert re.search(r"mine\.yaml:3:9: bells\.open: \S*~nosuchuser/x\.wav cannot be read: No such file", checked)
    assert re.search(r"mine\.yaml:7:20: \S+ \S*~nosuchuser/x2\.wav cannot be read: No such file", checked)
    for command in (
        f"show {place}.yaml",
        f"add {place}.yaml",
        f"add {place}.zip",
        f"new another --from {place}.yaml",
        f"share yin -o {place}.yaml",
        f"render yin -o {place}.wav",
        f"practice yin --mute -y --bed {place}.wav",
        f"practice yin --mute -y --voice {place}.onnx",
        f"bells {place}.wav",
        f"voices --share {place} -o a.zip",
    ):
        result = psoas(*command.split())
        assert result.code in (1, 2)
        assert result.err.startswith(("psoas: there is no ", f"psoas: {place}.wav cannot be read"))
    (home / "settings.yaml").replace(home / "config.yaml")
    assert psoas("list").code == 0
    assert f"{home}/~nosuchuser/x.wav cannot be read" in psoas("practice", "yin", "--mute", "-y").err
