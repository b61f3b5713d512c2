"""Decode sound files to samples, and look up the built-in sounds by name."""

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from psoas_cli.audio.normalize import check_bell, fitted_bell
from psoas_cli.audio.samples import LONGEST, RATE, Samples, frames_of
from psoas_cli.audio.sound_library import sound_library
from psoas_cli.errors import PsoasError
from psoas_cli.resources import bundled
from psoas_cli.storage.files import read_bytes

_LARGEST = 64 * 1024 * 1024  # bytes of a file: about two minutes of stereo at 96 kHz and 24 bits
_MISSING = 0.1  # seconds by which a file may be shorter than it states: some encoders omit that much at the end
_CHUNK = 16_384  # frames that the decoder returns at a time
_RATES = range(4_000, 384_001)  # frames a second; a file that states others is damaged, and takes long to convert
_FORMATS = "use WAV, FLAC, OGG Vorbis or MP3"


def check_sounds(sounds: Iterable[str]) -> None:
    """Check that *sounds*, built-in names or paths of files, can be played, before a practice begins.

    Raises:
        PsoasError: One of them cannot be played, with the reason.
    """
    for sound in sounds:
        if is_path(sound):
            check_bell(recording(sound), sound)
        else:
            load(sound)


def builtin_bells() -> tuple[str, ...]:
    """The names of the built-in bells, in alphabetical order."""
    files = (file.name for file in bundled("sounds").iterdir())
    return tuple(sorted(name.removesuffix(".flac") for name in files if name.endswith(".flac")))


def is_path(sound: str) -> bool:
    """Whether *sound* is the path of a file and not a built-in name: it contains a slash, backslash or dot."""
    return "/" in sound or "\\" in sound or "." in sound


@lru_cache(maxsize=32)
def load(sound: str) -> Samples:
    """Load a built-in bell by its name or a sound file by its path; cached, as a practice rings few bells often.

    A file is fitted to the set: levelled, trimmed and faded.

    Raises:
        PsoasError: There is no such sound, or it cannot be played.
    """
    if is_path(sound):
        return fitted_bell(recording(sound), sound)
    file = bundled("sounds") / f"{sound}.flac"
    if not file.is_file():
        raise PsoasError(f'there is no sound called "{sound}"', f"choose one of {', '.join(builtin_bells())}")
    return decode(file.read_bytes(), sound)


@lru_cache(maxsize=1)
def load_air() -> tuple[Samples, ...]:
    """The four noise bands of the breath, from dark to bright, each a seamless loop."""
    bands = 4
    mixed = decode((bundled("sounds") / "breath" / "air.flac").read_bytes(), "the breath's air", channels=bands)
    return tuple(mixed[band::bands] for band in range(bands))


def decode(data: bytes, name: str, *, channels: int = 1, longest: float = LONGEST) -> Samples:
    """Decode a sound file to 48 kHz.

    Args:
        data: The content of the file: WAV, FLAC, OGG Vorbis or MP3.
        name: What error messages call it.
        channels: The number of channels in the result, interleaved; 1 mixes them all into one.
        longest: Seconds to decode at most.

    Raises:
        PsoasError: The file cannot be decoded, is empty or is cut off.
    """
    miniaudio = sound_library()
    samples: Samples = array("h")
    try:
        for chunk in stream(data, channels=channels):
            samples.extend(chunk)
            if len(samples) >= frames_of(longest) * channels:
                del samples[frames_of(longest) * channels :]  # in place: it may be long
                return samples
    except miniaudio.MiniaudioError as error:
        raise PsoasError(f"{name} is {_instead(data)}", _FORMATS) from error
    except MemoryError:
        raise PsoasError(f"there is not enough memory for {name}", "close other programs first", exit_code=1) from None
    if not samples:  # also the result for a FLAC file that is cut off early
        raise PsoasError(f"{name} is empty or cut off", "copy or record it again")
    if data.startswith(b"fLaC"):  # one cut off late is decoded in part, without an error, but states its length
        there, told = len(samples) / channels / RATE, miniaudio.flac_get_info(data).duration
        if told - there > _MISSING:
            raise PsoasError(f"{name} is cut off after {there:.1f} of its {told:.1f} seconds", "copy it again")
    return samples


def _instead(data: bytes) -> str:
    """What *data* are that cannot be decoded."""
    from psoas_cli.storage.file_kind import SOUND, kind_of

    kind = kind_of(data)
    return "not a readable sound file" if kind in (None, SOUND) else f"{kind.name}, not a sound file"


def stream(data: bytes, *, channels: int = 1) -> Iterator[Samples]:
    """Decode a sound file to 48 kHz, a third of a second at a time.

    Args:
        data: The content of the file: WAV, FLAC, OGG Vorbis or MP3.
        channels: The number of channels in the result, interleaved; 1 mixes them all into one.

    Raises:
        MiniaudioError: The file cannot be decoded.
    """
    miniaudio = sound_library()
    if _rate(data) not in _RATES:
        raise miniaudio.DecodeError("no sound, or none of a rate that one has")
    chunks: Iterator[Samples] = miniaudio.stream_memory(
        data, miniaudio.SampleFormat.SIGNED16, nchannels=channels, sample_rate=RATE, frames_to_read=_CHUNK
    )
    return chunks


def _rate(data: bytes) -> int | None:
    """The frames a second that the sound file *data* states; None if it cannot be decoded."""
    miniaudio = sound_library()
    ffi, lib = miniaudio.ffi, miniaudio.lib
    decoder = ffi.new("ma_decoder *")
    as_stated = lib.ma_decoder_config_init(miniaudio.SampleFormat.SIGNED16.value, 1, 0)
    if lib.ma_decoder_init_memory(data, len(data), ffi.addressof(as_stated), decoder) != lib.MA_SUCCESS:
        return None
    rate: int = decoder.outputSampleRate
    lib.ma_decoder_uninit(decoder)
    return rate


def recording(path: str, longest: float = LONGEST) -> Samples:
    """Decode the sound file at *path*, without fitting it to the set, and *longest* seconds of it at most.

    Raises:
        PsoasError: The file cannot be read or decoded.
    """
    return decode(_read(Path(path)), path, longest=longest)


def _read(path: Path) -> bytes:
    """The content of the sound file at *path*, unless it is larger than 64 MiB."""
    try:
        return read_bytes(path, _LARGEST)
    except OSError as error:
        raise PsoasError(f"{path} cannot be read: {error.strerror}") from None
