"""The countdown's digits."""

import pytest

from psoas_cli.tui.digits import big_digits


@pytest.mark.parametrize(
    ("rows", "ascii_only"),
    [*((rows, False) for rows in range(3, 16)), (5, True), *((rows, True) for rows in range(7, 16))],
)
def test_digits_are_told_apart_and_do_not_move_each_other(rows: int, ascii_only: bool) -> None:
    glyphs = {digit: big_digits(digit, 200, rows, ascii_only=ascii_only) for digit in "0123456789"}
    assert len(set(glyphs.values())) == 10
    assert {len(glyph) for glyph in glyphs.values()} == {rows}
    assert len({len(row) for glyph in glyphs.values() for row in glyph}) == 1
    before, after = (big_digits(text, 200, rows, ascii_only=ascii_only) for text in ("01:11", "01:18"))
    width = len(glyphs["0"][0])
    assert [row[:-width] for row in before] == [row[:-width] for row in after]


@pytest.mark.parametrize(("width", "height"), [(5, 1), (20, 3), (40, 12), (80, 6), (80, 24), (120, 40)])
def test_digits_use_the_room_and_stay_in_it(width: int, height: int) -> None:
    rows = big_digits("04:37", width, height)
    assert len(rows) <= height
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= width
    taller = big_digits("04:37", 1000, len(rows) + 1)
    assert len(rows) == height or len(taller[0]) > width or len(taller) < len(rows) + 1


def test_where_nothing_larger_fits_it_is_the_text_itself() -> None:
    assert big_digits("04:37", 12, 2) == ("04:37",)
    assert big_digits("04:37", 10, 20) == ("04:37",)


def test_ascii_is_ascii() -> None:
    assert set("".join(big_digits("0123456789:", 200, 7, ascii_only=True))) == {" ", "#"}
