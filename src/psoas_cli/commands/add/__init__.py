"""`psoas add`: adds a sequence or a voice pack that someone else shared."""

from pathlib import Path
from typing import Annotated

import typer

from psoas_cli.audio.tts.pack import is_pack
from psoas_cli.cli.console import bold, wrapped, write
from psoas_cli.cli.context import Context
from psoas_cli.cli.question import agreed
from psoas_cli.errors import PsoasError
from psoas_cli.player.introduction import advice
from psoas_cli.practice.format.reader import Source, read_sequence
from psoas_cli.practice.model.needs import sound_files
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang, Text, shown
from psoas_cli.practice.score.facts import facts
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.atomic import check_place, write_own
from psoas_cli.storage.files import file_named, is_stream, is_there, read_text
from psoas_cli.storage.sequence_files import entries, place_of, remark_on

_POSES = Text("Poses included", "Houdingen die erbij komen")
_REPLACES = Text("It will replace the built-in {name}.", "Deze komt dan in plaats van de ingebouwde {name}.")
_ASK = Text("Add it as {name}? [y/N] ", "Toevoegen als {name}? [j/N] ")
_LEFT = Text("Nothing was added.", "Er is niets toegevoegd.")
_ADDED = Text(
    "Added {name}: {file}. psoas practice {name} starts it.",
    "{name} staat bij je oefeningen: {file}. psoas practice {name} begint.",
)
_SOUNDS = Text(
    "Missing sounds: {names}. It will not start without them: put them there, or remove them from the file.",
    "Klanken die erin staan maar er niet zijn: {names}. Zonder die begint hij niet; leg ze daar neer, of haal ze uit "
    "het bestand.",
)


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Sequence file, or voice pack (.zip), to add.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Name to give it (default: that of the file).")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
) -> None:
    """Add a practice or a voice that someone shared.

    Checks and shows the file, then asks.

    \b
    psoas add evening.yaml                 see what it is, then say yes or no
    psoas add evening.yaml --name slow     under another name
    psoas add anna.zip                     a voice

    An existing file is never replaced.
    """
    context, source = Context(), file_named(file)
    if is_pack(source):
        from psoas_cli.commands.add.new_voice import add_voice

        add_voice(source, name, context.lang, asks=not yes)
        return
    lang, library = context.lang, context.library
    content = read_text(source, named=True)
    place = _place(source, name)
    if is_there(place):
        check_place(place, hint=_other_name(place))
    sequence = read_sequence(Source(place.stem, str(source), content), library.shelf)
    brought = [pose for pose in sequence.poses.values() if library.poses.get(pose.id) is not pose]
    write("\n".join(_page(sequence, brought, place.stem, lang)))
    refused = PsoasError("nothing was added: there is no terminal to ask on", "--yes adds it without asking")
    if not (yes or agreed(_ASK.filled(name=place.stem), lang, refused)):
        write(_LEFT.said(lang))
        return
    write_own(place, content, hint=_other_name(place))
    write(_ADDED.filled(name=place.stem, file=place).said(lang))
    if missing := [name for name in sound_files(library.sequence(str(place))) if not is_there(Path(name))]:
        write("\n".join(wrapped(_SOUNDS.filled(names=", ".join(map(shown, missing))).said(lang))))


def _place(source: Path, name: str | None) -> Path:
    """Return where to keep the practice, by its *name* or else that of *source*.

    Raises:
        PsoasError: It is not a valid name.
    """
    if name is not None:
        return place_of(name)
    if is_stream(source):
        raise PsoasError("a practice from a pipe has no name", "--name gives it one")
    try:
        return place_of(source.stem)
    except PsoasError as error:
        raise PsoasError(error.message, "--name gives it another name") from None


def _other_name(place: Path) -> str:
    return f"--name gives it a name other than {place.stem}"


def _page(sequence: Sequence, brought: list[Pose], name: str, lang: Lang) -> list[str]:
    """Return the lines to read before adding it."""
    lines = [bold(sequence.title.said(lang))]
    if sequence.summary:
        lines += ["", *wrapped(sequence.summary.said(lang))]
    lines.append("")
    for heading, said in facts(sequence, compile_sequence(sequence), lang):
        lines += wrapped(said, f"{heading}: ")
    if brought:
        lines += wrapped(", ".join(pose.name.said(lang) for pose in brought), f"{_POSES.said(lang)}: ")
    lines += advice(sequence.cautions, lang)
    known = entries()
    if name in known:
        lines += ["", _REPLACES.filled(name=name).said(lang)]
    for remark in remark_on(name, known):
        lines += ["", *wrapped(remark)]
    return [*lines, ""]
