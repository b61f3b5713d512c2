"""Fit recordings to the set: as loud as the bowls, with no silence before them and no abrupt end."""

import math
from functools import partial
from typing import NamedTuple

from psoas_cli.audio.buffer import bent
from psoas_cli.audio.loudness import THIRD, integrated_speech, integrated_thirds, momentary, near_peak, peak_of
from psoas_cli.audio.samples import FULL, LONGEST, Samples, changed, frames_of
from psoas_cli.errors import PsoasError

LOUDNESS = -20.0
"""The target in LUFS (BS.1770), the level of the bowls: for a bell its loudest 400 ms, for speech the whole."""

PEAK = 10 ** (-6 / 20)
"""The highest peak of a bell, -6 dB of full scale; a very short bell reaches it first and stays softer."""

_SOFTEST = -60.0  # LUFS; anything softer would be raised by more than 40 dB and be mostly noise
_NEAR = 0.3  # LU from the target that are close enough
_AROUND = 0.4  # seconds before and after the peak of a bell that surely have its loudest 400 ms, or near enough
_FIRST = 10.0  # seconds of speech that are listened to
_TURNS = 4  # bending peaks makes speech softer, so it is raised again; more rounds gain nothing


class Edges(NamedTuple):
    """How a kind of sound is trimmed and faded.

    Args:
        silent_before: The fraction of the peak (0..1) up to which anything before the sound is silence.
        silent_after: The same for anything after the sound.
        kept_before: Seconds of silence to keep before the sound.
        kept_after: Seconds of silence to keep after the sound.
        fade_in: Seconds of fade-in.
        fade_out: Seconds of fade-out.
        longest: Seconds to keep at most, fade-out included.
    """

    silent_before: float
    silent_after: float
    kept_before: float
    kept_after: float
    fade_in: float
    fade_out: float
    longest: float


_BELL = Edges(
    silent_before=10 ** (-50 / 20),  # the sound of the room before the strike is not part of the bell
    silent_after=10 ** (-60 / 20),  # where T60 ends
    kept_before=0.01,
    kept_after=0.5,
    fade_in=0.002,
    fade_out=0.5,
    longest=60.0,
)
_SPEECH = Edges(
    silent_before=10 ** (-40 / 20),  # a room with someone in it is not as silent as one with a bell
    silent_after=10 ** (-40 / 20),
    kept_before=0.03,  # an f or an h starts below that threshold
    kept_after=0.15,
    fade_in=0.01,
    fade_out=0.01,
    longest=LONGEST,
)


def fitted_bell(samples: Samples, name: str) -> Samples:
    """Trim, fade and level the recording of a bell.

    Args:
        samples: The recording, at any level and with any silence around it.
        name: What error messages call it.

    Raises:
        PsoasError: The recording is silent, or nearly so.
    """
    bell = trimmed(samples, _BELL)
    loud = momentary(bell)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or nearly so", "record it louder")
    gain = min(10 ** ((LOUDNESS - loud) / 20), PEAK * 32767 / peak_of(bell))
    return changed(bell, gain.__mul__)


def check_bell(samples: Samples, name: str) -> None:
    """Check that `fitted_bell` can fit the recording *samples*, in a fraction of its time.

    Its loudest 400 ms are at least as loud as those around its peak.

    Raises:
        PsoasError: The recording is silent, or nearly so.
    """
    begin, end = _kept(samples, _BELL)
    bell = samples[begin:end]
    _, at = near_peak(bell)
    around = frames_of(_AROUND)
    if momentary(bell[max(0, at - around) : at + around]) < _SOFTEST:
        fitted_bell(samples, name)


def fitted_speech(samples: Samples, name: str) -> Samples:
    """Trim, fade and level speech, recorded or from an engine.

    Args:
        samples: The speech, at any level and with any silence around it.
        name: What error messages call it.

    Raises:
        PsoasError: The speech is silent, or nearly so.
    """
    words = trimmed(samples, _SPEECH)
    thirds = words[::THIRD]
    loud = integrated_thirds(thirds)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or nearly so", "record it louder")
    gain = 10 ** ((LOUDNESS - loud) / 20)
    if peak_of(words) * gain <= FULL:
        return changed(words, gain.__mul__)
    for _ in range(_TURNS):
        level = partial(_bent, gain)
        missing = LOUDNESS - integrated_thirds(changed(thirds, level))
        if missing < _NEAR:
            break
        gain *= 10 ** (missing / 20)
    return changed(words, level)


def _bent(gain: float, sample: int) -> int:
    return bent(sample * gain)


def length_of_speech(samples: Samples, name: str) -> int:
    """The length of what `fitted_speech` makes of *samples*, in frames, in a fraction of its time.

    Raises:
        PsoasError: The speech is silent, or nearly so.
    """
    begin, end = _kept(samples, _SPEECH)
    first = samples[begin : min(end, begin + frames_of(_FIRST))]
    # as loud as that in these seconds, it cannot be too soft in two minutes, whatever the rest is
    if integrated_speech(first) < _SOFTEST + 10 * math.log10(LONGEST / _FIRST) + 1:
        fitted_speech(samples, name)
    return end - begin


def trimmed(samples: Samples, edges: Edges) -> Samples:
    """Remove the silence around *samples*, and fade in and out; inaudible if they already begin and end that way."""
    begin, end = _kept(samples, edges)
    sound = samples[begin:end]
    _fade(sound, edges)
    return sound


def _kept(samples: Samples, edges: Edges) -> tuple[int, int]:
    """Where the sound begins and ends in *samples*, in frames."""
    peak, _ = near_peak(samples)
    before, after = peak * edges.silent_before, peak * edges.silent_after
    first = next((i for i, sample in enumerate(samples) if abs(sample) > before), 0)
    last = next((i for i in reversed(range(len(samples))) if abs(samples[i]) > after), len(samples) - 1)
    begin = max(0, first - frames_of(edges.kept_before))
    end = last + 1 + frames_of(edges.kept_after)
    return begin, min(end, begin + frames_of(edges.longest), len(samples))


def _fade(sound: Samples, edges: Edges) -> None:
    fade_in = min(frames_of(edges.fade_in), len(sound) // 2)
    fade_out = min(frames_of(edges.fade_out), len(sound) // 2)
    for i in range(fade_in):
        sound[i] = sound[i] * i // fade_in
    for i in range(fade_out):
        sound[-1 - i] = sound[-1 - i] * i // fade_out
