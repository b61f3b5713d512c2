import json
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read, texts

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.score.revisions import changed
from psoas_cli.practice.score.segments import Segment
from psoas_cli.practice.score.timeline import Cue, Span, Timeline, compile_sequence

ROLES = ("close", "open", "side", "rise", "change", "hold", "end", "warn", "halfway", "every")
STAYS = {"hold", "between", "rebound", "breathe", "scan", "rest", "quiet"}
TO_THE_BACK = (
    "Let your seat sink beside your feet, lower yourself onto your side, forearm first, and roll onto your back."
)
PARTS = st.floats(0, 1).map(lambda part: round(part, 4))


def check_spans(timeline: Timeline) -> None:
    at = 0.0
    for span in timeline.spans:
        assert span.start == at
        assert span.end > span.start
        at = span.end
        if span.course:
            assert span.course.seconds <= span.length + 1e-5, "a breath is cut"
        if span.segment.kind == "breathe":
            assert span.course
            assert abs(span.course.seconds - span.length) < 1e-5, "silence in a breathing step"
    assert timeline.duration == at


def bells_of(timeline: Timeline) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.bell]


@given(SEQUENCES)
def test_spans_follow_on_each_other_from_zero_and_hold_whole_breaths(sequence: Sequence) -> None:
    check_spans(compile_sequence(sequence))


@given(SEQUENCES)
def test_the_two_sides_last_equally_long(sequence: Sequence) -> None:
    sides = defaultdict(list)
    for span in compile_sequence(sequence).spans:
        if span.segment.pair is not None:
            sides[span.segment.pair].append(span)
    for both in sides.values():
        assert len({round(span.length, 5) for span in both}) == 1
        if len(both) == 2:
            assert {span.segment.side for span in both} == {"right", "left"}
            assert [span.segment.turn for span in both] == [1, 2]


@given(texts())
def test_the_same_file_gives_the_same_timeline(content: str) -> None:
    assert compile_sequence(read(content)) == compile_sequence(read(content))


@given(SEQUENCES)
def test_every_cue_lies_in_its_span_and_in_order(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    assert [cue.at for cue in timeline.cues] == sorted(cue.at for cue in timeline.cues)
    for cue in timeline.cues:
        if cue.role not in {"open", "every"}:
            span = timeline.spans[cue.span]
            assert span.start <= cue.at <= span.end
        if cue.bell is None:
            assert cue.at < timeline.duration
    assert len({(cue.span, cue.role, cue.number) for cue in timeline.cues}) == len(timeline.cues)


@given(SEQUENCES)
def test_at_one_instant_the_bell_that_matters_most_sounds_alone(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    wanted = wanted_bells(timeline)
    firm = {at: min(roles, key=ROLES.index) for at, roles in wanted.items()}
    heard = {round(cue.at, 3): cue.role for cue in bells_of(timeline) if cue.role != "every"}
    assert heard == firm
    assert len({round(cue.at, 3) for cue in bells_of(timeline)}) == len(bells_of(timeline))


def wanted_bells(timeline: Timeline) -> dict[float, set[str]]:
    """By instant the roles of all bells but `every` that the format asks for, were they to sound together."""
    wanted = defaultdict(set)
    first, last = timeline.spans[0], timeline.spans[-1]
    if first.segment.bells.open:
        wanted[round(first.end if first.segment.kind == "lead-in" else 0.0, 3)].add("open")
    if last.segment.bells.close:
        wanted[round(last.end, 3)].add("close")
    for i, span in enumerate(timeline.spans):
        before = timeline.spans[i - 1].segment if i else None
        following = timeline.spans[i + 1].segment if i + 1 < len(timeline.spans) else None
        wanted_at_the_ends(wanted, before, span, following)
        kind, bells = span.segment.kind, span.segment.bells
        if kind == "hold" and bells.halfway:
            wanted[round((span.start + span.end) / 2, 3)].add("halfway")
        if kind == "hold" and bells.warn and span.length >= 60 and bells.warn.before < span.length:
            wanted[round(span.end - bells.warn.before, 3)].add("warn")
    return wanted


def wanted_at_the_ends(
    wanted: dict[float, set[str]], before: Segment | None, span: Span, following: Segment | None
) -> None:
    """The bells that the format asks for where *span* begins and where it ends."""
    segment, bells, start, end = span.segment, span.segment.bells, round(span.start, 3), round(span.end, 3)
    if segment.kind not in STAYS:
        return
    if not (segment.kind == "scan" and before and before.kind == "scan"):
        at_once = before and before.kind in STAYS and "scan" not in (before.kind, segment.kind)
        known = {each.position for each in (before, segment) if each and each.position}
        role = "change" if at_once and len(known) <= 1 else "hold"
        if bells.change if role == "change" else bells.hold:
            wanted[start].add(role)
    if segment.kind == "quiet" or (segment.kind == "scan" and following and following.kind == "scan"):
        return
    if segment.kind == "between" or (segment.turn == 1 and not (following and rests_between(span, following))):
        if bells.side:
            wanted[end].add("side")
    elif segment.kind == "rest":
        if bells.end and bells.close:
            wanted[end].add("rise")
    elif bells.end:
        wanted[end].add("end")


def rests_between(span: Span, following: Segment) -> bool:
    """Whether a pose comes between *span* and the second side: then *following* leads to it."""
    return following.kind == "between" or (following.kind == "transition" and not span.segment.sides_next)


@given(SEQUENCES)
def test_the_interval_bell_counts_from_the_opening_and_gives_way_to_any_other(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    every = sequence.bells.every
    heard = {round(cue.at, 3) for cue in bells_of(timeline) if cue.role == "every"}
    others = [cue.at for cue in bells_of(timeline) if cue.role != "every"]
    expected = set()
    at = opening = timeline.spans[0].end if timeline.spans[0].segment.kind == "lead-in" else 0.0
    number = 1
    while every and (at := opening + number * every.interval) < timeline.duration - 1e-6:
        if all(abs(at - other) > 5 + 1e-6 for other in others):
            expected.add(round(at, 3))
        number += 1
    assert heard == expected


@pytest.mark.parametrize(("hold", "heard"), [("35s", []), ("36s", [30]), ("66s", [30, 60]), ("65s", [30])])
def test_the_interval_bell_gives_way_within_five_seconds(hold: str, heard: list[float]) -> None:
    bells = "bells: {every: {interval: 30s, sound: tingsha}}"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\n{bells}\nsteps: [{{name: Here, hold: {hold}}}]"))
    assert [cue.at for cue in timeline.cues if cue.role == "every"] == heard


def test_the_closing_bell_begins_at_the_very_end_and_the_opening_one_at_zero_without_a_lead_in() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 0s\nsteps: [{pose: lying}]"))
    first, *_, last = timeline.cues
    assert (first.at, first.role) == (0, "open")
    assert (last.at, last.role, last.bell and last.bell.strikes) == (timeline.duration, "close", 3)


def test_a_moment_that_a_short_hold_has_no_room_for_moves_in_proportion() -> None:
    sequence = read(
        "title: T\nlead-in: 15s\n"
        "steps: [{pose: lying, say: [{at: 1m40s, text: x}, {at: -90s, text: y}, {at: 9s, text: z}]}]"
    )
    own, short = compile_sequence(sequence), compile_sequence(sequence, 60)
    assert [cue.at - 15 for cue in own.cues if cue.role == "say"] == [9, 30, 100]
    assert short.spans[1].length == 45
    assert [round(cue.at - 15, 2) for cue in short.cues if cue.role == "say"] == [9, 11.25, 37.5]


def test_what_is_told_of_a_stop_comes_right_before_it_part_by_part_and_for_its_side() -> None:
    settings = "lead-in: 15s\ntransition: 15s"
    timeline = compile_sequence(read(f"title: T\n{settings}\nsteps: [{{pose: dragon, between: 15s}}, {{pose: lying}}]"))
    told = [(cue.at, cue.stop, cue.spoken("en")) for cue in timeline.cues if cue.role == "told"]
    assert told == [
        (
            0,
            1,
            ("Come onto hands and knees.", "Dragon.", "Right foot forward first.", "Step your right foot forward"),
        ),
        (195, 1, ("Come back from the right",)),
        (195, 2, ("The other side: left foot forward.", "The left one")),
        (390, 2, ("Come back from the left",)),
        (
            390,
            3,
            (
                TO_THE_BACK,
                "Lying.",
                "Knees bent",
            ),
        ),
    ]
    assert [cue.shown("en") for cue in timeline.cues if cue.role == "told"][2] == ("The left one",)


@given(texts(), st.lists(st.tuples(PARTS, st.sampled_from([30.0, -30.0])), min_size=1, max_size=4))
def test_longer_and_shorter_change_what_is_to_come_and_nothing_before(
    content: str, presses: list[tuple[float, float]]
) -> None:
    timeline = compile_sequence(read(content))
    t = 0.0
    for part, seconds in presses:
        t = round(t + part * (timeline.duration - t), 3)
        old, timeline = timeline, changed(timeline, t, seconds)
        check_spans(timeline)
        check_unchanged_before(old, timeline, t)
        check_lengths(old, timeline, t, seconds)


def test_what_a_change_brings_to_one_instant_stays_in_order_at_the_next() -> None:
    step = {"rest": "8s", "text": "Breathe", "breath": "none", "say": [{"at": "-0s", "text": "Breathe"}]}
    content = json.dumps({"title": "Two", "steps": [{"pose": "dragon"}, step, {"transition": "auto"}]})
    timeline = compile_sequence(read(content))
    t = 0.0
    for part, seconds in ((0.875, 30.0), (0.8125, -30.0), (1.0, 30.0)):
        t = round(t + part * (timeline.duration - t), 3)
        old, timeline = timeline, changed(timeline, t, seconds)
        check_unchanged_before(old, timeline, t)


def check_unchanged_before(old: Timeline, new: Timeline, t: float) -> None:
    assert new.cues_in(0, t) == old.cues_in(0, t)
    keys = [(cue.span, cue.role, cue.number) for cue in new.cues]
    assert len(set(keys)) == len(keys), "a cue comes twice"
    index = old.index_at(t)
    assert [span.start for span in new.spans[: index + 1]] == [span.start for span in old.spans[: index + 1]]
    course, still = old.spans[index].course, new.spans[index].course
    if course is None:  # too short a hold for a breath: nothing was paced in it yet
        return
    assert still
    before = [(round(at, 4), phase) for at, phase, _ in old.breaths_in(0, t)]
    assert [(round(at, 4), phase) for at, phase, _ in new.breaths_in(0, t)] == before
    if breath := course.at(t - old.spans[index].start):
        assert still.at(t - new.spans[index].start) == breath
        assert t - breath.into + breath.pattern.cycle <= new.spans[index].end + 1e-4, "the breath is cut"


def check_lengths(old: Timeline, new: Timeline, t: float, seconds: float) -> None:
    index = old.index_at(t)
    was, now = old.spans[index], new.spans[index]
    pair = was.segment.pair
    for i, (before, after) in enumerate(zip(old.spans, new.spans, strict=True)):
        if i == index:
            continue
        if pair is not None and after.segment.pair == pair and i > index:
            assert abs(after.length - now.length) < 1e-5, "the second side is not as the first"
        else:
            assert abs(after.length - before.length) < 1e-5
    if was.segment.kind == "breathe":
        return
    if seconds > 0:
        assert abs(now.length - was.length - seconds) < 1e-5
    else:
        breath = was.course.at(t - was.start) if was.course else None
        end = t - breath.into + breath.pattern.cycle if breath else t
        assert abs(now.end - max(was.end + seconds, end, was.start + 0.001)) < 1e-4


def test_with_little_left_shorter_ends_the_hold_when_the_breath_is_over() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 0s\nbreath: 4-6\nsteps: [{name: Here, hold: 1m}, {rest: 1m}]"))
    assert changed(timeline, 43.0, -30).spans[0].end == 50
    silent = compile_sequence(read("title: T\nlead-in: 0s\nbreath: none\nsteps: [{name: Here, hold: 1m}, {rest: 1m}]"))
    assert changed(silent, 43.0, -30).spans[0].end == 43
    assert [cue.role for cue in changed(silent, 43.0, -30).cues_in(43, 44) if cue.bell] == ["end"]


def test_a_ramp_under_way_goes_on_as_it_was_when_the_breathing_becomes_longer_or_shorter() -> None:
    steps = "[{breathe: 4-6, cycles: 40, ramp: [3-3, 4-4]}]"
    timeline = compile_sequence(read(f"title: T\nlead-in: 0s\nsteps: {steps}"))
    for seconds in (30, -30):
        new = changed(timeline, 25.0, seconds)
        assert new.spans[0].length == timeline.spans[0].length + seconds
        old_breaths = list(timeline.breaths_in(0, 120))
        assert [at for at, *_ in new.breaths_in(0, 120)] == [at for at, *_ in old_breaths]


def test_the_pacer_begins_a_breath_anew_where_more_time_is_asked_for_in_its_silence() -> None:
    timeline = compile_sequence(read("title: T\nlead-in: 0s\nbreath: 4-6\nsteps: [{name: Here, hold: 65s}]"))
    longer = changed(timeline, 62.0, 30)
    assert [at for at, *_ in longer.breaths_in(55, 80)] == pytest.approx([62, 66, 72, 76], abs=1e-5)
