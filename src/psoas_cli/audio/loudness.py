"""How loud samples are to the ear: BS.1770 at 48 kHz, in LUFS."""

import math
from collections.abc import Sequence

from psoas_cli.audio.samples import Samples, frames_of

_BLOCK = frames_of(0.01)  # loudness is looked at every 10 ms
_WINDOW = 40  # blocks: the 400 ms of BS.1770
_STEP = 10  # blocks from one window of the integrated loudness to the next: they overlap by three quarters
_ABSOLUTE_GATE = -70.0  # LUFS; a window below this is silence
_RELATIVE_GATE = 10.0  # LU below the loudness of what is no silence; a window below that is a pause


def momentary(samples: Samples) -> float:
    """The loudest 400 ms of *samples*, with silence around; -inf where all is silent."""
    quiet = [0.0] * _WINDOW
    return _lufs(max(_windows([*quiet, *_weighted_power(samples), *quiet], 1)))


def integrated(samples: Samples) -> float:
    """The loudness of *samples* as a whole, its pauses left out; -inf where all is silent.

    What is shorter than 400 ms counts as followed by silence up to there.
    """
    powers = _weighted_power(samples)
    windows = _windows(powers + [0.0] * (_WINDOW - len(powers)), _STEP)
    heard = [power for power in windows if _lufs(power) > _ABSOLUTE_GATE]
    if not heard:
        return -math.inf
    pause = _lufs(sum(heard) / len(heard)) - _RELATIVE_GATE
    heard = [power for power in heard if _lufs(power) > pause]
    return _lufs(sum(heard) / len(heard))


def peak_of(samples: Samples) -> int:
    """How far *samples* go from nothing, in either direction."""
    highest, lowest = max(samples), min(samples)
    return max(highest, -lowest)


def _windows(powers: Sequence[float], step: int) -> list[float]:
    """The power of each 400 ms of *powers*, *step* blocks from one to the next."""
    whole = [0.0]
    for power in powers:
        whole.append(whole[-1] + power)
    return [whole[i + _WINDOW] - whole[i] for i in range(0, len(powers) - _WINDOW + 1, step)]


def _lufs(power: float) -> float:
    """The loudness of 400 ms whose weighed samples' squares have the sum *power*."""
    return -0.691 + 10 * math.log10(power / (_WINDOW * _BLOCK) / 32768**2) if power > 0 else -math.inf


def _weighted_power(samples: Samples) -> list[float]:
    """For every 10 ms the sum of the squares of *samples*, as the ear weighs them: the K filter of BS.1770.

    Its two filters in one loop, in transposed form: half a second for a bell of 20.
    """
    powers = []
    a = b = c = d = 0.0
    for begin in range(0, len(samples), _BLOCK):
        power = 0.0
        for sample in samples[begin : begin + _BLOCK]:
            shelf = 1.53512485958697 * sample + a  # the head: what is high reaches the ear louder
            a = -2.69169618940638 * sample + 1.69065929318241 * shelf + b
            b = 1.19839281085285 * sample - 0.73248077421585 * shelf
            weighed = shelf + c  # the ear: what is very low is not heard
            c = -2.0 * shelf + 1.99004745483398 * weighed + d
            d = shelf - 0.99007225036621 * weighed
            power += weighed * weighed
        powers.append(power)
    return powers
