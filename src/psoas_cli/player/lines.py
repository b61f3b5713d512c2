"""A session as plain lines, one for each event, for pipes and screen readers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from psoas_cli.player.sentences import card_sentences, hint_sentence, key_sentences
from psoas_cli.practice.model.durations import length_in_words
from psoas_cli.practice.model.text import Lang, Text, rows_of, sentence
from psoas_cli.practice.score.open_hold import IS_OPEN
from psoas_cli.practice.score.overview import length_of
from psoas_cli.practice.score.segments import RETURN, place_name, turn_of
from psoas_cli.practice.score.timeline import Span, Timeline
from psoas_cli.practice.score.view import ahead_of
from psoas_cli.tui.hints import KEY_LIST, ending_hints, paused_hint
from psoas_cli.tui.status import ENDING, PARTS, PAUSED, RETURNING, Ground, Mode, Status

if TYPE_CHECKING:
    from psoas_cli.player.session import Session

_COMING = Text("{name} starts in {time}", "{name} begint over {time}")
_COMING_SIDE = Text("{name}, {turn}, starts in {time}", "{name}, {turn}, begint over {time}")
_TO_COME = Text("Next: {name}", "Hierna: {name}")
_GOING_ON = Text("Going on.", "We gaan verder.")
_GROUNDED = Text("Grounding: the clock stands still.", "Aarden: de klok staat stil.")
_ENDED = Text("The practice ends here.", "De oefening stopt hier.")
_CLOSING = Text("The practice is over. Take your time.", "De oefening is klaar. Neem de tijd.")
_KEYS_BY = Text("The question mark lists the keys.", "Het vraagteken noemt de toetsen.")
_INSTANT = 1e-6
_NARROWEST = 20  # columns of text, however narrow the terminal


class Lines:
    """Writes a line for each event of a session and for what each key does, and nothing twice.

    A screen reader may read them aloud: there are no signs, and lengths are in words.

    Args:
        session: The session.
        tell: Writes lines.
        lang: The language.
    """

    breath_steps = 0

    def __init__(self, session: "Session", tell: Callable[..., None], lang: Lang) -> None:
        self._session = session
        self._line = tell
        self._lang = lang
        self._told = -1.0
        self._leaps = -1
        self._moved = False  # whether the time until the last call was time to move elsewhere
        self._stood: Mode | None = None
        self._arrived = False  # whether that has just ended
        self._numbers = True
        self._there: list[str] = []  # lines already written about a position gone to during a pause
        self._asked = self._messages = 0
        self._ground = ""

    def resize(self, width: int, height: int) -> None:
        """Do nothing: lines fit any size."""

    def turn(self) -> bool:
        """Turn no page: lines have none."""
        return False

    def show(self, status: Status) -> None:
        """Write what has happened since the last call; after a leap, also what is told at the new position.

        Where the person has yet to move to that position, its own line waits until the hold there begins.
        """
        self._numbers = status.numbers
        here = self._session.position
        leaps, landed = self._session.leap
        leapt = leaps != self._leaps
        returns = status.mode == "returning" and (leapt or self._stood != "returning")
        if leapt:
            self._told = landed - _INSTANT
        told: list[str] = []
        if not status.elsewhere:
            told = self._tell(self._told, here, ways=not (self._moved or (leapt and status.again)))
            self._told = here
        elif leapt or returns:
            self._name(status, here)
        self._arrived = self._moved and not status.elsewhere
        self._moved = status.elsewhere
        known = [*told, *self._there]
        if returns:
            there = status.again
        elif leapt and here < self._session.timeline.duration:
            there = status.view.lines  # what would have been told on the way there
        else:
            there = ()
        for line in there:
            if line not in known:
                self._line(line)
        self._there = [*told, *there] if leapt and status.mode == "paused" else [] if returns else self._there
        self._leaps = leaps
        self._write_page(status)
        self._say_standing(status, returns=returns)
        if status.where and status.where.asked != self._asked:
            self._asked = status.where.asked
            self._line(" ".join(status.where.sentences))
        if status.messages != self._messages:
            self._messages = status.messages
            self._line(", ".join(status.message.split(PARTS)) or _KEYS_BY.said(self._lang))

    def _tell(self, after: float, until: float, *, ways: bool) -> list[str]:
        """Write the events in (*after*, *until*] as `events` gives them, and return them."""
        happened = events(self._session.timeline, after, until, self._lang, ways=ways, numbers=self._numbers)
        for line in happened:
            self._line(line)
        return happened

    def _say_standing(self, status: Status, *, returns: bool) -> None:
        """Write the mode of the session once when it changes, or the time to come back."""
        lang, before, self._stood = self._lang, self._stood, status.mode
        if status.ground:
            self._say_ground(status.ground, first=before != "grounding")
        if status.mode == before and not returns:
            return
        match status.mode:
            case "paused":
                self._line(f"{PAUSED.said(lang)}: {paused_hint(status)}")
            case "ending":
                self._line(f"{ENDING.said(lang)}: {ending_hints(status)[0]}")
            case "returning" if status.numbers and not status.elsewhere:
                self._line(sentence(RETURNING.filled(seconds=length_in_words(status.count_in)).said(lang)))
            case "playing" if before is not None and not self._arrived:
                self._line(_GOING_ON.said(lang))
            case "closing" if not self._session.finished:
                self._line(_ENDED.said(lang))

    def _say_ground(self, ground: Ground, *, first: bool) -> None:
        """Write a step of grounding once; before the *first* one also what it is, and after it the keys."""
        if first:
            self._line(_GROUNDED.said(self._lang))
        if first or ground.large != self._ground:
            self._line(f"{sentence(ground.large)} {ground.said}")
        if first:
            self._line(hint_sentence(ground.keys, self._lang))
        self._ground = ground.large

    def _name(self, status: Status, here: float) -> None:
        """Write the name of the stay that the person moves to, and when it starts unless that stands still."""
        stay = self._session.timeline.stay_at(here)
        if stay:
            length = status.count_in if status.mode == "returning" and status.numbers else None
            self._line(_starting(stay, length, self._lang))

    def _write_page(self, status: Status) -> None:
        """Write the keys or the pose that a screen would show as a page, and close it: here it covers nothing."""
        if status.help:
            self._line(*key_sentences(KEY_LIST, self._lang))
        elif status.card:
            self._line(*card_sentences(status.card, self._lang))
        else:
            return
        self._session.key("esc")


def wrapped(line: str, width: int) -> list[str]:
    """*line* in rows of *width* columns, or a few words each if there is less room than for these."""
    return rows_of(line, max(_NARROWEST, width))


def events(
    timeline: Timeline, after: float, until: float, lang: Lang, *, ways: bool = True, numbers: bool = True
) -> list[str]:
    """Return the events in (*after*, *until*] as lines, in order.

    Ways in and out are left out unless *ways* is set, and lengths unless *numbers* is.
    """
    begun = [
        (span.start, 0, _begun(timeline, i, lang, numbers=numbers))
        for i, span in enumerate(timeline.spans)
        if after < span.start <= until and (span.segment.kind != "scan" or span.stop)
    ]
    said = [
        (cue.at, 1, line)
        for cue in timeline.cues
        if after < cue.at <= until and cue.bell is None and (ways or cue.role != "told")
        for line in cue.shown(lang)
        if line
    ]
    over = [(timeline.duration, 2, _CLOSING.said(lang))] if after < timeline.duration <= until else []
    return [line for _, _, line in sorted([*begun, *said, *over], key=lambda each: each[:2])]


def _begun(timeline: Timeline, index: int, lang: Lang, *, numbers: bool) -> str:
    """The line for the start of a span: its name and length or, for time to move, what starts next and when."""
    segment = timeline.spans[index].segment
    length = length_of(timeline, index) if numbers else None
    coming = next(ahead_of(timeline, index), None) if segment.moving else None
    if coming:
        return _starting(coming, length, lang)
    name = RETURN if segment.moving else place_name(segment)
    lasting = length_in_words(length).said(lang) if length is not None else ""
    said = (name.said(lang), turn_of(segment, lang), IS_OPEN.said(lang) if segment.open else lasting)
    return sentence(", ".join(part for part in said if part))


def _starting(stay: Span, seconds: float | None, lang: Lang) -> str:
    """What starts in so many *seconds*, or next if that is None, with its side and which of two that is."""
    name, turn = place_name(stay.segment), turn_of(stay.segment, lang)
    if seconds is None:
        named = f"{name.said(lang)}, {turn}" if turn else name.said(lang)
        return sentence(_TO_COME.filled(name=named).said(lang))
    coming = _COMING_SIDE if turn else _COMING
    return sentence(coming.filled(name=name, turn=turn, time=length_in_words(seconds)).said(lang))
