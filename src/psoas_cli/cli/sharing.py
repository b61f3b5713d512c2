"""`psoas share`: a sequence as one file that needs nothing of one's own beside it."""

from pathlib import Path

from psoas_cli.cli import language
from psoas_cli.cli.printing import write
from psoas_cli.practice.reader import Source
from psoas_cli.practice.sharing import Shared, shared
from psoas_cli.practice.text import Text, shown
from psoas_cli.store import folders
from psoas_cli.store.config import read_config
from psoas_cli.store.entries import POSES
from psoas_cli.store.files import is_there, read_text
from psoas_cli.store.library import Library
from psoas_cli.store.writing import see_place, write_file

_WRITTEN = Text(
    "{file} is ready: {name}, in one file. psoas add takes it in, wherever psoas is.",
    "{file} staat klaar: {name}, in één bestand. psoas add neemt het op, waar psoas ook is.",
)
_POSES = Text("Poses of your own in it: {names}", "Eigen houdingen erin: {names}")
_INCLUDES = Text("Written out in it: {names}", "Erin uitgeschreven: {names}")
_SOUNDS = Text(
    "Not in it, as they are sounds: {names}. Send them along, to lie beside it; or make an audio file of all of it, "
    "with psoas render {name} -o {name}.mp3.",
    "Niet erin, want het zijn klanken: {names}. Stuur ze mee, om ernaast te leggen; of maak van alles één "
    "geluidsbestand, met psoas render {name} -o {name}.mp3.",
)


def share(name: str, output: str, *, force: bool) -> None:
    """Write the sequence *name* into the file *output*, with all that it draws on, and print what was written.

    Raises:
        PsoasError: It could not be, with the reason.
    """
    lang = language.choose(None, read_config(folders.config_file()).lang)
    path = Path(output).expanduser()
    see_place(path, force=force)
    library = Library(lang)
    source = library.source(name)
    made = shared(source, library.shelf, _own_poses(), Library(lang, own_poses=False).poses)
    write_file(path, made.content, force=force)
    write("\n".join(each.said(lang) for each in _told(made, source.id, path)))


def _own_poses() -> Source | None:
    path = folders.sequences_folder() / POSES
    return Source(path.stem, str(path), read_text(path)) if is_there(path) else None


def _told(made: Shared, name: str, path: Path) -> list[Text]:
    """What was written, and what was not."""
    told = [_WRITTEN.filled(file=shown(str(path)), name=name)]
    for said, names in ((_INCLUDES, made.includes), (_POSES, made.poses), (_SOUNDS, made.sounds)):
        if names:
            told.append(said.filled(names=", ".join(map(shown, names)), name=name))
    return told
