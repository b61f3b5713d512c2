"""The sound of the breath: one phase at a time, of any length, so that in and out can be told apart by ear.

`air` and `tone` follow the fill of the lungs: pitch and brightness rise on the inhale and fall on the exhale. Every
phase begins and ends in silence, which makes the turn audible. Rendered without numpy, in hops of 10 ms.
"""

import math
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence
from psoas_cli.practice.model.breath_sound import RENDERED, BreathSound
from psoas_cli.practice.model.patterns import PhaseKind

_HOP = 480  # frames over which levels change linearly and the pitch stays the same: too short to hear as steps
_RAMP = [i / _HOP for i in range(_HOP)]
_TABLE = 4096  # entries in one period of a wave
_FIXED = 16  # fractional bits of a position in that table

# These give a maximum momentary loudness of -30 LUFS at a volume of 70 (tools/measure_sounds.py). The ticks are 5 LU
# softer, as sounds that short seem louder than the measure says.
_AIR = 0.98  # gain on the shipped noise bands, which are all equally loud
_PAD = 550.0  # 16-bit peak of the fundamental
_TONE = 1570.0
_CHIME = 2600.0
_TICK = 7300.0

_Partials: TypeAlias = tuple[tuple[float, float, float], ...]

_PAD_PARTIALS = (1.0, 0.35, 0.10)
_TONE_PARTIALS = (1.0, 0.22, 0.08)
_PAD_PITCH = (174.6, 5 / 12)  # Hz with empty lungs, octaves up to full lungs: F3, up a fourth
_TONE_PITCH = (220.0, 7 / 12)  # A3, up a fifth

# A small bell: ratio, level and decay (seconds for 60 dB) of each partial, as in the high bowl but shorter
_CHIME_PARTIALS = ((1.0, 1.0, 1.6), (2.765, 0.30, 0.9), (5.121, 0.08, 0.5))
_CHIME_PITCH = {"inhale": 1046.5, "exhale": 698.5}  # C6 and F5
_TICK_PARTIALS = ((1.0, 1.0, 0.09), (2.4, 0.25, 0.04))  # a knock on wood
_TICK_PITCH = {"inhale": 1046.5, "exhale": 698.5, "retention": 523.3}
_TICK_UNACCENTED = 0.5
_TICK_RETENTION = 0.35


def is_heard(phase: PhaseKind, style: BreathSound) -> bool:
    """Whether *style* has a sound of its own for *phase*: only `tick` has one for retentions, a quiet one."""
    return style == "tick" or (style in RENDERED and phase != "retention")


@lru_cache(maxsize=32)
def render(
    phase: PhaseKind, seconds: float, style: BreathSound, fill: tuple[float, float], speed: float = 1.0
) -> Samples:
    """Render one phase of a breath.

    Args:
        phase: The kind of phase.
        seconds: Its length in the practice.
        style: `air` swells over a quiet gliding pad, `tone` glides, `chime` rings at the start of the phase,
            `tick` counts the seconds, and `none` is silent.
        fill: How full the lungs are at the start and the end, 0 (empty) to 1 (full): a double inhale is (0, 0.7),
            then (0.7, 1).
        speed: Seconds of the practice per second of the result, which is as long as they take to the nearest frame.
    """
    frames = frames_of(seconds / speed)
    if not is_heard(phase, style):
        return silence(frames)
    if style == "chime":
        return _placed([(0, _chime(phase))], frames)
    if style == "tick":
        ticks = [
            (frames_of(second / speed), _tick(phase, accented=second == 0)) for second in range(math.ceil(seconds))
        ]
        return _placed(ticks, frames)
    whole: Samples = array("h")
    for hop in (_air if style == "air" else _tone)(frames, fill):
        whole.extend(map(int, hop))
    del whole[frames:]
    whole[0] = whole[-1] = 0
    return whole


def _air(frames: int, fill: tuple[float, float]) -> Iterator[list[float]]:
    """Yield hops of noise, crossfaded between two of the four bands and brighter with fuller lungs, over the pad."""
    bands = decode.load_air()
    pad = _Glide(_PAD_PARTIALS, _PAD_PITCH)
    length = len(bands[0])
    for hop, (level, level_end, lungs) in enumerate(_course(frames, fill)):
        place = lungs * (len(bands) - 1)
        low = min(int(place), len(bands) - 2)
        # sine and cosine keep the power constant while one of two uncorrelated noises fades into the other
        angle = (place - low) * math.pi / 2
        dark, bright, deep = _AIR * math.cos(angle), _AIR * math.sin(angle), _PAD
        part = slice(hop * _HOP % length, hop * _HOP % length + _HOP)
        yield [
            (level + (level_end - level) * at) * (dark * a + bright * b + deep * c)
            for at, a, b, c in zip(_RAMP, bands[low][part], bands[low + 1][part], pad.hop(lungs), strict=True)
        ]


def _tone(frames: int, fill: tuple[float, float]) -> Iterator[list[float]]:
    """Yield hops of a soft tone, higher with fuller lungs."""
    tone = _Glide(_TONE_PARTIALS, _TONE_PITCH)
    for level, level_end, lungs in _course(frames, fill):
        yield [
            _TONE * (level + (level_end - level) * at) * wave for at, wave in zip(_RAMP, tone.hop(lungs), strict=True)
        ]


def _course(frames: int, fill: tuple[float, float]) -> Iterator[tuple[float, float, float]]:
    """Yield for each hop its level (0..1) at its start and end, 0 at the turns, and the fill of the lungs (0..1)."""
    first, last = fill
    for begin in range(0, frames, _HOP):
        done = begin / frames
        eased = done * done * (3 - 2 * done)
        yield _flow(done), _flow(min(1.0, (begin + _HOP) / frames)), first + (last - first) * eased


def _flow(done: float) -> float:
    """The flow of air (0..1) once the fraction *done* (0..1) of the phase has passed."""
    return math.sin(math.pi * done) ** 0.8 if 0 < done < 1 else 0.0


class _Glide:
    """A wave of a few harmonics whose pitch follows the fill of the lungs, without jumps in phase."""

    def __init__(self, partials: tuple[float, ...], pitch: tuple[float, float]) -> None:
        self._table = [
            sum(level * math.sin(2 * math.pi * i * n / _TABLE) for n, level in enumerate(partials, start=1))
            for i in range(_TABLE)
        ]
        self._hertz, self._octaves = pitch
        self._at = 0

    def hop(self, lungs: float) -> list[float]:
        """The next hop of the wave, at its pitch for the fill *lungs* (0..1)."""
        table = self._table
        step = round(self._hertz * 2 ** (self._octaves * lungs) * (_TABLE << _FIXED) / RATE)
        begin, end = self._at, self._at + step * _HOP
        self._at = end % (_TABLE << _FIXED)  # small integers are faster
        return [table[at >> _FIXED & _TABLE - 1] for at in range(begin, end, step)]


@lru_cache(maxsize=2)
def _chime(phase: PhaseKind) -> Samples:
    """A small bell, higher for the inhale."""
    return _struck(_CHIME_PITCH[phase], _CHIME_PARTIALS, _CHIME)


@lru_cache(maxsize=8)
def _tick(phase: PhaseKind, *, accented: bool) -> Samples:
    """One tick: softer if it is not *accented*, and softer still in a retention."""
    softer = _TICK_RETENTION if phase == "retention" else 1.0
    return _struck(_TICK_PITCH[phase], _TICK_PARTIALS, _TICK * softer * (1.0 if accented else _TICK_UNACCENTED))


def _struck(hertz: float, partials: _Partials, peak: float) -> Samples:
    """A sound of decaying partials, as long as the first and longest of them takes to fall by 60 dB."""
    frames = frames_of(partials[0][2])
    ramp = frames_of(0.002)
    waves = [_decaying(hertz * ratio, peak * level, time) for ratio, level, time in partials]
    struck = array("h", [int(min(1.0, i / ramp) * sum(wave(i) for wave in waves)) for i in range(frames)])
    struck[-1] = 0
    return struck


def _decaying(hertz: float, peak: float, time: float) -> Callable[[int], float]:
    """A sine that decays by 60 dB in *time* seconds, as a function of the frame."""
    turn, loss = 2 * math.pi * hertz / RATE, -math.log(1000) / time / RATE
    return lambda i: peak * math.exp(loss * i) * math.sin(turn * i)


def _placed(sounds: list[tuple[int, Samples]], frames: int) -> Samples:
    """Place *sounds*, which must not overlap, at their start frames in *frames* of silence; the last 20 ms fade out."""
    whole = silence(frames)
    for start, sound in sounds:
        part = sound[: frames - start]
        whole[start : start + len(part)] = part
    if frames:
        ramp = min(frames, frames_of(0.02))
        for i in range(ramp):
            whole[frames - 1 - i] = whole[frames - 1 - i] * i // ramp
        whole[0] = 0
    return whole
