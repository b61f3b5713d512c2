"""A model of piper's makers: brought by piper's own downloader, checked, and only then put in its place."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from psoas_cli.audio import decode
from psoas_cli.audio.normalize import fitted_speech
from psoas_cli.audio.tts import piper
from psoas_cli.audio.tts.child import Child
from psoas_cli.audio.tts.voices import RATE
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, shown
from psoas_cli.storage.atomic import move, unfinished

STALLED = 60.0
"""Seconds without anything new after which a download is given up."""

_LOOK = 0.1  # seconds between looks at what has come


class Model(NamedTuple):
    """A model in the collection.

    Args:
        name: Its name there.
        megabytes: Its size.
        licence: Its licence.
    """

    name: str
    megabytes: int
    licence: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.name + piper.MODEL_SUFFIX


MODELS: Mapping[Lang, Model] = {
    "en": Model("en_US-joe-medium", 63, "CC0"),
    "nl": Model("nl_NL-alex-medium", 63, "CC0"),
}
"""The model for each language."""


class Download(NamedTuple):
    """How a model is fetched.

    Args:
        python: The Python in which piper is installed.
        install: What to do if it has no downloader.
        told: Called with how many bytes have come, and of how many.
        heed: Called often; raises what is to break it off.
    """

    python: str
    install: str
    told: Callable[[int, int], None]
    heed: Callable[[], None]


def is_complete(model: Model, folder: Path) -> bool:
    """Whether both files of *model* are in *folder*."""
    return all(file.is_file() for file in _files(model, folder))


def fetch(model: Model, line: str, folder: Path, download: Download) -> None:
    """Bring *model* into *folder*, and have it speak *line* first, unheard.

    Whatever happens, *folder* has the whole model or nothing of it.

    Raises:
        PsoasError: It cannot be downloaded or written, or does not speak.
    """
    try:
        with unfinished(folder) as place:
            _download(model, place, download)
            check(model, line, place, download.heed)
            download.heed()
            described, whole = reversed(_files(model, place)), reversed(_files(model, folder))
            for new, target in zip(described, whole, strict=True):  # without its description it is no model
                move(new, target)
    except OSError as error:
        raise PsoasError(f"{shown(str(folder))} cannot be written: {error.strerror}", exit_code=1) from None


def check(model: Model, line: str, folder: Path, heed: Callable[[], None]) -> None:
    """Have *model*, in *folder*, speak *line*, unheard.

    Raises:
        PsoasError: It does not.
    """

    def skipped() -> bool:
        heed()
        return False

    path = _files(model, folder)[0]
    try:
        (content,) = piper.spoken(path, [line], RATE, skipped)
        fitted_speech(decode.decode(content, "its sound"), "its sound")
    except PsoasError as error:
        message = error.message.removeprefix(f"the voice piper:{path} ")
        raise PsoasError(
            f"{model.name} does not speak here: {message}", "try again; it may have been cut off", exit_code=1
        ) from None


def _download(model: Model, place: Path, download: Download) -> None:
    """Download *model* into *place*.

    Raises:
        PsoasError: It cannot be, or nothing more came for a minute.
    """
    arguments = [download.python, "-m", "piper.download_voices", "--download-dir", str(place), model.name]
    all_of_it = model.megabytes * 1_000_000
    with Child(arguments, {}, b"") as child:
        here, since = 0, time.monotonic()
        while not child.ends(_LOOK):
            download.heed()
            size = sum(file.stat().st_size for file in place.iterdir())
            if size != here:
                here, since = size, time.monotonic()
                download.told(min(here, all_of_it), all_of_it)
            if time.monotonic() - since > STALLED:
                raise _missed(model, f"nothing came for {STALLED:g} seconds")
        download.heed()
        if child.code or not is_complete(model, place):
            why = child.failure()
            if "No module named" in why:
                raise PsoasError("the piper here has no downloader", download.install, exit_code=1)
            raise _missed(model, why)


def _files(model: Model, folder: Path) -> tuple[Path, Path]:
    """The model's file in *folder*, and its description."""
    return folder / model.file, folder / (model.file + piper.DESCRIPTION_SUFFIX)


def _missed(model: Model, why: str) -> PsoasError:
    reason = why.removeprefix("failed: ").rpartition("Error: ")[2] or why
    return PsoasError(
        f"{model.name} could not be downloaded: {reason}",
        "look at your connection and the room on your disk, and try again",
        exit_code=1,
    )
