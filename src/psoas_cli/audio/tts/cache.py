"""The cache of clips: kept in a folder from one practice to the next, and found by what they were made from."""

import os
import struct
import wave
import zlib
from array import array
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path

from psoas_cli.audio.clip import Clip, in_memory
from psoas_cli.audio.samples import Samples, wav_of
from psoas_cli.audio.tts.pack_files import LARGEST_CLIP
from psoas_cli.errors import PsoasError
from psoas_cli.storage.atomic import keep
from psoas_cli.storage.files import read_bytes

LARGEST = 200_000_000
"""The most bytes to keep, about half an hour of speech; beyond that, the clips unused the longest go."""

_MADE = 1  # increase it when clips are made differently
_HEADER, _FRAME, _SEAL = 44, 2, 12  # bytes of a WAV file before its samples, of each of them, and of the seal


class ClipCache:
    """The clips in a folder. One that cannot be read counts as missing, and one that cannot be written is not kept.

    Several programs may use the same folder at once.

    Args:
        folder: A folder for nothing but clips, created when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()  # a practice may need more than there is room for

    def get(self, made_from: Iterable[object]) -> Clip | None:
        """The clip that was *made_from* these values; None if there is none or it is damaged."""
        path = self._path(made_from)
        content = _read(path)
        if content is None:
            return None
        with suppress(OSError):
            os.utime(path)  # marks it as used
        self._used.add(str(path))
        return Clip((len(content) - _HEADER) // _FRAME, partial(_read_again, path))

    def put(self, made_from: Iterable[object], samples: Samples) -> Clip:
        """Keep *samples*, which were *made_from* these values, and return them as a clip."""
        path = self._path(made_from)
        try:
            content = wav_of(samples)
            keep(path, content + _seal(content), made_anew=True)
        except (OSError, MemoryError):
            return in_memory(samples)
        self._used.add(str(path))
        return Clip(len(samples), partial(_read_again, path))

    def tidy(self) -> None:
        """Remove the clips unused the longest until no more than `LARGEST` bytes remain; those used here stay."""
        files = []
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                with suppress(OSError):  # another program has just removed it
                    status = entry.stat(follow_symlinks=False)
                    files.append((status.st_mtime, status.st_size, entry.path))
        room = LARGEST
        for _, size, path in sorted(files, reverse=True):
            room -= size
            if room < 0 and path not in self._used:
                with suppress(OSError):
                    Path(path).unlink()

    def _path(self, made_from: Iterable[object]) -> Path:
        import hashlib  # loads OpenSSL, which what a pack says does not need

        told = "\0".join(map(str, (_MADE, *made_from)))
        return self._folder / f"{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.wav"


def _read(path: Path) -> bytes | None:
    """The WAV file at *path* as it was kept, without its seal; None if there is none or it is damaged."""
    try:
        content = read_bytes(path, LARGEST_CLIP)
    except (OSError, MemoryError):
        return None
    wav = content[:-_SEAL]
    return wav if len(wav) > _HEADER and content.endswith(_seal(wav)) else None


def _read_again(path: Path) -> Samples:
    """The samples in the file at *path*, which were there before.

    Raises:
        PsoasError: They are not there any more.
    """
    content = _read(path)
    if content is None:
        raise PsoasError(f"{path} is gone", exit_code=1)
    with wave.open(BytesIO(content), "rb") as file:
        return array("h", file.readframes(file.getnframes()))


def _seal(wav: bytes) -> bytes:
    """A chunk with what *wav* adds up to, which stands behind it and which other programs pass over."""
    return struct.pack("<4sII", b"seal", 4, zlib.crc32(wav))
