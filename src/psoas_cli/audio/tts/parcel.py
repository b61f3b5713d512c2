"""A voice pack on its way to somebody else: put into one zip, and taken out of it again."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeAlias

from psoas_cli.audio.tts.pack import (
    LARGEST_DESCRIPTION,
    IndexEntry,
    Pack,
    describe,
    description_of,
    file_of,
    index_of,
    write_index,
)
from psoas_cli.audio.tts.pack_files import DESCRIPTION, INDEX, LARGEST_CLIP, Files, files_of
from psoas_cli.errors import PsoasError
from psoas_cli.storage.atomic import keep, move, unfinished

NOTICES = ("LICENCE", "LICENSE", "NOTICE", "LICENCE.txt", "LICENSE.txt", "NOTICE.txt")
"""Texts that go along with a pack if they are there."""

Told: TypeAlias = Callable[[int, int], None]
"""Called with how many clips are done, and of how many; may raise what is to break it off."""

_WAV, _VORBIS = ".wav", ".ogg"
_BLOCK = 48_000  # frames that the encoder is given at a time: it cannot take a long sound at once


def encodes() -> bool:
    """Whether clips that are WAV are made smaller when a pack is put into a zip: as OGG Vorbis, by soundfile."""
    return find_spec("soundfile") is not None


def has_wav(pack: Pack) -> bool:
    """Whether some clips of *pack* are WAV."""
    return any(entry.file.lower().endswith(_WAV) for entry in pack.entries.values())


def packed(pack: Pack, file: BinaryIO, told: Told) -> None:
    """Write *pack* to *file* as one zip, after a look at each of its clips.

    Raises:
        PsoasError: A clip cannot be read, or is not as long as the index says.
    """
    top = pack.about.id
    with files_of(pack.place) as files, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"{top}/{DESCRIPTION}", description_of(pack.about))
        for name, content in _notices(files):
            zipped.writestr(f"{top}/{name}", content)
        entries = []
        for entry, content in _clips(pack, files, told):
            made, suffix = content, _suffix(entry)
            if suffix == _WAV and encodes() and (smaller := _as_vorbis(content)):
                made, suffix = smaller, _VORBIS
            entries.append(entry._replace(file=file_of(pack.lang, entry.text, suffix)))
            zipped.writestr(f"{top}/{entries[-1].file}", made, zipfile.ZIP_STORED)
        zipped.writestr(f"{top}/{INDEX}", index_of(pack.lang, entries))


def unpacked(pack: Pack, name: str, folder: Path, told: Told) -> Path:
    """Write *pack* into *folder*, as a pack with the id *name*, after a look at each of its clips.

    Only what a pack is made of is written, under names of our own; all of it, or nothing.

    Returns:
        Its place.

    Raises:
        PsoasError: A clip cannot be read, there is something at its place, or it cannot be written.
    """
    place = folder / name
    try:
        with unfinished(folder) as new, files_of(pack.place) as files:
            entries = []
            for entry, content in _clips(pack, files, told):
                entries.append(entry._replace(file=file_of(pack.lang, entry.text, _suffix(entry))))
                keep(new / entries[-1].file, content, made_anew=True)
            for notice, content in _notices(files):
                keep(new / notice, content)
            describe(new, pack.about._replace(id=name))
            write_index(new, pack.lang, entries)
            if os.path.lexists(place):
                raise PsoasError(f"{place} already exists", f"--name gives it a name other than {name}", exit_code=1)
            move(new, place)
    except OSError as error:
        raise PsoasError(f"{place} cannot be written: {error.strerror}", exit_code=1) from None
    return place


def _clips(pack: Pack, files: Files, told: Told) -> Iterator[tuple[IndexEntry, bytes]]:
    """Yield the clips of *pack*, each checked.

    Raises:
        PsoasError: One cannot be read, or is not as long as the index says.
    """
    told(0, len(pack.entries))
    for number, entry in enumerate(pack.entries.values(), 1):
        content = files.read(entry.file, LARGEST_CLIP)
        pack.check_clip(entry, content)
        yield entry, content
        told(number, len(pack.entries))


def _notices(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield the texts that go along, with their names.

    Raises:
        PsoasError: One cannot be read, or is too large.
    """
    yield from ((name, files.read(name, LARGEST_DESCRIPTION)) for name in NOTICES if files.has(name))


def _suffix(entry: IndexEntry) -> str:
    return PurePosixPath(entry.file).suffix.lower()


def _as_vorbis(content: bytes) -> bytes:
    """The WAV file *content* as OGG Vorbis, frame for frame; empty where soundfile cannot read what psoas can."""
    import soundfile

    made, kind = io.BytesIO(), {"format": "OGG", "subtype": "VORBIS"}
    try:
        with (
            soundfile.SoundFile(io.BytesIO(content)) as sound,
            soundfile.SoundFile(made, "w", sound.samplerate, sound.channels, **kind) as written,
        ):
            for block in sound.blocks(_BLOCK, dtype="int16"):
                written.write(block)
    except soundfile.SoundFileError:
        return b""
    return made.getvalue()
