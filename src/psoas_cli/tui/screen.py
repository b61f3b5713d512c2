"""The screen of a session: statuses go in, painted regions come out."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from rich.cells import cell_len

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tty import Palette
from psoas_cli.tui import headline, hints, regions
from psoas_cli.tui.cells import fitting
from psoas_cli.tui.drawing import draw
from psoas_cli.tui.hints import Hint
from psoas_cli.tui.layout import LARGEST, MARGIN, Arrangement, Size, has_figure, layout
from psoas_cli.tui.orb import orb, orb_steps, parts
from psoas_cli.tui.painter import Painter, Region, Rows
from psoas_cli.tui.regions import Block
from psoas_cli.tui.status import PoseCard, Status
from psoas_cli.tui.theme import THEMES, Theme
from psoas_cli.tui.window_title import title_of

if TYPE_CHECKING:  # no practice needs these
    from psoas_cli.tui.booth_regions import Booth
    from psoas_cli.tui.menu import Menu

BREATH_OF = Text("breath {number} of {count}", "adem {number} van {count}")
_BREATH = Text("breath {number}", "adem {number}")
_NO_KEYS = (
    Text("no keys here: Ctrl-C ends it", "geen toetsen hier: Ctrl-C sluit af"),
    Text("Ctrl-C ends it", "Ctrl-C sluit af"),
)
_NEXT = Text("Next: {name}", "Hierna: {name}")
_TIME_LEFT = Text("{time} left", "nog {time}")
_HELP_BACK = Text("? back", "? terug")

_FIGURES: dict[bool, Arrangement] = {False: "figure", True: "figure to breathe with"}  # by whether a breath is to come
_SHORTEST_TITLE = 10  # cells
_BOOTH = ("before", "script", "sign", "notes", "meter")


def arrangement_of(status: Status) -> Arrangement:
    """What is shown beside the texts of a practice at *status*."""
    if status.where:
        return "standing" if status.where.said else "large"
    view = status.view
    if status.mode not in ("playing", "returning"):
        return "standing"
    if view.kind == "scan" and not (view.lines or view.offer):
        return "large"  # a word or two, and nothing below
    paced = view.paced and status.pacing != "off"
    if not _breathing(status):
        figure = _FIGURES[paced] if view.figure else "plain"
        return "breath to come" if paced and not view.figure else figure
    return "breathing figure" if view.figure and view.name_first else "breath"


def _breathing(status: Status) -> bool:
    """Whether the breath is shown."""
    return status.view.breath is not None and status.pacing != "off" and status.mode == "playing" and not status.where


class Screen:
    """Shows statuses and pages on a terminal, sending only what changed.

    Args:
        palette: The colours of the terminal; None for none.
        write: Sends text to the terminal.
        ascii_only: Whether to draw without block characters.
        motion: Whether the breath's shape moves.
        theme: The colours.
        keys: Whether keys can be pressed.
        entitle: Shows a title on the window, however often it is the same; None leaves the window its own.
    """

    def __init__(
        self,
        palette: Palette | None,
        write: Callable[[str], None],
        *,
        ascii_only: bool = False,
        motion: bool = True,
        theme: Theme = THEMES["terminal"],
        keys: bool = True,
        entitle: Callable[[str], None] | None = None,
    ) -> None:
        self._palette, self._write = palette, write
        self.wear(theme)
        self._ascii = ascii_only
        self._motion = motion
        self._has_keys = keys
        self._entitle = entitle
        self._size = Size(80, 24)
        self._room: dict[str, tuple[int, int]] = {}
        self._read: Block | None = None  # what is read on several pages, and where one is
        self._number, self._pages = 0, 1

    def wear(self, theme: Theme) -> None:
        """Show everything in the colours of *theme* from the next frame on, which is painted in full."""
        self._painter = Painter(self._build, self._write, theme.codes(self._palette))
        self._arranged: tuple[Region, ...] | None = None

    def resize(self, width: int, height: int) -> None:
        """Fit to the terminal's size, in columns and rows; the next frame is painted in full.

        Of a terminal larger than `LARGEST` the rest stays blank: a mistaken size would take minutes and all memory.
        """
        self._size = Size(min(width, LARGEST[0]), min(height, LARGEST[1]))
        self._arranged = None

    @property
    def breath_steps(self) -> int:
        """The number of steps of the breath's shape from empty to full; 0 if no moving shape is on the screen."""
        if not (self._motion and "orb" in self._room):
            return 0
        return orb_steps(*self._room["orb"], ascii_only=self._ascii)

    def show(self, status: Status) -> None:
        """Show one instant of a session."""
        if self._entitle:
            self._entitle(title_of(status))
        if status.help:
            self.key_list(status.lang, regions.one_line(status, self._size.width), hints.KEY_LIST)
        elif status.card:
            self.card(status.card, status.lang)
        else:
            self._practice(status)

    def page(self, lines: Block, keys: tuple[Hint, ...], line: str, beside: Block = ()) -> None:
        """Show a page to read, with other lines *beside* it and the *keys* below it; on a small screen only *line*."""
        self._arrange("page beside" if beside else "page")
        self._paint({"page": lines, "beside": beside, "hints": (keys, False), "line": line})

    def turn(self) -> bool:
        """Turn to the next page of what is shown, if it has several; return whether it has."""
        self._number += 1
        return self._pages > 1

    def _leaf(self, lines: Block, region: str, lang: Lang) -> tuple[Block, tuple[Hint, ...]]:
        """The page of *lines* in a *region* at which one is, and the key that turns it if there are several."""
        from psoas_cli.tui.pages import folded_into

        folds = folded_into(lines, *self._room[region]) if region in self._room else (lines,)
        if lines != self._read:
            self._read, self._number = lines, 0
        self._pages = len(folds)
        number = self._number % max(1, self._pages)
        return folds[number] if folds else (), hints.more_hint(lang, number, self._pages)

    def key_list(self, lang: Lang, line: str, list_: tuple[tuple[str, Text], ...]) -> None:
        """Show what all keys in *list_* do; on a small screen only *line*."""
        self._arrange("keys")
        lines = regions.help_page(lang, *self._room.get("page", (1, 1)), list_)
        rows, more = self._leaf(lines, "page", lang)
        self._paint({"page": rows, "hints": ((*more, _HELP_BACK.said(lang)), False), "line": line})

    def card(self, card: PoseCard, lang: Lang, keys: tuple[Hint, ...] = ()) -> None:
        """Show a pose to look at, with its picture if there is room, and the *keys*; if none, those of a practice."""
        keys = keys or hints.looking_hints(card, lang)
        title = regions.card_title(card, lang)
        self._arrange("card" if card.figure and has_figure(self._size) else "keys")
        if "title" in self._room and len(regions.wrapped(title, self._room["title"][0])) > self._room["title"][1]:
            self._arrange("keys")  # the way in needs more room than there is beside a picture
        if "title" in self._room:
            lines = regions.card_texts(card, lang, *self._room["page"])
        else:
            lines = regions.card_page(card, lang)
        rows, more = self._leaf(lines, "page", lang)
        shown = {"figure": card.figure, "title": title, "page": rows, "hints": ((*more, *keys), False)}
        self._paint({**shown, "line": card.title})

    def menu(self, menu: "Menu", keys: tuple[Hint, ...], picture: Figure | Literal["breath"] | None = None) -> None:
        """Show a list with the *keys* below it, and what is told of the chosen row beside it, or below it.

        The *picture* of the chosen row, a figure or the shape of a full breath, is shown if there is room and the list
        is `pictured`.
        """
        from psoas_cli.tui import menu_regions

        if menu.help:
            self.key_list(menu.lang, menu_regions.one_line(menu, self._size.width), menu.keys)
            return
        self._arrange("pictured menu" if menu.pictured else "menu")
        shown: dict[str, Hashable] = {
            "line": menu_regions.one_line(menu, self._size.width, noted="hints" not in self._room),
            "header": (menu.title, ()),
            "picture": picture,
            "hints": ((menu.note,), True) if menu.note else (keys, False),
        }
        if "list" in self._room:
            shown["list"] = menu_regions.list_rows(menu, *self._room["list"], ascii_only=self._ascii)
            shown["about"] = menu_regions.about_lines(menu, *self._room["about"])
        self._paint(shown)

    def booth(self, booth: "Booth") -> None:
        """Show a text to record."""
        from psoas_cli.tui import booth_regions

        self._arrange("booth")
        keys: dict[str, Hashable] = {
            "line": booth_regions.booth_line(booth, self._size.width),
            "header": (booth.voice, (booth.place,)),
            "hints": (booth.hints, False),
        }
        for name in _BOOTH:
            if name in self._room:
                keys[name] = booth_regions.booth_lines(booth, name, *self._room[name], ascii_only=self._ascii)
        self._paint(keys)

    def _practice(self, status: Status) -> None:
        if self._size.is_line:
            self._arrange("plain")
            line = regions.few_lines(status, *self._room["line"])
            self._paint({"line": line, "hints": self._hints(status)})
            return
        view = status.view
        told = regions.told_lines(status)
        asked = told if status.where or status.ground else ()
        self._arrange(arrangement_of(status), len(regions.wrapped(asked, self._size.width - 2 * MARGIN)))
        rows, cut = regions.paragraphs(told, *self._room["text"]) if "text" in self._room else ((), False)
        answered = bool(rows) and not cut and any(line == status.message for line, _ in told)
        keys: dict[str, Hashable] = {
            "header": regions.header_of(status),
            "main": headline.main_of(status),
            "text": rows,
            "next": self._next(status),
            "progress": self._progress(status),
            "hints": self._hints(replace(status, message="") if answered else status, cut=cut),
            "figure": view.figure,
        }
        if view.breath and _breathing(status):
            breath = view.breath
            count = str(breath.count) if status.numbers else ""
            counted = _BREATH if view.open else BREATH_OF  # nobody knows how many there will be in an open hold
            number = regions.filled(counted, status.lang, number=breath.number, count=breath.breaths)
            keys["breath"] = regions.BreathWords(breath.word, count, number if status.numbers else "")
            keys["orb"] = self._orb(breath.fill)
        else:
            keys["orb"] = self._orb(0.0)
        self._paint(keys)

    def _arrange(self, arrangement: Arrangement, told: int = 0) -> None:
        """Lay out the screen, with *told* rows of text if there is room for them."""
        self._pages = 1
        if arrangement not in {"keys", "card"}:
            self._read = None
        placed = layout(self._size, arrangement, told)
        if self._arranged != placed:
            self._arranged = placed
            self._room = {region.name: (region.width, region.height) for region in placed}
            self._painter.reset(placed)

    def _paint(self, keys: dict[str, Hashable]) -> None:
        self._painter.paint({name: key for name, key in keys.items() if name in self._room})

    def _hints(self, status: Status, *, cut: bool = False) -> tuple[tuple[Hint, ...], bool]:
        """The keys to offer, or what there is to say instead; and whether it is a message."""
        told = hints.has_message(status)
        if not self._has_keys and not told:
            return (hints.forms(status.lang, _NO_KEYS),), False
        return hints.hints_of(status, cut=cut, small=self._room.get("main", (0, 0))[1] < headline.WITH_NOTE), told

    def _next(self, status: Status) -> str:
        if status.mode in ("closing", "grounding"):
            return ""
        name = status.view.next
        return regions.filled(_NEXT, status.lang, name=name) if name else ""

    def _progress(self, status: Status) -> tuple[int, str]:
        """How many cells of the bar are filled, and the time left."""
        left = ""
        if status.numbers and status.mode != "closing":
            seconds = status.view.left + (status.count_in if status.mode == "returning" else 0.0)
            left = regions.filled(_TIME_LEFT, status.lang, time=clock_text(seconds))
        width = self._room.get("progress", (0, 0))[0] - cell_len(left) - 2
        return round(max(0, width) * status.view.progress), left

    def _orb(self, fill: float) -> tuple[str, ...]:
        if "orb" not in self._room:
            return ()
        width, height = self._room["orb"]
        return orb(width, height, fill if self._motion else 1.0, ascii_only=self._ascii)

    def _build(self, name: str, key: Any, width: int, height: int) -> Rows:  # noqa: ANN401, PLR0911 - each its own
        """The rows of a region: a pure function of its arguments, so that it can be cached."""
        match name:
            case "header":
                left, right = key
                return _ends(left, right, width)
            case "main" | "line":
                return _lines(self._centred(key, width, height), width, centred=True)
            case "orb":
                return _picture(key)
            case "list":
                return tuple(key)
            case "figure" | "picture" | "before" | "script" | "sign" | "notes" | "meter":
                return self._drawn(key, width, height)
            case "breath":
                return _lines(regions.breath_lines(key, width, height, ascii_only=self._ascii), width, centred=True)
            case "progress":
                filled, left = key
                return _bar(filled, left, width, ascii_only=self._ascii)
            case "hints":
                offered, strong = key
                line = hints.fitting_hints(offered, width)
                return _lines(((line, "alert" if strong else "faint"),), width, centred=True)
            case "text" | "page" | "beside" | "title" | "about":
                return _lines(regions.text_rows(key, width, height), width)
            case _:
                return _lines(((key, "faint"),), width)

    def _centred(self, key: headline.Main | Block | str, width: int, height: int) -> Block:
        """The largest thing on the screen; on a small one the lines, or the one line, that there is room for."""
        if isinstance(key, headline.Main):
            return headline.main_lines(key, width, height, ascii_only=self._ascii)
        lines: Block = ((key, "plain"),) if isinstance(key, str) else key
        blank: Block = (("", "plain"),)
        return (*blank * ((height - len(lines) + 1) // 2), *lines)

    def _drawn(self, key: Figure | Block | str | None, width: int, height: int) -> Rows:
        """A figure, lines that do not wrap, the shape of a full breath, or nothing."""
        match key:
            case Figure():
                rows = draw(key, width, height, ascii_only=self._ascii)
                return _lines(tuple((row, "plain") for row in rows), width)
            case tuple():
                return _lines(key, width)
            case "breath":
                return _picture(orb(width, height, 1.0, ascii_only=self._ascii))
        return ()


def _lines(lines: Block, width: int, *, centred: bool = False) -> Rows:
    """Lines that do not wrap."""
    rows = []
    for line, style in lines:
        margin = max(0, width - cell_len(line)) // 2 if centred else 0
        rows.append(((" " * margin, "plain"), (fitting(line, width), style)))
    return rows


def _ends(left: str, right: tuple[str, ...], width: int) -> Rows:
    """A line with texts at both ends: *left* is cut, and those at the right fall out whole, the first one first."""
    room = width - min(cell_len(left), _SHORTEST_TITLE) - 2
    tails = [" · ".join(right[i:]) for i in range(len(right))]
    kept = next((tail for tail in tails if cell_len(tail) <= room), "")
    shown = fitting(left, width - cell_len(kept) - 2 * bool(kept))
    between = " " * (width - cell_len(shown) - cell_len(kept))
    return [((shown, "strong"), (between, "plain"), (kept, "faint"))]


def _picture(rows: tuple[str, ...]) -> Rows:
    return [[(text, "mark" if is_mark else "shape") for text, is_mark in parts(row)] for row in rows]


def _bar(filled: int, left: str, width: int, *, ascii_only: bool) -> Rows:
    room = max(0, width - cell_len(left) - 2)
    full, empty = ("#", "-") if ascii_only else ("━", "─")
    done, to_come = full * min(filled, room), empty * max(0, room - filled)
    return [((done, "bar"), (to_come, "faint"), (f"  {left}", "plain"))]
