"""Text in cells: nothing is wider than its row, and no word is lost."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from psoas_cli.tui.cells import fitting, rows_of

TEXTS = st.text(st.sampled_from("ab é漢字🧘 -\N{COMBINING ACUTE ACCENT}"), max_size=80)


@given(TEXTS, st.integers(2, 30))
def test_rows_are_as_wide_as_there_is_room_and_have_all_of_the_text(text: str, width: int) -> None:
    rows = rows_of(text, width)
    assert all(cell_len(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert len(rows) == 1 or all(rows)


@given(TEXTS, st.integers(0, 30))
def test_what_is_cut_fits_and_says_so(text: str, width: int) -> None:
    cut = fitting(text, width)
    assert cell_len(cut) <= width
    assert cut == text or cut.endswith("…") or width == 0


def test_words_stay_whole_where_a_row_has_room_for_them() -> None:
    assert rows_of("lie on your back, feet flat", 12) == ["lie on your", "back, feet", "flat"]
    assert rows_of("身体を感じる時間", 6) == ["身体を", "感じる", "時間"]
    assert rows_of("a 身体を感じる", 6) == ["a 身体", "を感じ", "る"]
    assert rows_of("", 6) == [""]
