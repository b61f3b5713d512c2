"""piper: a neural voice that speaks all the texts of a practice in one process, fed a line at a time.

Loading its model takes seconds, so it is started once. For each line on its standard input it writes a WAV file into a
folder: what every piper understands, from the older single program to the newest Python package. It is given a line
only once it has begun on the one before, so that no file is ever taken for that of another text.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from psoas_cli.audio.tts import engines
from psoas_cli.audio.tts.child import Child, size_of
from psoas_cli.audio.tts.pack_files import LARGEST_CLIP
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import shown
from psoas_cli.programs import found
from psoas_cli.storage.files import read_bytes

MODEL_SUFFIX = ".onnx"
"""The suffix of a model's file."""

DESCRIPTION_SUFFIX = ".json"
"""What the name of a model's description has after that of the model."""

PATIENCE = 30.0
"""Seconds that piper may take to load its model, and then for each text."""

_LOOK = 0.02  # seconds between looks for a new file; a text takes piper ten times as long
_PACE = 209.0  # words a minute of the English model joe by default: measured; other models differ
_LARGEST_DESCRIPTION = 1_000_000  # bytes; those of the makers' collection have some 5,000


def spoken(
    model: Path, texts: Sequence[str], rate: int, skipped: Callable[[], bool] = lambda: False
) -> Iterator[bytes]:
    """Yield the WAV file of each of *texts* in turn, until all are spoken or the rest is *skipped*.

    Args:
        model: The model's file.
        texts: What to speak; each has a letter or digit in it.
        rate: Words a minute, by the measure of one model.
        skipped: Called every few milliseconds; whether to leave out the rest.

    Raises:
        PsoasError: piper cannot be started, fails or takes too long; what it spoke until then has been yielded.
    """
    with _Process(model, rate) as process:
        for number, text in enumerate(texts):
            process.give(text)
            if not process.begins(number, skipped):
                return
            if number:
                yield process.written(number - 1)
        if process.ends(skipped):
            yield process.written(len(texts) - 1)


def language_of(model: Path) -> str:
    """The language that *model* speaks, as two or three lower-case letters; empty if it does not say.

    Raises:
        PsoasError: Its description cannot be read.
    """
    file = model.with_name(model.name + DESCRIPTION_SUFFIX)
    try:
        described = json.loads(read_bytes(file, _LARGEST_DESCRIPTION))
    except OSError as error:
        raise PsoasError(f"{shown(str(file))} cannot be read: {error.strerror}", exit_code=1) from None
    except (ValueError, RecursionError):
        raise PsoasError(f"{shown(str(file))} does not describe a piper model", "download the model again") from None
    found = (_value(described, "language", "code"), _value(described, "espeak", "voice"))
    return next((each.replace("-", "_").partition("_")[0].lower() for each in found if each), "")


def python() -> str | None:
    """The Python in which piper is installed; None if there is none, as with the older single program."""
    if find_spec("piper"):
        return sys.executable
    program = engines.program("piper")
    beside = Path(program).resolve().parent if program else None
    if beside is None:
        return None
    folders = [str(beside), str(beside.parent)] if engines.SYSTEM == "win32" else [str(beside)]  # there in `Scripts`
    return found("python", folders) or found("python3", folders)


class _Process:
    """A running piper, as a context manager: outside, it has ended, and nothing of it is left."""

    def __init__(self, model: Path, rate: int) -> None:
        self._model = model
        self._rate = rate
        self._begun: list[Path] = []

    def __enter__(self) -> Self:
        try:
            import tempfile

            self._place = tempfile.TemporaryDirectory(prefix="psoas-", ignore_cleanup_errors=True)
        except OSError as error:
            raise self._mute(f"has no room for its files: {error.strerror}") from None
        self._folder = Path(self._place.name)
        scale = f"{_PACE / self._rate:.3f}"
        program = engines.program("piper") or "piper"
        options = ["--model", str(self._model), "--output_dir", str(self._folder), "--length_scale", scale]
        self._child = Child([program, *options], {"PYTHONUTF8": "1"})  # in case it is a Python program
        try:
            self._child.__enter__()
        except OSError as error:
            self._place.cleanup()
            raise self._mute(f"cannot be started: {error.strerror}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.__exit__(kind, error, trace)
        self._place.cleanup()

    def give(self, text: str) -> None:
        """Have it speak *text* next."""
        self._child.tell(f"{engines.one_line(text)}\n".encode())

    def begins(self, number: int, skipped: Callable[[], bool]) -> bool:
        """Wait until it has begun to write the file of text *number*, from 0; False if that is *skipped*.

        Raises:
            PsoasError: It ended, or took too long.
        """
        return self._waits(lambda: len(self._files()) > number, skipped)

    def ends(self, skipped: Callable[[], bool]) -> bool:
        """Wait until it has written all it was given, and has ended; False if that is *skipped*.

        Raises:
            PsoasError: It failed, or took too long.
        """
        self._child.end_input()
        return self._waits(lambda: self._child.code == 0, skipped)

    def written(self, number: int) -> bytes:
        """The file of text *number*, which it has finished.

        Raises:
            PsoasError: It cannot be read.
        """
        try:
            return read_bytes(self._begun[number], LARGEST_CLIP)
        except OSError as error:
            raise self._mute(f"left a file that cannot be read: {error.strerror}") from None

    def _waits(self, done: Callable[[], bool], skipped: Callable[[], bool]) -> bool:
        patience = time.monotonic() + PATIENCE
        while not done():
            if skipped():
                return False
            if self._child.code is not None and not done():
                early = self._child.code == 0
                raise self._mute("ended before it had spoken" if early else self._child.failure())
            if any(size_of(file) > LARGEST_CLIP for file in self._files()[-2:]):
                raise self._mute(f"wrote more than {LARGEST_CLIP // 1_000_000} MB")
            if time.monotonic() > patience:
                raise self._mute(f"did not answer in {PATIENCE:g} seconds")
            time.sleep(_LOOK)
        return True

    def _files(self) -> list[Path]:
        """The files begun so far, in order, as their names are moments; one that is gone keeps its place."""
        new = set(self._folder.glob("*.wav")).difference(self._begun)
        self._begun += sorted(new, key=lambda file: (len(file.name), file.name))
        return self._begun

    def _mute(self, why: str) -> PsoasError:
        return PsoasError(f"the voice piper:{self._model} {why}", "psoas voices lists the others", exit_code=1)


def _value(described: object, *keys: str) -> str:
    """The text in *described* under *keys*, one within the other; empty if there is none."""
    for key in keys:
        described = described.get(key) if isinstance(described, dict) else None
    return described if isinstance(described, str) else ""
