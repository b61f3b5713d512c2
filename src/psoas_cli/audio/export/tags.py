"""The tags of a file: its title, language and chapters, as players of each format read them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.navigation import Chapter

_LANGUAGES: dict[Lang, str] = {"en": "eng", "nl": "nld"}  # ISO 639-2, as ID3 requires
_MOST_LISTED = 255  # chapters in a table of contents: their count is one byte
_BY_TIME = 0xFFFF_FFFF  # instead of a byte offset: the times say where a chapter is


class Label(NamedTuple):
    """What a file contains besides its sound.

    Args:
        title: Its title.
        lang: Its language.
        chapters: Its chapters.
        page: The page around the sound, before and after it, if it is within one.
    """

    title: str
    lang: Lang
    chapters: tuple[Chapter, ...]
    page: tuple[str, str] = ("", "")


def write_id3(file: BinaryIO, label: Label) -> None:
    """Write ID3 tags to the empty *file*, before its sound.

    Raises:
        OSError: The file cannot be written.
    """
    from mutagen import id3

    def title(text: str) -> id3.TIT2:
        return id3.TIT2(encoding=id3.Encoding.UTF8, text=text)

    tags = id3.ID3()
    tags.add(title(label.title))
    tags.add(id3.TLAN(encoding=id3.Encoding.UTF8, text=_LANGUAGES[label.lang]))
    ids = _ids(label.chapters)
    listed = ids[:_MOST_LISTED]
    top = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    tags.add(id3.CTOC(element_id="toc", flags=top, child_element_ids=listed, sub_frames=[title(label.title)]))
    for name, chapter in zip(ids, label.chapters, strict=True):
        tags.add(
            id3.CHAP(
                element_id=name,
                start_time=round(chapter.start * 1000),
                end_time=round(chapter.end * 1000),
                start_offset=_BY_TIME,
                end_offset=_BY_TIME,
                sub_frames=[title(chapter.name)],
            )
        )
    with _errors_of_files():
        tags.save(file)


def _ids(chapters: Sequence[Chapter]) -> list[str]:
    """The element ids of *chapters*.

    ID3 frames are written in order of their length, then of their id. Each id is padded by as much as its name is
    shorter than the longest, so that the chapters stay in order even for a player that ignores the table of contents.
    """
    lengths = [len(chapter.name.encode()) for chapter in chapters]
    longest = max(lengths, default=0)
    return [f"{number:03}{'-' * (longest - length)}" for number, length in enumerate(lengths, 1)]


def add_comments(file: BinaryIO, label: Label, suffix: str) -> None:
    """Add comments to the finished *file*, which is FLAC or OGG Vorbis.

    Raises:
        OSError: The file cannot be written.
    """
    from mutagen.flac import FLAC
    from mutagen.oggvorbis import OggVorbis

    with _errors_of_files():
        file.seek(0)
        tagged = FLAC(file) if suffix == ".flac" else OggVorbis(file)
        tagged["TITLE"] = label.title
        tagged["LANGUAGE"] = _LANGUAGES[label.lang]
        for number, chapter in enumerate(label.chapters, 1):
            tagged[f"CHAPTER{number:03}"] = _moment(chapter.start)
            tagged[f"CHAPTER{number:03}NAME"] = chapter.name
        file.seek(0)
        tagged.save(file)


@contextmanager
def _errors_of_files() -> Iterator[None]:
    """Raise the OSErrors that mutagen wraps in an error of its own as they are."""
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        said = error.args[0] if error.args else None
        if isinstance(said, OSError):
            raise said from None
        raise


def _moment(seconds: float) -> str:
    """*seconds* as the start of a chapter, `00:04:05.000`."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}.{thousandths:03}"
