"""The home screen, alive: keys move through it until the person begins something, or leaves."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from psoas_cli.practice.model.figure import Figure
from psoas_cli.tui.home_state import Choice, Home

if TYPE_CHECKING:
    from psoas_cli.player.loop import Place  # with it comes all of a session

_SETTLED = 0.06  # seconds without a key after which the picture is fetched: a held arrow never waits for one


class Display(Protocol):
    """Where the home screen goes."""

    def resize(self, width: int, height: int) -> None:
        """Fit to another size."""

    def home(self, home: Home, picture: Figure | None) -> None:
        """Show a state of it."""


def choose(home: Home, place: "Place", display: Display, picture_of: Callable[[Choice], Figure | None]) -> Home:
    """Show *home* until the person begins something or leaves; the state that they came to.

    Args:
        home: How it opens.
        place: Where keys come from, entered already.
        display: Where it is shown.
        picture_of: Fetches the picture of a choice.
    """
    pictures: dict[Choice, Figure | None] = {}
    while True:
        if place.dirty:
            place.dirty = False
            display.resize(*place.size)
        chosen = home.chosen
        display.home(home, pictures.get(chosen) if chosen else None)
        names = place.events(_SETTLED if chosen and chosen not in pictures else None)
        if not names and chosen and chosen not in pictures:
            pictures[chosen] = picture_of(chosen)
        for name in names:
            home = home.key(name)
            if home.outcome:
                return home
