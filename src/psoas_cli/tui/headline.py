"""The headline: the largest thing on the screen, a name with its side and a countdown, or the state of the session."""

from collections.abc import Iterable
from dataclasses import replace

from rich.cells import cell_len

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.open_hold import IS_OPEN
from psoas_cli.tui.cells import rows_of
from psoas_cli.tui.digits import big_digits
from psoas_cli.tui.hints import ending_hints, paused_hint
from psoas_cli.tui.letters import big_text, big_texts
from psoas_cli.tui.regions import Block, Line, clock_of, filled
from psoas_cli.tui.status import ENDING, PARTS, PAUSED, RETURNING, STARTING, Status
from psoas_cli.tui.theme import StyleName

_FAREWELL = Text("Take your time before you get up.", "Neem de tijd voordat je opstaat.")

WITH_NOTE = 8
"""Rows from which a note and a clock each get a line below a large name."""

_WIDEST_GAP = 4  # rows between a name and its clock
_SMALLEST_DIGITS = 3  # rows
_AIRY = 7  # rows of a clock from which one of them is left blank
_LETTERS = 5  # rows of the smallest letters, descenders included


@record(frozen=True)
class Main:
    """The largest thing on the screen: a name with its side, a countdown, or the state of the session.

    Args:
        headline: In the largest letters.
        second: In large letters if there is room: the side.
        note: On a line: which of two sides, or a hint.
        clock: A countdown, or empty.
        clock_first: Whether the countdown is the largest thing.
        more: Lines below the headline, as large as it if there is room; apart from them only a note is shown.
        alike: Whether *second* is as large as the headline, so that neither is read without the other.
    """

    headline: str
    second: str = ""
    note: str = ""
    clock: str = ""
    clock_first: bool = False
    more: tuple[str, ...] = ()
    alike: bool = True


def main_of(status: Status) -> Main:
    """What to show largest now."""
    if status.where:
        headline, *more = status.where.large
        return Main(headline, note=_standing(status), more=tuple(more))
    return _as_it_stands(status)


def _as_it_stands(status: Status) -> Main:
    """What to show largest: the practice, or the state of the session while it does not play."""
    lang, view = status.lang, status.view
    clock = clock_of(status)
    name = f"{view.title} · {view.side}" if view.side else view.title
    match status.mode:
        case "paused":
            return Main(PAUSED.said(lang), name, paused_hint(status), clock, alike=False)
        case "returning":
            return Main(view.title, view.side, view.turn, clock_text(status.count_in) if status.numbers else "")
        case "ending":
            return Main(ENDING.said(lang), "", ending_hints(status)[0])
        case "closing":
            return Main(status.practised, "", _FAREWELL.said(lang))
        case "grounding" if status.ground:
            return Main(status.ground.large)
    first = bool(clock) and not view.name_first
    note = PARTS.join(said for said in (view.turn, IS_OPEN.said(lang) if view.open else "") if said)
    return Main(view.title, view.side, note, clock, clock_first=first)


def _standing(status: Status) -> str:
    """That the session is paused, or when it resumes, in words; empty while it plays."""
    if status.mode == "paused":
        return PAUSED.said(status.lang)
    if status.mode == "returning" and status.numbers:
        said = STARTING if status.elsewhere else RETURNING
        return filled(said, status.lang, seconds=clock_text(status.count_in))
    return ""


def main_lines(main: Main, width: int, height: int, *, ascii_only: bool = False) -> Block:
    """*main* in *height* rows, its largest part as large as the rest allows."""
    if main.alike and main.clock:
        return _with_clock(main, width, height, ascii_only=ascii_only)
    if main.alike and main.second:
        return _with_side(main, width, height, ascii_only=ascii_only)
    if main.more:
        return _all_large(main, width, height, ascii_only=ascii_only)
    if height < WITH_NOTE and main.note and main.clock:
        both = f"{main.note} · {main.clock}"
        main = replace(main, note=both if cell_len(both) <= width else main.clock, clock="")
    rest = bool(main.second) + bool(main.note) + bool(main.clock)
    head = _large(main.headline, width, height - rest, ascii_only=ascii_only)
    room = height - len(head) - rest
    second: Block = ()
    if main.second:
        second = _large(main.second, width, min(room + 1, len(head)), ascii_only=ascii_only, style="plain")
        room -= len(second) - 1
    clock: Block = ((main.clock, "strong"),) if main.clock else ()
    if main.clock and room >= 3:
        digits = big_digits(main.clock, width, min(room, 5), ascii_only=ascii_only)
        clock = (("", "plain"), *_styled(digits, "plain"))
    note: Block = ((main.note, "strong"),) if main.note else ()
    return _centred((*head, *second, *note, *clock), height)


def _with_clock(main: Main, width: int, height: int, *, ascii_only: bool) -> Block:
    """The name above the countdown, which never change places; what comes first gets the rows that it needs.

    If there is room for both in large, they look the same whichever comes first.
    """
    texts = tuple(text for text in (main.headline, main.second) if text)
    has_room = height >= bool(texts) + 1 + _SMALLEST_DIGITS or not main.clock_first
    note: Block = ((main.note, "strong"),) if main.note and has_room else ()
    clock: Block = ()
    apart = len(_digits(main.clock, width, height - bool(texts) - len(note), ascii_only=ascii_only))
    most = height - apart - 1 - len(note)  # rows for the name beside the largest clock
    rooms = [most] if main.clock_first else range(max(1, most), height - len(note))
    drawn = _in_letters(texts, width, rooms, ascii_only=ascii_only)
    if not (drawn or main.clock_first) and note:
        both = PARTS.join((main.note, main.clock))
        if cell_len(both) <= width and (drawn := _in_letters(texts, width, [height - 1], ascii_only=ascii_only)):
            note, clock = (), ((both, "strong"),)
    if not drawn:
        line = PARTS.join(texts)
        whole = main.clock_first and cell_len(line) <= width
        rows: Block = tuple((row, "name") for text in texts for row in rows_of(text, width))
        if not whole and len(rows) <= (most if main.clock_first else height - 1 - len(note)):
            drawn = rows
        else:
            drawn = ((line, "name"),) if whole and texts else tuple((text, "name") for text in texts)
    room = height - len(drawn) - len(note)
    if not clock:
        digits = _digits(main.clock, width, room, ascii_only=ascii_only)
        clock = _styled(digits, "strong")
    blank: Line = ("", "plain")
    gap = min(max(0, room - len(clock)), _WIDEST_GAP) if texts else 0
    return _centred((*drawn, *note, *[blank] * gap, *clock), height)


def _digits(clock: str, width: int, rows: int, *, ascii_only: bool) -> tuple[str, ...]:
    """The countdown in at most *rows*, with a blank one above it where there are enough."""
    return big_digits(clock, width, rows - (rows >= _AIRY), ascii_only=ascii_only)


def _styled(digits: tuple[str, ...], small: StyleName) -> Block:
    """The rows of *digits*; *small* is their style where there is only room for text."""
    return tuple((row, "digits" if len(digits) > 1 else small) for row in digits)


def _with_side(main: Main, width: int, height: int, *, ascii_only: bool) -> Block:
    """The name and the side without a countdown, equally large."""
    texts = (main.headline, main.second)
    note: Block = ((main.note, "strong"),) if main.note else ()
    drawn = _in_letters(texts, width, [height - len(note)], ascii_only=ascii_only)
    return _centred((*(drawn or tuple((text, "name") for text in texts)), *note), height)


def _in_letters(texts: tuple[str, ...], width: int, rooms: Iterable[int], *, ascii_only: bool) -> Block:
    """*texts* in large letters of one size, in the first of *rooms* (rows) that is enough; nothing if none is."""
    if ascii_only or not texts:
        return ()
    for rows in rooms:
        if drawn := big_texts(texts, width, rows):
            return tuple((row, "plain" if number else "name") for number, each in enumerate(drawn) for row in each)
    return ()


def _all_large(main: Main, width: int, height: int, *, ascii_only: bool) -> Block:
    """The headline and the lines below it, each as large as an equal share of the rows allows."""
    note: Block = ((main.note, "strong"),) if main.note else ()
    texts = (main.headline, *main.more)
    room = height - len(note)
    share = max(_LETTERS, room // len(texts))
    blocks: list[Block] = []
    for left, text in zip(reversed(range(len(texts))), texts, strict=True):
        style: StyleName = "plain" if blocks else "name"
        blocks.append(_large(text, width, min(share, room - left), ascii_only=ascii_only, style=style))
        room -= len(blocks[-1])
    gap: Block = (("", "plain"),) if room >= len(blocks) else ()
    return _centred((*(line for block in blocks for line in (*block, *gap)), *note), height)


def _large(text: str, width: int, height: int, *, ascii_only: bool, style: StyleName = "name") -> Block:
    rows = None if ascii_only or not text else big_text(text, width, height)
    return tuple((row, style) for row in rows) if rows else ((text, "name"),)


def _centred(lines: Block, height: int) -> Block:
    above = max(0, (height - len(lines)) // 2)
    blank: Line = ("", "plain")
    return (*[blank] * above, *lines)[:height]
