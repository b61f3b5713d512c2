"""What a file is that is not what it should be."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import sys
import tarfile
import time
import wave
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psoas_cli.errors import PsoasError
from psoas_cli.resources import bundled
from psoas_cli.storage.file_kind import kind_of
from psoas_cli.storage.files import read_text

TEXT = "title: My evening\nsteps:\n  - rest: 3m\n"


def zipped(*names: str, first: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, first or b"x")
    return file.getvalue()


def tarred() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        made.addfile(tarfile.TarInfo("evening.yaml"))
    return file.getvalue()


def sound() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setparams((1, 2, 48_000, 0, "NONE", ""))
        made.writeframes(bytes(100))
    return file.getvalue()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (x)")
    return connection.serialize()


KINDS = {
    "RTF of macOS": (rb"{\rtf1\ansi\ansicpg1252\cocoartf2761" + b"\n", "an RTF document"),
    "RTF with a mark": (b"\xef\xbb\xbf\n" + rb"{\rtf1 a}", "an RTF document"),
    "a page saved by a browser": (b"<!-- saved from url=(0021)https://x/ -->\n<!-- a > b -->\n<html>", "a web page"),
    "a spreadsheet": (zipped("[Content_Types].xml", "xl/workbook.xml"), "an office document"),
    "a page of GitHub": (b'\n\n<!DOCTYPE html>\n<html lang="en">\n', "a web page"),
    "a page with a mark": (b"\xef\xbb\xbf<HTML><BODY>", "a web page"),
    "XHTML": (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', "a web page"),
    "a saved page": (b"From: <Saved by Blink>\nMIME-Version: 1.0\n", "a saved web page or mail"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">', "a picture"),
    "another XML": (b'<?xml version="1.0"?>\n<plist>', "an XML document"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "an office document"),
    "odt": (zipped("mimetype", first=b"application/vnd.oasis.opendocument.text"), "an office document"),
    "epub": (zipped("mimetype", first=b"application/epub+zip"), "an e-book"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16), "an office document"),
    "a voice pack": (zipped("anna/voice.yaml", "anna/index.json"), "a voice pack"),
    "zip": (zipped("evening.yaml"), "a zip archive"),
    "an empty zip": (zipped(), "a zip archive"),
    "gzip": (gzip.compress(TEXT.encode()), "a compressed file"),
    "tar": (tarred(), "an archive"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
    "HEIC": (b"\x00\x00\x00\x24ftypheic\x00\x00", "a picture"),
    "WAV": (sound(), "a sound file"),
    "FLAC": ((bundled("sounds") / "deep-bowl.flac").read_bytes(), "a sound file"),
    "MP3": (b"ID3\x04\x00\x00\x00\x00\x00\x00", "a sound file"),
    "MP3 without tags": (b"\xff\xfb\x90\x64\x00\x00", "a sound file"),
    "M4A": (b"\x00\x00\x00\x20ftypM4A \x00\x00", "a sound file"),
    "a film": (b"\x00\x00\x00\x20ftypisom\x00\x00", "a video"),
    "SQLite": (database(), "a database"),
    "this Python": (Path(sys.executable).read_bytes()[:4096], "a program"),
    "UTF-16": (TEXT.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-be"), "UTF-16"),
    "UTF-32": (TEXT.encode("utf-32"), "UTF-32"),
    "UTF-32 without a mark": (TEXT.encode("utf-32-le"), "UTF-32"),
    "a pointer of Git": (b"version https://git-lfs.github.com/spec/v1\n", "a pointer to a file in Git LFS"),
    "a shortcut of Windows": (b"[InternetShortcut]\r\nURL=https://x\r\n", "a shortcut"),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_no_sequence_is_told_by_what_it_is_and_what_to_do(tmp_path: Path, name: str) -> None:
    content, said = KINDS[name]
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(PsoasError, match=rf"x\.yaml:1:1: this is {said}, not (a sequence|UTF-8): [a-z]+ .*") as error:
        read_text(tmp_path / "x.yaml")
    assert "not valid" not in error.value.message


def test_what_is_too_large_is_told_by_what_it_is_first(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(sound() + bytes(2 << 20))
    with pytest.raises(PsoasError, match="a sound file, not a sequence"):
        read_text(tmp_path / "x.yaml")
    (tmp_path / "x.yaml").write_text("a: " + "é" * (1 << 20), "utf-8")
    with pytest.raises(PsoasError, match="larger than 1 MiB"):
        read_text(tmp_path / "x.yaml")


@pytest.mark.parametrize(
    "content", [TEXT, json.dumps({"title": "T", "steps": []}), "# a note\n", "%YAML 1.1\n---\ntitle: T\n", "- a\n", ""]
)
def test_text_for_psoas_is_nothing_else(content: str, tmp_path: Path) -> None:
    assert kind_of(content.encode()) is None
    (tmp_path / "x.yaml").write_bytes(content.encode())
    assert read_text(tmp_path / "x.yaml") == content


@given(st.binary(max_size=64))
def test_any_bytes_are_something_or_nothing(content: bytes) -> None:
    kind = kind_of(content)
    assert kind is None or (kind.name and kind.hint)


@pytest.mark.parametrize("piece", [b"<!a>", b"<!-->", b"<!-- a -->", b"<?a>", b"< ", b"<!--", b"PK\x03\x04"])
def test_what_is_made_to_take_long_takes_no_time(piece: bytes) -> None:
    begun = time.process_time()
    kind_of(piece * 4000)
    assert time.process_time() - begun < 1
