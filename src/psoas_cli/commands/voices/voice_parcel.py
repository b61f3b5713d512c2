"""`psoas voices --share`: puts a voice pack into one file to give away."""

from psoas_cli.audio.tts import pack_files
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.cli.progress import progress
from psoas_cli.cli.signals import Interruption
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Text, decimal, shown
from psoas_cli.resources import expanded
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import check_place, replacing

_WRITTEN = Text(
    "Created {file}: {name}, {count} texts, {size} MB. Add it elsewhere with psoas add.",
    "{file} staat klaar: {name}, {count} teksten, {size} MB. Wie het krijgt, voegt het toe met psoas add.",
)
_VORBIS = Text(
    "Its WAV recordings went in as OGG Vorbis, a tenth of the size.",
    "De WAV-opnamen zitten erin als OGG Vorbis, een tiende zo groot.",
)
_AS_THEY_ARE = Text(
    "Its WAV recordings went in as they are; with soundfile installed, they take a tenth of that.",
    "De WAV-opnamen zitten erin zoals ze zijn; met soundfile wordt het bestand tien keer zo klein.",
)


def share_voice(context: Context, asked: str, output: str | None, *, force: bool) -> None:
    """Write the pack *asked* for to the file *output*, after a look at each of its clips.

    Args:
        context: The language.
        asked: The id of a pack, or its path.
        output: The zip to write; None if the option is missing.
        force: Whether to replace an existing file.

    Raises:
        PsoasError: There is no such pack, it cannot be used, or the file cannot be written.
    """
    from psoas_cli.audio.tts import parcel
    from psoas_cli.audio.tts.speaker import called

    path = expanded(output or "")
    if path.suffix.lower() != pack_files.SUFFIX:
        raise PsoasError("--share writes a file that ends in .zip", f"psoas voices --share {shown(asked)} -o FILE.zip")
    check_place(path, force=force, is_text=False)
    pack = called(asked, paths.voices_folder())
    if pack is None:
        raise PsoasError(f'there is no voice pack "{shown(asked)}"', "psoas voices lists the voices")
    with Interruption() as interruption, progress(path.name) as shows, replacing(path, force=force) as file:

        def told(done: int, count: int) -> None:
            interruption.heed()
            shows(done, count)

        parcel.packed(pack, file, told)
        size = file.tell()
    said = _WRITTEN.filled(
        file=shown(str(path)), name=pack.about.name, count=len(pack.entries), size=decimal(size / 1e6)
    )
    write(said.said(context.lang))
    if parcel.has_wav(pack):
        write((_VORBIS if parcel.encodes() else _AS_THEY_ARE).said(context.lang))
