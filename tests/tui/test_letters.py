"""Large letters."""

import string

import pytest

from psoas_cli.tui.letters import big_text


def test_every_character_has_a_shape_of_its_own() -> None:
    characters = string.ascii_letters + string.digits + "-'.,:()/?!&" + "ëéèïöüäóá"
    shapes = {char: big_text(char, 20, 5) for char in characters}
    assert None not in shapes.values()
    assert len(set(shapes.values())) == len(characters)


@pytest.mark.parametrize(("width", "height"), [(40, 5), (60, 12), (80, 10), (100, 20), (200, 40)])
@pytest.mark.parametrize("text", ["Supported bridge", "Liggende vlinder", "Second of two sides", "Child's pose"])
def test_text_stays_in_its_room(text: str, width: int, height: int) -> None:
    rows = big_text(text, width, height)
    if rows is not None:
        assert len(rows) <= height
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(rows[0]) <= width


def test_more_room_gives_larger_letters() -> None:
    sizes = [len(big_text("Rust", width, height) or ()) for width, height in [(12, 5), (30, 5), (60, 10), (120, 20)]]
    assert sizes == [5, 5, 10, 20]


def test_words_wrap_onto_even_lines() -> None:
    rows = big_text("Second of two sides", 80, 12)
    first, second = big_text("Second of", 80, 5), big_text("two sides", 80, 5)
    assert rows is not None
    assert first is not None
    assert second is not None
    assert [row.strip() for row in rows] == [row.strip() for row in (*first, *second)]


@pytest.mark.parametrize(("text", "alike"), [("Élan", "Elan"), ("nin\u0303o", "nino"), ("Child’s", "Child's")])  # noqa: RUF001
def test_characters_without_a_shape_are_shown_by_their_base(text: str, alike: str) -> None:
    assert big_text(text, 80, 5) == big_text(alike, 80, 5)
    assert big_text("cafe\u0301", 80, 5) == big_text("café", 80, 5)


@pytest.mark.parametrize(
    ("text", "width", "height"), [("漢字", 80, 24), ("", 80, 24), ("bridge", 10, 24), ("hip", 80, 4)]
)
def test_none_where_it_cannot_be_drawn(text: str, width: int, height: int) -> None:
    assert big_text(text, width, height) is None
