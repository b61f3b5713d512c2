"""The bed of sound in a session: there while one practises, and silent whenever the practice stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.player.world import World, sequence_of

from psoas_cli.audio.decode import load
from psoas_cli.audio.samples import RATE
from psoas_cli.player.fader import Fader

if TYPE_CHECKING:
    from psoas_cli.practice.model.sequence import Sequence

HOLD = "  - {name: Lying, hold: 60s}"
KNOCK = len(load("wood-block")) / RATE
END = 10 + 60


def practice(close: str = "wood-block", breath: str = "none") -> Sequence:
    return sequence_of(HOLD, f"lead-in: 10s\ntransition: 0s\nbreath: {breath}\nbells: {{close: {close}}}")


def beds(*script: tuple[float, str], sequence: Sequence | None = None) -> list[tuple[float, bool, float]]:
    """When the bed was brought in (True) or out, in seconds from the start, and in how many seconds each time."""
    world = World(sequence or practice(), *script, bed=True, frame=0.1).run()
    return [(round(at, 1), heard, round(seconds, 1)) for at, heard, seconds in world.sound.beds]


def test_it_comes_in_with_the_lead_in_and_is_gone_with_the_closing_bell() -> None:
    found = beds(sequence=practice(breath="2-2"))  # whose shape changes several times a second
    assert found == [(0, True, 8), (pytest.approx(END + KNOCK - 20, abs=0.2), False, pytest.approx(20, abs=0.2))]
    came, (begins, _, seconds) = beds()
    assert came == (0, True, 8)
    assert begins == pytest.approx(END + KNOCK - 20, abs=1)  # with the next picture, of a clock alone
    assert begins + seconds == pytest.approx(END + KNOCK, abs=0.1)


def test_under_a_closing_bell_that_rings_long_it_takes_as_long_as_the_bell() -> None:
    _, out = beds(sequence=practice("{sound: deep-bowl, strikes: 3}"))
    assert out[0] == pytest.approx(END, abs=0.2)
    assert out[2] == pytest.approx(26, abs=0.2)


def test_without_a_closing_bell_it_is_gone_with_the_practice() -> None:
    _, out = beds(sequence=practice("none"))
    assert out[0] == pytest.approx(END - 20, abs=0.2)
    assert out[2] == pytest.approx(20, abs=0.2)


def test_in_a_pause_it_goes_out_and_comes_back_sooner_than_it_came() -> None:
    assert beds((20, "space"), (22, "space"))[1:3] == [(20, False, 1), (22, True, 3)]


def test_it_is_there_again_while_one_comes_back_from_a_long_pause() -> None:
    assert beds((20, "space"), (60, "space"))[1:3] == [(20, False, 1), (60, True, 3)]


def test_grounding_is_silent_and_so_is_looking_at_a_pose() -> None:
    assert beds((20, "g"), (50, "space"))[1:3] == [(20, False, 1), (50, True, 3)]
    with_pose = sequence_of("  - {pose: sphinx, hold: 60s}", "lead-in: 10s\nbreath: none", with_poses=True)
    assert beds((40, "i"), (45, "i"), (46, "space"), sequence=with_pose)[1:3] == [(40, False, 1), (46, True, 3)]


def test_grounding_is_silent_near_the_end_too() -> None:
    assert beds((END - 10, "g"), (END, "q"))[-2:] == [(END - 10, False, 1), (END, False, 3)]


def test_going_elsewhere_leaves_it_alone() -> None:
    assert beds((20, "p"), (21, "+"), (22, "-"))[1][0] > 40


def test_ending_early_it_goes_with_the_one_stroke_and_comes_back_if_that_is_taken_back() -> None:
    bowl = practice("{sound: deep-bowl, strikes: 3}")
    assert beds((20, "q"), (22, "space"), sequence=bowl)[1:3] == [(20, False, 18), (22, True, 3)]


def test_longer_after_all_it_comes_back() -> None:
    out, back = beds((END - 10, "+"))[1:3]
    assert (out[1], back) == (False, (END - 10, True, 3))


def test_after_the_computer_slept_it_is_silent_until_one_goes_on() -> None:
    assert beds((20, "lid"), (23, "space"))[1:3] == [(20, False, 1), (23, True, 3)]


def test_without_a_bed_nothing_is_asked_of_the_sound() -> None:
    assert World(practice()).run().sound.beds == []


def test_resuming_it_is_silent_until_the_person_goes_on() -> None:
    world = World(practice(), bed=True)
    fader = Fader(world.sound, None, 1.0)
    fader.follow("paused", 20.0, 70.0)
    assert world.sound.beds == []
    fader.follow("returning", 20.0, 70.0)
    assert world.sound.beds == [(0.0, True, 8.0)]
