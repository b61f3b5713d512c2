"""The catalogue: the same whether it is remembered or read anew, and never older than the files."""

from pathlib import Path

import pytest
from tests.systems import make_pipe

from psoas_cli.storage import catalogue, paths

SEQUENCE = "title: {title}\nlanguage: en\nsteps: [{{name: Lie, hold: 4m}}]\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path))
    (tmp_path / "sequences").mkdir()
    return tmp_path


def refuse(*_: object) -> None:
    raise AssertionError("read anew")


def test_what_is_remembered_is_what_was_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "sequences" / "evening.yaml").write_text(SEQUENCE.format(title="Evening"), "utf-8")
    (home / "sequences" / "broken.yaml").write_text("title: Broken\n", "utf-8")
    read = catalogue.listed("en")
    monkeypatch.setattr(catalogue, "_read", refuse)
    assert catalogue.listed("en") == read
    said = {each.id: each for each in read}
    assert said["evening"].title.said("nl") == "Evening"
    assert said["evening"].whose == "yours"
    assert "steps" in said["broken"].problem


def test_a_file_that_changed_is_read_anew(home: Path) -> None:
    file = home / "sequences" / "evening.yaml"
    file.write_text(SEQUENCE.format(title="Evening"), "utf-8")
    catalogue.listed("en")
    file.write_text(SEQUENCE.format(title="Late evening"), "utf-8")
    assert "Late evening" in {each.title.said("en") for each in catalogue.listed("en")}
    file.unlink()
    assert "evening" not in {each.id for each in catalogue.listed("en")}


def test_a_broken_library_of_poses_hides_nothing_and_is_named(home: Path) -> None:
    folder = home / "sequences"
    (folder / "evening.yaml").write_text(SEQUENCE.format(title="Evening"), "utf-8")
    (folder / "on-wall.yaml").write_text("title: Wall\nsteps: [{pose: wall}]\n", "utf-8")
    (folder / "poses.yaml").write_text("wall: {hold: 3m}\n", "utf-8")
    said = {each.id: each for each in catalogue.listed("en")}
    assert "poses.yaml:1:1: wall: a pose needs a name" in said["poses"].problem
    assert {name for name, each in said.items() if each.problem} == {"poses", "on-wall"}
    (folder / "poses.yaml").write_text("wall: {name: Wall, hold: 3m}\n", "utf-8")
    assert not any(each.problem for each in catalogue.listed("en"))


def test_what_stands_in_place_of_a_built_in_one_says_so(home: Path) -> None:
    for name in ("yin", "mine"):
        (home / "sequences" / f"{name}.yaml").write_text(SEQUENCE.format(title=name), "utf-8")
    for _ in ("read", "remembered"):
        assert [each.id for each in catalogue.listed("en") if each.in_place] == ["yin"]
    (home / "sequences" / "yin.yaml").write_text("title: Broken\n", "utf-8")
    broken = next(each for each in catalogue.listed("en") if each.id == "yin")
    assert (broken.in_place, "steps" in broken.problem) == (True, True)


@pytest.mark.parametrize("kept", ["", "{}", '{"stamp": 1}', "[1, 2]", '{"practices": [[1]]}'])
def test_what_cannot_be_made_out_is_made_anew(kept: str) -> None:
    read = catalogue.listed("en")
    paths.catalogue_file().write_text(kept, "utf-8")
    assert catalogue.listed("en") == read


def test_where_nothing_can_be_kept_everything_is_still_listed(home: Path) -> None:
    paths.catalogue_file().mkdir()
    (home / "catalogue.new").mkdir()
    assert "yin" in {each.id for each in catalogue.listed("nl")}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[" * 200_000,
        b"00000000\n" + b"[" * 200_000,
        b'{"stamp": 1, "practices": [["yin"]]}',
        b"\xff\xfe\x00",
        "a folder",
        "a pipe",
        "large",
        "other types",
        "a surrogate",
    ],
)
def test_a_damaged_cache_is_made_anew_without_a_word(damage: bytes | str) -> None:
    read, file = catalogue.listed("en"), paths.catalogue_file()
    whole = file.read_bytes()
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage == "a pipe":
        make_pipe(file)
    elif damage == "large":
        with file.open("wb") as opened:
            opened.truncate(1 << 30)
    elif isinstance(damage, bytes):
        file.write_bytes(damage)
    else:
        instead = b'["x", [1], {}]' if damage == "other types" else b'"\\ud800"'
        file.write_bytes(whole.replace(b'"yin"', instead, 1))
    assert catalogue.listed("en") == read
    assert damage == "a folder" or file.read_bytes() == whole
