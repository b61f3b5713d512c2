"""The softer form of a pose: other words and another picture, and no length that changes."""

from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read
from tests.practice.test_builtin import POSES, built_in

from psoas_cli.practice.model.figure import mirrored
from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.sequence import PoseStep, Sequence
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.practice.score.passage import Part
from psoas_cli.practice.score.revisions import Revision, as_before, replayed, softened
from psoas_cli.practice.score.softer_form import softer_form
from psoas_cli.practice.score.speech import words_of
from psoas_cli.practice.score.timeline import Cue, Timeline, after, compile_sequence

CHANGES = {"longer": ("hold", 30.0), "shorter": ("hold", -30.0), "open": ("open", 400.0), "close": ("close", 90.0)}
HOLD = Hold(180.0, 60.0, 300.0)


def timeline_of(*steps: str) -> Timeline:
    return compile_sequence(read("title: T\nlead-in: 15s\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)))


def soft(timeline: Timeline, t: float) -> Timeline:
    found = softened(timeline, t)
    assert found
    return found


def stays(timeline: Timeline, name: str) -> list[int]:
    """The numbers of the stays in the pose *name*."""
    return [i for i, span in enumerate(timeline.spans) if span.segment.pose and span.segment.pose.id == name]


def told_before(timeline: Timeline, i: int) -> list[Part]:
    """What is told on the way to the stay *i*, and as it begins."""
    moves = [*takewhile(lambda j: timeline.spans[j].segment.moving, range(i - 1, -1, -1))]
    return [part for j in (*moves[::-1], i) for passage in timeline.spans[j].segment.told for part in passage.parts]


def heard(timeline: Timeline, start: float = 0.0) -> list[str]:
    return [said for cue in timeline.cues_in(start, timeline.duration) for said in cue.spoken("en")]


def noticed(timeline: Timeline, span: int) -> list[str]:
    return [cue.told.parts[0].text.en for cue in timeline.cues if cue.role == "notice" and cue.span == span]


def test_the_pose_its_picture_and_its_words_change_on_this_side_and_the_side_to_come() -> None:
    timeline = compile_sequence(built_in("yin"))
    first, second = stays(timeline, "reclining-twist")
    pose, form = POSES["reclining-twist"], POSES["reclining-twist"].variations["feet-stay-down"]
    new = soft(timeline, timeline.spans[first].start + 30)
    for i, side in ((first, "right"), (second, "left")):
        segment = new.spans[i].segment
        assert segment.side == side
        assert (segment.title, segment.way_in, segment.way_out) == (form.name, form.text, form.leave)
        assert form.figure
        assert segment.figure == (mirrored(form.figure) if side == "left" else form.figure)
        assert segment.notice == pose.notice
    assert Part(form.second, "left") in told_before(new, second)
    assert Part(form.leave, "right") in told_before(new, second - 2)
    assert Part(pose.leave, "right") not in told_before(new, second - 2)
    assert form.leave.en in heard(new, new.spans[second].end - 1)
    between = first + 2
    assert new.spans[between].segment == timeline.spans[between].segment  # a pose of its own


def test_the_second_side_is_told_as_planned_and_what_to_change_as_it_begins_if_there_is_no_time_for_more() -> None:
    steps = "{pose: dragon, between: 15s}"
    timeline = timeline_of(steps, "{rest: 2m, pose: lying}")
    first, second = stays(timeline, "dragon")
    new = soft(timeline, timeline.spans[first].start + 1)
    told = told_before(new, second)
    planned = told_before(timeline, second)
    assert [part.said("en") for part in told[-2:]] == [planned[-1].said("en"), "A shorter step, left"]
    assert new.spans[second].segment.told[-1].parts[0].said("nl") == "Een kleinere stap, links"
    assert "Back from the right" in [part.said("en") for part in told]
    assert new.spans[second].segment.way_in.en == "A short step with your [right] foot"
    enough = timeline_of("{pose: dragon, between: 40s}", "{rest: 2m, pose: lying}")
    told = told_before(soft(enough, enough.spans[first].start + 1), second)
    assert told[-1].said("en") == "A short step, and then the left hand goes where it was before"


def test_a_form_without_a_way_in_of_its_own_is_told_on_the_second_side_as_well() -> None:
    pose = Pose(
        "p", Text("P"), Text("In"), Text("Other"), "back", sides=True, softer="v",
        variations={"v": read("title: T\nsteps: [{pose: rocking}]").poses["rocking"].variations["less"]},
    )  # fmt: skip
    timeline = compile_sequence(Sequence("t", Text("T"), (PoseStep(pose, HOLD, ("right", "left")),)))
    first, second = stays(timeline, "p")
    told = [part.said("en") for part in told_before(soft(timeline, timeline.spans[first].start), second)]
    assert told[-2:] == ["Other", "Rock less"]


def test_it_is_not_offered_where_there_is_no_time_to_tell_how_to_leave_it() -> None:
    timeline = compile_sequence(built_in("yin-long"))
    first, *rebounds = stays(timeline, "constructive-rest")
    assert softened(timeline, timeline.spans[first].start)
    assert len(rebounds) == 2
    assert [softened(timeline, timeline.spans[i].start) for i in rebounds] == [None, None]


def test_who_stays_in_a_pose_stays_in_its_softer_form() -> None:
    timeline = compile_sequence(built_in("constructive-rest"))  # a hold, a breath, and the hold again
    first, breath, second = soft(timeline, timeline.spans[1].start + 5).spans[1:4]
    assert (first.segment.title.en, second.segment.title.en) == ("Calves on a chair",) * 2
    assert breath.segment.plain is None
    told = [part.text for passage in second.segment.told for part in passage.parts]
    assert told[1:] == [timeline.spans[3].segment.told[0].parts[1].text], "nothing is to be changed once more"
    before = as_before(soft(timeline, timeline.spans[1].start + 5), second.start + 5)
    assert before
    assert [before.spans[i].segment.title.en for i in (1, 3)] == ["Calves on a chair", "Constructive rest"]


def test_a_move_ends_the_softer_form() -> None:
    yin = compile_sequence(built_in("yin"))
    first, again = stays(yin, "childs-pose")[:2]
    assert soft(yin, yin.spans[first].start + 1).spans[again].segment.plain is None


def test_only_a_form_in_the_same_position_that_brings_no_caution_is_offered() -> None:
    offered = {}
    for pose in POSES.values():
        segments = compile_sequence(Sequence("t", Text("T"), (PoseStep(pose, HOLD),))).spans
        offered[pose.id] = next(softer_form(span.segment) for span in segments if span.segment.pose)
    without = {name for name, form in offered.items() if form is None}
    assert without == {"knees-together", "belly-rest", "side-rest", "half-saddle", "legs-long"}
    legs = read(
        """
title: T
poses:
  mine:
    name: Mine
    position: back
    cautions: [knees]
    variations: {low: {name: Low, from-here: Lower, cautions: [knees, back]}}
    softer: low
    hold: 1m
steps: [{pose: mine}]
"""
    )
    segment = next(span.segment for span in compile_sequence(legs).spans if span.segment.pose)
    assert softer_form(segment, ("knees",))
    assert softer_form(segment, ("knees", "back")) is None


def test_nothing_softer_is_offered_in_a_move_in_a_variation_in_breathing_and_where_it_is_done_already() -> None:
    timeline = timeline_of("{pose: dragon, variation: raised}", "{breathe: 4-6, hold: 2m}", "{pose: lying}")
    assert [softened(timeline, span.start + 1) for span in timeline.spans[:4]] == [None] * 4
    new = soft(timeline, timeline.spans[-1].start)
    assert softer_form(new.spans[-1].segment) is None


def test_what_was_noticed_is_not_said_again_and_the_rest_is_that_of_the_form() -> None:
    timeline = timeline_of("{pose: dragon, hold: 10m, sides: [right]}")
    [hold] = stays(timeline, "dragon")
    for sessions in range(7):
        begun = after(timeline, sessions)
        before = noticed(begun, hold)
        assert len(before) == 3
        second = [cue for cue in begun.cues if cue.role == "notice"][1]
        new = soft(begun, second.at - 1)
        said = noticed(new, hold)
        assert said[0] == before[0]
        assert set(said[1:]) == {"Your [right] hip", "The ceiling"} - {before[0]}
        assert len(said) == len(set(said))
        again = as_before(new, second.at + 1)
        assert again
        assert len(noticed(again, hold)) == len(set(noticed(again, hold)))


@settings(max_examples=30, deadline=None)
@given(SEQUENCES, st.floats(0, 1), st.integers(0, 5))
def test_whatever_is_practised_only_words_and_pictures_change_and_all_is_as_it_was_after_going_back(
    sequence: Sequence, part: float, sessions: int
) -> None:
    timeline = compile_sequence(sequence, sessions=sessions)
    for span in timeline.spans:
        t = round(span.start + part * span.length, 3)
        new = softened(timeline, t)
        if new is None or span.length == 0:
            continue
        assert_only_words_change(timeline, new, t)
        assert_all_is_told(timeline, new, t)
        assert replayed(timeline, [("softer", t, 1.0)]) == new
        assert as_before(new, t) == timeline
        assert replayed(new, [("softer", t, 0.0)]) == timeline


@settings(max_examples=30, deadline=None)
@given(
    SEQUENCES,
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["softer", "softer", *CHANGES])), max_size=8),
)
def test_however_often_it_is_changed_lengths_and_bells_are_those_without_it(
    sequence: Sequence, presses: list[tuple[float, str]]
) -> None:
    timeline = plain = initial = compile_sequence(sequence)
    changes: list[Revision] = []
    t = 0.0
    for part, kind in presses:
        t = round(t + part * (timeline.duration - t) / 2, 3)
        segment = timeline.span_at(t).segment
        if kind == "softer":
            new = as_before(timeline, t) or softened(timeline, t)
            if new is None:
                continue
            changes.append(("softer", t, 0.0 if segment.plain else 1.0))
            assert_only_words_change(timeline, new, t)
            timeline = new
        elif not segment.moving and segment.kind != "scan":
            name, value = CHANGES[kind]
            changes.append((name, t, value))
            timeline, plain = replayed(timeline, changes[-1:]), replayed(plain, changes[-1:])
    assert_only_words_change(plain, timeline, 0.0)
    assert replayed(initial, changes) == timeline
    for i in {i for i, span in enumerate(timeline.spans) if span.segment.pair is not None}:
        told = noticed(timeline, i)
        assert len(told) == len(set(told))


def assert_only_words_change(timeline: Timeline, new: Timeline, t: float) -> None:
    assert [(span.start, span.end, span.course) for span in new.spans] == [
        (span.start, span.end, span.course) for span in timeline.spans
    ]
    assert [cue for cue in new.cues_in(0.0, t) if cue.role != "told"] == [
        cue for cue in timeline.cues_in(0.0, t) if cue.role != "told"
    ]
    assert kept(new) == kept(timeline)


def kept(timeline: Timeline) -> list[Cue]:
    """The bells, what the file says, and the lines before the end of a hold."""
    return [cue for cue in timeline.cues if cue.role not in ("told", "notice")]


def assert_all_is_told(timeline: Timeline, new: Timeline, t: float) -> None:
    """Each way in and out that was told is told in either form, and in time."""
    index = first = timeline.index_at(t)
    while first and timeline.spans[first - 1].segment.moving:
        first -= 1
    for i, (old, span) in enumerate(zip(timeline.spans, new.spans, strict=True)):
        if i < first:
            assert [cue for cue in new.cues if cue.span == i and cue.role == "told"] == [
                cue for cue in timeline.cues if cue.span == i and cue.role == "told"
            ]
        elif span.segment.moving:
            assert span.segment.takes <= max(span.length, old.segment.takes)
        else:
            planned, told = told_before(timeline, i), told_before(new, i)
            ways = {each.segment.second or each.segment.way_in for each in (old, span)}
            if any(part.text in ways for part in planned):
                assert any(part.text in ways for part in told)
            assert len([part for part in told if part.heading]) == len([part for part in planned if part.heading])
    out = [(span.segment.way_out, span.segment.side) for span in (timeline.spans[index], new.spans[index])]
    times = [sum(part[:2] in out for i in range(index + 1, len(each.spans)) for part in told_before(each, i)
                 if not each.spans[i].segment.moving) for each in (timeline, new)]  # fmt: skip
    assert times[1] >= times[0]


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_may_be_told_of_a_softer_form_is_prepared_for_speech(lang: Lang) -> None:
    for name in ("yin-long", "micro-movements", "constructive-rest"):
        timeline = compile_sequence(built_in(name))
        prepared = {words.text for words in words_of(timeline, lang)}
        for i, span in enumerate(timeline.spans):
            new = softened(timeline, span.start)
            if new:
                assert new.spans[i].segment.from_here.said(lang, span.segment.side) in prepared
                assert {words.text for words in words_of(new, lang)} <= prepared


def test_the_way_back_is_prepared_where_a_practice_goes_on_in_a_softer_form() -> None:
    timeline = compile_sequence(built_in("yin"))
    for i in stays(timeline, "constructive-rest"):
        new = soft(timeline, timeline.spans[i].start)
        assert {*words_of(timeline, "en")} <= {*words_of(new, "en")}
