from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from tests.systems import make_link, make_pipe

from psoas_cli.errors import PsoasError
from psoas_cli.storage import files
from psoas_cli.storage.files import is_there, read_bytes, read_text


def test_a_file_is_read_up_to_its_limit_and_no_further(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 1024)
    assert read_bytes(file, 1024) == b"x" * 1024
    file.write_bytes(b"x" * 1025)
    with pytest.raises(OSError, match="larger than 1 KiB"):
        read_bytes(file, 1024)


def test_a_link_is_followed_to_a_file_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    make_link(tmp_path / "b", "a")
    assert read_bytes(tmp_path / "b", 10) == b"x"
    make_link(tmp_path / "c", "/dev/zero")
    with pytest.raises(OSError, match="not a file"):
        read_bytes(tmp_path / "c", 10)


def test_what_may_never_end_is_not_waited_for(tmp_path: Path) -> None:
    make_pipe(tmp_path / "fifo")
    for place in (tmp_path / "fifo", tmp_path):
        with pytest.raises(OSError, match=r"not a file|a folder"):
            read_bytes(place, 10)


def test_a_name_that_no_file_can_have_is_told_like_any_other(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not a file name"):
        read_bytes(tmp_path / "a\0b", 10)


# -- what a person names may be a pipe


def writes(path: Path, content: bytes, *, before: float = 0.0) -> Thread:
    """Somebody who writes *content* into the pipe at *path*, *before* which it is open for so many seconds."""

    def write() -> None:
        with suppress(BrokenPipeError), path.open("wb", buffering=0) as pipe:
            time.sleep(before)
            pipe.write(content)

    thread = Thread(target=write, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize("before", [0.0, 0.05])
def test_a_pipe_that_a_person_names_is_read_to_its_end(tmp_path: Path, before: float) -> None:
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    writer = writes(pipe, b"title: T\n", before=before)
    assert read_text(pipe, named=True) == "title: T\n"
    writer.join()


def test_a_pipe_is_read_up_to_the_limit_and_told_by_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    writes(pipe, b"a: b\n" * (1 << 20))
    with pytest.raises(PsoasError, match="larger than 1 MiB"):
        read_text(pipe, named=True)
    make_pipe(tmp_path / "another")
    writes(tmp_path / "another", b"%PDF-1.7\n")
    with pytest.raises(PsoasError, match="this is a PDF document"):
        read_text(tmp_path / "another", named=True)
    with pytest.raises(PsoasError, match="larger than 1 MiB"):
        read_text(Path("/dev/zero"), named=True)


def test_a_pipe_that_nobody_writes_into_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_UNWRITTEN", 0.01)
    make_pipe(tmp_path / "pipe")
    with pytest.raises(PsoasError, match="nobody writes into it"):
        read_text(tmp_path / "pipe", named=True)


def test_a_pipe_that_nobody_named_is_not_read(tmp_path: Path) -> None:
    make_pipe(tmp_path / "pipe")
    with pytest.raises(PsoasError, match="it is a pipe, not a file"):
        read_text(tmp_path / "pipe")


def test_links_that_lead_nowhere_are_told_as_such(tmp_path: Path) -> None:
    for name, target in (("a", "b"), ("b", "a"), ("c", "no")):
        make_link(tmp_path / name, target)
    for name, said in (("a", "leads back to itself"), ("c", "a link to no, which is not there")):
        assert is_there(tmp_path / name)
        with pytest.raises(PsoasError, match=said):
            read_text(tmp_path / name)
