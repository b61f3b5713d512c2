"""Fullness: which texts of a practice a screen cannot show whole."""

import textwrap
from collections.abc import Iterator

from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline
from psoas_cli.practice.view import view_at
from psoas_cli.screen.layout import Size, text_room
from psoas_cli.screen.regions import text_lines

USUAL = Size(80, 24)
"""A screen that shows everything the built-in practices say."""


def cut_texts(timeline: Timeline, lang: Lang, size: Size = USUAL) -> Iterator[str]:
    """The texts of *timeline* whose ends are out of sight on a screen of *size*, each with what is told beside it."""
    width, rows = text_room(size)
    instants = sorted({span.start for span in timeline.spans} | {cue.at for cue in timeline.cues if not cue.bell})
    for at in instants:
        view = view_at(timeline, at, lang)
        left = rows
        for line, _ in text_lines(view.lines, view.offer):
            left -= max(1, len(textwrap.wrap(line, width)))
            if left < 0:
                yield line
