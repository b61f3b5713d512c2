"""What is typed, in whatever pieces it comes, and what is no key."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.tui.keys import KeyParser, typed_by

PASTE = "\x1b[200~{}\x1b[201~"


def typed(*pieces: tuple[float, str], over_a_line: bool = False) -> list[str]:
    """The keys of pieces that come at their times, and of a long silence after them."""
    parser = KeyParser(over_a_line=over_a_line)
    keys = []
    for now, text in pieces:
        deadline = parser.deadline
        if deadline is not None and deadline <= now:
            keys += parser.feed(b"", deadline)
        keys += parser.feed(text.encode(), now)
    return keys + parser.feed(b"", pieces[-1][0] + 10)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("q + -?é", ["q", "space", "+", "space", "-", "?", "é"]),
        ("\r\n", ["enter", "enter"]),
        ("\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        ("\x1bOA\x1bOB\x1bOC\x1bOD", ["up", "down", "right", "left"]),
        ("\x1b[5~\x1b[6~\x1b[1~\x1b[4~\x1b[H\x1b[F", ["pageup", "pagedown", "home", "end", "home", "end"]),
        ("\x1b", ["esc"]),
        ("\x1b\x1b", ["esc", "esc"]),
        ("\x7f\b", ["backspace", "backspace"]),
        ("\x1b[1;5C\x1b[[A\x1b[15~\x1bq\x01n", ["n"]),
        ("\x1b]11;rgb:00/00/00\x07\x1bP1+r\x1b\\n", ["n"]),
        (PASTE.format("q\r\x1b[A\x1bq" * 2000) + "n", ["pasted", "n"]),
        ("\x1bO5A\x1bO1;5Cn", ["n"]),
    ],
)
def test_keys_have_names(text: str, keys: list[str]) -> None:
    assert typed((0, text)) == keys


@given(st.lists(st.integers(0, 60), max_size=8))
def test_pieces_do_not_matter(cuts: list[int]) -> None:
    text = "n\x1b[A é\x1bOB" + PASTE.format("q q\x1b[B") + "\x1b[6~+"
    data = text.encode()
    parser = KeyParser()
    keys: list[str] = []
    bounds = sorted({0, len(data), *(cut % len(data) for cut in cuts)})
    for i, (start, end) in enumerate(pairwise(bounds)):
        keys += parser.feed(data[start:end], i * 0.02)
    assert keys == ["n", "up", "space", "é", "down", "pasted", "pagedown", "+"]


@pytest.mark.parametrize(
    ("sequence", "keys"),
    [("\x1b[C", ["right"]), ("\x1bOC", ["right"]), ("\x1b[5~", ["pageup"]), ("\x1b[15~", [])],
)
def test_over_a_slow_line_a_key_is_what_it_is_and_no_esc(sequence: str, keys: list[str]) -> None:
    pieces = [(i * 0.3, piece) for i, piece in enumerate(sequence)]
    assert typed(*pieces, (9, "n"), over_a_line=True) == [*keys, "n"]


@pytest.mark.parametrize(("pause", "over_a_line"), [(0.1, False), (0.6, True)])
def test_where_nobody_expects_it_an_esc_is_seen_before_the_arrow(pause: float, over_a_line: bool) -> None:
    pieces = [(i * pause, piece) for i, piece in enumerate("\x1b[An")]
    assert typed(*pieces, over_a_line=over_a_line) == ["esc", "up", "n"]


@pytest.mark.parametrize(("pause", "keys"), [(0.3, ["pasted", "n"]), (0.6, ["esc", "pasted", "n"])])
def test_a_paste_whose_escape_came_early_is_no_keys(pause: float, keys: list[str]) -> None:
    assert typed((0, "\x1b"), (pause, "[200~q q"), (2.0, "q\x1b[20"), (2.3, "1~n"), over_a_line=True) == keys


def test_a_sequence_without_an_end_does_not_block_the_keys_after_it() -> None:
    assert typed((0, "\x1b[1"), (3, "n")) == ["n"]


@pytest.mark.parametrize("over_a_line", [False, True])
@pytest.mark.parametrize("later", [0.06, 0.3, 0.5, 3])
@pytest.mark.parametrize(("text", "keys"), [("q", ["q"]), ("\x1b", ["esc"]), ("é ", ["é", "space"])])
def test_esc_then_later_another_key(later: float, text: str, keys: list[str], over_a_line: bool) -> None:
    assert typed((0, "\x1b"), (later, text), over_a_line=over_a_line) == ["esc", *keys]


@pytest.mark.parametrize("inside", ["", "q q", "q\x1b[A", "q\x1b[20", "é".encode()[:1].decode("latin-1")])
def test_a_paste_that_never_ends_is_given_up_after_two_quiet_seconds(inside: str) -> None:
    assert typed((0, f"\x1b[200~{inside}"), (2.1, " q"), (9, "n")) == ["space", "q", "n"]


def test_a_paste_that_goes_on_slowly_is_a_paste_however_long_it_takes() -> None:
    pieces = [(i * 1.9, "q ") for i in range(1, 30)]
    assert typed((0, "\x1b[200~"), *pieces, (57, "g\x1b[201~n")) == ["pasted", "n"]


def test_what_waited_while_nobody_looked_still_belongs_to_the_paste() -> None:
    parser = KeyParser()
    assert parser.feed(b"\x1b[200~q", 0) == []
    assert parser.feed(b"q q", 60) == []  # the program was busy for a minute, the line was not silent
    assert parser.feed(b"\x1b[201~ ", 60.1) == ["pasted", "space"]


def test_letters_mean_the_same_in_either_case_and_type_what_was_typed() -> None:
    keys = KeyParser().feed("gQÉ+ ßİ".encode(), 0)
    assert keys == ["g", "q", "é", "+", "space", "ß", "İ"]
    assert "".join(map(typed_by, keys)) == "gQÉ+ ßİ"
    assert [typed_by(name) for name in ("enter", "up", "x")] == ["", "", "x"]


@pytest.mark.parametrize(
    "report", [b"\x1b[M !!", b"\x1b[MC/q", b"\x1b[M \xe9\x80", b"\x1b[M\x1b[A", b"\x1b[M#\xc3\x28"]
)
@pytest.mark.parametrize("cut", range(1, 6))
def test_a_report_of_the_mouse_is_no_keys_whatever_bytes_it_has(report: bytes, cut: int) -> None:
    parser = KeyParser()
    assert parser.feed(report, 0) + parser.feed(b"n\xc3\xa9", 1) == ["n", "é"]
    assert parser.feed(report[:cut], 2) + parser.feed(report[cut:] + b"n", 2.01) == ["n"]


@given(st.binary(max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_any_bytes_leave_the_keys_after_them_alone(noise: bytes, cuts: list[int]) -> None:
    parser = KeyParser()
    bounds = sorted({0, len(noise), *(min(cut, len(noise)) for cut in cuts)})
    for start, end in pairwise(bounds):
        parser.feed(noise[start:end], 0)
    parser.feed(b"", 20)
    parser.feed(b"", 40)
    assert parser.feed(b"n", 60) == ["n"]


@pytest.mark.parametrize("keys", ["qqq", "  q", ["\x1b[A", "é", "q"]])
def test_a_paste_without_an_end_is_over_once_a_person_keeps_pressing_keys(keys: list[str]) -> None:
    pieces = [(0.5 * number, key) for number, key in enumerate(keys, start=1)]
    assert typed((0, "\x1b[200~text"), *pieces, (2, "n")) == ["q", "n"]


def test_a_paste_that_comes_byte_by_byte_is_a_paste() -> None:
    quick = [(0.03 * number, char) for number, char in enumerate(PASTE.format("q g q é") + "n")]
    assert typed(*quick) == ["pasted", "n"]
    end = [(2 + 0.3 * number, char) for number, char in enumerate("\x1b[201~n")]
    assert typed((0, "\x1b[200~q q"), (1, "q q"), *end) == ["pasted", "n"]


@pytest.mark.parametrize("cut", range(2, 6))
def test_the_start_of_a_paste_that_is_cut_for_long_still_begins_one(cut: int) -> None:
    text = PASTE.format("q q")
    assert typed((0, text[:cut]), (8, text[cut:]), (9, "n")) == ["pasted", "n"]


def test_a_pasted_text_is_typed_on_one_line_with_all_that_can_be_typed() -> None:
    (key, last) = KeyParser().feed(PASTE.format("Warm\r\n\tin \x1b[31mmijn buik\u202e क्\u200dष").encode() + b"n", 0)
    assert (typed_by(key), last) == ("Warm in [31mmijn buik क्\u200dष", "n")
    assert len(typed_by(KeyParser().feed(PASTE.format("q" * 10**6).encode(), 0)[0])) <= 4096


def test_joiners_within_words_and_emoji_are_typed() -> None:
    typed_text = "\u0645\u06cc\u200c\u062e\u0648\u0631\u0645 👩\u200d👧"
    assert "".join(map(typed_by, KeyParser().feed(typed_text.encode(), 0))) == typed_text
