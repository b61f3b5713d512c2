"""Make the sounds that psoas ships, from fixed seeds: every run gives the same bits.

    python tools/make_sounds.py [FOLDER]

Writes the bells and the noise of the breath as FLAC, and the beds as Ogg Vorbis, to FOLDER (default: sounds/ in this
checkout). Needs the extra `make`, and psoas itself.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

import beds
from psoas_cli.audio.bed_samples import OVERLAP
from psoas_cli.practice.model.bed import LEVEL
from synthesis import RATE, Mode, Signal, Strike, bands_of_noise, dithered, gain_of, integrated, loudness, struck

AIR_BANDS = (320.0, 560.0, 950.0, 1500.0)
AIR_SECONDS = 3.0
AIR_RMS = -30.0  # dBFS, K-weighted: quiet enough for a breath, loud enough for 16 bits


def deep_bowl() -> Signal:
    """A bowl of 180 mm, D3, with ratios from the modal table in the Csound manual.

    The decay has the shape of a recorded bowl of this size (T60 128 53 42 33 27 13 s), but is shorter.
    """
    ratios = (1, 2.778, 5.181, 8.163, 11.661, 15.638)
    levels = (0, 1.0, -3.0, 0, -12, -18)
    decays = (17.5, 12.5, 8.5, 5.5, 3.4, 2.0)
    beats = (0.62, 1.15, 1.9, 2.6, 3.3, 4.0)
    strike = Strike(mallet=0.0011, thump=(-24, 110, 700), room=(2.2, -17), fade=2.5)
    return struck(_modes(146.8, ratios, levels, decays, beats), 18.0, strike, seed=3)


def high_bowl() -> Signal:
    """A bowl of 140 mm, A4, with ratios from the same table."""
    ratios = (1, 2.765, 5.121, 7.807, 10.784)
    levels = (0, -2.5, -7, -11, -16)
    decays = (8.5, 5.6, 3.6, 2.2, 1.4)
    beats = (0.9, 1.7, 2.8, 4.0, 5.0)
    strike = Strike(mallet=0.0005, thump=(-28, 250, 1500), room=(1.8, -17), fade=1.2)
    return struck(_modes(440.0, ratios, levels, decays, beats), 8.5, strike, seed=5)


def tingsha() -> Signal:
    """Two small thick discs, C7, with the ratios of a free plate (computed, Poisson's ratio 0.33).

    The second disc is 0.28 % sharp, which gives a shimmer of 6 Hz, and softer, which prevents flutter.
    """
    ratios = (1, 1.723, 2.327, 3.898, 4.091)
    levels = (0, -13, -5, -22, -15)
    decays = (4.2, 1.6, 2.6, 0.9, 1.3)
    beats = (0.9, 1.5, 2.1, 2.7, 3.3)
    second = tuple(level - 10.0 for level in levels)
    modes = _modes(2093.0, ratios, levels, decays, beats) + _modes(2093.0 * 1.0028, ratios, second, decays, beats)
    strike = Strike(mallet=0.00022, thump=(-30, 1500, 5000), room=(1.4, -16), fade=0.8, pair=0.12)
    return struck(modes, 4.5, strike, seed=7)


def wood_block() -> Signal:
    """A wood block struck softly twice, B-flat 4, with ratios from the Csound manual's table (there for 915 Hz).

    T60 falls with frequency, as measured on rosewood bars (loss factor 0.45 %); it is 0.3 s for the lowest mode, as the
    block is held in the hand.
    """
    ratios = (1, 1.683, 2.036, 3.401)
    modes = [Mode(466.2 * ratio, level, 0.30 / ratio) for ratio, level in zip(ratios, (0, -9, -13, -20), strict=True)]
    strike = Strike(mallet=0.0018, thump=(-16, 300, 1800), room=(0.9, -12), fade=0.25)
    knock = struck(modes, 1.6, strike, seed=9)
    both = np.zeros(int(2.1 * RATE))
    both[: len(knock)] += knock
    again = int(0.46 * RATE)
    both[again : again + len(knock)] += 0.6 * knock
    return both


def marimba() -> Signal:
    """A low rosewood bar, D4, struck once with a soft mallet, and tuned: its second mode is nearly two octaves up.

    T60 is 2.2 divided by loss factor and frequency, 1.66 s for the lowest mode. The loss factor of 0.45 % (+-0.09) was
    measured on the rosewood bars of a marimba, alike for all modes (Hill, Exponential Time Decay Constants of Marimba
    Bars). The mallet darkens the sound: the second mode begins 14 dB below the lowest, the third 36 dB.
    """
    hertz, loss = 293.66, 0.0045
    modes = [
        Mode(hertz * ratio, level, 2.2 / (loss * hertz * ratio))
        for ratio, level in zip((1, 3.93, 9.2), (0, -1, -3), strict=True)
    ]
    strike = Strike(mallet=0.001, thump=(-26, 150, 800), room=(1.0, -18), fade=0.4)
    return struck(modes, 2.4, strike, seed=13)


def soft_stroke() -> Signal:
    """Two pure tones at once, D5 and A5, that swell and are soon gone, as if a felt passed over two glasses.

    It is no sign to do anything, so it must be like none of those that are: the only one that swells (90 ms; the others
    begin within 2), the only one of two pitches at once, and the softest. Both fit the bowls, the drone and the chimes
    of the breath, as what lies a semitone beside a sound startles.
    """
    hertz = 587.33
    columns = ((1, 1.5, 2, 3), (0, -3, -24, -27), (1.9, 1.7, 1.1, 0.9))
    modes = [Mode(hertz * ratio, level, t60) for ratio, level, t60 in zip(*columns, strict=True)]
    strike = Strike(mallet=0.0001, thump=(-60, 600, 2000), room=(1.2, -18), fade=0.7, pair=0.0, swell=0.09)
    return struck(modes, 2.3, strike, seed=15)


BELLS: dict[str, tuple[Callable[[], Signal], float]] = {
    "deep-bowl": (deep_bowl, -20.0),
    "high-bowl": (high_bowl, -20.0),
    "tingsha": (tingsha, -22.0),
    "wood-block": (wood_block, -24.0),
    "marimba": (marimba, -26.0),
    "soft-stroke": (soft_stroke, -28.0),
}
"""For each bell, the function that makes it and its maximum momentary loudness in LUFS."""

BEDS: dict[str, Callable[[], Signal]] = {"ocean": beds.ocean, "brown": beds.brown, "drone": beds.drone}
"""For each bed, the function that makes it."""

_SMALLER = 0.6  # of Vorbis, 0 (best) to 1 (smallest): what it adds lies 17 to 25 dB below the sound


def _modes(hertz: float, *columns: tuple[float, ...]) -> list[Mode]:
    """Modes at ratios of *hertz*, from columns of ratios, levels (dB), decays (T60 in seconds) and beats (hertz)."""
    return [Mode(hertz * ratio, *others) for ratio, *others in zip(*columns, strict=True)]


def make(folder: Path) -> None:
    """Write all sounds to *folder*."""
    for kind in ("breath", "beds"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
    for name, (bell, target) in BELLS.items():
        sound = bell()
        _write(folder / f"{name}.flac", sound * gain_of(target - loudness(sound)))
    bands = bands_of_noise(AIR_BANDS, AIR_SECONDS, seed=11)
    _write(folder / "breath" / "air.flac", np.stack(bands, axis=1) * gain_of(AIR_RMS))
    for name, bed in BEDS.items():
        sound = bed()
        _write_bed(folder / "beds" / f"{name}.ogg", sound * gain_of(LEVEL - integrated(sound)))


def _write(path: Path, sound: Signal) -> None:
    soundfile.write(path, dithered(sound), RATE, format="FLAC", subtype="PCM_16", compression_level=1.0)
    print(f"{path}: {len(sound) / RATE:.1f} s, {path.stat().st_size / 1024:.0f} KiB")


def _write_bed(path: Path, loop: Signal) -> None:
    """Write *loop*, and `OVERLAP` of it again, in pieces of a second: libsndfile crashes on longer ones."""
    samples = np.round(np.concatenate([loop, loop[: int(OVERLAP * RATE)]]) * 32767).astype(np.int16)
    with soundfile.SoundFile(path, "w", RATE, 1, "VORBIS", format="OGG", compression_level=_SMALLER) as file:
        for begin in range(0, len(samples), RATE):
            file.write(samples[begin : begin + RATE])
    print(f"{path}: {len(loop) / RATE:.1f} s, {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "sounds")
