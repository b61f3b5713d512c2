"""What psoas writes into the settings: every other byte stays, and where that is not sure, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.systems import has_mode, make_link

from psoas_cli.errors import PsoasError
from psoas_cli.storage.config import Config, read_config
from psoas_cli.storage.config_entry import Wording, change_settings, name_voice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

VOICE = "voices/alex.onnx"
TEMPLATE = "# My settings\n# voice: on\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "voice: {nl: voices/alex.onnx}\n"),
        ("# voice: on   # or off\n", "voice: {nl: voices/alex.onnx}   # or off\n"),
        ("# voice: who knows\n", "# voice: who knows\nvoice: {nl: voices/alex.onnx}\n"),
        ("{voice: on}\n", "{voice: {nl: voices/alex.onnx}}\n"),
        ("voice: >\n  on\nlang: nl\n", "voice: {nl: voices/alex.onnx}\nlang: nl\n"),
        ("lang: nl", "lang: nl\nvoice: {nl: voices/alex.onnx}\n"),
        ("lang: nl\r\n", "lang: nl\r\nvoice: {nl: voices/alex.onnx}\r\n"),
        ("\ufefflang: nl\n", "\ufefflang: nl\nvoice: {nl: voices/alex.onnx}\n"),
        ("voice: on  # mine\nlang: nl\n", "voice: {nl: voices/alex.onnx}  # mine\nlang: nl\n"),
        ("voice: 'on'\n", "voice: {nl: voices/alex.onnx}\n"),
        ("voice: off\n", "voice: {en: none, nl: voices/alex.onnx}\n"),
        ("voice: {rate: 110}  # slow\n", "voice: {nl: voices/alex.onnx, rate: 110}  # slow\n"),
        ("voice: {}\n", "voice: {nl: voices/alex.onnx}\n"),
        ("voice: {nl: Xander, rate: 99}\r\nlang: nl\r\n", "voice: {nl: voices/alex.onnx, rate: 99}\r\nlang: nl\r\n"),
        (
            "voice:\n  # the English one\n  en: heart # warm\n  rate: 100\nlang: nl\n",
            "voice:\n  # the English one\n  nl: voices/alex.onnx\n  en: heart # warm\n  rate: 100\nlang: nl\n",
        ),
        ('voice:\n    nl: "say: x" # old\n    rate: 100\n', "voice:\n    nl: voices/alex.onnx # old\n    rate: 100\n"),
        ("---\nlang: nl # é 🦶\n", "---\nlang: nl # é 🦶\nvoice: {nl: voices/alex.onnx}\n"),
    ],
)
def test_it_is_named_and_nothing_else_changes(tmp_path: Path, before: str, after: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(before.encode())
    was = read_config(file)
    assert name_voice(file, "nl", VOICE, TEMPLATE)
    assert file.read_bytes().decode() == after
    now = read_config(file)
    assert now.voice.nl == f"piper:{tmp_path / VOICE}"
    assert now._replace(voice=was.voice) == was
    assert [each.name for each in tmp_path.iterdir()] == ["config.yaml"]


@pytest.mark.parametrize(
    "content",
    [
        "voice:\n",
        "voice: # soon\nlang: nl\n",
        "voice: [a]\n",
        "voice: on\nvoice: off\n",
        "lang: nl\n...\n",
        "lang: nl\n---\nvoice: on\n",
        "numbers: &a on\nvoice: *a\n",
        "voice: {nl: , rate: 100}\n",
        "voice: {nl: Xander\n",
        "lang: xx\n",
        "unknown: 1\n",
        "lang: \x00nl\n",
        "\ufffe",
        "- a\n",
        "on\n",
    ],
)
def test_what_is_not_sure_is_left_alone(tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert not name_voice(file, "nl", VOICE, TEMPLATE)
    assert file.read_bytes() == content.encode()


def test_without_settings_they_begin_with_the_template(tmp_path: Path) -> None:
    file = tmp_path / "psoas" / "config.yaml"
    assert name_voice(file, "en", VOICE, TEMPLATE)
    assert file.read_text("utf-8") == f"# My settings\nvoice: {{en: {VOICE}}}\n"


def test_naming_it_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("lang: nl\n", "utf-8")
    name_voice(file, "nl", VOICE, TEMPLATE)
    once = file.read_bytes()
    assert name_voice(file, "nl", VOICE, TEMPLATE)
    assert file.read_bytes() == once


def test_each_language_keeps_its_own(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    name_voice(file, "nl", VOICE, "")
    name_voice(file, "en", "voices/joe.onnx", "")
    assert file.read_text("utf-8").strip() == "voice: {en: voices/joe.onnx, nl: voices/alex.onnx}"


def test_a_link_to_the_settings_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles.yaml").write_text("lang: nl\n", "utf-8")
    make_link(tmp_path / "config.yaml", tmp_path / "dotfiles.yaml")
    assert name_voice(tmp_path / "config.yaml", "nl", VOICE, "")
    assert (tmp_path / "config.yaml").is_symlink()
    assert "alex" in (tmp_path / "dotfiles.yaml").read_text("utf-8")


def louder(was: Config) -> Iterable[Wording]:
    return (Wording(("volume",), "80", was._replace(volume=80)),)


def test_a_change_is_made_to_what_is_there_now(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("lang: nl\nvolume: 30  # at home\n", "utf-8")
    assert change_settings(file, louder, TEMPLATE) == Config(lang="nl", volume=80)
    assert file.read_text("utf-8") == "lang: nl\nvolume: 80  # at home\n"


def test_a_file_with_problems_stays_as_it_is_and_says_where(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("lang: nl\nvolume: loud\n", "utf-8")
    with pytest.raises(PsoasError, match=":2:1: volume"):
        change_settings(file, louder, TEMPLATE)
    assert file.read_text("utf-8") == "lang: nl\nvolume: loud\n"


def test_a_file_keeps_who_may_read_it_and_is_not_written_if_it_is_read_only(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("volume: 30\n", "utf-8")
    file.chmod(0o640)
    change_settings(file, louder, TEMPLATE)
    assert has_mode(file, 0o640)
    file.write_text("volume: 30\n", "utf-8")
    file.chmod(0o440)
    with pytest.raises(PsoasError, match="is read-only"):
        change_settings(file, louder, TEMPLATE)
    assert file.read_text("utf-8") == "volume: 30\n"
