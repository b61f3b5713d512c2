"""Sound synthesis: struck modes, a mallet and a room, and noise. Units are seconds, hertz and decibels.

A mode of a bowl is a pair of nearly equal frequencies, which beat, as no hammered bowl is perfectly round. Each of the
two is a decaying sine. The mallet is a half-sine push: its spectrum scales the level of each mode (a soft mallet is a
long push, and sounds dark), and its length shapes the onset, so that nothing clicks. A burst of noise is the thump of
the felt, a diffuse tail the room.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Signal = NDArray[np.float64]

RATE = 48_000
_LN_1000 = float(np.log(1000.0))  # an amplitude falls by 60 dB in its T60


@dataclass(frozen=True)
class Mode:
    """A mode of vibration: *level* in dB, *t60* in seconds, *beat* the difference in hertz between its pair."""

    hertz: float
    level: float
    t60: float
    beat: float = 0.0


@dataclass(frozen=True)
class Strike:
    """How and where a body is struck.

    Attributes:
        mallet: Seconds of contact.
        thump: The noise of the felt: its level in dB relative to the body's peak, and its band in hertz (low, high).
        room: The room's T60, and its level in dB.
        fade: Seconds of the fade-out at the end.
        pair: The level (0..1) of the second of a pair.
        swell: Seconds in which the whole sound rises.
    """

    mallet: float
    thump: tuple[float, float, float]
    room: tuple[float, float]
    fade: float
    pair: float = 0.30
    swell: float = 0.002


def gain_of(decibels: float) -> float:
    """*decibels* as a factor on an amplitude."""
    return float(10 ** (decibels / 20))


def struck(modes: list[Mode], seconds: float, strike: Strike, seed: int) -> Signal:
    """The sound of a struck body, not yet levelled; its first and last samples are 0."""
    rng = np.random.default_rng(seed)
    frames = int(seconds * RATE)
    t = np.arange(frames) / RATE
    sound = np.zeros(frames)
    reference = _push(modes[0].hertz, strike.mallet)
    for i, mode in enumerate(modes):
        rise = min(strike.mallet, 3 / mode.hertz + 0.001) if mode.hertz > 1000 else strike.mallet
        envelope = np.exp(-_LN_1000 * t / mode.t60) * _onset(frames, rise)
        level = gain_of(mode.level) * _push(mode.hertz, strike.mallet) / reference
        phase = rng.uniform(0, 2 * np.pi)
        first = np.sin(2 * np.pi * mode.hertz * t)
        second = np.sin(2 * np.pi * (mode.hertz + mode.beat) * t + phase) if mode.beat else 0
        pair = strike.pair if i % 2 == 0 else 0.55 * strike.pair
        sound += level * envelope * (first + pair * second)
    level, low, high = strike.thump
    knock = int(0.12 * RATE)
    thump = _noise(knock, low, high, rng) * np.exp(-np.arange(knock) / RATE / 0.012) * _onset(knock, 0.002)
    sound[:knock] += gain_of(level) * np.abs(sound).max() * thump
    sound = _in_room(sound, *strike.room, rng=np.random.default_rng(seed + 10))
    sound -= sound.mean()
    sound *= _onset(frames, strike.swell)
    return _faded(sound, strike.fade)


def bands_of_noise(centres: tuple[float, ...], seconds: float, seed: int) -> list[Signal]:
    """Pink noise in a band 0.45 nepers wide around each of *centres* (hertz): seamless loops of equal loudness."""
    frames = int(seconds * RATE)
    rng = np.random.default_rng(seed)
    hertz = np.maximum(np.fft.rfftfreq(frames, 1 / RATE), 20)
    bands = []
    for centre in centres:
        pink = np.exp(2j * np.pi * rng.random(len(hertz))) / np.sqrt(hertz)
        band = np.fft.irfft(pink * np.exp(-0.5 * (np.log(hertz / centre) / 0.45) ** 2), frames)
        band -= band.mean()
        bands.append(band / np.sqrt((weighted(np.tile(band, 2))[frames:] ** 2).mean()))
    return bands


def weighted(sound: Signal) -> Signal:
    """*sound* after the K-weighting filter of BS.1770 at 48 kHz."""
    shelf = lfilter(
        [1.53512485958697, -2.69169618940638, 1.19839281085285],
        [1.0, -1.69065929318241, 0.73248077421585],
        sound,
    )
    return np.asarray(lfilter([1.0, -2.0, 1.0], [1.0, -1.99004745483398, 0.99007225036621], shelf))


def loudness(sound: Signal) -> float:
    """The maximum momentary loudness in LUFS: the loudest 400 ms by BS.1770, with silence around *sound*."""
    around = np.zeros(RATE // 2)
    power = np.cumsum(np.concatenate([[0], weighted(np.concatenate([around, sound, around])) ** 2]))
    window = int(0.4 * RATE)
    momentary = (power[window:] - power[:-window])[::480] / window
    return float(-0.691 + 10 * np.log10(momentary.max() + 1e-12))


def integrated(loop: Signal) -> float:
    """The loudness of a *loop* that is played over and over, in LUFS; it must have no pauses, which would not count."""
    power = (weighted(np.tile(loop, 2))[len(loop) :] ** 2).mean()
    return float(-0.691 + 10 * np.log10(power))


def dithered(sound: Signal) -> NDArray[np.int16]:
    """*sound* in 16 bits, with triangular dither except in silence; the first and last samples are 0."""
    rng = np.random.default_rng(0)
    dither = (rng.random(sound.shape) - rng.random(sound.shape)) * (np.abs(sound) > 0)
    samples = np.round(np.clip(sound, -1, 1) * 32767 + dither)
    samples[0] = samples[-1] = 0
    return samples.astype(np.int16)


def _push(hertz: float, mallet: float) -> float:
    """The spectrum at *hertz* of a half-sine push of *mallet* seconds."""
    u = 2 * hertz * mallet
    return float(abs(np.cos(np.pi * hertz * mallet) / (1 - u * u))) if abs(1 - u * u) > 1e-6 else float(np.pi / 4)


def _onset(frames: int, seconds: float) -> Signal:
    """A raised-cosine rise from 0 to 1 over *seconds*."""
    rise = np.ones(frames)
    ramp = max(2, int(seconds * RATE))
    rise[:ramp] = 0.5 - 0.5 * np.cos(np.pi * np.arange(ramp) / ramp)
    return rise


def _faded(sound: Signal, seconds: float) -> Signal:
    ramp = int(seconds * RATE)
    sound[-ramp:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(1, ramp + 1) / ramp)
    return sound


def _noise(frames: int, low: float, high: float, rng: np.random.Generator) -> Signal:
    """Noise between *low* and *high* hertz with a peak of 1."""
    spectrum = np.fft.rfft(rng.standard_normal(frames))
    hertz = np.maximum(np.fft.rfftfreq(frames, 1 / RATE), 1)
    band = np.exp(-0.5 * (np.log(hertz / np.sqrt(low * high)) / (0.5 * np.log(high / low))) ** 2)
    noise = np.fft.irfft(spectrum * band, frames)
    return np.asarray(noise / np.abs(noise).max())


def _in_room(sound: Signal, t60: float, level: float, *, rng: np.random.Generator) -> Signal:
    """*sound* with a dark, diffuse tail that starts 12 ms after it."""
    frames = int(t60 * RATE)
    t = np.arange(frames) / RATE
    tail = rng.standard_normal(frames) * np.exp(-_LN_1000 * t / t60) * np.minimum(1, t / 0.02)
    hertz = np.fft.rfftfreq(frames, 1 / RATE)
    tail = np.fft.irfft(np.fft.rfft(tail) / (1 + (hertz / 2500) ** 2), frames)
    spectrum = np.abs(np.fft.rfft(tail))
    tail /= np.sqrt((spectrum[hertz < 2000] ** 2).mean())  # 0 dB is as loud as the sound itself below 2 kHz
    tail = np.concatenate([np.zeros(int(0.012 * RATE)), tail])
    size = 1 << int(np.ceil(np.log2(len(sound) + len(tail))))
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[: len(sound)]
    return np.asarray(sound + gain_of(level) * wet)
