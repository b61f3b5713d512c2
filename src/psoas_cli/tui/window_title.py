"""The title of the terminal's window: the pose and how long it lasts, for whoever looks from another window."""

from psoas_cli.practice.model.text import Text, shortened, shown
from psoas_cli.practice.score.segments import MOVING
from psoas_cli.practice.score.view import View
from psoas_cli.tty import kind
from psoas_cli.tui.status import PARTS, Status

_TIME_LEFT = Text("{minutes} min", "nog {minutes} min")
_STANDS = Text("paused", "gepauzeerd")
_LONGEST = 60  # columns; a tab shows fewer, and the pose comes first
_MINUTE = 60.0  # seconds

# It is the terminal that keeps the old title and gives it back (XTWINOPS): nobody has to ask what it was. The new one
# ends with BEL, as some terminals do not take ST for its end, and others show what is left of that.
_KEEP, _GIVE_BACK = "\x1b[22;2t", "\x1b[23;2t"
_SET = "\x1b]2;{}\a"

# What would show the title among the text, or ring at its end: consoles without a window, and real terminals.
_WITHOUT = ("linux", "vt1", "vt2", "vt3", "vt4", "vt5", "ansi", "cons", "sun", "wsvt", "dumb")


def has_title() -> bool:
    """Whether the terminal has a window with a title, as far as its name tells."""
    return not kind().startswith(_WITHOUT)


def title_codes(before: str, after: str) -> str:
    """What a terminal is sent to show the title *after* instead of *before*; an empty one is the one it had."""
    if before == after:
        return ""
    if not after:
        return _GIVE_BACK
    return f"{'' if before else _KEEP}{_SET.format(after)}"


def title_of(status: Status) -> str:
    """The title at *status*: the pose, and for how many minutes it lasts, or that the practice is paused.

    It changes once a minute at most while time passes, as it may be read aloud at each change; in the last minute,
    while one moves, and in a hold that is open, the pose stands alone.
    """
    view = status.view
    parts = [shown(status.title if status.mode == "closing" else view.title)]
    if status.mode in ("paused", "grounding"):
        parts.append(_STANDS.said(status.lang))
    elif status.mode == "playing" and status.numbers and _is_timed(view):
        parts.append(_TIME_LEFT.filled(minutes=int(view.remaining / _MINUTE + 0.5)).said(status.lang))
    rest = PARTS.join(["", *parts[1:]])
    return f"{shortened(parts[0], _LONGEST - len(rest))}{rest}"


def _is_timed(view: View) -> bool:
    """Whether it is known that the stay lasts for another minute."""
    return view.kind not in MOVING and not view.open and view.remaining >= _MINUTE
