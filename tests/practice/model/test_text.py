import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.practice.model.text import Side, Text, encoded, shown


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
