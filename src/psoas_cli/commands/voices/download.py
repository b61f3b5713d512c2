"""`psoas voices --get`: downloads a piper model after asking, and names it in the settings."""

from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.cli.console import wrapped, write
from psoas_cli.cli.context import Context
from psoas_cli.cli.installation import install_line
from psoas_cli.cli.progress import progress
from psoas_cli.cli.question import agreed
from psoas_cli.cli.signals import Interruption
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import SAMPLE
from psoas_cli.practice.model.text import LANGS, LANGUAGES, Lang, Text, shown
from psoas_cli.storage import paths
from psoas_cli.storage.config import read_config

if TYPE_CHECKING:
    from psoas_cli.audio.tts.piper_model import Model

FOLDER = "voices"
"""The folder of models, beside the settings, as the settings write it."""

_WHAT = Text(
    "{model}: a voice for piper that speaks {language}, on this computer only. Licence: {licence}.",
    "{model}: een stem voor piper die {language} spreekt, alleen op deze computer. Licentie: {licence}.",
)
_FROM = Text(
    "To download: {size} MB, with piper's own downloader, from the collection of piper's makers.",
    "Te downloaden: {size} MB, van de makers van piper, met hun eigen downloader.",
)
_TO = Text("It goes to {folder}", "De stem komt in {folder}")
_WILL_NAME = Text("Its name goes into {config}", "Je instellingen noemen hem: {config}")
_ASK = Text("Download it? [y/N] ", "Ophalen? [j/N] ")
_LEFT = Text("Nothing was downloaded.", "Er is niets opgehaald.")
_READY = Text("{model} is here, and speaks.", "{model} is er, en spreekt.")
_NAMED = Text(
    "It is the voice of your practices in {language} now. Hear it: psoas voices",
    "Dit is nu de stem van je oefeningen in het {language}. Zo hoor je hem: psoas voices",
)
_NAME_IT = Text(
    "{config} has a shape of its own and is as it was. Add this to it:",
    "{config} ziet er anders uit dan verwacht, en is nog zoals het was. Zet dit erin:",
)


def get_voice(context: Context, asked: str, *, asks: bool) -> None:
    """Download the voice for the language *asked* for, unless it is here already, and name it in the settings.

    Args:
        context: Settings and language.
        asked: The language it is to speak.
        asks: Whether to ask first.

    Raises:
        PsoasError: The settings are wrong, piper is missing, or the voice cannot be downloaded or does not speak.
    """
    from psoas_cli.audio.tts import piper_model

    read_config(paths.config_file())  # they are to name the voice
    lang = _language(asked)
    model, folder = piper_model.MODELS[lang], paths.config_file().parent / FOLDER
    python, here = _python(), piper_model.is_complete(model, folder)
    if not here:
        write("\n".join(_offer(model, lang, folder, context.lang)))
        refused = PsoasError("nothing was downloaded: there is no terminal to ask on", "--yes downloads it")
        if asks and not agreed(_ASK, context.lang, refused):
            write(_LEFT.said(context.lang))
            return
    with Interruption() as interruption, progress(model.name) as told:
        if here:
            piper_model.check(model, SAMPLE.said(lang), folder, interruption.heed)
        else:
            download = piper_model.Download(python, _install(), told, interruption.heed)
            piper_model.fetch(model, SAMPLE.said(lang), folder, download)
    write(_READY.filled(model=model.name).said(context.lang))
    write(_name(model, lang, context.lang))


def _language(asked: str) -> Lang:
    """The language *asked* for.

    Raises:
        PsoasError: psoas does not speak it.
    """
    for lang in LANGS:
        if asked.strip().lower() == lang:
            return lang
    raise PsoasError(f'--get: expected {" or ".join(LANGS)}, got "{shown(asked)}"')


def _python() -> str:
    """The Python that has piper.

    Raises:
        PsoasError: There is none.
    """
    from psoas_cli.audio.tts import engines, piper

    python = piper.python()
    if python is None or engines.program("piper") is None:
        raise PsoasError("the voice needs piper, which is not installed yet", _install(), exit_code=1)
    return python


def _install() -> str:
    return f"install it, which is what the extra [voice] does: {install_line('piper-tts')}"


def _offer(model: "Model", lang: Lang, folder: Path, ours: Lang) -> list[str]:
    """The lines to read before it is downloaded."""
    language = LANGUAGES[lang]
    what = _WHAT.filled(model=model.name, language=language, licence=model.licence)
    origin = _FROM.filled(size=model.megabytes)
    places = (_TO.filled(folder=shown(str(folder))), _WILL_NAME.filled(config=shown(str(paths.config_file()))))
    return [*wrapped(what.said(ours)), *wrapped(origin.said(ours)), *(place.said(ours) for place in places)]


def _name(model: "Model", lang: Lang, ours: Lang) -> str:
    """Name *model* in the settings, and return what to say of it."""
    from psoas_cli.storage.config_entry import line_for, name_voice

    config, written = paths.config_file(), f"{FOLDER}/{model.file}"
    template = Path(__file__).parents[1] / f"settings.{ours}.yaml"
    if name_voice(config, lang, written, template.read_text("utf-8")):
        return _NAMED.filled(language=LANGUAGES[lang]).said(ours)
    return f"{_NAME_IT.filled(config=shown(str(config))).said(ours)}\n  {line_for(lang, written)}"
