"""Utterances: what an engine has said, with wider pauses, fitted to the set, and as the bytes of a clip."""

import io
from array import array
from typing import NamedTuple

import numpy as np
import soundfile
from scipy.signal import resample_poly

from psoas_cli.audio.buffer import bent
from psoas_cli.audio.decode import decode
from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.normalize import LOUDNESS, fitted_speech
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.errors import PsoasError
from synthesis import Signal

CLIP_RATE = 24_000
"""Samples a second in a clip: that of Kokoro, and enough for speech."""

_LEAST = {".": 0.9, "?": 0.9, "!": 0.9, ":": 0.6, ";": 0.6, ",": 0.35}
"""Seconds that a pause lasts at least, by its punctuation mark."""

_SOUND = -28.0  # dB, relative to the speech as a whole: below it, a pause has begun
_SILENCE = -40.0  # dB, likewise: a pause that does not become as quiet is none, and is left alone
_WINDOW = 0.01  # seconds over which that is measured

_QUALITY = 0.9  # soundfile's compression level; Vorbis calls it quality 1
_FADED = 0.12  # seconds at the end over which the breath of the engine fades
_EDGE = 0.01  # seconds of digital silence, added until a clip begins and ends with it after encoding too
_MOST_EDGES = 12
_NEAR = 0.2  # LU from the loudness of the set that are close enough
_TURNS = 4  # levelled by what is decoded: the loudness of a single word depends on where it begins


class Break(NamedTuple):
    """Where a pause may lie.

    Args:
        mark: The punctuation mark that asks for it.
        begin: The sample from which on it may lie.
        end: The sample before which it ends.
    """

    mark: str
    begin: int
    end: int


class Utterance(NamedTuple):
    """What an engine has said.

    Args:
        signal: The sound, -1 to 1.
        rate: Its samples a second.
        breaks: Where its pauses are, in their order.
    """

    signal: Signal
    rate: int
    breaks: tuple[Break, ...]


class VorbisClip(NamedTuple):
    """A clip as a pack keeps it: an OGG Vorbis file, and its frames at 48 kHz."""

    content: bytes
    frames: int


def calmed(utterance: Utterance) -> Signal:
    """The sound of *utterance*, with each pause at least as long as its mark asks for."""
    window = int(_WINDOW * utterance.rate)
    power = np.convolve(utterance.signal**2, np.ones(window) / window, "same")
    level = _decibels(power) - _decibels(np.mean(utterance.signal**2, keepdims=True))
    parts, done = [], 0
    for mark, begin, end in utterance.breaks:
        at = begin + int(np.argmin(level[begin:end]))
        missing = int(_LEAST[mark] * utterance.rate) - _quiet_around(level, at)
        if level[at] <= _SILENCE and missing > 0:
            parts += [utterance.signal[done:at], np.zeros(missing)]
            done = at
    return np.concatenate([*parts, utterance.signal[done:]])


def clip_of(utterance: Utterance, name: str) -> VorbisClip:
    """*utterance* as a clip: its pauses widened, trimmed, and as loud as the set.

    Args:
        utterance: What was said.
        name: What error messages call it.

    Raises:
        PsoasError: Nothing was said, or it cannot be made to begin and end in silence.
    """
    samples = fitted_speech(_samples(resample_poly(calmed(utterance), RATE, utterance.rate)), name)
    for _ in range(_TURNS):
        clip, decoded = _encoded(samples, name)
        missing = LOUDNESS - integrated(decoded)
        if abs(missing) < _NEAR:
            break
        gain = 10 ** (missing / 20)
        samples = array("h", [bent(sample * gain) for sample in samples])
    return clip


def _decibels(power: Signal) -> Signal:
    return 10 * np.log10(power + 1e-15)


def _quiet_around(level: Signal, at: int) -> int:
    """How many samples around *at* are quieter than speech, by their *level* in dB."""
    sound = np.flatnonzero(level >= _SOUND)
    place = int(np.searchsorted(sound, at))
    before = int(sound[place - 1]) if place else -1
    after = int(sound[place]) if place < sound.size else level.size
    return after - before - 1


def _samples(signal: Signal) -> Samples:
    return array("h", np.clip(np.rint(signal * 32767), -32768, 32767).astype(np.int16).tobytes())


def _encoded(samples: Samples, name: str) -> tuple[VorbisClip, Samples]:
    """*samples* as a clip, and what becomes of them when it is decoded.

    Raises:
        PsoasError: They cannot be made to begin and end in silence.
    """
    signal = resample_poly(np.array(samples) / 32768, CLIP_RATE, RATE)
    fade = min(int(_FADED * CLIP_RATE), signal.size // 4)
    signal[-fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)) ** 2
    for edges in range(1, _MOST_EDGES):
        file = io.BytesIO()
        padded = np.concatenate([np.zeros(2), signal, np.zeros(int(edges * _EDGE * CLIP_RATE))])
        soundfile.write(file, padded, CLIP_RATE, format="OGG", subtype="VORBIS", compression_level=_QUALITY)
        decoded = decode(file.getvalue(), name)
        if not decoded[0] and not decoded[-1]:
            return VorbisClip(file.getvalue(), len(decoded)), decoded
    raise PsoasError(f"{name} does not begin and end in silence", "look at what the engine said")
