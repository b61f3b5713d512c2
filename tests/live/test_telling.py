"""What is spoken in a session: at its moments, once, and again where a person comes to a place by a key."""

from array import array

from tests.live.world import START, World, sequence_of

from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.speech import AFTER_BELL, words_of
from psoas_cli.practice.timeline import compile_sequence
from psoas_cli.sound.samples import RATE
from psoas_cli.sound.telling import Telling

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


def world(sequence: Sequence, *script: tuple[float, str], seconds: float = 3.0) -> World:
    """A world in which every text takes so many *seconds*."""
    clip = array("h", bytes(round(2 * RATE * seconds)))
    words = words_of(compile_sequence(sequence), "en")
    return World(sequence, *script, telling=Telling("en", dict.fromkeys(words, clip)))


def spoken(world: World) -> list[tuple[float, float]]:
    return [(round(at - START, 2), round(length, 2)) for at, length in world.sound.spoken]


def test_everything_is_said_at_its_moment() -> None:
    led = world(sequence_of(STEPS)).run()
    assert spoken(led) == [(1, 3), (30, 3), (70 + AFTER_BELL, 3), (70 + AFTER_BELL + 3.8, 3)]
    assert led.session.finished


def test_who_goes_to_a_stop_hears_where_that_is_after_its_bell() -> None:
    led = world(sequence_of(STEPS), (15, "n"), (40, "q"), (41, "q")).run()
    assert spoken(led)[1:] == [(15 + 0.3 + AFTER_BELL, 3)]


def test_after_a_long_pause_it_is_said_again_while_the_lead_in_runs() -> None:
    led = world(sequence_of(STEPS), (45, "space"), (60, "space"), (75, "q"), (76, "q")).run()
    assert spoken(led)[2:] == [(60.3, 3)]


def test_what_is_being_said_fades_in_a_pause_and_when_the_lead_in_is_skipped() -> None:
    led = world(sequence_of(STEPS), (31, "space"), (50, "space"), (51, "space"), (70, "q"), (71, "q")).run()
    assert spoken(led)[1:] == [(30, 1.3), (50.3, 1)]


def test_who_goes_on_while_paused_hears_where_they_come_to() -> None:
    led = world(sequence_of(STEPS), (45, "space"), (46, "n"), (55, "q"), (56, "q")).run()
    assert spoken(led)[2:] == [(46.3, 3)]


def test_a_longer_hold_moves_what_is_said_later() -> None:
    led = world(sequence_of(STEPS), (40, "+")).run()
    assert spoken(led)[2:] == [(100 + AFTER_BELL, 3), (100 + AFTER_BELL + 3.8, 3)]
