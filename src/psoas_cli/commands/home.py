"""`psoas` alone: the home screen on a terminal, otherwise the list."""

import math
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.durations import LONGEST
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.patterns import FEW, NAMED, PURPOSES, USUAL_SECONDS, Pattern, parse_pattern, title_of
from psoas_cli.practice.model.text import Lang, Text, sentences
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import Listed, listed
from psoas_cli.storage.entry import Entry
from psoas_cli.storage.journal import Journal
from psoas_cli.tui.home_state import Choice, Home, Kind, Last, home_at
from psoas_cli.tui.terminal import has_screen, opened

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window  # imports all of a session
    from psoas_cli.tui.screen import Screen

_OWN_STEPS = f"practice {STEPS}"  # how the command of a practice without a file begins
_FIRST: tuple[Kind, str] = ("practice", "yin")  # where the cursor starts if nothing was practised yet


def open_home() -> None:
    """Show the home screen and start what the user chooses on it; in a pipe, print the list."""
    context = Context()
    if not (sys.stdin.isatty() and has_screen()):
        from psoas_cli.commands.list import print_list

        print_list(context)
        return
    home = _chosen(_opened(context.lang), context)
    if home.outcome != "begin" or home.chosen is None:
        return
    from psoas_cli.player.performance import breathe_along, practise
    from psoas_cli.player.wishes import Wishes

    if home.chosen.kind == "practice":
        practise(
            context.unless_asked(home.lang), home.chosen.id, home.minutes, begin=None, breath=None, wishes=Wishes()
        )
    else:
        breathe_along(context.unless_asked(home.lang), home.chosen.id, home.minutes, None, ramp=False, wishes=Wishes())


def _opened(lang: Lang) -> Home:
    """Return the home screen as it opens, on what was practised last."""
    now, done = datetime.now().astimezone(), {}
    with suppress(PsoasError):  # without the journal there is still everything to choose from
        done = Journal(paths.journal_file()).last_times(now + timedelta(days=1))
    lasts = {command: _last(entry, now) for command, entry in done.items()}
    own = next((command for command in done if command.startswith(_OWN_STEPS)), "").removeprefix("practice ")
    practices = [each for each in listed(lang, own) if each.id != own or not each.problem]
    choices = tuple(replace(choice, last=lasts.get(choice.command)) for choice in _choices(practices, [*done]))
    offered = {choice.command: (choice.kind, choice.id) for choice in choices}
    last = next((offered[command] for command in done if command in offered), _FIRST)
    return home_at(choices, lang, last)


def _chosen(home: Home, context: Context) -> Home:
    """Run the home screen, and return its final state."""
    from rich.console import Console

    from psoas_cli.cli.console import ascii_only
    from psoas_cli.tui.screen import Screen
    from psoas_cli.tui.theme import THEMES

    with opened(plain=False) as window:
        screen = Screen(
            Console(highlight=False), window.write, ascii_only=ascii_only(), theme=THEMES[context.config.theme]
        )
        return _led(home, window, screen, _pictures(context))


def _led(home: Home, window: "Window", screen: "Screen", picture_of: Callable[[Home], Figure | None]) -> Home:
    """Show the home screen until the user starts something or quits, and return its final state."""
    from psoas_cli.player.browser import browse
    from psoas_cli.tui import home_regions

    def show(home: Home, figure: Figure | None) -> None:
        screen.menu(home_regions.menu_of(home), home_regions.hints_of(home), home_regions.picture_of(home, figure))

    return browse(home, window, screen, show=show, picture_of=picture_of)


def _choices(practices: list[Listed], done: list[str]) -> list[Choice]:
    """Return the practices, those with problems last, and the patterns, one by counts among them if it is the latest.

    Args:
        practices: The practices.
        done: The commands of what was practised, the latest first.
    """
    rows = sorted(practices, key=lambda each: bool(each.problem))
    patterns = list(NAMED.values())
    known = {f"practice {row.id}" for row in rows} | {f"breathe {name}" for name in NAMED}
    latest = next((command for command in done if command in known or command.startswith("breathe ")), "")
    if latest not in known:
        with suppress(ValueError):  # the journal may hold anything
            patterns.append(parse_pattern(latest.removeprefix("breathe ")))
    return [*map(_practice, rows), *map(_breathing, patterns)]


def _practice(row: Listed) -> Choice:
    _, _, problem = row.problem.partition(f"{row.id}.yaml:")
    return Choice(
        "practice",
        row.id,
        row.title,
        row.seconds,
        *row.minutes,
        props=row.props,
        purpose=sentences(row.summary)[0],
        problem=problem or row.problem,
    )


def _breathing(pattern: Pattern) -> Choice:
    few = FEW.get(pattern.name)
    seconds = pattern.cycle * few[0] if few else USUAL_SECONDS
    high = int(pattern.cycle * few[1] // 60) if few else int(LONGEST // 60)
    return Choice(
        "breathe",
        pattern.name,
        title_of(pattern),
        seconds,
        math.ceil(pattern.cycle / 60),
        high,
        counts=pattern.counts,
        purpose=PURPOSES.get(pattern.name, Text()),
    )


def _last(entry: Entry, now: datetime) -> Last:
    """Return what was done last, with the number of days since, counted from the day that history shows it on."""
    minutes = None if entry.asked_s is None else entry.asked_s / 60
    return Last(minutes, entry.practised_s, (now.date() - entry.when.date()).days)


def _pictures(context: Context) -> Callable[[Home], Figure | None]:
    """Return a function that loads the picture of what is chosen, the pose that is held longest, from its file."""

    def picture_of(home: Home) -> Figure | None:
        from psoas_cli.practice.score.plan import main_figure

        choice = home.chosen
        if choice is None or choice.kind != "practice" or choice.problem:
            return None
        try:
            return main_figure(context.library.sequence(choice.id))
        except PsoasError:  # the file has changed: Enter shows what is wrong
            return None

    return picture_of
