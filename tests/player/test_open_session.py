"""Open holds in a session: a file's own and those that a key opens, how they end, and who leaves them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.player.world import START, World, sequence_of

from psoas_cli.audio.clip import Clip
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.player.lines import events
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.open_hold import OPEN
from psoas_cli.practice.score.revisions import replayed
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.tui.hints import fitting_hints, hints_of

# Lead-in to 10 s; the first side from 10 to 130 as planned, 10 s to change sides, the second side, the rest.
STEPS = """
  - name: Here
    hold: {typical: 2m, max: 10m, until-key: true}
    sides: [right, left]
    between: 10s
  - rest: {typical: 3m, until-key: true}
"""
PRACTICE = sequence_of(STEPS)
PLAIN = sequence_of("""
  - name: One
    hold: 2m
  - breathe: 4-6
    hold: 1m
  - rest: 1m
""")
LEAVE = [(1000.0, "q"), (1001.0, "q"), (1002.0, "enter")]


def world(*script: tuple[float, str], **how: object) -> World:
    return World(how.pop("sequence", PRACTICE), *script, *LEAVE, **how).run()  # type: ignore[arg-type] # by name


def lengths(timeline: Timeline) -> list[float]:
    return [round(span.length, 2) for span in timeline.spans if span.segment.kind in ("hold", "rest")]


def assert_replayable(ended: World, sequence: object = PRACTICE) -> None:
    start = compile_sequence(sequence)  # type: ignore[arg-type] # a sequence
    assert replayed(start, ended.session.changes) == ended.session.timeline


@pytest.mark.parametrize("key", ["n", "enter", "right", "pagedown"])
def test_it_lasts_until_a_key_and_so_does_the_second_side(key: str) -> None:
    ended = world((310.0, key), (760.0, "n"))
    # handed over up to half a second ahead: the bell rings right after the key
    at, bell = next((at, bell) for at, bell in ended.bells if at > 310)
    assert bell == "tingsha"
    assert at == pytest.approx(310.3, abs=0.25)
    side = round(at - 10, 2)
    assert lengths(ended.session.timeline)[:2] == [side, side]
    assert ended.bells[:6] == [(10.0, "deep-bowl"), *((10.0 + 60 * minute, "soft-stroke") for minute in range(1, 6))]
    second = at + 10
    assert (round(second, 3), "high-bowl") in ended.bells
    assert (round(second + side, 3), "marimba") in ended.bells, "the rest begins as the second side is over"
    assert_replayable(ended)


def test_without_a_key_it_ends_at_its_most_with_its_bell() -> None:
    ended = World(PRACTICE).run()
    assert lengths(ended.session.timeline) == [600.0, 600.0, 900.0]
    assert ended.session.timeline.open is None
    assert (610.0, "tingsha") in ended.bells
    assert ended.session.finished
    assert_replayable(ended)


def test_a_pause_leaves_it_open_and_its_keys_keep_their_meaning_there() -> None:
    ended = world((100.0, "space"), (102.0, "enter"), (103.0, "space"), (200.0, "enter"))
    assert ended.status_at(102.5).where, "while paused, Enter says where one is"
    assert ended.status_at(150.0).view.open
    assert lengths(ended.session.timeline)[0] == pytest.approx(187.3, abs=0.3)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ([(310.0, "space"), (311.0, "n")], [300.0, 300.0]),  # on from it: as long as it lasted
        ([(12.0, "space"), (13.0, "n")], [10.0, 10.0]),  # but not a second or two on the other side
        ([(310.0, "p")], [600.0, 600.0]),  # back to its start: it is opened again
        ([(310.0, "p"), (312.0, "p")], [600.0, 600.0]),
        ([(310.0, "g"), (311.0, "r")], [300.0, 300.0]),
        ([(9.8, "p")], [600.0, 600.0]),
    ],
)
def test_whoever_goes_elsewhere_closes_it(script: list[tuple[float, str]], expected: list[float]) -> None:
    ended = world(*script)
    assert lengths(ended.session.timeline)[:2] == pytest.approx(expected, abs=0.3)
    assert_replayable(ended)
    for _, _, position, timeline in ended.seen:
        if timeline.open is not None:
            assert timeline.spans[timeline.open].start - 0.5 <= position <= timeline.spans[timeline.open].end


def test_back_from_the_second_side_and_on_it_is_open_again() -> None:
    ended = world((100.0, "n"), (130.0, "p"), (131.0, "p"))
    assert [kind for kind, _, _ in ended.session.changes][:3] == ["open", "close", "open"]
    assert lengths(ended.session.timeline)[:2] == [600.0, 600.0]


def test_o_opens_any_hold_with_a_stroke_and_another_o_says_that_it_is_open() -> None:
    ended = world((40.0, "o"), (50.0, "o"), (300.0, "enter"), sequence=PLAIN)
    first = next(at for at, bell in ended.bells if bell == "soft-stroke")
    assert first == pytest.approx(40.4, abs=0.2)
    assert ended.status_at(41.0).message == ended.status_at(51.0).message == "One: open · Enter goes on"
    assert ended.status_at(49.0).message == ""
    assert [kind for kind, _, _ in ended.session.changes] == ["open", "close"]
    assert lengths(ended.session.timeline)[0] == pytest.approx(290.3, abs=0.3)
    assert (130.0, "marimba") not in ended.bells
    assert_replayable(ended, PLAIN)


@pytest.mark.parametrize("lang", LANGS)
def test_however_small_the_screen_o_tells_how_to_go_on(lang: Lang) -> None:
    status = world((40.0, "o"), (300.0, "enter"), sequence=PLAIN, delivery=Delivery(lang)).status_at(41.0)
    assert "Enter" in fitting_hints(hints_of(replace(status, message=f"Ondersteunde {status.message}")), 20)


def test_o_means_nothing_where_nothing_can_be_open_and_plus_and_minus_nothing_where_something_is() -> None:
    ended = world((2.0, "o"), (140.0, "o"), sequence=PLAIN)
    assert ended.session.changes == []
    assert ended.messages[0] == "o works during a hold or a rest"
    ended = world((20.0, "+"), (30.0, "-"), (40.0, "enter"))
    assert [kind for kind, _, _ in ended.session.changes][:2] == ["open", "close"]
    assert "Here: open · Enter goes on" in ended.messages
    assert "+ -" in ended.status_at(25.0).idle


def test_a_key_in_the_last_half_second_still_opens_the_hold() -> None:
    ended = world((129.8, "o"), (300.0, "enter"), sequence=PLAIN)
    assert (130.0, "marimba") not in ended.bells
    assert lengths(ended.session.timeline)[0] == pytest.approx(290.3, abs=0.3)


def test_the_end_is_never_reckoned_with_the_most() -> None:
    ended = world((400.0, "n"))
    # 10 + 120 + 10 + 120 + 180 = 440 s as planned, from 20:00:00
    assert ended.status_at(60.0).ends_at == "20:07"
    assert ended.status_at(60.0).view.left == pytest.approx(440 - 60, abs=0.3)
    # both sides have become 380 s long by then
    assert ended.status_at(390.0).view.left == pytest.approx(10 + 380 + 180, abs=1)


def test_the_clock_counts_up_each_second_in_time() -> None:
    ended = world((100.0, "n"), frame=0.05)
    shown: dict[int, float] = {}
    for at, status, position, _ in ended.seen:
        if status.view.open and 10.5 < position < 95:
            shown.setdefault(int(status.view.lasted + 1e-6), at)
    assert sorted(shown) == [*range(85)]
    assert all(at - 10 - second < 0.051 for second, at in shown.items() if second)


def test_the_breath_is_ended_with_when_it_is_heard_and_cut_when_it_is_seen() -> None:
    for sound, longest in (("tone", 10.0), ("none", 0.6)):
        sequence = sequence_of(STEPS, f"lead-in: 10s\ntransition: 0s\nbreath: {{pattern: 4-6, sound: {sound}}}")
        ended = world((312.0, "enter"), sequence=sequence)
        length = lengths(ended.session.timeline)[0]
        assert 302 <= length <= 302 + longest
        assert sound == "none" or length % 10 == pytest.approx(0, abs=0.01)
        assert_replayable(ended, sequence)


@pytest.mark.parametrize("lang", LANGS)
def test_it_is_told_after_the_bell_or_after_the_stroke(lang: Lang) -> None:
    for script, sequence, begins in (([], PRACTICE, 18.0), ([(40.0, "o")], PLAIN, 42.0)):
        timeline = compile_sequence(sequence)
        clips = {
            words: Clip(
                RATE * (4 if words.text == OPEN.said(lang) else 2), lambda: Samples("h")
            )  # its length tells what it says
            for words in words_of(timeline, lang)
        }
        ended = world(*script, sequence=sequence, narration=Narration(lang, clips), delivery=Delivery(lang))
        at = next(at - START for at, seconds in ended.sound.spoken if seconds == 4)
        assert at == pytest.approx(begins, abs=0.5)


def test_lines_say_that_it_is_open_and_how_long_it_was() -> None:
    ended = world((310.0, "n"), delivery=Delivery(aloud=True))
    timeline = ended.seen[len(ended.seen) // 50][3]
    assert timeline.open is not None
    assert "Here, right side, first of two sides, open." in events(timeline, 9.0, 11.0, "en")
    assert any(message.startswith("Here: 5 minutes") for message in ended.messages)


def test_what_gave_way_to_the_line_is_offered_on_the_second_side() -> None:
    poses = "{mine: {name: M, notice: [One, Two, Three, Four]}}"
    sequence = sequence_of(
        "  - {pose: mine, hold: 3m, sides: [right, left]}\n", f"lead-in: 10s\ntransition: 0s\nposes: {poses}"
    )
    ended = world((55.0, "o"), (220.0, "n"), sequence=sequence)  # the line comes where "Two" would
    offered = [cue.told.parts[0].text.en for cue in ended.session.timeline.cues if cue.role == "notice"]
    assert offered == ["One", "Two", "Three"]
