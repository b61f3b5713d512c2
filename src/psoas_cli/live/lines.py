"""A session as lines: one an event, for pipes and for screen readers."""

from collections.abc import Callable

from psoas_cli.practice import words
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline
from psoas_cli.practice.view import ahead_of, name_of, turn_of
from psoas_cli.screen.status import Status


class Lines:
    """Writes a line for each thing that happens, and nothing twice.

    Args:
        timeline: Says which timeline is performed now; `+` and `-` change it.
        position: Says where on it one is, in seconds.
        write: Takes lines, each with its end.
        lang: The language.
    """

    def __init__(
        self, timeline: Callable[[], Timeline], position: Callable[[], float], write: Callable[[str], None], lang: Lang
    ) -> None:
        self._timeline = timeline
        self._position = position
        self._write = write
        self._lang = lang
        self._told = -1.0
        self._stood = ""
        self._message = ""

    def resize(self, width: int, height: int) -> None:
        """Lines fit everywhere."""

    def show(self, status: Status) -> None:
        """Write what has happened up to *status*."""
        here = self._position()
        if status.mode == "playing":
            if here < self._told:  # went back: what comes is told again
                self._told = here - 1e-6
            for at, line in events(self._timeline(), self._told, here, self._lang):
                self._line(f"{clock_text(at):>7}  {line}")
            self._told = here
        self._say_standing(status)
        if status.message and status.message != self._message:
            self._line(f"         {status.message}")
        self._message = status.message

    def _say_standing(self, status: Status) -> None:
        """Say once how the session stands when that changed."""
        said = {
            "paused": words.PAUSED,
            "returning": words.RETURNING.filled(seconds=clock_text(status.count_in)),
            "ending": words.ENDING,
        }.get(status.mode)
        standing = status.mode
        if said and standing != self._stood:
            self._line(f"         {said.said(self._lang)}")
        self._stood = standing

    def _line(self, line: str) -> None:
        self._write(line.rstrip() + "\n")


def events(timeline: Timeline, after: float, until: float, lang: Lang) -> list[tuple[float, str]]:
    """What happens in (*after*, *until*], each with its time in seconds and a line to say it."""
    begun = [
        (span.start, 0, _begun(timeline, i, lang))
        for i, span in enumerate(timeline.spans)
        if after < span.start <= until and (span.piece.kind != "scan" or span.stop)
    ]
    said = [
        (cue.at, 1, cue.text.said(lang, cue.side))
        for cue in timeline.cues
        if after < cue.at <= until and cue.bell is None
    ]
    over = [(timeline.duration, 2, words.CLOSING.said(lang))] if after < timeline.duration <= until else []
    return [(at, line) for at, _, line in sorted([*begun, *said, *over], key=lambda each: each[:2])]


def _begun(timeline: Timeline, index: int, lang: Lang) -> str:
    """That a span begins: what it is, or what comes after it, and how long it lasts."""
    span = timeline.spans[index]
    length = clock_text(span.length)
    if not span.piece.moving:
        title = words.SCAN.said(lang) if span.piece.kind == "scan" else name_of(span.piece, lang)
        turn = turn_of(span.piece, lang)
        return f"{title}, {turn} ({length})" if turn else f"{title} ({length})"
    coming = next(ahead_of(timeline, index), None)
    if coming is None:
        return f"{words.RETURN.said(lang)} ({length})"
    name = name_of(coming.piece, lang)
    turn = turn_of(coming.piece, lang)
    return words.COMING.filled(name=f"{name}, {turn}" if turn else name, time=length).said(lang)
