"""`psoas` alone: on a terminal the home screen, elsewhere the list."""

import math
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from psoas_cli.cli import language
from psoas_cli.cli.terminals import has_screen, opened
from psoas_cli.errors import PsoasError
from psoas_cli.practice.durations import LONGEST
from psoas_cli.practice.figure import Figure
from psoas_cli.practice.home import Choice, Home, Kind, Last, home_at
from psoas_cli.practice.patterns import FEW, NAMED, USUAL_SECONDS, Pattern, parse_pattern, title_of
from psoas_cli.practice.text import Lang
from psoas_cli.store import folders, remembered
from psoas_cli.store.catalogue import Listed, listed
from psoas_cli.store.config import ThemeName, read_config
from psoas_cli.store.remembered import Done

_FIRST: tuple[Kind, str] = ("practice", "yin")  # where the cursor is before anything was done


def open_home() -> None:
    """Let a person choose on the home screen, and lead them through what they chose; in a pipe print the list."""
    if not (sys.stdin.isatty() and has_screen()):
        from psoas_cli.cli.listing import print_list

        print_list(None, as_json=False)
        return
    config = read_config(folders.config_file())
    home = _chosen(_opened(language.choose(None, config.lang)), config.theme)
    if home.outcome != "begin" or home.chosen is None:
        return
    from psoas_cli.cli.options import Wishes
    from psoas_cli.cli.performing import breathe_along, practise

    if home.chosen.kind == "practice":
        practise(home.chosen.id, home.minutes, home.lang, begin=None, breath=None, wishes=Wishes())
    else:
        breathe_along(home.chosen.id, home.minutes, None, ramp=False, lang=home.lang, wishes=Wishes())


def _opened(lang: Lang) -> Home:
    """The home screen as it opens."""
    done = remembered.done(folders.state_file())
    latest = max(done, key=lambda command: done[command].ended, default="")
    choices = _choices(listed(lang), done, latest)
    last = next(((choice.kind, choice.id) for choice in choices if choice.command == latest), _FIRST)
    return home_at(choices, lang, last)


def _chosen(home: Home, theme: ThemeName) -> Home:
    """What the person came to on the screen, which is coloured by *theme*."""
    from rich.console import Console

    from psoas_cli.cli.printing import ascii_only
    from psoas_cli.live.home import choose
    from psoas_cli.screen.screen import Screen
    from psoas_cli.screen.theme import THEMES

    with opened(plain=False) as place:
        screen = Screen(Console(highlight=False), place.write, ascii_only=ascii_only(), theme=THEMES[theme])
        return choose(home, place, screen, _pictures(home.lang))


def _choices(practices: list[Listed], done: Mapping[str, Done], latest: str) -> tuple[Choice, ...]:
    """The practices, those with problems last, and the breathing patterns; also one by counts if it was the latest."""
    rows = sorted(practices, key=lambda each: bool(each.problem))
    patterns = list(NAMED.values())
    kind, _, written = latest.partition(" ")
    if kind == "breathe" and written not in NAMED:
        with suppress(ValueError):  # what is remembered may be anything
            patterns.append(parse_pattern(written))
    found = [*map(_practice, rows), *map(_breathing, patterns)]
    lasts = {command: _last(what) for command, what in done.items()}
    return tuple(replace(choice, last=lasts.get(choice.command)) for choice in found)


def _practice(row: Listed) -> Choice:
    _, _, problem = row.problem.partition(f"{row.id}.yaml:")
    return Choice(
        "practice", row.id, row.title, row.seconds, *row.minutes, props=row.props, problem=problem or row.problem
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
    )


def _last(what: Done) -> Last:
    """What was done, seen from today."""
    today = datetime.now().astimezone().date()
    return Last(what.minutes, what.practised, (today - what.ended.date()).days)


def _pictures(lang: Lang) -> Callable[[Choice], Figure | None]:
    """Fetches the picture of the pose that a practice stays in for longest; its file is read for that."""
    from psoas_cli.store.library import Library

    library = Library(lang)

    def picture_of(choice: Choice) -> Figure | None:
        from psoas_cli.practice.plan import main_figure

        if choice.kind != "practice":
            return None
        try:
            return main_figure(library.sequence(choice.id))
        except PsoasError:  # it changed meanwhile: Enter says what is wrong
            return None

    return picture_of
