"""The screen on which a voice is recorded: every text is whole on it, and every line fits."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from psoas_cli.player.narrator import everything
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.tui.booth_regions import Booth, booth_line, booth_lines
from psoas_cli.tui.layout import Size, layout

SIZES = ((40, 12), (80, 24), (120, 40))
BOOTH = Booth(
    "Anna",
    "12 of 85 · 73 to go",
    before="Before: Step your right foot between your hands. Slide your left knee back as far as is comfortable.",
    text="Come onto your back.",
    sign="Speak",
    notes=("3 s · its move has time for 9", "The room is only 22 dB softer than your voice. Nearer to it, it is less."),
    level=0.7,
    heard="good",
)


def shown(booth: Booth, size: tuple[int, int], *, ascii_only: bool = False) -> dict[str, tuple[str, ...]]:
    """The lines of each region that has some."""
    named = ("before", "script", "sign", "notes", "meter")
    return {
        region.name: tuple(
            line for line, _ in booth_lines(booth, region.name, region.width, region.height, ascii_only=ascii_only)
        )
        for region in layout(Size(*size), "booth")
        if region.name in named
    }


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sign", ["", "3", "Speak", "Bewaren?"])
def test_every_line_is_within_its_region(size: tuple[int, int], sign: str, *, ascii_only: bool) -> None:
    lines = shown(replace(BOOTH, sign=sign), size, ascii_only=ascii_only)
    for region in layout(Size(*size), "booth"):
        for line in lines.get(region.name, ()):
            assert cell_len(line) <= region.width
        assert len(lines.get(region.name, ())) <= region.height


@pytest.mark.parametrize("lang", LANGS)
def test_whatever_psoas_says_can_be_read_whole_on_the_smallest_screen(lang: Lang) -> None:
    for words in everything(lang):
        lines = shown(Booth("Anna", text=words.text), (40, 12), ascii_only=True)["script"]
        assert " ".join(" ".join(lines).split()) == words.text


def test_a_short_text_is_in_large_letters_and_a_long_one_is_not() -> None:
    large = shown(BOOTH, (80, 24))["script"]
    assert "Come onto your back." not in "\n".join(large)
    assert len([line for line in large if line.strip()]) >= 4
    long = shown(Booth("Anna", text=BOOTH.before), (80, 24))["script"]
    assert "Before: Step your right foot" in "\n".join(long)


def test_the_meter_keeps_its_place_and_says_its_level_in_a_word() -> None:
    quiet, loud = (
        shown(Booth("Anna", level=level, heard=word), (80, 24))["meter"] for level, word in ((0, ""), (1, "good"))
    )
    assert quiet[0].index("─") == loud[0].index("█")
    assert loud[0].endswith("good")


@pytest.mark.parametrize("width", [1, 19, 20, 38, 39])
def test_where_there_is_no_room_to_record_it_says_so(width: int) -> None:
    for lang in LANGS:
        said = {"en": "Make", "nl": "Maak"}[lang]
        line = booth_line(replace(BOOTH, lang=lang), width)
        assert cell_len(line) <= width
        assert said == line[:4] or width == 1
        assert "…" not in line or width == 1
    assert booth_line(Booth("voice", text="No microphone"), 39) == "No microphone"
