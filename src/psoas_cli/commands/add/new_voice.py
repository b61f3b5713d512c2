"""A voice pack that somebody shared: shown, asked about, and added."""

from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.audio.tts import pack_files
from psoas_cli.cli.console import bold, wrapped, write
from psoas_cli.cli.progress import progress
from psoas_cli.cli.question import agreed
from psoas_cli.cli.signals import Interruption
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import everything
from psoas_cli.practice.model.text import LANGUAGES, Lang, Text, shown
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import check_place

if TYPE_CHECKING:
    from psoas_cli.audio.tts.pack import Pack

_SPEAKS = Text("A voice that speaks {language}", "Een stem die {language} spreekt")
_SPEAKER = Text("Speaker", "Wie spreekt")
_LICENCE = Text("Licence", "Licentie")
_MADE = Text("Made", "Gemaakt")
_SAYS = Text("Says", "Zegt")
_COVERS = Text(
    "{count} texts, of which {own} of psoas's own {all}", "{count} teksten, waaronder {own} van de {all} van psoas zelf"
)
_REPLACES = Text(
    "It will speak instead of the built-in {name}.", "Deze spreekt dan in plaats van de ingebouwde {name}."
)
_ASK = Text("Add it as {name}? [y/N] ", "Toevoegen als {name}? [j/N] ")
_LEFT = Text("Nothing was added.", "Er is niets toegevoegd.")
_CHECK = Text("Checking its recordings", "De opnamen worden nagekeken")
_ADDED = Text(
    "Added {name}: {place}. It speaks in your practices in {language} if nobody else says more of them; --voice {name} "
    "names it.",
    "{name} staat bij je stemmen: {place}. Die spreekt in je oefeningen in het {language} als geen andere stem er meer "
    "van zegt; met --voice {name} noem je hem.",
)


def add_voice(source: Path, name: str | None, lang: Lang, *, asks: bool) -> None:
    """Add the voice pack at *source*, after a look at each of its clips.

    Args:
        source: The pack.
        name: The id to give it; None for its own.
        lang: The language to ask in.
        asks: Whether to ask first.

    Raises:
        PsoasError: The pack cannot be used, or there is a pack of that name already.
    """
    from psoas_cli.audio.tts.pack import is_id, read_pack
    from psoas_cli.audio.tts.parcel import unpacked

    pack = read_pack(source)
    called = pack.about.id if name is None else name
    if not is_id(called):
        raise PsoasError(f'"{shown(called)}" is not a name for a voice', "use lower-case letters, digits and hyphens")
    folder = paths.voices_folder()
    if (folder / called).exists():
        check_place(folder / called / pack_files.DESCRIPTION, hint=f"--name gives it a name other than {called}")
    write("\n".join(_page(pack, called, lang)))
    refused = PsoasError("nothing was added: there is no terminal to ask on", "--yes adds it without asking")
    if asks and not agreed(_ASK.filled(name=called), lang, refused):
        write(_LEFT.said(lang))
        return
    with Interruption() as interruption, progress(_CHECK.said(lang)) as shows:

        def told(done: int, count: int) -> None:
            interruption.heed()
            shows(done, count)

        place = unpacked(pack, called, folder, told)
    said = _ADDED.filled(name=called, place=shown(str(place)), language=LANGUAGES[pack.lang])
    write("\n".join(wrapped(said.said(lang))))


def _page(pack: "Pack", name: str, lang: Lang) -> list[str]:
    """Return the lines to read before adding *pack* as *name*."""
    from psoas_cli.audio.tts.speaker import built_in_ids, lacking

    about, own = pack.about, everything(pack.lang)
    lines = [bold(about.name), "", _SPEAKS.filled(language=LANGUAGES[pack.lang]).said(lang)]
    for heading, said in ((_SPEAKER, about.speaker), (_LICENCE, about.licence), (_MADE, about.made)):
        lines += wrapped(said, f"{heading.said(lang)}: ") if said else []
    covers = _COVERS.filled(count=len(pack.entries), own=len(own) - lacking(pack, own), all=len(own))
    lines += wrapped(covers.said(lang), f"{_SAYS.said(lang)}: ")
    if name in built_in_ids():
        lines += ["", _REPLACES.filled(name=name).said(lang)]
    return [*lines, ""]
