from __future__ import annotations

import io

import pytest

from psoas_cli.practice.chapters import Chapter
from psoas_cli.sound.tags import Label, write_id3


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
