"""The samples of a bed of sound: a loop without a seam, as loud as asked for."""

import math
from array import array
from collections.abc import Callable
from functools import partial
from itertools import repeat
from operator import mul
from pathlib import Path

from psoas_cli.audio.buffer import FULL
from psoas_cli.audio.decode import decode, is_path, recording
from psoas_cli.audio.loudness import integrated, peak_of
from psoas_cli.audio.samples import RATE, Samples, frames_of
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


def prepared(bed: Bed) -> Callable[[], Samples]:
    """Check that *bed* can be played, and return what makes its loop, which may take a few seconds.

    Of a file only the beginning is checked, so that nobody waits.

    Raises:
        PsoasError: There is no such bed, or its file cannot be played.
    """
    if not is_path(bed.sound):
        if bed.sound not in BEDS:
            names = ", ".join((*BEDS, NO_BED))
            raise PsoasError(f'there is no bed called "{bed.sound}"', f"choose one of {names}, or the path of a file")
        return partial(_at_level, bundled("sounds") / "beds" / f"{bed.sound}.ogg", bed.level)
    try:
        begin = recording(bed.sound, _SHORTEST)
    except PsoasError as error:
        raise PsoasError(error.message, error.hint or f"choose another file, or --bed {NO_BED}") from None
    if len(begin) < frames_of(_SHORTEST):
        seconds = f"{len(begin) / RATE:.1f} seconds"
        raise PsoasError(f"{bed.sound} is too short for a bed: {seconds}", f"use one of at least {_SHORTEST:g} seconds")
    return partial(_fitted, bed.sound, bed.level)


def _at_level(file: Path, level: float) -> Samples:
    loop = shipped(file)
    if level != LEVEL:
        _scale(loop, 10 ** ((level - LEVEL) / 20))
    return loop


def shipped(file: Path) -> Samples:
    """The loop in *file*, one of those that psoas brings along, as loud as it was made."""
    loop = decode(file.read_bytes(), file.stem)
    overlap = frames_of(OVERLAP)
    _close(loop, [1 - i / overlap for i in range(overlap)], [i / overlap for i in range(overlap)])
    return loop


def _fitted(path: str, level: float) -> Samples:
    """The recording at *path* as a loop with a loudness of *level* (LUFS): three seconds' work for two minutes.

    The power stays the same while end and beginning, which have nothing in common, fade into each other.

    Raises:
        PsoasError: It cannot be decoded, or is silent.
    """
    recorded = recording(path)
    if peak_of(recorded) < _SILENT:
        raise PsoasError(f"{path} is silent, or nearly so", "record it louder")
    loud = max(_SOFTEST, integrated(recorded))
    gain = min(10 ** ((level - loud) / 20), FULL / peak_of(recorded))
    frames = min(frames_of(_CROSSFADE), len(recorded) // 4)
    turn = [math.pi / 2 * i / frames for i in range(frames)]
    _close(recorded, list(map(math.cos, turn)), list(map(math.sin, turn)))
    _scale(recorded, gain)
    return recorded


def _close(sound: Samples, out: list[float], back: list[float]) -> None:
    """Make *sound* a loop: its last frames, fading *out*, are laid over its first ones, which fade in with *back*."""
    frames = len(out)
    over = zip(sound[-frames:], out, sound[:frames], back, strict=True)
    sound[:frames] = array("h", [max(-FULL, min(FULL, round(x * a + y * b))) for x, a, y, b in over])
    del sound[-frames:]


def _scale(loop: Samples, gain: float) -> None:
    for begin in range(0, len(loop), _PIECE):
        loop[begin : begin + _PIECE] = array("h", map(int, map(mul, loop[begin : begin + _PIECE], repeat(gain))))
