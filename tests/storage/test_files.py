from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from psoas_cli.storage.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 1024)
    assert read_bytes(file, 1024) == b"x" * 1024
    file.write_bytes(b"x" * 1025)
    with pytest.raises(OSError, match="larger than 1 KiB"):
        read_bytes(file, 1024)


def test_a_link_is_followed_to_a_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")
    assert read_bytes(tmp_path / "b", 10) == b"x"
    (tmp_path / "c").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="not a file"):
        read_bytes(tmp_path / "c", 10)


def test_what_may_never_end_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for place in (tmp_path / "fifo", tmp_path):
        with pytest.raises(OSError, match=r"not a file|a folder"):
            read_bytes(place, 10)


def test_a_name_that_no_file_can_have_is_told_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not a file name"):
        read_bytes(tmp_path / "a\0b", 10)
