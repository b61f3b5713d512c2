"""The poses as a page of the full screen: a list with the picture of the chosen one, and a card of each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from psoas_cli.cli.context import Context
from psoas_cli.commands.poses.pose_page import KINDS, OTHER_SIDE, further_parts, hold_of, other_side, side_shown
from psoas_cli.errors import PsoasError
from psoas_cli.player.browser import browse
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.poses import TWO_SIDES, Pose
from psoas_cli.practice.model.positions import Position
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tui.keys import typed_by
from psoas_cli.tui.menu import (
    BACK_HINT,
    FIND_HINT,
    KEYS_HINT,
    LAST_KEYS,
    LONGEST_SEARCH,
    MOVE_KEYS,
    MOVES,
    NOTHING_FOUND,
    SEARCH,
    SEARCH_HINTS,
    Menu,
    Row,
    finds,
)
from psoas_cli.tui.status import TURNS, PoseCard

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.practice.model.figure import Figure
    from psoas_cli.tui.hints import Hint
    from psoas_cli.tui.screen import Screen

_TITLE = Text("Poses and movements", "Houdingen en bewegingen")
_NOT_READ = Text("poses.yaml has mistakes: psoas check", "poses.yaml klopt niet: psoas check")
_FROM: Mapping[Position | None, Text] = {
    "standing": Text("From standing", "Vanuit stand"),
    "sitting": Text("From sitting", "Vanuit zit"),
    "kneeling": Text("From your knees", "Vanaf je knieën"),
    "hands-and-knees": Text("From hands and knees", "Vanaf handen en knieën"),
    "lunge": Text("From a lunge", "Vanuit een lunge"),
    "back": Text("On your back", "Op je rug"),
    "belly": Text("On your belly", "Op je buik"),
    "left-side": Text("On your side", "Op je zij"),
    "right-side": Text("On your side", "Op je zij"),
    None: Text("From anywhere", "Vanuit elke houding"),
}
"""The headings: where the way into a pose begins."""

_HINTS = (  # the most needed first
    Text("Enter more", "Enter meer"),
    BACK_HINT,
    KEYS_HINT,
    FIND_HINT,
)
_CARD_HINTS = (BACK_HINT, Text("← → other poses", "← → andere houdingen"))
_KEYS: tuple[tuple[str, Text], ...] = (
    ("Enter", Text("read about the pose (or space)", "lees over de houding; met spatie kan het ook")),
    ("←  →", Text("there: another pose", "daar: een andere houding")),
    *MOVE_KEYS,
    ("/", Text("search", "zoeken")),
    *LAST_KEYS,
)


def visit_poses(window: "Window", screen: "Screen", context: Context) -> None:
    """Show the poses until the person goes back."""

    def show(page: PoseMenu, _picture: object) -> None:
        if page.card:
            screen.card(page.card, page.lang, tuple(hint.said(page.lang) for hint in _CARD_HINTS))
        else:
            screen.menu(page.menu, page.hints, page.figure)

    def key(page: PoseMenu, name: str) -> PoseMenu:
        return page if page.opened and name == "space" and screen.turn() else page.key(name)

    note = ""
    try:
        poses = context.library.poses
    except PsoasError:  # in the person's own: those of psoas are there
        poses, note = context.library.built_in_poses, _NOT_READ.said(context.lang)
    page = pose_menu_of(poses, context.lang)
    browse(replace(page, menu=replace(page.menu, note=note)), window, screen, show=show, key=key)


def pose_menu_of(poses: Mapping[str, Pose], lang: Lang) -> "PoseMenu":
    """The page as it opens: *poses* where they begin, in the order in which the first of each group comes."""
    headings = list(dict.fromkeys(_heading(pose, lang) for pose in poses.values()))
    ordered = sorted(poses.values(), key=lambda pose: headings.index(_heading(pose, lang)))
    menu = Menu(_TITLE.said(lang), (), lang, empty=NOTHING_FOUND.said(lang), keys=_KEYS, pictured=True)
    return _found(PoseMenu({pose.id: pose for pose in ordered}, lang, menu), "")


def card_of(pose: Pose, poses: Mapping[str, Pose], lang: Lang, number: int, count: int) -> PoseCard:
    """*pose* to look at, number *number* of *count*: for how long, the way in and out, its forms and precautions."""
    more = ((OTHER_SIDE.said(lang), other_side(pose, lang)), *further_parts(pose, poses, lang))
    return PoseCard(
        title=pose.name.said(lang),
        side=" · ".join(filter(None, (side_shown(pose, lang), hold_of(pose, lang)))),
        way_in=pose.text.said(lang),
        notice=tuple(text.said(lang) for text in pose.notice),
        way_out=pose.leave.said(lang),
        options=tuple((Text(heading), said) for heading, said in more if said),
        props=(),
        number=number,
        count=count,
        figure=pose.figure,
    )


@record(frozen=True)
class PoseMenu:
    """One state of the page.

    Args:
        poses: The poses, in the order of the list.
        lang: The language.
        menu: The list of those that the search finds.
        opened: Whether the card of the chosen pose is shown.
        search: The text searched for.
        searching: Whether keys are typed into the search.
    """

    poses: Mapping[str, Pose]
    lang: Lang
    menu: Menu
    opened: bool = False
    search: str = ""
    searching: bool = False

    @property
    def found(self) -> tuple[Pose, ...]:
        """The poses that the search finds."""
        return tuple(pose for pose in self.poses.values() if finds(self.search, pose.id, pose.name))

    @property
    def pose(self) -> Pose | None:
        """The chosen pose; None if none is found."""
        return self.found[self.menu.at] if self.found else None

    @property
    def chosen(self) -> str | None:
        """The id of the chosen pose; None if none is found."""
        return self.pose.id if self.pose else None

    @property
    def help(self) -> bool:
        """Whether the keys are shown."""
        return self.menu.help

    @property
    def closed(self) -> bool:
        """Whether the person is done with the page."""
        return self.menu.closed

    @property
    def figure(self) -> "Figure | None":
        """The picture of the chosen pose."""
        return self.pose.figure if self.pose else None

    @property
    def card(self) -> PoseCard | None:
        """The card that is shown, if one is."""
        if not (self.opened and self.pose):
            return None
        return card_of(self.pose, self.poses, self.lang, self.menu.at + 1, len(self.found))

    @property
    def hints(self) -> "tuple[Hint, ...]":
        """The keys to offer beside the list, the most needed first."""
        return tuple(hint.said(self.lang) for hint in (SEARCH_HINTS if self.searching else _HINTS))

    def key(self, name: str) -> "PoseMenu":
        """The state after the key *name*."""
        if self.opened:
            return self._turned(name)
        if self.searching and name not in MOVES:
            return self._typed(name)
        if self.menu.help or name not in {"enter", "space", "/", "esc"}:
            return replace(self, menu=self.menu.key(name))
        if name == "/":
            return _found(replace(self, searching=True), self.search)
        if name == "esc":
            return _found(self, "") if self.search else replace(self, menu=self.menu.key(name))
        return replace(self, opened=self.pose is not None)

    def _turned(self, name: str) -> "PoseMenu":
        """The state after the key *name* while a card is shown."""
        if name in {"esc", "q", "enter", "space"}:
            return replace(self, opened=False)
        cursor = (self.menu.at + TURNS.get(name, 0)) % len(self.found)
        return replace(self, menu=replace(self.menu, cursor=cursor))

    def _typed(self, name: str) -> "PoseMenu":
        """The state after the key *name* while a search is typed."""
        match name:
            case "enter":
                return _found(replace(self, searching=False), self.search)
            case "esc":
                return _found(replace(self, searching=False), "")
            case "backspace":
                return _found(self, self.search[:-1])
        return _found(self, (self.search + typed_by(name))[:LONGEST_SEARCH])


def _found(page: PoseMenu, search: str) -> PoseMenu:
    """*page* with the poses that *search* finds, on the same one if it is among them."""
    after = replace(page, search=search)
    chosen, found = page.chosen, after.found
    cursor = next((i for i, pose in enumerate(found) if pose.id == chosen), 0)
    said = f"{search}_" if page.searching else search
    title = SEARCH.filled(searched=said) if said else _TITLE
    rows = tuple(_row(pose, page.lang) for pose in found)
    return replace(after, menu=replace(page.menu, title=title.said(page.lang), rows=rows, cursor=cursor))


def _heading(pose: Pose, lang: Lang) -> str:
    return _FROM[pose.position].said(lang)


def _row(pose: Pose, lang: Lang) -> Row:
    kind = [KINDS[pose.kind].said(lang)] if pose.kind == "movement" else []
    notes = ", ".join((*kind, *([TWO_SIDES.said(lang)] if pose.sides else [])))
    side, hold = side_shown(pose, lang), hold_of(pose, lang)
    return Row(
        pose.name.said(lang),
        f"{clock_text(pose.hold.min)}-{clock_text(pose.hold.max)}" if pose.hold else "",
        _heading(pose, lang),
        aside=notes,
        about=(
            (pose.name.said(lang), "name"),
            *((said, "faint") for said in (side, hold) if said),
            ("", "plain"),
            (pose.text.said(lang), "plain"),
        ),
        brief=((hold, "strong"), (pose.text.said(lang), "plain")),
    )
