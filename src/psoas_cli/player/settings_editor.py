"""The editor of settings: shows them on a page, keeps each change at once, and lets the screen follow."""

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from psoas_cli.cli.context import Context, is_muted, is_over_ssh, of_environment
from psoas_cli.errors import PsoasError
from psoas_cli.player.browser import browse
from psoas_cli.player.playback import SILENT_OVER_SSH, volume_of
from psoas_cli.player.settings_list import AVOID, Setting, SettingValue
from psoas_cli.player.settings_page import SettingsPage
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sequence import SOUNDS, Bell
from psoas_cli.practice.model.text import Lang, Text, shown, uncapitalised
from psoas_cli.practice.score.change import Change, told
from psoas_cli.practice.score.forms import Form, suiting
from psoas_cli.storage import paths, state
from psoas_cli.storage.config import Config, VoiceSettings, unread
from psoas_cli.storage.config_entry import change_settings
from psoas_cli.storage.files import is_there
from psoas_cli.tui.keys import SIGNALS
from psoas_cli.tui.theme import THEMES

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.player.page_sound import PageSound
    from psoas_cli.player.playback import AnySink
    from psoas_cli.tui.screen import Screen

_SET = Text("{name} is set, and goes first.", "{name} is ingesteld, en gaat voor.")
_NO_COLOURS = Text("NO_COLOR is set, so there are no colours.", "NO_COLOR is ingesteld, dus er zijn geen kleuren.")
_MUTED = Text("PSOAS_MUTE is set, so there is no sound.", "PSOAS_MUTE is ingesteld, dus er is geen geluid.")
_CHANGED = {  # by whether some are in another form, and whether some are replaced
    (True, True): Text(
        "{own} in another form, {other} replaced, of the {all} poses.",
        "{own} in een andere vorm, {other} vervangen, van de {all} houdingen.",
    ),
    (True, False): Text(
        "{own} of the {all} poses in another form.", "{own} van de {all} houdingen in een andere vorm."
    ),
    (False, True): Text("{other} of the {all} poses replaced.", "{other} van de {all} houdingen vervangen."),
}
_NO_POSE = Text(
    "No pose changes. Practices and patterns for which it matters say so before they begin.",
    "Geen houding verandert. Waar het bij een oefening of een adem uitmaakt, staat dat er voor je begint.",
)


_INSTEAD = Text("It usually becomes {pose}.", "Het wordt meestal {pose}.")
_NOTHING = Text(
    "It falls away; as the last rest, you lie in another way.",
    "Die valt weg; als laatste rust lig je op een andere manier.",
)


def edit_settings(window: "Window", screen: "Screen", context: Context, template: str) -> Context:
    """Let the person change settings on the full screen.

    Args:
        window: The source of keys, already entered.
        screen: Shows the page; it gets a theme as soon as that is chosen.
        context: The settings and the language.
        template: What the settings begin with if there are none yet.

    Returns:
        The settings and the language as they are then.
    """
    return _Editor(window, screen, context, template).run()


class _Editor:
    """Where settings are changed, one after another.

    Args:
        window: The source of keys.
        screen: Shows the page.
        context: The settings and the language.
        template: What the settings begin with if there are none yet.
    """

    def __init__(self, window: "Window", screen: "Screen", context: Context, template: str) -> None:
        self._window = window
        self._screen = screen
        self._context = context
        self._template = template
        self._poses: Mapping[str, Pose] = {}
        self._effects: dict[str, tuple[Text, ...]] = {}
        self._voices: dict[Lang, dict[str, Text]] = {}
        self._sound: PageSound | None = None

    def run(self) -> Context:
        """Show the page until the person goes back; return what holds then."""
        config, wrong = self._context.settings
        held = _held(config, self._context.lang)
        page = SettingsPage(held, self._context.lang, held, _wins(), problem=_told(wrong))
        try:
            browse(
                page,
                self._window,
                self._screen,
                show=self._show,
                key=self._key,
                picture_of=self._look_up,
                look=self._look,
            )
        finally:
            self._fall_silent()
        return self._context

    def _show(self, page: SettingsPage, _: object) -> None:
        known = self._known(page)
        self._screen.menu(known.menu, known.hints)

    def _key(self, page: SettingsPage, name: str) -> SettingsPage:
        if name in SIGNALS:
            self._fall_silent()
        if page.setting.key == AVOID and name == "enter":
            self._look_up(page)
        page = self._known(page).key(name)
        return self._kept(page, *page.asked) if page.asked else page

    def _look(self, page: SettingsPage) -> tuple[SettingsPage, float | None]:
        """Let the bell be heard once there is a device."""
        if self._sound is None:
            return page, None
        self._sound.look()
        return page, self._sound.patience

    def _strike(self, volume: int) -> None:
        """Let a bell be heard as loud as *volume*."""
        from psoas_cli.player.page_sound import PageSound

        def play(sink: "AnySink", at: float) -> None:
            sink.volume = volume
            sink.bell(Bell(SOUNDS[0]), at)

        self._sound = self._sound or PageSound(self._context)
        self._sound.hear(play)

    def _fall_silent(self) -> None:
        if self._sound:
            self._sound.close()
        self._sound = None

    def _known(self, page: SettingsPage) -> SettingsPage:
        """*page* with what has been looked up meanwhile."""
        poses = {name: pose.name for name, pose in self._poses.items()}
        return replace(page, voices=self._voices.get(page.lang), poses=poses, effects=self._effects)

    def _look_up(self, page: SettingsPage) -> None:
        """Look up what is told of the chosen setting, if that takes a moment."""
        key = page.setting.key
        if key == "voice" and page.lang not in self._voices:
            self._voices[page.lang] = _voices(page.lang)
        if not self._poses and (key in CAUTIONS or key == AVOID):
            library = self._context.library
            try:
                self._poses = library.poses
            except PsoasError:  # the person's own have problems
                self._poses = library.built_in_poses
        if key in CAUTIONS:
            self._effects[key] = _effect(key, self._poses)
        elif key in self._poses:
            self._effects[key] = (_instead(key, page.config, self._poses),)

    def _kept(self, page: SettingsPage, setting: Setting, value: SettingValue) -> SettingsPage:
        """*page* once *setting* is set to *value* in the file, as far as it can be."""
        if not is_there(paths.config_file()) and (others := [*unread().values()]):  # a new file would outdo them
            return page.refused(tuple(map(_short, others)))
        try:
            config = change_settings(paths.config_file(), lambda was: setting.wordings(was, value), self._template)
        except PsoasError as error:
            return page.refused(_told(error))
        if setting.key == "audio":
            self._fall_silent()
        if config.theme != self._context.config.theme:
            self._screen.wear(THEMES[config.theme])
        self._context = self._context.with_settings(config)
        if setting.key == "volume" and isinstance(value, int):
            state.remember_volume(paths.state_file(), value)
            self._strike(value)
        return page.kept(_held(config, self._context.lang), self._context.lang)


def _held(config: Config, lang: Lang) -> Config:
    """*config* with what holds where it says nothing, or something else goes first: the language and the volume."""
    return config._replace(lang=config.lang or lang, volume=volume_of(config))


def _told(wrong: PsoasError | None) -> tuple[str, ...]:
    """What is to be said of *wrong*: where it is, and how to open the file if that helps."""
    if wrong is None:
        return ()
    problems = getattr(wrong, "problems", ())
    first, *more = problems or (wrong.message,)
    others = f" (+{len(more)})" if more else ""
    hint = wrong.hint or ("psoas config --edit opens it" if problems else "")
    return tuple(filter(None, (f"{_short(str(first))}{others}", hint)))


def _short(said: str) -> str:
    """*said* without the folder of the settings, which takes a line or two."""
    return shown(said.replace(f"{paths.config_file().parent}{os.sep}", ""))


def _wins() -> dict[str, Text]:
    """What of the environment goes before which setting."""
    wins: dict[str, Text] = {}
    if of_environment():
        wins["lang"] = _SET.filled(name="PSOAS_LANG")
    if os.environ.get("NO_COLOR"):
        wins["theme"] = _NO_COLOURS
    if is_over_ssh() or is_muted():
        silent = _MUTED if is_muted() else SILENT_OVER_SSH
        wins |= dict.fromkeys(("volume", "audio"), silent)
    return wins


def _voices(lang: Lang) -> dict[str, Text]:
    """The voices for *lang*, as they are written, each with its name."""
    from psoas_cli.player.narrator import name_of, voice_choice

    return {each.written: Text(shown(name_of(each))) for each in voice_choice(lang, VoiceSettings()).voices}


def _effect(name: str, poses: Mapping[str, Pose]) -> tuple[Text, ...]:
    """What the caution *name* changes: of how many *poses*, and of which."""
    forms = [(pose, suiting(Form(pose), (name,), poses)) for pose in poses.values() if name in pose.cautions]
    if not forms:
        return (_NO_POSE,) if poses else ()
    own = sum(form is not None and form.pose is pose for pose, form in forms)
    changes = [_change(pose, form, (name,)) for pose, form in forms]
    other = len(forms) - own
    counted = _CHANGED[own > 0, other > 0].filled(own=own, other=other, all=len(poses))
    return counted, Text.each(lambda lang: " ".join(told(tuple(changes), lang)))


def _instead(name: str, config: Config, poses: Mapping[str, Pose]) -> Text:
    """What comes in the place of the pose *name* if it is left out, with what else *config* keeps from the person."""
    form = suiting(Form(poses[name]), config.care, poses, avoid={*config.avoid, name})
    return _INSTEAD.filled(pose=form.in_full.name.changed(uncapitalised)) if form else _NOTHING


def _change(pose: Pose, form: Form | None, cautions: tuple[str, ...]) -> Change:
    """What becomes of *pose* if *form* takes its place."""
    if form is None:
        return Change(pose.name, None, cautions)
    softer = form.pose is pose
    return Change(pose.name, form.name if softer else form.in_full.name, cautions, softer)
