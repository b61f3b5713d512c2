"""The state of looking back on the full screen: the sessions, and what they come to, as lists that take turns."""

from dataclasses import replace
from typing import Literal

from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.hints import Hint, forms
from psoas_cli.tui.menu import BACK_HINT, KEYS_HINT, LAST_KEYS, MOVE_KEYS, Menu, Row

SESSION_KEYS: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("← →", Text("sessions, practices, hours", "sessies, oefeningen, uren")),
    ("Enter", Text("choose this practice again", "deze oefening nog eens kiezen")),
    ("d", Text("delete this session; it asks first", "deze sessie verwijderen; eerst wordt het gevraagd")),
    *MOVE_KEYS,
    *LAST_KEYS,
)
"""The keys of the list of sessions."""

PRACTICE_KEYS = tuple(each for each in SESSION_KEYS if each[0] != "d")
"""The keys of the list of practices."""

HOUR_KEYS = tuple(each for each in PRACTICE_KEYS if each[0] != "Enter")
"""The keys of the list of hours."""

_DELETE = Text("Delete this session for good?", "Deze sessie voorgoed verwijderen?")
_DELETE_HINTS = (
    (Text("y delete for good", "j voorgoed verwijderen"), Text("y delete", "j verwijderen")),
    (Text("any other key keeps it", "elke andere toets laat hem staan"), Text("Esc keep", "Esc houden")),
)
_OTHERS = Text("← → {others}", "← → {others}")
_MORE = Text("← → more", "← → meer")
_LISTS = (Text("sessions", "sessies"), Text("practices", "oefeningen"), Text("hours", "uren"))
_AGAIN = Text("Enter again", "Enter nog eens")
_DELETING = Text("d delete", "d verwijderen")

_YES = frozenset({"y", "j"})


@record(frozen=True)
class Past:
    """One state of looking back.

    Args:
        views: The lists: the sessions, the practices and the hours of the day.
        names: The ids of the sessions in the first list, in the order of its rows; none if its row says so.
        commands: For each list, what the practices of its rows are begun by on the home screen; empty where they
            cannot be, and for rows that have none.
        view: The index of the list that is shown.
        asking: Whether it was just asked to delete the chosen session.
        outcome: Whether to delete the chosen session, to choose its practice again, or to leave; None until then.
    """

    views: tuple[Menu, ...]
    names: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    view: int = 0
    asking: bool = False
    outcome: Literal["delete", "choose", "leave"] | None = None

    @property
    def menu(self) -> Menu:
        """The list that is shown."""
        menu = self.views[self.view]
        return replace(menu, title=_DELETE.said(menu.lang), note="") if self.asking else menu

    @property
    def help(self) -> bool:
        """Whether the keys are shown."""
        return self.views[self.view].help

    @property
    def closed(self) -> bool:
        """Whether something is to be done that is not done here."""
        return self.outcome is not None

    @property
    def chosen(self) -> Row | None:
        """The chosen row."""
        return self.views[self.view].chosen

    @property
    def can_delete(self) -> bool:
        """Whether a session is chosen."""
        return self.view == 0 and self.menu.at < len(self.names)

    @property
    def again(self) -> str:
        """The command of the chosen practice; empty if it cannot be begun on the home screen."""
        commands = self.commands[self.view]
        return commands[self.menu.at] if self.menu.at < len(commands) else ""

    def key(self, name: str) -> "Past":
        """The state after the key *name*."""
        if self.asking:
            return replace(self, asking=False, outcome="delete" if name in _YES else None)
        if not self.help:
            match name:
                case "left" | "right":
                    step = 1 if name == "right" else -1
                    return replace(self, view=(self.view + step) % len(self.views))
                case "enter" if self.again:
                    return replace(self, outcome="choose")
                case "d" if self.can_delete:
                    return replace(self, asking=True)
        menu = self.views[self.view].key(name)
        if menu.closed:
            return replace(self, outcome="leave")
        return replace(self, views=(*self.views[: self.view], menu, *self.views[self.view + 1 :]))


def hints_of(past: Past) -> tuple[Hint, ...]:
    """The keys to offer now, the most needed first."""
    lang = past.views[0].lang
    if past.asking:
        return tuple(forms(lang, texts) for texts in _DELETE_HINTS)
    others = ", ".join(text.said(lang) for number, text in enumerate(_LISTS) if number != past.view)
    return (
        BACK_HINT.said(lang),
        KEYS_HINT.said(lang),
        forms(lang, (_OTHERS.filled(others=others), _MORE)),
        *([_AGAIN.said(lang)] if past.again else []),
        *([_DELETING.said(lang)] if past.can_delete else []),
    )
