"""Sound files into samples, and the built-in sounds by their names."""

from array import array
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from psoas_cli.audio.normalize import LONGEST, fitted_bell
from psoas_cli.audio.samples import RATE, Samples, frames_of
from psoas_cli.errors import PsoasError
from psoas_cli.resources import bundled

_LARGEST = 64 * 1024 * 1024  # bytes of a file: two minutes of stereo at 96 kHz and 24 bits
_MISSING = 0.1  # seconds that a file may be shorter than it says: what some encoders leave out at its end
_CHUNK = 16_384  # frames, what the decoder hands out at once
_FORMATS = "WAV, FLAC, OGG Vorbis and MP3 work"


def check_sounds(sounds: Iterable[str]) -> None:
    """See that *sounds*, built-in names or files' paths, can be played, before the practice begins.

    Raises:
        PsoasError: One cannot, with the reason.
    """
    for sound in sounds:
        load(sound)


def builtin_bells() -> tuple[str, ...]:
    """The names of the built-in bells, in alphabetical order."""
    files = (file.name for file in bundled("sounds").iterdir())
    return tuple(sorted(name.removesuffix(".flac") for name in files if name.endswith(".flac")))


def is_path(sound: str) -> bool:
    """Whether *sound* is a file's path rather than a built-in name: it has a slash or a suffix."""
    return "/" in sound or "\\" in sound or "." in sound


@lru_cache(maxsize=32)
def load(sound: str) -> Samples:
    """The samples of a built-in bell's name or a file's path; kept, as a practice rings few bells often.

    What a file holds is fitted to the set: levelled, trimmed and faded.

    Raises:
        PsoasError: It is no sound that can be played.
    """
    if is_path(sound):
        return fitted_bell(recording(sound), sound)
    file = bundled("sounds") / f"{sound}.flac"
    if not file.is_file():
        raise PsoasError(f"There is no sound called {sound}", f"The built-in ones are {', '.join(builtin_bells())}")
    return decode(file.read_bytes(), sound)


@lru_cache(maxsize=1)
def load_air() -> tuple[Samples, ...]:
    """The four bands of noise of the breath, from dark to bright, each a loop."""
    bands = 4
    mixed = decode((bundled("sounds") / "breath" / "air.flac").read_bytes(), "the breath's air", channels=bands)
    return tuple(mixed[band::bands] for band in range(bands))


def decode(data: bytes, name: str, *, channels: int = 1) -> Samples:
    """The samples in a sound file's *data*, at 48 kHz, with its *channels* one after the other in each frame.

    Of a very long one only the first two minutes.

    Args:
        data: The whole file: WAV, FLAC, OGG Vorbis or MP3.
        name: What it is called in an error.
        channels: As many as the samples shall have; 1 mixes all into one.

    Raises:
        PsoasError: It cannot be decoded, is empty or cut off.
    """
    import miniaudio

    samples: Samples = array("h")
    try:
        stream = miniaudio.stream_memory(
            data, miniaudio.SampleFormat.SIGNED16, nchannels=channels, sample_rate=RATE, frames_to_read=_CHUNK
        )
        for chunk in stream:
            samples.extend(chunk)
            if len(samples) >= frames_of(LONGEST) * channels:
                return samples[: frames_of(LONGEST) * channels]
    except miniaudio.MiniaudioError as error:
        raise PsoasError(f"{name} is no sound that can be read", _FORMATS) from error
    if not samples:  # what the decoder makes of a FLAC file that is cut off early
        raise PsoasError(f"{name} holds no sound: the file is empty or cut off", _FORMATS)
    if data.startswith(b"fLaC"):  # and of one cut off late it is silently a part; a FLAC file says how long it is
        there, told = len(samples) / channels / RATE, miniaudio.flac_get_info(data).duration
        if told - there > _MISSING:
            raise PsoasError(f"{name} is cut off: {there:.1f} of its {told:.1f} seconds are there", "Copy it again")
    return samples


def recording(path: str) -> Samples:
    """The samples of the sound file at *path* as they are.

    Raises:
        PsoasError: It cannot be read or decoded.
    """
    return decode(_read(Path(path)), path)


def _read(path: Path) -> bytes:
    """The content of the sound file at *path*."""
    try:
        if path.stat().st_size > _LARGEST:
            raise PsoasError(f"{path} is too large for a sound", "64 MiB at most")
        return path.read_bytes()
    except OSError as error:
        raise PsoasError(f"{path} cannot be read: {error.strerror}") from error
