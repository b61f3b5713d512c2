"""Transitions: what is told on the way from one stay to the next, and how long that takes.

What is told belongs to one stop and comes right before it: which props to have ready, how to change position, the name
and the side, the way in. If there is no time to move, it is told as the stay begins.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from psoas_cli.practice.model import positions
from psoas_cli.practice.model.poses import INTO
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Text, sentence, sentences, uncapitalised
from psoas_cli.practice.score.passage import AFTER_BELL, AFTER_REST, AFTER_WOOD, AT_THE_MAT, Part, Passage, calmly
from psoas_cli.practice.score.segments import Segment, fixed, side_of

_TO_THE_MAT = Text("Come to your mat. There is time.", "Kom naar je mat. Er is tijd.")
_FIRST_SIDE = Text("{Side} first.", "Eerst {side}.")
_SECOND_SIDE = Text("The other side: {side}.", "De andere kant: {side}.")
_THIS_SIDE = Text("{Side}.", "{Side}.")

_GRAIN = 5.0  # seconds; moves last a multiple of this
_LEAST = 15.0  # seconds; the shortest move
_LEAST_TO_THE_MAT = 40.0  # seconds; the shortest lead-in


def with_told(segments: Iterable[Segment]) -> Iterator[Segment]:
    """*segments* with what is told in them, and with the lengths of moves that last as long as they take."""
    run: list[Segment] = []
    before: Segment | None = None
    here: Position | None = "standing"
    for segment in segments:
        if segment.moving:
            run.append(segment)
            continue
        way = _Way(before, here, tuple(run), segment)
        yield from way.segments()
        if not way.goes_on:
            before = segment
        here, run = way.there, []
    yield from _Way(before, here, tuple(run), None).segments()


def told_again(segment: Segment, leaving: Segment | None = None) -> Passage:
    """What is told to a person who comes to *segment* out of turn.

    Args:
        segment: The stay that they come to.
        leaving: The stay that they leave; None if they may be anywhere.
    """
    out, left = _leaving(leaving, segment)
    fetch = tuple(map(Part, sentences(segment.fetch))) if segment.fetch and (leaving is None or out) else ()
    there = segment.position
    sentence = (Part(positions.sentence(None, there), segment.side),) if there and there != left else ()
    place = (Part(segment.title, heading=True),) if segment.kind == "scan" else ()
    side = (_turn(_THIS_SIDE, segment),) if segment.side else ()
    way_in = (Part(segment.way_in, segment.side),) if segment.way_in else ()
    return Passage((*out, *fetch, *sentence, *_name(segment), *place, *side, *way_in))


def _leaving(leaving: Segment | None, segment: Segment) -> tuple[tuple[Part, ...], Position | None]:
    """How to leave *leaving*, unless *segment* is the same again, and the position that one is in then."""
    if leaving is None:
        return (), None
    if leaving.pose == segment.pose and leaving.side == segment.side:
        return (), leaving.position
    leads_elsewhere = leaving.leaves not in (None, leaving.position, segment.position)
    if not leaving.way_out or leads_elsewhere:
        return (), leaving.position
    return (Part(leaving.way_out, leaving.side),), leaving.leaves or leaving.position


def time_to_return(segment: Segment, leaving: Segment | None = None, silence: float = AFTER_BELL) -> float:
    """Seconds that a person needs to come to *segment* as `told_again` tells it, after *silence* seconds."""
    seconds = (
        silence + calmly((told_again(segment, leaving),)) + positions.seconds(None, segment.position) + segment.into
    )
    return _rounded(seconds, _LEAST)


def _rounded(seconds: float, least: float) -> float:
    return max(least, math.ceil(round(seconds / _GRAIN, 6)) * _GRAIN)


@record(frozen=True)
class _Way:
    """The way from one stay to the next.

    Args:
        before: The stay that one leaves; None at the start.
        here: The position that one is in during that stay; None if unknown.
        run: The moves between the two stays: usually one, or none.
        coming: The next stay; None at the end.
    """

    before: Segment | None
    here: Position | None
    run: tuple[Segment, ...]
    coming: Segment | None

    @cached_property
    def there(self) -> Position | None:
        """The position in which the next stay begins."""
        if self.coming is None:
            return None
        return self._left if self.coming.stays or self.goes_on else self.coming.position

    @property
    def goes_on(self) -> bool:
        """Whether one stays in the pose for the next stay (a rest, breathing or a scan) and leaves it later."""
        coming = self.coming
        if coming is None or self._out:
            return False
        return coming.stays or (not self.run and coming.kind in {"breathe", "scan"})

    def segments(self) -> Iterator[Segment]:
        """The moves and the next stay, each with what is told in it."""
        for i, segment in enumerate(self.run):
            last = i == len(self.run) - 1
            parts = (*_own(segment), *(self._arrival() if last and self._invites_on_the_way else ()))
            told = ((self._out,) if self._out and i == 0 else ()) + (
                (Passage(parts, coming=self.coming is not None),) if parts else ()
            )
            takes = self._takes(segment, told, first=i == 0, last=last)
            length = fixed(takes) if segment.auto else segment.flex
            yield replace(segment, told=told, takes=takes, flex=length)
        if self.coming:
            arrival = () if self.run and self._invites_on_the_way else self._arrival()
            told = ((self._out,) if self._out and not self.run else ()) + ((Passage(arrival),) if arrival else ())
            fetch = next((segment.fetch for segment in self.run if segment.fetch), Text())
            yield replace(self.coming, told=told, position=self.there, fetch=fetch)

    @cached_property
    def _invites_on_the_way(self) -> bool:
        """Whether the next stay is told of before it begins: to breathe it need not be, if the file leaves no time."""
        if self.coming is None or self.coming.kind != "breathe" or not self.run or self.run[-1].auto:
            return True
        return calmly((Passage(self._arrival()),)) <= self.run[-1].flex.typical

    @cached_property
    def _in_own_words(self) -> bool:
        """Whether the file itself says how to move."""
        return any(segment.text for segment in self.run)

    @cached_property
    def _out(self) -> Passage | None:
        """How to leave the stay before; None if one stays, the file itself says how, or the way out leads elsewhere."""
        before, coming = self.before, self.coming
        if before is None or not before.way_out or self._in_own_words:
            return None
        told = Passage((Part(before.way_out, before.side),))
        if before.leaves not in (None, before.position):
            return told if coming is None or coming.position == before.leaves else None
        if self.run:
            return told
        if coming is None or coming.kind == "rebound":
            return told if coming else None
        another = coming.pose and coming.pose.id and before.pose and coming.pose.id != before.pose.id
        elsewhere = coming.position not in (None, self.here)
        return told if another or elsewhere else None

    @cached_property
    def _left(self) -> Position | None:
        """The position that one is in after leaving the stay before."""
        if self.before and self.before.leaves and (self._out or not self.before.way_out):
            return self.before.leaves
        return self.here

    def _arrival(self) -> tuple[Part, ...]:
        """What is told of the next stay."""
        coming = self.coming
        if coming is None:
            return ()
        second = bool(coming.turn == 2 and coming.second)
        way_in = Text() if self._goes_back else coming.second if second else coming.way_in
        return (*self._sentence(), *_name_and_turn(coming), *((Part(way_in, coming.side),) if way_in else ()))

    @property
    def _goes_back(self) -> bool:
        """Whether the file itself says how to move out of a pose and back into the same one."""
        before, coming = self.before, self.coming
        if before is None or coming is None or coming.pose is None or not self._in_own_words:
            return False
        return (before.pose, before.side) == (coming.pose, coming.side)

    def _sentence(self) -> tuple[Part, ...]:
        """How to change position, if it differs; from an unknown one only if there is time to move."""
        coming, left = self.coming, self._left
        if coming is None or coming.stays or coming.position is None or self._in_own_words:
            return ()
        if left is None and not self.run:
            return ()
        if self._changes_legs:
            left = None
        side = self.before.side if self.before and left == "lunge" else coming.side
        said = positions.sentence(left, coming.position)
        return (Part(said, side),) if said else ()

    @property
    def _changes_legs(self) -> bool:
        """Whether a lunge follows one with the other foot forward, and nothing else says so."""
        coming, before = self.coming, self.before
        if coming is None or before is None or (coming.turn == 2 and coming.second):
            return False
        return self._left == coming.position == "lunge" and before.side != coming.side

    def _takes(self, segment: Segment, told: tuple[Passage, ...], *, first: bool, last: bool) -> float:
        """Seconds that the move *segment* takes."""
        seconds = (self._silence(segment) if first else 0.0) + calmly(told)
        if first and self.before and self._out:
            seconds += positions.seconds(self.here, self.before.leaves) if self.before.leaves else 0.0
        if last and self.coming:
            left = None if self._changes_legs else self._left
            seconds += 0.0 if self.coming.stays else positions.seconds(left, self.coming.position)
            again = self.coming.turn == 2 and self.coming.second  # the first side was done just now
            seconds += max(INTO, self.coming.into / 2) if again else self.coming.into
        elif last:
            seconds += INTO
        return _rounded(seconds, _LEAST_TO_THE_MAT if segment.kind == "lead-in" else _LEAST)

    def _silence(self, segment: Segment) -> float:
        """Seconds from the start of the first move to the first word, depending on the bell that begins it."""
        if segment.kind == "lead-in":
            return AT_THE_MAT
        if self.before and self.before.kind == "rest":
            return AFTER_REST
        return AFTER_BELL if self.before and self.before.sides_next else AFTER_WOOD


def _own(segment: Segment) -> tuple[Part, ...]:
    """What is told of the move itself: coming to the mat, which props to have ready, the file's own words."""
    to_the_mat = _TO_THE_MAT if segment.kind == "lead-in" and segment.auto else Text()
    texts = (to_the_mat, *sentences(segment.fetch), segment.text)
    return tuple(Part(text) for text in texts if text)


def _name(segment: Segment) -> tuple[Part, ...]:
    """The name of *segment* as a sentence, if the ear needs it: for a pose, a hold, or a stay without a way in."""
    if segment.kind in {"lead-in", "scan", "quiet"} or not (
        segment.pose or segment.kind == "hold" or not segment.way_in
    ):
        return ()
    return (Part(segment.title.changed(sentence, segment.side), heading=True),)


def _name_and_turn(segment: Segment) -> tuple[Part, ...]:
    """The name and the side of *segment*; on the second of two sides only the side."""
    if segment.side is None:
        return _name(segment)
    said = {1: _FIRST_SIDE, 2: _SECOND_SIDE}.get(segment.turn, _THIS_SIDE)
    turn = _turn(said, segment)
    return (turn,) if segment.turn == 2 else (*_name(segment), turn)


def _turn(said: Text, segment: Segment) -> Part:
    """*said* of the side of *segment*, which stands in it at the start of a sentence (`Side`) or later on (`side`)."""
    side = side_of(segment)
    return Part(said.filled(Side=side, side=side.changed(uncapitalised)), heading=True, names=(side,))
