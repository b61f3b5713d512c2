from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.player.world import Heard, World, sequence_of

from psoas_cli.player import edits, loop, session, sound_keys
from psoas_cli.player.scheduler import AHEAD
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import LANGS, Text, cells
from psoas_cli.practice.score.events import heard_from
from psoas_cli.practice.score.fitting import fit
from psoas_cli.practice.score.speech import Speech
from psoas_cli.practice.score.timeline import lay_out
from psoas_cli.storage.library import Library
from psoas_cli.tui.hints import Hint, fitting_hints, hints_of
from psoas_cli.tui.status import PARTS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from psoas_cli.practice.model.sequence import Bell

# Lead-in to 10 s, first to 70, second to 130 and, after 10 s, from 140 to 200, breathing to 230, scan to 240, rest
# to 300.
PRACTICE = sequence_of("""
  - name: First
    hold: 60s
  - name: Second
    hold: 60s
    sides: [right, left]
    between: 10s
  - breathe: 4-6
    hold: 30s
  - scan: [Feet, Legs]
  - rest: 60s
""")
CLOSING = [(300.0, "deep-bowl"), (304.0, "deep-bowl"), (308.0, "deep-bowl")]
BELLS = [
    (10.0, "deep-bowl"),
    (70.0, "marimba"),
    (130.0, "tingsha"),
    (140.0, "high-bowl"),
    (200.0, "marimba"),
    (230.0, "high-bowl"),
    (240.0, "high-bowl"),
    *CLOSING,
]


def leaving(at: float) -> list[tuple[float, str]]:
    """The keys that leave at the moment *at*, wherever one is by then."""
    return [(at, "q"), (at + 1, "q"), (at + 2, "enter")]


LEAVE = leaving(1000.0)


def world(*script: tuple[float, str], **how: object) -> World:
    """The practice, led through with the keys of *script*; in the end it is left if it is not over by then."""
    return World(PRACTICE, *script, *LEAVE, **how).run()  # type: ignore[arg-type] # passed on by name


def test_an_hour_rings_every_bell_once_at_its_instant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    yin = Library("en").sequence("yin")
    timeline = lay_out(fit(yin, 3600))
    hour = World(yin, timeline=timeline, frame=0.25).run()
    due = [
        (round(cue.at + 4 * i, 3), cue.bell.sound) for cue in timeline.cues if cue.bell for i in range(cue.bell.strikes)
    ]
    assert len(due) > 20
    assert hour.bells == due
    assert hour.sound.late == []
    breaths = [
        (at, phase.kind)
        for at, phase, span in timeline.breaths_in(0, 3600)
        if span.segment.sound != "none" and at >= heard_from(timeline, Speech(), span) - 1e-3
    ]
    assert [(round(at - 1000, 3), kind) for at, kind, _ in hour.sound.breaths] == breaths
    assert hour.session.finished
    assert hour.session.practised == pytest.approx(3600 - timeline.spans[0].end, abs=0.5)


def test_undisturbed_it_closes_when_its_last_bell_is_silent() -> None:
    done = world()
    assert done.bells == BELLS
    assert done.at == pytest.approx(308 + 6, abs=0.1)
    assert done.status_at(305).mode == "closing"
    assert done.status_at(305).practised == "You practised for 5 minutes"
    assert world((305, "x")).at == 305  # any key, and it is over
    assert world((300.5, "x")).at > 310  # but not one that was meant for the last moment of the practice


def test_a_short_pause_goes_on_at_once() -> None:
    done = world((30, "space"), (34.9, "space"), frame=0.1)
    assert [(at, sound) for at, sound in done.bells if 10 < at < 100] == [(74.9, "marimba")]
    assert done.status_at(32).mode == "paused"
    assert done.position_at(35.9) == pytest.approx(31, abs=0.05)


def test_after_a_longer_pause_there_is_a_quarter_of_a_minute_and_a_hold_bell() -> None:
    done = world((30, "space"), (36, "space"))
    assert done.status_at(36).mode == "returning"
    assert (done.status_at(36).count_in, done.status_at(36).again) == (15, ())
    assert done.status_at(50.9).mode == "returning"
    assert [each for each in done.bells if 10 < each[0] < 100] == [(51, "high-bowl"), (91, "marimba")]
    assert done.bells[-1] == (308 + 21, "deep-bowl")


def test_after_a_long_one_there_is_time_to_come_from_anywhere() -> None:
    done = world((30, "space"), (61, "space"))
    assert done.status_at(61).count_in == 20
    assert [each for each in done.bells if 10 < each[0] < 130] == [(81, "high-bowl"), (121, "marimba")]


def test_space_skips_the_time_to_come_back_and_its_bell_rings_at_once() -> None:
    done = world((30, "space"), (36, "space"), (38, "space"))
    assert [each for each in done.bells if 10 < each[0] < 100] == [(38, "high-bowl"), (78, "marimba")]


def test_space_begins_at_once_while_one_settles_in() -> None:
    done = world((3, "space"), (20, "space"))
    at, sound = done.bells[0]
    assert (round(at), sound) == (3, "deep-bowl")
    assert done.position_at(4) == 11
    assert done.status_at(20).mode == "paused"  # from then on it pauses


def test_who_goes_elsewhere_hears_that_it_is_time_to_move_and_then_one_bell_of_a_hold() -> None:
    done = world((30, "space"), (31, "n"), (37, "space"))
    assert [each for each in done.bells if 10 < each[0] < 100] == [(37.3, "wood-block"), (57, "high-bowl")]
    skipped = world((30, "space"), (31, "n"), (37, "space"), (40, "space"))
    assert [each for each in skipped.bells if 10 < each[0] < 100] == [(37.3, "wood-block"), (40, "high-bowl")]
    for at in (30.1, 30.3):  # before the bell for time to move has rung, or just then
        at_once = world((30, "n"), (at, "space"))
        assert [each for each in at_once.bells if 10 < each[0] < 60] == [(at, "high-bowl")]
    other = world((100, "n"))  # from the first side to the second
    assert [each for each in other.bells if 80 < each[0] < 130] == [(100.3, "tingsha"), (120, "high-bowl")]
    first = world((100, "p"), (101, "p"), (102, "p"))  # past the second and the first, to where one settles in
    assert [sound for at, sound in first.bells if 100 < at < 120] == ["wood-block", "wood-block", "deep-bowl"]


def test_a_pause_while_one_comes_back_gives_all_the_time_again() -> None:
    done = world((30, "space"), (36, "space"), (38, "i"), (39, "space"))
    assert done.status_at(39).mode == "returning"
    assert [each for each in done.bells if 10 < each[0] < 80] == [(59, "high-bowl")]


def test_looking_at_a_pose_stops_the_clock_and_ends_with_time_to_come_back() -> None:
    done = world((75, "i"), (76, "right"), (77, "right"), (78, "left"), (79, "i"), (80, "space"))
    cards = [done.status_at(at).card for at in (75, 76, 77, 78)]
    assert [(card.title, card.side) for card in cards if card] == [
        ("Second", "Right side"),
        ("Second", "Left side"),
        ("First", ""),
        ("Second", "Left side"),
    ]
    assert done.status_at(79).card is None
    assert (100, "high-bowl") in done.bells
    assert (155, "tingsha") in done.bells  # 55 s were left
    # + moved what comes: the picture is that of the pose one is in, all the same
    later = world((60, "+"), (95, "i")).status_at(95).card
    assert later
    assert later.title == "First"


def test_from_a_stop_it_begins_with_time_to_come_there_even_while_the_device_is_opened() -> None:
    done = World(PRACTICE, *LEAVE, position=200, state="opening")
    events = done.events

    def opened(timeout: float | None) -> list[str]:
        done.sound.state = "on" if done.at > 0.5 else "opening"
        return events(timeout)

    done.events = opened  # type: ignore[method-assign]
    done.run()
    assert done.status_at(0).mode == "returning"
    assert done.bells[:2] == [(20, "high-bowl"), (50, "high-bowl")]
    assert done.alarms == [pytest.approx(0.3, abs=0.2)]  # the bell for time to move, before there is a device
    assert World(PRACTICE, *LEAVE, position=215).run().bells[:2] == [(0.3, "wood-block"), (20, "high-bowl")]


def test_q_rings_one_closing_stroke_and_ends_when_it_is_silent() -> None:
    done = world((30, "q"), frame=0.1)
    assert done.bells[1:] == [(30.3, "deep-bowl")]
    assert done.status_at(32.9).mode == "ending"
    assert done.status_at(33.1).mode == "closing"
    assert done.at == pytest.approx(36.3, abs=0.1)
    assert not done.session.finished
    assert done.session.practised == pytest.approx(20, abs=0.1)
    assert world((30, "q"), (31, "q"), (31.5, "q")).at == 31.5


def test_while_the_end_rings_the_keys_of_sound_do_what_they_say_and_any_other_leaves() -> None:
    done = world((303, "up"), (304, "down"), (305, "m"))
    assert [done.status_at(303.1).message, done.status_at(304.1).message] == ["Volume 75", "Volume 70"]
    assert done.at == pytest.approx(305, abs=0.1)
    assert world((303, "x")).at == 303


@pytest.mark.parametrize(
    ("before", "bells"),
    [
        ([], [(72, "marimba")]),
        ([(29, "space")], [(80.5, "marimba")]),  # it stood, and stands: soon enough to go on at once
        ([(20, "space"), (27, "space")], [(52, "high-bowl")]),  # there is time to come back once more
    ],
    ids=["playing", "paused", "returning"],
)
def test_space_takes_an_end_back(before: list[tuple[float, str]], bells: list[tuple[float, str]]) -> None:
    taken_back = [(30, "q"), (32, "space")]
    on = [(33, "space")] if before == [(29, "space")] else []
    done = world(*before, *taken_back, *on)
    heard = [each for each in done.bells if 31 < each[0] < 100]
    assert heard == (bells if not on else [(74, "marimba")])


@pytest.mark.parametrize("cause", ["lid", "load"])
def test_sleep_goes_back_to_where_it_was_last_seen_and_is_heard(cause: str) -> None:
    done = world((30.02, cause), (150, "space"))
    woken = 30.02 + (60 if cause == "load" else 0)
    assert done.status_at(woken + 1).mode == "paused"
    assert done.status_at(woken + 1).message == "Paused while the computer was asleep"
    assert done.position_at(woken + 1) == 30
    heard = [each for each in done.bells if 11 < each[0] < 215]
    assert heard == [(pytest.approx(woken + 0.3), "wood-block"), (170, "high-bowl"), (210, "marimba")]


def test_sleep_is_no_matter_while_it_stands_still() -> None:
    done = world((30, "space"), (32, "lid"), (34, "space"))
    assert [each for each in done.bells if 11 < each[0] < 100] == [(74, "marimba")]
    done = world((30, "space"), (36, "space"), (40, "lid"), (50, "space"))
    assert [each for each in done.bells if 11 < each[0] < 75] == [(40.3, "wood-block"), (70, "high-bowl")]


def test_ctrl_z_pauses() -> None:
    done = world((30, "stopped"), (40, "load"), (40, "continued"), (105, "space"))
    assert done.status_at(31).mode == "paused"
    assert done.status_at(101).message == "Paused while in the background"
    assert [each for each in done.bells if 11 < each[0] < 170] == [(125, "high-bowl"), (165, "marimba")]
    stopped_from_outside = world((30.02, "load"), (30.02, "continued"))
    assert stopped_from_outside.position_at(95) == 30
    assert world((305, "stopped"), (305.1, "continued")).at > 310  # no key: the last bell rings on


def test_a_pasted_text_is_no_command_and_leaves_everything_as_it_is() -> None:
    assert world((305, "pasted")).at > 310  # the last bell rings on
    assert world((30, "w"), (31, "pasted")).status_at(32).where


def test_without_a_device_the_alarm_rings_each_bell_in_its_time() -> None:
    done = world(state="lost")
    assert done.alarms == [10, 70, 130, 140, 200, 230, 240, 300]
    assert done.messages == ["No sound device answers · the terminal's own bell rings instead"]
    assert done.bells == []
    muted = world(state="lost", muted=True)
    assert (muted.alarms, muted.messages) == ([], [])
    off = world(state="off")
    assert (off.alarms, off.messages) == ([], [])
    stroke = world((30, "q"), state="lost")
    assert stroke.alarms == [10, pytest.approx(30.3)]
    paused = world((69.8, "space"), (72, "space"), state="lost")
    assert paused.alarms[:2] == [10, pytest.approx(72.2)]


def test_mute_is_silent_and_back_at_once() -> None:
    done = world((20, "m"), (25, "m"))
    assert done.status_at(22).muted
    assert done.messages == ["Sound muted", "Sound on"]
    assert done.bells == BELLS  # what is planned runs on unheard


def test_where_there_is_no_sound_its_keys_say_why() -> None:
    done = World(PRACTICE, (10, "m"), (20, "up"), *LEAVE, state="off", muted=True, volume=0)
    done.session = type(done.session)(
        PRACTICE, done.session.timeline, done.sound, Delivery(), clock=lambda: done.now, note="Silent here"
    )
    done.run()
    assert done.messages == ["Silent here"] * 2
    assert (done.sound.muted, done.sound.volume) == (True, 0)


def test_rehearsing_sixty_times_as_fast() -> None:
    done = World(
        PRACTICE, (1, "+"), (2, "space"), (3, "space"), delivery=Delivery(speed=60), state="off", frame=0.1
    ).run()
    assert done.status_at(0).ends_at == "20:00"
    assert done.at == pytest.approx((300 + 30) / 60 + 1, abs=0.15)
    assert done.session.practised == pytest.approx(320, abs=10)  # a frame is six seconds here


def test_it_says_when_it_ends() -> None:
    done = world((20, "+"), (30, "space"), (120, "space"))
    assert [done.status_at(at).ends_at for at in (0, 21, 80, 121)] == ["20:05", "20:05", "20:06", "20:07"]
    assert world((75, "+")).status_at(76).ends_at == "20:06"  # both sides


def test_n_and_p_go_from_stop_to_stop() -> None:
    done = world(*((20 + i, "n") for i in range(5)))
    assert [done.position_at(20 + i) for i in range(5)] == [70, 140, 200, 230, 240]
    back = world((80, "p"), (82.9, "p"), (86.5, "p"), (87, "p"), (88, "p"), (89, "p"))
    assert [back.position_at(at) for at in (80, 82.9, 86.5, 87, 88)] == [70, 10, 0, 0, 0]
    assert world((80, "left"), (81, "pagedown"), (82, "pageup")).position_at(82) == 70


def test_n_and_p_give_time_to_come_to_a_stop_and_space_begins_there() -> None:
    done = world((20, "n"), (150, "p"), (158, "space"))
    assert (done.status_at(20).mode, done.status_at(20).count_in) == ("returning", 20)
    assert [done.position_at(at) for at in (39.9, 41, 157)] == [70, 71, 140]
    assert (done.status_at(150).mode, done.status_at(158).mode) == ("returning", "playing")
    heard = [each for each in done.bells if 10 < each[0] < 220]
    assert heard == [
        (20.3, "wood-block"),
        (40, "high-bowl"),
        (100, "tingsha"),
        (110, "high-bowl"),
        (150.3, "wood-block"),
        (158, "high-bowl"),
        (218, "marimba"),
    ]


def test_in_a_pause_n_and_p_stay_paused_and_space_gives_time_to_come_there() -> None:
    done = world((30, "space"), (31, "n"), (32, "p"), (33, "n"), (34, "space"))
    assert [done.status_at(31 + i).mode for i in range(4)] == ["paused", "paused", "paused", "returning"]
    assert [done.position_at(31 + i) for i in range(4)] == [70, 10, 70, 70]
    assert done.status_at(34).count_in == 20
    assert [each for each in done.bells if 10 < each[0] < 100] == [(34.3, "wood-block"), (54, "high-bowl")]


@pytest.mark.parametrize("before", ["playing", "paused"])
def test_n_where_nothing_follows_is_the_gentle_end_which_can_be_taken_back(before: str) -> None:
    there = [(245.0, "space")] if before == "paused" else []
    done = world(*there, (250, "n"), (252, "space"))
    assert (done.status_at(251).mode, done.status_at(253).mode) == ("ending", before)
    assert [sound for at, sound in done.bells if 250 <= at < 252] == ["deep-bowl"]
    assert done.position_at(253) == (245 if before == "paused" else 251)
    left = world(*there, (250, "n"))
    assert [mode.mode for mode in map(left.status_at, (252.9, 253.1))] == ["ending", "closing"]
    assert not left.session.finished


def test_n_in_the_lead_in_of_a_single_stay_begins_it_and_elsewhere_goes_to_the_second() -> None:
    breathing, _ = PLACES["breathe"]
    alone = World(breathing, (2, "n"), *LEAVE).run()
    assert (alone.status_at(3).mode, alone.position_at(3)) == ("playing", 11)
    several = world((3, "n"))
    assert (several.status_at(3).mode, several.position_at(3)) == ("returning", 70)


ALL_KEYS = (
    *"npbevmiwgq?+-rcx0=/", "space", "enter", "esc", "up", "down", "left", "right", "pageup", "pagedown", "home", "end",
    "backspace",
)  # fmt: skip
PAGES = {"help": "?", "card": "i"}


def there_are(done: World, at: float) -> dict[str, bool]:
    """Which pages are over the practice at a moment."""
    status = done.status_at(at)
    return {"help": status.help, "card": status.card is not None}


SOON = [(40.0, "q"), (40.1, "q"), (40.2, "q"), (41.5, "q")]  # leaves whatever there is
MODES = {"lead-in": (2.0, "x"), "playing": (22.0, "x"), "paused": (22.0, "space"), "returning": (20.0, "n")}


@lru_cache
def let_be(mode: str, page: str) -> World:
    """The practice with a page over it, on which no key is pressed."""
    done = World(PRACTICE, MODES[mode], (25, PAGES[page]), *SOON).run()
    assert there_are(done, 30)[page]
    return done


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("key", ALL_KEYS)
@pytest.mark.parametrize("page", PAGES)
def test_no_key_does_anything_behind_a_page(page: str, key: str, mode: str) -> None:
    before = let_be(mode, page)
    done = World(PRACTICE, MODES[mode], (25, PAGES[page]), (30.1, key), *SOON).run()
    if there_are(done, 30.2)[page]:
        assert done.status_at(30.2).mode == before.status_at(30.2).mode
        assert done.position_at(32) == pytest.approx(before.position_at(32), abs=0.3)
        assert [each for each in done.bells if each[0] < 35] == [each for each in before.bells if each[0] < 35]
        assert (done.sound.volume, done.sound.muted) == (before.sound.volume, before.sound.muted)


@pytest.mark.parametrize("key", ["q", "esc", "?"])
def test_what_closes_the_keys_only_closes_them(key: str) -> None:
    done = world((20, "?"), (25, key))
    assert (there_are(done, 24)["help"], there_are(done, 26)["help"]) == (True, False)
    assert (done.status_at(26).mode, done.bells) == ("playing", BELLS)


@pytest.mark.parametrize("key", ["q", "esc", "i", "enter"])
def test_what_closes_a_pose_only_closes_it(key: str) -> None:
    done = world((75, "i"), (80, key))
    assert not there_are(done, 81)["card"]
    assert (done.status_at(81).mode, done.position_at(81)) == ("paused", 75)


@pytest.mark.parametrize(("key", "mode"), [("space", "paused"), ("g", "grounding"), ("n", "returning")])
def test_a_key_on_the_page_of_the_keys_closes_it_and_does_what_it_says(key: str, mode: str) -> None:
    done = world((20, "?"), (25, key))
    assert not there_are(done, 26)["help"]
    assert done.status_at(26).mode == mode


PLACES = {
    "lead-in": (PRACTICE, [(2.0, "x")]),
    "playing": (PRACTICE, [(40.0, "x")]),
    "breathing": (PRACTICE, [(205.0, "x")]),
    "scan": (PRACTICE, [(232.0, "x")]),
    "rest": (PRACTICE, [(250.0, "x")]),
    "paused": (PRACTICE, [(40.0, "space")]),
    "returning": (PRACTICE, [(40.0, "n")]),
    "card": (PRACTICE, [(75.0, "i")]),
    "grounding": (PRACTICE, [(40.0, "g")]),
    "ending": (PRACTICE, [(40.0, "q")]),
    "breathe": (sequence_of("\n  - breathe: 4-6\n    hold: 60s", "lead-in: 10s\nbreath: none"), [(20.0, "x")]),
}


def shown(hints: tuple[Hint, ...]) -> list[str]:
    return fitting_hints(hints, 400).split(" · ")


@pytest.mark.parametrize("place", PLACES)
def test_every_key_that_is_offered_does_something_there(place: str) -> None:
    practice, way = PLACES[place]
    at = way[-1][0] + 2.1
    let_be = World(practice, *way, *leaving(at + 1), frame=0.1).run()
    arrows = str.maketrans({"→": "right", "←": "left"})
    offered = [hint.split(" ")[0].translate(arrows) for hint in shown(hints_of(let_be.status_at(at)))]
    assert "space" in offered or place == "card"
    for key in offered:
        seen = World(practice, *way, (at, key), *leaving(at + 1), frame=0.1).run()
        assert seen.status_at(at + 0.05) != let_be.status_at(at + 0.05), key


def test_what_has_nothing_to_do_is_not_offered() -> None:
    def offered(place: str) -> str:
        practice, way = PLACES[place]
        at = way[-1][0] + 1
        return " · ".join(shown(hints_of(World(practice, *way, *leaving(at + 1)).run().status_at(at))))

    assert all(hint in offered("playing") for hint in ("n next", "i look", "+ - longer"))
    assert "i look" not in offered("breathe")
    assert "n next" not in offered("breathe")
    assert "n next" not in offered("rest")
    assert "+ -" not in offered("scan")


def test_longer_and_shorter() -> None:
    both = world((80, "+"))
    assert [span.length for span in both.session.timeline.spans if span.segment.pair == 1] == [90, 90]
    one = world((150, "+"), (151, "-"), (152, "-"))
    assert [span.length for span in one.session.timeline.spans][2:5] == [60, 10, 30]
    assert (170, "marimba") in one.bells
    ended = world((110, "-"))
    assert [round(at) for at, sound in ended.bells if sound == "tingsha"] == [110]
    for at in (5, 135, 232):
        assert world((at, "+")).messages == ["Plus and minus work during a hold"]
    said = [world((at, key)).messages[0] for at, key in ((20, "+"), (20, "-"), (80, "+"), (205, "+"))]
    assert said == [
        "First now 1:30 · ends 20:05",
        "First now 0:30 · ends 20:04",
        "Second now 1:30 · both sides · ends 20:06",
        "Breathing now 1:00 · ends 20:05",
    ]
    assert world((20, "+"), delivery=Delivery(numbers=False)).messages == ["First: longer now"]


def test_at_its_limits_a_hold_says_so_and_stays_as_it_is() -> None:
    assert world((20, "-"), (21, "-")).messages == ["First now 0:30 · ends 20:04", "First ends here · ends 20:04"]
    begun = world((12, "-"), (13, "-"))
    assert begun.messages[-1] == "It gets no shorter · n goes on"
    assert [span.length for span in begun.session.timeline.spans][1] == 30
    most = world(*((12 + i / 10, "+") for i in range(130)))
    assert most.messages[-1] == "An hour is the most for one hold"
    assert [span.length for span in most.session.timeline.spans][1] == 3600
    assert len(most.session.changes) == (3600 - 60) / 30


def test_a_breath_under_way_is_ended_before_its_hold_is() -> None:
    assert world((221, "-")).messages == ["Breathing ends with this breath · ends 20:05"]


def test_a_key_that_means_nothing_shows_the_keys_for_a_moment_in_place_of_a_message() -> None:
    def hints(done: World, at: float) -> str:
        return fitting_hints(hints_of(done.status_at(at)), 80)

    done = world((20, "+"), (21, "x"))
    assert [hints(done, at)[:9] for at in (20.5, 21.5, 26)] == ["First now", "space pau", "space pau"]
    serious = World(PRACTICE, (9, "x"), *LEAVE)
    serious.session.say("The journal is full")
    serious.run()
    assert [hints(serious, at)[:9] for at in (8, 10, 14, 16)] == ["The journ", "space pau", "The journ", "space pau"]
    passing = world((10, "m"), (11, "stopped"), (12, "space"))  # a signal is no key
    assert "Paused while" in hints(passing, 11.5)


@pytest.mark.parametrize("key", ["n", "p"])
def test_what_was_said_of_a_hold_is_not_said_of_another(key: str) -> None:
    assert world((30, "+"), (31, key)).status_at(31.5).message == ""
    serious = World(PRACTICE, (11, key), *LEAVE)
    serious.session.say("The journal is full")
    assert serious.run().status_at(12).message == "The journal is full"


def test_while_it_is_paused_the_key_to_go_on_stays_beside_any_message() -> None:
    done = world((20, "space"), (21, "up"))
    status = done.status_at(21.5)
    assert fitting_hints(hints_of(status), 80) == "space resume · Volume 75"
    silent = replace(status, message="Sound is off (--audio or settings)")
    assert fitting_hints(hints_of(silent), 80).startswith("space resume · Sound is off")
    assert fitting_hints(hints_of(silent, small=True), 20) == "space resume"


@pytest.mark.parametrize("key", ["+", "-"])
def test_in_the_last_moment_a_hold_is_changed_as_well(key: str) -> None:
    done = world((69.7, key))
    heard = [each for each in done.bells if 11 < each[0] < 135]
    assert heard == ([(100, "marimba")] if key == "+" else [(pytest.approx(70, abs=0.3), "marimba"), heard[1]])


def test_nothing_is_drawn_in_vain() -> None:
    done = world(frame=0.05)
    shown = [at for at, _, _, _ in done.seen]
    assert [at for at in shown if 30.5 < at < 60.5] == [pytest.approx(at) for at in range(31, 61)]  # the clock alone
    assert {round(at, 3) for at in shown} >= set(range(200, 210))  # and each count of the breath in time
    assert len([at for at in shown if 200 <= at < 210]) < 10 + 2 * done.breath_steps


def test_an_end_that_comes_between_a_tick_and_the_next_is_no_trouble() -> None:
    late = World(PRACTICE)
    late.session.begin()
    late.now += 1000
    assert late.session.next_picture(0.05, late.breath_steps) == late.now


def test_sounds_are_handed_over_in_good_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead: list[float] = []

    def bell(heard: Heard, _bell: Bell, at: float) -> None:
        ahead.append(at - heard.world.now)

    monkeypatch.setattr(Heard, "bell", bell)
    world(frame=0.05)
    assert len(ahead) > 5
    assert 0.35 <= min(ahead) <= max(ahead) <= AHEAD


def test_the_breath_is_heard_seen_or_off() -> None:
    done = world((205, "b"), (206, "b"), (221, "b"))
    assert done.messages == ["Breath: seen", "Breath: off", "Breath: seen and heard"]
    heard = [(round(at - 1000, 3), kind) for at, kind, _ in done.sound.breaths]
    assert heard == [(200, "inhale"), (204, "exhale"), (224, "exhale")]
    shown = [done.status_at(at) for at in (202, 208)]
    assert [status.pacing for status in shown] == ["heard", "off"]


def test_keys_held_down_do_not_hold_up_the_picture() -> None:
    held = world(*((20 + i / 30, "up") for i in range(300)), frame=0.1)
    shown = [at for at, _, _, _ in held.seen if 20 < at < 30]
    assert max(b - a for a, b in pairwise(shown)) < 0.11
    assert held.bells == BELLS


def test_help_is_over_when_the_practice_is() -> None:
    done = world((290, "?"))
    assert done.status_at(295).help
    assert not done.status_at(302).help


MOVING = sequence_of(
    "\n  - {name: A, hold: 60s, position: back}\n  - {transition: 40s}\n  - {name: B, hold: 60s, position: belly}"
    "\n  - {transition: 30s, text: Come back}"
)


def test_a_move_that_was_paused_begins_again_and_no_bell_says_be_still_in_it() -> None:
    led = World(MOVING, (80, "space"), (95, "space"), (200, "q"), (201, "q")).run()
    assert led.position_at(96) == pytest.approx(71, abs=0.3)
    assert [sound for _, sound in led.bells if sound == "high-bowl"] == ["high-bowl"]
    assert [at for at, sound in led.bells if sound == "high-bowl"] == [pytest.approx(135, abs=0.5)]


def test_who_may_be_anywhere_comes_to_what_follows_a_move_once() -> None:
    led = World(MOVING, (80, "space"), (200, "space"), *LEAVE).run()
    assert led.status_at(201).mode == "returning"
    assert led.position_at(201) == 110
    assert [sound for at, sound in led.bells if 100 < at < 250] == ["high-bowl"]
    resumed = World(MOVING, *LEAVE, position=90.0).run()
    assert resumed.status_at(1).mode == "returning"
    assert resumed.position_at(1) == 110


def test_nothing_but_the_end_comes_after_the_last_move() -> None:
    led = World(MOVING, (180, "space"), (230, "space"), *LEAVE).run()
    assert led.status_at(231).mode == "playing"
    assert "high-bowl" not in [sound for at, sound in led.bells if at > 200]


@pytest.mark.parametrize("module", [edits, loop, session, sound_keys], ids=lambda module: module.__name__)
def test_what_a_message_says_first_is_read_whole_on_the_smallest_screen(module: ModuleType) -> None:
    texts = [value for value in vars(module).values() if isinstance(value, Text) and "{" not in value.en]
    assert texts
    for text in texts:
        for lang in LANGS:
            assert cells(text.said(lang).split(PARTS)[0]) <= 36, text


class Ticking(World):
    """A world in which a moment passes whenever somebody looks at the clock."""

    _moment = 0.0

    @property
    def now(self) -> float:
        self._moment += 1e-6
        return self._moment

    @now.setter
    def now(self, moment: float) -> None:
        self._moment = max(self._moment, moment)


def test_whoever_skips_the_lead_in_hears_the_hold_begin_however_the_clock_goes_on() -> None:
    began = Ticking(PRACTICE, (3.0, "space"), *LEAVE).run()
    assert [bell for at, bell in began.bells if at < 4] == ["deep-bowl"]
