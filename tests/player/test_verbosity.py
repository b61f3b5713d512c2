"""How much is said: everything, the moves, the names or nothing, as chosen before or on the way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.player.world import START, World, sequence_of

from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.samples import frames_of, silence
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.grounding import FIRST, OPENING, SOFTER, STEP, spoken_ever
from psoas_cli.player.narrator import said_in_sessions
from psoas_cli.practice.model.verbosity import VERBOSITIES, Verbosity
from psoas_cli.practice.model.verbosity_texts import ANNOUNCED
from psoas_cli.practice.score.speech import BREATH_WORDS, words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence

if TYPE_CHECKING:
    from psoas_cli.practice.model.sequence import Sequence

# The lead-in to 15 s, a hold to 135 s, a move to 165 s, a hold to 225 s, a move to 245 s, the rest to 305 s.
PRACTICE = sequence_of(
    """
  - name: One
    hold: 120s
    text: Lie down
    say: [{at: 40s, text: Forty}]
  - transition: 30s
    text: Move over
  - name: Two
    hold: 60s
  - rest: 60s
""",
    "lead-in: 15s\ntransition: 20s\nbreath: none",
)
LEAVE = [(700.0, "q"), (701.0, "q"), (702.0, "enter")]


class Told:
    """A session in which the length of a clip tells what it says."""

    def __init__(
        self, *script: tuple[float, str], sequence: Sequence = PRACTICE, verbosity: Verbosity = "full", guided: int = 0
    ) -> None:
        timeline = compile_sequence(sequence)
        words = list(dict.fromkeys([*words_of(timeline, "en"), *said_in_sessions("en")]))
        lengths = {each: frames_of(2.0) + i for i, each in enumerate(words)}
        clips = {each: in_memory(silence(frames)) for each, frames in lengths.items()}
        self._texts = {frames / 48_000: each.text for each, frames in lengths.items()}
        narration = Narration("en", clips, verbosity=verbosity, guided=guided)
        self.world = World(sequence, *script, *LEAVE, narration=narration).run()

    @property
    def said(self) -> list[tuple[float, str]]:
        """What was said to its end, and when."""
        spoken = ((round(at - START, 2), self._texts.get(seconds, "")) for at, seconds in self.world.sound.spoken)
        return [each for each in spoken if each[1]]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.said]


def test_everything_is_said_by_default() -> None:
    assert Told().texts[:4] == ["One.", "Lie down", "Forty", "A breath or two more here."]


def test_moves_leave_holds_silent_but_for_their_end() -> None:
    said = Told(verbosity="moves").texts
    assert said[:3] == ["One.", "Lie down", "A breath or two more here."]
    assert "Move over" in said
    assert "Forty" not in said


def test_names_are_told_when_it_is_time_to_move() -> None:
    said = Told(verbosity="names").texts
    assert said[:4] == ["One.", "Time to move.", "Two.", "Time to move."]
    assert not {"Lie down", "Forty", "Move over"} & set(said)


def test_none_is_silence() -> None:
    assert Told(verbosity="none").said == []


def test_v_goes_round_and_is_heard_each_time() -> None:
    keys = [(20.0 + 4 * i, "v") for i in range(4)]
    told = Told(*keys)
    heard = [(at, text) for at, text in told.said if 19 < at < 40]
    assert [text for _, text in heard] == [ANNOUNCED[each].en for each in ("moves", "names", "none", "full")]
    assert all(0 <= at - key <= 0.3 for (at, _), (key, _) in zip(heard, keys, strict=True))
    assert told.world.status_at(21).message == ANNOUNCED["moves"].en


def test_what_v_cuts_off_is_said_again_if_it_is_still_to_be_said() -> None:
    whole = Told((136.0, "v"))  # while "Move over" is said, or about to be
    assert [text for at, text in whole.said if 135 < at < 165][:2] == [ANNOUNCED["moves"].en, "Move over"]
    less = Told((136.0, "v"), (136.5, "v"))
    assert "Move over" not in less.texts


def test_without_a_voice_v_says_so_on_the_screen() -> None:
    world = World(PRACTICE, (20.0, "v"), *LEAVE).run()
    assert "No voice" in world.status_at(21).message


@pytest.mark.parametrize("verbosity", [each for each in VERBOSITIES if each != "none"])
def test_grounding_is_spoken_a_step_at_a_time_and_softer(verbosity: Verbosity) -> None:
    told = Told((60.0, "g"), (400.0, "space"), verbosity=verbosity)
    said = [(at, text) for at, text in told.said if 60 <= at < 400]
    assert said[0][1] == OPENING.en
    assert said[0][0] - 60 <= 0.3
    assert [text for _, text in said] == [text.en for text in spoken_ever()]  # each once, and then silence
    floor, five = (next(at for at, text in said if text.startswith(each)) for each in ("The floor", "Five"))
    assert floor - 60 == pytest.approx(FIRST, abs=0.8)
    assert five - floor == pytest.approx(STEP, abs=0.8)
    assert {decibels for at, decibels in told.world.sound.softly if 60 <= at - START < 400} == {SOFTER}


def test_where_nothing_is_said_grounding_says_that_the_clock_stands_still() -> None:
    told = Told((60.0, "g"), (400.0, "space"), verbosity="none")
    assert told.texts == [OPENING.en]


@pytest.mark.parametrize("key", ["v", "m"])
def test_v_or_m_silences_grounding(key: str) -> None:
    told = Told((60.0, "g"), (75.0, key), (400.0, "space"))
    assert [text for at, text in told.said if 75.5 < at < 400] == [] or told.world.sound.muted


def breath_of(timeline: Timeline) -> list[tuple[float, str]]:
    texts = {kind: text.en for kind, text in BREATH_WORDS.items()}
    return [(round(at, 2), texts[phase.kind]) for at, phase, _ in timeline.breaths_in(0, timeline.duration)]


def breathing(sound: str) -> Sequence:
    return sequence_of(f"\n  - breathe: 4-6\n    hold: 2m\n    sound: {sound}\n", "lead-in: 15s")


def test_words_say_every_breath_after_the_bowl_and_the_invitation() -> None:
    sequence = breathing("words")
    told = Told(sequence=sequence)
    due = [each for each in breath_of(compile_sequence(sequence)) if each[0] >= 15 + 8]
    assert [each for each in told.said if each[1] in ("In.", "Out.")] == due
    assert told.world.sound.breaths == []
    assert {decibels for _, decibels in told.world.sound.softly} == {8.0}


def test_where_nothing_speaks_words_there_is_air() -> None:
    world = World(breathing("words"), *LEAVE).run()
    assert len(world.sound.breaths) > 10


def test_the_first_two_breaths_are_said_to_who_is_new_to_them() -> None:
    told = Told(sequence=breathing("tone"), guided=2)
    said = [each for each in told.said if each[1] in ("In.", "Out.")]
    assert [text for _, text in said] == ["In.", "Out.", "In.", "Out."]
    first = round(told.world.sound.breaths[0][0] - START, 2)
    assert said[0][0] == first


def test_an_answer_is_not_talked_into_by_the_breath() -> None:
    told = Told((40.0, "w"), sequence=breathing("words"))
    spoken = sorted((at, at + seconds) for at, seconds in told.world.sound.spoken)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spoken))


@pytest.mark.parametrize("state", ["lost", "off"])
def test_where_nothing_sounds_v_says_that_no_voice_speaks_and_changes_nothing(state: str) -> None:
    words = words_of(compile_sequence(PRACTICE), "en")
    narration = Narration("en", dict.fromkeys(words, in_memory(silence(frames_of(1.0)))), verbosity="names")
    world = World(PRACTICE, (20, "v"), *LEAVE, narration=narration, state=state).run()
    assert "No voice" in world.status_at(21).message
    assert narration.verbosity == "names"
