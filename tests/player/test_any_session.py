"""Whatever is practised and whichever keys are pressed: no bell is lost, none rings twice, no breath is cut."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.player.world import World
from tests.practice.strategies import SEQUENCES

from psoas_cli.player.scheduler import AHEAD
from psoas_cli.player.transport import Transport
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.model.sequence import STRIKE_GAP
from psoas_cli.practice.score.events import heard_from
from psoas_cli.practice.score.revisions import replayed
from psoas_cli.practice.score.speech import Speech
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from psoas_cli.player.session import Session
    from psoas_cli.practice.model.sequence import Sequence

END = 200.0
YIN = Library("en", own_poses=False).sequence("yin-short")
KEYS = [
    "space",
    "n",
    "p",
    "+",
    "-",
    "o",
    "e",
    "s",
    "g",
    "r",
    "b",
    "m",
    "i",
    "?",
    "q",
    "w",
    "enter",
    "lid",
    "stopped",
    "continued",
    "x",
]
SCRIPTS = st.lists(st.tuples(st.floats(0, END), st.sampled_from([*KEYS, *KEYS[:5]])), max_size=25)
LEAVE = [(END, "esc"), (END + 0.1, "q"), (END + 0.2, "q"), (END + 2, "enter")]
NEAR = 2e-3


@dataclass
class Stretch:
    """Time in which the practice went on undisturbed, in the clock's seconds, and where it began."""

    begin: float
    position: float
    end: float = float("inf")


class Track(Transport):
    """A transport that remembers the stretches in which it played."""

    def __init__(self, world: World, position: float) -> None:
        super().__init__(lambda: world.now, position=position)
        self.stretches: list[Stretch] = []
        self._world = world

    def play(self, at: float | None = None) -> None:
        if not self.playing:
            begin = self._world.now if at is None else at
            self.stretches.append(Stretch(begin, self.position))
        super().play(at)

    def pause(self) -> None:
        self._cut()
        super().pause()

    def seek(self, position: float) -> None:
        if self.playing:
            self._cut()
            self.stretches.append(Stretch(self._world.now, position))
        super().seek(position)

    def _cut(self) -> None:
        if self.playing:
            self.stretches[-1].end = min(self.stretches[-1].end, self._world.now)


@given(SEQUENCES, SCRIPTS, st.floats(0, 1), st.sampled_from([False, False, True]))
@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
def test_any_practice_with_any_keys(
    sequence: Sequence, script: list[tuple[float, str]], part: float, any_key: bool
) -> None:
    timeline = compile_sequence(sequence)
    places = [0.0, *timeline.stops]
    position = places[int(part * (len(places) - 1))]
    delivery = Delivery(any_key=any_key)
    world = World(sequence, *script, *LEAVE, timeline=timeline, position=position, frame=0.25, delivery=delivery)
    track = Track(world, position)
    world.session._playhead.transport = track
    world.run()
    assert world.session.done
    assert world.sound.late == []
    timelines = timelines_of(world)
    for _, each in timelines:
        assert_contiguous(each)
    assert_sides_equal(world)
    assert_open_only_where_one_is(world)
    assert replayed(timeline, world.session.changes) == world.session.timeline
    assert world.session.practised <= sum(stretch.end - stretch.begin for stretch in track.stretches) + 1e-3
    played = played_of(track, timelines, finished=world.session.finished)
    assert_bells(world, played, track)
    assert_breaths(world, played, heard_all=not any(key == "b" for _, key in script))


@given(
    st.lists(st.tuples(st.floats(0.0, 90), st.sampled_from(["n", "p", "space", "+", "-", "s", "g", "r", "i", "esc"])))
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_nobody_is_in_a_hold_that_keys_led_to_before_there_was_time_to_move(script: list[tuple[float, str]]) -> None:
    waited, at = [], 0.0
    for gap, name in script:  # as they come one after the other
        at += gap
        waited.append((at, name))
    world = World(YIN, *waited, (at + 90, "esc"), (at + 91, "q"), (at + 92, "q"), (at + 99, "enter"), frame=0.25)
    session, key = world.session, world.session.key
    free = True  # whether the person has had time to come to where they are, or has said that they are there
    leap, since = session.leap, 0.0

    def pressed(name: str) -> None:
        nonlocal free, leap, since
        there = session.mode == "returning" or (session.mode == "playing" and session._playhead.in_lead_in)
        key(name)
        if session.leap != leap:
            leap, since, free = session.leap, float("inf"), False
        free = free or (name == "space" and there and session.mode == "playing")

    def look(session: Session) -> None:
        nonlocal free, since
        if session.mode == "returning":
            since = min(since, world.at)
        elif session.mode == "playing":
            span = session.timeline.span_at(session.position)
            free = free or span.segment.moving or world.at - since >= 14.5
            assert free, f"in {span.segment.title.en} {world.at} s after the start"

    session.key = pressed  # type: ignore[method-assign]
    world._watch_over = look  # type: ignore[method-assign]
    world.run()


def timelines_of(world: World) -> list[tuple[float, Timeline]]:
    """Each timeline of the session, with the clock's seconds from which it held."""
    found: list[tuple[float, Timeline]] = []
    for at, _, _, timeline in world.seen:
        if not found or found[-1][1] is not timeline:
            found.append((at + world.now - world.at, timeline))
    return found


Played = list[tuple[Timeline, float, float, float]]


def played_of(track: Track, timelines: list[tuple[float, Timeline]], *, finished: bool) -> Played:
    """What was played: of which timeline, from where to where, and at which of the clock's seconds it began."""
    changes = [*timelines, (float("inf"), timelines[-1][1])]
    played = []
    for stretch in track.stretches:
        last = finished and stretch is track.stretches[-1]
        for (since, timeline), (until, _) in pairwise(changes):
            begin, end = max(since, stretch.begin), min(until, stretch.end)
            if since <= stretch.begin < until or begin < end:
                first = round(stretch.position + begin - stretch.begin, 9)  # so that what begins just there is in it
                played.append((timeline, first, first + end - begin + (NEAR if last else 0), begin))
    return played


def assert_contiguous(timeline: Timeline) -> None:
    assert timeline.spans[0].start == 0
    for before, after in pairwise(timeline.spans):
        assert before.end == after.start
        assert before.length >= 0
    assert [cue.at for cue in timeline.cues] == sorted(cue.at for cue in timeline.cues)


def assert_sides_equal(world: World) -> None:
    """Whoever changed the length of a first side, from wherever, changed that of the second likewise."""
    before = world.seen[0][3]
    for _, _, position, timeline in world.seen:
        if timeline is not before:
            index = before.index_at(position)
            segment, was = before.spans[index].segment, before.spans[index].length
            if segment.turn == 1 and abs(timeline.spans[index].length - was) > 1e-5:
                both = [span.length for span in timeline.spans if span.segment.pair == segment.pair]
                assert len(both) == 2
                assert abs(both[0] - both[1]) < 1e-5
            before = timeline


def assert_open_only_where_one_is(world: World) -> None:
    """Nobody leaves a hold open, and it is opened only a moment before it begins, as sounds are handed over by then."""
    for _, _, position, timeline in world.seen:
        if timeline.open is not None:
            span = timeline.spans[timeline.open]
            assert span.start - AHEAD - 1e-3 <= position <= span.end + 1e-3


def assert_bells(world: World, played: Played, track: Track) -> None:
    due = []
    for timeline, first, last, begin in played:
        for cue in timeline.cues_in(first, last):
            if cue.bell:
                at = begin + cue.at - first
                hold = timeline.span_at(first).segment.bells.hold if cue.at - first < NEAR else None
                count = min(cue.bell.strikes, hold.strikes if hold else cue.bell.strikes)
                strikes = [at + i * STRIKE_GAP for i in range(count)]
                sounds = cue.bell.sound, hold.sound if hold else cue.bell.sound
                due += [(each, *sounds) for each in strikes if not hushed(world, at, each)]
    extra = list(world.sound.strikes)
    for at, sound, own in due:  # where one came from elsewhere, a stay's own bell rings in place of any other
        same = [each for each in extra if each[1] in (sound, own) and abs(each[0] - at) < NEAR]
        assert same, f"{sound} is not heard {at - world.now + world.at} s after the start"
        extra.remove(same[0])
    begins = [stretch.begin for stretch in track.stretches]
    for at, sound in extra:  # what rings besides: the end of a lead-in, a last stroke, waking from sleep
        strikes = [at - i * STRIKE_GAP for i in range(3)]
        at_a_begin = any(abs(begin - each) < NEAR for begin in begins for each in strikes)
        after_a_key = any(abs(hush + 0.3 - each) < NEAR for hush in world.sound.hushed for each in strikes)
        assert at_a_begin or after_a_key, f"{sound} is heard {at - world.now + world.at} s after the start"


def assert_breaths(world: World, played: Played, *, heard_all: bool) -> None:
    due = []
    for timeline, first, last, begin in played:
        for start, phase, span in timeline.breaths_in(first, last):
            due_here = start >= heard_from(timeline, Speech(), span) - 1e-3
            if due_here and (span.segment.sound != "none" or not heard_all):
                due.append((begin + start - first, phase.kind, phase.seconds))
    heard = list(world.sound.breaths)
    assert heard == sorted(heard, key=lambda each: each[0])
    for breath in heard:
        same = [each for each in due if abs(each[0] - breath[0]) < NEAR and each[1:] == breath[1:]]
        assert same, breath
        due.remove(same[0])
    if heard_all:
        assert due == []


def hushed(world: World, begin: float, at: float) -> bool:
    """Whether what was to ring from *begin* was hushed before its strike *at*."""
    return any(begin <= hush <= at for hush in world.sound.hushed)
