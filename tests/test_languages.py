"""Whatever is kept for each language is there for all of them."""

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest
from tests.texts import written

from psoas_cli.audio.export import tags
from psoas_cli.audio.tts import piper_model
from psoas_cli.commands.voices import voice_list
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Text
from psoas_cli.storage.config import VoiceSettings

COMMANDS = Path(voice_list.__file__).parents[1]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(LANGUAGES, id="practice/model/text.py: LANGUAGES"),
        pytest.param(tags._LANGUAGES, id="audio/export/tags.py: _LANGUAGES"),
        pytest.param(voice_list._ONLY_ASKED, id="commands/voices/voice_list.py: _ONLY_ASKED"),
        pytest.param(piper_model.MODELS, id="audio/tts/piper_model.py: MODELS"),
        pytest.param(VoiceSettings._fields[1:3], id="storage/config.py: VoiceSettings"),
        *(
            pytest.param(
                [path.name.split(".")[1] for path in sorted(COMMANDS.glob(f"{name}.*.*"))], id=f"commands/{name}"
            )
            for name in ("about", "settings", "starter")
        ),
    ],
)
def test_there_is_one_for_each_language(names: Iterable[str]) -> None:
    assert sorted(names) == sorted(LANGS)


def test_every_text_of_the_code_is_there_in_every_language() -> None:
    found = list(written())
    assert len(found) > 300
    assert not [place for place, said in found if len(said) != len(LANGS)]


def test_a_text_has_a_field_for_each_language_in_their_order() -> None:
    assert tuple(field.name for field in fields(Text)) == LANGS
