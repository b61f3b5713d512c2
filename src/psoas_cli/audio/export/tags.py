"""What a file says of itself: its title, its language and its chapters, as players of each format read them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from psoas_cli.practice.model.text import Lang
from psoas_cli.practice.score.navigation import Chapter

_LANGUAGES: dict[Lang, str] = {"en": "eng", "nl": "nld"}  # ISO 639-2, as ID3 wants it
_MOST_LISTED = 255  # chapters in a table of contents: their number is a byte
_BY_TIME = 0xFFFF_FFFF  # in place of a chapter's first byte: its times say where it is


class Label(NamedTuple):
    """What is written into a file besides its sound."""

    title: str
    lang: Lang
    chapters: tuple[Chapter, ...]


def write_id3(file: BinaryIO, label: Label) -> None:
    """Begin the empty *file* with ID3 tags; the sound comes after them.

    Raises:
        OSError: It cannot be written.
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
    """What the chapters are called among themselves.

    Frames are written by their length, then by these; so they are as much longer as a name is shorter, and the
    chapters come in order also to a player that does not look into the table of contents.
    """
    lengths = [len(chapter.name.encode()) for chapter in chapters]
    longest = max(lengths, default=0)
    return [f"{number:03}{'-' * (longest - length)}" for number, length in enumerate(lengths, 1)]


def add_comments(file: BinaryIO, label: Label, suffix: str) -> None:
    """Give the finished *file*, FLAC or OGG Vorbis, its comments.

    Raises:
        OSError: It cannot be written.
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
    """Raise what the system says of a file as it is; mutagen puts it into an error of its own."""
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        said = error.args[0] if error.args else None
        if isinstance(said, OSError):
            raise said from None
        raise


def _moment(seconds: float) -> str:
    """*seconds* as a chapter's beginning is written, `00:04:05.000`."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}.{thousandths:03}"
