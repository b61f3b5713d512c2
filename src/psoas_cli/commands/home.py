"""`psoas` alone: the home screen on a terminal, otherwise the list."""

import math
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.cli.console import ascii_only, write
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.durations import LONGEST
from psoas_cli.practice.model.figure import Figure
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.patterns import FEW, NAMED, PURPOSES, USUAL_SECONDS, Pattern, parse_pattern, title_of
from psoas_cli.practice.model.text import Lang, Text, capitalised, sentence, sentences
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import Listed, listed
from psoas_cli.storage.entry import Entry
from psoas_cli.storage.journal import Journal
from psoas_cli.tty import colours, is_terminal
from psoas_cli.tui.home_state import Choice, Home, Kind, Last, ago, home_at
from psoas_cli.tui.terminal import has_screen, opened

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window  # imports all of a session
    from psoas_cli.player.run import Run
    from psoas_cli.tui.screen import Screen
    from psoas_cli.tui.terminal_posix import Terminal

_OWN_STEPS = f"practice {STEPS}"  # how the command of a practice without a file begins
_FIRST: tuple[Kind, str] = ("practice", "yin")  # where the cursor starts if nothing was practised yet
_INTERRUPTED = Text("You were interrupted {day} at {time}.", "Je werd {day} om {time} onderbroken.")


class LinkedPage(NamedTuple):
    """A page that the home screen leads to.

    Args:
        command: The command that prints what is on it.
        title: Its name on the screen.
        purpose: What it is for, in a sentence.
        visit: Shows it until the person comes back; returns the settings if they have changed, or the command of what
            is to be chosen then. None of the one that is typed on, whose line is kept while psoas runs.
    """

    command: str
    title: Text
    purpose: Text
    visit: "Callable[[Window, Screen, Context], Context | str | None] | None"


def _history(window: "Window", screen: "Screen", context: Context) -> str | None:
    from psoas_cli.commands.history.history_menu import look_back

    return look_back(window, screen, context)


def _poses(window: "Window", screen: "Screen", context: Context) -> None:
    from psoas_cli.commands.poses.pose_menu import visit_poses

    visit_poses(window, screen, context)


def _bells(window: "Window", screen: "Screen", context: Context) -> None:
    from psoas_cli.commands.bells.bell_menu import visit_bells

    visit_bells(window, screen, context)


def _voices(window: "Window", screen: "Screen", context: Context) -> Context | None:
    from psoas_cli.commands.voices.voice_menu import visit_voices

    return visit_voices(window, screen, context)


def _settings(window: "Window", screen: "Screen", context: Context) -> Context:
    from psoas_cli.commands.config import visit_settings

    return visit_settings(window, screen, context)


_PAGES: Mapping[str, LinkedPage] = {
    "o": LinkedPage(
        "new",
        Text("A practice of your own", "Een eigen oefening"),
        Text(
            "Type its steps and see the plan: time to move, bells and a rest at the end come by themselves.",
            "Typ de stappen en zie het plan: tijd om te bewegen, bellen en een rust aan het eind komen er vanzelf bij.",
        ),
        None,
    ),
    "h": LinkedPage(
        "history",
        Text("History", "Terugkijken"),
        Text(
            "What you practised: each session, each practice, and when in the day.",
            "Wat je hebt geoefend: elke sessie, elke oefening, en wanneer op de dag.",
        ),
        _history,
    ),
    "p": LinkedPage(
        "poses",
        Text("Poses", "Houdingen"),
        Text(
            "Every pose with its picture, the way in and out, and softer forms. "
            "psoas new makes a practice of your own from them.",
            "Elke houding met een tekening, hoe je erin en eruit komt, en zachtere vormen. "
            "Met psoas new maak je er een eigen oefening van.",
        ),
        _poses,
    ),
    "b": LinkedPage(
        "bells",
        Text("Bells", "Bellen"),
        Text("Hear each bell, and what it means in a practice.", "Hoor elke bel, en wat die in een oefening betekent."),
        _bells,
    ),
    "v": LinkedPage(
        "voices",
        Text("Voices", "Stemmen"),
        Text("Hear who can lead you, and choose.", "Hoor wie je kan begeleiden, en kies."),
        _voices,
    ),
    "s": LinkedPage(
        "config",
        Text("Settings", "Instellingen"),
        Text(
            "Language, sound, screen, and what to take care with.",
            "Taal, geluid, scherm, en waar je op let.",
        ),
        _settings,
    ),
}
"""The pages by the keys that open them, in the order of the list."""


def open_home() -> None:
    """Show the home screen and start what the user chooses on it; in a pipe, print the list."""
    context = Context()
    if not (is_terminal(sys.stdin) and has_screen()):
        from psoas_cli.commands.list import print_list

        print_list(context)
        return
    if done := _visited(context):
        write(done)


def _resumable(context: Context) -> "Run | None":
    """Return what goes on with the practice that was interrupted last.

    None if there is none, if nothing of it was practised yet, or if it has changed.
    """
    from psoas_cli.player.recorder import interrupted

    with suppress(PsoasError):
        if any(entry.practised_s or entry.continues for entry in interrupted()[:1]):
            from psoas_cli.player.run import resumed
            from psoas_cli.player.wishes import Wishes

            return resumed(context, None, wishes=Wishes())
    return None


def _opened(lang: Lang, run: "Run | None" = None, own: str = "") -> Home:
    """Return the home screen as it opens: on *run*, the practice to go on with, or on what was practised last.

    It offers the practice without a file that is called *own*, else the latest of its kind.
    """
    now, done = datetime.now().astimezone(), {}
    with suppress(PsoasError):  # without the journal there is still everything to choose from
        done = Journal(paths.journal_file()).last_times(now + timedelta(days=1))
    lasts = {command: _last(entry, now) for command, entry in done.items()}
    own = own or next((each for each in done if each.startswith(_OWN_STEPS)), "").removeprefix("practice ")
    practices = [each for each in listed(lang, own) if each.id != own or not each.problem]
    choices = [replace(choice, last=lasts.get(choice.command)) for choice in choices_of(practices, [*done])]
    offered = {choice.command: (choice.kind, choice.id) for choice in choices}
    last = next((offered[command] for command in done if command in offered), _FIRST)
    if run and run.resumed:
        resumed = _resumed(run, run.resumed, now)
        choices.insert(0, resumed)
        if all(entry.last <= run.resumed.last for entry in done.values()):
            last = resumed.kind, resumed.id
    return home_at((*choices, *page_choices()), lang, last)


def page_choices() -> tuple[Choice, ...]:
    """Return the rows that lead to other pages."""
    return tuple(
        Choice("page", page.command, page.title, purpose=page.purpose, key=key) for key, page in _PAGES.items()
    )


def _visited(context: Context) -> str:
    """Show the home screen, the pages that it leads to, and what is begun there.

    Returns:
        What was practised, as a line; empty if the person quits.
    """
    from psoas_cli.tui.screen import Screen
    from psoas_cli.tui.theme import THEMES

    run = _resumable(context)
    home = _opened(context.lang, run)
    typed, begun = _own_steps(home), ""  # the line of a practice of one's own, and the name of what was begun so
    with opened(plain=False) as window:
        screen = Screen(colours(), window.write, ascii_only=ascii_only(), theme=THEMES[context.config.theme])
        while True:
            if not home.closed:
                home = _led(home, window, screen, pictures_of(context, run))
            if home.outcome == "leave":
                return ""
            if home.outcome == "begin":
                told: tuple[str, ...] = ()
                try:
                    if done := _begun(home, window, context, run):
                        return done
                except PsoasError as error:  # the screen stays, and there is something else to choose
                    told = tuple(sentence(capitalised(each)) for each in (error.message, error.hint) if each)
                window.dirty = True  # the preview was on it
                home = replace(home, outcome=None, told=told)
                continue
            page = next(page for page in _PAGES.values() if page.command == home.page)
            own = context if home.lang == context.lang else context.unless_asked(home.lang)
            if page.visit is None:
                from psoas_cli.player.steps_line import type_steps

                typed, name = type_steps(window, screen, own, typed, _own_steps(home))
                begun = name or begun
                home = _with_own(home, name, run) if name else replace(home, outcome=None)
                continue
            brought = page.visit(window, screen, own)
            if isinstance(brought, Context):
                context, home = brought, replace(home, lang=brought.lang)
                screen.wear(THEMES[context.config.theme])
            run = _resumable(context)
            home = home.again(_opened(home.lang, run, begun))
            if isinstance(brought, str):
                home = home.on(brought)


def _own_steps(home: Home) -> str:
    """Return the steps of the practice without a file that *home* offers; empty if it offers none."""
    return next((each.id for each in home.choices if each.id.startswith(STEPS)), "").removeprefix(STEPS)


def _with_own(home: Home, name: str, run: "Run | None") -> Home:
    """Return *home* with the practice without a file *name* chosen and begun, as long as its steps say."""
    return replace(home.again(_opened(home.lang, run, name)).on(f"practice {name}"), typed="", outcome="begin")


def _begun(home: Home, window: "Terminal", context: Context, resumable: "Run | None") -> str:
    """Perform what is begun, as it is with the settings of *context*; *resumable* is what can be gone on with.

    Returns:
        What was practised, as a line; empty if the person came back before it began.

    Raises:
        PsoasError: It cannot be begun.
    """
    from psoas_cli.player.performance import performed
    from psoas_cli.player.run import of_breathing, of_practice
    from psoas_cli.player.wishes import Wishes

    choice, own = home.chosen, context.unless_asked(home.lang)
    if choice is None:
        return ""
    if choice.kind == "breathe":
        run = of_breathing(own, choice.id, home.minutes, None, ramp=False, wishes=Wishes())
        return performed(run, window)
    context.check_care()
    if choice.kind == "resume" and resumable:
        return performed(resumable, window)
    run = of_practice(own, choice.id, home.minutes, begin=None, breath=None, wishes=Wishes())
    return performed(run, window)


def _led(home: Home, window: "Window", screen: "Screen", picture_of: Callable[[Home], Figure | None]) -> Home:
    """Show the home screen until the user starts something or quits, and return its final state."""
    from psoas_cli.player.browser import browse
    from psoas_cli.tui import home_regions

    def show(home: Home, figure: Figure | None) -> None:
        screen.menu(home_regions.menu_of(home), home_regions.hints_of(home), home_regions.picture_of(home, figure))

    return browse(home, window, screen, show=show, picture_of=picture_of)


def _resumed(run: "Run", entry: Entry, now: datetime) -> Choice:
    """Return the row that goes on with *run*, whose *entry* in the journal was interrupted."""
    from psoas_cli.practice.score.view import view_at

    when = entry.last.astimezone()
    return Choice(
        "resume",
        entry.command,
        run.sequence.title,
        run.timeline.duration - run.position,
        purpose=_INTERRUPTED.filled(day=ago((now.date() - when.date()).days), time=f"{when:%H:%M}"),
        stop=Text.each(lambda lang: view_at(run.timeline, run.position, lang).title),
    )


def choices_of(practices: list[Listed], done: list[str]) -> list[Choice]:
    """Return the practices and the patterns, one by counts among them if it is the latest.

    Args:
        practices: The practices.
        done: The commands of what was practised, the latest first.
    """
    patterns = list(NAMED.values())
    known = {f"practice {row.id}" for row in practices} | {f"breathe {name}" for name in NAMED}
    latest = next((command for command in done if command in known or command.startswith("breathe ")), "")
    if latest not in known:
        with suppress(ValueError):  # the journal may hold anything
            patterns.append(parse_pattern(latest.removeprefix("breathe ")))
    return [*map(_practice, practices), *map(_breathing, patterns)]


def _practice(row: Listed) -> Choice:
    _, _, problem = row.problem.partition(f"{row.id}.yaml:")
    steps = row.id.partition(STEPS)[2].replace(", ", " · ")  # without a file, they say best what it is
    return Choice(
        "practice",
        row.id,
        row.title,
        row.seconds,
        row.bounds[0] / 60,
        row.bounds[1] / 60,
        props=row.props,
        purpose=Text(steps, steps) if steps else sentences(row.summary)[0],
        problem=problem or row.problem,
    )


def _breathing(pattern: Pattern) -> Choice:
    few = FEW.get(pattern.name)
    seconds = pattern.cycle * few[0] if few else USUAL_SECONDS
    most = math.ceil(pattern.cycle * (few[1] + 1)) - 1 if few else LONGEST  # a breath that would not fit is left out
    return Choice(
        "breathe",
        pattern.name,
        title_of(pattern),
        seconds,
        1 / 60,
        most / 60,
        counts=pattern.counts,
        purpose=PURPOSES.get(pattern.name, Text()),
    )


def _last(entry: Entry, now: datetime) -> Last:
    """Return what was done last, with the number of days since, counted from the day that history shows it on."""
    minutes = None if entry.asked_s is None else entry.asked_s / 60
    return Last(minutes, entry.practised_s, (now.date() - entry.when.date()).days)


def pictures_of(context: Context, run: "Run | None") -> Callable[[Home], Figure | None]:
    """Return a function that loads the picture of what is chosen.

    It is the pose that is held longest, from the file of the practice, or the one at which *run* goes on.
    """

    def picture_of(home: Home) -> Figure | None:
        from psoas_cli.practice.score.plan import main_figure
        from psoas_cli.practice.score.view import view_at

        choice = home.chosen
        if choice and choice.kind == "resume" and run:
            return view_at(run.timeline, run.position, home.lang).figure
        if choice is None or choice.kind != "practice" or choice.problem:
            return None
        try:
            return main_figure(context.library.sequence(choice.id))
        except PsoasError:  # the file has changed: Enter shows what is wrong
            return None

    return picture_of
