"""The pack of one's own voice on the disk, and which pack is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.audio.speech import babble

from psoas_cli.audio.tts.pack import About, IndexEntry, describe, read_pack, write_index
from psoas_cli.commands.record.own_pack import language_of, own_pack
from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths

if TYPE_CHECKING:
    from pathlib import Path

    from psoas_cli.practice.model.text import Lang


@pytest.mark.parametrize(("lang", "name"), [("en", "My voice"), ("nl", "Mijn stem")])
def test_without_a_name_there_is_one_voice_for_each_language(home: Path, lang: Lang, name: str) -> None:
    pack = own_pack(None, lang, None)
    assert not pack.place.exists()
    pack.keep("Text.", babble(0.5))
    about = read_pack(home / "voices" / f"my-voice-{lang}").about
    assert (about.id, about.name, about.lang, about.licence) == (f"my-voice-{lang}", name, lang, "")


@pytest.mark.usefixtures("home")
def test_who_speaks_can_be_said_and_said_again() -> None:
    own_pack("anna", "en", "Anna de Vries").keep("Text.", babble(0.5))
    assert own_pack("anna", "en", None).about.speaker == "Anna de Vries"
    own_pack("anna", "en", "Anna").keep("Another.", babble(0.5))
    about = read_pack(paths.voices_folder() / "anna").about
    assert (about.name, about.speaker) == ("Anna", "Anna")
    assert language_of("anna") == "en"


@pytest.mark.usefixtures("home")
def test_a_voice_of_another_language_or_from_elsewhere_is_not_recorded_over() -> None:
    own_pack("anna", "nl", None).keep("Tekst.", babble(0.5))
    with pytest.raises(PsoasError, match="the voice anna speaks Dutch, not English"):
        own_pack("anna", "en", None)
    place = paths.voices_folder() / "heart"
    describe(place, About("heart", "Heart", "en", made="by an engine"))
    write_index(place, "en", [IndexEntry("Text.", 480, "clips/a.ogg")])
    with pytest.raises(PsoasError, match="heart is a voice that came with psoas"):
        own_pack("heart", "en", None)


@pytest.mark.parametrize("voice", ["../anna", "Anna", "", "-", "none", "best", "a\x1b[31m"])
@pytest.mark.usefixtures("home")
def test_a_voice_that_cannot_be_called_so_is_refused(voice: str) -> None:
    with pytest.raises(PsoasError, match="expected a name of lower-case letters") as refused:
        own_pack(voice, "en", None)
    assert "\x1b" not in refused.value.message


@pytest.mark.usefixtures("home")
def test_a_new_clip_takes_the_place_of_one_in_another_format() -> None:
    pack = own_pack("anna", "en", None)
    pack.keep("Text.", babble(0.5))
    (entry,) = read_pack(pack.place).entries.values()
    (pack.place / entry.file).rename(pack.place / "clips" / "old.wav")
    write_index(pack.place, "en", [entry._replace(file="clips/old.wav")])
    own_pack("anna", "en", None).keep("Text.", babble(0.6))
    assert [path.name for path in (pack.place / "clips").iterdir()] == [entry.file.removeprefix("clips/")]
    read_pack(pack.place).check()


@pytest.mark.usefixtures("home")
def test_a_take_that_is_damaged_counts_as_none() -> None:
    pack = own_pack("anna", "en", None)
    pack.put_aside("Text.", babble(0.5))
    (take,) = (pack.place / "takes").iterdir()
    assert pack.undecided("Text.") == babble(0.5)
    take.write_bytes(b"RIFF")
    assert pack.undecided("Text.") is None
    pack.discard("Text.")
    assert not (pack.place / "takes").exists()
