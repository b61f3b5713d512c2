"""Settings that psoas writes into `config.yaml` for a person, with every other byte of the file left as it was."""

import codecs
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.sequence import LARGEST_FILE
from psoas_cli.practice.model.text import LANGS, Lang, visible
from psoas_cli.storage.atomic import replacing, write_own
from psoas_cli.storage.config import SETTINGS, Config, config_in
from psoas_cli.storage.files import is_shut_in, is_there, read_bytes, read_text

if TYPE_CHECKING:
    from psoas_cli.storage.amendment import Value


class Wording(NamedTuple):
    """A way to write a setting.

    Args:
        keys: The setting, or the setting and a key of the map that it is, which must be written as one.
        value: What it is to be, as it is written; None takes it out.
        config: All settings as they are to be read then.
    """

    keys: tuple[str, ...]
    value: "Value"
    config: Config


def change_settings(path: Path, ways: Callable[[Config], Iterable[Wording]], template: str) -> Config:
    """Change a setting in the file at *path*, as it is there now, if that surely changes nothing else.

    Args:
        path: The settings.
        ways: Returns the ways to change it, the best first, from the settings that are there.
        template: What the settings begin with if there are none yet.

    Returns:
        The settings as they are now.

    Raises:
        PsoasError: The file has problems, none of the *ways* leaves all else as it is, or it cannot be written; it is
            as it was.
    """
    planned = _planned(path, ways, template)
    _write(path, planned)
    return planned.config


class _Planned(NamedTuple):
    """The settings as they are to be written; no *content* if they are as they should be."""

    config: Config
    content: str = ""
    mode: int | None = None  # of the file that is there


def _planned(path: Path, ways: Callable[[Config], Iterable[Wording]], template: str) -> _Planned:
    """What to write for the first of the *ways* that changes nothing else.

    Raises:
        PsoasError: The file has problems, is not to be written, or there is no such way.
    """
    is_new = not (is_there(path) or is_shut_in(path))
    before = template if is_new else read_text(path, SETTINGS)
    mode = None if is_new else path.stat().st_mode
    was = config_in(before, path)
    by_hand = "psoas config --edit opens it"
    if mode is not None and not mode & stat.S_IWUSR:
        raise PsoasError(f"{visible(str(path))} is read-only, so it stays as it is", by_hand, exit_code=1)
    for way in ways(was):
        if way.config == was:
            return _Planned(was)
        if content := _amended(before, path, way):
            return _Planned(way.config, content, mode)
    raise PsoasError(
        f"{visible(str(path))}: this setting cannot be changed alone, so the file stays as it is", by_hand, exit_code=1
    )


def _amended(before: str, path: Path, way: Wording) -> str:
    """The settings *before* changed in this *way*, and nothing else changed; empty if that is not sure."""
    from psoas_cli.storage.amendment import amendments

    for after in amendments(before, way.keys, way.value):
        with suppress(PsoasError):
            if config_in(after, path) == way.config:
                return after
    return ""


def _write(path: Path, planned: _Planned) -> None:
    """Write what is *planned*, as readable as it was, and behind its byte order mark if it has one.

    Raises:
        PsoasError: It cannot be written.
    """
    if not planned.content:
        return
    if planned.mode is None:
        write_own(path, planned.content, hint="try again")
        return
    mark = codecs.BOM_UTF8 if read_bytes(path, LARGEST_FILE).startswith(codecs.BOM_UTF8) else b""
    with replacing(path, force=True) as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), stat.S_IMODE(planned.mode))
        file.write(mark + planned.content.encode())


def voice_wordings(was: Config, lang: Lang, voice: str, name: str) -> Iterable[Wording]:
    """Return the ways to make *voice* that of *lang*.

    Args:
        was: The settings that are there.
        lang: The language.
        voice: The voice, as it is written.
        name: The voice, as it is read.
    """
    others: dict[str, str] = {each: "none" for each in LANGS if each != lang and was.voice.on is False}
    named, alone = was.voice.naming({lang: name}), was.voice.naming({**others, lang: name})._replace(on=None)
    return (
        Wording(("voice", lang), voice, was._replace(voice=named)),
        Wording(("voice",), others | {lang: voice}, was._replace(voice=alone)),
    )


def line_for(lang: Lang, voice: str) -> str:
    """The line that names *voice* as that of *lang* in settings that name none."""
    return f"voice: {{{lang}: {voice}}}"


def name_voice(path: Path, lang: Lang, voice: str, template: str) -> bool:
    """Name a model as the voice of *lang* in the settings at *path*; return whether it is named there now.

    Args:
        path: The settings.
        lang: The language.
        voice: The path of the model, beside the settings.
        template: What the settings begin with if there are none yet.

    Raises:
        PsoasError: The file cannot be written.
    """
    try:
        planned = _planned(path, lambda was: voice_wordings(was, lang, voice, f"piper:{path.parent / voice}"), template)
    except PsoasError:
        return False
    _write(path, planned)
    return True
