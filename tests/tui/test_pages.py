"""Pages: every line once and in order, no heading left alone, and the foot below each."""

from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.tui.pages import folded, folded_into, packed
from psoas_cli.tui.regions import Block, Line, wrapped
from psoas_cli.tui.theme import StyleName

STYLES: list[StyleName] = ["plain", "strong"]
LINES = st.lists(st.tuples(st.sampled_from(["", "one", "one two three " * 5]), st.sampled_from(STYLES)))
TEXT: Line = ("text", "plain")
FOOT: Block = (("When to come out of it", "strong"),)


def said(lines: Block | list[Line]) -> list[str]:
    return [line for line, _ in lines if line]


@given(LINES, st.integers(40, 90), st.integers(12, 40), st.booleans())
def test_no_word_is_lost_and_the_foot_is_on_every_page(lines: list[Line], width: int, height: int, foot: bool) -> None:
    below = FOOT if foot else ()
    pages = folded(tuple(lines), (width, height), below)
    shown = [line for page in pages for line in said(page[: len(page) - len(below)])]
    assert " ".join(shown).split() == " ".join(said(lines)).split()  # a line may go on on the next page
    assert all(page[len(page) - len(below) :] == below for page in pages)


@given(LINES, st.integers(10, 90), st.integers(1, 12))
def test_no_page_is_longer_than_the_screen(lines: list[Line], width: int, height: int) -> None:
    for page in folded_into(tuple(lines), width, height):
        assert len(wrapped(page, width)) <= height


def test_a_heading_stays_with_what_it_is_above_and_the_foot_is_lowest() -> None:
    lines: Block = (*[TEXT] * 9, ("Heading", "strong"), ("below it", "plain"))
    first, second = folded(lines, (40, 12), FOOT)
    assert said(first) == ["text"] * 9 + said(FOOT)
    assert len(first) == len(second) == 11
    assert said(second) == ["Heading", "below it", *said(FOOT)]


def test_one_page_has_a_blank_row_before_its_foot_where_there_is_room() -> None:
    for count, between in ((9, 1), (10, 0)):
        (page,) = folded((TEXT,) * count, (40, 12), FOOT)
        assert page == (*[TEXT] * count, *[("", "plain")] * between, *FOOT)
    assert folded((), (40, 12)) == ()
    assert folded((("a", "plain"),), (20, 5), FOOT) == ((("a", "plain"), *FOOT),)


def test_what_is_longer_than_a_page_begins_on_one_of_its_own_where_little_is_left_of_the_last() -> None:
    title: Block = (TEXT,) * 6
    plan: Block = tuple((f"stop {number}", "plain") for number in range(11))
    first, second, third = packed([title, plan], 36, 11, FOOT)
    assert said(first) == [*said(title), *said(FOOT)]
    assert said((*second, *third)) == [*said(plan[:10]), *said(FOOT), *said(plan[10:]), *said(FOOT)]
    assert said(packed([title[:2], plan], 36, 11, FOOT)[0])[:3] == ["text", "text", "stop 0"]
