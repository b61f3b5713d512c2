"""The contents of each region, as styled lines: pure functions of what is shown and the size of the region."""

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import NOTICE, WAY_IN, WAY_OUT
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import PROPS
from psoas_cli.practice.score.open_hold import IS_OPEN
from psoas_cli.tui.cells import fitting, rows_of
from psoas_cli.tui.hints import KEY_LIST, key_rows
from psoas_cli.tui.letters import big_text
from psoas_cli.tui.status import ENDING, ENDS_AT, MUTED, PAUSED, PoseCard, Status, Where
from psoas_cli.tui.theme import StyleName

_KEYS = Text("Keys", "Toetsen")
_NO_DEVICE = Text("no sound", "geen geluid")
_TOLERANCE = 1e-6  # seconds
_STOP_OF = Text("{number} of {count}", "{number} van {count}")
Line = tuple[str, StyleName]
"""A line of a region and its style."""

Block = tuple[Line, ...]


@lru_cache(32)
def filled(text: Text, lang: Lang, **figures: str | int) -> str:
    """*text* with its figures; cached, as the same is asked for up to twenty times a second."""
    return text.filled(**figures).said(lang)


def clock_of(status: Status) -> str:
    """The clock of the hold or the move: it counts down, and up while a hold is open; empty if no clocks are shown."""
    if not status.numbers:
        return ""
    return clock_text(int(status.view.lasted + _TOLERANCE) if status.view.open else status.view.remaining)


def header_of(status: Status) -> tuple[str, tuple[str, ...]]:
    """The text at the left of the top line, and those at its right, the least needed first."""
    lang, view = status.lang, status.view
    right = [filled(_STOP_OF, lang, number=view.stop, count=view.stops)] if view.stop and view.stops > 1 else []
    if status.numbers and status.mode != "closing":
        right.append(filled(ENDS_AT, lang, time=status.ends_at))
    if status.muted or status.deaf:
        right.append((MUTED if status.muted else _NO_DEVICE).said(lang).lower())
    return status.title, tuple(right)


@record(frozen=True)
class BreathWords:
    """The breath in words: the phase, the count within it, and the number of the breath."""

    phase: str
    count: str
    number: str


def breath_lines(breath: BreathWords, width: int, height: int, *, ascii_only: bool = False) -> Block:
    """The word and the count of the phase: large if there is room, on one line if there is little."""
    said = f"{breath.phase} {breath.count}".strip()
    if height == 1:
        return ((said, "breath"),)
    large = None if ascii_only else big_text(said, width, height)
    if large:
        return tuple((row, "breath") for row in large)
    return ((said, "breath"), (breath.number, "faint"))


def told_of(status: Status) -> tuple[tuple[str, ...], str]:
    """The lines of text to show, and the offer made now, if any."""
    if status.where:
        return status.where.said, ""
    if status.ground:
        return (status.ground.said,), ""
    if status.mode == "closing":
        return (), ""
    return (status.again, "") if status.again else (status.view.lines, status.view.offer)


def told_lines(status: Status) -> Block:
    """The paragraphs of the text: what is said now, before the way in, which steps back once a hold is under way."""
    lines, offer = told_of(status)
    if not offer and status.message in lines:  # an answer that stays is emphasized at first
        offer, lines = status.message, tuple(line for line in lines if line != status.message)
    back = offer or (status.mode == "playing" and status.view.settled and not status.where)
    told: Block = tuple((line, "faint" if back else "plain") for line in lines)
    return ((offer, "strong"), *told) if offer else told


@lru_cache(32)  # every picture asks for it
def paragraphs(told: Block, width: int, height: int) -> tuple[Block, bool]:
    """The rows of *told* with a blank one between its paragraphs, and whether some of it is cut for want of room.

    Where there is no room for that, what is said first and what follows are two paragraphs, or one; the way in gives
    way to what is said now.
    """
    if not told:
        return (), False
    choices = [told, shortest(told)]
    style = told[0][1]
    if style != "strong" and len(told) > 1:
        *before, last = (line for line, _ in told)
        choices.insert(1, ((" ".join(before), style), (last, style)))
        if len(_apart(told, width)) == height > len(_apart(choices[1], width)):  # a blank row below is air as well
            del choices[0]
    for choice in choices:
        rows = _apart(choice, width)
        if len(rows) <= height:
            return rows, False
    return text_rows(choices[-1], width, height), True


def shortest(told: Block) -> Block:
    """*told* in one paragraph: what is said now, or else all of it."""
    style = told[0][1] if told else "plain"
    return told[:1] if style == "strong" else ((" ".join(line for line, _ in told), style),)


def _apart(told: Block, width: int) -> Block:
    """The rows of *told*, with a blank one between its paragraphs."""
    blank: Block = (("", "plain"),)
    return tuple(row for number, each in enumerate(told) for row in (*blank * (number > 0), *wrapped((each,), width)))


def text_rows(lines: Block, width: int, height: int) -> Block:
    """As many rows of *lines* as fit, with an ellipsis if there are more."""
    rows = wrapped(lines, width)
    if len(rows) <= height:
        return rows
    last, style = rows[height - 1]
    if cell_len(last) + 2 > width and " " in last:
        last = last.rpartition(" ")[0]
    return (*rows[: height - 1], (fitting(f"{last} …", width), style))


@lru_cache(32)  # every picture asks how many rows its text takes
def wrapped(lines: Block, width: int) -> Block:
    """*lines* wrapped to *width* columns."""
    return tuple((row, style) for line, style in lines for row in rows_of(line, width))


def help_page(lang: Lang, width: int, height: int, list_: tuple[tuple[str, Text], ...] = KEY_LIST) -> Block:
    """All keys, in rows of *width* cells; with a heading if it has room in *height* rows."""
    rows: Block = tuple((row, "plain") for entry in key_rows(lang, width, list_) for row in entry)
    heading: Block = (("", "plain"), (_KEYS.said(lang), "name"), ("", "plain"))
    return (*heading, *rows) if height >= len(heading) + len(rows) else rows


def card_title(card: PoseCard, lang: Lang) -> Block:
    """The text beside the picture of a pose: its name, its side and the way in."""
    place = f"{card.number} / {card.count}"
    side: Line = (f"{card.side} · {place}" if card.side else place, "faint")
    way_in: Block = (("", "plain"), (WAY_IN.said(lang), "faint"), (card.way_in, "plain")) if card.way_in else ()
    return (("", "plain"), (card.title, "name"), side, *way_in)


def card_texts(card: PoseCard, lang: Lang, width: int, height: int) -> Block:
    """The other texts of a pose, a paragraph each, with blank lines between them if there is room."""
    paragraphs = [
        f"{heading.said(lang)}: {said}"
        for heading, said in (
            (WAY_OUT, card.way_out),
            *card.options,
            (PROPS, ", ".join(card.props)),
            (NOTICE, " ".join(card.notice)),
        )
        if said
    ]
    needed = sum(len(rows_of(each, width)) for each in paragraphs)
    gap: Block = (("", "plain"),) if needed + len(paragraphs) <= height else ()
    return tuple(line for each in paragraphs for line in (*gap, (each, "plain")))


def card_page(card: PoseCard, lang: Lang) -> Block:
    """A pose to look at, without a picture."""
    lines: list[Line] = list(card_title(card, lang))
    for heading, texts in (
        (WAY_OUT, (card.way_out,)),
        (NOTICE, card.notice),
        (None, tuple(f"{heading.said(lang)}: {said}" for heading, said in card.options)),
        (PROPS, (", ".join(card.props),)),
    ):
        said = [text for text in texts if text]
        if said:
            lines.append(("", "plain"))
            if heading:
                lines.append((heading.said(lang), "faint"))
            lines += [(text, "plain") for text in said]
    return tuple(lines)


def few_lines(status: Status, width: int, height: int) -> Block:
    """The practice in one line, or in up to *height* where that would cut something off, such as the side."""
    if status.where:
        said = status.where.sentences
        answers = (rows_of(" ".join(said[:count]), width) for count in range(len(said), 1, -1))
        rows = next((each for each in answers if len(each) <= height), [one_line(status, width)])
    elif status.ground:
        rows = rows_of(status.ground.large, width)
    else:
        name, others = _name_of(status), _beside_name(status)
        whole = _apart_in_line([name, *others] if _is_named_first(status) else [*others, name])
        rows = [whole] if cell_len(whole) <= width else _stacked(status, width)
    return tuple((row, "plain") for row in (rows if len(rows) <= height else [one_line(status, width)]))


def one_line(status: Status, width: int) -> str:
    """The practice in one line, the most important first."""
    if status.where:
        return _where_line(status.where, clock_of(status), width)
    if status.ground:
        return fitting(status.ground.large, width)
    name, others = _name_of(status), _beside_name(status)
    if _is_named_first(status):
        return _apart_in_line([fitting(name, width - cell_len(clock_of(status)) - 2), *others])
    return fitting(_apart_in_line([*others, name]), width)


def _stacked(status: Status, width: int) -> list[str]:
    """The name above its side, in rows of *width* cells, and what is beside it above or below these."""
    view = status.view
    sides = [view.title, view.side] if cell_len(_name_of(status)) > width else [_name_of(status)]
    named = [row for part in sides if part for row in rows_of(part, width)]
    others = rows_of(_apart_in_line(_beside_name(status)), width)
    return [*named, *others] if _is_named_first(status) else [*others, *named]


def _apart_in_line(parts: Iterable[str]) -> str:
    return "  ".join(part for part in parts if part)


def _is_named_first(status: Status) -> bool:
    """Whether the name comes before what is beside it."""
    return status.mode == "playing" and status.view.name_first


def _name_of(status: Status) -> str:
    """The name and the side, if that is what the line is about."""
    if status.mode in {"ending", "closing"}:
        return ""
    return ", ".join(part for part in (status.view.title, status.view.side) if part)


def _beside_name(status: Status) -> tuple[str, ...]:
    """What a line says beside the name: the clock, and the breath or the state of the session."""
    lang, view, clock = status.lang, status.view, clock_of(status)
    match status.mode:
        case "paused":
            return PAUSED.said(lang), clock
        case "returning":
            return (clock_text(status.count_in),)
        case "ending":
            return (ENDING.said(lang),)
        case "closing":
            return (status.practised,)
    if view.name_first:
        return (clock,)
    breath = view.breath if status.pacing != "off" else None
    phase = f"{breath.word} {breath.count if status.numbers else ''}".strip() if breath else ""
    return clock, IS_OPEN.said(lang) if view.open else "", phase


def _where_line(where: Where, clock: str, width: int) -> str:
    """As many sentences as fit, or the name and the time left."""
    for count in range(len(where.sentences), 1, -1):
        line = " ".join(where.sentences[:count])
        if cell_len(line) <= width:
            return line
    return fitting("  ".join(part for part in (where.large[0], clock) if part), width)
