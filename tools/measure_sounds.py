"""Measure the sounds that psoas ships against their criteria.

    python tools/measure_sounds.py [FOLDER]

Prints a table and exits with 1 if a criterion fails. Needs the extra `make`, and psoas itself for the breath.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import butter, resample_poly, sosfilt

from make_sounds import BEDS, BELLS
from psoas_cli.audio import breath, decode
from psoas_cli.audio.bed_samples import OVERLAP, Shipped
from psoas_cli.audio.samples import Samples, frames_of
from psoas_cli.practice.model.bed import LEVEL
from psoas_cli.practice.model.breath_sound import RENDERED, BreathSound
from synthesis import RATE, Signal, integrated, loudness

INHALE, EXHALE = 4.0, 6.0


@dataclass(frozen=True)
class Finding:
    """One figure of one sound, and the range that it must lie in."""

    sound: str
    criterion: str
    figure: float
    least: float
    most: float

    @property
    def holds(self) -> bool:
        """Whether the figure lies in its range."""
        return self.least <= self.figure <= self.most

    def __str__(self) -> str:
        """The line in the table."""
        verdict = "ok" if self.holds else "FAILS"
        return (
            f"{self.sound:<12} {self.criterion:<44} {self.figure:>9.3f}  {self.least:>8g} .. {self.most:<8g} {verdict}"
        )


LENGTHS = {
    "deep-bowl": (17, 18),
    "high-bowl": (8, 9),
    "tingsha": (4, 5),
    "wood-block": (2, 2.5),
    "marimba": (2, 2.5),
    "soft-stroke": (1.5, 2.5),
}
DECAYS = {
    "deep-bowl": (14, 18),
    "high-bowl": (7.4, 9.4),
    "tingsha": (3.7, 4.9),
    "wood-block": (0, 1.5),
    "marimba": (1.4, 1.9),
    "soft-stroke": (1.4, 2.2),
}
CENTROIDS = {
    "deep-bowl": (300, 500),
    "high-bowl": (500, 900),
    "tingsha": (1800, 2600),
    "wood-block": (350, 700),
    "marimba": (270, 330),
    "soft-stroke": (580, 800),
}
ONSETS = dict.fromkeys(BELLS, (0, 5)) | {"soft-stroke": (15, 60)}
# The lowest mode in hertz, half the width of the band around it, and the ranges for its beat in hertz and dB (depth)
BEATS = {
    "deep-bowl": (146.8, 20, (0.5, 2), (3, 8)),
    "high-bowl": (440.0, 60, (0.5, 2), (3, 8)),
    "tingsha": (2093.0, 300, (5, 7), (2, 9)),
}


def bell_findings(name: str, sound: Signal) -> Iterator[Finding]:
    """Yield the figures of a bell."""
    peak = np.abs(sound).max()
    target = BELLS[name][1]
    yield Finding(name, "1 true peak, dBTP", _decibels(np.abs(resample_poly(sound, 4, 1)).max()), -60, -6)
    yield Finding(name, "1 mean", float(sound.mean()), -1e-4, 1e-4)
    yield Finding(name, "2 max momentary loudness, LUFS", loudness(sound), target - 1, target + 1)
    yield Finding(name, "3 first and last sample", float(max(abs(sound[0]), abs(sound[-1]))), 0, 0)
    steps = np.abs(np.diff(np.concatenate([[0], sound[:48]]))).max()
    yield Finding(name, "3 largest step in the first ms, dBFS", _decibels(steps), -200, -30)
    yield Finding(
        name, "3 a tenth of the peak reached after, ms", float(np.argmax(np.abs(sound) > peak / 10)) / 48, *ONSETS[name]
    )
    yield Finding(name, "4 last 50 ms, dBFS", _decibels(np.sqrt((sound[-2400:] ** 2).mean())), -200, -60)
    yield Finding(name, "4 seconds", len(sound) / RATE, *LENGTHS[name])
    yield Finding(name, "5 T60, s", decay(sound), *DECAYS[name])
    small = butter(4, 250, "highpass", fs=RATE, output="sos")
    lost = loudness(sound) - loudness(np.asarray(sosfilt(small, sound)))
    yield Finding(name, "6 lost on a small speaker, LU", lost, -3, 3)
    if name in BEATS:
        hertz, width, rates, depths = BEATS[name]
        rate, depth = beat(sound, hertz, width)
        yield Finding(name, "7 beat of the lowest mode, Hz", rate, *rates)
        yield Finding(name, "7 its depth, dB", depth, *depths)
    yield Finding(name, "8 centroid of the first second, Hz", centroid(sound[:RATE]), *CENTROIDS[name])


def breath_findings(style: BreathSound) -> Iterator[Finding]:
    """Yield the figures of a breath of 4 seconds in and 6 out."""
    inhale = _floats(breath.render("inhale", INHALE, style, (0.0, 1.0)))
    exhale = _floats(breath.render("exhale", EXHALE, style, (1.0, 0.0)))
    both = np.concatenate([inhale, exhale])
    name = f"breath {style}"
    yield Finding(name, "1 true peak, dBTP", _decibels(np.abs(resample_poly(both, 4, 1)).max()), -60, -6)
    yield Finding(name, "1 mean", float(both.mean()), -1e-4, 1e-4)
    yield Finding(name, "2 max momentary loudness, LUFS", loudness(both), -36 if style == "tick" else -31, -29)
    yield Finding(name, "9 seconds", len(both) / RATE, INHALE + EXHALE, INHALE + EXHALE)
    seams = max(abs(inhale[0]), abs(inhale[-1]), abs(exhale[0]), abs(exhale[-1]))
    yield Finding(name, "9 step at the turns, of the smallest", float(seams) * 32768, 0, 1)
    yield Finding(name, "9 inhale louder than exhale, LU", loudness(inhale) - loudness(exhale), -2, 2)
    if style in ("air", "tone"):
        hiss = _hiss(np.roll(both, RATE // 4)[: RATE // 2]) - _hiss(inhale[int(1.75 * RATE) : int(2.25 * RATE)])
        yield Finding(name, "9 above 6 kHz, the turn against the middle, dB", hiss, -200, 3)
        yield Finding(name, "centroid of the inhale, its end by its begin", _rise(inhale), 1.2, 9)
        yield Finding(name, "centroid of the exhale, its end by its begin", _rise(exhale), 0, 1 / 1.2)


def bed_findings(name: str, file: Path) -> Iterator[Finding]:
    """Yield the figures of a bed, as psoas plays it over and over."""
    bed, frames = Shipped(file), len(decode.decode(file.read_bytes(), name)) - frames_of(OVERLAP)
    bed.take(frames)
    loop = _floats(bed.take(frames))  # the second time round: it begins with the seam
    around = np.concatenate([loop[-RATE:], loop, loop[:RATE]])
    yield Finding(name, "1 true peak, dBTP", _decibels(np.abs(resample_poly(around, 4, 1)).max()), -60, -18)
    yield Finding(name, "1 mean", float(loop.mean()), -1e-4, 1e-4)
    yield Finding(name, "2 integrated loudness, LUFS", integrated(loop), LEVEL - 0.5, LEVEL + 0.5)
    yield Finding(name, "2 its loudest 400 ms above that, LU", loudness(around) - integrated(loop), 0, 6)
    rises = np.diff([loudness(around[begin : begin + RATE]) for begin in range(0, len(loop), RATE // 2)])
    yield Finding(name, "2 largest rise in half a second, LU", float(rises.max()), 0, 3)
    yield Finding(name, "4 seconds", len(loop) / RATE, 60, 90)
    yield Finding(name, "4 size of the file, MB", file.stat().st_size / 1e6, 0, 1)
    outside = _outside(loop)
    yield Finding(name, "9 the seam outside 100 others: level, dB", outside[0], 0, 0)
    yield Finding(name, "9 the seam outside 100 others: octaves, dB", max(outside[1:]), 0, 0)
    bends = np.abs(np.diff(around, 2))
    seam = max(bends[at - 48 : at + 48].max() for at in (RATE, RATE + len(loop)))
    yield Finding(
        name, "9 sharpest bend at the seam, of the sharpest", float(seam / bends[2 * RATE : -2 * RATE].max()), 0, 1
    )


def _outside(loop: Signal) -> list[float]:
    """How far 2 s across the seam lie outside of what 100 other windows show, in dB: as a whole, then by octaves."""
    window = 2 * RATE
    starts = np.linspace(0, len(loop) - window, 100).astype(int)
    others = np.array([_levels(loop[begin : begin + window]) for begin in starts])
    seam = _levels(np.concatenate([loop[-RATE:], loop[:RATE]]))
    beyond = np.maximum(seam - others.max(axis=0), others.min(axis=0) - seam)
    return [float(each) for each in np.maximum(0, beyond)]


def _levels(sound: Signal) -> Signal:
    """The level of *sound* in dB, as a whole and in octaves around 63, 125 ... 4000 Hz."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    centres = 62.5 * 2.0 ** np.arange(7)
    octaves = [power[(hertz > centre / np.sqrt(2)) & (hertz < centre * np.sqrt(2))].sum() for centre in centres]
    return np.asarray(10 * np.log10([power.sum(), *octaves]))


def decay(sound: Signal) -> float:
    """T60 in seconds, from Schroeder's backward sum between -5 and -35 dB."""
    rest = np.cumsum(sound[int(np.argmax(np.abs(sound))) :][::-1] ** 2)[::-1]
    level = 10 * np.log10(rest / rest[0] + 1e-12)
    first, last = int(np.argmax(level < -5)), int(np.argmax(level < -35))
    return float(-60 / np.polyfit(np.arange(first, last) / RATE, level[first:last], 1)[0])


def beat(sound: Signal, hertz: float, width: float) -> tuple[float, float]:
    """The rate (hertz) and depth (dB, 2nd to 98th percentile) of the beat of the partial at *hertz*, decay removed."""
    t = np.arange(len(sound)) / RATE
    base = sound * np.exp(-2j * np.pi * hertz * t)
    spectrum = np.fft.fft(base)
    spectrum[np.abs(np.fft.fftfreq(len(sound), 1 / RATE)) > width] = 0
    envelope = np.abs(np.fft.ifft(spectrum))[:: RATE // 200]
    loud = slice(40, int(len(envelope) * 0.6))
    level = 20 * np.log10(envelope[loud] + 1e-9)
    x = np.arange(len(level)) / 200
    level -= np.polyval(np.polyfit(x, level, 2), x)
    swing = np.abs(np.fft.rfft(level * np.hanning(len(level)), 1 << 16))
    rate = np.fft.rfftfreq(1 << 16, 1 / 200)[int(np.argmax(swing))]
    low, high = np.percentile(level, (2, 98))
    return float(rate), float(high - low)


def centroid(sound: Signal) -> float:
    """The centre of the power spectrum in hertz."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def _rise(phase: Signal) -> float:
    """The centroid of the last quarter of a phase divided by that of the first."""
    quarter = len(phase) // 4
    return centroid(phase[-quarter:]) / centroid(phase[:quarter])


def _hiss(sound: Signal) -> float:
    """The mean power above 6 kHz in dB."""
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    return float(10 * np.log10(power[np.fft.rfftfreq(len(sound), 1 / RATE) > 6000].mean() + 1e-12))


def _decibels(amplitude: float) -> float:
    return float(20 * np.log10(amplitude + 1e-10))


def _floats(samples: Samples) -> Signal:
    return np.array(samples, dtype=np.float64) / 32768


def findings(folder: Path) -> Iterator[Finding]:
    """Yield all figures of the shipped sounds in *folder*, and of the breath as psoas renders it."""
    for name in BELLS:
        sound, rate = soundfile.read(folder / f"{name}.flac")
        yield Finding(name, "1 one channel of 48 kHz", float(rate * sound.ndim), RATE, RATE)
        yield from bell_findings(name, sound)
    for name in BEDS:
        yield from bed_findings(name, folder / "beds" / f"{name}.ogg")
    for style in RENDERED:
        yield from breath_findings(style)


def main() -> int:
    """Print the table; return 1 if a figure is out of range, else 0."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "sounds"
    everything = list(findings(folder))
    print("\n".join(map(str, everything)))
    size = sum(file.stat().st_size for file in folder.rglob("*.*"))
    failed = [finding for finding in everything if not finding.holds]
    print(f"{len(everything)} figures, {len(failed)} fail; {size / 1024:.0f} KiB in all")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
