"""What follows a session while it goes on: its row in the journal, the bed, hooks, and the desktop's buttons."""

from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from psoas_cli.player import recorder
from psoas_cli.player.run import Run, entry_of
from psoas_cli.practice.model.bed import NO_BED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psoas_cli.player.mpris import Mpris
    from psoas_cli.player.playback import AnySink
    from psoas_cli.player.session import Session
    from psoas_cli.tui.terminal_posix import Terminal


@contextmanager
def followed(
    run: Run,
    session: "Session",
    sound: "AnySink",
    terminal: "Terminal",
    *,
    said: dict[str, int | str | None],
    untold: list[str],
) -> "Iterator[Callable[[Session], None]]":
    """What looks after *session* at each turn of its loop: its row in the journal, a fader, hooks, the desktop.

    What the person *said* before and after goes into the row. Problems that come too late for the screen are *untold*.
    """
    from psoas_cli.player.buttons import HAS_SESSION_BUS

    followers: list[Callable[[Session], None]] = []
    with ExitStack() as stack:
        followers.append(stack.enter_context(_kept(run, session, said, untold)))
        if run.bed.sound != NO_BED:
            from psoas_cli.player.fader import Fader

            fader = Fader(sound, run.sequence.bells.close, run.wishes.speed)
            followers.append(lambda session: fader.follow(session.mode, session.position, session.timeline.duration))
        if commands := run.context.config.hooks.commands:
            from psoas_cli.player.hooks import Hooks

            followers.append(stack.enter_context(Hooks(commands, _facts_for_hooks(run), run.lang, untold)).follow)
        if run.context.config.media_keys and HAS_SESSION_BUS:

            @cache
            def mpris() -> "Mpris":
                from psoas_cli.player.mpris import Mpris  # once the first picture is there

                return stack.enter_context(Mpris(terminal.post, run.sequence.title.said(run.lang), run.lang))

            followers.append(lambda session: mpris().follow(session))

        def follow(session: "Session") -> None:
            for each in followers:
                each(session)

        yield follow


def _facts_for_hooks(run: Run) -> dict[str, str]:
    """What the person's hooks are told of the whole session."""
    return {
        "PSOAS_PRACTICE": run.name,
        "PSOAS_TITLE": run.sequence.title.said(run.lang),
        "PSOAS_LANG": run.lang,
        "PSOAS_SPEED": f"{run.wishes.speed:g}",
    }


@contextmanager
def _kept(
    run: Run, session: "Session", said: dict[str, int | str | None], untold: list[str]
) -> "Iterator[recorder.Watch]":
    """Record *session* in the journal with what the person *said*, even if it is interrupted."""
    with recorder.kept(entry_of(run), said, run.lang) as recording:
        watch, whole = recorder.Watch(recording), False
        try:
            yield watch
            whole = True
        finally:
            if problem := watch.end(session, interrupted=not whole):
                untold.append(problem)
