"""The built-in English voice: it can say everything that psoas says of its own accord, and nothing else."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.test_builtin import IDS

from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.tts.pack import Pack, description_of, folded, index_of, read_pack
from psoas_cli.player.narrator import everything
from psoas_cli.practice.format.reader import Source, read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.score.audit import audit
from psoas_cli.practice.score.care import with_care
from psoas_cli.practice.score.fitting import feasible_minutes
from psoas_cli.practice.score.speech import speech_of, words_of
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.resources import bundled
from psoas_cli.storage.library import Library

PLACE = bundled("sounds") / "voices" / "en"
LIBRARY = Library("en", own_poses=False)
POSES = LIBRARY.poses


@cache
def pack() -> Pack:
    return read_pack(PLACE)


@cache
def known() -> frozenset[str]:
    return frozenset(folded(words.text) for words in everything("en"))


def test_every_text_has_a_clip_and_every_clip_a_text() -> None:
    said = {entry.text for entry in pack().entries.values()}
    assert known() - said == set(), "texts without a clip: tools/make_voice.py makes them"
    assert said - known() == set(), "clips of texts that are not said any more: tools/make_voice.py removes them"
    files = {path.relative_to(PLACE).as_posix() for path in PLACE.rglob("*") if path.is_file()}
    named = {entry.file for entry in pack().entries.values()}
    assert files - named == {"voice.yaml", "index.json", "NOTICE", "LICENSE"}


def test_clips_are_as_long_as_the_index_says_as_loud_as_the_bowls_and_begin_and_end_in_silence() -> None:
    entries = sorted(pack().entries.values())
    for entry in Random(7).sample(entries, 12):
        clip = pack().clip(entry.text)
        assert clip
        samples = clip.decoded()
        assert len(samples) == entry.frames
        assert integrated(samples) == pytest.approx(-20, abs=0.5)
        assert max(map(abs, (*samples[:48], *samples[-48:]))) < 200
        assert 0.3 < clip.seconds < 1.5 + len(entry.text.split()) * 60 / 70


@pytest.mark.parametrize("name", IDS)
def test_the_practices_leave_time_for_each_of_its_words_at_any_length(name: str) -> None:
    sequence = LIBRARY.sequence(name)
    for minutes in (None, *feasible_minutes(sequence)):
        timeline = compile_sequence(sequence, minutes and minutes * 60.0)
        speech = speech_of(timeline, "en", lambda words: (clip := pack().clip(words.text)) and clip.seconds)
        assert audit(timeline, "en", speech=speech) == []
        ends = [(said.words.text, said.at, said.at + said.seconds) for said in speech.utterances]
        assert all(end <= at for (_, _, end), (_, at, _) in pairwise(ends))
        for bell in (cue.at for cue in timeline.cues if cue.bell):
            assert [text for text, at, end in ends if at < bell < max(end, at + 1)] == []


@st.composite
def practices(draw: st.DrawFn) -> str:
    """A practice of poses in the library, without texts of its own."""

    def step() -> dict[str, object]:
        name = draw(st.sampled_from(sorted(POSES)))
        pose = POSES[name]
        made: dict[str, object] = {"pose": name, "hold": draw(st.sampled_from(["30s", "2m", "7m"]))}
        if draw(st.booleans()) and pose.variations:
            made["variation"] = draw(st.sampled_from(sorted(pose.variations)))
        if draw(st.booleans()) and pose.sides:
            made["sides"] = draw(st.sampled_from([["left", "right"], ["right"], ["left"]]))
        if draw(st.booleans()):
            rest = draw(st.sampled_from(["1m", {"hold": "1m", "pose": draw(st.sampled_from(sorted(POSES)))}]))
            made["rebound"] = rest
        if pose.sides and "sides" not in made and draw(st.booleans()):
            made["between"] = {"pose": draw(st.sampled_from(sorted(POSES))), "hold": "20s"}
        return made

    steps = [step() for _ in range(draw(st.integers(1, 4)))]
    more: list[dict[str, object]] = [
        {"breathe": name, "hold": "2m"} for name in draw(st.lists(st.sampled_from(sorted(NAMED)), max_size=1))
    ]
    rest: list[dict[str, object]] = [draw(st.sampled_from([{"rest": "3m"}, {"rest": "3m", "pose": "savasana"}]))]
    return json.dumps({"title": "Random", "steps": [*steps, *more, *rest]})


@given(
    content=practices(),
    care=st.lists(st.sampled_from(sorted(CAUTIONS)), max_size=3, unique=True),
    avoid=st.lists(st.sampled_from(sorted(POSES)), max_size=3, unique=True),
)
def test_a_practice_of_the_librarys_poses_lacks_nothing(content: str, care: list[str], avoid: list[str]) -> None:
    sequence = read_sequence(Source("random", "random.yaml", content), LIBRARY.shelf)
    said = words_of(compile_sequence(with_care(sequence, care, avoid).sequence), "en")
    assert [words.text for words in said if folded(words.text) not in known()] == []


def test_taken_as_it_came_it_is_what_all_checks_make_of_it() -> None:
    taken = read_pack(PLACE, trusted=True)
    assert (taken.about, taken.entries) == (pack().about, pack().entries)
    assert (PLACE / "voice.yaml").read_bytes() == description_of(taken.about), "its description is read as YAML"
    assert (PLACE / "index.json").read_bytes() == index_of("en", taken.entries.values())
