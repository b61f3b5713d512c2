"""A list to choose from, on the full screen: its rows, the cursor, and what the keys of a list do to it."""

from dataclasses import replace

from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import LANGS, Lang, Text
from psoas_cli.tui.regions import Block

_PAGE = 8  # rows per page key: as many as the smallest screen shows
_ALL = 10**6  # more rows than any list has
MOVES = {"up": -1, "down": 1, "pageup": -_PAGE, "pagedown": _PAGE, "home": -_ALL, "end": _ALL}
"""The keys that move the cursor, also while a text is typed, and by how many rows."""

LETTER_MOVES = {"k": -1, "j": 1}
"""The same for letters, which may also belong to a text that is typed."""

LEAVING_HELP = frozenset({"?", "esc", "enter", "q", "space"})
"""The keys that lead back from the list of keys."""

MOVE_KEYS: tuple[tuple[str, Text], ...] = (
    ("↑  ↓", Text("choose (or j and k)", "kiezen; met j en k kan het ook")),
    ("PgUp PgDn", Text("a page up or down", "verder omhoog en omlaag")),
    ("Home End", Text("first or last", "naar de eerste, naar de laatste")),
)
"""The keys of every list that move the cursor and what they do, for `Menu.keys`."""

LAST_KEYS: tuple[tuple[str, Text], ...] = (
    ("q  Esc", Text("back", "terug")),
    ("?", Text("these keys", "deze toetsen")),
)
"""Those that end the keys of every page."""

BACK_HINT = Text("q back", "q terug")
KEYS_HINT = Text("? keys", "? toetsen")
FIND_HINT = Text("/ search", "/ zoeken")
SEARCH_HINTS = (Text("Enter keep results", "Enter houdt dit vast"), Text("Esc clear", "Esc wist"))
"""Those while a search is typed."""

SEARCH = Text("Search: {searched}", "Zoek: {searched}")
NOTHING_FOUND = Text("No matches", "Hier heet niets zo")
LONGEST_SEARCH = 60
"""Characters."""


def finds(searched: str, name: str, title: Text) -> bool:
    """Whether every word of *searched* is in what a row is called: its *name*, or its *title* in any language."""
    called = " ".join((name, *map(title.said, LANGS))).casefold()
    return all(word in called for word in searched.casefold().split())


@record(frozen=True)
class Row:
    """A row of a list.

    Args:
        label: What it is.
        value: What belongs to it, at the right end of the row: a length, a setting.
        heading: The heading of its group, which stands above the first of several rows that have the same one.
        aside: A few words on it, between the label and the value; shown only where a list is wide.
        about: What is told beside the list, or below it, while the row is chosen.
        brief: The same for a small screen: at most three lines, of which each is cut to one row; `about` if empty.
        value_alone: The value on a screen with one line, where nothing else tells of the row; `value` if empty.
        short: The label where there is no room for the whole of it.
        faint: Whether it steps back, as something that cannot be begun.
        adjustable: Whether ← and → change its value, which is then shown between two signs while the row is chosen.
    """

    label: str
    value: str = ""
    heading: str = ""
    aside: str = ""
    about: Block = ()
    brief: Block = ()
    value_alone: str = ""
    short: str = ""
    faint: bool = False
    adjustable: bool = False


@record(frozen=True)
class Menu:
    """One state of a list on the full screen. `Screen.menu` shows it, and `player/browser.py` leads through it.

    Args:
        title: What is chosen from.
        rows: The rows; they may be replaced at any time, and the cursor stays within them.
        lang: The language.
        cursor: The index of the chosen row.
        note: A message in place of the hints, until the next key.
        empty: What is said if there are no rows.
        keys: All keys and what they do, the most needed first: `?` shows them. Without any, `?` means nothing.
        pictured: Whether there is room to keep for a picture of the chosen row.
        help: Whether the keys are shown.
        closed: Whether the person is done with it.
    """

    title: str
    rows: tuple[Row, ...]
    lang: Lang
    cursor: int = 0
    note: str = ""
    empty: str = ""
    keys: tuple[tuple[str, Text], ...] = ()
    pictured: bool = False
    help: bool = False
    closed: bool = False

    @property
    def at(self) -> int:
        """The index of the chosen row, whatever became of the rows; 0 if there are none."""
        return max(0, min(self.cursor, len(self.rows) - 1))

    @property
    def chosen(self) -> Row | None:
        """The chosen row; None if there are none."""
        return self.rows[self.at] if self.rows else None

    def key(self, name: str) -> "Menu":
        """The state after the key *name* of any list: a move, `?`, or q and Esc, which close it.

        Any key takes the note away. Who uses a list handles its own keys first, and gives the others to this.
        """
        if self.help:
            return replace(self, help=name not in LEAVING_HELP)
        menu = replace(self, note="") if self.note else self
        if name in MOVES or name in LETTER_MOVES:
            return replace(menu, cursor=moved(self.at, len(self.rows), name))
        if name in {"q", "esc"}:
            return replace(menu, closed=True)
        return replace(menu, help=True) if name == "?" and self.keys else menu


def moved(at: int, count: int, name: str) -> int:
    """Where the cursor is after the key *name* if it was *at* one of *count* rows; it stops at both ends."""
    return max(0, min(count - 1, at + (MOVES | LETTER_MOVES)[name]))
