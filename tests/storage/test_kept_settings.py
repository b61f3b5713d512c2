"""Kept settings: the same whether they were kept or are read anew, and never older than what their file says."""

import os
import zlib
from pathlib import Path

import pytest

from psoas_cli.storage import paths
from psoas_cli.storage.config import Config, read_leniently
from psoas_cli.storage.kept_settings import settings_at

ALL = """\
lang: nl
volume: 60
bells: {open: tingsha, hold: {sound: high-bowl, strikes: 2}, change: none}
breath-sound: tone
voice: {nl: anna, rate: 120}
voice-volume: 60
words: moves
bed: {sound: ocean, level: -40}
audio: none
numbers: off
reduced-motion: on
theme: night
lead-in: 20s
check-in: on
care: [knees, osteoporosis]
media-keys: off
any-key: pause
title: off
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the settings."""
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    return tmp_path / "config.yaml"


def kept(file: Path) -> Config:
    """The settings as a new psoas finds them, which must not read YAML."""

    def refuse(*_: object) -> None:
        raise AssertionError("read anew")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("psoas_cli.practice.format.nodes.compose", refuse)
        config, wrong = settings_at(file)
    assert wrong is None
    return config


@pytest.mark.parametrize("written", [ALL, *ALL.splitlines()])
def test_settings_are_the_same_read_or_kept(file: Path, written: str) -> None:
    file.write_text(written, "utf-8")
    assert settings_at(file) == read_leniently(file)
    assert (kept(file), None) == read_leniently(file)
    assert repr(kept(file)) == repr(read_leniently(file)[0])


def test_every_setting_that_can_be_kept_is_in_the_test() -> None:
    here = Path(paths.config_file())
    here.write_text(ALL, "utf-8")
    config = read_leniently(here)[0]
    unset = {name for name, default in Config._field_defaults.items() if getattr(config, name) == default}
    assert unset == {"avoid", "hooks"}


def test_a_change_is_noticed_even_at_the_same_size_and_time(file: Path) -> None:
    file.write_text("care: [knees]\n", "utf-8")
    settings_at(file)
    before = file.stat()
    file.write_text("care: [ankle]\n".replace("ankle", "back "), "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert settings_at(file)[0].care == ("back",)
    file.unlink()
    assert settings_at(file) == (Config(), None)


@pytest.mark.parametrize("written", ["avoid: [mine]", "bells: {open: gong.wav}", "bed: ./sea.wav"])
def test_what_has_been_there_is_asked_for_each_time(file: Path, written: str) -> None:
    """A sound or a pose may be gone by the next start, and that has to be said."""
    things = [file.with_name(name) for name in ("gong.wav", "sea.wav")]
    (file.parent / "sequences").mkdir()
    poses = file.parent / "sequences" / "poses.yaml"
    poses.write_text("mine: {name: Mine}\n", "utf-8")
    for each in things:
        each.touch()
    file.write_text(f"{written}\n", "utf-8")
    assert settings_at(file)[1] is None
    for each in (*things, poses):
        each.unlink()
    config, wrong = settings_at(file)
    assert config == Config()
    assert wrong


def test_a_program_to_run_is_taken_from_the_settings_alone(file: Path) -> None:
    file.write_text(f"{ALL}hooks: {{start: [say, hi]}}\n", "utf-8")
    for _ in range(2):
        assert settings_at(file)[0].hooks.start == ("say", "hi")
    assert not list(file.parent.rglob("settings.json"))


def test_a_mistake_is_said_each_time(file: Path) -> None:
    file.write_text("care: [knees]\nvolume: 200\n", "utf-8")
    for _ in range(2):
        config, wrong = settings_at(file)
        assert config.care == ("knees",)
        assert "volume" in str(wrong)
    file.write_text("care: [\n", "utf-8")
    assert settings_at(file)[1]


@pytest.mark.parametrize("line", [b"", b"[", b"1", b'{"care": 1}', b'{"":"Text","care":["x"]}'])
def test_what_is_damaged_is_read_anew_without_a_word(file: Path, line: bytes) -> None:
    file.write_text(ALL, "utf-8")
    read = settings_at(file)
    place = paths.readings_folder() / "settings.json"
    stamp = place.read_bytes().split(b"\n")[1]
    for lines in ([line], [line, line], [place.read_bytes().split(b"\n")[2], line]):
        sealed = b"\n".join([stamp, *lines])
        place.write_bytes(b"%08x\n" % zlib.crc32(sealed) + sealed)
        assert settings_at(file) == read
    place.write_bytes(place.read_bytes()[:-5])
    assert settings_at(file) == read
