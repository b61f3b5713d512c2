"""A take: one text as a person spoke it, without the silence around it and as loud as the set."""

import math
from array import array
from collections.abc import Iterable
from typing import Literal, NamedTuple

from psoas_cli.audio.loudness import levels, peak_of
from psoas_cli.audio.normalize import fitted_speech
from psoas_cli.audio.samples import RATE, Samples, frames_of
from psoas_cli.errors import PsoasError

Flaw = Literal["silent", "clipped"]
"""Why a take cannot be used: nobody is heard in it, or it was louder than the microphone can record."""

NOISY = -50.0
"""LUFS from which a room is too loud: it would be heard behind a voice that is recorded from a hand's width away."""

CLEAR = 30.0
"""LU by which a voice should be louder than the room, so that the room is not heard as well."""

_STEP = 0.01  # seconds between levels
_SETTLED = 5  # levels at the start of a room that say nothing: the filter settles
_SUSTAINED = 3  # levels in a row that make a voice; fewer are a click
_BELOW = 40.0  # LU below the loudest 10 ms at which a voice is taken to begin and end
_ABOVE = 6.0  # LU above the room from which a sound is not the room
_SOFTEST = -55.0  # LUFS; a voice whose loudest 10 ms are softer is not one
_BEFORE, _AFTER = 0.12, 0.2  # seconds kept around the voice: a p or an f begins softly
_EDGE = 5  # levels at the end within which a voice was still speaking
_FULL_SCALE = 32_440  # 0.1 dB below full scale
_FLAT = 3  # samples at full scale that make a take clipped


class Take(NamedTuple):
    """A take that can be kept.

    Args:
        clip: The voice, trimmed and levelled.
        over_room: LU by which the voice is louder than the room.
        cut_short: Whether the voice was still speaking at the end.
    """

    clip: Samples
    over_room: float
    cut_short: bool

    @property
    def seconds(self) -> float:
        """How long the clip lasts."""
        return len(self.clip) / RATE


def room_level(samples: Samples) -> float:
    """How loud a room is in which nobody speaks, in LUFS; -inf if nothing at all is heard."""
    return _mean(levels(_centred(samples))[_SETTLED:]) if any(samples) else -math.inf


def peak_level(samples: Samples) -> float:
    """The peak of *samples* in dB of full scale; -inf if all is silent."""
    peak = peak_of(samples)
    return 20 * math.log10(peak / 32768) if peak else -math.inf


def take_of(samples: Samples, room: float) -> Take | Flaw:
    """Trim and level what was recorded, or say why it cannot be used.

    Args:
        samples: The recording, with any silence around the voice.
        room: How loud the room is, in LUFS.
    """
    if _clipped(samples):
        return "clipped"
    recorded = _centred(samples)
    found = levels(recorded)
    quiet = max(max(found, default=-math.inf) - _BELOW, room + _ABOVE)
    voiced = _sustained(found, max(quiet, _SOFTEST))
    if not voiced or max(found) < _SOFTEST:
        return "silent"
    first, last = voiced[0] * _STEP - _BEFORE, (voiced[-1] + 1) * _STEP + _AFTER
    try:
        clip = fitted_speech(recorded[max(0, frames_of(first)) : frames_of(last)], "the take")
    except PsoasError:
        return "silent"
    over_room = _mean([found[i] for i in voiced]) - room
    return Take(clip, over_room, cut_short=voiced[-1] >= len(found) - _EDGE)


def words_a_minute(text: str, frames: int) -> int:
    """How fast *text* is spoken in a clip of *frames*."""
    return round(len(text.split()) * 60 * RATE / frames)


def _sustained(found: list[float], quiet: float) -> list[int]:
    """The numbers of the levels above *quiet* that have enough neighbours above it to be no click."""
    runs: list[list[int]] = []
    for i, level in enumerate(found):
        if level > quiet:
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
    return [i for run in runs if len(run) >= _SUSTAINED for i in run]


def _centred(samples: Samples) -> Samples:
    """*samples* around zero: some sound cards add a constant to all of them."""
    offset = round(sum(samples) / len(samples)) if samples else 0
    if not offset:
        return samples
    return array("h", [max(-32768, min(32767, sample - offset)) for sample in samples])


def _clipped(samples: Samples) -> bool:
    if not samples or peak_of(samples) < _FULL_SCALE:
        return False
    return sum(abs(sample) >= _FULL_SCALE for sample in samples) >= _FLAT


def _mean(found: Iterable[float]) -> float:
    """The mean loudness of levels in LUFS, by their power."""
    powers = [10 ** (level / 10) for level in found]
    mean = sum(powers) / len(powers) if powers else 0.0
    return 10 * math.log10(mean) if mean else -math.inf
