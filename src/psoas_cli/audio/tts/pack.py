"""Voice packs: what a voice has said, as a folder or one zip of it: who speaks, an index of texts, and their clips.

A pack may come from a stranger: it is read within limits, and nothing in it can name a file outside it.
"""

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import field
from functools import cached_property, partial
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from psoas_cli.audio.clip import Clip
from psoas_cli.audio.samples import LONGEST, RATE, Samples, frames_of, silence
from psoas_cli.audio.tts.pack_files import DESCRIPTION, INDEX, LARGEST_CLIP, MOST_CLIPS, SUFFIX, Files, files_of, wrong
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.names import is_reserved
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import LANGS, Lang, shown
from psoas_cli.storage.atomic import keep

FORMAT = 1
"""The version of the format."""

CLIPS = "clips"

LARGEST_DESCRIPTION = 65_536
"""Bytes of the description, and of a licence beside it."""

LARGEST_INDEX = 16_000_000
"""Bytes of the index."""

NONE = "none"
"""The setting for no voice, and so the id of no pack."""

_OFF_BY = 0.05  # seconds by which a clip may differ from its length in the index: decoders differ at the edges
_FILE = r"(?:[A-Za-z0-9_-]{1,80}/){0,3}[A-Za-z0-9_-]{1,80}\.(?:ogg|flac|wav|mp3)"
_TAKEN = frozenset(
    {"best", NONE, "on", "off", "say", "windows", "piper", "espeak-ng", "mb-nl2"}
)  # other voices, or none
_ID = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
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


class IndexEntry(NamedTuple):
    """A text in the index: how many frames it takes to say, at 48 kHz, and the file of its clip."""

    text: str
    frames: int
    file: str


@record(frozen=True)
class Pack:
    """A voice pack.

    Args:
        place: Its folder, or its zip.
        about: What it says of itself.
        entries: Its index, by the key of each text.
    """

    place: Path
    about: About
    entries: Mapping[str, IndexEntry] = field(repr=False)

    @property
    def lang(self) -> Lang:
        """The language that it speaks."""
        return self.about.lang

    @property
    def written(self) -> str:
        """How to write it in the settings."""
        return self.about.id

    @cached_property
    def _by_text(self) -> dict[str, IndexEntry]:
        return {folded(entry.text): entry for entry in self.entries.values()}

    def clip(self, text: str) -> Clip | None:
        """The clip of *text*, exactly as long as the index says; None if the voice has not said it."""
        entry = self._by_text.get(folded(text))
        return entry and Clip(entry.frames, partial(self._decoded, entry))

    def _decoded(self, entry: IndexEntry) -> Samples:
        """The samples of *entry*.

        Raises:
            PsoasError: They cannot be read.
        """
        from psoas_cli.audio import decode  # with all that fits sounds to the set

        name = _named(self.place, entry.file)
        with files_of(self.place) as files:
            content = files.read(entry.file, LARGEST_CLIP)
        samples = decode.decode(content, name, longest=entry.frames / RATE)
        samples.extend(silence(entry.frames - len(samples)))
        return samples

    def check(self, told: Callable[[int, int], None] = lambda _done, _all: None) -> None:
        """Decode every clip.

        Args:
            told: Called with how many clips have been decoded, and how many there are.

        Raises:
            PsoasError: One cannot be read, or is not as long as the index says.
        """
        with files_of(self.place) as files:
            for number, entry in enumerate(self.entries.values()):
                told(number, len(self.entries))
                self.check_clip(entry, files.read(entry.file, LARGEST_CLIP))

    def check_clip(self, entry: IndexEntry, content: bytes) -> None:
        """Decode *content*, the clip of *entry*.

        Raises:
            PsoasError: It cannot be decoded, or is not as long as the index says.
        """
        from psoas_cli.audio import decode

        name = _named(self.place, entry.file)
        frames = len(decode.decode(content, name))
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
    import hashlib  # loads OpenSSL, and what only speaks needs no key

    return hashlib.sha256(f"{lang}\0{folded(text)}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_id(written: str) -> bool:
    """Whether a pack may be called *written*."""
    return re.fullmatch(_ID, written, re.ASCII) is not None and written not in _TAKEN and not is_reserved(written)


def is_pack(place: Path) -> bool:
    """Whether there is a pack at *place*, by its looks: a folder with a description, or a zip."""
    try:
        return _is_file(place / DESCRIPTION) or (place.suffix.lower() == SUFFIX and _is_file(place))
    except OSError:  # it may not be looked into, which is told when it is read
        return True


def _is_file(place: Path) -> bool:
    """Whether a file is at *place*; if it may not be looked at, that raises, as with `Path.is_file` before 3.14."""
    try:
        return S_ISREG(place.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def packs_in(folder: Path) -> Iterator[Path]:
    """Yield the places of the packs in *folder*, in alphabetical order."""
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    yield from (place for place in found if not place.name.startswith(".") and is_pack(place))


def read_pack(place: Path, about: About | None = None, *, trusted: bool = False) -> Pack:
    """Read the description and the index of the pack at *place*; its clips are read when they are needed.

    Args:
        place: Its folder, or its zip.
        about: Its description, if that was read already.
        trusted: Whether it came with psoas, so that a test has checked it and not every start has to.

    Raises:
        PsoasError: It is no pack, or it is not as a pack must be.
    """
    with files_of(place) as files:
        about = about or _described(place, files, trusted=trusted)
        content = files.read(INDEX, LARGEST_INDEX)
        known = _as_it_came(content) if trusted else None
        return Pack(place, about, known or _entries(place, about.lang, content))


def read_about(place: Path, *, trusted: bool = False) -> About:
    """Read the description of the pack at *place* alone; it is *trusted* as in `read_pack`.

    Raises:
        PsoasError: It has none, or it is not as one must be.
    """
    with files_of(place) as files:
        return _described(place, files, trusted=trusted)


def describe(folder: Path, about: About) -> None:
    """Write what a pack says of itself into *folder*.

    Raises:
        OSError: It cannot be written.
    """
    keep(folder / DESCRIPTION, description_of(about))


def description_of(about: About) -> bytes:
    """The content of the file that says *about* of a pack."""
    values = (FORMAT, about.id, about.name, about.lang, about.speaker, about.licence, about.made, about.pace)
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in zip(_KEYS, values, strict=True))
    return "".join(lines).encode()


def write_index(folder: Path, lang: Lang, entries: Iterable[IndexEntry]) -> None:
    """Write the index of a pack in *lang* into *folder*.

    Raises:
        OSError: It cannot be written.
    """
    keep(folder / INDEX, index_of(lang, entries))


def index_of(lang: Lang, entries: Iterable[IndexEntry]) -> bytes:
    """The content of the index of a pack in *lang*."""
    clips = [
        {"text": folded(each.text), "hash": key_of(lang, each.text), "frames": each.frames, "file": each.file}
        for each in entries
    ]
    content = json.dumps({"format": FORMAT, "clips": clips}, ensure_ascii=False, indent=1)
    return f"{content}\n".encode()


def file_of(lang: Lang, text: str, suffix: str) -> str:
    """The file for the clip of *text*, within a pack; *suffix* is that of its format, such as `.wav`."""
    return f"{CLIPS}/{key_of(lang, text)}{suffix}"


# -- reading


def _described(place: Path, files: Files, *, trusted: bool) -> About:
    """The description among the *files* of the pack at *place*.

    Raises:
        PsoasError: It has none, or something in it is wrong.
    """
    content = files.read(DESCRIPTION, LARGEST_DESCRIPTION)
    return (_as_described(content) if trusted else None) or _about(place, content)


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
        raise wrong(place, f"{DESCRIPTION} is not UTF-8") from None
    except PsoasError as error:
        raise wrong(place, error.message.splitlines()[0]) from None

    def line(key: str, *, needed: bool = False) -> str:
        written = notebook.value(at.get(key), shown, "")
        if needed and not written and not notebook.problems:
            raise wrong(place, f"{DESCRIPTION} has no {key}")
        return written

    if (told := line("format", needed=True)) != str(FORMAT) and not notebook.problems:
        raise wrong(place, f"its format is {told}, and this psoas reads {FORMAT}", "upgrade psoas")
    name = line("id", needed=True)
    if not is_id(name) and not notebook.problems:
        raise wrong(place, f'its id is "{name}", not just lower-case letters, digits and hyphens')
    line("language", needed=True)
    lang = notebook.choice(at.get("language"), LANGS, "a language")
    pace = notebook.value(at.get("pace"), _pace, 125)
    about = [line("name", needed=True), line("speaker"), line("licence"), line("made")]
    if notebook.problems or lang is None:
        raise wrong(place, notebook.problems[0].told)
    called, speaker, licence, made = about
    return About(name, called, lang, speaker, licence, made, pace)


def _as_described(content: bytes) -> About | None:
    """The description in *content*, if it is to the letter what `description_of` writes: no YAML is loaded for that."""
    with suppress(ValueError, TypeError):
        about = About(*(json.loads(line.partition(b": ")[2]) for line in content.splitlines()[1:]))
        return about if description_of(about) == content else None
    return None


def _as_it_came(content: bytes) -> dict[str, IndexEntry] | None:
    """The index in *content* by keys, as `index_of` writes it; None if it is damaged."""
    with suppress(ValueError, TypeError, KeyError):
        clips = json.loads(content)["clips"]
        return {clip["hash"]: IndexEntry(clip["text"], clip["frames"], clip["file"]) for clip in clips}
    return None


def _pace(written: str) -> int:
    if written.isascii() and written.isdigit() and int(written[:4]) in _PACE:
        return int(written[:4])
    raise ValueError(f'expected {_PACE[0]} to {_PACE[-1]} words a minute, got "{written}"')


def _entries(place: Path, lang: Lang, content: bytes) -> dict[str, IndexEntry]:
    """The index in *content*, by keys.

    Raises:
        PsoasError: Something in it is wrong; the first such thing.
    """
    try:
        top = json.loads(content)
    except (ValueError, RecursionError):
        raise wrong(place, f"{INDEX} is not JSON") from None
    clips = (
        top.get("clips")
        if isinstance(top, dict) and top.get("format") is not True and top.get("format") == FORMAT
        else None
    )
    if not isinstance(clips, list):
        raise wrong(place, f"{INDEX} has no list of clips in format {FORMAT}")
    if len(clips) > MOST_CLIPS:
        raise wrong(place, f"{INDEX} lists {len(clips)} clips, more than {MOST_CLIPS}")
    if not clips:
        raise wrong(place, f"{INDEX} lists no clips")
    entries: dict[str, IndexEntry] = {}
    files: set[str] = set()
    for number, clip in enumerate(clips, 1):
        if why := _mistake(clip, lang) or ("has the text of another one" if clip["hash"] in entries else ""):
            raise wrong(place, f"clip {number} in {INDEX} {why}")
        if clip["file"] in files:
            raise wrong(place, f"clip {number} in {INDEX} has the file of another one")
        files.add(clip["file"])
        entries[clip["hash"]] = IndexEntry(clip["text"], clip["frames"], clip["file"])
    return entries


def _mistake(clip: Any, lang: Lang) -> str:  # noqa: ANN401 - JSON from a stranger
    """What is wrong with an entry of an index; empty if nothing is."""
    if not isinstance(clip, dict):
        return "is not a map"
    text, frames, file = clip.get("text"), clip.get("frames"), clip.get("file")
    if not isinstance(text, str) or not folded(text) or not folded(text).isprintable():
        return "has no text that can be read"
    if type(frames) is not int or not 0 < frames <= frames_of(LONGEST):
        return f"has no length of 1 frame to {LONGEST:g} s"
    if not isinstance(file, str) or not re.fullmatch(_FILE, file, re.ASCII):
        return "names no sound file within the pack"
    if clip.get("hash") != key_of(lang, text):
        return f"has another hash than its text has in the language {lang}"
    return ""


def _named(place: Path, file: str) -> str:
    """What messages call a file of the pack at *place*."""
    return f"{shown(place.name)}{os.sep}{file}"
