"""A voice pack: what it says is heard, and one from a stranger does no harm and gets one clear line."""

from __future__ import annotations

import json
import os
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.packs import ANNA, FRAMES, SOUND, TEXTS, pack_at, with_index, zipped
from tests.audio.programs import tone, wav
from tests.systems import make_link, make_pipe

from psoas_cli.audio.tts import pack_files
from psoas_cli.audio.tts.pack import About, describe, folded, key_of, packs_in, read_about, read_pack
from psoas_cli.errors import PsoasError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def anna(tmp_path: Path) -> Path:
    return pack_at(tmp_path / "anna")


def refusal(place: Path, *, whole: bool = False) -> str:
    """Why the pack at *place* is refused, when it is read, or only when the *whole* of it is looked at."""
    pack = None
    if whole:
        pack = read_pack(place)
    with pytest.raises(PsoasError) as caught:
        (pack or read_pack(place)).check()
    message = caught.value.message
    assert "\n" not in message
    assert message.isprintable()
    assert len(message) < 600
    return message.removeprefix(f"the voice pack {place} cannot be used: ")


@pytest.mark.parametrize("kind", ["folder", "zip", "zip without a folder"])
def test_what_it_has_said_is_heard_exactly_as_long_as_the_index_says(anna: Path, tmp_path: Path, kind: str) -> None:
    place = anna if kind == "folder" else zipped(anna, tmp_path / "a.ZIP", "anna/" if kind == "zip" else "")
    pack = read_pack(place)
    assert (pack.about, pack.written) == (ANNA, "anna")
    pack.check()
    clip = pack.clip(" Ga\n liggen. ")
    assert clip
    assert len(clip.decoded()) == clip.frames == FRAMES
    assert max(clip.decoded()) > 7000
    assert pack.clip("Sta op.") is None
    assert pack.clip("ga liggen.") is None


def test_a_text_is_the_same_however_its_letters_are_composed() -> None:
    assert folded("  een\u00a0cafe\u0301\r\n") == "een caf\u00e9"
    assert key_of("nl", "cafe\u0301") == key_of("nl", "caf\u00e9")
    assert key_of("nl", "Rust.") != key_of("en", "Rust.")


def test_a_clip_shorter_or_longer_than_the_index_says_is_padded_or_cut(anna: Path) -> None:
    with_index(anna, lambda index: [clip.update(frames=FRAMES + 480) for clip in index["clips"]])
    clip = read_pack(anna).clip("Rust.")
    assert clip
    assert len(clip.decoded()) == FRAMES + 480
    with_index(anna, lambda index: [clip.update(frames=FRAMES - 480) for clip in index["clips"]])
    clip = read_pack(anna).clip("Rust.")
    assert clip
    assert len(clip.decoded()) == FRAMES - 480


# -- what it says of itself


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "voice.yaml"),
        ("a: [", "voice.yaml"),
        ("[" * 10_000, "voice.yaml"),
        ("- anna", "voice.yaml"),
        ("format: 2\nid: anna\nname: A\nlanguage: nl", "its format is 2, and this psoas reads 1"),
        ("id: anna\nname: A\nlanguage: nl", "voice.yaml has no format"),
        ("format: 1\nname: A\nlanguage: nl", "voice.yaml has no id"),
        ("format: 1\nid: anna\nlanguage: nl", "voice.yaml has no name"),
        ("format: 1\nid: anna\nname: A", "voice.yaml has no language"),
        ("format: 1\nid: ../x\nname: A\nlanguage: nl", 'its id is "../x"'),
        ("format: 1\nid: Anna\nname: A\nlanguage: nl", 'its id is "Anna"'),
        ("format: 1\nid: .\nname: A\nlanguage: nl", 'its id is "."'),
        (f"format: 1\nid: {'a' * 41}\nname: A\nlanguage: nl", "its id is"),
        ("format: 1\nid: anna\nname: A\nlanguage: fr", "fr"),
        ("format: 1\nid: anna\nname: A\nlanguage: [nl]", "language"),
        ("format: 1\nid: anna\nname: {a: b}\nlanguage: nl", "name"),
        ("format: 1\nid: anna\nname: A\nlanguage: nl\npace: 1000", "pace"),
        ("format: 1\nid: anna\nname: A\nlanguage: nl\nscript: rm", "script"),
        ("format: 1\nid: anna\nid: bob\nname: A\nlanguage: nl", "id"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "voice.yaml"),
        ("format: 1\nid: anna\nname: !!python/object:os.system A\nlanguage: nl", "name: text that begins with !"),
        ("format: 1\nid: anna\nname: \x00A\nlanguage: nl", "voice.yaml"),
        ("x" * 70_000, "voice.yaml is too large"),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_description_that_is_not_as_it_must_be(
    anna: Path, tmp_path: Path, written: str, said: str, kind: str
) -> None:
    (anna / "voice.yaml").write_text(written, "utf-8")
    place = anna if kind == "folder" else zipped(anna, tmp_path / "a.zip")
    assert said in refusal(place)


def test_a_description_that_is_not_text(anna: Path) -> None:
    (anna / "voice.yaml").write_bytes(b"format: 1\nid: \xff\xfe")
    assert refusal(anna) == "voice.yaml is not UTF-8"


def test_what_it_says_of_itself_never_reaches_the_terminal_as_a_command(anna: Path) -> None:
    (anna / "voice.yaml").write_text(
        'format: 1\nid: anna\nname: "A\\e[2J"\nlanguage: nl\nspeaker: "\\u202eevil"\nlicence: "a\\nb"\n', "utf-8"
    )
    about = read_about(anna)
    assert all(text.isprintable() for text in (about.name, about.speaker, about.licence))


def test_whatever_it_says_of_itself_is_read_as_it_was_written(tmp_path: Path) -> None:
    about = About("a-1", 'Zoë: "de stem" # nee', "nl", "- x", "{a: b}", "no", 40)
    describe(tmp_path / "a-1", about)
    assert read_about(tmp_path / "a-1") == about


# -- the index


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda i: i.update(format=2), "index.json has no list of clips in format 1", id="format"),
        pytest.param(lambda i: i.pop("clips"), "index.json has no list of clips in format 1", id="no clips"),
        pytest.param(lambda i: i.update(clips={}), "index.json has no list of clips in format 1", id="a map"),
        pytest.param(lambda i: i["clips"].insert(0, "x"), "clip 1 in index.json is not a map", id="a text"),
        pytest.param(lambda i: i["clips"].append(i["clips"][0]), "clip 4 in index.json has the text of", id="twice"),
        pytest.param(lambda i: i.update(clips=i["clips"] * 7000), "index.json lists 21000 clips", id="too many"),
    ],
)
def test_an_index_that_is_not_as_it_must_be(anna: Path, change: Callable[[dict[str, Any]], object], said: str) -> None:
    with_index(anna, change)
    assert refusal(anna).startswith(said)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        *(("text", value, "has no text") for value in ("", " \n", 7, None, ["x"])),
        ("text", "Iets anders", "has another hash than its text has in the language nl"),
        *(("hash", value, "has another hash") for value in (key_of("en", TEXTS[0]), "", None, 0)),
        *(("frames", value, "has no length of 1 frame to 120 s") for value in (0, -1, True, 1e4, 10**9, "24000", None)),
        *(
            ("file", value, "names no sound file within the pack")
            for value in (
                "../../secret.wav", "/etc/passwd", "clips/../../x.wav", "C:\\x.wav", "clips\\x.wav", "clips/x.exe",
                "", None, "clips/", "a/b/c/d/e.wav", "clips/.wav", "file:///x.wav", "clips/x.wav\x00.txt", "é.wav",
                "~/x.wav", f"{'a' * 90}.wav", 5, "clips/x.wav\n",
            )
        ),
    ],
    ids=repr,
)  # fmt: skip
def test_a_clip_in_the_index_that_is_not_as_it_must_be(anna: Path, key: str, value: object, said: str) -> None:
    with_index(anna, lambda index: index["clips"][0].update({key: value}))
    assert refusal(anna).startswith(f"clip 1 in index.json {said}")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b'{"format": 1, "clips": ' + b"9" * 5000, b"\xff\xfe", b"null", b"[]", b"NaN"],
)
def test_an_index_that_is_not_json(anna: Path, content: bytes) -> None:
    (anna / "index.json").write_bytes(content)
    assert refusal(anna).startswith("index.json ")


def test_an_index_that_is_too_large(anna: Path) -> None:
    with (anna / "index.json").open("r+b") as file:
        file.truncate(17_000_000)
    assert refusal(anna) == "index.json is too large"


# -- its sounds


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a readable sound file"),
        (b"MZ\x90\x00 no sound", "is not a readable sound file"),
        (SOUND[:30], "not a readable sound file|empty or cut off"),
        (wav(tone(1.5)), "lasts 1.5 s, but the index says 0.5"),
        (wav(tone(0.1)), "lasts 0.1 s, but the index says 0.5"),
    ],
    ids=["empty", "a program", "cut off", "longer", "shorter"],
)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_a_sound_that_is_not_what_the_index_says(
    anna: Path, tmp_path: Path, content: bytes, said: str, kind: str
) -> None:
    file = next(iter((anna / "clips").iterdir()))
    file.write_bytes(content)
    place = anna if kind == "folder" else zipped(anna, tmp_path / "a.zip")
    why = refusal(place, whole=True)
    assert any(each in why for each in said.split("|"))
    assert file.name in why


def test_a_sound_that_is_missing_or_too_large(anna: Path) -> None:
    file = next(iter((anna / "clips").iterdir()))
    with file.open("r+b") as opened:
        opened.truncate(25_000_000)
    assert refusal(anna, whole=True) == f"clips/{file.name} is too large"
    file.unlink()
    assert refusal(anna, whole=True) == f"clips/{file.name} is missing"


@pytest.mark.parametrize("linked", ["voice.yaml", "index.json", "clips", "a clip"])
def test_links_are_not_followed(anna: Path, tmp_path: Path, linked: str) -> None:
    path = next(iter((anna / "clips").iterdir())) if linked == "a clip" else anna / linked
    path.rename(tmp_path / "elsewhere")
    make_link(path, tmp_path / "elsewhere")
    assert refusal(anna).endswith("is a link")


def test_a_pipe_is_not_waited_for(anna: Path) -> None:
    file = next(iter((anna / "clips").iterdir()))
    file.unlink()
    make_pipe(file)
    assert refusal(anna, whole=True) == f"clips/{file.name} is not a file"


# -- zips


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil", "anna/../../evil", "anna\\..\\evil", "C:/evil"])
def test_a_zip_that_would_write_outside_itself(anna: Path, tmp_path: Path, name: str) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    with zipfile.ZipFile(place, "a") as made:
        member = zipfile.ZipInfo("x")
        member.filename = name
        made.writestr(member, "evil")
    assert refusal(place).startswith("it names a file outside itself: ")


def test_a_zip_with_a_link(anna: Path, tmp_path: Path) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    with zipfile.ZipFile(place, "a") as made:
        member = zipfile.ZipInfo("anna/clips/link.wav")
        member.external_attr = 0o120777 << 16
        made.writestr(member, "/etc/passwd")
    assert refusal(place) == "anna/clips/link.wav is a link"


def test_a_zip_with_two_files_of_one_name(anna: Path, tmp_path: Path) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    with zipfile.ZipFile(place, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("anna/index.json", "{}")
    assert refusal(place) == "it has two files called index.json"


def test_a_zip_with_very_many_files(anna: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    with zipfile.ZipFile(place, "a") as made:
        for number in range(20_100):
            made.writestr(f"x/{number}", "")
    assert refusal(place) == "it has 20105 files, more than a voice can have"
    monkeypatch.setattr(pack_files, "MOST_CLIPS", 30_000)
    read_pack(place).check()  # they are no part of the pack


def test_a_zip_that_would_be_huge_unpacked(anna: Path, tmp_path: Path) -> None:
    file = next(iter((anna / "clips").iterdir()))
    zeros = bytes(30_000_000)
    file.write_bytes(zeros)
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
        for each in sorted(path for path in anna.rglob("*") if path.is_file()):
            made.write(each, f"anna/{each.relative_to(anna).as_posix()}")
    assert place.stat().st_size < 100_000
    assert refusal(place, whole=True) == f"clips/{file.name} is too large"
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as made:
        for number in range(34):
            made.writestr(f"anna/zeros/{number}", zeros, compresslevel=1)
    assert refusal(place) == "unpacked it would take more than 1000 MB"


def patched(place: Path, size: int) -> None:
    """Have the header of the first clip in the zip at *place* say that it unpacks to *size* bytes."""
    content = bytearray(place.read_bytes())
    at = content.index(b"PK\x01\x02")
    while b"clips/" not in content[at + 46 : at + 80]:
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + 24 : at + 28] = size.to_bytes(4, "little")
    place.write_bytes(content)


@pytest.mark.parametrize("size", [1, len(SOUND) - 1, len(SOUND) + 1000, 20_000_000])
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_that_lies_about_a_length(anna: Path, tmp_path: Path, size: int, packing: int) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", packing) as made:
        for each in sorted(path for path in anna.rglob("*") if path.is_file()):
            made.write(each, each.relative_to(anna).as_posix())
    patched(place, size)
    why = refusal(place, whole=True)
    assert why.endswith((" is damaged", "is not as long as the zip says"))


def test_a_zip_with_a_password(anna: Path, tmp_path: Path) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    content = bytearray(place.read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    place.write_bytes(content)
    assert refusal(place) == "it is protected by a password"


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_zip_that_is_cut_off(anna: Path, tmp_path: Path, kept: float) -> None:
    content = zipped(anna, tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(content[: int(len(content) * kept)])
    assert refusal(tmp_path / "a.zip") == "it is not a whole zip file"


@pytest.mark.parametrize("at", range(0, 100, 7))
def test_a_zip_that_is_damaged_anywhere_is_refused_or_says_what_it_says(anna: Path, tmp_path: Path, at: int) -> None:
    content = bytearray(zipped(anna, tmp_path / "a.zip").read_bytes())
    place = at * len(content) // 100
    content[place : place + 40] = bytes(each ^ 0x5A for each in content[place : place + 40])
    (tmp_path / "a.zip").write_bytes(content)
    with suppress(PsoasError):
        pack = read_pack(tmp_path / "a.zip")
        pack.check()
        assert {entry.text for entry in pack.entries.values()} == set(TEXTS)


@pytest.mark.parametrize("names", [[], ["report.docx"], ["a/b/c/voice.yaml"], ["anna/"]])
def test_a_zip_that_is_something_else(tmp_path: Path, names: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for name in names:
            made.writestr(name, "")
    assert refusal(tmp_path / "a.zip") == "it is no voice pack, as voice.yaml is missing"


def test_a_zip_with_no_index(anna: Path, tmp_path: Path) -> None:
    (anna / "index.json").unlink()
    assert refusal(zipped(anna, tmp_path / "a.zip")) == "index.json is missing"
    assert refusal(anna) == "index.json is missing"


def test_what_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    for place in (tmp_path / "none.zip", tmp_path / "none", tmp_path / "folder.zip"):
        with pytest.raises(PsoasError, match="voice pack"):
            read_pack(place)


def test_a_name_in_a_zip_never_reaches_the_terminal_as_a_command(anna: Path, tmp_path: Path) -> None:
    place = zipped(anna, tmp_path / "a.zip")
    with zipfile.ZipFile(place, "a") as made:
        made.writestr("../\x1b[2J\u202e", "")
    assert refusal(place).startswith("it names a file outside itself: ")  # and is printable


def test_each_clip_is_read_once_when_all_are_looked_at(anna: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    read_pack(zipped(anna, tmp_path / "a.zip")).check(lambda *counts: steps.append(counts))
    assert steps == [(0, 3), (1, 3), (2, 3)]
    assert json.loads((anna / "index.json").read_text("utf-8"))["format"] == 1


def test_two_texts_with_one_file_are_refused_as_the_file_would_be_copied_for_each(anna: Path) -> None:
    with_index(anna, lambda index: index["clips"][1].update(file=index["clips"][0]["file"]))
    assert refusal(anna) == "clip 2 in index.json has the file of another one"


def test_an_index_without_clips_is_refused(anna: Path) -> None:
    with_index(anna, lambda index: index.update(clips=[]))
    assert refusal(anna) == "index.json lists no clips"


@pytest.mark.parametrize("text", ["\ud800", "\x1b[31mRust.", "a\u202eb"])
def test_a_text_that_nobody_can_read_is_refused(anna: Path, text: str) -> None:
    with_index(anna, lambda index: index["clips"][0].update(text=text, hash=key_of("nl", text)))
    assert refusal(anna) == "clip 1 in index.json has no text that can be read"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_can_only_be_unpacked_whole_is_refused(anna: Path, tmp_path: Path, packing: int) -> None:
    place = tmp_path / "a.zip"
    with zipfile.ZipFile(place, "w", packing) as made:
        for path in sorted(anna.rglob("*")):
            made.write(path, path.relative_to(anna.parent))
    assert refusal(place).endswith("is compressed in an uncommon way")


@pytest.mark.parametrize("name", ["none", "best", "on", "espeak-ng"])
def test_a_pack_cannot_be_called_like_something_else(anna: Path, name: str) -> None:
    describe(anna, ANNA._replace(id=name))
    assert name in refusal(anna)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is closed to this person")
def test_a_folder_that_may_not_be_looked_into_is_one_that_cannot_be_used(anna: Path) -> None:
    anna.chmod(0)
    try:
        assert list(packs_in(anna.parent)) == [anna]
        assert "Permission denied" in refusal(anna)
    finally:
        anna.chmod(0o700)
