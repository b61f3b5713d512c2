"""Where am I: large words for a while, spoken where a voice can, and never in the way of bells and cues."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.player.test_grounding import frame
from tests.player.test_lines import written
from tests.player.test_scheduler import spoken
from tests.player.world import START, World, sequence_of
from tests.practice.strategies import SEQUENCES
from tests.practice.test_builtin import built_in

from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.samples import frames_of, silence
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.answer import SHOWN, Answer
from psoas_cli.player.transport import Transport
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.score.passage import AFTER_WOOD, APART, WITHIN
from psoas_cli.practice.score.speech import Words, time_to_speak, words_of
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.tui.status import Status

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.practice.model.sequence import Sequence
    from psoas_cli.practice.model.text import Lang
    from psoas_cli.tui.status import Mode, Where

# Lead-in to 10 s, the first hold to 130, moving to 150, the sides to 210 and, after 10 s, 280, the rest to 340.
PRACTICE = sequence_of("""
  - name: First
    hold: 120s
    say: [{at: 60s, text: Sixty}]
  - transition: 20s
    text: Move
  - name: Second
    text: Lie on your [right] side
    hold: 60s
    sides: [right, left]
    between: 10s
  - rest: 60s
""")
LEAVE = [(400.0, "q"), (401.0, "q"), (402.0, "enter")]
FIRST = ("First", "About two minutes more.", "Then second.")


def world(*script: tuple[float, str], **how: object) -> World:
    return World(PRACTICE, *script, *LEAVE, **how).run()  # type: ignore[arg-type] # passed on by name


def voiced(
    *script: tuple[float, str], sequence: Sequence = PRACTICE, seconds: float = 2.0, without: str = "", **how: object
) -> World:
    """A world with a voice that takes so many *seconds* for every text, *without* one of them."""
    clip = in_memory(silence(frames_of(seconds)))
    clips = dict.fromkeys(words_of(compile_sequence(sequence), "en"), clip)
    clips.pop(Words(without), None)
    return World(sequence, *script, *LEAVE, narration=Narration("en", clips), **how).run()  # type: ignore[arg-type]


def where(world: World, at: float) -> Where:
    found = world.status_at(at).where
    assert found
    return found


# -- what is seen


@pytest.mark.parametrize("key", ["w", "enter"])
def test_it_stands_large_for_ten_seconds_and_the_practice_goes_on(key: str) -> None:
    done = world((20, key), frame=0.1)
    for at in (20, 25, 20 + SHOWN - 0.2):
        assert where(done, at).large == FIRST
        assert done.position_at(at) == pytest.approx(at, abs=1.0)
    assert done.status_at(20 + SHOWN + 0.1).where is None
    assert done.status_at(19.9).where is None
    assert done.bells == world().bells
    assert done.session.finished


@pytest.mark.parametrize("key", ["x", "b", "m", "up", "esc", "+", "space", "n", "?", "g", "i", "q"])
def test_any_other_key_acts_as_always_and_ends_it(key: str) -> None:
    asked, plain = world((20, "w"), (25, key)), world((25, key))
    assert (asked.status_at(25.3).mode, asked.status_at(25.3).where) == (plain.status_at(25.3).mode, None)
    assert asked.session.changes == plain.session.changes
    assert asked.bells == plain.bells


def test_it_does_not_outlast_what_it_is_true_of() -> None:
    done = world((126, "w"))
    assert where(done, 129.9).large == ("First", "Less than a minute more.", "Then second.")
    assert done.status_at(130.1).where is None
    closing = world((338, "w"))
    assert where(closing, 339.9).large == ("Resting", "There is time.")
    assert (closing.status_at(340.5).mode, closing.status_at(340.5).where) == ("closing", None)


def test_a_pause_stays_one() -> None:
    done = world((30, "space"), (32, "w"), (60, "w"), (80, "space"))
    for at in (33, 61):
        assert done.status_at(at).mode == "paused"
        assert where(done, at).large == FIRST
        assert done.position_at(at) == 30
    assert done.status_at(45).where is None
    assert done.status_at(81).mode == "returning"  # as after any long pause


def test_who_comes_back_or_moves_is_told_the_way_in_again() -> None:
    back = world((180, "space"), (220, "space"), (222, "w"))
    assert back.status_at(223).mode == "returning"
    assert where(back, 223).large == ("Second", "Right side")
    assert where(back, 223).said == ("Lie on your right side",)
    moving = world((135, "w"))
    assert where(moving, 136).sentences == ("Second.", "Right side.", "Lie on your right side")
    assert (where(moving, 136).large, where(moving, 136).said) == (where(back, 223).large, where(back, 223).said)


def test_who_goes_elsewhere_in_a_pause_is_told_the_way_there() -> None:
    answer = where(world((30, "space"), (31, "n"), (32, "w")), 33)
    assert (answer.large, answer.said) == (("Second", "Right side"), ("Lie on your right side",))


def test_on_a_side_the_side_has_a_line_of_its_own() -> None:
    assert where(world((160, "w")), 161).large == (
        "Second",
        "Right side",
        "Less than a minute more.",
        "Then the other side.",
    )
    assert where(world((160, "w")), 161).sentences[:2] == ("Second.", "Right side.")


@pytest.mark.parametrize(("key", "mode"), [("g", "grounding"), ("i", "paused")])
def test_while_grounding_or_looking_w_answers_too(key: str, mode: str) -> None:
    sequence = sequence_of("\n  - {pose: mine, hold: 120s}", "poses: {mine: {name: Mine, hold: 2m}}\nlead-in: 10s")
    led = World(sequence, (20, key), (21, "w"), *LEAVE).run()
    assert (led.status_at(22).mode, led.status_at(22).card) == (mode, None)
    assert where(led, 22).large == ("Mine", "About two minutes more.", "Then the practice is over.")
    assert bool(led.status_at(21 + SHOWN + 1).ground) == (key == "g")
    assert "Mine" in frame(led.status_at(22), 20, 5)


def test_while_it_ends_w_does_nothing() -> None:
    led = world((20, "q"), (21, "w"))
    assert (led.status_at(22).mode, led.status_at(22).where) == ("ending", None)


def test_the_keys_give_way_to_it() -> None:
    done = world((20, "?"), (22, "w"))
    assert done.status_at(21).help
    assert not done.status_at(23).help
    assert where(done, 23).large == FIRST


def test_lines_say_it_each_time_it_is_asked() -> None:
    lines = written(World(PRACTICE, (20, "w"), (24, "w"), (30, "x"), *LEAVE))
    assert lines.count("First. About two minutes more. Then second.\n") == 2


def test_in_dutch() -> None:
    assert where(world((20, "w"), delivery=Delivery("nl")), 21).sentences == (
        "First.",
        "Nog ongeveer twee minuten.",
        "Dan second.",
    )


# -- how it looks

SIZES = {"40x12": (40, 12), "80x24": (80, 24), "20x5": (20, 5), "120x40": (120, 40)}
MOMENTS: dict[str, tuple[str, int, Mode]] = {
    "a hold": ("hold", 5, "playing"),
    "a side": ("hold", 4, "playing"),
    "paused between the sides": ("between", 0, "paused"),
    "moving": ("back", 0, "playing"),
    "coming back": ("hold", 5, "returning"),
    "the final rest": ("rest", 0, "playing"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_it_looks_as_it_should(snapshot: SnapshotAssertion, moment: str, size: str) -> None:
    kind, number, mode = MOMENTS[moment]
    lang: Lang = "nl" if moment == "the final rest" or size == "120x40" else "en"
    timeline = compile_sequence(built_in("yin"))
    span = [each for each in timeline.spans if each.segment.kind == kind][number]
    scheduler = World(PRACTICE).session._scheduler
    answer = Answer(lambda: 0.0, lang, scheduler)
    answer.give(timeline, Transport(lambda: 0.0, position=span.start + 7), arriving=mode == "returning")
    view = view_at(timeline, span.start + 7, lang)
    status = Status(lang, "Yin", mode, view, ends_at="21:45", count_in=12.0, where=answer.now)
    assert frame(status, *SIZES[size]) == snapshot


# -- what is heard

ANSWER = 3 * 2 + 2 * WITHIN  # seconds, of three sentences of two seconds each


def test_a_voice_says_it_sentence_by_sentence_at_once() -> None:
    asked = voiced((20, "w"))
    before = spoken(voiced())
    assert [each for each in spoken(asked) if each not in before] == [(20.3, 2), (22.6, 2), (24.9, 2)]
    assert [each for each in before if each not in spoken(asked)] == []


@pytest.mark.parametrize(
    "how",
    [{"without": "About two minutes more."}, {"delivery": Delivery(speed=2.0)}, {"muted": True}],
    ids=["a sentence without a clip", "faster", "muted"],
)
def test_where_it_cannot_be_heard_it_is_only_shown(how: dict[str, object]) -> None:
    speed = 2.0 if "delivery" in how else 1.0
    asked, plain = voiced((20 / speed, "w"), **how), voiced(**how)  # type: ignore[arg-type] # passed on by name
    assert where(asked, 21 / speed).large == FIRST
    assert spoken(asked) == spoken(plain)


def test_who_asks_again_while_it_is_said_hears_it_once() -> None:
    asked = voiced((20, "w"), (22, "w"), (26, "w"), (40, "w"))
    assert [at for at, _ in spoken(asked) if 15 < at < 60] == [20.3, 22.6, 24.9, 40.3, 42.6, 44.9]


def test_a_cue_that_falls_due_waits_and_is_not_lost() -> None:
    asked = voiced((68, "w"))
    assert (70, 2) in spoken(voiced())
    assert [at for at, _ in spoken(asked) if 60 < at < 100] == [68.3, 70.6, 72.9, round(68.3 + ANSWER + APART, 2)]


def test_a_cue_that_is_being_said_ends_first_with_all_its_parts() -> None:
    asked = voiced((71, "w"))
    assert [at for at, _ in spoken(asked) if 60 < at < 100] == [70, 72 + APART, 75.1, 77.4]
    about_to = voiced((69.8, "w"))  # it is handed over to sound already
    assert [at for at, _ in spoken(about_to) if 60 < at < 100] == [70, 72 + APART, 75.1, 77.4]
    told = [at for at, _ in spoken(voiced()) if 130 <= at < 150]
    moving = voiced((told[0] + 0.5, "w"))
    assert [at for at, _ in spoken(moving) if 130 <= at < told[-1] + 1] == told
    assert next(at for at, _ in spoken(moving) if at > told[-1]) == pytest.approx(told[-1] + 2 + APART)


def test_bells_are_not_late_and_what_is_told_after_one_waits_part_by_part() -> None:
    asked = voiced((128, "w"))
    assert asked.bells == voiced().bells
    free = 128.3 + ANSWER + APART
    assert free > 130 + AFTER_WOOD
    parts = len([at for at, _ in spoken(voiced()) if 130 <= at < 150])
    told = [at for at, _ in spoken(asked) if at > 128.3 + ANSWER]
    assert told[:parts] == [pytest.approx(free + i * (2 + WITHIN)) for i in range(parts)]
    assert asked.sound.late == []


def test_what_would_run_into_the_next_thing_to_be_said_is_shown_alone() -> None:
    practice = sequence_of("""
  - name: First
    hold: 120s
    say: [{at: 60s, text: Sixty}, {at: 68s, text: Sixty-eight}]
""")
    asked = voiced((69.4, "w"), sequence=practice)
    assert [at for at, _ in spoken(asked) if 60 < at < 100] == [69.7, 72.0, 74.3, 78]
    assert asked.status_at(77).view.offer == "Sixty"


def test_a_pause_ends_it_and_what_waited_for_it_is_said_when_time_goes_on() -> None:
    asked = voiced((68, "w"), (71, "space"), (74, "space"))
    again = [(at, length) for at, length in spoken(asked) if 60 < at < 100]
    assert again == [(68.3, 2), (70.6, 0.7), (74.3, 2), (76.6, 2)]  # and what the pause cut off
    elsewhere = voiced((68, "w"), (71, "n"), (140, "q"))
    assert [at for at, _ in spoken(elsewhere) if 71 < at < 80] == [
        73.3,
        75.6,
        77.9,
    ]  # after the bell


def test_who_goes_on_after_asking_in_a_pause_hears_one_thing_at_a_time() -> None:
    asked = voiced((30, "space"), (70, "w"), (71, "space"))
    at = [each for each in spoken(asked) if 60 < each[0] < 80]
    assert at[0] == (70.3, 1)
    assert at[1][0] == 71.3


def test_while_one_settles_in_it_can_be_asked_in_a_pause() -> None:
    asked = voiced((4, "stopped"), (5, "w"), (12, "space"))
    assert where(asked, 6).large == ("First",)
    assert [at for at, _ in spoken(asked) if at >= 4][:2] == [5.3, 13]  # told anew, as the lead-in begins again


def assert_one_at_a_time(world: World) -> None:
    heard = sorted(world.sound.spoken)
    for (at, length), (following, _) in pairwise(heard):
        assert following >= at + length - 1e-6


def test_what_waits_is_said_one_at_a_time_when_it_is_asked_again_meanwhile() -> None:
    sequence = sequence_of("\n  - pose: dragon", "lead-in: 0s", with_poses=True)
    asked = voiced((0, "w"), (4, "w"), sequence=sequence, seconds=0.5, frame=1.0)
    assert_one_at_a_time(asked)
    assert len([at for at, _ in asked.sound.spoken if at - START < 11]) == 12  # two answers, and the way in


ASKED = st.lists(st.tuples(st.floats(0, 300), st.sampled_from(["w", "enter"])), min_size=1, max_size=15)


@given(SEQUENCES, ASKED, st.sampled_from([0.5, 1.5, 3.0]))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_however_often_it_is_asked_bells_ring_in_time_and_cues_are_said_while_there_is_time(
    sequence: Sequence, script: list[tuple[float, str]], seconds: float
) -> None:
    timeline = compile_sequence(sequence)
    script = [(at, key) for at, key in script if at < timeline.duration]  # once it is over, any key leaves
    words = words_of(timeline, "en")
    clips = {each: in_memory(silence(frames_of(seconds) + i)) for i, each in enumerate(words)}
    narration = Narration("en", clips)  # the length of a clip tells what it says
    asked = World(sequence, *script, *LEAVE, narration=narration, frame=1.0).run()
    plain = World(sequence, *LEAVE, narration=narration, frame=1.0).run()
    assert asked.bells == plain.bells
    assert asked.sound.late == []
    assert_one_at_a_time(asked)
    heard = [(at - START, length) for at, length in asked.sound.spoken]
    for at, length in ((at - START, length) for at, length in plain.sound.spoken if at - START < LEAVE[0][0] - 20):
        until = at + 2e-3 + time_to_speak(timeline, at + 2e-3)
        said = [each for each, same in heard if same == length and at - 1e-3 < each < until - same + 1e-3]
        in_its_way = [each for each, other in heard if each < until and each + other + APART + 0.5 > until - length]
        assert said or in_its_way, (at, until)
