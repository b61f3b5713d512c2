from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.text import Side, Text, cells, encoded, padded, shortened, shown, visible


@pytest.mark.parametrize(
    ("written", "side", "said"),
    [
        ("Your [right] foot", "right", "Your right foot"),
        ("Your [right] foot", "left", "Your left foot"),
        ("[Right] foot, [left] hand", "left", "Left foot, right hand"),
        ("[RIGHT]", "left", "LEFT"),
        ("Zet je [rechter]voet, naar [rechts]", "left", "Zet je linkervoet, naar links"),
        ("de [Rechtse] knie", "left", "de Linkse knie"),
        ("Your [right] foot", None, "Your right foot"),
        ("[bold]not markup[/bold] [1] [upright] [right", "left", "[bold]not markup[/bold] [1] [upright] [right"),
        ("all right", "left", "all right"),
    ],
)
def test_words_of_the_side_are_mirrored_on_the_left(written: str, side: Side | None, said: str) -> None:
    assert Text(en=written).said("en", side) == said


def test_a_missing_language_falls_back_to_the_other() -> None:
    assert Text(en="Rest").said("nl") == "Rest"
    assert Text(nl="Rust").said("en") == "Rust"
    assert not Text()


def test_values_are_filled_in_each_in_its_language() -> None:
    said = Text("{name} for {n}", "{name}, {n}").filled(name=Text("Rest", "Rust"), n=3)
    assert said == Text("Rest for 3", "Rust, 3")


@given(st.text())
def test_nothing_that_a_terminal_would_obey_is_left(written: str) -> None:
    for char in shown(written):
        assert ord(char) >= 0x20
        assert not 0x7F <= ord(char) < 0xA0
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
        assert char not in "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad\ufdd0\ufdd3"
        assert not 0xD800 <= ord(char) <= 0xDFFF


@pytest.mark.parametrize("written", ["👩\u200d💻", "می\u200cخواهم", "क्\u200dष", "café", "ｙｉｎ 夜", "\u0600"])  # noqa: RUF001
def test_what_joins_emoji_and_letters_stays(written: str) -> None:
    assert visible(written) == written


@pytest.mark.parametrize(
    "written",
    ["y\u200din", "\u200dyin", "é\u200cn", "y\u3164n", "a\u200bb", "\udcff", "у\u200dіn"],  # noqa: RUF001
)
def test_what_hides_in_a_name_is_shown(written: str) -> None:
    assert "\N{REPLACEMENT CHARACTER}" in visible(written)
    assert len(visible(written)) == len(written)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("yin", 3), ("夜の", 4), ("e\u0301", 1), ("🌙", 2), ("ｙ", 2), ("👩\u200d💻", 4), ("", 0)],  # noqa: RUF001
)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, columns: int) -> None:
    assert cells(text) == columns


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(1, 20))
def test_what_is_shortened_or_padded_has_its_width(text: str, width: int) -> None:
    short = shortened(text, width)
    assert cells(short) <= width
    assert short == text or short.endswith("…")
    assert cells(padded(short, width)) == width


def test_what_is_filled_in_cannot_be_obeyed_or_make_a_line() -> None:
    said = Text("Created {file}", "{file} staat klaar").filled(file=PurePosixPath("a\x1b[1m\nb\u202e"))
    assert said.en == "Created a␛[1m␊b\N{REPLACEMENT CHARACTER}"


def test_control_characters_are_shown_and_line_ends_are_spaces() -> None:
    assert shown("a\x1b[31m\x07\x7f b\n  c\x9b") == "a␛[31m␇␡ b c\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gevoelige knieën · één …", b"gevoelige knieen - een ."),
        ("← → ↑ ↓ ▸ “zo” it’s 2×", b'< > ^ v > "zo" it\'s 2x'),  # noqa: RUF001
        ("木 🧘", b"? ?"),
    ],
)
def test_what_ascii_lacks_is_near(text: str, shown: bytes) -> None:
    assert encoded(text, "ascii") == shown
    assert encoded(text, "utf-8").decode() == text
