"""Voice packs for tests."""

from collections.abc import Mapping
from pathlib import Path

from tests.audio.programs import wav

from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.tts.pack import About, Entry, describe, file_of, write_index
from psoas_cli.practice.model.text import Lang


def make_pack(place: Path, clips: Mapping[str, Samples], lang: Lang = "en", rate: int = RATE) -> Path:
    """Make a pack at *place*, which is called like its folder and says the texts of *clips*, recorded at *rate*."""
    describe(place, About(place.name, place.name.title(), lang))
    (place / "clips").mkdir(exist_ok=True)
    entries = []
    for text, clip in clips.items():
        file = file_of(lang, text, ".wav")
        (place / file).write_bytes(wav(clip, rate))
        entries.append(Entry(text, len(clip) * RATE // rate, file))
    write_index(place, lang, entries)
    return place
