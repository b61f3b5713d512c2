"""`psoas share`: writes a sequence to one file, with the user's own poses and the includes in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psoas_cli.cli import completion
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.practice.model.text import Text, shown

if TYPE_CHECKING:
    from psoas_cli.practice.format.bundle import Shared

_WRITTEN = Text(
    "Created {file}: {name} in one file. Add it elsewhere with psoas add.",
    "{file} staat klaar: {name}, in één bestand. Wie het krijgt, voegt het toe met psoas add.",
)
_POSES = Text("Your own poses included: {names}", "Eigen houdingen erin: {names}")
_INCLUDES = Text("Sequences included: {names}", "Erin uitgeschreven: {names}")
_SOUNDS = Text(
    "Sounds not included: {names}. Send them along, to keep in the same folder, or make an audio file of the whole "
    "practice: psoas render {name} -o {name}.mp3.",
    "Niet erin, want het zijn klanken: {names}. Stuur ze mee, om ernaast te leggen; of maak van alles één "
    "geluidsbestand, met psoas render {name} -o {name}.mp3.",
)


def command(
    name: Annotated[
        str, typer.Argument(metavar="NAME or FILE", help="Practice to share.", autocompletion=completion.practices)
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="File to write (-: standard output).")],
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Write a practice into one file to give away.

    Your own poses and included sequences are written into it.

    \b
    psoas share my-evening -o evening.yaml    a file for someone else's psoas add
    """
    from psoas_cli.practice.format.bundle import shared  # with it comes YAML, which completing a name is spared
    from psoas_cli.storage.atomic import STANDARD_OUTPUT, check_place, place_named, write_file

    context = Context()
    path = place_named(output)
    check_place(path, force=force)
    library = context.library
    source = library.source(name)
    made = shared(source, library.shelf, library.own_poses(), library.built_in_poses)
    write_file(path, made.content, force=force)
    write(
        "\n".join(each.said(context.lang) for each in _told(made, source.id, path)), to_stderr=path == STANDARD_OUTPUT
    )


def _told(made: "Shared", name: str, path: Path) -> list[Text]:
    """Return the lines that say what was written, and what was left out."""
    told = [_WRITTEN.filled(file=shown(str(path)), name=name)]
    for said, names in ((_INCLUDES, made.includes), (_POSES, made.poses), (_SOUNDS, made.sounds)):
        if names:
            told.append(said.filled(names=", ".join(map(shown, names)), name=name))
    return told
