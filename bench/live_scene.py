"""The scene of `psoas breathe -m 2 --mute` in rich.live.Live, redrawn twenty times a second.

It stands for a program that leaves everything to Rich: the regions have the places and contents of psoas, and each
refresh makes one renderable of the whole screen. Ctrl-C ends it.
"""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from rich.console import Console, RenderableType
from rich.layout import Layout
from rich.live import Live
from rich.padding import Padding
from rich.text import Text as RichText

from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.patterns import parse_pattern
from psoas_cli.practice.model.poses import Hold
from psoas_cli.practice.model.sequence import BreatheStep, Sequence
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.request import BREATHE_TEXT
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.tui import headline, regions
from psoas_cli.tui.hints import fitting_hints, hints_of
from psoas_cli.tui.layout import Size, layout
from psoas_cli.tui.orb import orb
from psoas_cli.tui.painter import Region
from psoas_cli.tui.regions import Block
from psoas_cli.tui.screen import BREATH_OF
from psoas_cli.tui.status import Status
from psoas_cli.tui.theme import THEMES

_REFRESHES = 20
_MARGIN = (0, 2)
_BLANK = RichText(" ")  # Layout shows an empty text as a panel
_BELOW = ("next", "blank", "progress", "hints")


def scene() -> Timeline:
    """The timeline of `psoas breathe -m 2`."""
    step = BreatheStep(parse_pattern("long-exhale"), hold=Hold(120, 120, 120), text=BREATHE_TEXT)
    return compile_sequence(Sequence("breathe", Text("Long exhale 4-6"), (step,), lead_in=3.0))


def _status(timeline: Timeline, position: float) -> Status:
    view = view_at(timeline, position, "en")
    ends_at = datetime.now() + timedelta(seconds=view.left)  # noqa: DTZ005 - wall-clock time
    return Status("en", "Long exhale 4-6", "playing", view, f"{ends_at:%H:%M}", muted=True)


def _lines(lines: Block, *, centred: bool) -> RichText:
    text = RichText(justify="center" if centred else "default")
    for i, (line, style) in enumerate(lines):
        text.append(("\n" if i else "") + line, THEMES["terminal"].styles[style])
    return text


def _contents(status: Status, region: Region) -> RichText:
    """The contents of *region*, with the texts and pictures that psoas shows in it."""
    view, width, height = status.view, region.width, region.height
    lines: Block = ()
    match region.name:
        case "header":
            left, parts = regions.header_of(status)
            right = " · ".join(parts)
            lines = ((left + " " * (width - len(left) - len(right)) + right, "strong"),)
        case "main":
            lines = headline.main_lines(headline.main_of(status), width, height)
        case "orb" if view.breath:
            lines = tuple((row, "breath") for row in orb(width, height, view.breath.fill))
        case "breath" if view.breath:
            number = regions.filled(BREATH_OF, "en", number=view.breath.number, count=view.breath.breaths)
            breath = regions.BreathWords(view.breath.word, str(view.breath.count), number)
            lines = regions.breath_lines(breath, width, height)
        case "text":
            lines = regions.paragraphs(regions.told_lines(status), width, height)[0]
        case "progress":
            left = f"  {clock_text(view.left)}"
            filled = round((width - len(left)) * view.progress)
            lines = (("━" * filled + "─" * (width - len(left) - filled) + left, "bar"),)
        case "hints":
            lines = ((fitting_hints(hints_of(status), width), "faint"),)
    return _lines(lines, centred=region.name not in {"header", "text", "progress"})


def _screen(status: Status, size: Size) -> Layout:
    """The whole screen, with the breath beside the countdown if there is one."""
    placed = {region.name: region for region in layout(size, "breath" if status.view.breath else "plain")}

    def part(name: str, rows: int | None = None) -> Layout:
        region = placed.get(name)
        contents = Padding(_contents(status, region), _MARGIN) if region else _BLANK
        return Layout(contents, size=rows or (region.height if region else 1))

    text = placed["text"]
    middle = Layout(size=text.y - 2)
    if "orb" in placed:
        beside = Layout(size=placed["orb"].width + 4)
        beside.split_column(part("orb"), part("breath"), Layout(_BLANK, ratio=1))
        middle.split_row(beside, part("main", placed["main"].width))
    else:
        middle.split_row(part("main", placed["main"].width))
    whole = Layout()
    whole.split_column(part("header"), Layout(_BLANK, size=1), middle, part("text"), *map(part, _BELOW))
    return whole


def _refreshed(console: Console) -> Callable[[], RenderableType]:
    timeline, begun = scene(), time.monotonic()
    return lambda: _screen(_status(timeline, time.monotonic() - begun), Size(*console.size))


def main() -> None:
    """Show the scene until Ctrl-C."""
    console = Console()
    live = Live(console=console, get_renderable=_refreshed(console), screen=True, refresh_per_second=_REFRESHES)
    with contextlib.suppress(KeyboardInterrupt), live:
        time.sleep(600)


if __name__ == "__main__":
    main()
