"""What psoas says by itself in a hold, and when: little, early on, and a line before the end. Silence is the most."""

from collections.abc import Collection, Iterable

from psoas_cli.practice.model.text import Text

ENDINGS = (
    Text("A breath or two more here.", "Nog een of twee ademhalingen."),
    Text("Soon it will be time to come out, at your own pace.", "Zo meteen mag je eruit komen, in je eigen tempo."),
    Text("A few more moments here.", "Nog heel even zo."),
)
"""One of them is told before a long hold ends, in turn."""


SHORTEST = 60.0
"""Seconds; in shorter holds psoas says nothing by itself."""

FIRST = 20.0
"""Seconds into a hold at which it says its first text."""

ENDING = 12.0
"""Seconds before the end of a long hold at which a line says that it is soon over."""

_SECOND = 50.0
_TOLD = 20.0
_LATER = 260.0
_EACH_LATER = 150.0
_TWO = 180.0
_MORE = 360.0
_BEFORE_THE_END = 100.0
_APART = 25.0
_LONG = 90.0
_ENDING_QUIET = 30.0


def moments(length: float, said: Collection[float], *, told: bool = False) -> list[float]:
    """When psoas says something by itself in a hold, all in seconds.

    One text from a minute on, two from three, and in holds of over six minutes one more every two and a half, so that
    the longest silence in holds of 2, 3, 4 and 5 minutes is at least 60, 90, 150 and 200 s (our judgement; teachers of
    yin ask for silence). What the file says counts among them, and nothing is said near it.

    Args:
        length: Of the hold.
        said: When the file speaks in it.
        told: Whether its way in is told in it, as there was no time to move: then it begins later.
    """
    if length < SHORTEST:
        return []
    later = _TOLD if told else 0.0
    found = [FIRST + later] if length < _TWO else [FIRST + later, _SECOND + later]
    at = _LATER + later
    while length > _MORE and at <= length - _BEFORE_THE_END:
        found.append(at)
        at += _EACH_LATER
    free = [at for at in found if all(abs(at - other) >= _APART for other in said)]
    return free[: max(0, len(found) - len(said))]


def choice(notices: tuple[Text, ...], sessions: int, past: int) -> tuple[Text, ...]:
    """Those of *notices* that may be said, in order.

    Args:
        notices: All that a pose offers.
        sessions: How often this practice was begun before: each time another one comes first.
        past: How many of them the first side said already; these are not said again.
    """
    if not notices:
        return ()
    first = sessions % len(notices)
    return (*notices[first:], *notices[:first])[past:]


def ending(length: float, said: Iterable[float], number: int, *, leaving: bool) -> Text:
    """The line before the end of a hold of *length*; nothing where it is short, or the file speaks then itself.

    Args:
        length: Of the hold, in seconds.
        said: When the file speaks in it, in seconds from its start.
        number: How many holds of this practice had such a line before.
        leaving: Whether there is time to come out of it.
    """
    if length < _LONG or any(moment > length - _ENDING_QUIET for moment in said):
        return Text()
    lines = ENDINGS if leaving else (ENDINGS[0], ENDINGS[2])
    return lines[number % len(lines)]
