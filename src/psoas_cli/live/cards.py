"""The poses of a practice, to look at while the clock stands still."""

from dataclasses import dataclass

from psoas_cli.practice import words
from psoas_cli.practice.plan import Piece
from psoas_cli.practice.poses import Pose
from psoas_cli.practice.text import Lang, Text
from psoas_cli.practice.timeline import Timeline
from psoas_cli.practice.view import side_of
from psoas_cli.screen.status import PoseCard


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card, and where on the timeline its pose begins, in seconds."""

    start: float
    card: PoseCard


def cards_of(timeline: Timeline, lang: Lang) -> tuple[PlacedCard, ...]:
    """A card for each pose of *timeline*, each side of it its own, in the order of the practice."""
    placed = [(span.start, span.piece) for span in timeline.spans if span.piece.pose and not span.piece.moving]
    count = len(placed)
    return tuple(PlacedCard(start, _card(piece, i + 1, count, lang)) for i, (start, piece) in enumerate(placed))


def nearest(cards: tuple[PlacedCard, ...], position: float) -> int:
    """The number of the card for *position*: the pose that one is in, or else comes to."""
    begun = [i for i, placed in enumerate(cards) if placed.start <= position + 1e-6]
    return begun[-1] if begun else 0


def turned(cards: tuple[PlacedCard, ...], number: int, key: str) -> int | None:
    """The number of the card to look at after *key*: another one, or none."""
    if key in {"right", "down", "n", "pagedown"}:
        return (number + 1) % len(cards)
    if key in {"left", "up", "p", "pageup"}:
        return (number - 1) % len(cards)
    return None if key in {"i", "esc", "space", "q", "enter"} else number


def _card(piece: Piece, number: int, count: int, lang: Lang) -> PoseCard:
    assert piece.pose is not None
    pose = piece.pose
    return PoseCard(
        title=piece.title.said(lang, piece.side),
        side=side_of(piece, lang),
        way_in=piece.way_in.text.said(lang, piece.side),
        notice=tuple(text.said(lang, piece.side) for text in piece.notice),
        way_out=piece.way_out.text.said(lang, piece.side),
        options=_options(pose, piece, lang),
        props=tuple(prop.said(lang) for prop in pose.props),
        number=number,
        count=count,
        figure=piece.figure,
    )


def _options(pose: Pose, piece: Piece, lang: Lang) -> tuple[tuple[Text, str], ...]:
    """The softer and the deeper way, each with its heading."""
    found = []
    for heading, name in ((words.SOFTER, pose.softer), (words.DEEPER, pose.deeper)):
        if name is not None and name in pose.variations:
            variation = pose.variations[name]
            said = variation.text or variation.name
            found.append((heading, said.said(lang, piece.side)))
    return tuple(found)
