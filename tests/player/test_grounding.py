"""Grounding: at any moment, in silence, as long as wanted, and three ways to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyte
import pytest
from tests.player.world import World, sequence_of

from psoas_cli.player.grounding import GROUNDING, STEP, Grounding
from psoas_cli.player.lines import Lines
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.tui.letters import big_text
from psoas_cli.tui.screen import Screen

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from psoas_cli.tui.status import Status

# Lead-in to 10 s, the hold to 130, the rest to 190.
PRACTICE = sequence_of("""
  - name: First
    hold: 120s
  - rest: 60s
""")
LEAVE = [(400.0, "q"), (401.0, "q"), (402.0, "enter")]
SIZES = {"40x12": (40, 12), "80x24": (80, 24), "120x40": (120, 40), "20x5": (20, 5)}


def world(*script: tuple[float, str], practice: str = "") -> World:
    return World(sequence_of(practice) if practice else PRACTICE, *script, *LEAVE, frame=0.25).run()


def test_the_clock_stands_still_and_nothing_sounds_as_long_as_it_is_wanted() -> None:
    done = world((30, "g"), (210, "space"))
    for at in (30, 100, 209):
        assert done.status_at(at).mode == "grounding"
        assert done.position_at(at) == 30
    assert [each for each in done.bells if 10 < each[0] < 215] == []
    assert done.sound.hushed
    assert done.session.practised == pytest.approx(180, abs=0.5)


def test_going_on_gives_time_to_come_back_and_rings_a_hold_bell() -> None:
    for key in ("space", "enter"):
        done = world((30, "g"), (32, key))
        assert done.status_at(33).mode == "returning"
        assert done.status_at(33).count_in == pytest.approx(19, abs=0.2)
        assert [each for each in done.bells if 10 < each[0] < 200] == [(52, "high-bowl"), (152, "marimba")]


def test_r_goes_to_the_final_rest() -> None:
    done = world((30, "g"), (40, "r"))
    assert (done.status_at(41).mode, done.status_at(41).view.title) == ("returning", "Rest")
    assert done.status_at(41).elsewhere
    assert done.position_at(41) == 130
    assert [each for each in done.bells if 10 < each[0] < 65] == [(60, "high-bowl")]
    assert done.session.finished


def test_q_ends_gently_and_can_be_taken_back() -> None:
    done = world((30, "g"), (40, "q"))
    assert [each for each in done.bells if each[0] > 10] == [(40.3, "deep-bowl")]
    assert done.session.practised == pytest.approx(20, abs=0.3)
    back = world((30, "g"), (40, "q"), (41, "space"), (50, "space"))
    assert back.status_at(45).mode == "paused"
    assert back.status_at(51).mode == "returning"


@pytest.mark.parametrize(
    "before",
    [[(20, "space")], [(20, "space"), (27, "space")], [(29, "i")], [(29, "?")], [(29, "q")], [(29, "n")]],
    ids=["paused", "returning", "looking", "keys", "ending", "elsewhere"],
)
def test_it_is_there_at_any_moment(before: list[tuple[float, str]]) -> None:
    done = world(*before, (30, "g"), (60, "space"))
    shown = done.status_at(59)
    assert (shown.mode, shown.help, shown.card) == ("grounding", False, None)
    assert done.position_at(59) == done.position_at(30)
    assert done.status_at(61).mode == "returning"
    assert done.session.finished


def test_once_it_is_over_there_is_nothing_to_stop() -> None:
    assert world((195, "g")).status_at(196).mode == "closing"


def test_sleep_and_ctrl_z_are_no_matter() -> None:
    done = world((30, "g"), (40, "lid"), (50, "stopped"), (51, "continued"), (60, "space"))
    assert done.status_at(55).mode == "grounding"
    assert done.status_at(61).mode == "returning"


def test_where_no_rest_is_to_come_none_is_offered() -> None:
    without = world((30, "g"), (31, "r"), practice="\n  - name: First\n    hold: 120s\n")
    for done in (without, world((150, "g"), (151, "r"))):
        shown = done.status_at(160)
        assert shown.mode == "grounding"
        assert shown.ground
        assert not [key for key in shown.ground.keys if key.startswith("r ")]


def test_the_steps_offer_themselves_and_the_last_one_stays() -> None:
    nobody: Any = None  # speaks
    grounding = Grounding("en", 100, nobody, rest=True)
    seen = [grounding.ground(100 + i * STEP / 2).large for i in range(40)]
    assert list(dict.fromkeys(seen)) == [large.en for large, _ in GROUNDING]
    assert seen[-1] == "As long as you like"
    assert grounding.key("left", 1000) is None
    assert [grounding.ground(at).large for at in (1000, 1000 + STEP)] == ["One thing you taste", "As long as you like"]
    fresh = Grounding("en", 0, nobody, rest=True)
    for _ in range(20):
        fresh.key("right", 1)
    assert fresh.ground(1).large == "As long as you like"
    for _ in range(20):
        fresh.key("p", 2)
    assert fresh.ground(2).large == "Eyes open"


def frame(status: Status, width: int, height: int) -> str:
    """What a terminal of that size shows."""
    emulated = pyte.Screen(width, height)
    stream = pyte.Stream(emulated)
    screen = Screen("truecolor", stream.feed)
    screen.resize(width, height)
    screen.show(status)
    return "\n".join(line.rstrip() for line in emulated.display)


def grounded(lang: Lang, at: float) -> Status:
    return World(PRACTICE, (30, "g"), *LEAVE, frame=0.25, delivery=Delivery(lang)).run().status_at(31 + at)


@pytest.mark.parametrize("size", SIZES)
def test_it_looks_as_it_should(snapshot: SnapshotAssertion, size: str) -> None:
    lang: Lang = "nl" if size == "120x40" else "en"
    assert frame(grounded(lang, 45), *SIZES[size]) == snapshot


def test_each_step_can_be_read_from_the_floor() -> None:
    """In the large letters, where there is room: as few words as that takes."""
    for large, said in GROUNDING:
        for lang in LANGS:
            assert big_text(large.said(lang), 76, 13), large.said(lang)
            assert len(said.said(lang)) <= 70


def test_lines_tell_each_step_once_as_it_comes_or_as_a_key_leads_to_it() -> None:
    done = World(PRACTICE, (30, "g"), (35, "right"), (40, "left"), (250, "space"), *LEAVE)
    written: list[str] = []
    lines = Lines(done.session, lambda *told: written.extend(told), "en")
    show = done.show

    def both(status: Status) -> None:
        show(status)
        lines.show(status)

    done.show = both  # type: ignore[method-assign]
    done.run()
    begun = written.index("Grounding: the clock stands still.")
    first, keys, second, again = written[begun + 1 : begun + 5]
    assert first == again == "Eyes open. If you like. The clock stands still; there is no hurry."
    assert keys == "space: resume. q: end. r: rest. right arrow: next."
    assert second.startswith("The floor under you. ")
    for large, said in GROUNDING:
        assert written.count(f"{large.en}. {said.en}") == (2 if large in {GROUNDING[0][0], GROUNDING[1][0]} else 1)
