"""Words of a practice, heard: recordings of one's own in their place, and a voice at its cues."""

from __future__ import annotations

from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING

import pytest
from tests.audio.packs import make_pack
from tests.audio.programs import tone, wav
from tests.audio.speech import babble
from tests.rig.conftest import SOON
from tests.rig.test_practice_on_rig import practised

from psoas_cli.audio.samples import RATE
from psoas_cli.audio.strike import strike_of
from psoas_cli.audio.tts import clips, voices
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.audio.tts.pack import read_pack
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rig.conftest import Quiet, Rig

    from psoas_cli.audio.samples import Samples

PRACTICE = """
title: Told
language: en
lead-in: 3s
transition: 0s
bells: {open: high-bowl, hold: wood-block, close: wood-block}
steps:
  - name: Lying
    hold: 6s
    say:
      - {at: 1.5s, audio: one.wav}
      - {at: 3.5s, audio: two.wav, text: The other one}
"""
WINDOW = RATE // 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "heard.yaml").write_text(PRACTICE, "utf-8")
    for name, seconds in (("one", 0.7), ("two", 1.1)):
        (tmp_path / f"{name}.wav").write_bytes(wav(tone(seconds)))
    return tmp_path


def test_recordings_and_a_voice_are_heard_at_their_cues_and_the_bells_keep_their_time(
    rig: Rig, quiet: Quiet, folder: Path
) -> None:
    make_pack(folder / "voices" / "anna", {"Lying.": babble(0.8)})
    timeline = compile_sequence(Library("en").sequence(str(folder / "heard.yaml")))
    anna = read_pack(folder / "voices" / "anna")
    made = clips.ready(words_of(timeline, "en"), anna, voices.RATE, folder / "speech", lambda _done, _all: None)
    narration = Narration("en", made.clips)
    with quiet():
        begin, _ = practised(rig, folder, "-l", "en", "--voice", "anna")
        heard = rig.recording()
    bells = [(cue.at, strike_of(cue.bell)) for cue in timeline.cues if cue.bell]
    first, _ = heard.find(bells[0][1], near=begin + bells[0][0], within=0.3)
    begin = first - bells[0][0]
    utterances = narration.speech(timeline).utterances
    places = [(each.at, *loudest(narration.clip(each.words).decoded())) for each in utterances]
    for at, offset, sound in [*((at, 0.0, sound) for at, sound in bells), *places]:
        _, likeness = heard.find(sound, near=begin + at + offset, within=SOON)
        assert likeness > 0.5, f"what is to be heard at {at} s is not"
    for utterance, following in pairwise(utterances):
        assert utterance.at + utterance.seconds <= following.at
    assert [each.words.text for each in utterances] == ["Lying.", "", "The other one"]


def loudest(clip: Samples) -> tuple[float, Samples]:
    """The loudest fifth of a second of *clip*, and where in it that begins, in seconds."""
    first = max(range(0, max(1, len(clip) - WINDOW), WINDOW // 8), key=lambda at: power(clip[at : at + WINDOW]))
    return first / RATE, clip[first : first + WINDOW]


def power(samples: Samples) -> int:
    return sum(map(mul, samples, samples))
