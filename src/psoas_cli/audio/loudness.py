"""The perceived loudness of samples: BS.1770 at 48 kHz, in LUFS."""

import math
from collections.abc import Sequence

from psoas_cli.audio.samples import Samples, frames_of

_BLOCK = frames_of(0.01)  # 10 ms: the resolution of the measurement
_WINDOW = 40  # blocks: the 400 ms of BS.1770
_STEP = 10  # blocks between windows of the integrated loudness, which overlap by three quarters
_ABSOLUTE_GATE = -70.0  # LUFS; a window below this is silence
_RELATIVE_GATE = 10.0  # LU below the loudness of everything but silence; a window below that is a pause


def momentary(samples: Samples) -> float:
    """The loudness of the loudest 400 ms of *samples*, with silence around them; -inf if all is silent."""
    quiet = [0.0] * _WINDOW
    return _lufs(max(_windows([*quiet, *_weighted_power(samples), *quiet], 1)))


def integrated(samples: Samples) -> float:
    """The loudness of *samples* as a whole, leaving out their pauses; -inf if all is silent.

    Anything shorter than 400 ms is padded to that length with silence.
    """
    powers = _weighted_power(samples)
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
    highest, lowest = max(samples), min(samples)
    return max(highest, -lowest)


def _windows(powers: Sequence[float], step: int) -> list[float]:
    """The sums of *powers* over windows of 400 ms that start *step* blocks apart."""
    whole = [0.0]
    for power in powers:
        whole.append(whole[-1] + power)
    return [whole[i + _WINDOW] - whole[i] for i in range(0, len(powers) - _WINDOW + 1, step)]


def _lufs(power: float) -> float:
    """The loudness of 400 ms in which the squares of the weighted samples add up to *power*."""
    return -0.691 + 10 * math.log10(power / (_WINDOW * _BLOCK) / 32768**2) if power > 0 else -math.inf


def _weighted_power(samples: Samples) -> list[float]:
    """The sum of the squares of *samples* for every 10 ms, after the K-weighting filter of BS.1770.

    Both of its stages run in one loop, in transposed form: half a second for a bell of 20 s.
    """
    powers = []
    a = b = c = d = 0.0
    for begin in range(0, len(samples), _BLOCK):
        power = 0.0
        for sample in samples[begin : begin + _BLOCK]:
            shelf = 1.53512485958697 * sample + a  # high shelf: the head makes high frequencies louder at the ear
            a = -2.69169618940638 * sample + 1.69065929318241 * shelf + b
            b = 1.19839281085285 * sample - 0.73248077421585 * shelf
            weighed = shelf + c  # high-pass: very low frequencies are barely heard
            c = -2.0 * shelf + 1.99004745483398 * weighed + d
            d = shelf - 0.99007225036621 * weighed
            power += weighed * weighed
        powers.append(power)
    return powers
