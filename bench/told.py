"""Check that what is said in a live practice is heard on time, and that a file of the practice sounds the same.

    python bench/told.py voice [NAME]   a practice with the built-in voice: is each word and bell heard at its moment?
    python bench/told.py file           two minutes of bells, breath and speech: live, compared with its file

Needs PulseAudio, and the extras `dev` and `make`.
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.signal import fftconvolve

from live_program import Program
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.strike import strike_of
from psoas_cli.audio.tts import clips, voices
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.audio.tts.speaker import named
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library
from sound import Event, Timed, Wave, found, rig, wave

_PIECE = """
title: Two minutes
language: en
lead-in: 5s
transition: 10s
breath: {pattern: 4-6, sound: air}
steps:
  - pose: constructive-rest
    hold: 40s
    say: [{at: 15s, text: A word over the breath.}]
  - pose: baby-dragon
    hold: 20s
    between: 10s
  - rest: 15s
"""
_LOUD = 0.3  # seconds of a clip to search for, where it is loudest
_STROKE = 0.4  # seconds of a bell to search for: over speech, a shorter piece is mistaken for another
_HEARD = 0.3  # likeness (0..1) from which a sound counts as found
_HEADER = 44  # bytes before the samples of a WAV file


class Heard(NamedTuple):
    """A recorded practice: the recording, its second at which the practice began, the timeline and the narration."""

    wave: Wave
    zero: float
    timeline: Timeline
    narration: Narration


def performed(practice: str, folder: Path) -> Heard:
    """Perform *practice* live with a voice, and record it."""
    timeline = compile_sequence(Library("en").sequence(practice))
    heart, cache = named("en", "heart", folder), folder / "speech"
    made = clips.ready(words_of(timeline, "en"), heart, voices.RATE, cache, lambda _done, _all: None)
    narration = Narration("en", made.clips)
    with rig(folder) as server:
        recorder = Timed(server.env)
        command = ["practice", practice, "--yes", "--no-journal", "-l", "en", "--volume", "70"]
        program = Program(command, server.env, folder)
        zero = program.zero()
        time.sleep(max(0.0, zero + timeline.duration - time.monotonic()))
        program.ended_in(60)
        recording = recorder.recording()
        recorder.stop()
    return Heard(wave(recording.frames), zero - recording.begin, timeline, narration)


def told(practice: str, folder: Path) -> dict[str, float]:
    """Compare when the utterances and bells of *practice* are heard with when they are due; figures by name."""
    heard = performed(practice, folder)
    speech = heard.narration.speech(heard.timeline)
    utterances = speech.utterances
    spoken = [_loudest(each.at, heard.narration.clip(each.words).decoded()) for each in utterances]
    bells = [
        Event(cue.at, wave(strike_of(cue.bell)), 0.0, _STROKE, bell=True) for cue in heard.timeline.cues if cue.bell
    ]
    overlaps = sum(1 for each, later in itertools.pairwise(utterances) if each.at + each.seconds > later.at)
    return {
        "seconds": heard.timeline.duration,
        **_figures("utterances", spoken, heard),
        "utterances: overlaps": overlaps,
        "utterances: only shown": len(speech.unsaid),
        **_figures("bells", bells, heard),
    }


def _figures(name: str, events: Iterable[Event], heard: Heard) -> dict[str, float]:
    all_found = [found(event, heard.wave, heard.zero) for event in events]
    late = np.array([each.late for each in all_found if each.likeness > _HEARD]) * 1000
    return {
        name: len(all_found),
        f"{name}: lost": len(all_found) - len(late),
        f"{name}: onset error, mean ms": late.mean(),
        f"{name}: furthest from the timeline, ms": np.abs(late).max(),
        f"{name}: lowest likeness": min(each.likeness for each in all_found),
    }


def _loudest(at: float, clip: Samples) -> Event:
    """The event of *clip* at the second *at*, searched for by its loudest part."""
    samples = wave(clip)
    power = np.convolve(samples**2, np.ones(round(_LOUD * RATE)), "valid")
    return Event(at, samples, int(power.argmax()) / RATE if len(power) else 0.0, _LOUD, bell=False)


def compared(folder: Path) -> dict[str, float]:
    """Compare a live practice with its file: how much later it is, and the likeness of the two."""
    practice = folder / "piece.yaml"
    practice.write_text(_PIECE, "utf-8")
    heard = performed(str(practice), folder)
    out = folder / "piece.wav"
    with rig(folder) as server:
        command = ["render", str(practice), "-l", "en", "-o", str(out), "--force"]
        Program(command, server.env, folder).ended_in(60)
    file = np.frombuffer(out.read_bytes()[_HEADER:], "<i2").astype(np.float64)
    expected = round(heard.zero * RATE)
    begin = max(0, expected - RATE)
    live = heard.wave[begin : expected + len(file) + RATE]
    products = fftconvolve(live, file[::-1], "valid")
    lag = int(products.argmax())
    piece = live[lag : lag + len(file)]
    alike = float((piece * file).sum() / np.sqrt((piece**2).sum() * (file**2).sum()))
    return {
        "seconds": len(file) / RATE,
        "later than its clock says, ms": (begin + lag - expected) / RATE * 1000,
        "likeness": alike,
    }


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["voice", "file"])
    parser.add_argument("practice", nargs="?", default="yin-short")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = told(asked.practice, Path(folder)) if asked.what == "voice" else compared(Path(folder))
    for name, figure in figures.items():
        print(f"  {name:<48} {figure:>10.3f}", flush=True)


if __name__ == "__main__":
    main()
