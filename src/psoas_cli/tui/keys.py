"""Keys: what a terminal sends, as names. Pure: bytes and the time go in, names come out."""

import re
from typing import Self

PASTED = "pasted"
"""The name of a pasted text, which a field takes as if it were typed, and which is no command."""

SIGNALS = frozenset({"stopped", "continued"})
"""What comes among the names of keys and is none: the program is about to be stopped by Ctrl-Z, or goes on."""

_ESC = b"\x1b"
_PASTE_START, _PASTE_END = b"\x1b[200~", b"\x1b[201~"

# Seconds. How long a lone ESC waits for the rest of a sequence before it is the Esc key, locally and over a network,
# which may deliver the bytes of one key 300 ms apart; how long a sequence waits for its end; how long one waits
# that may become the start of a paste, whose text must not be taken for keys; how long after an Esc key a "[A" is still
# the rest of an arrow, as nobody types Esc and then a bracket; and how soon any other character after an ESC makes an
# Alt combination with it, as people do type Esc and then q.
_ESC_ALONE, _ESC_OVER_A_LINE, _SEQUENCE_END, _PASTE_BEGINS, _LATE_REST, _ALT = 0.05, 0.4, 1.0, 10.0, 2.0, 0.05

# When a paste is over although its end never came, as its terminal may have lost it: after this silence, or with the
# third key in a row that comes by itself, each so long after the one before: a person presses keys and nothing happens.
# In seconds.
_PASTE_SILENCE, _PRESSED_APART, _PRESSES = 2.0, 0.1, 3

_LONGEST_PASTE = 4096  # bytes of a pasted text that are kept; no field takes more

# A mouse report in the oldest form, whose three bytes may be any, also halves of characters; CSI (with the Linux
# console's ESC [ [ A); SS3; strings (replies of the terminal); Alt with a key; a character in UTF-8.
_CHARACTER = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|."
_SEQUENCE = (
    rb"\x1b(?:\[M.{3}|\[\[?[0-?]*[ -/]*[@-~]|O[0-?]*[@-~]|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|(?=\x1b)|"
    + _CHARACTER
    + rb")|"
    + _CHARACTER
)
_PARTIAL = (
    rb"\x1b(?:\[M.{0,2}|\[\[?[0-?]*[ -/]*|O[0-?]*|[]PX^_][^\x07\x1b]*\x1b?)?"
    rb"|\x1b?(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})"
)  # both as they are: compiling takes half a millisecond, and the first picture needs no key

_NAMES = {
    " ": "space",
    "\r": "enter",
    "\n": "enter",
    "\x1bOM": "enter",
    "\x7f": "backspace",
    "\b": "backspace",
    "\x1b": "esc",
    "\x1b[1~": "home",
    "\x1b[7~": "home",
    "\x1b[4~": "end",
    "\x1b[8~": "end",
    "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown",
} | {
    f"\x1b{lead}{letter}": name
    for lead in "[O"
    for letter, name in zip("ABCDHF", ("up", "down", "right", "left", "home", "end"), strict=True)
}


_JOINERS = "\u200c\u200d"  # typed within words and emoji, although they show nothing by themselves


class Key(str):
    """The name of a key that types a character: a letter's is the small one, so that Caps Lock changes no key.

    Attributes:
        typed: The character as it was typed; or a whole pasted text, on one line.
    """

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, typed: str) -> Self:
        """Name the key that types *typed*."""
        small = typed.lower()
        key = super().__new__(cls, small if len(small) == 1 else typed)
        key.typed = typed
        return key

    @classmethod
    def pasted(cls, text: str) -> Self:
        """Name a pasted *text*, which types what of it can be typed, on one line."""
        key = str.__new__(cls, PASTED)
        key.typed = "".join(char for char in " ".join(text.split()) if _is_typed(char))
        return key


def _is_typed(char: str) -> bool:
    return char.isprintable() or char in _JOINERS


def typed_by(name: str) -> str:
    """Return the character that the key *name* types, or the text that was pasted; empty for a key that types none."""
    if isinstance(name, Key):
        return name.typed
    return " " if name == "space" else name if len(name) == 1 else ""


def name_of(sent: str) -> str:
    """Return the name of the key that *sent* a character or a sequence; empty if none is known."""
    return _NAMES.get(sent) or (Key(sent) if sent and _is_typed(sent) else "")


class KeyParser:
    """Turns bytes, in pieces of any size, into names of keys.

    Names are `space enter esc backspace up down left right pageup pagedown home end`; any other printable character
    is its own name, a letter the same in either case (see `Key`). A pasted text (bracketed paste) is a `PASTED`.
    Unknown sequences, Alt combinations and reports of the mouse give nothing. A paste without an end is over after two
    seconds without input, or once a person keeps pressing keys.

    Args:
        over_a_line: Whether the keys come over a network, where it takes longer to tell that an ESC is the Esc key.
    """

    def __init__(self, *, over_a_line: bool = False) -> None:
        self._esc_alone = _ESC_OVER_A_LINE if over_a_line else _ESC_ALONE
        self.reset()

    def reset(self) -> None:
        """Forget bytes that do not make a complete key yet."""
        self._bytes = b""
        self._touched = 0.0
        self._late_until = 0.0
        self._pasting = False
        self._pasted = b""
        self._pressed = 0  # keys that came by themselves within the paste, one after another

    @property
    def pending(self) -> bool:
        """Whether a sequence or a paste has begun and not ended."""
        return self._pasting or bool(self._bytes)

    @property
    def deadline(self) -> float | None:
        """When to call `feed(b"", now)` to settle what is pending, on the clock of `now`; None if nothing is."""
        return self._touched + self._patience if self.pending else None

    @property
    def _patience(self) -> float:
        if self._pasting:
            return _PASTE_SILENCE
        if self._bytes == _ESC:
            return self._esc_alone
        return _PASTE_BEGINS if _PASTE_START.startswith(self._bytes) else _SEQUENCE_END

    def feed(self, data: bytes, now: float) -> list[str]:
        """Take *data*, which may be empty.

        Args:
            data: The bytes read.
            now: The time in seconds, on any monotonic clock.

        Returns:
            The names of the keys that are complete.
        """
        if self._pasting and not data and now >= self._touched + self._patience:
            self.reset()
        keys = self._take(data, now) if data else []
        while self._bytes:
            if self._pasting:
                if not self._leave_paste():
                    break
                keys.append(Key.pasted(self._pasted.decode("utf-8", "ignore")))
                continue
            if self._bytes[:1] in (b"[", b"O") and now < self._late_until:
                self._bytes = _ESC + self._bytes
            self._late_until = 0.0
            if re.fullmatch(_PARTIAL, self._bytes, re.DOTALL):
                if now < self._touched + self._patience:
                    break
                if self._bytes != _ESC:
                    self._bytes = b""
                    break
                self._late_until = now + _LATE_REST
            if name := self._next():
                keys.append(name)
        return keys

    def _take(self, data: bytes, now: float) -> list[str]:
        """Append *data* to what is pending; return the Esc key if the pending ESC turns out to be one."""
        alone = not self._pasting and self._bytes == _ESC and now >= self._touched + _ALT and data[:1] not in b"[O"
        if self._pasting and self._is_pressed(data, now):
            self.reset()
        self._bytes = data if alone else self._bytes + data
        self._touched = now
        return ["esc"] if alone else []

    def _is_pressed(self, data: bytes, now: float) -> bool:
        """Whether *data* is the last of so many single keys that a person must be pressing them, and nobody pastes."""
        ends = any(_PASTE_END.startswith((self._bytes + data)[-length:]) for length in range(2, len(_PASTE_END)))
        single = now >= self._touched + _PRESSED_APART and re.fullmatch(_SEQUENCE, data, re.DOTALL) and not ends
        self._pressed = self._pressed + 1 if single else 0
        return self._pressed == _PRESSES

    def _next(self) -> str:
        found = re.match(_SEQUENCE, self._bytes, re.DOTALL)
        if found is None:  # cannot happen: the last alternative matches anything
            raise AssertionError
        self._bytes = self._bytes[found.end() :]
        sequence = found.group()
        self._pasting, self._pasted, self._pressed = sequence == _PASTE_START, b"", 0
        return name_of(sequence.decode("utf-8", "ignore"))

    def _leave_paste(self) -> bool:
        inside, end, after = self._bytes.partition(_PASTE_END)
        # The text may end within the end mark.
        kept = len(inside) if end else max(0, len(inside) + 1 - len(_PASTE_END))
        self._pasted = (self._pasted + inside[:kept])[:_LONGEST_PASTE]
        self._bytes = after if end else inside[kept:]
        self._pasting = not end
        return bool(end)
