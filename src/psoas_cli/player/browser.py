"""The browser: leads through a page with a list, and brings the picture of what is chosen once the keys rest."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from psoas_cli.tui.terminal import forget_typed

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window  # imports all of a session
    from psoas_cli.practice.model.figure import Figure
    from psoas_cli.tui.screen import Screen

_SETTLED = 0.06  # seconds without a key before the picture is loaded, so that a held arrow never waits for one


class Page(Protocol):
    """A page with a list, such as `tui/menu.py` has."""

    @property
    def help(self) -> bool:
        """Whether the keys are shown."""

    @property
    def closed(self) -> bool:
        """Whether the person is done with the page."""

    @property
    def chosen(self) -> Hashable:
        """What is chosen; None if nothing is."""

    def key(self, name: str) -> Self:
        """The state after the key *name*."""


_P = TypeVar("_P", bound=Page)


def browse(
    page: _P,
    window: "Window",
    screen: "Screen",
    *,
    show: "Callable[[_P, Figure | None], None]",
    key: Callable[[_P, str], _P] | None = None,
    picture_of: "Callable[[_P], Figure | None] | None" = None,
    look: Callable[[_P], tuple[_P, float | None]] | None = None,
) -> _P:
    """Show *page* until it is closed.

    A key that leads to another page closes this one with what was asked for; who called opens that, and comes back
    here with the same page, open again. Keys that were pressed before a page is seen are not for it.

    Args:
        page: The state in which it opens.
        window: The source of keys and resizes, already entered.
        screen: Shows the page.
        show: Shows a state with the picture of what is chosen, if there is one yet.
        key: The state after a key, while the keys are not shown, if the page has more of them than its own `key`
            knows.
        picture_of: Loads the picture of what is chosen in a state; None if there are no pictures.
        look: Brings a state up to date with what goes on beside it, once it is seen, and says in how many seconds to
            look again; None for not before a key.

    Returns:
        The final state.
    """
    pictures: dict[Hashable, Figure | None] = {}
    forget_typed(window)
    while True:
        if window.dirty:
            window.dirty = False
            screen.resize(*window.size)
        chosen = page.chosen
        missing = picture_of is not None and chosen is not None and chosen not in pictures
        show(page, pictures.get(chosen))
        patience = _SETTLED if missing else None
        if look:
            newer, again = look(page)
            if newer != page:
                page = newer
                continue
            patience = min((each for each in (patience, again) if each is not None), default=None)
        names = window.events(patience)
        if picture_of is not None and missing and not names:
            pictures[chosen] = picture_of(page)
        for name in names:
            if page.help and name == "space" and screen.turn():
                continue
            page = page.key(name) if key is None or page.help else key(page, name)
            if page.closed:
                return page
