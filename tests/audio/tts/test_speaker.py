"""Who speaks a practice: one voice for all of it, the first who can say everything, and none in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.audio.packs import make_pack
from tests.audio.programs import Programs, aiff, tone

from psoas_cli.audio.tts import speaker
from psoas_cli.audio.tts.speaker import Cast, cast, named
from psoas_cli.errors import PsoasError
from psoas_cli.practice.score.speech import Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from psoas_cli.practice.model.text import Lang

TOLD = (Words("Lie down"), Words("Rest"), Words("Stay"), Words("…"), Words("", "own.wav"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(speaker, "_built_in", lambda: tmp_path / "built-in")
    return tmp_path / "voices"


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Makes a pack that says *texts*."""

    def made(name: str, *texts: str, lang: Lang = "en", within: str = "voices") -> Path:
        return make_pack(tmp_path / within / name, dict.fromkeys(texts, tone(0.5)), lang)

    return made


@pytest.fixture
def macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    programs = Programs(tmp_path / "bin", monkeypatch, "darwin")
    listed = "Samantha            en_US    # Hello!\nXander              nl_NL    # Hallo!\n"
    programs.add("say", aiff(tone(1.0)), prints=listed)
    return programs


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    return Programs(tmp_path / "bin", monkeypatch)


def name_of(chosen: Cast) -> str:
    return chosen.speaker.written if chosen.speaker else ""


def choose(folder: Path, asked: str | None = None, *, lang: Lang = "en", on: bool | None = None) -> Cast:
    return cast(lang, TOLD, folder, asked, on=on)


@pytest.mark.usefixtures("macos")
def test_the_persons_own_voice_comes_before_the_built_in_one_and_both_before_the_systems(
    folder: Path, pack: Callable[..., Path]
) -> None:
    assert name_of(choose(folder)) == "say:Samantha"
    pack("heart", "Lie down", "Rest", "Stay", within="built-in")
    assert name_of(choose(folder)) == "heart"
    pack("anna", "Lie down", "Rest", "Stay")
    assert choose(folder) == Cast(named("en", "anna", folder))


@pytest.mark.usefixtures("macos")
def test_whoever_can_say_all_of_it_speaks(folder: Path, pack: Callable[..., Path]) -> None:
    pack("anna", "Lie down", "Rest")
    assert name_of(choose(folder)) == "say:Samantha"
    pack("heart", "Lie down", "Rest", "Stay", within="built-in")
    assert name_of(choose(folder)) == "heart"


@pytest.mark.usefixtures("linux")
def test_where_nobody_can_the_one_who_can_say_most_speaks(folder: Path, pack: Callable[..., Path]) -> None:
    pack("anna", "Lie down")
    pack("heart", "Lie down", "Stay", within="built-in")
    assert (name_of(choose(folder)), choose(folder).lacking) == ("heart", 1)


@pytest.mark.usefixtures("linux")
def test_who_can_say_nothing_of_it_does_not_speak(folder: Path, pack: Callable[..., Path]) -> None:
    pack("anna", "Something else")
    assert choose(folder).speaker is None


def test_a_hard_voice_comes_last_and_only_where_a_voice_is_asked_for(
    linux: Programs, folder: Path, pack: Callable[..., Path]
) -> None:
    linux.add("espeak-ng")
    pack("anna", "Lie down")
    assert (name_of(choose(folder)), choose(folder).lacking) == ("anna", 2)
    assert name_of(choose(folder, on=True)) == "espeak-ng"


def test_a_voice_is_found_by_its_id_or_its_path(folder: Path, pack: Callable[..., Path]) -> None:
    pack("heart", "Rest", within="built-in")
    elsewhere = pack("berta", "Rest", within="elsewhere")
    assert name_of(choose(folder, "heart")) == "heart"
    assert name_of(choose(folder, str(elsewhere))) == "berta"
    assert choose(folder, "none") == Cast()


@pytest.mark.usefixtures("linux")
def test_no_voice_speaks_another_language(folder: Path, pack: Callable[..., Path]) -> None:
    pack("anna", "Lie down", lang="nl")
    assert choose(folder).speaker is None
    with pytest.raises(PsoasError, match="the voice anna speaks Dutch, and this practice is in English"):
        choose(folder, "anna")


@pytest.mark.usefixtures("macos")
def test_what_is_not_translated_is_lacking_for_any_voice(folder: Path) -> None:
    told = (Words("Ga liggen"), Words("Lie down", foreign=True))
    assert cast("nl", told, folder, None, on=None).lacking == 1


@pytest.mark.usefixtures("linux")
def test_a_pack_that_cannot_be_used_is_told_and_the_next_one_speaks(folder: Path, pack: Callable[..., Path]) -> None:
    (pack("anna", "Lie down") / "index.json").write_text("no index")
    pack("heart", "Lie down", "Rest", "Stay", within="built-in")
    chosen = choose(folder)
    assert name_of(chosen) == "heart"
    assert [problem.message.partition("cannot be used: ")[2] for problem in chosen.problems] == [
        "index.json is not JSON"
    ]
