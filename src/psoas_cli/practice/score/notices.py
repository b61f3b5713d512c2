"""What psoas says of its own accord in a hold, and when: a little early on, a line before the end, mostly silence."""

from bisect import bisect_right
from collections.abc import Collection, Iterable

from psoas_cli.practice.model.text import Text

ENDINGS = (
    Text("A breath or two more here.", "Nog een of twee ademhalingen."),
    Text("Soon it will be time to come out, at your own pace.", "Zo meteen mag je eruit komen, in je eigen tempo."),
    Text("A few more moments here.", "Nog heel even zo."),
)
"""Lines said before a long hold ends, in turn."""

SHORTEST = 60.0
"""Seconds; in shorter holds psoas says nothing of its own accord."""

FIRST = 20.0
"""Seconds into a hold at which the first text is said."""

ENDING = 12.0
"""Seconds before the end of a long hold at which a line says that it will soon be over."""

_SECOND = 50.0  # seconds into a hold at which the second text is said
_TOLD = 20.0  # seconds by which all of them come later if the way in is told during the hold
_LATER = 260.0  # seconds into a hold at which the third is said
_EACH_LATER = 150.0  # seconds between the third and each one after it
_TWO = 180.0  # seconds that a hold with two texts lasts at least
_MORE = 360.0  # seconds; only longer holds have more than two texts
_BEFORE_THE_END = 100.0  # seconds left in the hold after the third or a later text, at least
_APART = 25.0  # seconds between a text and what the file says
_LONG = 90.0  # seconds; shorter holds have no line before their end
_ENDING_QUIET = 30.0  # seconds before the end of a hold; if the file speaks in them, there is no line


def moments(length: float, said: Collection[float], *, told: bool = False) -> list[float]:
    """When psoas says something of its own accord in a hold, in seconds from its start.

    One text in holds of one minute or more, two in holds of three or more, and in holds of over six minutes one more
    every two and a half, so that the longest silence in holds of 2, 3, 4 and 5 minutes is at least 60, 90, 150 and
    200 s (our judgement; teachers of yin ask for silence). What the file says counts towards this, and nothing is said
    near it.

    Args:
        length: The length of the hold, in seconds.
        said: When the file speaks in it, in seconds from its start.
        told: Whether the way in is told during the hold, as there was no time to move; the texts then come later.
    """
    if length < SHORTEST:
        return []
    later = _TOLD if told else 0.0
    found = [FIRST + later] if length < _TWO else [FIRST + later, _SECOND + later]
    at = _LATER + later
    while length > _MORE and at <= length - _BEFORE_THE_END:
        found.append(at)
        at += _EACH_LATER
    ordered = sorted(said)
    near = (bisect_right(ordered, at - _APART) for at in found)  # the first that could be too close
    free = [at for at, i in zip(found, near, strict=True) if i == len(ordered) or ordered[i] - at >= _APART]
    return free[: max(0, len(found) - len(said))]


def choice(notices: tuple[Text, ...], sessions: int, past: int) -> tuple[Text, ...]:
    """The *notices* that may be said, in order.

    Args:
        notices: All that a pose offers.
        sessions: How often this practice was begun before; each time another one comes first.
        past: How many of them were said on the first side; these are not said again.
    """
    if not notices:
        return ()
    first = sessions % len(notices)
    return (*notices[first:], *notices[:first])[past:]


def ending(length: float, said: Iterable[float], number: int, *, leaving: bool) -> Text:
    """The line before the end of a hold; empty if the hold is short, or if the file itself speaks near the end.

    Args:
        length: The length of the hold, in seconds.
        said: When the file speaks in it, in seconds from its start.
        number: How many earlier holds of this practice had such a line, and how often it was begun before.
        leaving: Whether there is time to come out of the hold.
    """
    if length < _LONG or any(moment > length - _ENDING_QUIET for moment in said):
        return Text()
    lines = ENDINGS if leaving else (ENDINGS[0], ENDINGS[2])
    return lines[number % len(lines)]
