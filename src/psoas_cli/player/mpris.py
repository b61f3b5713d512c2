"""MPRIS: psoas among the media players of a desktop, so that buttons of headphones and media keys reach a session."""

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Self

from psoas_cli.player.mpris_object import ROOT, Playing, answered, changes_of
from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.segments import RETURN, place_name
from psoas_cli.threads import begun

if TYPE_CHECKING:
    from socket import socket
    from threading import Thread

    from psoas_cli.player.session import Session
    from psoas_cli.player.session_bus import SessionBus
    from psoas_cli.practice.score.timeline import Timeline
    from psoas_cli.tui.status import Mode

NAME = f"{ROOT}.psoas"
"""Its name on the bus; a second psoas adds the number of its process."""

_LAST_WORDS = 0.3  # seconds to wait on leaving
_STATES: "dict[Mode, str]" = {"playing": "Playing", "returning": "Playing", "closing": "Stopped"}


class Mpris:
    """Tells a desktop what is practised, and passes on the buttons it sends; without a desktop it does nothing.

    All that a bus may do to it happens in a thread of its own.

    Args:
        post: Takes the name of a button; called in that thread.
        practice: The title of the practice.
        lang: The language.
    """

    def __init__(self, post: Callable[[str], None], practice: str, lang: Lang) -> None:
        self._post = post
        self._lang = lang
        self._seen: tuple[Timeline, int, Mode] | None = None
        self._begun = False
        self._playing = Playing("Stopped", practice, practice, 0)
        self._thread: Thread | None = None
        self._waker: socket | None = None
        self._gate = Lock()
        self._left = False

    def follow(self, session: "Session") -> None:
        """Tell what *session* plays, if that has changed; the thread begins with the second look, after a picture."""
        timeline, mode, position = session.timeline, session.mode, session.position
        seen = (timeline, timeline.index_at(position), mode)
        if self._seen is None:
            self._seen = seen
            self._tell(session)
        elif not self._begun:
            self._begun = True
            with suppress(OSError):  # there are no more files to be had
                self._begin()
        elif seen[0] is not self._seen[0] or seen[1:] != self._seen[1:]:
            self._seen = seen
            self._tell(session)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the bus, and wait for that a moment; no button comes after this."""
        with self._gate:
            self._left = True
        self._wake()
        if self._thread is not None:
            self._thread.join(_LAST_WORDS)
        if self._waker is not None:
            self._waker.close()

    def _tell(self, session: "Session") -> None:
        stay = session.timeline.stay_at(session.position)
        title = (place_name(stay.segment) if stay else RETURN).said(self._lang)
        before = self._playing
        number = before.number + (title != before.title)
        self._playing = before._replace(state=_STATES.get(session.mode, "Paused"), title=title, number=number)
        self._wake()

    def _begin(self) -> None:
        from socket import socketpair

        self._waker, woken = socketpair()
        for end in (self._waker, woken):
            end.setblocking(False)  # noqa: FBT003 - the name of the method says what it is
        self._thread = begun(self._serve, woken, name="psoas-media")

    def _wake(self) -> None:
        """Have the thread look at what has changed."""
        if self._waker is not None:
            with suppress(OSError):  # it has enough to wake it, or has ended
                self._waker.send(b".")

    def _serve(self, woken: "socket") -> None:
        """Serve the bus until the session is over; a bus that is lost, or never was, is no matter."""
        with woken, suppress(Exception):
            self._talk(woken)

    def _talk(self, woken: "socket") -> None:
        from psoas_cli.player.session_bus import SessionBus

        with SessionBus() as bus:
            if not named_on(bus):
                return
            told = self._playing
            while not self._left:
                if told != self._playing:
                    told = self._playing
                    bus.send(changes_of(told))
                for message in bus.messages(woken):
                    answer, button = answered(message, self._playing)
                    if answer is not None:
                        bus.send(answer)
                    self._pass_on(button)
                with suppress(BlockingIOError):
                    woken.recv(512)

    def _pass_on(self, button: str) -> None:
        with self._gate:
            if button and not self._left:
                self._post(button)


def named_on(bus: "SessionBus") -> bool:
    """Ask *bus* for the name of psoas, or of this one where another has it; return whether it is given."""
    return bus.is_given(NAME) or bus.is_given(f"{NAME}.instance{os.getpid()}")
