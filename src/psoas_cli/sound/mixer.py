"""The mixer: sounds placed on a tape of frames, summed as the device pulls it. No clock, no device in here.

Without numpy, by whole slices of arrays: two sounds cost about one per cent of a core.
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import add, mul
from threading import Lock

from psoas_cli.sound.samples import RATE, Samples, frames_of, silence

BELLS = 6
"""Bells that sound together at most; with one more the oldest fades."""

_GIVE_WAY = 0.3  # seconds in which the oldest bell makes room
_GAIN_RAMP = 0.05  # seconds for a change of the gain by 1: quick to the hand, no click to the ear
_FULL = 32_767
_KNEE = 24_000  # 2.7 dB below full scale: what is softer passes untouched


@dataclass(slots=True, eq=False)
class _Voice:
    """One sound on the tape, from the frame *start* on."""

    samples: Samples
    start: int
    bell: bool
    fade_start: int = 0
    fade_frames: int = 0

    @property
    def end(self) -> int:
        whole = self.start + len(self.samples)
        return min(whole, self.fade_start + self.fade_frames) if self.fade_frames else whole

    def fade(self, at: int, frames: int) -> None:
        """Be gone *frames* after *at*, unless it is over or fading before that anyway."""
        if not self.fade_frames and at + frames < self.end:
            self.fade_start, self.fade_frames = at, frames

    def piece(self, first: int, last: int) -> Sequence[int]:
        """What it gives to the tape's frames from *first* up to *last*."""
        piece = self.samples[first - self.start : last - self.start]
        if not self.fade_frames:
            return piece
        gone = range(first - self.fade_start, last - self.fade_start)
        whole = self.fade_frames
        return [sample * (whole - max(0, past)) // whole for sample, past in zip(piece, gone, strict=True)]


class Mixer:
    """A tape of 16-bit mono frames at 48 kHz, made as it is pulled.

    One thread renders; any other may place, fade and change the gain meanwhile.

    Args:
        gain: How loud all of it is: 1 as the sounds are, 0 silent, 2 for 6 dB more.
    """

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain
        self._gain_now = gain
        self._position = 0
        self._voices: list[_Voice] = []
        self._lock = Lock()

    @property
    def position(self) -> int:
        """The frame that is rendered next."""
        return self._position

    def place(self, samples: Samples, start: int, *, bell: bool) -> int:
        """Let *samples* sound from the frame *start* on, or at once where that frame has gone by.

        Returns:
            The frame at which it will be over.
        """
        with self._lock:
            voice = _Voice(samples, max(start, self._position), bell)
            self._voices.append(voice)
            return voice.end

    def hush(self, seconds: float, *, bells: bool = True) -> None:
        """Forget what is to come, and let all that sounds fade within *seconds*; without *bells* these go on."""
        with self._lock:
            kept = [voice for voice in self._voices if voice.bell and not bells]
            others = [voice for voice in self._voices if voice.start < self._position and voice not in kept]
            for voice in others:
                voice.fade(self._position, max(1, frames_of(seconds)))
            self._voices = kept + others

    def render(self, frames: int) -> Samples:
        """The next *frames* of the tape."""
        with self._lock:
            begin, end = self._position, self._position + frames
            self._position = end
            self._voices = [voice for voice in self._voices if voice.end > begin]
            sounding = [voice for voice in self._voices if voice.start < end]
            _make_room(sounding, begin)
            if not sounding or not (self.gain or self._gain_now):
                self._gain_now = self.gain
                return silence(frames)
            total = [0] * frames
            for voice in sounding:
                first, last = max(begin, voice.start), min(end, voice.end)
                part = slice(first - begin, last - begin)
                total[part] = map(add, total[part], voice.piece(first, last))
            return array("h", _soften(self._with_gain(total)))

    def _with_gain(self, total: list[int]) -> list[int]:
        """*total* as loud as the gain says, which moves there evenly where it was changed."""
        if self._gain_now == self.gain:
            return total if self.gain == 1 else list(map(int, map(mul, total, repeat(self.gain))))
        begin = self._gain_now
        furthest = len(total) / (_GAIN_RAMP * RATE)
        self._gain_now = begin + max(-furthest, min(furthest, self.gain - begin))
        step = (self._gain_now - begin) / len(total)
        return [int(sample * (begin + step * i)) for i, sample in enumerate(total)]


def _make_room(sounding: list[_Voice], position: int) -> None:
    """Fade the oldest bells where more than six sound."""
    bells = sorted((voice for voice in sounding if voice.bell and not voice.fade_frames), key=_start)
    for voice in bells[: max(0, len(bells) - BELLS)]:
        voice.fade(position, frames_of(_GIVE_WAY))


def _start(voice: _Voice) -> int:
    return voice.start


def _soften(total: list[int]) -> list[int]:
    """*total* within 16 bits: above the knee it bends towards full scale, without a corner."""
    if min(total) >= -_KNEE and max(total) <= _KNEE:
        return total
    return [sample if -_KNEE <= sample <= _KNEE else _bend(sample) for sample in total]


def _bend(sample: int) -> int:
    room = _FULL - _KNEE
    bent = _KNEE + int(room * math.tanh((abs(sample) - _KNEE) / room))
    return bent if sample > 0 else -bent
