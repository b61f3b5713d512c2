"""What is spoken in a session: at its moments, once, and again where a person comes to a place by a key."""

from itertools import pairwise

import pytest
from tests.player.world import START, World, sequence_of
from tests.practice.test_builtin import built_in

from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.samples import RATE, frames_of, silence
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.passage import AFTER_BELL, AFTER_REST, AFTER_WOOD, AT_THE_MAT, CALM, WITHIN
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import compile_sequence

STEPS = """
  - name: One
    hold: 60s
    say: [{at: 20s, text: Twenty}]
  - transition: 20s
    text: Move
  - name: Two
    text: Lie down
    hold: 60s
"""


def world(sequence: Sequence, *script: tuple[float, str], seconds: float = 3.0, speed: float = 1.0) -> World:
    """A world in which every text takes so many *seconds*."""
    clip = in_memory(silence(frames_of(seconds)))
    words = words_of(compile_sequence(sequence), "en")
    return World(
        sequence, *script, narration=Narration("en", dict.fromkeys(words, clip)), delivery=Delivery(speed=speed)
    )


def spoken(world: World) -> list[tuple[float, float]]:
    return [(round(at - START, 2), round(length, 2)) for at, length in world.sound.spoken]


def test_everything_is_said_at_its_moment() -> None:
    led = world(sequence_of(STEPS)).run()
    move = 70 + AFTER_WOOD
    assert spoken(led) == [(1, 3), (30, 3), (move, 3), (move + 3 + WITHIN, 3), (move + 2 * (3 + WITHIN), 3)]
    assert led.session.finished


def test_who_goes_to_a_stop_is_told_all_of_the_way_before_it_begins_and_once() -> None:
    led = world(sequence_of(STEPS), (15, "n"), (60, "q"), (61, "q")).run()
    told = 15.3 + AFTER_WOOD  # once the knocks are over
    assert spoken(led)[1:] == [(told, 3), (round(told + 3 + WITHIN, 2), 3)]
    assert led.bells[1:4] == [(15.3, "wood-block"), (35, "high-bowl"), (60.3, "deep-bowl")]


def test_after_a_pause_the_name_is_said_again_while_there_is_time_to_come_back() -> None:
    led = world(sequence_of(STEPS), (45, "space"), (60, "space"), (75, "q"), (76, "q")).run()
    assert spoken(led)[2:] == [(60.3, 3)]


def test_what_is_being_said_fades_in_a_pause_and_when_the_lead_in_is_skipped() -> None:
    led = world(sequence_of(STEPS), (31, "space"), (50, "space"), (51, "space"), (70, "q"), (71, "q")).run()
    assert spoken(led)[1:] == [(30, 1.3), (50.3, 1), (51.3, 3)], "what was cut off is said again"


def test_at_half_the_speed_what_was_said_in_full_is_not_said_again() -> None:
    led = world(sequence_of(STEPS), (7, "space"), (60, "q"), (61, "q"), speed=0.5).run()
    assert spoken(led)[0] == (2, 3), "at the position 1, and so over at the position 2.5"
    assert [at for at, _ in spoken(led)] == [2, 7 + 2 * 20]


def test_who_goes_on_while_paused_hears_where_they_come_to() -> None:
    led = world(sequence_of(STEPS), (45, "space"), (46, "n"), (55, "q"), (56, "q")).run()
    assert spoken(led)[2:] == [(46.3, 3)]


def test_who_goes_to_the_end_while_paused_hears_no_name() -> None:
    led = world(sequence_of(STEPS), (100, "space"), (101, "n")).run()
    assert led.status_at(102).mode == "ending"
    assert [at for at, _ in spoken(led) if at > 100] == []


def test_what_comes_sooner_as_a_hold_is_cut_short_waits_for_what_is_being_said() -> None:
    steps = """
  - name: One
    hold: 60s
    say: [{at: 40s, text: Forty}]
  - name: Two
    text: Lie down
    hold: 60s
"""
    led = world(sequence_of(steps), (50.5, "-"), (90, "q"), (91, "q"), seconds=5.0).run()
    said = spoken(led)
    assert (50, 5) in said
    assert [at for at, _ in said if at > 50][:1] >= [55]
    assert all(at + length <= later for (at, length), (later, _) in pairwise(said))


def test_a_longer_hold_moves_what_is_said_later() -> None:
    led = world(sequence_of(STEPS), (40, "+")).run()
    move = 100 + AFTER_WOOD
    ending = 100 - 12  # it is 90 s long now, and so a line says that it is soon over
    assert spoken(led)[2:] == [(ending, 3), (move, 3), (move + 3 + WITHIN, 3), (move + 2 * (3 + WITHIN), 3)]


def calm(name: str, *script: tuple[float, str]) -> World:
    """The built-in practice *name*, told by a voice of 110 words a minute."""
    sequence = built_in(name)
    clips = {
        words: in_memory(silence(frames_of(len(words.text.split()) * 60 / CALM)))
        for words in words_of(compile_sequence(sequence), "en")
    }
    return World(sequence, *script, narration=Narration("en", clips))


@pytest.mark.parametrize("pause", [31.0, 60.0, 600.0])
def test_after_a_long_pause_on_the_second_side_the_bell_rings_when_one_has_had_time(pause: float) -> None:
    timeline = compile_sequence(built_in("yin-short"))
    second = next(span.start for span in timeline.spans if span.segment.turn == 2)
    stopped, on = second + 40, second + 40 + pause
    led = calm("yin-short", (stopped, "space"), (on, "space"), (on + 70, "q"), (on + 71, "q")).run()
    again = [(at, length) for at, length in spoken(led) if on <= at < on + 60]
    assert len(again) == 4  # the position, the name, the side, the way in
    assert again[0][0] == pytest.approx(on + 0.3)
    bell = next(at for at, _ in led.bells if at > on)
    at, length = again[-1]
    assert bell - (at + length) >= 5
    assert led.position_at(bell - 0.5) == pytest.approx(second + 40, abs=0.3)
    assert next(status.again for _, status, _, _ in led.seen if status.mode == "returning")[0] == (
        "Come onto hands and knees."
    )


def test_words_come_four_seconds_after_the_soft_bowl_that_ends_the_rest() -> None:
    led = calm("yin-short").run()
    rise = next(cue.at for cue in led.session.timeline.cues if cue.role == "rise")
    assert (rise, "deep-bowl") in led.bells
    assert "wood-block" not in {sound for at, sound in led.bells if at >= rise}
    assert next(at for at, _ in spoken(led) if at > rise) == pytest.approx(rise + AFTER_REST)


def test_what_is_told_as_a_stop_begins_is_not_told_twice_to_who_goes_there() -> None:
    steps = "\n  - {name: One, hold: 60s}\n  - {name: Two, text: Lie down, hold: 60s}"
    led = world(sequence_of(steps), (30, "n"), (100, "q"), (101, "q")).run()
    assert [at for at, _ in spoken(led) if at > 25] == [
        30.3 + AFTER_WOOD,
        pytest.approx(30.3 + AFTER_WOOD + 3 + WITHIN),
    ]


def test_who_begins_before_the_way_in_was_told_hears_it_as_the_bell_has_rung() -> None:
    steps = "\n  - {name: One, text: Lie down, hold: 60s}"
    led = world(sequence_of(steps), (2, "space"), (50, "q"), (51, "q")).run()
    told = [at for at, length in spoken(led) if length == 3]
    assert told == [pytest.approx(2 + AFTER_BELL), pytest.approx(2 + AFTER_BELL + 3 + WITHIN)]


# Time to move lasts as long as it takes; the poses are told in several parts.
SIDES = """
  - name: One
    hold: 60s
  - pose: baby-dragon
    hold: 2m
    between: {pose: childs-pose, hold: 30s}
  - rest: 60s
    pose: savasana
  - transition: 30s
    text: Come up when it suits you.
"""
DRAGON = sequence_of(SIDES, "breath: none", with_poses=True)
LEAVE = [(1000.0, "q"), (1001.0, "q"), (1002.0, "enter")]


class Calm(World):
    """A world in which a voice speaks 110 words a minute; one hears which words."""

    def __init__(self, sequence: Sequence, *script: tuple[float, str], position: float = 0.0) -> None:
        self._words: dict[float, str] = {}
        clips = {}
        for i, words in enumerate(words_of(compile_sequence(sequence), "en")):
            frames = round(RATE * len(words.text.split()) * 60 / CALM) + i  # none is as long as another
            self._words[frames / RATE] = words.text
            clips[words] = in_memory(silence(frames))
        super().__init__(sequence, *script, *LEAVE, position=position, frame=1.0, narration=Narration("en", clips))

    def said(self, after: float = 0.0, until: float = 1000.0) -> list[str]:
        """What was said to its end in that time, in order."""
        told = [(at - START, length) for at, length in self.sound.spoken]
        return [self._words[length] for at, length in told if after <= at < until and length in self._words]

    def silent_from(self, until: float) -> float:
        """When the last words were over that began before *until*."""
        return max(at + length - START for at, length in self.sound.spoken if at - START < until)

    def bell_after(self, at: float) -> float:
        """When the next bell rang."""
        return min(when for when, _ in self.bells if when > at)


def test_after_twenty_seconds_the_name_and_the_side_are_told_and_after_three_nothing() -> None:
    dragon = compile_sequence(DRAGON).stops[1]
    at_once = Calm(DRAGON, (dragon + 5, "space"), (dragon + 8, "space")).run()
    assert at_once.said(dragon + 4, dragon + 22) == []
    settling = Calm(DRAGON, (dragon + 5, "space"), (dragon + 25, "space")).run()
    assert settling.said(dragon + 4, dragon + 42) == ["Baby dragon.", "Right foot forward."]
    assert settling.bell_after(dragon + 5) == dragon + 25 + 15


@pytest.mark.parametrize("stop", range(4))
@pytest.mark.parametrize("transition", ["auto", "0s"])  # told before a stop, or as it begins
def test_wherever_one_begins_all_is_told_once_and_there_is_time_for_it(stop: int, transition: str) -> None:
    practice = sequence_of(SIDES, f"breath: none\ntransition: {transition}", with_poses=True)
    led = Calm(practice, position=compile_sequence(practice).stops[stop]).run()
    assert led.bells[0] == (0.3, "wood-block")
    bell = led.bell_after(1)
    assert bell - led.silent_from(bell) >= 5
    assert led.said(0, bell)
    assert not set(led.said(0, bell)) & set(led.said(bell))
    assert led.session.finished


def test_where_the_whole_way_takes_too_long_to_tell_the_name_is_told_once() -> None:
    practice = sequence_of("\n  - name: One\n    hold: 60s\n    text: Lie down\n    say: [{at: 20s, text: Twenty}]")
    led = world(practice, (15, "p"), (70, "q"), (71, "q"), seconds=20).run()
    assert spoken(led)[1:] == [(17.3, 20), (55, 15.3)]


@pytest.fixture(scope="module")
def undisturbed() -> Calm:
    """The practice to its end."""
    return Calm(DRAGON).run()


def test_in_the_lead_in_the_first_words_leave_time_to_come_to_the_mat(undisturbed: Calm) -> None:
    assert undisturbed.sound.spoken[0][0] == START + AT_THE_MAT
    begun = Calm(DRAGON, (4, "space")).run()
    assert begun.bells[0] == (4, "deep-bowl")
    assert begun.said(0, 20) == ["One."]


def test_between_the_sides_nothing_is_said_in_the_stay(undisturbed: Calm) -> None:
    stay = next(span for span in compile_sequence(DRAGON).spans if span.segment.kind == "between")
    assert undisturbed.said(stay.start, stay.end) == []
    assert [sound for at, sound in undisturbed.bells if stay.start <= at <= stay.end] == ["high-bowl", "tingsha"]
    assert undisturbed.said(stay.end, stay.end + 20)[1] == "The other side: left foot forward."


def test_the_final_rest_ends_softly_and_words_wait_for_it(undisturbed: Calm) -> None:
    rest = next(span for span in compile_sequence(DRAGON).spans if span.segment.kind == "rest")
    assert undisturbed.sound.soft == [(START + rest.end, 8.0)]
    assert (rest.end, "deep-bowl") in undisturbed.bells
    assert undisturbed.said(rest.end + AFTER_REST - 0.01, rest.end + AFTER_REST + 0.01) == [
        "Come up when it suits you."
    ]
    assert undisturbed.said(rest.end, rest.end + AFTER_REST - 0.01) == []
