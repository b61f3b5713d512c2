"""The samples of a bed of sound, over and over without a seam, as loud as asked for."""

import math
from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path

from psoas_cli.audio.bed_loop import Endless
from psoas_cli.audio.decode import is_path, recording, stream
from psoas_cli.audio.loudness import integrated, peak_of
from psoas_cli.audio.samples import FULL, RATE, Samples, frames_of, louder
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.bed import BEDS, LEVEL, NO_BED, Bed
from psoas_cli.resources import bundled

OVERLAP = 0.1
"""Seconds that a shipped loop goes on after its end, into its beginning: Vorbis is only nearly exact."""

_CROSSFADE = 4.0  # seconds in which the end of a recording fades into its beginning
_SHORTEST = 5.0  # seconds; a shorter loop is heard as a rhythm
_SILENT = FULL * 10 ** (-60 / 20)  # the peak up to which a recording would be raised to mostly noise
_SOFTEST = -70.0  # LUFS: what the measure takes for silence
_PIECE = RATE  # frames that are scaled at a time, as a list of them takes far more memory


def prepared(bed: Bed) -> Callable[[], Endless]:
    """Check that *bed* can be played, and return what makes it, which may take a few seconds.

    Of a file only the beginning is checked, so that nobody waits.

    Raises:
        PsoasError: There is no such bed, or its file cannot be played.
    """
    if not is_path(bed.sound):
        if bed.sound not in BEDS:
            names = ", ".join((*BEDS, NO_BED))
            raise PsoasError(f'there is no bed called "{bed.sound}"', f"choose one of {names}, or the path of a file")
        file = bundled("sounds") / "beds" / f"{bed.sound}.ogg"
        return partial(Shipped, file, bed.level - LEVEL)
    try:
        begin = recording(bed.sound, _SHORTEST)
    except PsoasError as error:
        raise PsoasError(error.message, error.hint or f"choose another file, or --bed {NO_BED}") from None
    if len(begin) < frames_of(_SHORTEST):
        seconds = f"{len(begin) / RATE:.1f} seconds"
        raise PsoasError(f"{bed.sound} is too short for a bed: {seconds}", f"use one of at least {_SHORTEST:g} seconds")
    return partial(_fitted, bed.sound, bed.level)


class Shipped:
    """One of the beds that psoas brings along, over and over. It is decoded as it is played: whole, it takes 8 MB.

    Args:
        file: Its file, whose last `OVERLAP` is its beginning once more.
        decibels: By how much it is louder than as it was made, or softer if negative.
    """

    def __init__(self, file: Path, decibels: float = 0.0) -> None:
        self._data = file.read_bytes()
        self._decibels = decibels
        self._decoded = stream(self._data)
        self._ahead: Samples = array("h")

    def take(self, frames: int) -> Samples:
        """The next *frames*."""
        overlap = frames_of(OVERLAP)
        while len(self._ahead) < frames + overlap:  # what is given away is never its last, which the turn needs
            chunk = next(self._decoded, None)
            if chunk is None:
                self._turn(overlap)
            else:
                self._ahead.extend(chunk)
        taken = self._ahead[:frames]
        del self._ahead[:frames]
        return louder(taken, self._decibels) if self._decibels else taken

    def _turn(self, frames: int) -> None:
        """Go on at the beginning, with the last *frames* fading into it."""
        self._decoded = stream(self._data)
        begin: Samples = array("h")
        while len(begin) < frames:
            begin.extend(next(self._decoded))
        fading = [i / frames for i in range(frames)]
        self._ahead[-frames:] = _over(self._ahead[-frames:], [1 - past for past in fading], begin[:frames], fading)
        self._ahead.extend(begin[frames:])


class Recorded:
    """The samples of *loop*, over and over."""

    def __init__(self, loop: Samples) -> None:
        self._loop = loop
        self._at = 0

    def take(self, frames: int) -> Samples:
        """The next *frames*."""
        taken = self._loop[self._at : self._at + frames]
        while len(taken) < frames:
            taken.extend(self._loop[: frames - len(taken)])
        self._at = (self._at + frames) % len(self._loop)
        return taken


def _fitted(path: str, level: float) -> Recorded:
    """The recording at *path* as a loop with a loudness of *level* (LUFS): three seconds' work for two minutes.

    The power stays the same while end and beginning, which have nothing in common, fade into each other.

    Raises:
        PsoasError: It cannot be decoded, or is silent.
    """
    recorded = recording(path)
    if peak_of(recorded) < _SILENT:
        raise PsoasError(f"{path} is silent, or nearly so", "record it louder")
    loud = max(_SOFTEST, integrated(recorded))
    decibels = min(level - loud, 20 * math.log10(FULL / peak_of(recorded)))
    frames = min(frames_of(_CROSSFADE), len(recorded) // 4)
    turn = [math.pi / 2 * i / frames for i in range(frames)]
    fading = _over(recorded[-frames:], list(map(math.cos, turn)), recorded[:frames], list(map(math.sin, turn)))
    recorded[:frames] = fading
    del recorded[-frames:]
    for begin in range(0, len(recorded), _PIECE):
        recorded[begin : begin + _PIECE] = louder(recorded[begin : begin + _PIECE], decibels)
    return Recorded(recorded)


def _over(end: Samples, out: list[float], begin: Samples, back: list[float]) -> Samples:
    """*end*, fading *out*, over *begin*, which fades in with *back*."""
    both = zip(end, out, begin, back, strict=True)
    return array("h", [max(-FULL, min(FULL, round(x * a + y * b))) for x, a, y, b in both])
