"""The breath as a shape."""

import pytest

from psoas_cli.tui.orb import orb, parts

SIZES = [(40, 20), (22, 9), (9, 4), (5, 3), (40, 2), (30, 1), (7, 20), (1, 1)]


def drawn(rows: tuple[str, ...]) -> int:
    return sum(len(text.replace(" ", "")) for row in rows for text, is_mark in parts(row) if not is_mark)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fills_its_room_and_only_grows(width: int, height: int, ascii_only: bool) -> None:
    pictures = [orb(width, height, i / 200, ascii_only=ascii_only) for i in range(201)]
    for rows in pictures:
        assert len(rows) == height
        assert {len(row) for row in rows} == {width}
        assert ["".join(text for text, _ in parts(row)) for row in rows] == list(rows)
    sizes = [drawn(rows) for rows in pictures]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def test_a_disc_has_a_seed_a_goal_and_few_enough_pictures_to_remember() -> None:
    assert drawn(orb(40, 20, 0)) > 0
    assert any(is_mark for row in orb(40, 20, 0.5) for _, is_mark in parts(row))
    assert 30 <= len({orb(40, 20, i / 300) for i in range(301)}) <= 64
    assert len({orb(140, 60, i / 300) for i in range(301)}) <= 65


def test_a_disc_is_round_and_in_the_middle() -> None:
    rows = orb(40, 20, 0.6)
    lit = [y for y, row in enumerate(rows) if any(not mark and text.strip() for text, mark in parts(row))]
    widest = max(sum(len(text.replace(" ", "")) for text, mark in parts(row) if not mark) for row in rows)
    assert abs(widest - 2 * len(lit)) <= 2
    assert lit[0] == 19 - lit[-1]


def test_out_of_range_is_the_nearest_end() -> None:
    assert orb(20, 9, -1) == orb(20, 9, 0)
    assert orb(20, 9, 2) == orb(20, 9, 1)


def test_ascii_is_ascii() -> None:
    assert set("".join(orb(21, 9, 0.5, ascii_only=True))) == {" ", "#", "."}
