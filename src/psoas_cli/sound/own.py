"""A person's own bell, made to fit the set: as loud as the bowls, without waiting before it or a cut after it."""

import math
from array import array

from psoas_cli.errors import PsoasError
from psoas_cli.sound.samples import Samples, frames_of

LOUDNESS = -20.0
"""LUFS of the loudest 400 ms (BS.1770): that of the bowls."""

PEAK = 10 ** (-6 / 20)
"""Of full scale, which no sample goes beyond: what rings very shortly stays softer than the bowls instead."""

LONGEST = 60.0
"""Seconds of a bell that ring; a longer one fades out there."""

_SOFTEST = -60.0  # LUFS; below, it would be raised by more than 40 dB, and be its noise
_BEFORE = 0.01  # seconds kept of the silence before the strike
_SILENT_BEFORE = 10 ** (-50 / 20)  # of the peak; the room that a recording begins with is no part of the bell
_SILENT_AFTER = 10 ** (-60 / 20)  # of the peak: as far as T60 goes
_FADE_IN = 0.002
_FADE_OUT = 0.5

_BLOCK = frames_of(0.01)  # loudness is looked at every 10 ms
_WINDOW = 40  # blocks: the 400 ms of BS.1770


def fitted(samples: Samples, name: str) -> Samples:
    """*samples* trimmed, faded and levelled.

    Args:
        samples: A recording, however loud, with whatever silence around it.
        name: What it is called in an error.

    Raises:
        PsoasError: There is nothing in it to be heard.
    """
    bell = _trimmed(samples)
    _fade(bell)
    loud = loudness(bell)
    if loud < _SOFTEST:
        raise PsoasError(f"{name} is silent, or as good as that", "Record it louder")
    gain = min(10 ** ((LOUDNESS - loud) / 20), PEAK * 32767 / _peak(bell))
    return array("h", [int(sample * gain) for sample in bell])


def loudness(samples: Samples) -> float:
    """The loudest 400 ms of *samples* in LUFS (BS.1770 at 48 kHz), with silence around; -inf where all is silent."""
    quiet = [0.0] * _WINDOW
    sums = quiet + _weighted_power(samples) + quiet
    whole = [0.0]
    for power in sums:
        whole.append(whole[-1] + power)
    loudest = max(later - earlier for earlier, later in zip(whole, whole[_WINDOW:], strict=False))
    if loudest <= 0:
        return -math.inf
    return -0.691 + 10 * math.log10(loudest / (_WINDOW * _BLOCK) / 32768**2)


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


def _trimmed(samples: Samples) -> Samples:
    """*samples* without the silence around, at most a minute; room for the fade stays behind."""
    peak = _peak(samples)
    first = next((i for i, sample in enumerate(samples) if abs(sample) > peak * _SILENT_BEFORE), 0)
    last = next(
        (i for i in range(len(samples) - 1, -1, -1) if abs(samples[i]) > peak * _SILENT_AFTER), len(samples) - 1
    )
    begin = max(0, first - frames_of(_BEFORE))
    return samples[begin : min(last + 1 + frames_of(_FADE_OUT), begin + frames_of(LONGEST))]


def _fade(bell: Samples) -> None:
    """Let *bell* begin and end in silence; where it does so already that changes nothing to be heard."""
    fade_in = min(frames_of(_FADE_IN), len(bell) // 2)
    fade_out = min(frames_of(_FADE_OUT), len(bell) // 2)
    for i in range(fade_in):
        bell[i] = bell[i] * i // fade_in
    for i in range(fade_out):
        bell[-1 - i] = bell[-1 - i] * i // fade_out


def _peak(samples: Samples) -> int:
    highest, lowest = max(samples), min(samples)
    return max(highest, -lowest)
