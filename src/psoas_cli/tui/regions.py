"""The contents of each region, as styled lines: pure functions of what is shown and the size of the region."""

from dataclasses import dataclass, replace
from functools import lru_cache

from rich.cells import cell_len

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import NOTICE, WAY_IN, WAY_OUT
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.facts import PROPS
from psoas_cli.tui.cells import fitting, rows_of
from psoas_cli.tui.digits import big_digits
from psoas_cli.tui.hints import ENDING_HINT, KEY_LIST, PAUSED_HINT, key_rows
from psoas_cli.tui.letters import big_text
from psoas_cli.tui.status import ENDING, ENDS_AT, MUTED, PAUSED, RETURNING, STARTING, PoseCard, Status, Where
from psoas_cli.tui.theme import StyleName

_KEYS = Text("Keys", "Toetsen")
_NO_DEVICE = Text("no sound", "geen geluid")
_STOP_OF = Text("{number} of {count}", "{number} van {count}")
_FAREWELL = Text("Take your time before you get up.", "Neem de tijd voordat je opstaat.")
Line = tuple[str, StyleName]
"""A line of a region and its style."""

Block = tuple[Line, ...]

_LETTERS = 5  # rows of the smallest letters, descenders included
_ROOMY = 8  # rows from which a note and a clock each get a line below a large name


@dataclass(frozen=True, slots=True)
class Main:
    """The largest thing on the screen: a name with its side, a countdown, or the state of the session.

    Args:
        headline: In the largest letters.
        second: In large letters if there is room: the side.
        note: On a line: which of two sides, or a hint.
        clock: A countdown, or empty.
        clock_first: Whether the countdown is the largest thing.
        more: Lines below the headline, as large as it if there is room; apart from them only a note is shown.
    """

    headline: str
    second: str = ""
    note: str = ""
    clock: str = ""
    clock_first: bool = False
    more: tuple[str, ...] = ()


def main_of(status: Status) -> Main:
    """What to show largest now."""
    if status.where:
        headline, *more = status.where.large
        return Main(headline, note=_standing(status), more=tuple(more))
    return _as_it_stands(status)


def _as_it_stands(status: Status) -> Main:
    """What to show largest: the practice, or the state of the session while it does not play."""
    lang, view = status.lang, status.view
    clock = clock_text(view.remaining) if status.numbers else ""
    name = f"{view.title} · {view.side}" if view.side else view.title
    match status.mode:
        case "paused":
            return Main(PAUSED.said(lang), name, PAUSED_HINT.said(lang), clock)
        case "returning":
            return Main(view.title, view.side, view.turn, clock_text(status.count_in) if status.numbers else "")
        case "ending":
            return Main(ENDING.said(lang), "", ENDING_HINT.said(lang))
        case "closing":
            return Main(status.practised, "", _FAREWELL.said(lang))
        case "grounding" if status.ground:
            return Main(status.ground.large)
    return Main(view.title, view.side, view.turn, clock) if view.name_first else _held(status, name, clock)


def _standing(status: Status) -> str:
    """That the session is paused, or when it resumes, in words; empty while it plays."""
    if status.mode == "paused":
        return PAUSED.said(status.lang)
    if status.mode == "returning" and status.numbers:
        said = STARTING if status.elsewhere else RETURNING
        return filled(said, status.lang, seconds=clock_text(status.count_in))
    return ""


def _held(status: Status, name: str, clock: str) -> Main:
    """The countdown of a hold, with the pose below it."""
    return Main(name, "", status.view.turn, clock, clock_first=bool(clock))


def main_lines(main: Main, width: int, height: int, *, ascii_only: bool = False) -> Block:
    """*main* in *height* rows, its largest part as large as the rest allows."""
    if main.clock_first:
        return _clock_first(main, width, height, ascii_only=ascii_only)
    if main.more:
        return _all_large(main, width, height, ascii_only=ascii_only)
    if height < _ROOMY and main.note and main.clock:
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
        clock = (("", "plain"), *((row, "plain") for row in digits))
    note: Block = ((main.note, "strong"),) if main.note else ()
    return _centred((*head, *second, *note, *clock), height)


def _clock_first(main: Main, width: int, height: int, *, ascii_only: bool) -> Block:
    note: Block = ((main.note, "plain"),) if main.note else ()
    notes: Block = ((main.headline, "name"), *note)
    gap: Block = (("", "plain"),) if height >= len(notes) + 6 else ()
    digits = big_digits(main.clock, width, height - len(notes) - len(gap), ascii_only=ascii_only)
    return _centred((*((row, "plain") for row in digits), *gap, *notes), height)


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


@lru_cache(32)
def filled(text: Text, lang: Lang, **figures: str | int) -> str:
    """*text* with its figures; cached, as the same is asked for up to twenty times a second."""
    return text.filled(**figures).said(lang)


def header_of(status: Status) -> tuple[str, tuple[str, ...]]:
    """The text at the left of the top line, and those at its right, the least needed first."""
    lang, view = status.lang, status.view
    right = [filled(_STOP_OF, lang, number=view.stop, count=view.stops)] if view.stop and view.stops > 1 else []
    if status.numbers and status.mode != "closing":
        right.append(filled(ENDS_AT, lang, time=status.ends_at))
    if status.muted or status.deaf:
        right.append((MUTED if status.muted else _NO_DEVICE).said(lang).lower())
    return status.title, tuple(right)


@dataclass(frozen=True, slots=True)
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


def told_lines(lines: tuple[str, ...], offer: str) -> Block:
    """The text, after the *offer* if there is one."""
    told: Block = tuple((line, "faint" if offer else "plain") for line in lines)
    return ((offer, "strong"), *told) if offer else told


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


def one_line(status: Status, width: int) -> str:
    """The practice in one line, the most important first."""
    lang, view = status.lang, status.view
    clock = clock_text(view.remaining) if status.numbers else ""
    name = f"{view.title}, {view.side}" if view.side else view.title
    if status.where:
        return _where_line(status.where, clock, width)
    if status.ground:
        return fitting(status.ground.large, width)
    match status.mode:
        case "paused":
            parts = [PAUSED.said(lang), clock, name]
        case "returning":
            parts = [clock_text(status.count_in), name]
        case "ending":
            parts = [ENDING.said(lang)]
        case "closing":
            parts = [status.practised]
        case _:
            breath = view.breath if status.pacing != "off" else None
            phase = f"{breath.word} {breath.count if status.numbers else ''}".strip() if breath else ""
            first = [fitting(name, width - cell_len(clock) - 2), clock]
            parts = first if view.name_first else [clock, phase, name]
    return fitting("  ".join(part for part in parts if part), width)


def _where_line(where: Where, clock: str, width: int) -> str:
    """As many sentences as fit, or the name and the time left."""
    for count in range(len(where.sentences), 1, -1):
        line = " ".join(where.sentences[:count])
        if cell_len(line) <= width:
            return line
    return fitting("  ".join(part for part in (where.large[0], clock) if part), width)
