"""`psoas config`: shows the settings, where each comes from, and where files are kept, or opens the settings."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from psoas_cli.audio.samples import COMFORTABLE
from psoas_cli.cli import options
from psoas_cli.cli.console import bold, columns, write, write_json
from psoas_cli.cli.context import Context, is_muted, language, of_environment
from psoas_cli.practice.model.bed import LEVEL, Bed
from psoas_cli.practice.model.durations import duration_text
from psoas_cli.practice.model.sequence import Bells, Every, Warn
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.resources import bundled
from psoas_cli.storage import paths, state
from psoas_cli.storage.amendment import written
from psoas_cli.storage.atomic import write_own
from psoas_cli.storage.config import Config, VoiceSettings, read_config, set_at
from psoas_cli.storage.files import is_there

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.tui.screen import Screen

_DEFAULT = Text("default", "standaard")
_LOCALE = Text("system language", "de taal van het systeem")
_LAST = Text("last session", "de laatste sessie")
_LINE = Text("{file}, line {line}", "{file}, regel {line}")
_PATHS = Text("Where files are kept", "Waar alles staat")
_NOT_YET = Text("not created yet", "nog niet aangemaakt")
_CHANGE = Text(
    "On the home screen (psoas), s changes the settings; psoas config --edit opens the file.",
    "Met s op het beginscherm (psoas) verander je de instellingen; psoas config --edit opent het bestand.",
)
_GOOD = Text("{file}: no problems.", "{file} is in orde.")


class _Setting(NamedTuple):
    """A setting and its origin.

    Args:
        key: Its key in the file.
        value: Its value, as in the JSON output.
        origin: One of file, environment, locale, remembered and default.
        where: The line in the file, or the name of the environment variable.
    """

    key: str
    value: object
    origin: str = "default"
    where: int | str | None = None


def command(
    editor: Annotated[bool, typer.Option("--edit", help="Open the settings in your editor.")] = False,
    lang: options.Language = None,
    as_json: options.Json = False,
) -> None:
    """Show or edit your settings.

    Also shows where each setting comes from, and where psoas keeps its files.

    \b
    psoas                 and then s: change the settings on the screen
    psoas config          show the settings and folders
    psoas config --edit   change the settings in your editor (VISUAL, EDITOR)
    psoas config --json   the same as JSON
    """
    if editor:
        _edit(lang)
        return
    config, wrong = Context(lang).settings
    left_aside = {each.path[0] for each in getattr(wrong, "problems", ()) if each.path}
    settings = _settings(
        config, {key: line for key, line in set_at(paths.config_file()).items() if key not in left_aside}
    )
    if as_json:
        write_json(_facts(settings))
    else:
        write(_as_text(settings, language(lang, config.lang)))
    if wrong:
        raise wrong


def visit_settings(window: "Window", screen: "Screen", context: Context) -> Context:
    """Show the settings on the full screen, where the person can change them; return what holds then."""
    from psoas_cli.player.settings_editor import edit_settings

    return edit_settings(window, screen, context, template(context.lang))


def template(lang: Lang) -> str:
    """What the settings begin with: all of them, as comments."""
    return Path(__file__).with_name(f"settings.{lang}.yaml").read_text("utf-8")


def _edit(asked: str | None) -> None:
    """Open the settings in the user's editor, from a template if there are none yet, and check them afterwards.

    Raises:
        PsoasError: They cannot be opened, or have problems after editing; the error has all of them.
    """
    from psoas_cli.cli.editor import edit

    file = paths.config_file()
    if not is_there(file):
        write_own(file, template(language(asked, None)), hint="open it in your editor")
    edit(file)
    write(_GOOD.filled(file=file).said(language(asked, read_config(file).lang)))


def _settings(config: Config, lines: Mapping[str, int]) -> list[_Setting]:
    values: dict[str, object] = {
        "lang": language(None, config.lang),
        "volume": COMFORTABLE if config.volume is None else config.volume,
        "bells": _bells(config.bells),
        "breath-sound": config.breath_sound,
        "voice": _voice(config.voice),
        "voice-volume": COMFORTABLE if config.voice.volume is None else config.voice.volume,
        "words": config.voice.verbosity or "full",
        "bed": _bed(config.bed),
        "audio": config.audio or "miniaudio",
        "media-keys": config.media_keys,
        "numbers": config.numbers,
        "reduced-motion": config.reduced_motion,
        "check-in": config.check_in,
        "lead-in": "auto" if config.lead_in is None else duration_text(config.lead_in),
        "care": list(config.care),
        "avoid": list(config.avoid),
        "theme": config.theme,
        "title": config.title,
        "any-key": config.any_key,
        "hooks": {event: list(command) for event, command in config.hooks.commands.items()} or None,
    }
    settings = [_Setting(key, value, *(("file", lines[key]) if key in lines else ())) for key, value in values.items()]
    return [*map(_elsewhere, settings), *_muted()]


def _elsewhere(setting: _Setting) -> _Setting:
    """Return *setting* with what the environment, the locale or the last session makes of it."""
    if setting.key == "lang" and of_environment():
        return setting._replace(origin="environment", where="PSOAS_LANG")
    if setting.key == "lang" and setting.origin == "default":
        return setting._replace(origin="locale")
    if setting.key == "volume" and (volume := state.volume(paths.state_file())) is not None:
        return _Setting("volume", volume, "remembered")
    return setting


def _muted() -> list[_Setting]:
    muted = is_muted()
    return [_Setting("mute", muted, "environment", "PSOAS_MUTE")] if muted else []


def _bells(bells: Bells) -> dict[str, object]:
    """Return each moment's bell: its sound, and its strikes if there are several."""
    told: dict[str, object] = {}
    for each in fields(bells):
        value = getattr(bells, each.name)
        bell = value.bell if isinstance(value, Warn | Every) else value
        told[each.name] = bell and (bell.sound if bell.strikes == 1 else f"{bell.sound} {bell.strikes}x")
    return told


def _voice(voice: VoiceSettings) -> object:
    if voice.on is not None:
        return voice.on
    told = {"en": voice.en, "nl": voice.nl, "rate": voice.rate}
    return {key: value for key, value in told.items() if value is not None} or None


def _bed(bed: Bed) -> object:
    return bed.sound if bed.level == LEVEL else bed._asdict()


def _paths() -> dict[str, Path]:
    return {
        "config": paths.config_file(),
        "data": paths.data_folder(),
        "sequences": paths.sequences_folder(),
        "state": paths.state_file(),
        "catalogue": paths.catalogue_file(),
        "readings": paths.readings_folder(),
        "voices": paths.voices_folder(),
        "speech": paths.speech_folder(),
        "built-in": bundled("sequences"),
    }


def _facts(settings: list[_Setting]) -> dict[str, object]:
    paths = {name: str(path) for name, path in _paths().items()}
    return {"settings": [each._asdict() for each in settings], "paths": paths}


def _as_text(settings: list[_Setting], lang: Lang) -> str:
    rows = [(each.key, _origin(each).said(lang), _value(each.value)) for each in settings]
    places = [(name, f"{path}{_remark(path, lang)}") for name, path in _paths().items()]
    return "\n".join(
        [
            columns(rows, strong=0),
            "",
            bold(_PATHS.said(lang)),
            *("  ".join((f"{name:<9}", place)) for name, place in places),
            "",
            _CHANGE.said(lang),
        ]
    )


def _remark(path: Path, lang: Lang) -> str:
    return "" if is_there(path) else f" ({_NOT_YET.said(lang)})"


def _value(value: object) -> str:
    """Return *value* as written in the file."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_listed(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value is None else str(value)


def _listed(value: object) -> object:
    """Return *value*; a list as written in the file, within others."""
    return written(tuple(value)) if isinstance(value, list) else value


def _origin(setting: _Setting) -> Text:
    match setting.origin:
        case "file":
            return _LINE.filled(file=paths.config_file().name, line=setting.where)
        case "environment":
            return Text(str(setting.where), str(setting.where))
        case "locale":
            return _LOCALE
        case "remembered":
            return _LAST
        case _:
            return _DEFAULT
