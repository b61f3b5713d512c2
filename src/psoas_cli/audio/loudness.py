"""The perceived loudness of samples: BS.1770 at 48 kHz, in LUFS."""

import math
import sys
from collections.abc import Sequence
from typing import NamedTuple

from psoas_cli.audio.samples import RATE, Samples, frames_of

_BLOCK = frames_of(0.01)  # 10 ms: the resolution of the measurement
_WINDOW = 40  # blocks: the 400 ms of BS.1770
_STEP = 10  # blocks between windows of the integrated loudness, which overlap by three quarters
_ABSOLUTE_GATE = -70.0  # LUFS; a window below this is silence
_RELATIVE_GATE = 10.0  # LU below the loudness of everything but silence; a window below that is a pause


class _Weighting(NamedTuple):
    """The K-weighting filter of BS.1770 for one rate: its shelf, and its high-pass, whose numerator is 1 -2 1."""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float
    h1: float
    h2: float


_AT_48_KHZ = _Weighting(
    1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585, -1.99004745483398,
    0.99007225036621,
)  # fmt: skip
_AT_16_KHZ = _Weighting(  # the same two filters, designed for this rate
    1.44329522349136, -1.83157538126045, 0.68165875741197, -1.10153376910699, 0.39491236874986, -1.97028952800443,
    0.97051049053584,
)  # fmt: skip
THIRD = 3
"""How many samples there are to one that `integrated_speech` looks at."""

_UPPER = 1 if sys.byteorder == "little" else 0  # which byte of a sample has its sign


def momentary(samples: Samples) -> float:
    """The loudness of the loudest 400 ms of *samples*, with silence around them; -inf if all is silent."""
    quiet = [0.0] * _WINDOW
    return _lufs(max(_windows([*quiet, *_weighted_power(samples), *quiet], 1)))


def integrated(samples: Samples) -> float:
    """The loudness of *samples* as a whole, leaving out their pauses; -inf if all is silent.

    Anything shorter than 400 ms is padded to that length with silence.
    """
    return _gated(_weighted_power(samples))


def integrated_speech(samples: Samples) -> float:
    """What `integrated` says of speech, to within 0.2 LU and in a third of the time.

    It looks at every third sample: little of speech is above 8 kHz, and what is there counts all the same.
    """
    return integrated_thirds(samples[::THIRD])


def integrated_thirds(thirds: Samples) -> float:
    """What `integrated_speech` says of the samples of which these are every third."""
    return _gated([THIRD * power for power in _weighted_power(thirds, _AT_16_KHZ, _BLOCK // THIRD)])


def _gated(powers: list[float]) -> float:
    """The loudness of what has these *powers* every 10 ms, leaving out its pauses."""
    windows = _windows(powers + [0.0] * (_WINDOW - len(powers)), _STEP)
    heard = [power for power in windows if _lufs(power) > _ABSOLUTE_GATE]
    if not heard:
        return -math.inf
    pause = _lufs(sum(heard) / len(heard)) - _RELATIVE_GATE
    heard = [power for power in heard if _lufs(power) > pause]
    return _lufs(sum(heard) / len(heard))


def levels(samples: Samples) -> list[float]:
    """The loudness of each 10 ms of *samples*, in LUFS; -inf where all is silent."""
    return [_lufs(power * _WINDOW) for power in _weighted_power(samples)]


def peak_of(samples: Samples) -> int:
    """The largest absolute value in *samples*."""
    pieces = (samples[begin : begin + RATE] for begin in range(0, len(samples), RATE))  # other threads wait for each
    return max(abs(each) for piece in pieces for each in (max(piece), min(piece)))


def near_peak(samples: Samples) -> tuple[int, int]:
    """A bound for the absolute values in *samples*, a dB above their peak at most, and where one is that is so near.

    Unless all is soft, the upper bytes tell: to look for a byte is a hundred times as fast as to compare numbers.
    """
    upper = samples.tobytes()[_UPPER::2]
    for byte in range(0x7F, 0x07, -1):
        at = max(upper.find(byte), upper.find(0xFF - byte))  # a negative one has the complement
        if at >= 0:
            return (byte + 1) << 8, at
    peak = peak_of(samples)
    return peak, samples.index(peak if peak in samples else -peak)


def _windows(powers: Sequence[float], step: int) -> list[float]:
    """The sums of *powers* over windows of 400 ms that start *step* blocks apart."""
    whole = [0.0]
    for power in powers:
        whole.append(whole[-1] + power)
    return [whole[i + _WINDOW] - whole[i] for i in range(0, len(powers) - _WINDOW + 1, step)]


def _lufs(power: float) -> float:
    """The loudness of 400 ms in which the squares of the weighted samples add up to *power*."""
    return -0.691 + 10 * math.log10(power / (_WINDOW * _BLOCK) / 32768**2) if power > 0 else -math.inf


def _weighted_power(samples: Samples, weighting: _Weighting = _AT_48_KHZ, block: int = _BLOCK) -> list[float]:
    """The sum of the squares of *samples* for every *block* of them, after the filter.

    Both of its stages run in one loop, in transposed form: half a second for a bell of 20 s.
    """
    b0, b1, b2, a1, a2, h1, h2 = weighting
    powers = []
    a = b = c = d = 0.0
    for begin in range(0, len(samples), block):
        power = 0.0
        for sample in samples[begin : begin + block]:
            shelf = b0 * sample + a  # high shelf: the head makes high frequencies louder at the ear
            a = b1 * sample - a1 * shelf + b
            b = b2 * sample - a2 * shelf
            weighed = shelf + c  # high-pass: very low frequencies are barely heard
            c = -2.0 * shelf - h1 * weighed + d
            d = shelf - h2 * weighed
            power += weighed * weighed
        powers.append(power)
    return powers
