"""What has no room on the screen is what a terminal does not show."""

from __future__ import annotations

import pytest
from tests.tui.test_screen import Terminal

from psoas_cli.commands.check.truncation import lacks
from psoas_cli.practice.format.reader import Shelf, Source, read_sequence
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.tui.layout import Size
from psoas_cli.tui.status import Status


@pytest.mark.parametrize("place", ["header", "main", "text"])
def test_a_text_is_cut_on_the_screen_where_it_is_said_to_be(place: str) -> None:
    outcomes = []
    for words in (4, 12, 15, 17, 50, 60, 64, 80, 100):
        texts = dict.fromkeys(("header", "main", "text"), "Short") | {place: "wide " * words + "Last"}
        steps = f"[{{name: {texts['main']}, hold: 3m, text: {texts['text']}}}]"
        content = f"title: {texts['header']}\nlead-in: 15s\nsteps: {steps}\n"
        timeline = compile_sequence(read_sequence(Source("x", "x.yaml", content), Shelf("en")))
        status = Status("en", texts["header"], "playing", view_at(timeline, 60.0, "en"), "21:45")
        terminal = Terminal(80, 24)
        terminal.screen.show(status)
        cut = [each.place for each in lacks(status, Size(80, 24))]
        assert cut == ([] if "Last" in terminal.frame else [place])
        outcomes.append(bool(cut))
    assert True in outcomes
    assert False in outcomes
