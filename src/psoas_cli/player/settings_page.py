"""The settings on the screen: the state of the page, and what is told of each setting."""

from collections.abc import Hashable, Mapping
from dataclasses import field, replace
from functools import cached_property

from psoas_cli.player.settings_list import AVOID, Setting, SettingValue, poses_left_out, settings_list
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.text import Lang, Text, sentences, uncapitalised
from psoas_cli.storage.config import Config
from psoas_cli.tui.hints import Hint, forms
from psoas_cli.tui.menu import BACK_HINT, KEYS_HINT, LAST_KEYS, MOVE_KEYS, Menu, Row
from psoas_cli.tui.regions import Block, Line

_TITLE = Text("Settings", "Instellingen")
_POSES_TITLE = Text("Poses left out", "Weggelaten houdingen")
_KEPT = Text("Kept.", "Bewaard.")
_STAYS = Text("Nothing is written; this page says why.", "Er is niets bewaard; op deze pagina staat waarom.")
_ONCE = Text("For one practice: {option}", "Voor één keer: {option}")
_HINTS = (  # the most needed first
    (Text("← → change", "← → veranderen"), Text("← →", "← →")),
    (BACK_HINT,),
    (KEYS_HINT,),
)
_OPENING_HINTS = ((Text("Enter shows them", "Enter laat ze zien"), Text("Enter", "Enter")), *_HINTS[1:])
_KEYS: tuple[tuple[str, Text], ...] = (  # the most needed first
    ("←  →", Text("change, and keep it", "veranderen, en bewaren")),
    ("space", Text("the next one, or on and off (or Enter)", "de volgende, of aan en uit; met Enter kan het ook")),
    *MOVE_KEYS,
    *LAST_KEYS,
)
_STEPS = {"left": -1, "right": 1, "space": 1, "enter": 1}
_BRIEFLY = 3  # lines on a small screen
_BLANK: Line = ("", "plain")


@record(frozen=True)
class SettingsPage:
    """One state of the page.

    Args:
        config: The settings as they are, with the language and the volume that hold if the file has none.
        lang: The language of the page.
        opened: The settings as they were when the page opened, whose values can be had back.
        wins: What goes before a setting, by its key: the environment.
        voices: The voices for the language, as they are written; None if they are not known yet.
        effects: What comes of a caution or of a pose that is left out, by its name, as far as that is known.
        poses: The poses, by their ids; empty if they are not known yet.
        problem: Why nothing can be written, and what to do; empty if nothing is known against it.
        cursor: The index of the chosen row.
        begun_at: The row from which the page of poses was opened; None if it is not open.
        note: A message until the next key.
        help: Whether the keys are shown.
        closed: Whether the person is done.
        asked: The setting that the last key asks to change, and to what; None if it asks nothing.
    """

    config: Config
    lang: Lang
    opened: Config
    wins: Mapping[str, Text] = field(default_factory=dict)
    voices: Mapping[str, Text] | None = None
    effects: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    poses: Mapping[str, Text] = field(default_factory=dict)
    problem: tuple[str, ...] = ()
    cursor: int = 0
    begun_at: int | None = None
    note: Text = Text()
    help: bool = False
    closed: bool = False
    asked: tuple[Setting, SettingValue] | None = None

    @cached_property
    def all(self) -> tuple[Setting, ...]:
        """The settings, or the poses, in the order of the list."""
        return settings_list(self.lang, self.voices) if self.begun_at is None else poses_left_out(self.poses)

    @property
    def setting(self) -> Setting:
        """The chosen setting."""
        return self.all[self.cursor]

    @property
    def chosen(self) -> Hashable:
        """What the effects of the chosen setting depend on."""
        return self.setting.key, self.lang, self.config.care, self.config.avoid

    @cached_property
    def menu(self) -> Menu:
        """The page as a list."""
        rows = tuple(self._row(each, chosen=number == self.cursor) for number, each in enumerate(self.all))
        return Menu(
            (_TITLE if self.begun_at is None else _POSES_TITLE).said(self.lang),
            rows,
            self.lang,
            self.cursor,
            self.note.said(self.lang),
            keys=_KEYS,
            help=self.help,
            closed=self.closed,
        )

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys to offer."""
        hints = _OPENING_HINTS if self.setting.key == AVOID else _HINTS
        return tuple(forms(self.lang, texts) for texts in hints)

    def key(self, name: str) -> "SettingsPage":
        """The state after the key *name*; a change is only asked for: who keeps the settings says what came of it."""
        chosen = self.setting
        if chosen.key == AVOID and name == "enter" and self.poses and not self.help:
            return replace(self, begun_at=self.cursor, cursor=0, note=Text(), asked=None)
        if name in _STEPS and not self.help and chosen.key != AVOID:
            value = chosen.turned(_STEPS[name], self.opened, self.config)
            asked = (chosen, value) if value != chosen.value(self.config) else None
            return replace(self, asked=asked, note=Text())
        menu = self.menu.key(name)
        note = self.note if menu.note else Text()
        if menu.closed and self.begun_at is not None:
            return replace(self, begun_at=None, cursor=self.begun_at, note=note, asked=None)
        return replace(self, asked=None, cursor=menu.cursor, note=note, help=menu.help, closed=menu.closed)

    def kept(self, config: Config, lang: Lang) -> "SettingsPage":
        """The state once the settings are *config*, and the page is in *lang*."""
        voices = self.voices if lang == self.lang else None
        return replace(self, config=config, lang=lang, voices=voices, problem=(), note=_KEPT, asked=None)

    def refused(self, problem: tuple[str, ...]) -> "SettingsPage":
        """The state once nothing could be written because of the *problem*."""
        return replace(self, problem=problem, note=_STAYS, asked=None)

    def _row(self, each: Setting, *, chosen: bool) -> Row:
        options = each.all_options(self.opened, self.config)
        value = options[each.value(self.config)].said(self.lang)
        row = Row(each.name.said(self.lang), value, each.heading.said(self.lang), adjustable=each.key != AVOID)
        return replace(row, about=self._about(each, value), brief=self._brief(each)) if chosen else row

    def _about(self, each: Setting, value: str) -> Block:
        """What is told of a setting: what it changes, what goes before it, and why it cannot be written."""
        told = self._left_out() or value if each.key == AVOID else value
        lines: list[Line] = [(f"{each.name.said(self.lang)}: {told}", "name"), _BLANK]
        lines += [*((line, "strong") for line in self.problem), *([_BLANK] if self.problem else [])]
        lines += [(each.tells.said(self.lang), "plain"), _BLANK] if each.tells else []
        if each.key in self.wins:
            lines += [(self.wins[each.key].said(self.lang), "strong"), _BLANK]
        first, *more = self.effects.get(each.key, ()) or (Text(),)
        lines += [(first.said(self.lang), "plain")] if first else []
        lines += [(text.said(self.lang), "faint") for text in more]
        lines += [(_ONCE.filled(option=each.once).said(self.lang), "faint")] if each.once else []
        return tuple(lines)

    def _left_out(self) -> str:
        """The poses that are left out, by their names as far as these are known."""
        names = (self.poses[each].said(self.lang) if each in self.poses else each for each in self.config.avoid)
        return ", ".join(map(uncapitalised, names))

    def _brief(self, each: Setting) -> Block:
        """The same for a small screen."""
        if self.problem:
            return tuple((line, "strong") for line in self.problem)
        wins = (self.wins[each.key],) if each.key in self.wins else ()
        texts = (*wins, *(sentences(each.tells) if each.tells else ()), *self.effects.get(each.key, ())[:1])
        return tuple((text.said(self.lang), "plain") for text in texts[:_BRIEFLY])
