"""A pack of one's own voice: what is kept of it, and the take that is not decided about yet."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from psoas_cli.audio.decode import recording
from psoas_cli.audio.samples import RATE, Samples, wav_of
from psoas_cli.audio.take import words_a_minute
from psoas_cli.audio.tts.pack import (
    About,
    IndexEntry,
    describe,
    file_of,
    folded,
    is_id,
    is_pack,
    key_of,
    read_pack,
    write_index,
)
from psoas_cli.audio.tts.speaker import built_in_ids
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import LANGUAGES, Lang, Text, shown
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import keep

_MADE = "recorded with psoas"
_TAKES = "takes"

_NAMES: Mapping[str, Text] = {f"my-voice-{lang}": Text("My voice", "Mijn stem") for lang in LANGUAGES}


def language_of(voice: str) -> Lang | None:
    """The language of the pack *voice*; None if there is none yet.

    Raises:
        PsoasError: *voice* cannot be the name of a pack, or the pack cannot be read.
    """
    place = _place(voice)
    return read_pack(place).lang if is_pack(place) else None


def own_pack(voice: str | None, lang: Lang, speaker: str | None) -> "OwnPack":
    """Open the pack *voice*; one that is not there yet is made once there is something to keep.

    Args:
        voice: Its id; None for the usual one of the language.
        lang: The language to record.
        speaker: Who speaks; None leaves that as it is.

    Raises:
        PsoasError: *voice* cannot be the name of a pack, or the pack is of another language or was made otherwise.
    """
    name = f"my-voice-{lang}" if voice is None else voice
    place = _place(name)
    if not is_pack(place):
        title = speaker or (_NAMES[name].said(lang) if name in _NAMES else name)
        return OwnPack(place, About(name, title, lang, speaker or "", made=_MADE))
    pack = read_pack(place)
    about = pack.about
    if about.lang != lang:
        raise PsoasError(
            f"the voice {name} speaks {LANGUAGES[about.lang].en}, not {LANGUAGES[lang].en}",
            f"record it with -l {about.lang}, or give the new one a name of its own with --voice",
        )
    if about.made != _MADE:
        raise PsoasError(f"the voice {name} was not recorded here", "give yours another name with --voice")
    if speaker is not None:
        about = about._replace(name=speaker, speaker=speaker)
    return OwnPack(place, about, pack.entries)


class OwnPack:
    """A pack that grows by one clip at a time, each brought to the disk before the next.

    Args:
        place: Its folder, which need not exist yet.
        about: What it says of itself.
        entries: What is kept already, by the keys of the texts.
    """

    def __init__(self, place: Path, about: About, entries: Mapping[str, IndexEntry] = MappingProxyType({})) -> None:
        self.place = place
        self.about = about
        self._entries = dict(entries)

    def has(self, text: str) -> bool:
        """Whether a clip of *text* is kept."""
        return self._key(text) in self._entries

    def seconds(self, text: str) -> float | None:
        """How long the clip of *text* lasts, in seconds; None if there is none."""
        entry = self._entries.get(self._key(text))
        return entry.frames / RATE if entry else None

    def recorded(self, text: str) -> "Samples | None":
        """The clip of *text* that is kept; None if there is none, or it cannot be read."""
        entry = self._entries.get(self._key(text))
        return _read(self.place / entry.file) if entry else None

    def keep(self, text: str, clip: Samples) -> None:
        """Keep *clip* as what is said for *text*, instead of the one before.

        The take that was put aside is removed last, so that nothing is lost if this is broken off halfway.

        Raises:
            OSError: It cannot be written; the take is still there.
        """
        before = self._entries.get(self._key(text))
        entry = IndexEntry(folded(text), len(clip), file_of(self.about.lang, text, ".wav"))
        keep(self.place / entry.file, wav_of(clip))
        entries = self._entries | {self._key(text): entry}
        about = self.about._replace(pace=_pace(entries))
        write_index(self.place, about.lang, entries.values())
        describe(self.place, about)
        self._entries, self.about = entries, about
        if before and before.file != entry.file:
            with suppress(OSError):
                (self.place / before.file).unlink()
        self.discard(text)

    def put_aside(self, text: str, clip: Samples) -> None:
        """Put *clip* aside until the person has decided about it.

        Raises:
            OSError: It cannot be written.
        """
        keep(self._aside(text), wav_of(clip))

    def undecided(self, text: str) -> "Samples | None":
        """The take of *text* that was put aside; None if there is none, or it cannot be read."""
        return _read(self._aside(text))

    def discard(self, text: str) -> None:
        """Delete the take of *text* that was put aside."""
        with suppress(OSError):
            self._aside(text).unlink(missing_ok=True)
            self._aside(text).parent.rmdir()  # only once it is empty

    def _key(self, text: str) -> str:
        return key_of(self.about.lang, text)

    def _aside(self, text: str) -> Path:
        return self.place / _TAKES / f"{self._key(text)}.wav"


def _place(voice: str) -> Path:
    """The folder of the pack *voice*.

    Raises:
        PsoasError: *voice* cannot be the name of a pack.
    """
    if voice in built_in_ids():
        raise PsoasError(f"{voice} is a voice that came with psoas", "give yours another name, for instance anna")
    if not is_id(voice):
        raise PsoasError(
            f'--voice: expected a name of lower-case letters, digits and hyphens, got "{shown(voice)[:64]}"',
            "for instance anna",
        )
    return paths.voices_folder() / voice


def _pace(entries: Mapping[str, IndexEntry]) -> int:
    """Words a minute over all *entries*, within what a pack may say of itself."""
    text = " ".join(entry.text for entry in entries.values())
    return max(40, min(400, words_a_minute(text, sum(entry.frames for entry in entries.values()))))


def _read(path: Path) -> "Samples | None":
    try:
        return recording(str(path))
    except PsoasError:
        return None
