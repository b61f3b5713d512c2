"""Fit recordings to the set: as loud as the bowls, with no silence before them and no abrupt end."""

from array import array
from typing import NamedTuple

from psoas_cli.audio.buffer import bent
from psoas_cli.audio.loudness import integrated_speech, momentary, peak_of
from psoas_cli.audio.samples import FULL, Samples, frames_of
from psoas_cli.errors import PsoasError

LOUDNESS = -20.0
"""The target in LUFS (BS.1770), the level of the bowls: for a bell its loudest 400 ms, for speech the whole."""

PEAK = 10 ** (-6 / 20)
"""The highest peak of a bell, -6 dB of full scale; a very short bell reaches it first and stays softer."""

LONGEST = 120.0
"""The most seconds of a sound that are read, as a file may come from anywhere."""

_SOFTEST = -60.0  # LUFS; anything softer would be raised by more than 40 dB and be mostly noise
_NEAR = 0.3  # LU from the target that are close enough
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
    return array("h", [int(sample * gain) for sample in bell])


def fitted_speech(samples: Samples, name: str) -> Samples:
    """Trim, fade and level speech, recorded or from an engine.

    Args:
        samples: The speech, at any level and with any silence around it.
        name: What error messages call it.

    Raises:
        PsoasError: The speech is silent, or nearly so.
    """
    words = trimmed(samples, _SPEECH)
    loud = integrated_speech(words)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or nearly so", "record it louder")
    gain = 10 ** ((LOUDNESS - loud) / 20)
    if peak_of(words) * gain <= FULL:
        return array("h", [int(sample * gain) for sample in words])
    for _ in range(_TURNS):
        level = array("h", [bent(sample * gain) for sample in words])
        missing = LOUDNESS - integrated_speech(level)
        if missing < _NEAR:
            break
        gain *= 10 ** (missing / 20)
    return level


def trimmed(samples: Samples, edges: Edges) -> Samples:
    """Remove the silence around *samples*, and fade in and out; inaudible if they already begin and end that way."""
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
