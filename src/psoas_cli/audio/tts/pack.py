"""Voice packs: what a voice has said, as a folder or one zip of it: who speaks, an index of texts, and their clips.

A pack may come from a stranger: it is read within limits, and nothing in it can name a file outside it.
"""

import hashlib
import json
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, Protocol

from psoas_cli.audio import decode
from psoas_cli.audio.clip import Clip
from psoas_cli.audio.normalize import LONGEST
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGS, Lang, shown
from psoas_cli.storage.atomic import keep

FORMAT = 1
"""The version of the format."""

DESCRIPTION = "voice.yaml"
INDEX = "index.json"
CLIPS = "clips"

MOST_CLIPS = 20_000
"""The most clips in a pack; everything that psoas itself can say is less than a thousand."""

LARGEST_CLIP = 24_000_000
"""Bytes of a clip: more than two minutes of WAV."""

LARGEST_PACK = 1_000_000_000
"""Bytes of a whole pack, unpacked: two hours of WAV."""

_LARGEST_DESCRIPTION = 65_536  # bytes
_LARGEST_INDEX = 16_000_000  # bytes
_OFF_BY = 0.05  # seconds by which a clip may differ from its length in the index: decoders differ at the edges
_FILE = re.compile(r"(?:[A-Za-z0-9_-]{1,80}/){0,3}[A-Za-z0-9_-]{1,80}\.(?:ogg|flac|wav|mp3)", re.ASCII)
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
_PACE = range(40, 401)
_KEYS = ("format", "id", "name", "language", "speaker", "licence", "made", "pace")


class About(NamedTuple):
    """What a pack says of itself.

    Args:
        id: How it is named in the settings: lower-case letters, digits and hyphens.
        name: What the voice is called on the screen.
        lang: The one language that it speaks.
        speaker: Who or what speaks.
        licence: What others may do with it.
        made: How it was made.
        pace: Words a minute.
    """

    id: str
    name: str
    lang: Lang
    speaker: str = ""
    licence: str = ""
    made: str = ""
    pace: int = 125


class Entry(NamedTuple):
    """A text in the index: how many frames it takes to say, at 48 kHz, and the file of its clip."""

    text: str
    frames: int
    file: str


class _Files(Protocol):
    """The files of a pack, wherever they are."""

    def read(self, name: str, most: int) -> bytes:
        """The content of the file *name*, at most *most* bytes.

        Raises:
            PsoasError: It is missing, too large, or not a plain file.
        """


@dataclass(frozen=True)
class Pack:
    """A voice pack.

    Args:
        place: Its folder, or its zip.
        about: What it says of itself.
        entries: Its index, by the key of each text.
    """

    place: Path
    about: About
    entries: Mapping[str, Entry] = field(repr=False)

    @property
    def lang(self) -> Lang:
        """The language that it speaks."""
        return self.about.lang

    @property
    def written(self) -> str:
        """How to write it in the settings."""
        return self.about.id

    def clip(self, text: str) -> Clip | None:
        """The clip of *text*, exactly as long as the index says; None if the voice has not said it."""
        entry = self.entries.get(key_of(self.lang, text))
        return entry and Clip(entry.frames, partial(self._decoded, entry))

    def _decoded(self, entry: Entry) -> Samples:
        """The samples of *entry*.

        Raises:
            PsoasError: They cannot be read.
        """
        name = _named(self.place, entry.file)
        samples = decode.decode(_files(self.place).read(entry.file, LARGEST_CLIP), name)[: entry.frames]
        return samples + silence(entry.frames - len(samples))

    def check(self) -> None:
        """Decode every clip.

        Raises:
            PsoasError: One cannot be read, or is not as long as the index says.
        """
        files = _files(self.place)
        for entry in self.entries.values():
            name = _named(self.place, entry.file)
            frames = len(decode.decode(files.read(entry.file, LARGEST_CLIP), name))
            if abs(frames - entry.frames) > frames_of(_OFF_BY):
                raise PsoasError(
                    f"{name} lasts {frames / RATE:.1f} s, but the index says {entry.frames / RATE:.1f}",
                    "ask its maker for a whole copy",
                )


def folded(text: str) -> str:
    """*text* as packs know it: composed (NFC), on one line, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key_of(lang: Lang, text: str) -> str:
    """The key of *text* in *lang*: the first 32 hexadecimal digits of a SHA-256."""
    return hashlib.sha256(f"{lang}\0{folded(text)}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_id(written: str) -> bool:
    """Whether a pack may be called *written*."""
    return _ID.fullmatch(written) is not None


def is_pack(place: Path) -> bool:
    """Whether there is a pack at *place*, by its looks: a folder with a description, or a zip."""
    return (place / DESCRIPTION).is_file() or (place.suffix.lower() == ".zip" and place.is_file())


def packs_in(folder: Path) -> Iterator[Path]:
    """Yield the places of the packs in *folder*, in alphabetical order."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    yield from (place for place in found if not place.name.startswith(".") and is_pack(place))


def read_pack(place: Path) -> Pack:
    """Read the description and the index of the pack at *place*; its clips are read when they are needed.

    Raises:
        PsoasError: It is no pack, or it is not as a pack must be.
    """
    files = _files(place)
    about = _about(place, files.read(DESCRIPTION, _LARGEST_DESCRIPTION))
    return Pack(place, about, _entries(place, about.lang, files.read(INDEX, _LARGEST_INDEX)))


def read_about(place: Path) -> About:
    """Read the description of the pack at *place* alone.

    Raises:
        PsoasError: It has none, or it is not as one must be.
    """
    return _about(place, _files(place).read(DESCRIPTION, _LARGEST_DESCRIPTION))


def describe(folder: Path, about: About) -> None:
    """Write what a pack says of itself into *folder*.

    Raises:
        OSError: It cannot be written.
    """
    values = (FORMAT, about.id, about.name, about.lang, about.speaker, about.licence, about.made, about.pace)
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in zip(_KEYS, values, strict=True))
    keep(folder / DESCRIPTION, "".join(lines).encode())


def write_index(folder: Path, lang: Lang, entries: Iterable[Entry]) -> None:
    """Write the index of a pack in *lang* into *folder*.

    Raises:
        OSError: It cannot be written.
    """
    clips = [
        {"text": folded(each.text), "hash": key_of(lang, each.text), "frames": each.frames, "file": each.file}
        for each in entries
    ]
    content = json.dumps({"format": FORMAT, "clips": clips}, ensure_ascii=False, indent=1)
    keep(folder / INDEX, f"{content}\n".encode())


def file_of(lang: Lang, text: str, suffix: str) -> str:
    """The file for the clip of *text*, within a pack; *suffix* is that of its format, such as `.wav`."""
    return f"{CLIPS}/{key_of(lang, text)}{suffix}"


# -- reading


def _about(place: Path, content: bytes) -> About:
    """The description in *content*.

    Raises:
        PsoasError: Something in it is wrong; the first such thing.
    """
    from psoas_cli.practice.format.nodes import Notebook

    notebook = Notebook(DESCRIPTION, "en")
    try:
        at = notebook.map(notebook.top(content.decode("utf-8-sig")), _KEYS)
    except UnicodeDecodeError:
        raise _wrong(place, f"{DESCRIPTION} is not UTF-8") from None
    except PsoasError as error:
        raise _wrong(place, error.message.splitlines()[0]) from None

    def line(key: str, *, needed: bool = False) -> str:
        written = notebook.value(at.get(key), shown, "")
        if needed and not written and not notebook.problems:
            raise _wrong(place, f"{DESCRIPTION} has no {key}")
        return written

    if (told := line("format", needed=True)) != str(FORMAT) and not notebook.problems:
        raise _wrong(place, f"its format is {told}, and this psoas reads {FORMAT}", "upgrade psoas")
    name = line("id", needed=True)
    if not is_id(name) and not notebook.problems:
        raise _wrong(place, f'its id is "{name}", not just lower-case letters, digits and hyphens')
    line("language", needed=True)
    lang = notebook.choice(at.get("language"), LANGS, "a language")
    pace = notebook.value(at.get("pace"), _pace, 125)
    about = [line("name", needed=True), line("speaker"), line("licence"), line("made")]
    if notebook.problems or lang is None:
        raise _wrong(place, notebook.problems[0].told)
    called, speaker, licence, made = about
    return About(name, called, lang, speaker, licence, made, pace)


def _pace(written: str) -> int:
    if written.isascii() and written.isdigit() and int(written[:4]) in _PACE:
        return int(written[:4])
    raise ValueError(f'expected {_PACE[0]} to {_PACE[-1]} words a minute, got "{written}"')


def _entries(place: Path, lang: Lang, content: bytes) -> dict[str, Entry]:
    """The index in *content*, by keys.

    Raises:
        PsoasError: Something in it is wrong; the first such thing.
    """
    try:
        top = json.loads(content)
    except (ValueError, RecursionError):
        raise _wrong(place, f"{INDEX} is not JSON") from None
    clips = top.get("clips") if isinstance(top, dict) and top.get("format") == FORMAT else None
    if not isinstance(clips, list):
        raise _wrong(place, f"{INDEX} has no list of clips in format {FORMAT}")
    if len(clips) > MOST_CLIPS:
        raise _wrong(place, f"{INDEX} lists {len(clips)} clips, more than {MOST_CLIPS}")
    entries: dict[str, Entry] = {}
    for number, clip in enumerate(clips, 1):
        if why := _mistake(clip, lang):
            raise _wrong(place, f"clip {number} in {INDEX} {why}")
        entries[clip["hash"]] = Entry(clip["text"], clip["frames"], clip["file"])
    return entries


def _mistake(clip: Any, lang: Lang) -> str:  # noqa: ANN401 - JSON from a stranger
    """What is wrong with an entry of an index; empty if nothing is."""
    if not isinstance(clip, dict):
        return "is not a map"
    text, frames, file = clip.get("text"), clip.get("frames"), clip.get("file")
    if not isinstance(text, str) or not folded(text):
        return "has no text"
    if type(frames) is not int or not 0 < frames <= frames_of(LONGEST):
        return f"has no length of 1 frame to {LONGEST:g} s"
    if not isinstance(file, str) or not _FILE.fullmatch(file):
        return "names no sound file within the pack"
    if clip.get("hash") != key_of(lang, text):
        return f"has another hash than its text has in the language {lang}"
    return ""


def _files(place: Path) -> _Files:
    """The files of the pack at *place*.

    Raises:
        PsoasError: There is no pack.
    """
    return _Zip(place) if place.suffix.lower() == ".zip" else _Folder(place)


class _Folder:
    """The files of a pack that is a folder; links are not followed."""

    def __init__(self, place: Path) -> None:
        self._place = place
        if not place.is_dir():
            raise PsoasError(f"there is no voice pack at {shown(str(place))}", "psoas voices lists the voices")

    def read(self, name: str, most: int) -> bytes:
        """The content of the file *name*, at most *most* bytes."""
        path = self._place / name
        try:
            below = [self._place.joinpath(*PurePosixPath(name).parts[:i]) for i in range(1, name.count("/") + 2)]
            if any(each.is_symlink() for each in below):
                raise _wrong(self._place, f"{name} is a link")
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise _wrong(self._place, f"{name} is not a file")
            if status.st_size > most:
                raise _wrong(self._place, f"{name} is too large")
            with path.open("rb") as file:
                return file.read(most)
        except OSError as error:
            raise _wrong(self._place, f"{name} cannot be read: {error.strerror}") from None


class _Zip:
    """The files of a pack that is a zip, at its top or in one folder."""

    def __init__(self, place: Path) -> None:
        self._place = place
        try:
            with zipfile.ZipFile(place) as zipped:
                members = zipped.infolist()
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
            why = getattr(error, "strerror", None) or "it is not a whole zip file"
            raise _wrong(place, why) from None
        self._members = members_of(place, members)

    def read(self, name: str, most: int) -> bytes:
        """The content of the member *name*, at most *most* bytes, whatever its header says."""
        member = self._members.get(name)
        if member is None:
            raise _wrong(self._place, f"{name} is missing")
        try:
            with zipfile.ZipFile(self._place) as zipped, zipped.open(member) as file:
                content = file.read(most + 1)
        except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile) as error:
            raise _wrong(self._place, f"{name} cannot be unpacked: {error}") from None
        except Exception:  # noqa: BLE001 - damaged data raise whatever the compression's module does
            raise _wrong(self._place, f"{name} is damaged") from None
        if len(content) > most:
            raise _wrong(self._place, f"{name} is too large")
        return content


def members_of(place: Path, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of the pack among the *members* of the zip at *place*, by their names within the pack.

    Raises:
        PsoasError: There is no pack among them, or they are not what a pack may hold.
    """
    if len(members) > MOST_CLIPS + 100:
        raise _wrong(place, f"it has {len(members)} files, more than a voice can have")
    if sum(member.file_size for member in members) > LARGEST_PACK:
        raise _wrong(place, f"unpacked it would take more than {LARGEST_PACK // 1_000_000} MB")
    tops = [each.filename for each in members if PurePosixPath(each.filename).name == DESCRIPTION]
    top = min(tops, key=len, default=None)
    if top is None or top.count("/") > 1:
        raise _wrong(place, f"{DESCRIPTION} is missing")
    prefix = top.removesuffix(DESCRIPTION)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = member.filename
        if name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or ":" in name:
            raise _wrong(place, f"it names a file outside itself: {shown(name)[:80]}")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _wrong(place, f"{shown(name)[:80]} is a link")
        if member.flag_bits & 1:
            raise _wrong(place, "it is protected by a password")
        if name.startswith(prefix) and not member.is_dir():
            found[name.removeprefix(prefix)] = member
    return found


def _named(place: Path, file: str) -> str:
    """What messages call a file of the pack at *place*."""
    return f"{shown(place.name)}{os.sep}{file}"


def _wrong(place: Path, why: str, hint: str = "ask its maker for a whole copy") -> PsoasError:
    return PsoasError(f"the voice pack {shown(str(place))} cannot be used: {shown(why)}", hint)
