"""Hooks: programs of the person's own, run beside a practice, that can neither delay nor disturb it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from queue import Empty, Full, Queue, SimpleQueue
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING, Self

from psoas_cli.practice.model.text import Lang, Text, encoded, shown
from psoas_cli.practice.score.timeline import Span
from psoas_cli.practice.score.view import view_at
from psoas_cli.programs import NO_WINDOW
from psoas_cli.storage.hook_settings import HookEvent, program_of
from psoas_cli.threads import NO_MORE, begun
from psoas_cli.tui.status import PARTS

if TYPE_CHECKING:
    from threading import Thread

    from psoas_cli.player.session import Session

MOST = 8
"""How many programs of a practice may run at once; those beyond are left out."""

_FAILED = Text("Hooks that cannot start: {programs}", "Hooks die niet starten: {programs}")
_WAITING = 32  # events that wait to be told, while a program is slow to start
_LOOK = 1.0  # seconds between looks for programs that have ended
_PATIENCE = 0.3  # seconds at the end: for the last one to be started, which is not waited for
_INSTANT = 1e-3  # seconds


class Hooks:
    """Runs the person's programs as a session goes on; as a context manager, which ends with the event `end`.

    They run in a session of their own, without a terminal, and live on if psoas ends first. They are started in a
    thread: one that hangs, fails, cannot start or writes without end holds nothing up.

    Args:
        commands: The programs with their arguments, by event.
        facts: What holds for all of the session, by the name of a variable of the environment.
        lang: The language.
        untold: Takes what is to be said of programs that cannot start once the session is over.
    """

    def __init__(
        self,
        commands: Mapping[HookEvent, tuple[str, ...]],
        facts: Mapping[str, str],
        lang: Lang,
        untold: list[str],
    ) -> None:
        self._commands = commands
        self._facts = facts
        self._lang = lang
        self._untold = untold
        self._orders: Queue[tuple[tuple[str, ...], dict[str, str]] | None] = Queue(_WAITING)
        self._failures: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._told: dict[str, str] = {}  # the programs that cannot start, each with the reason
        self._started = Event()  # all that was ordered before the end
        self._thread: Thread | None = None
        self._session: Session | None = None  # the one that is followed, once it has begun
        self._ended = self._stands = self._closed = False
        self._index, self._leaps = -1, -1

    def __enter__(self) -> Self:
        """Begin the thread that starts them."""
        self._thread = begun(self._work, name="psoas-hooks")
        if self._thread is None:
            for program, *_ in self._commands.values():
                self._failures.put((program, NO_MORE))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell the end, if that has not come before."""
        if self._session:
            self._end(self._session, "interrupted" if kind else "ended")
        self._closed = True
        self._put(None)  # it wakes; if there is no room for that, there is more to do first
        if self._thread:
            self._started.wait(_PATIENCE)
        if failed := self._failed():
            self._untold.append(failed)

    def follow(self, session: "Session") -> None:
        """See what has happened in *session* since the last call, and run what is to be run at that."""
        mode = session.mode
        if mode != "closing" and (failed := self._failed()):  # the end has nothing to say but that it is one
            session.say(failed)
        if self._session is None:
            self._session = session
            self._run("start", session)
        if mode == "closing":
            self._end(session, "ended")
        elif mode != "ending" and self._stands != (mode not in ("playing", "returning")):  # an end may be taken back
            self._stands = not self._stands
            self._run("pause" if self._stands else "go-on", session)
        if mode == "playing":
            self._see_stops(session)

    def _see_stops(self, session: "Session") -> None:
        """Tell the stops that have begun since the last call, or since the last leap."""
        timeline = session.timeline
        index = timeline.index_at(session.position)
        leaps, landed = session.leap
        first = self._index + 1 if leaps == self._leaps else timeline.index_at(landed)
        for span in timeline.spans[first : index + 1]:
            if span.stop:
                self._run("stop-begins", session, span)
        self._index, self._leaps = index, leaps

    def _end(self, session: "Session", state: str) -> None:
        """Tell once that *session* is over, in *state* unless it reached its end."""
        if not self._ended:
            self._ended = True
            self._run("end", session, PSOAS_STATE="completed" if session.finished else state)

    def _run(self, event: HookEvent, session: "Session", at: Span | None = None, **more: str) -> None:
        """Have what is to be run at *event* of *session* started: as it is now, or at the start of the span *at*."""
        if event not in self._commands:
            return
        position = at.start if at else session.position
        view = view_at(session.timeline, position, self._lang)
        facts = {
            **self._facts,
            "PSOAS_EVENT": event,
            "PSOAS_POSE": shown(view.title),
            "PSOAS_SIDE": shown(view.side),
            "PSOAS_STOP": str(view.stop),
            "PSOAS_STOPS": str(view.stops),
            "PSOAS_POSITION": str(int(position + _INSTANT)),
            "PSOAS_LENGTH": str(int(session.timeline.expected(session.position) + _INSTANT)),
            **more,
        }
        self._put((self._commands[event], facts))

    def _put(self, order: tuple[tuple[str, ...], dict[str, str]] | None) -> None:
        try:
            self._orders.put_nowait(order)
        except Full:  # a program takes that long to start
            return

    def _failed(self) -> str:
        """What to say of all programs so far that cannot start; empty if it is known already."""
        known = len(self._told)
        while not self._failures.empty():
            program, why = self._failures.get()
            self._told[program] = f"{shown(program)} ({why})"
        if len(self._told) == known:
            return ""
        return _FAILED.filled(programs=PARTS.join(self._told.values())).said(self._lang)

    # -- in the thread

    def _work(self) -> None:
        """Start what is ordered, until that is all, and see to it that nothing is left of what has ended."""
        running: list[subprocess.Popen[bytes]] = []
        while running or not (self._closed and self._orders.empty()):
            try:
                order = self._orders.get(timeout=_LOOK if running else None)
            except Empty:
                order = None
            running = [each for each in running if each.poll() is None]
            if order and len(running) < MOST and (started := self._start(*order)):
                running.append(started)
            if self._closed and self._orders.empty():
                self._started.set()

    def _start(self, command: tuple[str, ...], facts: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
        """The running program of *command*; None if it cannot start."""
        name, *arguments = command
        try:
            return subprocess.Popen(  # noqa: S603 - what the person's own settings name
                [program_of(name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **{key: _for_environment(fact) for key, fact in facts.items()}},
                start_new_session=True,
                creationflags=NO_WINDOW,
            )
        except (OSError, ValueError) as error:
            self._failures.put((name, getattr(error, "strerror", None) or str(error)))
            return None


def _for_environment(fact: str) -> str:
    """*fact* as the environment can hold it: without a NUL, and in the letters of this system."""
    fact = fact.replace("\0", "")
    try:
        os.fsencode(fact)
    except UnicodeEncodeError:
        return os.fsdecode(encoded(fact, sys.getfilesystemencoding()))
    return fact
