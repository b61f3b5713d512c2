"""Key events: what a console of Windows reports, as names. Pure: events and the time go in, names come out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from psoas_cli.tui.keys import Key, name_of, typed_by

INTERRUPT = "interrupt"
"""The name of Ctrl-C, where the console reports it as a key."""

_RIGHT_ALT, _LEFT_ALT, _RIGHT_CTRL, _LEFT_CTRL = 0x1, 0x2, 0x4, 0x8
_ALT, _CTRL = _RIGHT_ALT | _LEFT_ALT, _RIGHT_CTRL | _LEFT_CTRL
_ALT_KEY = 0x12
_WITHOUT_PLACE = (0x00, 0xE7)  # the keys of characters that no keyboard sent: none of them is ever held down
_MOVES = {
    0x21: "pageup",
    0x22: "pagedown",
    0x23: "end",
    0x24: "home",
    0x25: "left",
    0x26: "up",
    0x27: "right",
    0x28: "down",
}
_WITH_CTRL = {"\x03": INTERRUPT, "\n": "enter", "\x7f": "backspace"}

# More characters than this at once are a paste, not typing, unless one key is held down; and what comes so soon after
# them belongs to it, as a long one arrives in pieces. In characters and seconds.
_TYPED_AT_ONCE, _PASTE_PAUSE = 8, 0.1


class KeyEvent(NamedTuple):
    """A key that went down or up.

    Args:
        down: Whether it went down.
        repeats: How often it did so since the last report, as keys do that are held.
        key: The number of the key, which says where it is rather than what it types.
        char: What it types, one unit of UTF-16; empty if nothing.
        held: Which of Ctrl, Alt and others were held meanwhile, in bits.
    """

    down: bool
    repeats: int
    key: int
    char: str
    held: int


class KeyEvents:
    """Turns key events, in pieces of any size, into names of keys; see `KeyParser` for these.

    Several characters at once are a pasted text, whose special keys are left out.
    """

    def __init__(self) -> None:
        self._half = ""  # the first half of a character beyond 16 bits
        self._down: set[int] = set()
        self._pasting_until = 0.0

    def is_pasting(self, now: float) -> bool:
        """Whether more of a pasted text may come."""
        return now < self._pasting_until

    def feed(self, events: Sequence[KeyEvent], now: float) -> list[str]:
        """Take *events*, which may be none.

        Args:
            events: What was reported, in its order.
            now: The time in seconds, on any monotonic clock.

        Returns:
            The names of the keys; Ctrl-C alone, if it is among them.
        """
        names: list[str] = []
        pressed = 0  # characters that were typed anew
        for event in events:
            again = self._is_held(event)
            for name in self._names(event):
                names += [name] * (event.repeats if event.down else 1)
                pressed += bool(_text_of(name)) and not again
        if INTERRUPT in names:
            return [INTERRUPT]
        text = "".join(map(_text_of, names))
        if pressed > _TYPED_AT_ONCE or (text and self.is_pasting(now)):
            self._pasting_until = now + _PASTE_PAUSE
            return [Key.pasted(text)]
        return names

    def _is_held(self, event: KeyEvent) -> bool:
        """Whether *event* says again that a key is down."""
        if not event.down:
            self._down.discard(event.key)
            return False
        if event.key in self._down:
            return True
        self._down |= {event.key}.difference(_WITHOUT_PLACE)
        return False

    def _names(self, event: KeyEvent) -> Iterator[str]:
        """The name that *event* stands for, if it does."""
        if not event.down and not (event.key == _ALT_KEY and event.char):
            return  # but for Alt, which types on its way up what was written as a number meanwhile
        char = self._whole(event.char)
        if char and (name := _typed(char, event) if event.down else name_of(char)):
            yield name
        elif not event.char and not event.held & (_ALT | _CTRL) and event.key in _MOVES:
            yield _MOVES[event.key]

    def _whole(self, unit: str) -> str:
        """The character that *unit* is, or is the second half of; empty for the first half, or half of nothing."""
        half, self._half = self._half, ""
        if "\ud800" <= unit <= "\udbff":
            self._half = unit
            return ""
        if "\udc00" <= unit <= "\udfff":
            return (half + unit).encode("utf-16-le", "surrogatepass").decode("utf-16-le") if half else ""
        return unit


def _typed(char: str, event: KeyEvent) -> str:
    """The name of the key that typed *char*, with what was held; AltGr is Ctrl and Alt, and types like Shift."""
    alt, ctrl = event.held & _ALT, event.held & _CTRL
    if ctrl and not alt:
        return _WITH_CTRL.get(char, "")
    return "" if alt and not ctrl else name_of(char)


def _text_of(name: str) -> str:
    """What the key *name* adds to a pasted text, which may have line ends."""
    return "\n" if name == "enter" else typed_by(name)
