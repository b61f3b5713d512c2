"""Voice packs as a person meets them: `psoas voices` lists them, `--share` gives one away, `psoas add` takes one in."""

from __future__ import annotations

import json
import os
import signal
import sys
import zipfile
from contextlib import nullcontext as nothing
from importlib import util
from typing import TYPE_CHECKING, Any

import pytest
from tests.audio.packs import ANNA, FRAMES, SOUND, TEXTS, pack_at, with_index, zipped
from tests.audio.programs import Programs, tone, wav
from tests.systems import ONE_WHATEVER_CASE

from psoas_cli.audio.tts import parcel, speaker
from psoas_cli.audio.tts.pack import About, read_pack
from psoas_cli.player.narrator import SAMPLE, everything

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.program import Psoas, Window


PYTHON = sys.executable


@pytest.fixture
def voices(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own packs; nothing is built in, and the system has no voice."""
    monkeypatch.setattr(speaker, "_built_in", lambda: home / "built-in")
    Programs(home / "bin", monkeypatch)
    return home / "voices"


@pytest.fixture
def anna(voices: Path) -> Path:
    return pack_at(voices / "anna")


def left(home: Path) -> set[str]:
    """Everything in the folder of voices, hidden or not."""
    return {each.relative_to(home / "voices").parts[0] for each in (home / "voices").rglob("*")}


# -- the list


@pytest.mark.usefixtures("anna")
def test_a_pack_is_listed_with_how_much_it_says(psoas: Psoas, home: Path) -> None:
    texts = tuple(words.text for words in everything("nl"))
    pack_at(home / "built-in" / "hart", About("hart", "Hart", "nl"), texts)
    count = len(texts)
    out = psoas("voices", "--mute").out
    assert f"Dutch    anna  added, says 1 of {count} texts\n" in out
    assert f"         hart  built in, says all {count} texts, speaks in a practice\n" in out
    assert f"anna  toegevoegd, zegt 1 van {count} teksten\n" in psoas("voices", "--mute", "-l", "nl").out
    first, second = json.loads(psoas("voices", "--json").out)["voices"]
    assert first == {
        "lang": "nl", "engine": "pack", "name": "Anna", "written": "anna", "speaks": False, "built-in": False,
        "says": 1, "texts": count, "place": str(home / "voices" / "anna"), "speaker": "Anna de Vries",
        "licence": "CC0", "made": "recorded with psoas",
    }  # fmt: skip
    assert (second["written"], second["says"], second["built-in"], second["speaks"]) == ("hart", count, True, True)


def test_a_broken_pack_is_one_line_and_the_others_are_listed(psoas: Psoas, anna: Path, home: Path) -> None:
    pack_at(home / "voices" / "berta", ANNA._replace(id="berta"))
    (anna / "index.json").write_text("{", "utf-8")
    (home / "voices" / "x.zip").write_bytes(b"PK")
    result = psoas("voices", "--mute")
    assert (result.code, result.err) == (0, "")
    said = " ".join(result.out.split())
    assert "berta added" in said
    assert "anna cannot be used: index.json is not JSON" in said
    assert "x.zip cannot be used: it is not a whole zip file" in said
    assert len(json.loads(psoas("voices", "--json").out)["problems"]) == 2


@pytest.mark.parametrize(("texts", "line"), [(TEXTS, TEXTS[0]), ((*TEXTS, SAMPLE.nl), SAMPLE.nl)])
@pytest.mark.usefixtures("voices")
def test_a_pack_is_heard_with_a_text_that_it_has(
    psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch, texts: tuple[str, ...], line: str
) -> None:
    pack_at(home / "voices" / "anna", texts=texts)
    monkeypatch.setenv("PULSE_SERVER", "none")
    heard: list[str] = []
    monkeypatch.setattr(
        "psoas_cli.commands.voices.audition._speak", lambda _sink, _voice, said, _rate: heard.append(said)
    )
    monkeypatch.setattr("psoas_cli.commands.voices.audition.playing", Silence)
    assert f"anna: {line}\n" in psoas("voices").out
    assert heard == [line]


class Silence:
    """A device that is there."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


# -- there and back again


def test_a_recording_that_cannot_be_made_smaller_is_shared_as_it_is(psoas: Psoas, anna: Path, home: Path) -> None:
    clip = next((anna / "clips").iterdir())
    clip.write_bytes(clip.read_bytes()[:20] + b"\3" + clip.read_bytes()[21:])  # it calls its numbers fractions
    assert psoas("voices", "--share", "anna", "-o", "given.zip").code == 0
    with zipfile.ZipFile(home / "given.zip") as made:
        assert sorted(name[-4:] for name in made.namelist() if "clips/" in name) == [".ogg", ".ogg", ".wav"]
    assert psoas("add", "given.zip", "--yes", "--name", "bea").code == 0


@pytest.mark.parametrize("encodes", [True, False])
def test_what_is_shared_is_the_same_voice_elsewhere(
    psoas: Psoas, anna: Path, home: Path, monkeypatch: pytest.MonkeyPatch, *, encodes: bool
) -> None:
    (anna / "LICENCE").write_text("Do what you like.", "utf-8")
    (anna / "takes").mkdir()
    (anna / "takes" / "private.wav").write_bytes(SOUND)
    if not encodes:
        monkeypatch.setattr(parcel, "find_spec", lambda name: None if name == "soundfile" else util.find_spec(name))
    shared = psoas("voices", "--share", "anna", "-o", "given.zip")
    assert (shared.code, shared.err) == (0, "")
    assert shared.out.startswith("Created given.zip: Anna, 3 texts, ")
    assert ("OGG Vorbis" in shared.out) == encodes
    assert ("with soundfile installed" in shared.out) != encodes
    with zipfile.ZipFile(home / "given.zip") as made:
        names = made.namelist()
    assert all(name.startswith("anna/") for name in names)
    assert not [name for name in names if "takes" in name]
    assert len([name for name in names if name.endswith(".ogg" if encodes else ".wav")]) == 3

    anna.rename(home / "before")
    added = psoas("add", "given.zip", "--yes")
    assert (added.code, added.err) == (0, "")
    said = " ".join(added.out.split())
    for line in ("A voice that speaks Dutch", "Speaker: Anna de Vries", "Licence: CC0", "Made: recorded with psoas"):
        assert line in said
    assert f"Says: 3 texts, of which 1 of psoas's own {len(everything('nl'))}" in said
    assert left(home) == {"anna"}
    pack = read_pack(anna)
    pack.check()
    assert pack.about == ANNA
    assert (anna / "LICENCE").read_text("utf-8") == "Do what you like."
    for text in TEXTS:
        clip = pack.clip(text)
        assert clip
        assert len(clip.decoded()) == FRAMES
        assert max(clip.decoded()) > 6000
    assert psoas("voices", "--share", "anna", "-o", "again.zip").code == 0


def test_nothing_is_replaced_unless_that_is_asked_for(psoas: Psoas, anna: Path, home: Path) -> None:
    (home / "out.zip").write_text("mine", "utf-8")
    refused = psoas("voices", "--share", "anna", "-o", "out.zip")
    assert (refused.code, refused.err) == (1, "psoas: out.zip already exists\n       use --force to replace it\n")
    assert (home / "out.zip").read_text("utf-8") == "mine"
    assert psoas("voices", "--share", "anna", "-o", "out.zip", "--force").code == 0
    before = {path: path.read_bytes() for path in anna.rglob("*") if path.is_file()}
    again = psoas("add", "out.zip", "--yes")
    assert (again.code, again.out) == (1, "")
    assert "already exists\n       --name gives it a name other than anna" in again.err
    assert {path: path.read_bytes() for path in anna.rglob("*") if path.is_file()} == before
    assert psoas("add", "out.zip", "--yes", "--name", "anna-2").code == 0
    assert read_pack(home / "voices" / "anna-2").about == ANNA._replace(id="anna-2")
    assert left(home) == {"anna", "anna-2"}


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--share", "anna"), "--share writes a file that ends in .zip"),
        (("--share", "anna", "-o", "anna.yaml"), "--share writes a file that ends in .zip"),
        (("--share", "bob", "-o", "bob.zip"), 'there is no voice pack "bob"'),
        (("--share", "anna", "-o", "no/where.zip"), "there is no folder no"),
        (("-o", "anna.zip"), "--output and --force go with --share"),
        (("--force",), "--output and --force go with --share"),
        (("--share", "anna", "-o", "a.zip", "--get", "nl"), "--get and --share are two things"),
    ],
)
def test_what_cannot_be_shared(psoas: Psoas, home: Path, arguments: tuple[str, ...], said: str) -> None:
    result = psoas("voices", *arguments)
    assert result.code in (1, 2)
    assert said in result.err
    assert not list(home.glob("*.zip"))


def test_a_pack_that_is_damaged_is_not_shared(psoas: Psoas, anna: Path, home: Path) -> None:
    next(iter((anna / "clips").iterdir())).write_bytes(SOUND[:20])
    result = psoas("voices", "--share", "anna", "-o", "out.zip")
    assert result.code == 2
    assert "sound file" in result.err
    assert [each.name for each in home.glob("*.zip")] == []
    assert not list(home.glob(".psoas-*"))


# -- a stranger's


@pytest.mark.parametrize("answer", ["y\r", "\r", "n\r"])
@pytest.mark.usefixtures("voices")
def test_the_person_is_asked(home: Path, window: Callable[..., Window], answer: str) -> None:
    zipped(pack_at(home / "made"), home / "anna.zip")
    asked = window(PYTHON, "-m", "psoas_cli", "add", "anna.zip")
    asked.see(r"Add it as anna\? \[y/N\]")
    asked.send(answer)
    assert asked.end() == 0
    assert (home / "voices" / "anna" / "voice.yaml").exists() == (answer == "y\r")


@pytest.mark.usefixtures("voices")
def test_without_a_terminal_nothing_is_added_unasked(psoas: Psoas, home: Path) -> None:
    zipped(pack_at(home / "made"), home / "anna.zip")
    refused = psoas("add", "anna.zip")
    assert refused.code == 2
    assert refused.err.startswith("psoas: nothing was added: there is no terminal to ask on\n")
    assert "Anna de Vries" in refused.out
    assert not (home / "voices").exists()


@pytest.mark.usefixtures("voices")
def test_one_that_takes_the_place_of_a_built_in_voice_says_so(psoas: Psoas, home: Path) -> None:
    pack_at(home / "built-in" / "anna")
    zipped(pack_at(home / "made"), home / "anna.zip")
    assert "It will speak instead of the built-in anna." in psoas("add", "anna.zip", "--yes").out


@pytest.mark.usefixtures("voices")
def test_only_what_a_pack_is_made_of_is_written(psoas: Psoas, home: Path) -> None:
    made = pack_at(home / "made")
    clips = json.loads((made / "index.json").read_text("utf-8"))["clips"]
    for number, clip in enumerate(clips):  # names that differ in case alone, which some disks take for one
        (made / clip["file"]).replace(made / "clips" / f"{'aA'[number % 2]}{number // 2}.wav")
    if len(list((made / "clips").iterdir())) < len(clips):
        pytest.skip(ONE_WHATEVER_CASE)
    with_index(made, lambda i: [c.update(file=f"clips/{'aA'[n % 2]}{n // 2}.wav") for n, c in enumerate(i["clips"])])
    for name in ("run.sh", "clips/extra.wav", ".bashrc", "config.yaml", "LICENCE", "sub/NOTICE"):
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text("x", "utf-8")
    zipped(made, home / "anna.zip")
    assert psoas("add", "anna.zip", "--yes").code == 0
    there = home / "voices" / "anna"
    files = sorted(path.relative_to(there).as_posix() for path in there.rglob("*") if path.is_file())
    assert files == sorted([*(f"clips/{clip['hash']}.wav" for clip in clips), "LICENCE", "index.json", "voice.yaml"])
    assert all(not path.is_symlink() and not os.access(path, os.X_OK) for path in there.rglob("*.*"))


def bomb(made: Path, place: Path) -> None:
    next(iter((made / "clips").iterdir())).write_bytes(bytes(30_000_000))
    zipped(made, place)


def outside(made: Path, place: Path) -> None:
    with zipfile.ZipFile(zipped(made, place), "a") as opened:
        opened.writestr("../outside.wav", SOUND)


def other_length(made: Path, place: Path) -> None:
    max((made / "clips").iterdir()).write_bytes(wav(tone(2.0)))
    zipped(made, place)


def many(made: Path, place: Path) -> None:
    with zipfile.ZipFile(zipped(made, place), "a") as opened:
        for number in range(25_000):
            opened.writestr(f"anna/{number}", "")


def cut_off(made: Path, place: Path) -> None:
    place.write_bytes(zipped(made, place).read_bytes()[:-100])


def something_else(_: Path, place: Path) -> None:
    with zipfile.ZipFile(place, "w") as opened:
        opened.writestr("holiday.jpg", b"x")


def foreign(made: Path, place: Path) -> None:
    (made / "voice.yaml").write_text((made / "voice.yaml").read_text("utf-8").replace('"nl"', '"de"'), "utf-8")
    zipped(made, place)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (bomb, "is too large"),
        (outside, "it names a file outside itself: ../outside.wav"),
        (other_length, "lasts 2.0 s, but the index says 0.5"),
        (many, "files, more than a voice can have"),
        (cut_off, "it is not a whole zip file"),
        (something_else, "it is no voice pack, as voice.yaml is missing"),
        (foreign, 'got "de"'),
        (lambda _, place: place.write_bytes(b"no zip"), "it is not a whole zip file"),
        (lambda _, place: place.write_bytes(b""), "it is not a whole zip file"),
    ],
    ids=["bomb", "outside", "length", "many", "cut off", "something else", "foreign", "text", "empty"],
)
@pytest.mark.usefixtures("voices")
def test_a_hostile_pack_gets_one_line_and_leaves_nothing_behind(
    psoas: Psoas, home: Path, damage: Callable[[Path, Path], Any], said: str
) -> None:
    made = pack_at(home / "made")
    damage(made, home / "anna.zip")
    result = psoas("add", "anna.zip", "--yes")
    assert result.code == 2
    first, *hint = result.err.splitlines()
    assert said in first
    assert len(hint) <= 1
    assert not (home / "voices").exists() or left(home) == set()
    assert not (home / "outside.wav").exists()
    assert not (home.parent / "outside.wav").exists()


@pytest.mark.usefixtures("voices")
@pytest.mark.parametrize("name", ["../evil", "Anna", "", "best of", "a" * 50])
def test_a_name_that_is_none(psoas: Psoas, home: Path, name: str) -> None:
    zipped(pack_at(home / "made"), home / "anna.zip")
    result = psoas("add", "anna.zip", "--yes", "--name", name)
    assert (result.code, result.out) == (2, "")
    assert "is not a name for a voice" in result.err
    assert not (home / "voices").exists()


@pytest.mark.usefixtures("voices")
def test_where_it_cannot_be_written_nothing_is_left(psoas: Psoas, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(pack_at(home / "made"), home / "anna.zip")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(parcel, "write_index", full)
        result = psoas("add", "anna.zip", "--yes")
    assert result.code == 1
    assert "anna cannot be written: No space left on device" in result.err
    assert left(home) == set()
    assert psoas("add", "anna.zip", "--yes").code == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("voices")
def test_broken_off_it_leaves_nothing_half(psoas: Psoas, home: Path, number: signal.Signals) -> None:
    zipped(pack_at(home / "made"), home / "anna.zip")
    clips = parcel._clips

    def interrupted(*arguments: Any) -> Any:
        for clip in clips(*arguments):
            yield clip
            signal.raise_signal(number)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parcel, "_clips", interrupted)
        with pytest.raises(SystemExit) if number == signal.SIGTERM else nothing():
            assert psoas("add", "anna.zip", "--yes").code == 130
    assert left(home) == set()


@pytest.mark.usefixtures("voices")
def test_a_pack_that_is_a_folder_is_added_as_well(psoas: Psoas, home: Path) -> None:
    pack_at(home / "made")
    assert psoas("add", "made", "--yes").code == 0
    assert read_pack(home / "voices" / "anna").about == ANNA
