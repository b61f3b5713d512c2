"""The voice in `config.yaml`: named there by psoas, with every other byte of the file left as it was."""

import codecs
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.nodes import LARGEST_FILE
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage.atomic import replacing, write_own
from psoas_cli.storage.config import SETTINGS, VoiceSettings, config_in
from psoas_cli.storage.files import is_there, read_bytes, read_text

if TYPE_CHECKING:
    import yaml


class _Change(NamedTuple):
    """A piece of a text, from *start* to *end* in characters, and what takes its place."""

    start: int
    end: int
    instead: str


def line_for(lang: Lang, voice: str) -> str:
    """The line that names *voice* as that of *lang* in settings that name none."""
    return f"voice: {{{lang}: {voice}}}"


def name_voice(path: Path, lang: Lang, voice: str, template: str) -> bool:
    """Name *voice* as that of *lang* in the settings at *path*, if that surely changes nothing else.

    Args:
        path: The settings.
        lang: The language.
        voice: The voice, as it is written there.
        template: What the settings begin with if there are none yet.

    Returns:
        Whether it is named there now; if not, the file is untouched.

    Raises:
        PsoasError: The file cannot be written.
    """
    if not is_there(path):
        write_own(path, f"{template.rstrip()}\n{line_for(lang, voice)}\n", hint="try again")
        return True
    try:
        before = read_text(path, SETTINGS)
        was = config_in(before, path)
        after = _with_voice(before, lang, voice)
        now = config_in(after, path)
    except (PsoasError, _UnclearError):
        return False
    if _named(now.voice) != _named(was.voice) | {lang: f"piper:{path.parent / voice}"}:
        return False
    if now._replace(voice=was.voice) != was:
        return False
    mark = codecs.BOM_UTF8 if read_bytes(path, LARGEST_FILE).startswith(codecs.BOM_UTF8) else b""
    with replacing(path, force=True) as file:
        file.write(mark + after.encode())
    return True


class _UnclearError(Exception):
    """The settings have a shape in which the place of a voice is not sure."""


def _named(voice: VoiceSettings) -> dict[str, object]:
    """What *voice* comes to: `off` is `none` for each language, and `on` is gone once a voice is named."""
    off = "none" if voice.on is False else None
    return voice._asdict() | {"on": None} | {lang: voice.asked(lang) or off for lang in LANGS}


def _with_voice(content: str, lang: Lang, voice: str) -> str:
    """*content*, which must be valid, with *voice* named for *lang*.

    Raises:
        _UnclearError: Where to name it is not sure.
    """
    newline = "\r\n" if "\r\n" in content else "\n"
    change = _change(content, lang, voice, newline)
    if change is None:
        return f"{content}{'' if content.endswith(newline) or not content else newline}{line_for(lang, voice)}{newline}"
    return content[: change.start] + change.instead + content[change.end :]


def _change(content: str, lang: Lang, voice: str, newline: str) -> _Change | None:
    """What to change in *content*; None if a line at its end will do."""
    import yaml

    top = yaml.compose(content, Loader=yaml.SafeLoader)
    if top is None:
        return None
    if not isinstance(top, yaml.MappingNode) or top.flow_style:
        raise _UnclearError
    found = next(((key, node) for key, node in top.value if key.value == "voice"), None)
    if found is None:
        return None
    key, node = found
    if node.start_mark.index < key.end_mark.index:  # an alias, which stands for what is elsewhere
        raise _UnclearError
    if isinstance(node, yaml.MappingNode):
        return _in_map(node, lang, voice, newline)
    if not isinstance(node, yaml.ScalarNode):
        raise _UnclearError
    off = node.value.lower() in ("off", "false", "no")
    others = "".join(f"{each}: none, " for each in LANGS if each != lang and off)
    return _Change(node.start_mark.index, node.end_mark.index, f"{{{others}{lang}: {voice}}}")


def _in_map(node: "yaml.MappingNode", lang: Lang, voice: str, newline: str) -> _Change:
    """What to change in the map of voices at *node*."""
    for name, value in node.value:
        if name.value == lang:
            return _Change(value.start_mark.index, value.end_mark.index, voice)
    if node.flow_style:
        start = node.start_mark.index + 1
        return _Change(start, start, f"{lang}: {voice}{', ' if node.value else ''}")
    first = node.value[0][0].start_mark
    return _Change(first.index, first.index, f"{lang}: {voice}{newline}{' ' * first.column}")
