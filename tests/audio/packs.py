"""Voice packs for tests: good ones, and ways to damage them."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.audio.programs import tone, wav

from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.tts.pack import About, IndexEntry, describe, file_of, write_index
from psoas_cli.practice.model.text import Lang

FRAMES = 24_000
SOUND = wav(tone(FRAMES / RATE))
TEXTS = ("Ga liggen.", "Minder mag altijd.", "Rust.")
ANNA = About("anna", "Anna", "nl", "Anna de Vries", "CC0", "recorded with psoas", 110)


def make_pack(place: Path, clips: Mapping[str, Samples], lang: Lang = "en", rate: int = RATE) -> Path:
    """Make a pack at *place*, which is called like its folder and says the texts of *clips*, recorded at *rate*."""
    describe(place, About(place.name, place.name.title(), lang))
    (place / "clips").mkdir(exist_ok=True)
    entries = []
    for text, clip in clips.items():
        file = file_of(lang, text, ".wav")
        (place / file).write_bytes(wav(clip, rate))
        entries.append(IndexEntry(text, len(clip) * RATE // rate, file))
    write_index(place, lang, entries)
    return place


def pack_at(place: Path, about: About = ANNA, texts: tuple[str, ...] = TEXTS) -> Path:
    """Make a pack at *place* in which each text is `SOUND`, half a second."""
    make_pack(place, dict.fromkeys(texts, tone(FRAMES / RATE)), about.lang, 22_050)
    describe(place, about)
    return place


def zipped(folder: Path, place: Path, top: str = "anna/") -> Path:
    """The files in *folder* as a zip at *place*."""
    with zipfile.ZipFile(place, "w") as made:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            made.write(file, top + file.relative_to(folder).as_posix())
    return place


def with_index(place: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the index of the pack in the folder *place*."""
    index = json.loads((place / "index.json").read_text("utf-8"))
    change(index)
    (place / "index.json").write_text(json.dumps(index), "utf-8")
