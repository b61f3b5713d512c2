"""Every built-in practice by ear alone; and that the audit hears each kind of fault."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.practice.strategies import read
from tests.practice.test_builtin import IDS, built_in

from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.audit import AuditFinding, audit
from psoas_cli.practice.score.care import with_care
from psoas_cli.practice.score.fitting import feasible_minutes, own_seconds
from psoas_cli.practice.score.plan import segments_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence


def lengths_of(name: str) -> list[Timeline]:
    sequence = built_in(name)
    low, high = feasible_minutes(sequence)
    return [compile_sequence(sequence), *(compile_sequence(sequence, minutes * 60.0) for minutes in (low, high))]


def told(finding: AuditFinding, timeline: Timeline) -> str:
    span = timeline.spans[finding.span]
    return (
        f"{finding.kind} at {span.start:.0f} s, {span.segment.title.en}: {finding.seconds:.1f} of {finding.least:.1f} s"
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", IDS)
def test_a_built_in_practice_can_be_followed_by_ear_at_any_length(name: str, lang: Lang) -> None:
    for timeline in lengths_of(name):
        assert [told(finding, timeline) for finding in audit(timeline, lang)] == []


@pytest.mark.parametrize("sessions", [1, 2])
@pytest.mark.parametrize("name", IDS)
def test_and_the_next_times_too_when_other_things_are_offered_to_notice(name: str, sessions: int) -> None:
    timeline = compile_sequence(built_in(name), sessions=sessions)
    assert [told(finding, timeline) for lang in LANGS for finding in audit(timeline, lang)] == []


CARES = [*((name,) for name in CAUTIONS), ("knees", "back"), ("pregnancy", "lying-flat"), ("hypermobility", "neck")]


@pytest.mark.parametrize("care", CARES, ids="+".join)
def test_and_with_care_too(care: tuple[str, ...]) -> None:
    for name in IDS:
        sequence = built_in(name)
        timeline = compile_sequence(with_care(sequence, care).sequence, own_seconds(segments_of(sequence)))
        assert [(name, told(finding, timeline)) for lang in LANGS for finding in audit(timeline, lang)] == []


@pytest.mark.parametrize("avoid", sorted(built_in("yin").poses))
def test_and_without_any_of_the_poses_too(avoid: str) -> None:
    for name in IDS:
        sequence = built_in(name)
        without = with_care(sequence, (), (avoid,)).sequence
        own, least = own_seconds(segments_of(sequence)), 60.0 * feasible_minutes(without)[0]
        timeline = compile_sequence(without, max(own, least) if without != sequence else None)
        assert [(name, told(finding, timeline)) for lang in LANGS for finding in audit(timeline, lang)] == []


def timeline_of(steps: str, settings: str = "") -> Timeline:
    return compile_sequence(read(f"title: T\nlanguage: en\nbreath: none\n{settings}\nsteps: [{steps}]"))


LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"


@pytest.mark.parametrize(
    ("kind", "steps", "settings"),
    [
        ("hurried", "{pose: lying}, {transition: 10s}, {pose: dragon, between: auto}", ""),
        (
            "hurried",
            "{name: A, hold: 30s, say: [{at: -3s, text: Soon}]}, {transition: 0s}, {name: B, hold: 9s}",
            "",
        ),
        ("rushed", f"{{scan: [{{text: {LONG}, for: 11s}}, Feet]}}", ""),
        ("unsaid", f"{{name: A, hold: 30s, say: [{{at: 20s, text: {LONG}}}, {{at: 24s, text: B}}]}}", ""),
        ("talked over", "{pose: dragon, between: {leave: 2s, pose: lying, hold: 30s, back: auto}}", ""),
        ("restless", f"{{name: A, hold: 2m, say: [{{at: 40s, text: {LONG}}}, {{at: 80s, text: {LONG}}}]}}", ""),
        ("noisy", "{name: A, hold: 3m, say: [{at: 60s, text: B}, {at: 120s, text: C}]}", ""),
        ("unannounced", "{pose: lying}, {pose: dragon, between: auto}", "bells: {end: none}"),
    ],
)
def test_a_fault_is_heard(kind: str, steps: str, settings: str) -> None:
    assert kind in {finding.kind for finding in audit(timeline_of(steps, settings), "en")}


def without_ways_in(timeline: Timeline) -> Timeline:
    cues = [cue for cue in timeline.cues if cue.shown("en") != ("Knees bent",)]
    kept = [replace(cue, told=cue.told._replace(parts=cue.told.parts[:-1])) for cue in cues if cue.role == "told"]
    return replace(timeline, cues=(*(cue for cue in cues if cue.role != "told"), *kept))


def with_ways_in_doubled(timeline: Timeline) -> Timeline:
    told = [cue for cue in timeline.cues if cue.role == "told"]
    cues = (*timeline.cues, *(replace(cue, number=cue.number + 10) for cue in told))
    return replace(timeline, cues=tuple(sorted(cues, key=lambda cue: cue.at)))


@pytest.mark.parametrize(("kind", "plant"), [("untold", without_ways_in), ("told twice", with_ways_in_doubled)])
def test_a_way_in_that_is_not_told_once_is_heard(kind: str, plant: Callable[[Timeline], Timeline]) -> None:
    timeline = timeline_of("{pose: lying}, {pose: dragon, between: auto}")
    assert audit(timeline, "en") == []
    assert kind in {finding.kind for finding in audit(plant(timeline), "en")}
