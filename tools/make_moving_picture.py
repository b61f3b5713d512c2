"""Make the README's moving picture of the real screens, as one SVG: home, preview, way in, hold, and the other side.

    python tools/make_moving_picture.py

Each screen is painted into an emulated terminal and drawn as in `make_pictures.py`. A row of it is in the file once for
all moments at which it looks the same, and shown at those by an animation of CSS, which plays within a page as well.
Who wants less motion sees one moment alone.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from operator import methodcaller
from types import SimpleNamespace
from typing import TYPE_CHECKING, Literal, NamedTuple, cast
from unittest.mock import patch

import pyte

import make_pictures
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.cli.context import Context
from psoas_cli.commands import home as home_page
from psoas_cli.player.adaptation import adapted
from psoas_cli.player.introduction import Introduction, facts_of
from psoas_cli.player.narrator import Narrator
from psoas_cli.player.preview import Preview
from psoas_cli.player.preview_page import PreviewScreen
from psoas_cli.practice.score.view import view_at
from psoas_cli.storage.catalogue import listed
from psoas_cli.storage.library import Library
from psoas_cli.tui import home_regions
from psoas_cli.tui.home_state import home_at
from psoas_cli.tui.screen import Screen
from psoas_cli.tui.status import Status

if TYPE_CHECKING:
    from psoas_cli.player.scheduler import Sound

FILE = make_pictures.FOLDER / "session.svg"
PRACTICE, ENDS_AT = "yin-short", "21:45"
LANG: Literal["en"] = "en"
SECONDS = 30.0
STILL = 18.5
"""The moment that is shown without motion."""

HOME, PREVIEW = (0.0, 1.5), 3.0
"""When in the picture the home screen is seen, then with another choice; and when the preview."""

_SIZE = (make_pictures.COLUMNS, make_pictures.ROWS)


class Part(NamedTuple):
    """A part of the practice that is seen.

    Args:
        at: When in the picture it begins, in seconds.
        until: When in the picture it ends.
        second: The second of the practice with which it begins; a second lasts one.
        each: How often the screen changes, in seconds.
    """

    at: float
    until: float
    second: float
    each: float


PARTS = (
    Part(7.0, 12.0, 8 * 60 + 15 + 40.0, 1.0),  # the way into the baby dragon
    Part(12.0, 16.0, 9 * 60 + 35.0, 1.0),  # the hold begins
    Part(16.0, 25.0, 10 * 60 + 15.0, 0.5),  # it is under way
    Part(25.0, 30.0, 12 * 60 + 35 + 5.0, 1.0),  # to the other side
)


def main() -> None:
    """Make the picture."""
    FILE.write_text(picture(), "utf-8")
    print(f"{FILE}: {FILE.stat().st_size / 1000:.0f} kB")


def picture() -> str:
    """The moving picture, as SVG."""
    moments = [(at, tuple(make_pictures.row_shapes(screen, y) for y in range(_SIZE[1]))) for at, screen in _screens()]
    shown: dict[tuple[int, str], list[int]] = {}
    for number, (_, rows) in enumerate(moments):
        for y, shapes in enumerate(rows):
            if shapes:
                shown.setdefault((y, shapes), []).append(number)
    times = [at for at, _ in moments]
    still = max(number for number, at in enumerate(times) if at <= STILL)
    classes: dict[tuple[int, ...], str] = {}
    groups = []
    for (_, shapes), numbers in shown.items():
        if len(numbers) == len(times):
            groups.append(shapes)
            continue
        name = classes.setdefault(tuple(numbers), f"m{len(classes)}")
        groups.append(f'<g class="{name}{" s" if still in numbers else ""}">{shapes}</g>')
    return make_pictures.framed("\n".join(groups), _style(classes, times))


def _style(classes: dict[tuple[int, ...], str], times: list[float]) -> str:
    """The style that shows each class at its moments, of which *times* says when they begin."""
    rules = ["g[class]{visibility:hidden}g.s{visibility:visible}", "@media (prefers-reduced-motion:no-preference){"]
    for numbers, name in classes.items():
        rules.append(f".{name}{{animation:{name} {SECONDS:g}s step-end infinite}}@keyframes {name}{{")
        before = None
        for number, at in enumerate(times):
            now = "visible" if number in numbers else "hidden"
            if now != before:
                rules.append(f"{at / SECONDS * 100:.4g}%{{visibility:{now}}}")
                before = now
        rules.append(f"to{{visibility:{before}}}}}")
    return f"<style>{''.join(rules)}}}</style>\n"


def _screens() -> Iterator[tuple[float, pyte.Screen]]:
    """What is seen, each with when that begins."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"PSOAS_HOME": folder}):  # without one's own
        context = Context(LANG)
        choices = (*home_page.choices_of(listed(LANG), []), *home_page.page_choices())
        for at, chosen in zip(HOME, ("yin", PRACTICE), strict=True):
            home = home_at(choices, LANG, ("practice", chosen))
            figure = home_page.pictures_of(context, None)(home)
            menu = home_regions.menu_of(home), home_regions.hints_of(home), home_regions.picture_of(home, figure)
            yield at, _painted(methodcaller("menu", *menu))
        yield PREVIEW, _painted(_preview)
    sequence = Library(LANG, own_poses=False).sequence(PRACTICE)
    timeline = adapted(sequence, None, ()).timeline
    for part in PARTS:
        for step in range(round((part.until - part.at) / part.each)):
            view = view_at(timeline, part.second + step * part.each, LANG)
            status = Status(LANG, sequence.title.said(LANG), "playing", view, ends_at=ENDS_AT)
            yield part.at + step * part.each, _painted(methodcaller("show", status))


def _preview(screen: Screen) -> None:
    sequence = Library(LANG, own_poses=False).sequence(PRACTICE)
    made = adapted(sequence, None, ())
    preview = Preview(
        facts_of(Introduction(made.sequence, made.timeline, LANG, PRACTICE, known=True)),
        made.timeline,
        cast("Sound", SimpleNamespace(state="on", muted=False, volume=70)),  # that it is on is seen; nothing is heard
        "deep-bowl",
        spoken=Narrator(Narration(LANG), (), "Heart, built in"),
        sound_note="",
        ends_at=lambda: ENDS_AT,
        clock=lambda: 0.0,
    )
    page = PreviewScreen(screen)
    page.resize(*_SIZE)
    page.read(preview)


def _painted(paint: Callable[[Screen], None]) -> pyte.Screen:
    """A terminal on which *paint* shows something."""
    emulated = pyte.Screen(*_SIZE)
    stream = pyte.Stream(emulated)
    screen = Screen("standard", stream.feed)
    screen.resize(*_SIZE)
    paint(screen)
    return emulated


if __name__ == "__main__":
    main()
