"""The contents of the screen on which a voice is recorded: pure functions of what is shown and the size of a region."""

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.cells import fitting
from psoas_cli.tui.headline import Main, main_lines
from psoas_cli.tui.hints import fitting_hints, forms
from psoas_cli.tui.letters import big_text
from psoas_cli.tui.regions import Block, text_rows

if TYPE_CHECKING:
    from psoas_cli.tui.theme import StyleName

_TOO_SMALL = (
    Text("Make the window larger to record", "Maak het venster groter om op te nemen"),
    Text("Make window larger", "Maak venster groter"),
)
_LARGE_SIGN = 5  # rows from which a sign is in large letters
_WIDEST_TEXT = 64  # columns of a text that is too long for large letters; longer lines are hard to read aloud
_MOST_LARGE = 15  # rows of large letters, three lines of them; more are harder to read aloud than small ones
_WIDEST_METER = 40


@record(frozen=True)
class Booth:
    """What is shown while a voice is recorded.

    Args:
        voice: Whose voice it is.
        place: Which text it is, and of how many.
        before: The text before, so that the tone carries over; empty if there is none.
        text: The text to speak, or what there is to say instead.
        sign: What to do now: a count, or a word.
        notes: What there is to know, the most important first.
        level: How much of the meter is filled, 0..1.
        heard: The same in a word.
        hints: The keys.
        lang: The language.
    """

    voice: str
    place: str = ""
    before: str = ""
    text: str = ""
    sign: str = ""
    notes: tuple[str, ...] = ()
    level: float = 0.0
    heard: str = ""
    hints: tuple[str, ...] = ()
    lang: Lang = "en"


def booth_lines(booth: Booth, region: str, width: int, height: int, *, ascii_only: bool = False) -> Block:
    """What *booth* shows in a *region*, centred."""
    match region:
        case "before":
            lines = text_rows(((booth.before, "faint"),), width, height)
        case "script":
            lines = _script(booth.text, width, height, ascii_only=ascii_only)
        case "sign":
            lines = _sign(booth.sign, width, height, ascii_only=ascii_only)
        case "notes":
            lines = _notes(booth.notes, width, height)
        case _:
            lines = _meter(booth.level, booth.heard, width, ascii_only=ascii_only)
    return tuple((" " * max(0, (width - cell_len(line)) // 2) + line, style) for line, style in lines)


def booth_line(booth: Booth, width: int) -> str:
    """What there is to say; where a text is to be recorded, that there is no room for that."""
    if not booth.place:
        return fitting(booth.text, width)
    return fitting_hints((forms(booth.lang, _TOO_SMALL),), width)


@lru_cache(8)
def _script(text: str, width: int, height: int, *, ascii_only: bool) -> Block:
    """The text to speak, in letters as large as there is room for."""
    large = None if ascii_only else big_text(text, width, min(height, _MOST_LARGE))
    lines: Block = tuple((row, "name") for row in large) if large else ()
    lines = lines or text_rows(((text, "name"),), min(width, _WIDEST_TEXT), height)
    blank: Block = (("", "plain"),)
    return (*blank * ((height - len(lines)) // 2), *lines)


@lru_cache(8)
def _sign(sign: str, width: int, height: int, *, ascii_only: bool) -> Block:
    """The sign: a count in large digits, a word in large letters, or one line."""
    if height < _LARGE_SIGN:
        return ((sign, "strong"),)
    main = Main("", clock=sign, clock_first=True) if sign.isdigit() else Main(sign)
    return main_lines(main, width, height, ascii_only=ascii_only)


def _notes(notes: tuple[str, ...], width: int, height: int) -> Block:
    """As many notes as fit, the first of them stronger."""
    lines: Block = tuple((note, "plain" if number else "strong") for number, note in enumerate(notes))
    return text_rows(lines, width, height) if lines else ()


def _meter(level: float, heard: str, width: int, *, ascii_only: bool) -> Block:
    """How loud the microphone hears it, as a bar and in a word."""
    room = max(1, min(_WIDEST_METER, width - 2 * (cell_len(heard) + 2)))
    filled = round(room * max(0.0, min(1.0, level)))
    full, empty = ("#", "-") if ascii_only else ("█", "─")
    style: StyleName = "bar"
    word = f"  {heard}" if heard else ""
    return ((f"{' ' * cell_len(word)}{full * filled}{empty * (room - filled)}{word}", style),)  # it keeps its place
