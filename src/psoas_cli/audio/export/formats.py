"""Write samples to a file in one of five formats, a block at a time."""

import importlib
import os
import shutil
import wave
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from psoas_cli.audio.export.tags import Label, add_comments, write_id3
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.errors import PsoasError

_MP3_KBITS = 96  # kbit/s, for one channel of bells and breath
_PAGE_KBITS = 64  # the same within a page, which is opened on a telephone
_MP3_QUALITY = 5  # on lame's scale from 2 (best) to 7 (fastest); the best takes three times as long
Write: TypeAlias = Callable[[BinaryIO, Iterable[Samples], Label], None]
"""Writes blocks of samples, a second each at most, and a label to a new file. Raises OSError if it cannot."""


class Format(NamedTuple):
    """A file format.

    Args:
        write: Writes a file.
        packages: The packages it needs.
        bytes_a_second: The most bytes for a second of sound.
        around: The most bytes for everything else.
        largest: The most bytes that a file can have.
    """

    write: Write
    packages: tuple[str, ...]
    bytes_a_second: int
    around: int = 65_536
    largest: float = float("inf")

    def size(self, frames: int) -> int:
        """The most bytes that *frames* take; exact for a WAV file."""
        return self.around + -(-frames * self.bytes_a_second // RATE)


def _write_wav(file: BinaryIO, blocks: Iterable[Samples], _: Label) -> None:
    with wave.open(file, "wb") as written:
        written.setparams((1, 2, RATE, 0, "NONE", ""))
        for block in blocks:
            written.writeframesraw(block)


def _write_mp3(file: BinaryIO, blocks: Iterable[Samples], label: Label) -> None:
    write_id3(file, label)
    file.seek(0, os.SEEK_END)
    file.writelines(_mp3(blocks, _MP3_KBITS))


def _mp3(blocks: Iterable[Samples], kbits: int) -> Iterator[bytes]:
    """*blocks* as MP3 frames of *kbits* kbit/s, all of them of that size."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_bit_rate(kbits)
    encoder.set_quality(_MP3_QUALITY)
    yield from (encoder.encode(block.tobytes()) for block in blocks)
    yield encoder.flush()


def _write_page(file: BinaryIO, blocks: Iterable[Samples], label: Label) -> None:
    """Write the page of *label* with the sound as MP3 in it, in base64."""
    from base64 import b64encode

    before, after = label.page
    file.write(before.encode())
    left = b""
    for sound in _mp3(blocks, _PAGE_KBITS):
        left += sound
        whole = len(left) // 3 * 3
        file.write(b64encode(left[:whole]))
        left = left[whole:]
    file.write(b64encode(left))
    file.write(after.encode())


def _write_flac(file: BinaryIO, blocks: Iterable[Samples], label: Label) -> None:
    _write_by_soundfile(file, blocks, "FLAC", "PCM_16")
    add_comments(file, label, ".flac")


def _write_ogg(file: BinaryIO, blocks: Iterable[Samples], label: Label) -> None:
    _write_by_soundfile(file, blocks, "OGG", "VORBIS")
    add_comments(file, label, ".ogg")


def _write_by_soundfile(file: BinaryIO, blocks: Iterable[Samples], name: str, subtype: str) -> None:
    """Write *blocks* one by one, as soundfile's Vorbis encoder cannot take a long sound at once."""
    import soundfile

    watched = _Watched(file)
    try:
        with soundfile.SoundFile(watched, "w", RATE, 1, format=name, subtype=subtype) as written:
            for block in blocks:
                written.buffer_write(block.tobytes(), "int16")
                watched.see()
    except (RuntimeError, AssertionError):  # raised for a file that cannot be written
        watched.see()
        raise
    watched.see()


class _Watched:
    """A file for a library that would only print a write error: the error is kept instead, to be raised later."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.read = file.seek, file.tell, file.read
        self._file = file
        self._error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self._error = self._error or error
            return 0

    def see(self) -> None:
        """Raise the first write error, if there was one.

        Raises:
            OSError: A write failed.
        """
        if self._error:
            raise self._error


FORMATS: dict[str, Format] = {
    ".wav": Format(_write_wav, (), 2 * RATE, around=44, largest=2**32),
    ".flac": Format(_write_flac, ("soundfile", "mutagen"), RATE),
    ".ogg": Format(_write_ogg, ("soundfile", "mutagen"), 12_000),
    ".mp3": Format(_write_mp3, ("lameenc", "mutagen"), _MP3_KBITS * 1000 // 8),
    ".html": Format(_write_page, ("lameenc",), -(-_PAGE_KBITS * 1000 // 6), around=2**20, largest=2**29),
}
"""The formats by suffix."""


def format_of(path: Path) -> Format:
    """The format with the suffix of *path*.

    Raises:
        PsoasError: No format has that suffix.
    """
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        *others, last = FORMATS
        raise PsoasError(f'--output: expected a name that ends in {", ".join(others)} or {last}, got "{path}"')
    return known


def missing(kind: Format) -> list[str]:
    """The packages that *kind* needs but that cannot be imported."""
    found = []
    for package in kind.packages:
        try:
            importlib.import_module(package)
        except (ImportError, OSError):  # OSError: the library it wraps is missing
            found.append(package)
    return found


def see_room(path: Path, kind: Format, frames: int) -> None:
    """Check that *frames* in the format *kind* fit into a file, and onto the disk of *path*.

    Raises:
        PsoasError: They do not fit, with the room they need.
    """
    needed = kind.size(frames)
    if needed > kind.largest:
        hours = kind.largest / kind.bytes_a_second / 3600
        raise PsoasError(
            f"a {path.suffix} file can hold {hours:.0f} hours, but this one would need {frames / RATE / 3600:.1f}",
            "choose another format: the others have no such limit",
            exit_code=1,
        )
    free = shutil.disk_usage(Path(os.path.realpath(path)).parent).free
    if needed > free:
        is_lean = kind.bytes_a_second <= FORMATS[".mp3"].bytes_a_second
        smaller = "" if is_lean else ", or a smaller format: .mp3 or .ogg"
        raise PsoasError(
            f"{path} needs {needed / 1e6:.1f} MB, but only {free / 1e6:.1f} MB are free there",
            f"choose another folder{smaller}",
            exit_code=1,
        )
