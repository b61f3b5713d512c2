"""What has no room on a screen: the places that cannot show their texts whole."""

from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as RichText

from psoas_cli.tui import regions
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.screen import arrangement_of
from psoas_cli.tui.status import Status

Place = Literal["header", "main", "text"]

_CONSOLE = Console(width=80, force_terminal=False, _environ={})


class Lack(NamedTuple):
    """A place that is too small: it takes *needed* rows (of `text`) or cells in a row, and has *room* for so many."""

    place: Place
    needed: int
    room: int


def lacks(status: Status, size: Size) -> list[Lack]:
    """The places of a practice that cannot show whole what is in them at *status*, on a screen of *size*."""
    rooms = {region.name: region for region in layout(size, arrangement_of(status))}
    text, main, header = rooms["text"], rooms["main"], rooms["header"]
    title, right = regions.header_of(status)
    large = regions.main_of(status)
    rows = sum(_rows(line, text.width) for line, _ in regions.told_lines(*regions.told_of(status)))
    found = [
        Lack("text", rows, text.height),
        Lack("main", max(map(cell_len, (large.headline, large.second))), main.width),
        Lack("header", cell_len(title), header.width - cell_len(right) - 2),
    ]
    return [each for each in found if each.needed > each.room]


def _rows(line: str, width: int) -> int:
    return len(RichText(line).wrap(_CONSOLE, width)) if cell_len(line) > width else 1
