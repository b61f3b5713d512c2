from hypothesis import given
from tests.practice.strategies import SEQUENCES, read

from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.navigation import Chapter, chapters_of
from psoas_cli.practice.score.timeline import compile_sequence

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
