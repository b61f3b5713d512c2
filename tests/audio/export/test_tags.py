from __future__ import annotations

import errno
import io
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio.export.tags import Label, add_comments, write_id3
from psoas_cli.audio.samples import RATE
from psoas_cli.practice.score.navigation import Chapter

if TYPE_CHECKING:
    from typing import Any


def test_of_more_chapters_than_a_table_of_contents_can_list_all_are_there_in_order() -> None:
    id3 = pytest.importorskip("mutagen.id3", reason="the extra export is not installed")
    chapters = tuple(Chapter(i, i + 1, "Été " * (i % 7 + 1)) for i in range(300))
    file = io.BytesIO()
    write_id3(file, Label("Long", "en", chapters))
    file.seek(0)
    found = id3.ID3(file).getall("CHAP")
    assert [(chap.start_time / 1000, str(chap.sub_frames["TIT2"])) for chap in found] == [
        (chapter.start, chapter.name) for chapter in chapters
    ]


class Full(io.BytesIO):
    """A file on a disk that is full."""

    def write(self, data: Any, /) -> int:
        if data:
            raise OSError(errno.ENOSPC, "No space left on device")
        return 0


@pytest.mark.parametrize(("suffix", "name"), [(".flac", "FLAC"), (".ogg", "OGG"), (".mp3", "")])
def test_a_disk_that_is_full_by_then_is_told_as_what_it_is(suffix: str, name: str) -> None:
    pytest.importorskip("mutagen", reason="the extra export is not installed")
    soundfile = pytest.importorskip("soundfile", reason="the extra export is not installed")
    label, file = Label("Mine", "en", (Chapter(0.0, 1.0, "Settling in" * 2000),)), io.BytesIO()
    if name:
        with soundfile.SoundFile(file, "w", RATE, 1, format=name) as written:
            written.buffer_write(bytes(2 * RATE), "int16")
    with pytest.raises(OSError, match="No space left on device"):
        add_comments(Full(file.getvalue()), label, suffix) if name else write_id3(Full(), label)
