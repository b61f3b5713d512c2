"""Recordings made to fit the set: as loud as the bowls, without waiting before them or a cut after them."""

from array import array
from typing import NamedTuple

from psoas_cli.audio.buffer import FULL, bent
from psoas_cli.audio.loudness import integrated, momentary, peak_of
from psoas_cli.audio.samples import Samples, frames_of
from psoas_cli.errors import PsoasError

LOUDNESS = -20.0
"""LUFS of the loudest 400 ms of a bell, and of the whole of what is spoken (BS.1770): that of the bowls."""

PEAK = 10 ** (-6 / 20)
"""Of full scale, which no bell goes beyond: what rings very shortly stays softer than the bowls instead."""

LONGEST = 120.0
"""Seconds of a sound that are read at most; the file comes from a stranger."""

_SOFTEST = -60.0  # LUFS; below, it would be raised by more than 40 dB, and be its noise
_NEAR = 0.3  # LU from the loudness that are near enough
_TURNS = 4  # peaks that are bent make it softer, so it is raised again; more than a few turns gain nothing


class Edges(NamedTuple):
    """How a kind of sound begins and ends.

    Args:
        silent_before: The part of the peak (0..1) up to which what comes before it is silence.
        silent_after: The same of what comes after it.
        kept_before: Seconds of that silence that stay before it.
        kept_after: Seconds that stay after it.
        fade_in: Seconds in which it comes up from nothing.
        fade_out: Seconds in which it goes down to nothing.
        longest: Seconds, after which it fades out whatever is to come.
    """

    silent_before: float
    silent_after: float
    kept_before: float
    kept_after: float
    fade_in: float
    fade_out: float
    longest: float


_BELL = Edges(
    silent_before=10 ** (-50 / 20),  # the room that a recording begins with is no part of the bell
    silent_after=10 ** (-60 / 20),  # as far as T60 goes
    kept_before=0.01,
    kept_after=0.5,
    fade_in=0.002,
    fade_out=0.5,
    longest=60.0,
)
_SPEECH = Edges(
    silent_before=10 ** (-40 / 20),  # a room with somebody in it is not as silent as one with a bell
    silent_after=10 ** (-40 / 20),
    kept_before=0.03,  # an f or an h begins softer than that
    kept_after=0.15,
    fade_in=0.01,
    fade_out=0.01,
    longest=LONGEST,
)


def fitted_bell(samples: Samples, name: str) -> Samples:
    """*samples* trimmed, faded and levelled.

    Args:
        samples: A recording, however loud, with whatever silence around it.
        name: What it is called in an error.

    Raises:
        PsoasError: There is nothing in it to be heard.
    """
    bell = trimmed(samples, _BELL)
    loud = momentary(bell)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or as good as that", "Record it louder")
    gain = min(10 ** ((LOUDNESS - loud) / 20), PEAK * 32767 / peak_of(bell))
    return array("h", [int(sample * gain) for sample in bell])


def fitted_speech(samples: Samples, name: str) -> Samples:
    """*samples* trimmed, faded and levelled.

    Args:
        samples: Somebody who speaks, however loud, with whatever silence around it.
        name: What it is called in an error.

    Raises:
        PsoasError: There is nothing in it to be heard.
    """
    words = trimmed(samples, _SPEECH)
    loud = integrated(words)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or as good as that", "Record it louder")
    gain = 10 ** ((LOUDNESS - loud) / 20)
    if peak_of(words) * gain <= FULL:
        return array("h", [int(sample * gain) for sample in words])
    for _ in range(_TURNS):
        level = array("h", [bent(sample * gain) for sample in words])
        missing = LOUDNESS - integrated(level)
        if missing < _NEAR:
            break
        gain *= 10 ** (missing / 20)
    return level


def trimmed(samples: Samples, edges: Edges) -> Samples:
    """*samples* without the silence around, faded in and out; where it does that already it is not to be heard."""
    peak = peak_of(samples)
    last_frame = len(samples) - 1
    first = next((i for i, sample in enumerate(samples) if abs(sample) > peak * edges.silent_before), 0)
    last = next((i for i in range(last_frame, -1, -1) if abs(samples[i]) > peak * edges.silent_after), last_frame)
    begin = max(0, first - frames_of(edges.kept_before))
    sound = samples[begin : min(last + 1 + frames_of(edges.kept_after), begin + frames_of(edges.longest))]
    _fade(sound, edges)
    return sound


def _fade(sound: Samples, edges: Edges) -> None:
    fade_in = min(frames_of(edges.fade_in), len(sound) // 2)
    fade_out = min(frames_of(edges.fade_out), len(sound) // 2)
    for i in range(fade_in):
        sound[i] = sound[i] * i // fade_in
    for i in range(fade_out):
        sound[-1 - i] = sound[-1 - i] * i // fade_out
