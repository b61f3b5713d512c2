"""Keys: what a terminal sends, as names. Pure: bytes and the time go in, names come out."""

import codecs
import re
from typing import Self

ESC = "\x1b"
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"

# Seconds. How long a lone ESC waits for the rest of a sequence before it is the Esc key, locally and over a network,
# which may deliver the bytes of one key 300 ms apart; how long a sequence waits for its end; how long after an Esc key
# a "[A" is still the rest of an arrow, as nobody types Esc and then a bracket; and how soon any other character after
# an ESC makes an Alt combination with it, as people do type Esc and then q.
_ESC_ALONE, _ESC_OVER_A_LINE, _SEQUENCE_END, _LATE_REST, _ALT = 0.05, 0.4, 1.0, 2.0, 0.05

# Seconds without input after which a paste is over, although its end never came: its terminal may have lost it.
_PASTE_SILENCE = 2.0

# CSI (with the Linux console's ESC [ [ A), SS3, strings (replies of the terminal), Alt with a key.
_SEQUENCE = re.compile(
    r"\x1b(?:\[\[?[0-?]*[ -/]*[@-~]|O[@-~]|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|(?=\x1b)|.)|.", re.DOTALL
)
_PARTIAL = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*|O|[]PX^_][^\x07\x1b]*\x1b?)?")

_NAMES = {
    " ": "space",
    "\r": "enter",
    "\n": "enter",
    "\x1bOM": "enter",
    "\x7f": "backspace",
    "\b": "backspace",
    ESC: "esc",
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


class Key(str):
    """The name of a key that types a character: a letter's is the small one, so that Caps Lock changes no key.

    Attributes:
        typed: The character as it was typed.
    """

    __slots__ = ("typed",)
    typed: str

    def __new__(cls, typed: str) -> Self:
        """Name the key that types *typed*."""
        small = typed.lower()
        key = super().__new__(cls, small if len(small) == 1 else typed)
        key.typed = typed
        return key


def typed_by(name: str) -> str:
    """Return the character that the key *name* types; empty for a key that types none."""
    if isinstance(name, Key):
        return name.typed
    return " " if name == "space" else name if len(name) == 1 else ""


class KeyParser:
    """Turns bytes, in pieces of any size, into names of keys.

    Names are `space enter esc backspace up down left right pageup pagedown home end`; any other printable character
    is its own name, a letter the same in either case (see `Key`). Unknown sequences, Alt combinations and pasted text
    (bracketed paste) give nothing. A paste without an end is over after two seconds without input.

    Args:
        over_a_line: Whether the keys come over a network, where it takes longer to tell that an ESC is the Esc key.
    """

    def __init__(self, *, over_a_line: bool = False) -> None:
        self._esc_alone = _ESC_OVER_A_LINE if over_a_line else _ESC_ALONE
        self.reset()

    def reset(self) -> None:
        """Forget bytes that do not make a complete key yet."""
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._text = ""
        self._touched = 0.0
        self._late_until = 0.0
        self._pasting = False

    @property
    def pending(self) -> bool:
        """Whether a sequence or a paste has begun and not ended."""
        return self._pasting or bool(self._text)

    @property
    def deadline(self) -> float | None:
        """When to call `feed(b"", now)` to settle what is pending, on the clock of `now`; None if nothing is."""
        return self._touched + self._patience if self.pending else None

    @property
    def _patience(self) -> float:
        if self._pasting:
            return _PASTE_SILENCE
        return self._esc_alone if self._text == ESC else _SEQUENCE_END

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
        while self._text:
            if self._pasting:
                if not self._leave_paste():
                    break
                continue
            if self._text[0] in "[O" and now < self._late_until:
                self._text = ESC + self._text
            self._late_until = 0.0
            if _PARTIAL.fullmatch(self._text):
                if now < self._touched + self._patience:
                    break
                if self._text != ESC:
                    self._text = ""
                    break
                self._late_until = now + _LATE_REST
            if name := self._next():
                keys.append(name)
        return keys

    def _take(self, data: bytes, now: float) -> list[str]:
        """Append *data* to what is pending; return the Esc key if the pending ESC turns out to be one."""
        text = self._decoder.decode(data)
        alone = self._text == ESC and now >= self._touched + _ALT and text[:1] not in "[O"
        self._text = text if alone else self._text + text
        self._touched = now
        return ["esc"] if alone else []

    def _next(self) -> str:
        found = _SEQUENCE.match(self._text)
        if found is None:  # cannot happen: the last alternative matches anything
            raise AssertionError
        self._text = self._text[found.end() :]
        sequence = found.group()
        self._pasting = sequence == _PASTE_START
        return _NAMES.get(sequence) or (Key(sequence) if sequence.isprintable() else "")

    def _leave_paste(self) -> bool:
        inside, end, after = self._text.partition(_PASTE_END)
        if not end:
            # The text may end within the end mark.
            self._text = inside[1 - len(_PASTE_END) :]
            return False
        self._text, self._pasting = after, False
        return True
