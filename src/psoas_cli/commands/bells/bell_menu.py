"""The bells as a page of the full screen: what each one means, and what is heard in a practice, to be tried."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from psoas_cli.cli.context import Context
from psoas_cli.commands.bells.lesson import BREATHS, Lesson, bells_of, length_of, lessons_of, notes_on, sounds
from psoas_cli.errors import PsoasError
from psoas_cli.player.background_task import BackgroundTask
from psoas_cli.player.page_sound import MOMENT, VOLUME_HINT, VOLUME_KEYS, PageSound, listen
from psoas_cli.practice.model.sequence import SOUNDS, Bell, Bells
from psoas_cli.practice.model.text import Lang, Text, capitalised, shown
from psoas_cli.tui.hints import forms
from psoas_cli.tui.keys import SIGNALS
from psoas_cli.tui.menu import BACK_HINT, KEYS_HINT, LAST_KEYS, MOVE_KEYS, Menu, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psoas_cli.player.loop import Window
    from psoas_cli.player.playback import AnySink
    from psoas_cli.tui.regions import Block
    from psoas_cli.tui.screen import Screen

_TITLE = Text("Bells", "Bellen")
_BELLS = Text("The bells", "De bellen")
_SIGNS = Text("What you hear in a practice", "Wat je in een oefening hoort")
_MEANS = Text("In a practice", "In een oefening")
_MEANS_NOTHING = Text(
    "It rings where a practice or your settings ask for it.",
    "Deze klinkt waar een oefening of je instellingen erom vragen.",
)
_NOT_PLAYED = Text("cannot be played", "niet te spelen")
_ENTER_HINT = (Text("Enter strike", "Enter slaat aan"), Text("Enter", "Enter"))
_HINTS = (BACK_HINT, KEYS_HINT, VOLUME_HINT)
_KEYS: tuple[tuple[str, Text], ...] = (
    ("Enter", Text("strike the bell (or space)", "sla de bel aan; met spatie kan het ook")),
    *MOVE_KEYS,
    *VOLUME_KEYS,
    *LAST_KEYS,
)

Lengths: TypeAlias = "Mapping[str, float | PsoasError]"
"""How long each bell is heard, in seconds, or why it is not, by the name of its sound."""


def visit_bells(window: "Window", screen: "Screen", context: Context) -> None:
    """Show the bells, and strike those that the person chooses, until they go back."""
    lang = context.lang
    hints = (forms(lang, _ENTER_HINT), *(hint.said(lang) for hint in _HINTS))
    listen(_BellMenu(context), window, screen, hints)


def heard_on(bells: Bells) -> tuple[Lesson, ...]:
    """What can be heard, in the order of the list: each bell once, then all that is heard in a practice with *bells*.

    A bell by itself has no moment, and its name for a meaning.
    """
    alone = (Lesson("", Text(sound), Bell(sound)) for sound in sounds(bells))
    return (*alone, *lessons_of(bells))


def bell_rows(bells: Bells, lengths: Lengths, lang: Lang) -> tuple[Row, ...]:
    """The rows of the list, one for each of `heard_on`; a length that is not known yet is left out."""
    return tuple(
        _sign(each, bells, lang) if each.bell is None or each.moment else _bell(each.bell.sound, bells, lengths, lang)
        for each in heard_on(bells)
    )


def _bell(sound: str, bells: Bells, lengths: Lengths, lang: Lang) -> Row:
    """The row of a bell by itself."""
    length, heading = lengths.get(sound), _BELLS.said(lang)
    own = () if sound in SOUNDS else ((shown(sound), "faint"),)
    name = sound if sound in SOUNDS else shown(Path(sound).name)
    if isinstance(length, PsoasError):
        about: Block = ((name, "name"), ("", "plain"), (capitalised(length.message), "strong"), (length.hint, "plain"))
        return Row(name, _NOT_PLAYED.said(lang), heading, about=about, brief=about[2:], faint=True)
    said = [_said(each, bells, lang) for each in lessons_of(bells) if each.bell and each.bell.sound == sound]
    return Row(
        name,
        "" if length is None else length_of(length).said(lang),
        heading,
        aside=said[0] if said else "",
        about=(
            (name, "name"),
            *own,
            ("", "plain"),
            *(((_MEANS.said(lang), "faint"),) if said else ((_MEANS_NOTHING.said(lang), "plain"),)),
            *((each, "plain") for each in said),
        ),
        brief=tuple((each, "plain") for each in said or [_MEANS_NOTHING.said(lang)]),
    )


def _said(lesson: Lesson, bells: Bells, lang: Lang) -> str:
    """What the bell of *lesson* means there, after how it is struck."""
    _, *notes = notes_on(lesson, bells, lang)
    meaning = capitalised(lesson.meaning.said(lang))
    return f"{meaning} ({', '.join(notes)})" if notes else meaning


def _sign(lesson: Lesson, bells: Bells, lang: Lang) -> Row:
    """The row of what is heard at a moment of a practice."""
    meaning = capitalised(lesson.meaning.said(lang))
    notes = ", ".join(notes_on(lesson, bells, lang))
    return Row(
        meaning,
        heading=_SIGNS.said(lang),
        aside=notes,
        about=((meaning, "name"), ("", "plain"), (notes, "plain")),
        brief=((meaning, "plain"), (notes, "faint")),
    )


def _lengths(bells: Bells) -> Lengths:
    """Read every sound, which makes it ready to be struck."""
    from psoas_cli.audio.strike import tail_of

    found: dict[str, float | PsoasError] = {}
    for sound in sounds(bells):
        try:
            found[sound] = tail_of(Bell(sound))
        except PsoasError as error:
            found[sound] = error
    return found


class _BellMenu:
    """The page while it is shown: what is heard of it, and the lengths that come once they are known."""

    def __init__(self, context: Context) -> None:
        self._lang = context.lang
        self._bells = bells_of(context)
        self._lessons = heard_on(self._bells)
        self._sound = PageSound(context)
        self._reading: BackgroundTask[Lengths] | None = None
        self._lengths: Lengths = {}
        self._asked: Lesson | None = None  # what is to be struck once it has been read

    @property
    def menu(self) -> Menu:
        """The list as it opens."""
        return Menu(_TITLE.said(self._lang), bell_rows(self._bells, {}, self._lang), self._lang, keys=_KEYS)

    def look(self, menu: Menu) -> tuple[Menu, float | None]:
        """What has become of the list meanwhile, and in how many seconds to look again."""
        if self._reading is None:
            self._reading = BackgroundTask(lambda: _lengths(self._bells))
        if not self._lengths and self._reading.over:
            self._lengths = self._reading.result
            menu = replace(menu, rows=bell_rows(self._bells, self._lengths, self._lang))
        said = self._struck(self._asked) if self._lengths and self._asked else self._sound.look()
        menu = menu if said is None else replace(menu, note=said)
        return menu, self._sound.patience if self._lengths else BackgroundTask.LOOK

    def key(self, menu: Menu, name: str) -> Menu:
        """The list after the key *name*, which may be heard."""
        if name in SIGNALS:
            self._asked = None
            self._sound.hush()
            return menu
        if name in {"enter", "space"}:
            return replace(menu, note=self._struck(self._lessons[menu.at]))
        said = self._sound.key(name)
        return menu.key(name) if said is None else replace(menu, note=said)

    def close(self) -> None:
        """Let what sounds fade out."""
        self._sound.close()

    def _struck(self, lesson: Lesson) -> str:
        """Let *lesson* be heard; return what there is to say."""
        self._asked = None if self._lengths else lesson
        if self._asked:
            return self._sound.silence or MOMENT.said(self._lang)
        if lesson.bell and isinstance(self._lengths.get(lesson.bell.sound), PsoasError):
            name = shown(Path(lesson.bell.sound).name)  # beside the list is why, with its whole path
            return f"{name}: {_NOT_PLAYED.said(self._lang)}"
        return self._sound.hear(lambda sink, at: _play(lesson, sink, at))


def _play(lesson: Lesson, sink: "AnySink", at: float) -> None:
    if lesson.bell:
        sink.bell(lesson.bell, at)
    else:
        phase, seconds, style, fill = BREATHS[lesson.moment]
        sink.breath(phase, seconds, style, at, fill)
