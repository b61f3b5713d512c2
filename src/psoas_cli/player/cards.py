"""Pose cards: the poses of a practice, to look at while the clock stands still."""

from psoas_cli.practice.model.poses import DEEPER, SOFTER, Pose
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.practice.score.segments import Segment, side_of
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.tui.status import TURNS, PoseCard


@record(frozen=True)
class PlacedCard:
    """A card, and the position at which its pose begins, in seconds."""

    start: float
    card: PoseCard


def cards_of(timeline: Timeline, lang: Lang) -> tuple[PlacedCard, ...]:
    """Return a card for each pose of *timeline*, one for each side, in the order of the practice."""
    placed = [(span.start, span.segment) for span in timeline.spans if span.segment.pose and not span.segment.moving]
    count = len(placed)
    return tuple(PlacedCard(start, _card(segment, i + 1, count, lang)) for i, (start, segment) in enumerate(placed))


class CardViewer:
    """Shows the poses of a practice, one card at a time, or none.

    Args:
        lang: The language.
    """

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._cards: tuple[PlacedCard, ...] = ()
        self._number: int | None = None

    @property
    def card(self) -> PoseCard | None:
        """The card to show, if any."""
        return None if self._number is None else self._cards[self._number].card

    def begin(self, timeline: Timeline, position: float = 0.0) -> None:
        """Show the latest pose of *timeline* that has begun at *position* (seconds), or else the first one, if any."""
        self._cards = cards_of(timeline, self._lang)
        begun = [i for i, placed in enumerate(self._cards) if placed.start <= position + 1e-6]
        self._number = (begun[-1] if begun else 0) if self._cards else None

    def end(self) -> None:
        """Close the card."""
        self._number = None

    def key(self, name: str) -> None:
        """Turn to another card or close this one, if the key *name* means that."""
        if self._number is None:
            return
        if name in TURNS:
            self._number = (self._number + TURNS[name]) % len(self._cards)
        elif name in {"i", "esc", "space", "q", "enter"}:
            self.end()


def _card(segment: Segment, number: int, count: int, lang: Lang) -> PoseCard:
    assert segment.pose is not None
    pose = segment.pose
    return PoseCard(
        title=segment.title.said(lang, segment.side),
        side=side_of(segment).said(lang),
        way_in=segment.way_in.said(lang, segment.side),
        notice=tuple(text.said(lang, segment.side) for text in segment.notice),
        way_out=segment.way_out.said(lang, segment.side),
        options=_options(pose, segment, lang),
        props=tuple(prop.said(lang) for prop in pose.props),
        number=number,
        count=count,
        figure=segment.figure,
    )


def _options(pose: Pose, segment: Segment, lang: Lang) -> tuple[tuple[Text, str], ...]:
    """The softer and the deeper variation, each with its heading."""
    found = []
    for heading, name in ((SOFTER, pose.softer), (DEEPER, pose.deeper)):
        if name is not None and name in pose.variations:
            variation = pose.variations[name]
            said = variation.from_here or variation.text or variation.name
            found.append((heading, said.said(lang, segment.side)))
    return tuple(found)
