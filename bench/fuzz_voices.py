"""Voice packs and caches of strangers: used or refused in one line, and nothing is read or written outside them."""

import io
import json
import os
import struct
import wave
import zipfile
import zlib
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from unittest.mock import patch

from damage import damaged, flipped
from fuzz_case import Files, command, laid
from psoas_cli.audio import decode
from psoas_cli.audio.tts import piper, voices
from psoas_cli.audio.tts.cache import ClipCache
from psoas_cli.audio.tts.pack import FORMAT, About, description_of, file_of, key_of
from psoas_cli.audio.tts.pack_files import DESCRIPTION, INDEX
from psoas_cli.audio.tts.speaker import called, cast, named, packs
from psoas_cli.commands.add import new_voice
from psoas_cli.commands.voices import voice_list
from psoas_cli.errors import PsoasError
from psoas_cli.player import narrator
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.speech import Words
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import listed

_TEXTS = (
    "Sphinx.",
    "Lie down whenever you like. Less is always possible.",
    "Ga liggen wanneer je wilt. Minder mag altijd.",
    "Rust.",
)
_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 2**70, float("nan"), "", "x", [], {}, [[]], "../../x.wav", "clips/a.wav", "/etc/passwd",
    "a" * 5000, "\x1b[2J",
)  # fmt: skip
_NAMES = (
    "../evil.wav", "/evil", "C:\\evil", "anna/../../x", "anna/voice.yaml", "voice.yaml", "a/b/c/voice.yaml",
    "\x1b[31m", "é" * 90, "",
    "anna/clips/", "index.json", "anna/LICENSE", "NUL", "anna/./index.json",
)  # fmt: skip


def _wav(random: Random, *, hurt: bool = True) -> bytes:
    """A short sound; where *hurt*, it may be none, or not what it says."""
    rate, channels, frames = (
        random.choice((8000, 22_050, 48_000)),
        random.choice((1, 1, 2)),
        random.choice((1, 400, 4000)),
    )
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(random.randbytes(2 * channels * frames))
    content = file.getvalue()
    match random.randrange(6) if hurt else -1:
        case 0:
            return flipped(random, content)
        case 1:  # it says how long it is, and that is not so
            return content[:40] + struct.pack("<I", random.choice((0, 2**31, 2**32 - 1))) + content[44:]
        case 2:
            return random.choice((b"", b"OggS", b"fLaC" + random.randbytes(60), random.randbytes(3000)))
    return content


class Trial:
    """Trials of voice packs."""

    COUNT: ClassVar[int] = 2_000

    def __init__(self) -> None:
        os.environ["PATH"] = ""  # no voices of the system, which would be asked each time
        self._texts = {lang: narrator.everything(lang) for lang in LANGS}
        for lang in LANGS:
            listed(lang)
        self._catalogue = paths.catalogue_file().read_bytes()

    def made(self, random: Random) -> Files:
        """A pack in a folder or a zip, and caches."""
        hurt = random.choice(("", "description", "index", "clips", "files", "zip"))
        pack = self._pack(random, hurt)
        if random.random() < 0.5 and hurt != "zip":
            files = {f"voices/anna/{name}": content for name, content in pack.items()}
        else:
            zipped = self._zipped(random, pack, hurt=hurt == "zip")
            files = {"given.zip": zipped}
            if random.random() < 0.4:
                files["voices/anna.zip"] = zipped
        if random.random() < 0.4:
            files["catalogue.json"] = self._cached(random, self._catalogue)
        if random.random() < 0.3:
            files["model.onnx"] = random.randbytes(20)
            described = json.dumps(
                {"audio": {"sample_rate": 22_050}, "espeak": {"voice": random.choice(("nl", *_ODD))}}
            ).encode()
            files["model.onnx.json"] = self._cached(random, described)
        if random.random() < 0.3:
            files[f"speech/{self._speech_name()}"] = _wav(random)
        return files

    @staticmethod
    def _cached(random: Random, content: bytes) -> bytes:
        """What is cached, whole or not."""
        if random.random() < 0.5:
            return random.choice(
                (
                    b"",
                    b"[" * 200_000,
                    b"{}",
                    b"[]",
                    b"null",
                    b'{"stamp": [], "practices": 3}',
                    b"\xff",
                    content[: len(content) // 2],
                )
            )
        if random.random() < 0.5:
            return flipped(random, content)
        with suppress(ValueError):
            return json.dumps(_changed(random, json.loads(content))).encode()
        return content

    def _pack(self, random: Random, hurt: str) -> Files:
        """The files of a pack, of which one kind may be *hurt*."""
        lang, other = random.sample(LANGS, 2)
        about = About(random.choice(("anna", "anna", "anna", "heart", "none")), "Anna", lang, "x", "CC0", "", 110)
        description = description_of(about)
        if hurt == "description":
            description = damaged(
                random,
                description,
                [b"format: 2\nid: ../x\nlanguage: nl\npace: 9\n", description_of(about._replace(lang=other))],
            )
        clips, files = [], {}
        for text in random.sample(_TEXTS, random.randint(1, len(_TEXTS))):
            name, content = file_of(lang, text, random.choice((".wav", ".ogg"))), _wav(random, hurt=hurt == "clips")
            files[name] = content
            clips.append(
                {"text": text, "hash": key_of(lang, text), "frames": max(1, self._frames(content)), "file": name}
            )
        index: Any = {"format": FORMAT, "clips": clips}
        for _ in range(random.choice((0, 1, 1, 3)) if hurt == "index" else 0):
            index = _changed(random, index)
        written = json.dumps(index).encode()
        if hurt == "index" and random.random() < 0.3:
            written = random.choice((flipped(random, written), b"[" * 100_000, b"{" * 50, b"", written * 2))
        files |= {
            DESCRIPTION: description,
            INDEX: written,
            "LICENSE": b"x" * (70_000 if hurt == "files" and random.random() < 0.3 else 9),
        }
        for name in random.sample([*files], random.choice((0, 1)) if hurt == "files" else 0):
            del files[name]
        return files

    @staticmethod
    def _frames(content: bytes) -> int:
        try:
            return len(decode.decode(content, "a"))
        except PsoasError:
            return 48_000

    @staticmethod
    def _zipped(random: Random, pack: Files, *, hurt: bool) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as zipped:
            for name, content in pack.items():
                way = random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, *((zipfile.ZIP_LZMA,) if hurt else ())))
                zipped.writestr(f"anna/{name}", content, way)
            for _ in range(random.choice((0, 0, 1, 30)) if hurt else 0):
                member = zipfile.ZipInfo(random.choice(_NAMES))
                member.external_attr = random.choice((0, 0o120777 << 16, 0o040755 << 16, 0o010644 << 16))
                with suppress(Exception):
                    zipped.writestr(
                        member, random.choice((b"", b"/etc/passwd", b"\0" * 3_000_000)), zipfile.ZIP_DEFLATED
                    )
        content = file.getvalue()
        if hurt and random.random() < 0.4:
            return flipped(random, content)
        if hurt and random.random() < 0.2:  # it says that a file is larger, or smaller, than it is
            at = content.rfind(b"PK\x01\x02")
            return content[: at + 24] + struct.pack("<I", random.choice((0, 1, 2**31, 2**32 - 2))) + content[at + 28 :]
        return content

    @staticmethod
    def _speech_name() -> str:
        return ClipCache(Path())._path(["Rust."]).name  # noqa: SLF001 - the name of a file that is damaged

    def tried(self, files: Files) -> str:
        """List, choose, share and add."""
        with ExitStack() as stack:
            for module in (
                narrator,
                voice_list,
                new_voice,
            ):  # the same each time, and slow
                stack.enter_context(patch.object(module, "everything", self._texts.__getitem__))
            return self._used(files)

    def _used(self, files: Files) -> str:
        home = laid(files)
        choice = Random(zlib.crc32(repr(sorted(files.items())).encode()))
        lang = choice.choice(LANGS)
        outcomes = []
        words = [*map(Words, _TEXTS), Words(narrator.SAMPLE.said(lang))]
        found = packs(lang, paths.voices_folder())
        chosen = cast(lang, words, paths.voices_folder(), None, on=None)
        outcomes.append(
            "used" if found.usable and found.usable[0].place.parent == paths.voices_folder() else "passed over"
        )
        for pack in found.usable:
            if pack.place.parent == paths.voices_folder():
                with suppress(PsoasError):
                    pack.check()
                for word in words:
                    clip = pack.clip(word.text)
                    with suppress(PsoasError):
                        assert clip is None or len(clip.decoded()) == clip.frames
        assert chosen.speaker is not None or lang == "nl", "the built-in voice is not there any more"
        for asked in (
            "anna",
            "heart",
            str(home / "voices" / "anna"),
            str(home / "given.zip"),
            "model.onnx",
            str(home / "model.onnx"),
            "\x1b[2J",
        ):
            with suppress(PsoasError):
                named(lang, asked, paths.voices_folder())
            with suppress(PsoasError):
                called(asked, paths.voices_folder())
        with suppress(PsoasError):
            voices.choose(lang, str(home / "model.onnx"))
        told = command("voices", "--mute", *choice.choice(((), ("--json",), ("-l", "nl"))))
        assert told.code == 0, told.err
        given = "given.zip" if "given.zip" in files else "voices/anna"
        added = command("add", str(home / given), "--yes", "--name", "bea")
        if added.code == 0:
            outcomes.append("added")
            assert command("voices", "--share", "bea", "-o", str(home / "bea.zip")).code == 0, (
                "what was added cannot be shared"
            )
            assert command("add", str(home / "bea.zip"), "--yes", "--name", "cor").code == 0, (
                "what was shared cannot be added"
            )
        else:
            assert not (home / "voices" / "bea").exists(), "half a pack is there"
            assert not [*(home / "voices").glob(".psoas-*")] if (home / "voices").is_dir() else True, (
                "something is left"
            )
        command("voices", "--share", "anna", "-o", str(home / "anna.zip"))
        self._caches(home, lang, files)
        assert not (home.parent / "evil.wav").exists()
        return ", ".join(outcomes)

    @staticmethod
    def _caches(home: Path, lang: Any, files: Files) -> None:  # noqa: ANN401 - a language
        if "catalogue.json" in files:
            rows = listed(lang)
            assert {"yin", "body-scan"} <= {row.id for row in rows}, "a practice is not listed any more"
            told = command("list")
            assert told.code == 0, told.err
        if "model.onnx" in files:
            with suppress(PsoasError):
                piper.language_of(home / "model.onnx")
        cache = ClipCache(paths.speech_folder())
        if clip := cache.get(["Rust."]):
            assert len(clip.decoded()) == clip.frames
        cache.tidy()


def _changed(random: Random, value: Any) -> Any:  # noqa: ANN401 - JSON
    """*value* with one thing in it that is of another kind."""
    if isinstance(value, (dict, list)) and value and random.random() < 0.85:
        keys = [*value] if isinstance(value, dict) else [*range(len(value))]
        key = random.choice(keys)
        made = dict(value) if isinstance(value, dict) else [*value]
        made[key] = _changed(random, value[key])
        return made
    return random.choice(_ODD)
