"""Figures in characters."""

import re

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from psoas_cli.player import cards
from psoas_cli.practice.model.figure import PROPS, Figure, Prop, mirrored
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.library import Library
from psoas_cli.tui.drawing import draw
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import PoseCard

POSES = dict(Library("en").poses)
FIGURES = {pose.id: pose.figure for pose in POSES.values() if pose.figure}

points = st.tuples(st.floats(-10, 10), st.floats(-10, 10))
ways = st.lists(points, min_size=2, max_size=5).map(tuple)
figures = st.builds(
    Figure,
    head=points,
    trunk=ways,
    right_arm=ways,
    left_leg=ways,
    props=st.lists(st.builds(Prop, st.sampled_from(PROPS), *[st.floats(-10, 10)] * 4), max_size=2).map(tuple),
    arrows=st.lists(ways, max_size=2).map(tuple),
    view=st.sampled_from(["side", "top"]),
)


def inked(rows: tuple[str, ...]) -> set[tuple[int, int]]:
    return {(x, y) for y, row in enumerate(rows) for x, char in enumerate(row) if char != " "}


@settings(max_examples=50, deadline=None)
@given(figures, st.integers(1, 70), st.integers(1, 25), st.booleans())
def test_any_figure_fits_any_room(figure: Figure, width: int, height: int, ascii_only: bool) -> None:
    rows = draw(figure, width, height, ascii_only=ascii_only)
    assert len(rows) == height
    assert {len(row) for row in rows} == {width}
    assert inked(rows)
    if ascii_only:
        assert "".join(rows).isascii()


@pytest.mark.parametrize("size", [(24, 6), (34, 12), (60, 20)])
@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_as_large_as_its_room_and_mirrored_on_the_left(name: str, size: tuple[int, int]) -> None:
    width, height = size
    found = inked(draw(FIGURES[name], width, height))
    across, down = ({place[i] for place in found} for i in (0, 1))
    assert max(across) - min(across) >= width - 2 or max(down) - min(down) >= height - 2
    other = inked(draw(mirrored(FIGURES[name]), width, height))
    turned = {(x, height - 1 - y) if FIGURES[name].view == "top" else (width - 1 - x, y) for x, y in other}
    assert len(turned ^ found) <= len(found) // 4  # the same, but for dots on the edge of two


@pytest.mark.parametrize("name", ["constructive-rest", "baby-dragon", "savasana"])
def test_the_smallest_pictures_and_those_without_braille(name: str, snapshot: SnapshotAssertion) -> None:
    rows = [*draw(FIGURES[name], 24, 6), "", *draw(FIGURES[name], 36, 12, ascii_only=True)]
    assert "\n".join(row.rstrip() for row in rows) == snapshot


def looked_at(card: PoseCard, lang: Lang) -> str:
    """The words of a card on a screen of 80x24, without its picture."""
    emulated = pyte.Screen(80, 24)
    screen = Screen("truecolor", pyte.Stream(emulated).feed)
    screen.resize(80, 24)
    screen.card(card, lang)
    shown = "\n".join(emulated.display)
    assert re.search("[\u2801-\u28ff]{4}", shown), f"{card.title} has no picture"
    return " ".join(re.sub("[\u2800-\u28ff]", " ", shown).split())


@pytest.mark.parametrize("lang", LANGS)
def test_every_pose_is_looked_at_with_its_picture_and_no_text_is_cut(lang: Lang) -> None:
    library = Library(lang)
    practices = [compile_sequence(library.sequence(name)) for name in library.entries]
    found = [placed.card for practice in practices for placed in cards.cards_of(practice, lang)]
    shown = {(card.title, card.side): card for card in found if card.figure}
    assert len(shown) > 15
    for card in shown.values():
        words = looked_at(card, lang)
        for text in (card.title, card.side, card.way_in, *card.notice, card.way_out, *card.props):
            assert " ".join(text.split()) in words
        assert all(text in words for _, text in card.options)
