from hypothesis import given
from hypothesis import strategies as st
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.navigation import SAME_PLACE, Chapter, chapters_of, next_place, place_again
from psoas_cli.practice.score.segments import place_name, plan_name
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at

SIDES = """
title: Test
lead-in: 10s
transition: 0s
steps:
  - {pose: dragon, hold: 2m, between: {hold: 10s}}
  - scan: [Feet, Legs]
"""


@given(SEQUENCES)
def test_they_cover_the_file_and_begin_where_its_stops_do(sequence: Sequence) -> None:
    timeline = compile_sequence(sequence)
    seconds = timeline.duration + 26
    for lang in LANGS:
        chapters = chapters_of(timeline, seconds, lang)
        assert [chapter.start for chapter in chapters] == sorted({0.0, *timeline.stops})
        assert [chapter.end for chapter in chapters] == [*(chapter.start for chapter in chapters[1:]), seconds]
        assert all(chapter.name for chapter in chapters)


def test_they_are_called_as_in_the_plan() -> None:
    timeline = compile_sequence(read(SIDES))
    assert chapters_of(timeline, 350.0, "en")[:2] == [
        Chapter(0.0, 10.0, "Settling in"),
        Chapter(10.0, 140.0, "Dragon, right foot forward · first of two sides"),
    ]
    assert [chapter.name for chapter in chapters_of(timeline, 350.0, "nl")] == [
        "Aankomen",
        "Draak, rechtervoet naar voren · eerste van twee kanten",
        "Draak, linkervoet naar voren · tweede van twee kanten",
        "Bodyscan",
    ]


@given(SEQUENCES, st.floats(0, 1))
def test_what_is_called_next_is_where_the_key_for_it_goes_and_back_leads_there_again(
    sequence: Sequence, part: float
) -> None:
    timeline = compile_sequence(sequence)
    here = part * timeline.duration
    view, place = view_at(timeline, here, "en"), next_place(timeline, here)
    assert bool(view.next) is (place is not None)
    if place is None:
        return
    assert place.start > here
    assert view.next == ("Coming back" if place.segment.moving else place_name(place.segment).said("en"))
    if not place.segment.moving:
        again = place_again(timeline, place.start)  # right at its start, one goes to what came before
        assert again < place.start
        assert place_again(timeline, place.start + SAME_PLACE + 0.1) in {
            place.start,
            *(other.start for other in timeline.places if place.start < other.start <= place.start + SAME_PLACE + 0.1),
        }


def test_a_rebound_is_a_place_and_the_regions_of_a_scan_are_one() -> None:
    steps = "[{pose: dragon, hold: 2m, sides: right, rebound: {pose: lying, hold: 30s}}, {scan: [Feet, Legs]}]"
    timeline = compile_sequence(read(f"title: Test\ntransition: 20s\nsteps: {steps}"))
    assert [place.segment.kind for place in timeline.places] == ["hold", "rebound", "scan"]
    hold = timeline.places[0]
    assert next_place(timeline, hold.start + 5) == timeline.places[1]
    assert next_place(timeline, timeline.places[2].start) is None
    assert next_place(timeline, timeline.places[1].start - 5) == timeline.places[2]  # one moves to the rebound already
    assert place_again(timeline, timeline.places[1].start - 5) == hold.start


def test_a_round_of_a_scan_is_called_by_the_sentence_that_announces_it() -> None:
    rounds = (
        "[{scan: ['The right side.', Arm]}, {scan: [Feet, Legs]}, {scan: ['" + "A long way round. " * 3 + "', Arm]}]"
    )
    timeline = compile_sequence(read(f"title: Test\nlanguage: en\nlead-in: 0s\nsteps: {rounds}"))
    names = [plan_name(place.segment, "en") for place in timeline.places]
    assert names == ["Body scan: the right side", "Body scan", "Body scan"]
